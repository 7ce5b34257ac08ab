"""Puts detectors together by what they are to serve. What may not be served is not imported, and so not loaded."""

from actors.parts import ProsodyDetector, SightDetector
from schemas.policy import Purpose


def sight_detector(purposes: frozenset[Purpose]) -> SightDetector:
    """What sees, for those of `purposes` that are about pictures. Raises `Misconfigured`."""
    from actors.detectors.body_watcher import BodyWatcher
    from actors.detectors.face import FaceDetector
    from actors.detectors.sight import AgeGenderJudge, ExpressionJudge, SightWatcher

    def expression() -> ExpressionJudge:
        from actors.detectors.expression import ExpressionDetector

        return ExpressionDetector()

    def age_gender() -> AgeGenderJudge:
        from actors.detectors.age_gender import AgeGenderDetector

        return AgeGenderDetector()

    return SightWatcher(
        FaceDetector,
        expression=expression if "facial-expression" in purposes else None,
        age_gender=age_gender if "age-and-gender" in purposes else None,
        body=BodyWatcher,
    )


def prosody_detector(purposes: frozenset[Purpose]) -> ProsodyDetector:
    """What hears a voice, for those of `purposes` that are about it. Raises `Misconfigured`."""
    from actors.detectors.voice import VoiceWatcher

    if "voice-emotion" not in purposes:
        return VoiceWatcher()
    from actors.detectors import voice_emotion

    return VoiceWatcher(voice_emotion.observe)
