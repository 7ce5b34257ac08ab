"""The state of one interview, as far as decisions need it: evolved from its events, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.events import (
    ConsentGiven,
    ConsentWithdrawn,
    Event,
    GazeCalibrated,
    InterviewCreated,
    InterviewEnded,
    LinkClaimed,
    ParticipantInvited,
    ParticipantJoined,
    ParticipantLeft,
    Role,
    Source,
    StreamKind,
    StreamLost,
    StreamStarted,
    SubjectErased,
)
from schemas.ids import AnswerId, ConnectionId, InterviewId, ParticipantId, SegmentId
from schemas.language import Language
from schemas.observation import RestingGaze
from schemas.policy import STANDARD, Policy, Purpose
from schemas.signals import AgeGenderObserved, ProsodyObserved, SightObserved, Signal

NEVER = -1
"""The second before the first."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One participant."""

    role: Role
    label: str
    claim_digest: str | None = None
    consented: bool = False
    purposes: tuple[Purpose, ...] = ()
    connection: ConnectionId | None = None
    """The connection that counts at present, None where the participant is away."""
    stream: tuple[StreamKind, ...] = ()
    resting: RestingGaze | None = None
    sight_second: int = NEVER
    """The newest second with a sight event."""
    prosody_second: int = NEVER
    age_gender_known: bool = False
    answers: Mapping[AnswerId, bool] = field(default_factory=dict)
    """All answers that began, and whether each is over."""
    segments: frozenset[SegmentId] = frozenset()


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview."""

    id: InterviewId
    title: str
    source: Source
    epoch_us: int
    policy: Policy = STANDARD
    job: str | None = None
    language: Language = "en"
    ended: bool = False
    seats: Mapping[ParticipantId, Seat] = field(default_factory=dict)
    erased: Mapping[ParticipantId, Role | None] = field(default_factory=dict)
    """Who was erased, and from which kind of seat."""


def evolve(state: Interview | None, event: Event) -> Interview:
    """The state after `event`. Accepts every event that `decide` ever produced, in the order of the log."""
    if isinstance(event, InterviewCreated):
        return _created(event)
    if state is None:
        raise ValueError(f"expected interview.created as the first event, got {event.type}")
    if isinstance(event, InterviewEnded):
        return replace(state, ended=True)
    if isinstance(event, SubjectErased):
        return _without(state, event)
    seat = _seat(state.seats.get(event.participant), event)
    return replace(state, seats={**state.seats, event.participant: seat})


def evolved(state: Interview | None, events: Sequence[Event]) -> Interview:
    """The state after all of `events`, of which there is one at least."""
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


def _created(event: InterviewCreated) -> Interview:
    policy = Policy(event.profile, frozenset(event.switched_on))
    return Interview(
        id=event.interview,
        title=event.title,
        source=event.source,
        epoch_us=event.epoch_us,
        policy=policy,
        job=event.job,
        language=event.language,
    )


def _without(state: Interview, event: SubjectErased) -> Interview:
    seats = {id_: seat for id_, seat in state.seats.items() if id_ != event.erased}
    return replace(state, seats=seats, erased={**state.erased, event.erased: event.role})


SeatEvent = (
    ParticipantInvited
    | LinkClaimed
    | ConsentGiven
    | ConsentWithdrawn
    | ParticipantJoined
    | ParticipantLeft
    | StreamStarted
    | StreamLost
    | GazeCalibrated
    | Signal
    | AnswerStarted
    | AnswerEnded
    | SegmentTranscribed
)


def _seat(seat: Seat | None, event: SeatEvent) -> Seat:  # noqa: PLR0911, PLR0912  one line per type of event
    if isinstance(event, ParticipantInvited):
        return Seat(role=event.role, label=event.label)
    if seat is None:
        raise ValueError(f"expected participant.invited before {event.type}")
    match event:
        case LinkClaimed(claim_digest=digest):
            return replace(seat, claim_digest=digest)
        case ConsentGiven(purposes=purposes):
            return replace(seat, consented=True, purposes=purposes)
        case ConsentWithdrawn(purposes=withdrawn):
            return replace(seat, purposes=tuple(each for each in seat.purposes if each not in withdrawn))
        case ParticipantJoined(connection=connection):
            return replace(seat, connection=connection)
        case ParticipantLeft():
            return replace(seat, connection=None)
        case StreamStarted(kinds=kinds):
            return replace(seat, stream=kinds)
        case StreamLost():
            return replace(seat, stream=())
        case GazeCalibrated(horizontal=horizontal, vertical=vertical, samples=samples):
            return replace(seat, resting=RestingGaze(horizontal, vertical, samples))
        case SightObserved(second=second):
            return replace(seat, sight_second=second)
        case ProsodyObserved(second=second):
            return replace(seat, prosody_second=second)
        case AnswerStarted(answer=answer):
            return replace(seat, answers={**seat.answers, answer: False})
        case AnswerEnded(answer=answer):
            return replace(seat, answers={**seat.answers, answer: True})
        case SegmentTranscribed(segment=segment):
            return replace(seat, segments=seat.segments | {segment})
        case AgeGenderObserved():
            return replace(seat, age_gender_known=True)
        case _:
            return seat  # told together with the second that it belongs to
