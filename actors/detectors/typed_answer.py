"""What somebody typed is a whole answer with one segment: nothing is recognised, and nothing is waited for."""

from schemas.errors import Invalid
from schemas.ids import new_segment_id
from schemas.language import Language
from schemas.media import SessionTime
from schemas.speech import Answer, TranscriptSegment

NAME = "typed/1"
MOST = 10_000
"""Characters of one answer: ten minutes of speech."""


def typed_answer(
    text: str, begun: SessionTime, sent: SessionTime, language: Language
) -> tuple[Answer, TranscriptSegment]:
    """The answer, and its only segment, of `text` that was typed from `begun` to `sent`.

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
        id=new_segment_id(),
        start=begun,
        end=sent,
        text=said,
        words=(),
        confidence=1.0,
        language=language,
        source="typed",
        recogniser=NAME,
    )
    return Answer(begun, sent, "stopped", 0.0), segment
