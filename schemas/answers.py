"""Facts about what was said: answers and their words."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.fact import Fact
from schemas.ids import AnswerId, ParticipantId, SegmentId
from schemas.language import Language
from schemas.media import SessionTime
from schemas.speech import AnswerEnd, SegmentProblem, WordsFrom


class SpokenWord(BaseModel):
    """See `schemas.speech.Word`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: SessionTime
    end: SessionTime
    confidence: float


class AnswerStarted(Fact):
    """Somebody began to answer."""

    type: Literal["answer.started"] = "answer.started"
    participant: ParticipantId
    answer: AnswerId
    start: SessionTime


class AnswerEnded(Fact):
    """An answer is over; some of its words may come later."""

    type: Literal["answer.ended"] = "answer.ended"
    participant: ParticipantId
    answer: AnswerId
    end: SessionTime
    ended: AnswerEnd
    segments: int
    """How many segments belong to it."""


class SegmentTranscribed(Fact):
    """A stretch of an answer as text; see `schemas.speech.TranscriptSegment`."""

    type: Literal["segment.transcribed"] = "segment.transcribed"
    participant: ParticipantId
    answer: AnswerId
    segment: SegmentId
    start: SessionTime
    end: SessionTime
    text: str
    words: tuple[SpokenWord, ...]
    confidence: float
    language: Language
    source: WordsFrom
    detector: str
    """Name and version of the recogniser."""
    problem: SegmentProblem | None
