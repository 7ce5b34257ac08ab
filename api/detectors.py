"""Puts detectors together by what they are to serve. What may not be served is not imported, and so not loaded."""

from functools import partial
from pathlib import Path

from actors.parts import ProsodyDetector, SightDetector, SoundStream, VoiceActivity
from api.catalogue.documents import open_catalogue
from dialogue.vocabulary import vocabulary_of
from infra.models.transcriber import Transcriber
from schemas.language import Language
from schemas.policy import Purpose
from schemas.speech import Vocabulary


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


def prosody_detector(enhance: bool, purposes: frozenset[Purpose]) -> ProsodyDetector:
    """What hears a voice, for those of `purposes` that are about it; `enhance` has noise taken from it first.

    Raises `Misconfigured`.
    """
    from actors.detectors.voice import EmotionMap, Enhancer, VoiceWatcher

    emotions: EmotionMap | None = None
    if "voice-emotion" in purposes:
        from actors.detectors.voice_emotion import observe

        emotions = observe
    enhancer: Enhancer | None = None
    if enhance:
        from actors.detectors.enhancement import SpanEnhancer

        enhancer = SpanEnhancer()
    return VoiceWatcher(emotions, enhancer=enhancer)


def sound_stream() -> SoundStream:
    """What joins pieces of sound into seconds."""
    from actors.detectors import sound

    return sound.SoundStream()


def voice_activity() -> VoiceActivity:
    """What tells speech from its absence. Raises `Misconfigured`."""
    from actors.detectors.voice_activity import VoiceActivityDetector

    return VoiceActivityDetector()


def transcriber(whisper: Path | None, vocabulary: Vocabulary) -> Transcriber:
    """What turns speech into words: the Whisper model in a folder, or PocketSphinx where there is none.

    Raises `Misconfigured`.
    """
    if whisper is not None:
        from infra.models.faster_whisper import FasterWhisper

        return FasterWhisper(vocabulary, whisper)
    from infra.models.apart import Apart
    from infra.models.pocketsphinx import PocketSphinx

    return Apart(partial(PocketSphinx, vocabulary))


def vocabulary(folder: Path | None, job: str | None, language: Language) -> Vocabulary:
    """What is to be expected of somebody who is interviewed for `job`; no words of their own without one.

    Raises `NotFound` for a job that is not in the catalogue, `Invalid`, `Misconfigured`.
    """
    return vocabulary_of(open_catalogue(folder).job(job), language) if job is not None else Vocabulary(language)
