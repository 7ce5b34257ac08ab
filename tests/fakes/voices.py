"""What detectors say of a voice, without a voice."""

from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import (
    PitchObservation,
    SoundObservation,
    SpeechObservation,
    SpeechRateObservation,
    VoiceBaseline,
    VoiceEmotionObservation,
    VoiceQualityObservation,
)
from schemas.voice import VoiceObservation

USUAL = VoiceBaseline(
    pitch=110.0, pitch_spread=2.0, loudness=-26.0, loudness_spread=3.0, rate=4.0, rate_spread=0.1, seconds=30.0
)


def voice(
    second: float = 0.0,
    duration: float = 1.0,
    *,
    loudness: float = -20.0,
    clipped: float = 0.0,
    pitch: float | None = None,
    usual: VoiceBaseline | None = None,
    emotion: VoiceEmotionObservation | None = None,
) -> VoiceObservation:
    """A span that begins at `second`; there is a voice in it where there is a `pitch` in Hz."""
    at = SessionTime(round(second * MICROSECONDS))
    contour = (pitch,) * 100 if pitch is not None else (None,) * 100
    return VoiceObservation(
        sound=SoundObservation(at, duration, loudness, clipped, "loud/1"),
        pitch=PitchObservation(at, duration, 0.9, "pitch/1", 0.6, pitch, pitch, pitch, contour),
        speech=SpeechObservation(at, duration, 0.8, "speech/1", 0.7),
        rate=SpeechRateObservation(at, duration, 0.5, "rate/1", 3, 4.2, (0.5,)),
        quality=VoiceQualityObservation(at, duration, 0.4, "quality/1", 0.01, 0.05, 15.0),
        baseline=usual,
        emotion=emotion,
    )
