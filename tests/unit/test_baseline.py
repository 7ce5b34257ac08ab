"""How a person usually sounds, and what is unusual for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.baseline import (
    LEAST_LOUDNESS,
    LEAST_PITCH,
    WINDOW,
    BaselineLearner,
    Voice,
    deviation,
    voice_baseline,
    voice_of,
)
from schemas.media import SessionTime
from schemas.observation import PitchObservation

voices = st.builds(Voice, st.floats(60, 500), st.floats(-60, 0), st.none() | st.floats(1, 9), st.floats(0.3, 1))


def voice(pitch: float = 120, loudness: float = -25, rate: float | None = 5) -> Voice:
    return Voice(pitch, loudness, rate, 0.5)


def pitched(median: float | None, voiced: float) -> PitchObservation:
    return PitchObservation(SessionTime(0), 1.0, 0.9, "test", voiced, median)


def test_a_baseline_is_known_after_half_a_minute_of_voice_and_then_kept() -> None:
    learner = BaselineLearner()
    known = [learner.learn(voice()) for _ in range(round(WINDOW / 0.5))]
    assert known[:-1] == [None] * (len(known) - 1)
    assert known[-1] is not None
    assert learner.learn(voice(pitch=300)) == known[-1]


def test_silence_teaches_nothing() -> None:
    learner = BaselineLearner()
    assert all(learner.learn(None) is None for _ in range(1000))
    assert voice_baseline([]) is None


@pytest.mark.parametrize(("median", "voiced"), [(None, 0.9), (120, 0.1)])
def test_a_span_with_too_little_voice_does_not_count(median: float | None, voiced: float) -> None:
    assert voice_of(pitched(median, voiced), -20, 5) is None


def test_a_span_with_voice_counts() -> None:
    assert voice_of(pitched(120, 0.5), -20, None) == Voice(120, -20, None, 0.5)


def test_a_laugh_changes_little() -> None:
    usual = voice_baseline([voice()] * 55 + [voice(pitch=420, loudness=-3, rate=9)] * 5)
    assert usual is not None
    assert (usual.pitch, usual.loudness, usual.rate) == (120, -25, 5)
    assert (usual.pitch_spread, usual.loudness_spread) == (LEAST_PITCH, LEAST_LOUDNESS)


def test_an_octave_is_twelve_semitones() -> None:
    usual = voice_baseline([voice()])
    assert usual is not None
    far = deviation(voice(pitch=240, loudness=-19, rate=6), usual)
    assert (far.pitch, far.loudness, far.rate) == pytest.approx((12, 3, 2))


def test_what_is_not_comparable_is_left_out() -> None:
    usual, without = voice_baseline([voice()]), voice_baseline([voice(rate=None)])
    assert usual is not None
    assert without is not None
    assert deviation(voice(rate=None), usual).rate is None
    assert deviation(voice(), without).rate is None
    assert deviation(voice(), usual, same_gain=False).loudness is None


@given(st.lists(voices, min_size=1, max_size=60))
def test_a_baseline_lies_among_its_voices_and_its_own_middle_is_usual(heard: list[Voice]) -> None:
    usual = voice_baseline(heard)
    assert usual is not None
    assert min(v.pitch for v in heard) <= usual.pitch <= max(v.pitch for v in heard)
    assert usual.pitch_spread >= LEAST_PITCH
    middle = deviation(Voice(usual.pitch, usual.loudness, usual.rate, 1), usual)
    assert (middle.pitch, middle.loudness) == (0, 0)
    assert middle.rate in (0, None)
