"""Refusals: what an append is held against, and how they are kept."""

from collections.abc import Iterable

import orjson

from schemas.envelope import NewEvent
from schemas.errors import Invalid, Refused
from schemas.refusal import Refusal, Refusals


def first_refused(events: Iterable[NewEvent], refusals: Refusals) -> str | None:
    """The type of the first of `events` that is refused; None where none is."""
    for event in events:
        if not refusals.isdisjoint({Refusal(event.type), Refusal(event.type, event.subject)}):
            return event.type
    return None


def refusals_json(refusals: Refusals) -> str:
    """A JSON object as the table `refusal` holds it: by type null, for everybody, or an array of persons.

    Raises `Invalid` for what is no Unicode text.
    """
    by_type: dict[str, list[str] | None] = {}
    for refusal in refusals:
        persons = by_type.setdefault(refusal.type, [])
        if refusal.subject is None:
            by_type[refusal.type] = None
        elif persons is not None:
            persons.append(refusal.subject)
    try:
        return orjson.dumps(by_type).decode()
    except orjson.JSONEncodeError:
        raise Invalid("Expected refusals of types and persons that the log can keep, got others.") from None


def refused(type_: str) -> Refused:
    """The error for an append that holds a refused event."""
    return Refused(f"Expected events that the stream may hold, got `{type_}`, which it refuses; nothing was recorded.")
