"""How a person usually sounds, learnt from the first half minute of their speech.

Voices differ far more between people than one voice does between moods, and a microphone's gain is anybody's guess:
pitch, loudness and rate mean something only against the same person over the same line. After a reconnect the line may
be another one, so a new learner begins from nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import median

from schemas.observation import PitchObservation, VoiceBaseline

WINDOW = 30.0
"""Seconds of speech that a baseline is learnt from."""
SPEECH = 0.3
"""Seconds of voice that a span must hold for it to count."""
LEAST_PITCH, LEAST_LOUDNESS, LEAST_RATE = 1.0, 2.0, 0.1
"""Semitones, dB and share of the rate that a spread does not go below: a monotone half minute must not make the
slightest change count as a great one. They are about the just noticeable differences in running speech ('t Hart 1981
for pitch, 1.5 to 2 semitones; Quené 2007 for tempo, 5 to 10 %)."""

_TO_DEVIATION = 1.4826
"""Median absolute deviation to standard deviation, for a normal distribution (Rousseeuw & Croux 1993)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a baseline is learnt from and compared with: one span of somebody speaking."""

    pitch: float
    """Hz, the median of the voiced time."""
    loudness: float
    """dBFS over the time with speech."""
    rate: float | None
    """Syllables per second."""
    seconds: float
    """Of voice in it."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far a span lies from the person's baseline, in the person's own spreads; 0 is as usual."""

    pitch: float
    loudness: float | None
    """None where the gain is not the same throughout: loudness then tells of the gain."""
    rate: float | None
    """None where the rate was not measured, here or in the baseline."""


def voice_of(pitch: PitchObservation, loudness: float, rate: float | None) -> Voice | None:
    """A span with its loudness (dBFS) and rate (syllables per second); None where it holds less voice than `SPEECH`."""
    seconds = pitch.voiced * pitch.duration
    if pitch.median is None or seconds < SPEECH:
        return None
    return Voice(pitch.median, loudness, rate, seconds)


class BaselineLearner:
    """Collects spans of speech until there are `WINDOW` seconds of them. For a reconnect, make a new one."""

    def __init__(self) -> None:
        self._voices: list[Voice] = []
        self._seconds = 0.0

    def learn(self, voice: Voice | None) -> VoiceBaseline | None:
        """Take one span; the baseline as soon as it is known, and the same one from then on."""
        if voice is not None and self._seconds < WINDOW:
            self._voices.append(voice)
            self._seconds += voice.seconds
        return voice_baseline(self._voices) if self._seconds >= WINDOW else None


def voice_baseline(voices: Sequence[Voice]) -> VoiceBaseline | None:
    """The middle and spread of `voices`, robust against laughs and shouts; None of none."""
    if not voices:
        return None
    pitch = median(voice.pitch for voice in voices)
    loudness = median(voice.loudness for voice in voices)
    rates = [voice.rate for voice in voices if voice.rate is not None]
    rate = median(rates) if rates else None
    return VoiceBaseline(
        pitch=pitch,
        pitch_spread=max(_spread([_semitones(voice.pitch, pitch) for voice in voices]), LEAST_PITCH),
        loudness=loudness,
        loudness_spread=max(_spread([voice.loudness - loudness for voice in voices]), LEAST_LOUDNESS),
        rate=rate,
        rate_spread=max(_spread([each / rate - 1 for each in rates]) if rate else 0.0, LEAST_RATE),
        seconds=sum(voice.seconds for voice in voices),
    )


def deviation(voice: Voice, baseline: VoiceBaseline, *, same_gain: bool = True) -> Deviation:
    """How `voice` differs from what is usual for the person.

    `same_gain` is whether the microphone's gain was the same throughout, which automatic gain control makes untrue.
    """
    rate = None
    if voice.rate is not None and baseline.rate:
        rate = (voice.rate / baseline.rate - 1) / baseline.rate_spread
    return Deviation(
        pitch=_semitones(voice.pitch, baseline.pitch) / baseline.pitch_spread,
        loudness=(voice.loudness - baseline.loudness) / baseline.loudness_spread if same_gain else None,
        rate=rate,
    )


def _semitones(pitch: float, of: float) -> float:
    return 12 * log2(pitch / of)


def _spread(differences: Sequence[float]) -> float:
    return _TO_DEVIATION * median(abs(difference) for difference in differences) if differences else 0.0
