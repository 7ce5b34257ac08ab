"""Who is told of an event at once."""

import json
from functools import reduce

from actors import names
from actors.announcement import announcements, counterparts
from dialogue.state import Interview, evolve
from schemas.events import (
    Event,
    InterviewCreated,
    InterviewEnded,
    ParticipantInvited,
    ParticipantJoined,
    ParticipantLeft,
    SubjectErased,
)
from schemas.ids import ConnectionId, InterviewId, ParticipantId

IV = InterviewId("0" * 32)
HOST, ANN, BEN = ParticipantId("host"), ParticipantId("ann"), ParticipantId("ben")
ONE = ConnectionId("one")


def present(*participants: ParticipantId) -> Interview:
    events: list[Event] = [
        InterviewCreated(interview=IV, title="Analyst", epoch_us=1),
        ParticipantInvited(participant=HOST, role="interviewer", label="Interviewer"),
        ParticipantInvited(participant=ANN, role="applicant", label="Applicant A"),
        ParticipantInvited(participant=BEN, role="applicant", label="Applicant B"),
        *(ParticipantJoined(participant=participant, connection=ONE) for participant in participants),
    ]
    state: Interview | None = None
    state = reduce(evolve, events, state)
    assert state is not None
    return state


def told(state: Interview, event: Event) -> dict[str, str]:
    return {
        subject: data.decode() if subject.startswith("owner.") else json.loads(data)["type"]
        for subject, data in announcements(state, event)
    }


def test_an_applicant_who_joins_is_announced_to_the_interviewer_alone() -> None:
    joined = ParticipantJoined(participant=ANN, connection=ONE)
    assert told(present(HOST, ANN, BEN), joined) == {
        names.owner_subject(IV, ANN): "one",
        names.signal_subject(IV, HOST): "peer-joined",
    }


def test_the_interviewer_who_joins_is_announced_to_every_applicant_present() -> None:
    joined = ParticipantJoined(participant=HOST, connection=ONE)
    assert told(present(HOST, ANN), joined) == {
        names.owner_subject(IV, HOST): "one",
        names.signal_subject(IV, ANN): "peer-joined",
    }


def test_a_departure_is_announced_but_not_a_replacement() -> None:
    left = ParticipantLeft(participant=ANN, connection=ONE, reason="vanished")
    assert told(present(HOST), left) == {names.signal_subject(IV, HOST): "peer-left"}
    replaced = ParticipantLeft(participant=ANN, connection=ONE, reason="replaced")
    assert told(present(HOST), replaced) == {}


def test_the_end_is_announced_to_everybody() -> None:
    assert set(told(present(), InterviewEnded(by="interviewer")).values()) == {"ended"}
    assert len(told(present(), InterviewEnded(by="interviewer"))) == 3


def test_an_erasure_ends_the_interview_for_the_person_and_is_a_departure_to_the_others() -> None:
    erased = SubjectErased(erased=ANN, role="applicant")
    assert told(evolve(present(HOST, ANN, BEN), erased), erased) == {
        names.signal_subject(IV, ANN): "ended",
        names.signal_subject(IV, HOST): "peer-left",
    }
    assert counterparts(evolve(present(HOST, ANN), erased), ANN) == []
