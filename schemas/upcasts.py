"""From the form in which an event was written to the form in which it is read.

An upcast turns the payload of one version of a type into that of the next; pure, and never taken back: what is stored
stays as it was written. `schemas.events.parse_event` is the one place that chains them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.errors import Invalid

Payload = Mapping[str, Any]
Upcast = Callable[[Payload], Payload]
Upcasts = Mapping[tuple[str, int], Upcast]
"""By type and the version that is left behind."""


def _consent_given_1(payload: Payload) -> Payload:
    """Version 1 named the wording and did not keep it."""
    return {**payload, "sentence": None}


UPCASTS: Upcasts = {
    ("consent.given", 1): _consent_given_1,
}


def upcast(type_: str, schema_version: int, payload: Payload, *, newest: int, upcasts: Upcasts = UPCASTS) -> Payload:
    """`payload` of version `schema_version` in the form of version `newest`.

    Raises `Invalid` for a version that is not among 1 to `newest`.
    """
    if not 1 <= schema_version <= newest:
        raise Invalid(
            f"Expected `{type_}` in a version from 1 to {newest}, got version {schema_version}: "
            "a newer Intact wrote it, and is needed to read it."
        )
    for version in range(schema_version, newest):
        payload = upcasts[type_, version](payload)
    return payload
