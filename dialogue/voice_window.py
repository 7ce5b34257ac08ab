"""One second of sound, summed up for the record."""

from collections.abc import Sequence
from itertools import pairwise
from math import log2, log10
from statistics import median

from dialogue.summary import rounded
from schemas.ids import ParticipantId
from schemas.observation import PitchObservation, SoundObservation, VoiceBaseline
from schemas.signals import ProsodyObserved, VoiceEmotionObserved
from schemas.voice import VoiceObservation

SILENCE = -100.0
"""dBFS; the floor of `SoundObservation.loudness`."""
CONTOUR = 10
"""Values of the contour in a second, each the median of as many tenths."""


def prosody_window(
    participant: ParticipantId, second: int, observations: Sequence[VoiceObservation]
) -> ProsodyObserved:
    """Sum up one second of sound, of which there is some.

    Where a gap cut it into several spans, loudness is the level of the mean power over all, and the voice that of the
    longest. Raises `ValueError` where there is none.
    """
    sounds = [each.sound for each in observations]
    heard = sum(sound.duration for sound in sounds)
    voice = _longest(observations)
    loudness = _level(sounds, heard)
    pitch, usual = voice.pitch, voice.baseline
    return ProsodyObserved(
        participant=participant,
        second=second,
        loudness=loudness,
        clipped=rounded(sum(sound.clipped * sound.duration for sound in sounds) / heard, 4) if heard > 0 else 0.0,
        heard=rounded(min(heard, 1.0), 3),
        loudness_above_usual=_loudness_above(usual, loudness) if pitch.median is not None else None,
        speech=_kept(voice.speech.speech, 3) if voice.speech.problem in (None, "silent") else None,
        speech_confidence=_kept(voice.speech.confidence, 3),
        pitch=_kept(pitch.median, 1),
        pitch_low=_kept(pitch.low, 1),
        pitch_high=_kept(pitch.high, 1),
        pitch_above_usual=_pitch_above(usual, pitch),
        pitch_confidence=_kept(pitch.confidence, 3),
        contour=_tenths(pitch.contour),
        rate=_kept(voice.rate.rate, 2),
        rate_confidence=_kept(voice.rate.confidence, 3),
        pauses=tuple(rounded(pause, 2) for each in observations for pause in each.rate.pauses),
        jitter=_kept(voice.quality.jitter, 5),
        shimmer=_kept(voice.quality.shimmer, 5),
        harmonicity=_kept(voice.quality.harmonicity, 2),
        usual_known=usual is not None,
        problem=voice.pitch.problem,
        detector=_detectors(voice),
    )


def voice_emotion_window(
    participant: ParticipantId, second: int, observations: Sequence[VoiceObservation]
) -> VoiceEmotionObserved | None:
    """The map of the longest span of a second; None where there is nothing to say."""
    said = _longest(observations).emotion
    if said is None or said.probabilities is None:
        return None
    return VoiceEmotionObserved(
        participant=participant,
        second=second,
        confidence=rounded(said.confidence, 3),
        probabilities={name: rounded(value, 4) for name, value in said.probabilities.items()},
        detector=said.detector,
    )


def _longest(observations: Sequence[VoiceObservation]) -> VoiceObservation:
    return max(observations, key=lambda each: each.sound.duration)


def _level(sounds: Sequence[SoundObservation], heard: float) -> float:
    if heard <= 0:
        return SILENCE
    power = sum(10 ** (sound.loudness / 10) * sound.duration for sound in sounds) / heard
    return rounded(max(10 * log10(power), SILENCE), 2) if power > 0 else SILENCE


def _loudness_above(usual: VoiceBaseline | None, loudness: float) -> float | None:
    return rounded(loudness - usual.loudness, 2) if usual is not None else None


def _pitch_above(usual: VoiceBaseline | None, pitch: PitchObservation) -> float | None:
    if usual is None or pitch.median is None:
        return None
    return rounded(12 * log2(pitch.median / usual.pitch), 2)


def _tenths(contour: Sequence[float | None]) -> tuple[float | None, ...]:
    """The contour in `CONTOUR` values; none where it has no voice at all."""
    if all(value is None for value in contour):
        return ()
    edges = [round(len(contour) * tenth / CONTOUR) for tenth in range(CONTOUR + 1)]
    return tuple(_tone(contour[one:next_]) for one, next_ in pairwise(edges))


def _tone(values: Sequence[float | None]) -> float | None:
    heard = [value for value in values if value is not None]
    return rounded(median(heard), 1) if heard else None


def _detectors(voice: VoiceObservation) -> str:
    parts = (voice.sound, voice.pitch, voice.speech, voice.rate, voice.quality)
    return ", ".join(part.detector for part in parts)


def _kept(value: float | None, digits: int) -> float | None:
    return rounded(value, digits) if value is not None else None
