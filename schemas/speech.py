"""What somebody said: words with their times, and the answers that they belong to."""

from dataclasses import dataclass
from typing import Literal

from schemas.ids import SegmentId
from schemas.language import Language
from schemas.media import SessionTime

WordsFrom = Literal["pocketsphinx", "faster-whisper", "typed"]
"""Where words come from; typed words are as certain as what was typed."""

AnswerEnd = Literal["silence", "asked-on", "stopped", "lost"]
"""Why an answer is over: nothing more was said, the interviewer went on, the interview did, or the sound was lost."""

SegmentProblem = Literal["no-words", "language", "dropped", "failed"]
"""Why a segment has no words: none were recognised, the recogniser does not know the language, it was too slow and the
segment gave way to a newer one, or it could not be asked."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a recogniser is told to expect."""

    language: Language
    terms: tuple[str, ...] = ()
    """Words and phrases of the job, the most important first; their weight is the recogniser's."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a transcript."""

    text: str
    start: SessionTime
    end: SessionTime
    confidence: float
    """0..1, as the recogniser has it: comparable within one recogniser alone."""


@dataclass(frozen=True, slots=True)
class TranscriptSegment:
    """A stretch of one participant's speech, or what they typed, as text. Whose it is, is known by the track."""

    id: SegmentId
    start: SessionTime
    end: SessionTime
    text: str
    """Empty where there is a problem."""
    words: tuple[Word, ...]
    """In the order of their time; none for what was typed, of which the moment of each word is not known."""
    confidence: float
    """0..1: the mean of the words', 1 for what was typed, 0 without words."""
    language: Language
    source: WordsFrom
    recogniser: str
    """Name and version of what made it."""
    problem: SegmentProblem | None = None


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """Somebody has begun to answer."""

    start: SessionTime


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. It never ends inside speech: `end` is where the last speech ended, not where that was noticed."""

    start: SessionTime
    end: SessionTime
    ended: AnswerEnd
    spoken: float
    """Seconds of speech in it, pauses left out; 0 for what was typed."""


AnswerBoundary = AnswerBegun | Answer
