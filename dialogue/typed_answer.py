"""What somebody typed is a whole answer with one segment: nothing is recognised, and nothing is waited for."""

from schemas.errors import Invalid
from schemas.heard import BeginAnswer, EndAnswer, HeardCommand, RecordSegment
from schemas.ids import AnswerId, ParticipantId, SegmentId
from schemas.language import Language
from schemas.media import SessionTime
from schemas.speech import TranscriptSegment

NAME = "typed/1"
MOST = 10_000
"""Characters of one answer: ten minutes of speech."""


def typed_answer(
    participant: ParticipantId,
    answer: AnswerId,
    text: str,
    *,
    begun: SessionTime,
    sent: SessionTime,
    language: Language,
) -> tuple[HeardCommand, ...]:
    """The commands that record `text`, typed from `begun` to `sent`; given again, they change nothing more.

    Raises `Invalid` where there is no text, too much of it, or it was sent before it was begun.
    """
    said = text.strip()
    if not said:
        raise Invalid("Expected an answer that says something, got an empty one.")
    if len(said) > MOST:
        raise Invalid(f"Expected an answer of at most {MOST} characters, got {len(said)}.")
    if sent < begun:
        raise Invalid("Expected an answer to be sent after it was begun, got one that was sent before.")
    segment = TranscriptSegment(
        id=SegmentId(answer),
        start=begun,
        end=sent,
        text=said,
        words=(),
        confidence=1.0,
        language=language,
        source="typed",
        recogniser=NAME,
    )
    return (
        BeginAnswer(participant, answer, begun),
        RecordSegment(participant, answer, segment),
        EndAnswer(participant, answer, sent, "stopped", 1),
    )
