"""Loudness against known signals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actors.detectors.loudness import FLOOR, loudness_of
from actors.detectors.sound import span_of
from schemas.media import AudioChunk, SessionTime
from schemas.observation import SoundObservation

RATE = 16_000


def observed(samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> SoundObservation:
    return loudness_of(span_of(AudioChunk(SessionTime(7), RATE, samples)))


def sine(amplitude: float) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.asarray(np.sin(np.arange(4800) * 2 * np.pi * 1000 / RATE) * amplitude, dtype=np.int16)


@pytest.mark.parametrize(("share", "expected"), [(1.0, -3.01), (0.5, -9.03), (0.1, -23.01), (0.01, -43.01)])
def test_a_sine_is_three_decibels_below_the_square_wave_of_its_height(share: float, expected: float) -> None:
    assert observed(sine(32_767 * share)).loudness == pytest.approx(expected, abs=0.05)


def test_a_full_scale_square_wave_is_zero_and_all_clipped() -> None:
    square = np.tile(np.array([-32_768] * 24 + [32_767] * 24, dtype=np.int16), 20)
    found = observed(square)
    assert found.loudness == pytest.approx(0, abs=0.001)
    assert found.clipped == 1


def test_silence_is_at_the_floor() -> None:
    found = observed(np.zeros(320, dtype=np.int16))
    assert (found.loudness, found.clipped, found.duration, found.at) == (FLOOR, 0, 0.02, 7)


def test_no_samples_last_no_time() -> None:
    found = observed(np.zeros(0, dtype=np.int16))
    assert (found.loudness, found.clipped, found.duration) == (FLOOR, 0, 0)


@given(arrays(np.int16, st.integers(1, 200)))
def test_loudness_and_clipping_stay_within_their_ranges(samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> None:
    found = observed(samples)
    assert FLOOR <= found.loudness <= 0.001
    assert 0 <= found.clipped <= 1
