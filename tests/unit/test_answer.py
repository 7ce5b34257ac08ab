"""Answers begin with speech and end with patience; how the sound was cut into spans changes nothing."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.answer import LEAST, LONGER, PAUSE, SHORT, AnswerDetector, is_unfinished
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import SpeechObservation
from schemas.speech import Answer, AnswerBegun, AnswerBoundary

Seconds = Sequence[tuple[float, float]]
LONG = SHORT + 1
"""Seconds of speech after which no more patience than usual is needed."""
TICK = 1000
"""Microseconds: all times of the generated cases are multiples of it."""


def us(seconds: float) -> SessionTime:
    return SessionTime(round(seconds * MICROSECONDS))


def observation(speech: Seconds, first: float, last: float) -> SpeechObservation:
    """What voice activity says of the time from `first` to `last` (seconds)."""
    inside = [(max(start, first), min(end, last)) for start, end in speech if start < last and end > first]
    return SpeechObservation(
        at=us(first),
        duration=last - first,
        confidence=1.0,
        detector="told",
        segments=tuple((us(start), us(end)) for start, end in inside),
    )


def observations(speech: Seconds, cuts: Iterable[float]) -> list[SpeechObservation]:
    return [observation(speech, first, last) for first, last in pairwise(cuts)]


def seconds(until: int, start: int = 0) -> Iterable[float]:
    return (float(second) for second in range(start, until + 1))


def when(detector: AnswerDetector, heard: Iterable[SpeechObservation]) -> list[AnswerBoundary]:
    return [boundary for each in heard for boundary in detector.observe(each)]


def begun(at: float) -> AnswerBegun:
    return AnswerBegun(us(at))


@pytest.fixture
def detector() -> AnswerDetector:
    return AnswerDetector()


def test_given_silence_nothing_begins(detector: AnswerDetector) -> None:
    assert when(detector, observations((), seconds(60))) == []
    assert detector.end("stopped") == []


def test_given_a_long_answer_when_nothing_more_is_said_then_it_ended_with_its_speech(detector: AnswerDetector) -> None:
    said = when(detector, observations([(2.5, 2.5 + LONG)], seconds(20)))
    assert said == [begun(2.5), Answer(us(2.5), us(2.5 + LONG), "silence", LONG)]


def test_given_a_pause_shorter_than_the_patience_then_the_answer_goes_on(detector: AnswerDetector) -> None:
    end = 1 + LONG
    again = end + PAUSE - 0.1
    said = when(detector, observations([(1, end), (again, again + 1)], seconds(20)))
    assert said == [begun(1), Answer(us(1), us(again + 1), "silence", LONG + 1)]


def test_given_a_pause_as_long_as_the_patience_then_another_answer_begins(detector: AnswerDetector) -> None:
    end = 1 + LONG
    again = end + PAUSE
    said = when(detector, observations([(1, end), (again, again + 1)], seconds(20)))
    assert said[:3] == [begun(1), Answer(us(1), us(end), "silence", LONG), begun(again)]


def test_given_little_was_said_then_more_is_waited_for(detector: AnswerDetector) -> None:
    again = 2 + PAUSE + 1
    assert again - 2 < PAUSE * LONGER
    said = when(detector, observations([(1, 2), (again, again + 1)], seconds(30)))
    assert said == [begun(1), Answer(us(1), us(again + 1), "silence", 2.0)]


def test_given_the_last_word_was_unfinished_then_more_is_waited_for(detector: AnswerDetector) -> None:
    end = 1 + LONG
    assert when(detector, observations([(1, end)], seconds(8))) == [begun(1)]
    detector.expect_more(us(end - 0.4))
    assert when(detector, observations([(1, end)], seconds(int(end + PAUSE * LONGER), start=8))) == []
    (answer,) = when(detector, observations([(1, end)], [int(end + PAUSE * LONGER), 20.0]))
    assert answer == Answer(us(1), us(end), "silence", LONG)


def test_given_something_was_said_after_the_unfinished_word_then_it_changes_nothing(detector: AnswerDetector) -> None:
    end = 1 + LONG
    when(detector, observations([(1, end)], seconds(8)))
    detector.expect_more(us(end - 2))
    assert len(when(detector, observations([(1, end)], [8.0, end + PAUSE]))) == 1


def test_expecting_more_of_nobody_changes_nothing(detector: AnswerDetector) -> None:
    detector.expect_more(us(1))
    assert when(detector, observations((), seconds(5))) == []


def test_given_a_click_then_no_answer_begins(detector: AnswerDetector) -> None:
    assert when(detector, observations([(1, 1 + LEAST - 0.05)], seconds(20))) == []
    assert not detector.open


def test_given_a_silent_person_when_the_interviewer_asks_on_then_the_answer_is_over_at_once(
    detector: AnswerDetector,
) -> None:
    when(detector, observations([(1, 3)], seconds(4)))
    assert detector.ask_on() == [Answer(us(1), us(3), "asked-on", 2.0)]
    assert detector.ask_on() == []


def test_given_a_speaking_person_when_the_interviewer_asks_on_then_the_answer_ends_with_their_speech(
    detector: AnswerDetector,
) -> None:
    speech = [(1.0, 6.5), (7.0, 9.0)]
    when(detector, observations(speech, seconds(4)))
    assert detector.ask_on() == []
    said = when(detector, observations(speech, seconds(7, start=4)))
    assert said == [Answer(us(1), us(6.5), "asked-on", 5.5)]
    assert when(detector, observations(speech, seconds(9, start=7))) == [begun(7)]


def test_asking_on_before_anything_was_heard_changes_nothing(detector: AnswerDetector) -> None:
    assert detector.ask_on() == []


@pytest.mark.parametrize("why", ["stopped", "lost"])
def test_given_an_open_answer_when_nothing_more_is_heard_then_it_ended_with_its_speech(
    detector: AnswerDetector, why: str
) -> None:
    when(detector, observations([(1, 3)], seconds(4)))
    assert detector.open
    (answer,) = detector.end("stopped" if why == "stopped" else "lost")
    assert isinstance(answer, Answer)
    assert (answer.end, answer.ended) == (us(3), why)
    assert not detector.open


def test_given_a_short_gap_in_the_sound_then_the_answer_goes_on(detector: AnswerDetector) -> None:
    speech = [(1.0, 4.0), (6.0, 9.0)]
    heard = [*observations(speech, seconds(4)), *observations(speech, seconds(20, start=6))]
    assert when(detector, heard) == [begun(1), Answer(us(1), us(9), "silence", 6.0)]


def test_given_a_gap_longer_than_the_patience_then_the_answer_was_lost(detector: AnswerDetector) -> None:
    speech = [(1.0, 4.0), (60.0, 61.0)]
    heard = [*observations(speech, seconds(4)), *observations(speech, seconds(62, start=60))]
    assert when(detector, heard) == [begun(1), Answer(us(1), us(4), "lost", 3.0), begun(60)]


def test_given_the_clock_is_set_back_then_the_answer_was_lost(detector: AnswerDetector) -> None:
    heard = [*observations([(11, 14)], seconds(14, start=10)), *observations([(3, 5)], seconds(5, start=3))]
    assert when(detector, heard) == [begun(11), Answer(us(11), us(14), "lost", 3.0), begun(3)]


def test_given_a_reconnect_then_the_next_answer_is_another(detector: AnswerDetector) -> None:
    when(detector, observations([(1, 4)], seconds(4)))
    (lost,) = detector.end("lost")
    said = when(detector, observations([(5, 7)], seconds(7, start=5)))
    assert (lost, said) == (Answer(us(1), us(4), "lost", 3.0), [begun(5)])


def test_a_muted_microphone_is_silence(detector: AnswerDetector) -> None:
    when(detector, observations([(0, LONG)], seconds(int(LONG))))
    muted = [SpeechObservation(us(LONG + s), 1.0, 1.0, "told", problem="silent") for s in range(int(PAUSE))]
    assert when(detector, muted) == [Answer(us(0), us(LONG), "silence", LONG)]


def test_the_pause_is_a_setting() -> None:
    assert len(when(AnswerDetector(pause=1.0), observations([(0, LONG)], [0.0, LONG + 1.0]))) == 2
    assert len(when(AnswerDetector(pause=1.1), observations([(0, LONG)], [0.0, LONG + 1.0]))) == 1


@pytest.mark.parametrize("word", ["um", "And", "because,", "so…"])
def test_fillers_and_conjunctions_are_unfinished(word: str) -> None:
    assert is_unfinished(word, "en")


def test_each_language_has_its_own() -> None:
    assert is_unfinished("그리고", "ko")
    assert not is_unfinished("and", "ko")
    assert not is_unfinished("done.", "en")


@st.composite
def speeches(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Segments of speech with gaps of at least 20 ms, from 0 to about 30 s."""
    lengths = st.integers(20, 6000)
    at, found = draw(st.integers(0, 2000)), []
    for _ in range(draw(st.integers(0, 6))):
        end = at + draw(lengths)
        found.append((at * TICK / MICROSECONDS, end * TICK / MICROSECONDS))
        at = end + draw(lengths)
    return found


