"""All that one second of sound says about a voice."""

from dataclasses import dataclass

from schemas.observation import (
    PitchObservation,
    SoundObservation,
    SpeechObservation,
    SpeechRateObservation,
    VoiceBaseline,
    VoiceEmotionObservation,
    VoiceQualityObservation,
)


@dataclass(frozen=True, slots=True)
class VoiceObservation:
    """What all detectors of a voice say of the same span of sound."""

    sound: SoundObservation
    pitch: PitchObservation
    speech: SpeechObservation
    rate: SpeechRateObservation
    quality: VoiceQualityObservation
    baseline: VoiceBaseline | None
    """How the person usually sounds; None until that is learnt."""
    emotion: VoiceEmotionObservation | None = None
    """None where it is not to be made."""
