"""What was said, as it is kept."""

from dataclasses import asdict

from dialogue.summary import rounded
from schemas.answers import SegmentTranscribed, SpokenWord
from schemas.ids import AnswerId, ParticipantId
from schemas.speech import TranscriptSegment


def transcribed(participant: ParticipantId, answer: AnswerId, said: TranscriptSegment) -> SegmentTranscribed:
    """A segment of an answer, with confidences as exact as they mean anything."""
    return SegmentTranscribed(
        participant=participant,
        answer=answer,
        segment=said.id,
        start=said.start,
        end=said.end,
        text=said.text,
        words=tuple(SpokenWord(**{**asdict(word), "confidence": rounded(word.confidence, 3)}) for word in said.words),
        confidence=rounded(said.confidence, 3),
        language=said.language,
        source=said.source,
        detector=said.recogniser,
        problem=said.problem,
    )