def whole(speech: Seconds, cuts: Sequence[int]) -> list[AnswerBoundary]:
    """Boundaries, where the time up to well after the last speech is cut at `cuts` (ms)."""
    last = 60_000
    edges = sorted({0, last, *(cut for cut in cuts if cut < last)})
    detector = AnswerDetector()
    return when(detector, observations(speech, [edge * TICK / MICROSECONDS for edge in edges]))


@given(speech=speeches(), cuts=st.lists(st.integers(1, 59_999), max_size=40))
def test_how_sound_is_cut_changes_nothing(speech: Seconds, cuts: list[int]) -> None:
    assert whole(speech, cuts) == whole(speech, [])


@given(speech=speeches(), cuts=st.lists(st.integers(1, 59_999), max_size=20))
def test_beginnings_and_ends_alternate_and_lie_on_edges_of_speech(speech: Seconds, cuts: list[int]) -> None:
    said = whole(speech, cuts)
    assert [type(each) for each in said] == [AnswerBegun, Answer] * (len(said) // 2)
    starts, ends = {us(start) for start, _ in speech}, {us(end) for _, end in speech}
    last = SessionTime(-1)
    for boundary in said:
        assert boundary.start in starts
        assert boundary.start > last
        if isinstance(boundary, Answer):
            assert boundary.end in ends
            assert not any(us(start) < boundary.end < us(end) for start, end in speech)
            assert LEAST <= boundary.spoken <= (boundary.end - boundary.start) / MICROSECONDS + 1e-9
            last = boundary.end


@given(speech=speeches(), moments=st.sets(st.integers(0, 59), max_size=5))
def test_whenever_the_interviewer_asks_on_no_answer_ends_inside_speech(speech: Seconds, moments: set[int]) -> None:
    detector, ends = AnswerDetector(), {us(end) for _, end in speech}
    for number, heard in enumerate(observations(speech, seconds(60))):
        said = [*detector.observe(heard), *(detector.ask_on() if number in moments else [])]
        assert all(boundary.end in ends for boundary in said if isinstance(boundary, Answer))
