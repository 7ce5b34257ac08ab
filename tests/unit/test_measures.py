"""What is measured of a cleaned sound is what its name says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.voices.measures import LATEST, MOST, aligned, si_snr

CLEAN = np.random.default_rng(1).normal(0, 0.1, 8_000)
OTHER = np.random.default_rng(2).normal(0, 0.1, 8_000)


@settings(max_examples=30, deadline=None)
@given(st.floats(-20, 40), st.floats(0.01, 100))
def test_si_snr_is_the_ratio_whatever_the_level(ratio: float, gain: float) -> None:
    apart = OTHER - OTHER.mean()
    centred = CLEAN - CLEAN.mean()
    apart = apart - centred * (apart @ centred) / (centred @ centred)
    apart *= np.sqrt((centred @ centred) / (apart @ apart)) * 10 ** (-ratio / 20)
    assert si_snr(gain * (CLEAN + apart), CLEAN) == pytest.approx(ratio, abs=1e-6)


def test_what_does_not_differ_is_told_so() -> None:
    assert si_snr(0.5 * CLEAN, CLEAN) == MOST


@pytest.mark.parametrize("late", [0, 1, 96, LATEST - 1])
def test_a_late_sound_is_shifted_back(late: int) -> None:
    shifted = np.concatenate([np.zeros(late), CLEAN])[: len(CLEAN)]
    assert np.array_equal(aligned(shifted, CLEAN)[: len(CLEAN) - late], CLEAN[: len(CLEAN) - late])
