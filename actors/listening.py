"""From sound to what was said in it, before anybody knows the words: answers begin and end, and pieces lie in them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.detectors.answer import AnswerDetector, is_unfinished
from actors.detectors.piece import Piece, PieceCutter
from actors.detectors.span import Span
from actors.parts import SoundStream, VoiceActivity
from schemas.heard import BeginAnswer, EndAnswer
from schemas.ids import AnswerId, ParticipantId, new_answer_id
from schemas.media import AudioChunk
from schemas.speech import Answer, AnswerBegun, AnswerBoundary, AnswerEnd, TranscriptSegment


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of an answer that wants words."""

    answer: AnswerId
    piece: Piece


Heard = BeginAnswer | Spoken | EndAnswer


@dataclass(slots=True)
class _Current:
    """The answer that is being given."""

    id: AnswerId
    pieces: int = 0


class Listening:
    """Follows one participant's microphone. Every piece that it yields becomes one segment of its answer."""

    def __init__(
        self, participant: ParticipantId, sound: SoundStream, voice_activity: VoiceActivity, answer_pause: float
    ) -> None:
        self._participant = participant
        self._sound = sound
        self._voice_activity = voice_activity
        self._cutter = PieceCutter()
        self._answers = AnswerDetector(answer_pause)
        self._answer: _Current | None = None

    def observe(self, chunk: AudioChunk) -> Iterator[Heard]:
        """Take a piece of sound. Sound that was lost is a gap in its times."""
        for span in self._sound.push(chunk):
            yield from self._listen(span)

    def ask_on(self) -> Iterator[Heard]:
        """The interviewer has gone on to another question."""
        yield from self._follow(self._answers.ask_on(), [])

    def expect_more(self, words: TranscriptSegment) -> None:
        """Be patient where the newest words are such that more is to be expected after them."""
        if words.words and is_unfinished(words.words[-1].text, words.language):
            self._answers.expect_more(words.end)

    def close(self, why: AnswerEnd) -> Iterator[Heard]:
        """The stream has ended: yields what is left of it. A later piece of sound begins another one."""
        for span in self._sound.close():
            yield from self._listen(span)
        yield from self._follow(self._answers.end(why), self._cutter.close())

    def _listen(self, span: Span) -> Iterator[Heard]:
        heard = self._voice_activity.observe(span)
        pieces = list(self._cutter.push(span, heard))
        yield from self._follow(self._answers.observe(heard), pieces)

    def _follow(self, boundaries: Iterable[AnswerBoundary], pieces: Iterable[Piece]) -> Iterator[Heard]:
        """Beginnings and ends, and each piece with the answer that it lies in."""
        left = deque(pieces)
        for boundary in boundaries:
            if isinstance(boundary, AnswerBegun):
                self._answer = _Current(new_answer_id())
                yield BeginAnswer(self._participant, self._answer.id, boundary.start)
            else:
                yield from self._end(boundary, left)
        for piece in left:
            yield from self._give(piece)

    def _end(self, answer: Answer, left: deque[Piece]) -> Iterator[Heard]:
        """End the current answer, to which the pieces belong that begin in it."""
        if answer.ended == "asked-on":  # at once, when its last piece is still waiting for a pause
            left.extend(self._cutter.flush())
        while left and left[0].at < answer.end:
            yield from self._give(left.popleft())
        current, self._answer = self._answer, None
        if current is not None:
            yield EndAnswer(self._participant, current.id, answer.end, answer.ended, current.pieces)

    def _give(self, piece: Piece) -> Iterator[Heard]:
        """A piece of the current answer; what is in no answer is too short to be words."""
        if self._answer is not None:
            self._answer.pieces += 1
            yield Spoken(self._answer.id, piece)
