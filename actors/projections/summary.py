"""The list of interviews: one short row per interview, from which `summary_of` makes the line that is shown.

What each applicant adds to the line is kept apart, so that it can be taken out again when the applicant is erased.
"""

from typing import Any

from infra.views.port import Body
from schemas.envelope import RecordedEvent, fact_of
from schemas.events import (
    Event,
    InterviewCreated,
    InterviewEnded,
    ParticipantInvited,
    SubjectErased,
)
from schemas.ids import INTERVIEW_PREFIX
from schemas.signals import ProsodyObserved, SightObserved
from schemas.views import InterviewSummary

COUNTED = (
    "interview.created",
    "participant.invited",
    "sight.observed",
    "prosody.observed",
    "interview.ended",
    "subject.erased",
)
SECONDS = "seconds_of"
"""Field of the row: seconds recorded of each applicant, by participant id."""


class SummaryProjection:
    """See `actors.projections.port.Projection`."""

    name = "summary"
    told = False

    def key(self, event: RecordedEvent) -> str | None:
        """The interview's id, for events that a summary counts."""
        if event.type in COUNTED and event.stream.startswith(INTERVIEW_PREFIX):
            return event.stream.removeprefix(INTERVIEW_PREFIX)
        return None

    def apply(self, body: Body | None, event: RecordedEvent) -> dict[str, Any]:
        """The row after `event`. What was erased changes nothing."""
        before = dict(body or {})
        fact = fact_of(event)
        return before if fact is None else {**before, **_change(before, fact)}


def summary_of(body: Body) -> InterviewSummary:
    """The line that a row stands for."""
    seconds = body[SECONDS].values()
    line = {name: value for name, value in body.items() if name != SECONDS}
    return InterviewSummary(**line, applicants=len(seconds), seconds=max(seconds, default=0))


def _change(body: Body, fact: Event) -> dict[str, Any]:
    """The fields of the row that `fact` sets."""
    match fact:
        case InterviewCreated():
            line = fact.model_dump(
                include={"interview", "title", "source", "job", "language", "epoch_us"}, exclude_none=True
            )
            return {**line, "status": "open", SECONDS: {}}
        case InterviewEnded():
            return {"status": "ended"}
        case SubjectErased(erased=participant):
            return {SECONDS: {id_: seconds for id_, seconds in body[SECONDS].items() if id_ != participant}}
        case ParticipantInvited(participant=participant, role="applicant"):
            return _seconds_until(body, participant, 0)
        case (
            SightObserved(participant=participant, second=second)
            | ProsodyObserved(participant=participant, second=second)
        ):
            return _seconds_until(body, participant, second + 1)
        case _:
            return {}


def _seconds_until(body: Body, participant: str, seconds: int) -> dict[str, Any]:
    known: dict[str, int] = body[SECONDS]
    return {SECONDS: {**known, participant: max(known.get(participant, 0), seconds)}}
