"""An even voice is told from a rough one."""

import numpy as np
import pytest

from actors.detectors import voice_quality
from actors.detectors.pitch import PitchDetector
from actors.detectors.span import Span
from infra.models.vocal_features import frame_centres, vocal_features
from schemas.media import Floats, SessionTime
from schemas.observation import VoiceQualityObservation
from tests.unit.voice import heard, vowel

RNG = np.random.default_rng(7)


def observed(sound: Floats) -> VoiceQualityObservation:
    (span,) = heard(sound)
    return voice_quality.observe(span, PitchDetector().track(span))


def rough(seconds: float, pitch: float, jitter: float, shimmer: float) -> Floats:
    """Sine periods of uneven length and height, a vowel's stand-in whose roughness is known."""
    periods: list[Floats] = []
    while sum(len(period) for period in periods) < seconds * 16_000:
        length = round(16_000 / pitch * (1 + jitter * RNG.normal()))
        periods.append((1 + shimmer * RNG.normal()) * np.sin(2 * np.pi * np.arange(length) / length))
    return np.asarray(0.4 * np.concatenate(periods)[: round(seconds * 16_000)])


def test_an_even_voice_has_little_of_all_three() -> None:
    found = observed(vowel(1, 125))
    assert found.jitter is not None
    assert found.shimmer is not None
    assert found.harmonicity is not None
    assert found.jitter < 0.01
    assert found.shimmer < 0.05
    assert found.harmonicity > 15


def test_noise_lowers_the_harmonicity() -> None:
    clean, noisy = vowel(1, 125), vowel(1, 125) + RNG.normal(0, 0.03, 16_000)
    values = [observed(sound).harmonicity for sound in (clean, noisy)]
    assert values[0] is not None
    assert values[1] is not None
    assert values[1] < values[0] - 5


def test_uneven_periods_raise_jitter_and_uneven_heights_shimmer() -> None:
    even, long, high = (observed(rough(1, 125, *by)) for by in ((0, 0), (0.03, 0), (0, 0.15)))
    assert even.jitter is not None
    assert long.jitter is not None
    assert even.shimmer is not None
    assert high.shimmer is not None
    assert long.jitter > even.jitter + 0.005
    assert high.shimmer > even.shimmer + 0.05


@pytest.mark.parametrize(("height", "problem"), [(0.0, "silent"), (20.0, "clipped")])
def test_bad_sound_has_no_values_but_a_problem(height: float, problem: str) -> None:
    found = observed(vowel(1, 125, height=height))
    assert (found.problem, found.jitter, found.confidence) == (problem, None, 0.0)


@pytest.mark.parametrize("sound", [vowel(0.03, 125), RNG.normal(0, 0.05, 16_000)])
def test_too_little_voice_has_no_values(sound: Floats) -> None:
    found = observed(sound)
    assert (found.jitter, found.shimmer, found.harmonicity, found.problem) == (None, None, None, None)


def test_nothing_has_no_values() -> None:
    span = Span(SessionTime(0), np.zeros(0), 0, 0)
    assert voice_quality.observe(span, PitchDetector().track(span)).problem == "empty"


def test_what_is_asked_of_some_frames_is_what_all_would_say_of_them() -> None:
    sound = rough(1, 125, 0.02, 0.1)
    count = len(frame_centres(len(sound)))
    some = np.arange(count) % 3 == 0
    part, whole = vocal_features(sound, some), vocal_features(sound, np.ones(count, dtype=np.bool_))
    for told, all_of_it in ((part.jitter, whole.jitter), (part.shimmer, whole.shimmer)):
        np.testing.assert_array_equal(told[some], all_of_it[some])
        assert np.isnan(told[~some]).all()


def test_a_second_without_a_voice_is_not_measured_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def must_not(samples: Floats, asked: Floats) -> None:
        raise AssertionError

    monkeypatch.setattr(voice_quality, "vocal_features", must_not)
    found = observed(RNG.normal(0, 0.02, 16_000))
    assert (found.jitter, found.shimmer, found.harmonicity, found.problem) == (None, None, None, None)
