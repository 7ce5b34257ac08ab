"""Pitch of voices that were made with a known one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actors.detectors.pitch import HIGHEST, LOWEST, STEP, PitchDetector, pitch_track
from actors.detectors.span import Span
from schemas.media import Floats, SessionTime
from schemas.observation import PitchObservation
from tests.unit.voice import heard, vowel

RNG = np.random.default_rng(7)


def observed(sound: Floats, rate: int = 16_000) -> list[PitchObservation]:
    detector = PitchDetector()
    return [detector.observe(span) for span in heard(sound, rate)]


@settings(max_examples=25, deadline=None)
@given(st.floats(75, 450))
def test_the_pitch_of_a_vowel_is_found(pitch: float) -> None:
    (found,) = observed(vowel(1, pitch))
    assert found.median == pytest.approx(pitch, rel=0.01)
    assert found.voiced > 0.9
    assert found.confidence > 0.7


@pytest.mark.parametrize("rate", [8_000, 20_000, 44_100, 48_000])
def test_any_sampling_rate_will_do(rate: int) -> None:
    (found,) = observed(vowel(1, 150, rate), rate)
    assert found.median == pytest.approx(150, rel=0.02)


def test_noise_at_ten_decibels_changes_little() -> None:
    sound = vowel(1, 130, height=0.8)
    noise = RNG.normal(0, np.sqrt(np.mean(sound**2)) * 10**-0.5, len(sound))
    (found,) = observed(sound + noise)
    assert found.median == pytest.approx(130, rel=0.02)


def test_noise_alone_has_no_pitch() -> None:
    assert all(found.voiced < 0.1 for found in observed(RNG.normal(0, 0.1, 32_000)))


def test_a_rise_is_seen_in_range_and_contour() -> None:
    low, high = observed(np.concatenate([vowel(0.5, 100), vowel(0.5, 160), vowel(1, 200)]))
    assert low.low == pytest.approx(100, rel=0.02)
    assert low.high == pytest.approx(160, rel=0.02)
    assert len(low.contour) == 100
    assert high.contour[50] == pytest.approx(200, rel=0.02)


def test_a_pause_is_a_gap_in_the_contour() -> None:
    (found,) = observed(np.concatenate([vowel(0.4, 120), np.zeros(4_800), vowel(0.3, 120)]))
    assert found.contour[55] is None
    assert found.voiced == pytest.approx(0.7, abs=0.06)


def test_soft_speech_after_loud_is_still_voiced() -> None:
    soft = observed(np.concatenate([vowel(1, 120, height=0.6), vowel(1, 120, height=0.12)]))[-1]
    assert soft.voiced > 0.9


@pytest.mark.parametrize(("height", "problem"), [(0.0, "silent"), (20.0, "clipped")])
def test_bad_sound_has_no_values_but_a_problem(height: float, problem: str) -> None:
    (found,) = observed(vowel(1, 120, height=height))
    assert (found.problem, found.median, found.contour, found.confidence) == (problem, None, (), 0.0)


def test_nothing_has_no_pitch() -> None:
    found = PitchDetector().observe(Span(SessionTime(3), np.zeros(0), 0, 0))
    assert (found.problem, found.median, found.duration) == ("empty", None, 0.0)


@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, st.integers(0, 3_000), elements=st.floats(-1, 1, width=32)))
def test_every_sound_has_a_track_within_the_range(sound: Floats) -> None:
    track = pitch_track(sound)
    heard_at = track.frequency[track.voiced]
    assert len(track.frequency) == (len(sound) // round(16_000 * STEP) + 1 if len(sound) else 0)
    assert ((heard_at > LOWEST * 0.98) & (heard_at < HIGHEST * 1.04)).all()
    assert ((track.strength >= 0) & (track.strength <= 1)).all()
