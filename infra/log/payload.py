"""What a log checks of an event before it takes it, and the event's payload as bytes."""

import json
from collections.abc import Container, Iterable

import orjson

from infra.log.port import MOST_PAYLOAD_BYTES
from schemas.envelope import NewEvent, Payload
from schemas.errors import Invalid


def check_types(events: Iterable[NewEvent], known: Container[str] | None) -> None:
    """Raises `Invalid` for an event whose type is not among `known`; None knows all."""
    for event in events:
        if known is not None and event.type not in known:
            raise Invalid(f"Expected an event of a known type, got `{event.type}`.")


def payload_bytes(event: NewEvent) -> bytes:
    """The payload as JSON in UTF-8. Raises `Invalid` where it is too large, or is no JSON object (RFC 8259)."""
    try:
        written = _written(event.payload)
    except (TypeError, ValueError):
        # The library's own words would quote the value, which may be personal.
        raise Invalid(f"Expected a payload of `{event.type}` that can be written as JSON, got another one.") from None
    if len(written) > MOST_PAYLOAD_BYTES:
        raise Invalid(f"Expected a payload of at most {MOST_PAYLOAD_BYTES} bytes, got {len(written)}.")
    return written


def _written(payload: Payload) -> bytes:
    written = orjson.dumps(payload)
    # The library writes what is not a number as null: a payload with more nulls than values that are None, and which is
    # read back otherwise, is held to the letter.
    nulls = written.count(b"null")
    if nulls and nulls != list(payload.values()).count(None) and orjson.loads(written) != payload:
        json.dumps(payload, allow_nan=False)
    return written
