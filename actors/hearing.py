"""Listens to what one participant says: sound in; answers, and their words, out.

Voice activity decides when an answer begins and ends, and cuts the speech into pieces; a recogniser turns them into
words (`actors.transcription`) while the media go on. A transcript knows its holes: every piece becomes one segment.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from actors.detectors.answer import AnswerDetector, is_unfinished
from actors.detectors.piece import Piece, PieceCutter
from actors.detectors.span import Span
from actors.parts import Parts
from actors.patience import patiently
from actors.port import Runtime
from actors.teller import Teller
from actors.transcription import Transcription
from schemas.heard import BeginAnswer, EndAnswer, RecordSegment
from schemas.ids import AnswerId, InterviewId, ParticipantId, new_answer_id
from schemas.media import AudioChunk
from schemas.policy import Purpose
from schemas.speech import Answer, AnswerBegun, AnswerBoundary, AnswerEnd, TranscriptSegment

LOST_SECONDS = 5.0
"""Seconds without any sound, not even a silent one, after which what was being said counts as lost."""
FAREWELL_SECONDS = 1.0
"""Seconds in which the session may still take what is told when the actor stops."""


@dataclass(slots=True)
class _Current:
    """The answer that is being given."""

    id: AnswerId
    segments: int = 0


class Hearing(Teller):
    """The actor `hearing:<interview>:<participant>`."""

    def __init__(
        self,
        interview: InterviewId,
        participant: ParticipantId,
        purposes: frozenset[Purpose],
        parts: Parts,
        runtime: Runtime,
    ) -> None:
        super().__init__(interview, participant, purposes, runtime, one_machine=parts.one_machine)
        self._parts = parts
        self._cutter = PieceCutter()
        self._answers = AnswerDetector(parts.answer_pause)
        self._answer: _Current | None = None
        self._silence: asyncio.TimerHandle | None = None

    async def observe(self, chunk: AudioChunk, lost: int) -> None:
        """Take one piece of sound. Sound that was lost is a gap in its times."""
        for span in self._stream.push(chunk):
            self._listen(span)
        if self._silence is not None:
            self._silence.cancel()
        self._silence = asyncio.get_running_loop().call_later(LOST_SECONDS, self._hear_out, "lost")

    async def ask_on(self) -> None:
        """The interviewer has gone on to another question."""
        self._follow(self._answers.ask_on(), [])

    async def _open(self) -> None:
        vocabulary = await patiently(lambda: self._session.call("vocabulary"))
        self._stream, self._voice_activity = self._parts.sound_stream(), self._parts.voice_activity()
        self._transcription = Transcription(vocabulary, self._record)
        await self._transcription.open(self._parts.transcriber)

    async def _begin(self) -> None:
        self._hear_out("lost")

    def _finish(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._hear_out("stopped")

    async def _release(self) -> None:
        await self._transcription.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                while self._outbox:
                    await self._tell_first()

    def _listen(self, span: Span) -> None:
        heard = self._voice_activity.observe(span)
        pieces = list(self._cutter.push(span, heard))
        self._follow(self._answers.observe(heard), pieces)

    def _hear_out(self, why: AnswerEnd) -> None:
        """The stream has ended: take what is left of it."""
        for span in self._stream.close():
            self._listen(span)
        self._follow(self._answers.end(why), self._cutter.close())

    def _follow(self, boundaries: Iterable[AnswerBoundary], pieces: Iterable[Piece]) -> None:
        """Tell beginnings and ends, and give each piece to the answer that it lies in."""
        left = deque(pieces)
        for boundary in boundaries:
            if isinstance(boundary, AnswerBegun):
                self._answer = _Current(new_answer_id())
                self._tell(BeginAnswer(self._participant, self._answer.id, boundary.start))
            else:
                self._end(boundary, left)
        for piece in left:
            self._give(piece)

    def _end(self, answer: Answer, left: deque[Piece]) -> None:
        """End the current answer, to which the pieces belong that begin in it."""
        if answer.ended == "asked-on":  # at once, when its last piece is still waiting for a pause
            left.extend(self._cutter.flush())
        while left and left[0].at < answer.end:
            self._give(left.popleft())
        current, self._answer = self._answer, None
        if current is not None:
            self._tell(EndAnswer(self._participant, current.id, answer.end, answer.ended, current.segments))

    def _give(self, piece: Piece) -> None:
        """Have a piece transcribed; what is in no answer is too short to be words."""
        if self._answer is not None:
            self._answer.segments += 1
            self._transcription.give(self._answer.id, piece)

    def _record(self, answer: AnswerId, segment: TranscriptSegment) -> None:
        self._tell(RecordSegment(self._participant, answer, segment))
        if segment.words and is_unfinished(segment.words[-1].text, segment.language):
            self._answers.expect_more(segment.end)
