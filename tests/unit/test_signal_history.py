"""What a screen was shown of some seconds, read back from the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.signals.history import MOST_SECONDS, read_signals
from infra.log.memory import MemoryLog
from schemas.envelope import enveloped
from schemas.errors import Invalid, NotFound
from schemas.events import Event, ParticipantInvited
from schemas.ids import InterviewId, ParticipantId, SubjectId, interview_stream
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import VoiceEmotion
from schemas.signals import ExpressionObserved, HandsObserved, PostureObserved, VoiceEmotionObserved
from tests.unit.test_projections import ANN, IV, prosody, sight

LATE = 2
"""Seconds from the beginning of a second to its record."""
CALM: dict[VoiceEmotion, float] = {"relaxation": 1.0}


async def log_of(*events: tuple[Event, float]) -> MemoryLog:
    """A log with these events of one interview, each recorded at a session time in seconds."""
    log = MemoryLog()
    invited = ParticipantInvited(participant=ANN, role="applicant", label="Applicant A")
    for event, seconds in ((invited, 0.0), *events):
        at = SessionTime(int(seconds * MICROSECONDS))
        await log.append(interview_stream(IV), [enveloped(event, at=at, actor="session")], expected="any")
    return log


@given(st.integers(0, 40), st.integers(0, 40))
async def test_every_second_asked_for_and_no_other(first: int, length: int) -> None:
    log = await log_of(*((sight(second), second + LATE) for second in range(30)))
    found = await read_signals(log, IV, first, first + length)
    wanted = {str(second) for second in range(30) if first <= second <= first + length}
    assert set(found.participants[ANN].sight if wanted else {}) == wanted
    assert bool(found.participants) == bool(wanted)


async def test_every_modality_by_its_own_name() -> None:
    look = ExpressionObserved(
        participant=ANN, second=3, detector="test", pictures=5, confidence=0.9,
        neutral=0.5, joy=0.5, sadness=0.0, anger=0.0, surprise=0.0, fear=0.0,
    )  # fmt: skip
    tone = VoiceEmotionObserved(participant=ANN, second=3, detector="test", confidence=0.5, probabilities=CALM)
    body = PostureObserved(participant=ANN, second=3, detector="test", pictures=5, presence=1.0, confidence=0.9)
    hands = HandsObserved(participant=ANN, second=3, detector="test", pictures=5, confidence=0.9)
    log = await log_of(*((event, 5) for event in (sight(3), prosody(3), look, tone, body, hands)))
    told = (await read_signals(log, IV, 3, 3)).participants[ANN].model_dump(exclude_none=True)
    assert {modality for modality, seconds in told.items() if set(seconds) == {"3"}} == set(told)
    assert told["sight"]["3"] == sight(3).model_dump(
        exclude_none=True, exclude={"type", "participant", "second", "detector"}
    )


async def test_what_was_recorded_later_was_not_seen_then() -> None:
    log = await log_of((sight(1), 3), (sight(2), 4), (prosody(1), 9))
    then = await read_signals(log, IV, 0, 10, by=SessionTime(4 * MICROSECONDS))
    assert (set(then.participants[ANN].sight), then.participants[ANN].prosody) == ({"1", "2"}, {})


async def test_a_person_who_was_erased_is_not_in_it() -> None:
    log = await log_of((sight(1), 3))
    log.shred(SubjectId(ANN))
    assert (await read_signals(log, IV, 0, 10)).participants == {}


@pytest.mark.parametrize(("first", "last"), [(5, 4), (0, MOST_SECONDS)])
async def test_a_range_that_is_none_or_too_long_is_refused(first: int, last: int) -> None:
    with pytest.raises(Invalid, match="range"):
        await read_signals(await log_of(), IV, first, last)


async def test_an_interview_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        await read_signals(MemoryLog(), InterviewId("1" * 32), 0, 1)


async def test_another_participants_seconds_are_their_own() -> None:
    bob = ParticipantId("bob")
    log = await log_of((sight(1), 3), (sight(1, yaw=9.0).model_copy(update={"participant": bob}), 3))
    found = await read_signals(log, IV, 0, 10)
    assert (found.participants[ANN].sight["1"].yaw, found.participants[bob].sight["1"].yaw) == (1.5, 9.0)
