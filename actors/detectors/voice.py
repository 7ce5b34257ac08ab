"""All that is heard in one person's voice, second by second: the voice detectors put together.

Importing this loads torch, which measures voice quality. The nine-emotion map is given, or it is not made at all: a
process that is not to make it does not import it.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from actors.detectors import voice_quality
from actors.detectors.baseline import BaselineLearner, Deviation, Voice, deviation, voice_of
from actors.detectors.loudness import loudness_of
from actors.detectors.pitch import PitchDetector, pitch_observation
from actors.detectors.sound import SoundStream
from actors.detectors.span import Span
from actors.detectors.speech_rate import SpeechRateDetector
from actors.detectors.voice_activity import VoiceActivityDetector
from schemas.media import AudioChunk, SessionTime
from schemas.observation import PitchObservation, SoundObservation, VoiceBaseline, VoiceEmotionObservation
from schemas.voice import VoiceObservation

EmotionMap = Callable[[SessionTime, float, Deviation | None, float, str | None], VoiceEmotionObservation]
"""See `actors.detectors.voice_emotion.observe`."""


class Enhancer(Protocol):
    """Takes noise from speech; see `actors.detectors.enhancement.SpanEnhancer`."""

    def clean(self, span: Span) -> Span:
        """The same span with less noise. Spans come in the order of their time."""
        ...


class VoiceWatcher:
    """Follows one microphone. Not safe to share between threads."""

    def __init__(
        self, emotions: EmotionMap | None = None, *, enhancer: Enhancer | None = None, same_gain: bool = False
    ) -> None:
        """Load the models.

        `enhancer` takes noise from what pitch, speech and rate are measured on; loudness and voice quality are those of
        the sound as it came. `same_gain` is whether the microphone's gain is the same throughout: browsers change it.

        Raises `Misconfigured` where a weight is missing or altered.
        """
        self._emotions = emotions
        self._enhancer = enhancer
        self._same_gain = same_gain
        self._stream = SoundStream()
        self._activity = VoiceActivityDetector()
        self._forget()

    def observe(self, chunk: AudioChunk) -> Iterator[VoiceObservation]:
        """What each second says that is complete with `chunk`, a quarter of a second after its end."""
        for span in self._stream.push(chunk):
            yield self._span(span)

    def begin(self) -> Iterator[VoiceObservation]:
        """What is left of the sound so far; then the person's baseline is learnt anew."""
        for span in self._stream.close():
            yield self._span(span)
        self._forget()

    def _forget(self) -> None:
        self._pitch = PitchDetector()
        self._rate = SpeechRateDetector()
        self._learner = BaselineLearner()

    def _span(self, span: Span) -> VoiceObservation:
        sound = loudness_of(span)
        heard = self._enhancer.clean(span) if self._enhancer is not None else span
        track = self._pitch.track(heard)
        pitch = pitch_observation(heard, track)
        speech = self._activity.observe(heard)
        rate = self._rate.observe(heard, track, speech)
        voice = voice_of(pitch, sound.loudness, rate.rate)
        baseline = self._learner.learn(voice)
        return VoiceObservation(
            sound=sound,
            pitch=pitch,
            speech=speech,
            rate=rate,
            quality=voice_quality.observe(span, track),
            baseline=baseline,
            emotion=self._emotion(sound, pitch, voice, baseline),
        )

    def _emotion(
        self, sound: SoundObservation, pitch: PitchObservation, voice: Voice | None, baseline: VoiceBaseline | None
    ) -> VoiceEmotionObservation | None:
        if self._emotions is None:
            return None
        problem = pitch.problem or ("no-baseline" if baseline is None else None)
        away = deviation(voice, baseline, same_gain=self._same_gain) if voice and baseline else None
        return self._emotions(sound.at, sound.duration, away, pitch.confidence, problem)
