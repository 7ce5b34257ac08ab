"""The interviewer's screen: one row per interview, shaped as `schemas.views.InterviewView` without its Nones."""

from collections.abc import Callable, Mapping
from typing import Any

from infra.views.port import Body
from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.envelope import RecordedEvent, fact_of
from schemas.events import (
    ConsentGiven,
    ConsentWithdrawn,
    GazeCalibrated,
    InterviewCreated,
    InterviewEnded,
    LinkClaimed,
    ParticipantInvited,
    ParticipantJoined,
    ParticipantLeft,
    StreamLost,
    StreamStarted,
    SubjectErased,
)
from schemas.ids import INTERVIEW_PREFIX, AnswerId
from schemas.policy import Policy
from schemas.signals import (
    AgeGenderObserved,
    ExpressionObserved,
    HandsObserved,
    PostureObserved,
    ProsodyObserved,
    SightObserved,
    VoiceEmotionObserved,
    shown,
)
from schemas.views import ANSWERS, SIGNAL_SECONDS, InterviewView, ParticipantView

Seat = Mapping[str, Any]


class InterviewProjection:
    """See `actors.projections.port.Projection`."""

    name = "interview"
    told = True

    def key(self, event: RecordedEvent) -> str | None:
        """The interview's id."""
        return event.stream.removeprefix(INTERVIEW_PREFIX) if event.stream.startswith(INTERVIEW_PREFIX) else None

    def apply(self, body: Body | None, event: RecordedEvent) -> dict[str, Any]:
        """The row after `event`. What was erased changes nothing."""
        before = dict(body or {})
        fact = fact_of(event)
        if fact is None:
            return before
        if isinstance(fact, InterviewCreated):
            return _dump(_opened(fact))
        if isinstance(fact, ParticipantInvited):
            view = ParticipantView(role=fact.role, label=fact.label)
            return _with_seat(before, fact.participant, _dump(view))
        if isinstance(fact, InterviewEnded):
            return {**before, "status": "ended", "ended_at_us": event.at}
        if isinstance(fact, SubjectErased):
            return _without_seat(before, fact.erased)
        seat = before["participants"].get(fact.participant)
        changed = {**seat, **_CHANGES[type(fact)](seat, fact)} if seat is not None else None
        return _with_seat(before, fact.participant, changed) if changed is not None else before


def _opened(fact: InterviewCreated) -> InterviewView:
    return InterviewView(
        interview=fact.interview,
        title=fact.title,
        source=fact.source,
        job=fact.job,
        language=fact.language,
        profile=fact.profile,
        asked=Policy(fact.profile, frozenset(fact.switched_on)).asked(),
        epoch_us=fact.epoch_us,
    )


def _dump(view: InterviewView | ParticipantView) -> dict[str, Any]:
    return view.model_dump(mode="json", exclude_none=True)


def _with_seat(body: Mapping[str, Any], participant: str, seat: Seat) -> dict[str, Any]:
    return {**body, "participants": {**body.get("participants", {}), participant: dict(seat)}}


def _without_seat(body: Mapping[str, Any], participant: str) -> dict[str, Any]:
    """As if nothing of the participant had ever been readable: what a rebuild gives after the erasure."""
    kept = {id_: seat for id_, seat in body["participants"].items() if id_ != participant}
    return {**body, "participants": kept}


def _sight(seat: Seat, fact: SightObserved) -> dict[str, Any]:
    counts = {"seconds_seen": seat["seconds_seen"] + 1, "frames_dropped": seat["frames_dropped"] + fact.dropped}
    return {**_signal("sight")(seat, fact), **counts}


def _prosody(seat: Seat, fact: ProsodyObserved) -> dict[str, Any]:
    return {**_signal("prosody")(seat, fact), "seconds_heard": seat["seconds_heard"] + 1}


def _signal(field: str) -> Callable[[Seat, Any], dict[str, Any]]:
    return lambda seat, fact: {field: _newest(seat[field], fact.second, shown(fact))}


def _answer_started(seat: Seat, fact: AnswerStarted) -> dict[str, Any]:
    answers = {**seat["answers"], fact.answer: {"start": fact.start, "segments": {}}}
    return {"answers": dict(sorted(answers.items(), key=lambda each: each[1]["start"])[-ANSWERS:])}


def _answer_ended(seat: Seat, fact: AnswerEnded) -> dict[str, Any]:
    return _with_answer(seat, fact.answer, lambda answer: {**answer, "end": fact.end, "ended": fact.ended})


def _transcribed(seat: Seat, fact: SegmentTranscribed) -> dict[str, Any]:
    said = fact.model_dump(
        mode="json", exclude_none=True, include={"start", "end", "text", "confidence", "source", "problem"}
    )
    return _with_answer(
        seat, fact.answer, lambda answer: {**answer, "segments": {**answer["segments"], fact.segment: said}}
    )


def _with_answer(
    seat: Seat, answer: AnswerId, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> dict[str, Any]:
    """The seat's answers with one changed; an answer that the view holds no longer stays away."""
    known = seat["answers"].get(answer)
    return {"answers": {**seat["answers"], answer: change(known)}} if known is not None else {}


def _newest(seconds: Mapping[str, Any], second: int, value: dict[str, Any]) -> dict[str, Any]:
    oldest = second - SIGNAL_SECONDS
    return {**{key: kept for key, kept in seconds.items() if int(key) > oldest}, str(second): value}


_CHANGES: dict[type, Callable[[Seat, Any], dict[str, Any]]] = {
    LinkClaimed: lambda seat, fact: {"claimed": True},
    ConsentGiven: lambda seat, fact: {"purposes": list(fact.purposes)},
    ConsentWithdrawn: lambda seat, fact: {"purposes": [each for each in seat["purposes"] if each not in fact.purposes]},
    ParticipantJoined: lambda seat, fact: {"presence": "present"},
    ParticipantLeft: lambda seat, fact: {"presence": "vanished" if fact.reason == "vanished" else "left"},
    StreamStarted: lambda seat, fact: {"stream": list(fact.kinds)},
    StreamLost: lambda seat, fact: {"stream": []},
    GazeCalibrated: lambda seat, fact: {"calibrated": True},
    SightObserved: _sight,
    ExpressionObserved: _signal("expression"),
    AgeGenderObserved: lambda seat, fact: {"age_gender": shown(fact)},
    PostureObserved: _signal("posture"),
    HandsObserved: _signal("hands"),
    ProsodyObserved: _prosody,
    VoiceEmotionObserved: _signal("voice_emotion"),
    AnswerStarted: _answer_started,
    AnswerEnded: _answer_ended,
    SegmentTranscribed: _transcribed,
}
