"""Speech is told from its absence, with patience; bad sound is not speech."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from actors.detectors import voice_activity
from actors.detectors.span import Span
from actors.detectors.voice_activity import VoiceActivityDetector
from infra.models import silero
from infra.models.silero import CHUNK, Silero
from schemas.errors import Misconfigured
from schemas.media import Floats, SessionTime
from tests.unit.voice import chunks, heard, spans, syllables, vowel

RNG = np.random.default_rng(7)


class Told:
    """Stands for the network: the probability of speech is the height of the sound."""

    def reset(self) -> None:
        """Remembers nothing."""

    def probabilities(self, samples: Floats) -> Floats:
        return np.asarray(
            [abs(samples[first : first + CHUNK]).max() for first in range(0, len(samples) // CHUNK * CHUNK, CHUNK)]
        )


@pytest.fixture
def detector(monkeypatch: pytest.MonkeyPatch) -> VoiceActivityDetector:
    monkeypatch.setattr(voice_activity, "Silero", Told)
    return VoiceActivityDetector()


def at(height: float, seconds: float) -> Floats:
    return np.full(round(seconds * 16_000), height)


def speech(detector: VoiceActivityDetector, sound: Floats, start: float = 0.0) -> list[tuple[float, float]]:
    """Segments in seconds, those that meet joined."""
    joined: list[tuple[float, float]] = []
    for span in heard(sound, start=start):
        for begin, end in detector.observe(span).segments:
            first, last = begin / 1e6, end / 1e6
            if joined and first - joined[-1][1] < 1e-3:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
    return joined


def test_speech_begins_with_the_first_sure_chunk_and_hangs_on(detector: VoiceActivityDetector) -> None:
    ((begin, end),) = speech(detector, np.concatenate([at(0.1, 1), at(0.9, 1), at(0.1, 2)]), start=5)
    assert begin == pytest.approx(6, abs=0.033)
    assert end == pytest.approx(7 + voice_activity.HANG, abs=0.065)


def test_a_short_gap_is_bridged_and_a_long_one_is_not(detector: VoiceActivityDetector) -> None:
    assert len(speech(detector, np.concatenate([at(0.9, 1), at(0.1, 0.2), at(0.9, 1)]))) == 1
    assert len(speech(detector, np.concatenate([at(0.9, 1), at(0.1, 0.6), at(0.9, 1)]), start=9)) == 2


def test_what_is_between_the_thresholds_goes_on_but_does_not_begin(detector: VoiceActivityDetector) -> None:
    assert speech(detector, at(0.4, 2)) == []
    assert len(speech(detector, np.concatenate([at(0.9, 0.5), at(0.4, 2)]), start=9)) == 1


def test_a_new_stream_does_not_go_on_with_the_speech_of_the_old(detector: VoiceActivityDetector) -> None:
    found = spans([*chunks(at(0.9, 0.99)), *chunks(at(0.4, 1), start=100)])
    assert [detector.observe(span).speech for span in found] == [1.0, 0.0]


def test_the_network_hears_speech_in_a_voice_and_none_in_noise() -> None:
    detector = VoiceActivityDetector()
    voiced = [detector.observe(span).speech for span in heard(syllables(20, 140))]
    hissing = [detector.observe(span).speech for span in heard(RNG.normal(0, 0.05, 48_000), start=60)]
    assert max(voiced) > 0.5
    assert max(hissing) == 0


def test_the_network_remembers_across_calls_and_forgets_on_reset() -> None:
    model, sound = Silero(), syllables(10, 140)
    whole = model.probabilities(sound)
    again = model.probabilities(sound)
    model.reset()
    parts = np.concatenate([model.probabilities(sound[: 20 * CHUNK]), model.probabilities(sound[20 * CHUNK :])])
    assert parts == pytest.approx(whole, abs=1e-4)
    assert not np.allclose(whole, again, atol=1e-4)


@pytest.mark.parametrize(("height", "problem"), [(0.0, "silent"), (20.0, "clipped")])
def test_bad_sound_says_what_is_wrong(height: float, problem: str) -> None:
    (span,) = heard(vowel(1, 120, height=height))
    found = VoiceActivityDetector().observe(span)
    assert found.problem == problem
    assert 0 <= found.confidence <= 1


def test_nothing_and_less_than_a_chunk_are_no_speech() -> None:
    detector = VoiceActivityDetector()
    nothing = detector.observe(Span(SessionTime(0), np.zeros(0), 0, 0))
    little = detector.observe(Span(SessionTime(0), vowel(0.01, 120), 0, 160))
    assert (nothing.problem, nothing.segments, little.segments) == ("empty", (), ())


def test_listening_for_speech_pitch_and_rate_does_not_load_torch() -> None:
    """It would cost each process 0.2 GB."""
    code = (
        "import sys; from actors.detectors import pitch, speech_rate, voice_activity, voice_emotion\n"
        "voice_activity.VoiceActivityDetector(); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_model_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silero, "WEIGHT", replace(silero.WEIGHT, file="data/no_such.onnx"))
    with pytest.raises(Misconfigured, match="voice-activity"):
        Silero()
