"""What a hearing asks of its session: imperative, one command for each thing heard."""

from dataclasses import dataclass

from schemas.ids import AnswerId, ParticipantId
from schemas.media import SessionTime
from schemas.speech import AnswerEnd, TranscriptSegment


@dataclass(frozen=True, slots=True)
class BeginAnswer:
    """Somebody has begun to answer. Said again, it changes nothing."""

    participant: ParticipantId
    answer: AnswerId
    start: SessionTime


@dataclass(frozen=True, slots=True)
class EndAnswer:
    """An answer is over. Its segments may come before it and after it."""

    participant: ParticipantId
    answer: AnswerId
    end: SessionTime
    ended: AnswerEnd
    segments: int
    """How many segments belong to it: the transcript is whole when so many are recorded, those with a problem too."""


@dataclass(frozen=True, slots=True)
class RecordSegment:
    """Record a segment of an answer."""

    participant: ParticipantId
    answer: AnswerId
    segment: TranscriptSegment


HeardCommand = BeginAnswer | EndAnswer | RecordSegment
