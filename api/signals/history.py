"""Reads back from the log what a screen showed of the participants in some seconds of an interview."""

from infra.log import Log
from schemas.envelope import RecordedEvent, fact_of
from schemas.errors import Invalid, NotFound
from schemas.ids import InterviewId, ParticipantId, interview_stream
from schemas.media import MICROSECONDS, SessionTime
from schemas.sheet import SignalHistory, SignalsResponse
from schemas.signals import (
    ExpressionObserved,
    HandsObserved,
    PostureObserved,
    ProsodyObserved,
    SightObserved,
    VoiceEmotionObserved,
    shown,
)

MOST_SECONDS = 600
"""In one answer."""

Observed = SightObserved | ExpressionObserved | PostureObserved | HandsObserved | ProsodyObserved | VoiceEmotionObserved

MODALITIES: dict[str, str] = {
    "sight.observed": "sight",
    "posture.observed": "posture",
    "hands.observed": "hands",
    "prosody.observed": "prosody",
    "expression.observed": "expression",
    "voice-emotion.observed": "voice_emotion",
}
"""Modality by type of event."""


async def read_signals(
    log: Log, interview: InterviewId, first: int, last: int, *, by: SessionTime | None = None
) -> SignalsResponse:
    """What is recorded of the seconds `first` to `last`; `by` leaves out what was recorded later than that.

    A person who was erased is not in it. Raises `Invalid` for a range that is none or too long, `NotFound`,
    `Unavailable`.
    """
    if not first <= last < first + MOST_SECONDS:
        raise Invalid(f"Expected a range of 1 to {MOST_SECONDS} seconds, got {first} to {last}.")
    found: dict[ParticipantId, dict[str, dict[str, object]]] = {}
    event: RecordedEvent | None = None
    async for event in log.read_back(interview_stream(interview)):
        if event.at < first * MICROSECONDS:
            break  # no second is recorded before it began
        if event.type not in MODALITIES or (by is not None and event.at > by):
            continue
        fact = fact_of(event)
        if isinstance(fact, Observed) and first <= fact.second <= last:
            modalities = found.setdefault(fact.participant, {})
            modalities.setdefault(MODALITIES[event.type], {})[str(fact.second)] = shown(fact)
    if event is None:
        raise NotFound("There is no such interview.")
    participants = {participant: SignalHistory.model_validate(seconds) for participant, seconds in found.items()}
    return SignalsResponse(from_second=first, to_second=last, participants=participants)
