"""Syllables that were made are counted; pauses are left out of the rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.pitch import PitchDetector
from actors.detectors.span import Span
from actors.detectors.speech_rate import LEAST, PAUSE, SpeechRateDetector, rate_of
from schemas.media import Floats, SessionTime
from schemas.observation import SpeechObservation, SpeechRateObservation
from tests.unit.voice import chunks, heard, spans, syllables, vowel


def observed(found: list[Span], speech: SpeechObservation | None = None) -> list[SpeechRateObservation]:
    pitch, rate = PitchDetector(), SpeechRateDetector()
    return [rate.observe(span, pitch.track(span), speech) for span in found]


@pytest.mark.parametrize("each", [0.16, 0.2, 0.3])
def test_syllables_are_counted_and_timed(each: float) -> None:
    count = round(3 / each)
    seconds = observed(heard(syllables(count, 130, each)))
    assert sum(second.syllables for second in seconds) == pytest.approx(count, abs=1)
    assert seconds[2].rate == pytest.approx(1 / each, rel=0.05)


def test_a_pause_is_told_and_does_not_slow_the_rate() -> None:
    sound = np.concatenate([syllables(10, 130), np.zeros(16_000), syllables(5, 130)])
    seconds = observed(heard(sound))
    (pause,) = [pause for second in seconds for pause in second.pauses]
    assert pause == pytest.approx(1.2, abs=0.02)
    assert seconds[-1].rate == pytest.approx(5, rel=0.05)


def test_too_few_syllables_have_no_rate() -> None:
    (second,) = observed(heard(syllables(LEAST, 130)))
    assert (second.syllables, second.rate, second.confidence) == (LEAST, None, 0.0)


def test_an_even_hum_and_noise_hold_no_syllables() -> None:
    noise = np.random.default_rng(7).normal(0, 0.05, 48_000)
    hum = vowel(3, 130) * np.linspace(1, 0.7, 48_000)
    assert sum(second.syllables for second in observed(heard(hum))) <= 2
    assert all(second.rate is None for second in observed(heard(noise)))


def test_what_is_outside_of_speech_is_not_counted() -> None:
    silent = SpeechObservation(SessionTime(0), 1.0, 1.0, "test")
    half = SpeechObservation(SessionTime(0), 1.0, 1.0, "test", 0.5, ((SessionTime(0), SessionTime(500_000)),))
    sound = heard(syllables(5, 130))
    assert [second.syllables for second in observed(sound, silent)] == [0]
    assert [second.syllables for second in observed(sound, half)] == [3]


def test_a_new_stream_has_no_pause_before_it() -> None:
    found = spans([*chunks(syllables(5, 130)), *chunks(syllables(5, 130), start=60)])
    assert [second.pauses for second in observed(found)] == [(), ()]


@pytest.mark.parametrize(("height", "problem"), [(0.0, "silent"), (20.0, "clipped")])
def test_bad_sound_says_what_is_wrong(height: float, problem: str) -> None:
    (second,) = observed(heard(vowel(1, 130, height=height)))
    assert (second.problem, second.rate) == (problem, None)


def test_nothing_holds_no_syllables() -> None:
    (second,) = observed([Span(SessionTime(0), np.zeros(0), 0, 0)])
    assert (second.problem, second.syllables, second.rate) == ("empty", 0, None)


@given(st.lists(st.floats(0.01, 3), max_size=40))
def test_a_rate_is_that_of_intervals_shorter_than_a_pause(intervals: list[float]) -> None:
    nuclei: Floats = np.cumsum([0.0, *intervals])
    rate, count = rate_of(nuclei)
    assert (rate is None) == (count < LEAST)
    if rate is not None:
        assert 1 / PAUSE < rate <= 1 / 0.0099
