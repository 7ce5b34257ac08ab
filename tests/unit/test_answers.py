"""The whole transcript, read back from the log."""

import pytest

from actors.projections.fold import fold
from actors.projections.interview import InterviewProjection
from api.interviews.answers import read_answers
from infra.log.memory import MemoryLog
from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.envelope import enveloped
from schemas.errors import NotFound
from schemas.events import Event, InterviewCreated, ParticipantInvited
from schemas.ids import AnswerId, SegmentId, interview_stream
from schemas.media import MICROSECONDS, SessionTime
from schemas.views import ANSWERS, InterviewView
from tests.unit.test_projections import ANN, IV, prosody

BEGIN: list[Event] = [
    InterviewCreated(interview=IV, title="Analyst", epoch_us=1),
    ParticipantInvited(participant=ANN, role="applicant", label="Applicant A"),
]


def answer(number: int) -> list[Event]:
    """What the log holds of one answer with one segment."""
    name = AnswerId(f"{number:032x}")
    start, end = (SessionTime((number * 10 + seconds) * MICROSECONDS) for seconds in (0, 4))
    return [
        AnswerStarted(participant=ANN, answer=name, start=start),
        SegmentTranscribed(
            participant=ANN, answer=name, segment=SegmentId(name), start=start, end=end, text="I led a team", words=(),
            confidence=0.5, language="en", source="pocketsphinx", detector="test", problem=None,
        ),
        AnswerEnded(participant=ANN, answer=name, end=end, ended="silence", segments=1),
    ]  # fmt: skip


async def log_of(events: list[Event]) -> MemoryLog:
    log = MemoryLog()
    for event in events:
        await log.append(interview_stream(IV), [enveloped(event, at=SessionTime(0), actor="session")], expected="any")
    return log


async def test_every_answer_is_there_as_the_view_showed_it() -> None:
    events = [*BEGIN, prosody(1), *(event for number in range(ANSWERS + 3) for event in answer(number))]
    log = await log_of(events)
    found = (await read_answers(log, IV)).participants[ANN]
    assert len(found) == ANSWERS + 3
    rows = await log.follow(limit=1000)
    [row] = fold(InterviewProjection(), {}, rows).values()
    shown = InterviewView.model_validate(row.after).participants[ANN].answers
    assert {name: found[name] for name in shown} == shown


async def test_an_answer_that_is_being_given_has_no_end() -> None:
    log = await log_of([*BEGIN, *answer(1)[:2]])
    [going] = (await read_answers(log, IV)).participants[ANN].values()
    assert (going.end, going.ended, len(going.segments)) == (None, None, 1)


async def test_an_interview_without_answers_has_none_and_one_that_is_not_there_is_not_found() -> None:
    assert (await read_answers(await log_of(BEGIN), IV)).participants == {}
    with pytest.raises(NotFound):
        await read_answers(MemoryLog(), IV)
