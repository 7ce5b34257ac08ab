"""Whisper, run by faster-whisper and CTranslate2 on one thread in whole numbers, from a folder on this machine.

Nothing is fetched: what the folder should hold is checked before, and the library is told that it is offline. Voice
activity is left to `actors.detectors.voice_activity`, which cut the pieces. Not safe to share between threads; the
library gives Python's lock back while it computes.
"""

import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from infra.models.transcriber import RATE, can_hold_words
from infra.models.whisper_folder import check_folder
from schemas.errors import Misconfigured, Unavailable
from schemas.ids import new_segment_id
from schemas.language import Language
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.speech import TranscriptSegment, Vocabulary, Word, WordsFrom

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the library is imported

from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment

LANGUAGES: tuple[Language, ...] = ("en", "ko")
BEAM = 5
"""Whisper's own."""
REPEATING = 2.4
"""Compression ratio from which on text repeats itself and was not said (`compression_ratio_threshold` of Whisper)."""


class FasterWhisper:
    """The loaded model."""

    source: WordsFrom = "faster-whisper"

    def __init__(self, vocabulary: Vocabulary, folder: Path) -> None:
        """Raises `Misconfigured` where the folder holds no whole model."""
        manifest = check_folder(folder)
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
            )
        except (RuntimeError, ValueError) as error:  # the library's word for a file that is no model
            raise Misconfigured(f"Expected a Whisper model in {folder}, got: {error}.") from None
        self.name = f"faster-whisper/{version('faster-whisper')} {manifest.name}"
        self._language = vocabulary.language
        self._hotwords = ", ".join(vocabulary.terms) or None
        known = self._model.supported_languages
        self._languages = tuple(language for language in LANGUAGES if language in known)

    @property
    def languages(self) -> tuple[Language, ...]:
        """See `Transcriber`. A model whose name ends in `.en` knows English alone."""
        return self._languages

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """See `Transcriber`."""
        end = SessionTime(at + round(len(samples) * MICROSECONDS / RATE))
        if self._language not in self._languages:
            return self._segment(at, end, "", ())
        if not can_hold_words(samples):
            return None
        try:
            text, words = self._ask(samples, at, end)
        except RuntimeError as error:  # the library's word for all that it cannot compute
            raise Unavailable(f"Expected the words of a piece of speech, got {type(error).__name__}.") from None
        return self._segment(at, end, text, words) if words else None

    def close(self) -> None:
        """See `Transcriber`."""
        self._model.model.unload_model()

    def _ask(self, samples: Floats, at: SessionTime, end: SessionTime) -> tuple[str, tuple[Word, ...]]:
        found, _ = self._model.transcribe(
            np.asarray(samples, dtype=np.float32),
            language=self._language,
            beam_size=BEAM,
            temperature=0.0,  # a second try at a higher one takes as long again, and is a guess
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
            hotwords=self._hotwords,
        )
        return _words(found, at, end)  # the library computes while this is read

    def _segment(self, start: SessionTime, end: SessionTime, text: str, words: tuple[Word, ...]) -> TranscriptSegment:
        return TranscriptSegment(
            id=new_segment_id(),
            start=start,
            end=end,
            text=text,
            words=words,
            confidence=sum(word.confidence for word in words) / len(words) if words else 0.0,
            language=self._language,
            source=self.source,
            recogniser=self.name,
            problem=None if self._language in self._languages else "language",
        )


def _words(segments: Iterable[Segment], at: SessionTime, end: SessionTime) -> tuple[str, tuple[Word, ...]]:
    """Text and words that lie in the piece: Whisper hears half a minute, and may go on behind the end of the sound."""
    said = [
        word
        for segment in segments
        if segment.compression_ratio <= REPEATING
        for word in segment.words or ()
        if at + word.start * MICROSECONDS < end and word.word.strip()
    ]
    words = tuple(
        Word(
            text=word.word.strip(),
            start=SessionTime(at + round(word.start * MICROSECONDS)),
            end=min(SessionTime(at + round(word.end * MICROSECONDS)), end),
            confidence=min(max(float(word.probability), 0.0), 1.0),
        )
        for word in said
    )
    return "".join(word.word for word in said).strip(), words
