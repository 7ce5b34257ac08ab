"""The list of interviews: one short row per interview, shaped as `schemas.views.InterviewSummary`."""

from typing import Any

from actors.projections.interview import PREFIX
from infra.views.port import Body
from schemas.envelope import RecordedEvent, fact_of
from schemas.events import (
    InterviewCreated,
    InterviewEnded,
    ParticipantInvited,
    ProsodyObserved,
    SightObserved,
)
from schemas.views import InterviewSummary

COUNTED = ("interview.created", "participant.invited", "sight.observed", "prosody.observed", "interview.ended")


class SummaryProjection:
    """See `actors.projections.port.Projection`."""

    name = "summary"
    told = False

    def key(self, event: RecordedEvent) -> str | None:
        """The interview's id, for events that a summary counts."""
        if event.type in COUNTED and event.stream.startswith(PREFIX):
            return event.stream.removeprefix(PREFIX)
        return None

    def apply(self, body: Body | None, event: RecordedEvent) -> dict[str, Any]:
        """The row after `event`. What was erased changes nothing."""
        before = dict(body or {})
        match fact_of(event):
            case InterviewCreated(interview=interview, title=title, source=source, epoch_us=epoch_us):
                return InterviewSummary(
                    interview=interview,
                    title=title,
                    source=source,
                    status="open",
                    epoch_us=epoch_us,
                    applicants=0,
                    seconds=0,
                ).model_dump(mode="json")
            case ParticipantInvited(role="applicant"):
                return {**before, "applicants": before["applicants"] + 1}
            case SightObserved(second=second) | ProsodyObserved(second=second):
                return {**before, "seconds": max(before["seconds"], second + 1)}
            case InterviewEnded():
                return {**before, "status": "ended"}
            case _:
                return before
