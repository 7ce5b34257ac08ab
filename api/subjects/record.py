"""Everything recorded about one person, and nothing about another (GDPR, article 15)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from actors.projections.interview import InterviewProjection
from api.joining.consent import sentence_of
from api.subjects.reading import read_interview
from infra.blobs import Blob, Blobs
from infra.log import Log
from infra.subjects import Subjects
from infra.views import Views
from schemas.envelope import RecordedEvent
from schemas.errors import NotFound
from schemas.ids import InterviewId, ParticipantId, StreamName, SubjectId, interview_of

RECIPIENTS = (
    "The interviewer of the interview, on the screen, while it ran and afterwards.",
    "Whoever runs this server.",
)
"""Nothing is sent to anybody else by this version."""
LOGIC = (
    "Detectors turn pictures and sound into numbers and words, once a second, each only where the person agreed to its"
    " purpose; the events name every one of them. No decision about a person is made by this software."
)


class Part(BaseModel):
    """What all parts of a record share."""

    model_config = ConfigDict(frozen=True)


class Sitting(Part):
    """The person in one interview."""

    interview: InterviewId
    title: str | None
    role: str | None
    """None where the person was erased."""
    label: str | None
    shown: dict[str, Any] | None
    """What the screens show of the person, see `schemas.views.ParticipantView`."""


class Consent(Part):
    """One answer to the question of consent."""

    interview: InterviewId
    at: datetime
    text_version: str
    language: str
    purposes: Sequence[str]
    sentence: str | None
    """The wording; None where this server no longer holds that version."""


class Detector(Part):
    """A detector that measured the person."""

    name: str
    """Its name and version, as the events hold it."""
    event: str
    seconds: int


class Entry(Part):
    """One event about the person."""

    interview: InterviewId
    version: int
    id: str
    type: str
    schema_version: int
    at_us: int
    recorded_at: datetime
    actor: str
    payload: dict[str, Any] | None
    """None where it can no longer be read."""
    hash: str


class SubjectRecord(Part):
    """All of it."""

    subject: SubjectId
    made_at: datetime
    sittings: Sequence[Sitting]
    consents: Sequence[Consent]
    detectors: Sequence[Detector]
    recipients: Sequence[str]
    logic: str
    blobs: Sequence[Blob]
    events: Sequence[Entry]


async def read_record(subject: SubjectId, log: Log, views: Views, blobs: Blobs, subjects: Subjects) -> SubjectRecord:
    """Gather what there is about `subject`.

    Raises `NotFound` where the record does not know the person, `Unavailable`.
    """
    streams = await subjects.streams(subject)
    if not streams:
        raise NotFound("There is no such person in the record.")
    events = [event for stream in streams for event in await _about(subject, stream, log)]
    return SubjectRecord(
        subject=subject,
        made_at=datetime.now(UTC),
        sittings=[await _sitting(subject, interview_of(stream), log, views) for stream in streams],
        consents=list(_consents(events)),
        detectors=list(_detectors(events)),
        recipients=RECIPIENTS,
        logic=LOGIC,
        blobs=await blobs.list(subject),
        events=[_entry(event) for event in events],
    )


async def _about(subject: SubjectId, stream: StreamName, log: Log) -> list[RecordedEvent]:
    return [event async for event in log.read(stream) if event.subject == subject]


async def _sitting(subject: SubjectId, interview: InterviewId, log: Log, views: Views) -> Sitting:
    state, _ = await read_interview(log, interview)
    seat = state.seats.get(ParticipantId(subject)) if state is not None else None
    rows = await views.load(InterviewProjection.name, [interview])
    shown = rows[interview].body["participants"].get(subject) if interview in rows else None
    return Sitting(
        interview=interview,
        title=state.title if state is not None else None,
        role=seat.role if seat is not None else None,
        label=seat.label if seat is not None else None,
        shown=shown,
    )


def _consents(events: Iterable[RecordedEvent]) -> Iterable[Consent]:
    for event in events:
        if event.type == "consent.given" and event.payload is not None:
            given = event.payload
            yield Consent(
                interview=interview_of(event.stream),
                at=event.recorded_at,
                text_version=given["text_version"],
                language=given["language"],
                purposes=given["purposes"],
                sentence=given.get("sentence") or sentence_of(given["text_version"], given["language"]),
            )


def _detectors(events: Iterable[RecordedEvent]) -> Iterable[Detector]:
    seconds = Counter(
        (event.payload["detector"], event.type)
        for event in events
        if event.payload is not None and "detector" in event.payload
    )
    for (name, event_type), count in sorted(seconds.items()):
        yield Detector(name=name, event=event_type, seconds=count)


def _entry(event: RecordedEvent) -> Entry:
    return Entry(
        interview=interview_of(event.stream),
        version=event.version,
        id=str(event.id),
        type=event.type,
        schema_version=event.schema_version,
        at_us=event.at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        payload=dict(event.payload) if event.payload is not None else None,
        hash=event.hash.hex(),
    )
