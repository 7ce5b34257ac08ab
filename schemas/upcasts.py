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


def _interview_created_1(payload: Payload) -> Payload:
    """Version 1 knew no profiles, jobs and languages: what it asked for is what the standard profile asks for of it."""
    return {**payload, "profile": "standard", "switched_on": (), "job": None, "language": "en"}


def _consent_given_2(payload: Payload) -> Payload:
    """Version 2 knew two purposes, which are among today's."""
    return payload


def _prosody_observed_1(payload: Payload) -> Payload:
    """Version 1 measured loudness alone."""
    unknown = (
        "loudness_above_usual speech speech_confidence pitch pitch_low pitch_high pitch_above_usual pitch_confidence "
        "rate rate_confidence jitter shimmer harmonicity problem"
    )
    return {**payload, **dict.fromkeys(unknown.split()), "contour": (), "pauses": (), "usual_known": False}


def _sight_observed_1(payload: Payload) -> Payload:
    """Version 1 did not measure lids and lips."""
    return {**payload, **dict.fromkeys(("eye_openness", "blinks", "blink_rate", "mouth_moves"))}


UPCASTS: Upcasts = {
    ("consent.given", 1): _consent_given_1,
    ("consent.given", 2): _consent_given_2,
    ("prosody.observed", 1): _prosody_observed_1,
    ("sight.observed", 1): _sight_observed_1,
    ("interview.created", 1): _interview_created_1,
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
