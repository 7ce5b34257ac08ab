"""New events as PostgreSQL takes them in binary: an array of records of the type `new_event`.

Written by hand because the driver's own way costs as much as all else that an append does: it asks each of ten values
of each event for its type. The layout is that of PostgreSQL's `array_recv` and `record_recv`. The same bytes enter the
event's hash (`infra.log.chain`).
"""

from collections.abc import Sequence
from struct import Struct
from typing import Any
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

UUID_OID, TEXT_OID, INT4_OID, INT8_OID, BYTEA_OID = 2950, 25, 23, 20, 17
"""Of PostgreSQL's catalogue (`pg_type.dat`), the same in every server."""

_length = Struct("!i").pack
_array = Struct("!iiIii").pack
_value = Struct("!Ii").pack
_numbers = Struct("!IiiIiq").pack
_ID = _length(10) + _value(UUID_OID, 16)
_UUID, _NO_UUID, _NO_TEXT = _value(UUID_OID, 16), _value(UUID_OID, -1), _value(TEXT_OID, -1)


class BinaryArray(bytes):
    """An array as it goes over the wire."""


class BinaryArrayDumper(Dumper):
    """Hands a `BinaryArray` over as it is; the server knows its type by the parameter that it is for."""

    format = Format.BINARY

    def dump(self, obj: Any) -> bytes:
        """See `psycopg.adapt.Dumper`."""
        return bytes(obj)


psycopg.adapters.register_dumper(BinaryArray, BinaryArrayDumper)


def binary_array(item_oid: int, items: Sequence[bytes]) -> BinaryArray:
    """An array of `items`, each as its type is sent, of the type `item_oid`."""
    return BinaryArray(
        _array(1, 0, item_oid, len(items), 1)
        + b"".join([part for item in items for part in (_length(len(item)), item)])
    )


def binary_record(
    *,
    id_: UUID,
    type_: str,
    schema_version: int,
    at_us: int,
    actor: str,
    causation: UUID | None,
    correlation: UUID | None,
    subject: str | None,
    key_id: UUID | None,
    payload: bytes,
) -> bytes:
    """All that a writer says of an event, its payload as it is stored, as a value of the type `new_event`.

    Each field is its type's OID, its length (-1 for a null) and its bytes, so that no two events give the same record.
    """
    type_text, actor_text = type_.encode(), actor.encode()
    subject_text = subject.encode() if subject is not None else None
    return b"".join(
        (
            _ID,
            id_.bytes,
            _value(TEXT_OID, len(type_text)),
            type_text,
            _numbers(INT4_OID, 4, schema_version, INT8_OID, 8, at_us),
            _value(TEXT_OID, len(actor_text)),
            actor_text,
            _UUID + causation.bytes if causation is not None else _NO_UUID,
            _UUID + correlation.bytes if correlation is not None else _NO_UUID,
            _value(TEXT_OID, len(subject_text)) + subject_text if subject_text is not None else _NO_TEXT,
            _UUID + key_id.bytes if key_id is not None else _NO_UUID,
            _value(BYTEA_OID, len(payload)),
            payload,
        )
    )
