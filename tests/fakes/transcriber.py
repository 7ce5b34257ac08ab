"""Recognisers that can be told what to hear, here and in a process of their own."""

import os
import threading
from dataclasses import dataclass, field
from functools import partial

from schemas.errors import Misconfigured, Unavailable
from schemas.ids import new_segment_id
from schemas.language import Language
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.speech import TranscriptSegment, Vocabulary, Word, WordsFrom

RATE = 16_000
DEADLY = 7
"""Samples of the piece that kills its process."""


def segment(text: str, at: SessionTime, samples: int) -> TranscriptSegment:
    """One word, as long as the sound was."""
    end = SessionTime(at + samples * MICROSECONDS // RATE)
    return TranscriptSegment(
        id=new_segment_id(),
        start=at,
        end=end,
        text=text,
        words=(Word(text, at, end, 0.5),),
        confidence=0.5,
        language="en",
        source="pocketsphinx",
        recogniser="told/1",
    )


@dataclass(slots=True)
class FakeTranscriber:
    """Says what it is told to of every piece; waits for `may_answer` where it is held."""

    source: WordsFrom = "pocketsphinx"
    name: str = "told/1"
    languages: tuple[Language, ...] = ("en",)
    text: str | None = "hello"
    fail: bool = False
    closed: bool = False
    heard: list[tuple[SessionTime, int]] = field(default_factory=list)
    """Where each piece began, and its samples."""
    may_answer: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """See `infra.models.transcriber.Transcriber`."""
        assert self.may_answer.wait(10), "nobody let the recogniser answer"
        self.heard.append((at, len(samples)))
        if self.fail:
            raise Unavailable
        return None if self.text is None else segment(self.text, at, len(samples))

    def close(self) -> None:
        """See `infra.models.transcriber.Transcriber`."""
        self.closed = True


class ProcessNamed:
    """Says the id of the process that it is in."""

    source: WordsFrom = "pocketsphinx"
    name = "process/1"
    languages: tuple[Language, ...] = ("en",)

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """See `infra.models.transcriber.Transcriber`."""
        if len(samples) == DEADLY:
            os._exit(1)
        return segment(str(os.getpid()), at, len(samples)) if len(samples) else None

    def close(self) -> None:
        """See `infra.models.transcriber.Transcriber`."""


def misconfigured() -> ProcessNamed:
    """One that cannot be made."""
    raise Misconfigured("Expected a weight, got none.")


def dying() -> ProcessNamed:
    """One whose process ends while it is made."""
    os._exit(1)


def given(transcriber: FakeTranscriber) -> "partial[FakeTranscriber]":
    """A factory that gives out this one, whatever the vocabulary."""

    def make(transcriber: FakeTranscriber, vocabulary: Vocabulary) -> FakeTranscriber:
        return transcriber

    return partial(make, transcriber)
