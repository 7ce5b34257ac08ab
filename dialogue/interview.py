"""What an interview allows: `decide` turns a command into events or refuses it.

Every decision may be asked twice (an answer can get lost on the way back): a command whose effect already stands
decides nothing and is no error.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from dialogue.state import Interview, Seat
from dialogue.transcript import transcribed
from dialogue.voice_window import prosody_window, voice_emotion_window
from dialogue.window import age_gender, body_windows, expression_window, sight_window
from schemas.answers import AnswerEnded, AnswerStarted
from schemas.commands import (
    Calibrate,
    ClaimLink,
    Command,
    CreateInterview,
    EndInterview,
    EraseSubject,
    GiveConsent,
    InviteParticipant,
    Join,
    Leave,
    LoseStream,
    RecordProsody,
    RecordSight,
    StartStream,
    WithdrawConsent,
)
from schemas.errors import Invalid, LinkUsed, NotFound, Refused
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
    StreamKind,
    StreamLost,
    StreamStarted,
    SubjectErased,
)
from schemas.heard import BeginAnswer, EndAnswer, HeardCommand, RecordSegment
from schemas.ids import ParticipantId
from schemas.policy import PURPOSES, Purpose

MOST_APPLICANTS = 5
"""Applicants in one interview (the paper, section 4)."""

ERASED = "This person was erased; nothing more is recorded about them."

PURPOSES_OF: dict[StreamKind, frozenset[Purpose]] = {
    "video": frozenset({"visual-signals"}),
    "audio": frozenset({"voice-signals", "transcript"}),
}
"""One of these must be served before the server may take media of a kind."""


def decide(state: Interview | None, command: Command) -> Sequence[Event]:
    """The events that `command` leads to; none where its effect already stands.

    Raises `NotFound` for an interview or a seat that does not exist, `Refused` and `LinkUsed` for what the state does
    not allow, `Invalid` for a command that makes no sense.
    """
    if isinstance(command, CreateInterview):
        return _create(state, command)
    if state is None:
        raise NotFound("There is no such interview.")
    if isinstance(command, EndInterview):
        return [] if state.ended else [InterviewEnded(by="source" if command.by_source else "interviewer")]
    if isinstance(command, EraseSubject):
        return _erase(state, command)
    if state.ended or command.participant in state.erased:
        return _late(state, command)
    if isinstance(command, InviteParticipant):
        return _invite(state, command)
    return _SEATED[type(command)](state, _seat(state, command.participant), command)


def _create(state: Interview | None, command: CreateInterview) -> Sequence[Event]:
    if state is not None:
        if (state.id, state.title, state.policy) == (command.interview, command.title, command.policy):
            return []
        raise Refused("There is an interview with this id already.")
    return [
        InterviewCreated(
            interview=command.interview,
            title=command.title,
            source=command.source,
            epoch_us=command.epoch_us,
            profile=command.policy.profile,
            switched_on=tuple(sorted(command.policy.switched_on)),
            job=command.job,
            language=command.language,
        )
    ]


def _erase(state: Interview, command: EraseSubject) -> Sequence[Event]:
    if command.participant in state.erased:
        return []
    seat = state.seats.get(command.participant)
    return [SubjectErased(erased=command.participant, role=seat.role if seat else None)]


def _late(state: Interview, command: Command) -> Sequence[Event]:
    """Late observations and farewells are no error, and not recorded either."""
    if isinstance(command, Leave | LoseStream | Calibrate | RecordSight | RecordProsody | HeardCommand):
        return []
    raise Refused("The interview is over." if state.ended else ERASED)


def _invite(state: Interview, command: InviteParticipant) -> Sequence[Event]:
    if command.participant in state.seats:
        return []
    taken = sum(seat.role == command.role for seat in state.seats.values())
    most = MOST_APPLICANTS if command.role == "applicant" else 1
    if taken >= most:
        raise Refused(f"Expected at most {most} {command.role}(s) in one interview; all seats are taken.")
    before = taken + sum(role == command.role for role in state.erased.values())  # no two are ever called the same
    label = f"Applicant {chr(ord('A') + before)}" if command.role == "applicant" else "Interviewer"
    return [ParticipantInvited(participant=command.participant, role=command.role, label=label)]


def _seat(state: Interview, participant: ParticipantId) -> Seat:
    seat = state.seats.get(participant)
    if seat is None:
        raise NotFound("There is no such seat in this interview.")
    return seat


def _claim(state: Interview, seat: Seat, command: ClaimLink) -> Sequence[Event]:
    if seat.claim_digest is None:
        return [LinkClaimed(participant=command.participant, claim_digest=command.claim_digest)]
    _same_browser(seat, command.claim_digest)
    return []


def _same_browser(seat: Seat, claim_digest: str) -> None:
    if seat.claim_digest != claim_digest:
        raise LinkUsed("This link is already in use in another browser. Ask for a link of your own.")


def _consent(state: Interview, seat: Seat, command: GiveConsent) -> Sequence[Event]:
    if seat.role != "applicant":
        raise Invalid("Expected an applicant to consent, got the interviewer.")
    if seat.consented and set(seat.purposes) == set(command.purposes):
        return []
    if set(command.purposes) - set(state.policy.asked()):
        raise Invalid(f"Expected purposes among {', '.join(state.policy.asked())}: no other is asked for here.")
    return [
        ConsentGiven(
            participant=command.participant,
            text_version=command.text_version,
            language=command.language,
            purposes=tuple(sorted(set(command.purposes))),
            sentence=command.sentence,
        )
    ]


def _withdraw(state: Interview, seat: Seat, command: WithdrawConsent) -> Sequence[Event]:
    purposes = tuple(sorted(set(command.purposes) & set(seat.purposes)))
    return [ConsentWithdrawn(participant=command.participant, purposes=purposes)] if purposes else []


def _join(state: Interview, seat: Seat, command: Join) -> Sequence[Event]:
    _same_browser(seat, command.claim_digest)
    if seat.role == "applicant" and not seat.consented:
        raise Refused("Expected an answer to the consent question before joining.")
    if seat.connection == command.connection:
        return []
    joined = ParticipantJoined(participant=command.participant, connection=command.connection)
    if seat.connection is None:
        return [joined]
    replaced = ParticipantLeft(participant=command.participant, connection=seat.connection, reason="replaced")
    return [replaced, joined]


def _leave(state: Interview, seat: Seat, command: Leave) -> Sequence[Event]:
    if seat.connection != command.connection:
        return []
    reason: Any = "vanished" if command.vanished else "left"
    return [ParticipantLeft(participant=command.participant, connection=command.connection, reason=reason)]


def _start_stream(state: Interview, seat: Seat, command: StartStream) -> Sequence[Event]:
    if not command.kinds:
        raise Invalid("Expected video or sound, got neither.")
    for kind in command.kinds:
        if not may_take(state, seat, kind):
            raise Refused(f"The applicant has not agreed to the analysis of {kind}.")
    return [StreamStarted(participant=command.participant, kinds=command.kinds)]


def may_take(state: Interview, seat: Seat, kind: StreamKind) -> bool:
    """Whether the server may take media of `kind` from the person in `seat`."""
    return kind in media_for(served(state, seat))


def media_for(purposes: Collection[Purpose]) -> tuple[StreamKind, ...]:
    """The media that the server takes to serve `purposes`."""
    return tuple(kind for kind, any_of in PURPOSES_OF.items() if not any_of.isdisjoint(purposes))


def served(state: Interview, seat: Seat) -> frozenset[Purpose]:
    """What may be done with the media and words of the person in `seat`.

    A recorded file is analysed on the word of whoever runs the analysis; a live stream on the applicant's own.
    """
    agreed = state.policy.asked() if state.source == "file" else seat.purposes
    return frozenset(purpose for purpose in PURPOSES if state.policy.serves(purpose, agreed))


def _lose_stream(state: Interview, seat: Seat, command: LoseStream) -> Sequence[Event]:
    if not seat.stream:
        return []
    return [StreamLost(participant=command.participant, reason=command.reason)]


def _calibrate(state: Interview, seat: Seat, command: Calibrate) -> Sequence[Event]:
    resting = command.resting
    if seat.resting == resting or "visual-signals" not in served(state, seat):
        return []
    return [
        GazeCalibrated(
            participant=command.participant,
            horizontal=resting.horizontal,
            vertical=resting.vertical,
            samples=resting.samples,
        )
    ]


def _record_sight(state: Interview, seat: Seat, command: RecordSight) -> Sequence[Event]:
    purposes = served(state, seat)
    if command.second <= seat.sight_second or "visual-signals" not in purposes:
        return []
    second = command.participant, command.second, command.observations
    return [
        sight_window(*second, command.dropped),
        *body_windows(*second),
        *(expression_window(*second) if "facial-expression" in purposes else ()),
        *(age_gender(*second) if "age-and-gender" in purposes and not seat.age_gender_known else ()),
    ]


def _record_prosody(state: Interview, seat: Seat, command: RecordProsody) -> Sequence[Event]:
    purposes = served(state, seat)
    if command.second <= seat.prosody_second or "voice-signals" not in purposes or not command.observations:
        return []
    second = command.participant, command.second, command.observations
    emotion = voice_emotion_window(*second) if "voice-emotion" in purposes else None
    return [prosody_window(*second), *([emotion] if emotion is not None else [])]


def _begin_answer(state: Interview, seat: Seat, command: BeginAnswer) -> Sequence[Event]:
    if command.answer in seat.answers or "transcript" not in served(state, seat):
        return []
    return [AnswerStarted(participant=command.participant, answer=command.answer, start=command.start)]


def _end_answer(state: Interview, seat: Seat, command: EndAnswer) -> Sequence[Event]:
    if seat.answers.get(command.answer, True) or "transcript" not in served(state, seat):
        return []
    return [
        AnswerEnded(
            participant=command.participant,
            answer=command.answer,
            end=command.end,
            ended=command.ended,
            segments=command.segments,
        )
    ]


def _record_segment(state: Interview, seat: Seat, command: RecordSegment) -> Sequence[Event]:
    if command.segment.id in seat.segments or "transcript" not in served(state, seat):
        return []
    return [transcribed(command.participant, command.answer, command.segment)]


_SEATED: dict[type, Callable[[Interview, Seat, Any], Sequence[Event]]] = {
    ClaimLink: _claim,
    GiveConsent: _consent,
    WithdrawConsent: _withdraw,
    Join: _join,
    Leave: _leave,
    StartStream: _start_stream,
    LoseStream: _lose_stream,
    Calibrate: _calibrate,
    RecordSight: _record_sight,
    RecordProsody: _record_prosody,
    BeginAnswer: _begin_answer,
    EndAnswer: _end_answer,
    RecordSegment: _record_segment,
}
