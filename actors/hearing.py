"""Listens to what one participant says: sound in; answers, and their words, out.

Voice activity decides when an answer begins and ends, and cuts the speech into pieces (`actors.listening`); a
recogniser turns them into words (`actors.transcription`) while the media go on. A transcript knows its holes: every
piece becomes one segment.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from actors.listening import Heard, Listening, Spoken
from actors.parts import Parts
from actors.patience import patiently
from actors.port import Runtime
from actors.teller import Teller
from actors.transcription import Transcription
from schemas.heard import RecordSegment
from schemas.ids import AnswerId, InterviewId, ParticipantId
from schemas.media import AudioChunk
from schemas.policy import Purpose
from schemas.speech import AnswerEnd, TranscriptSegment

LOST_SECONDS = 5.0
"""Seconds without any sound, not even a silent one, after which what was being said counts as lost."""
FAREWELL_SECONDS = 1.0
"""Seconds in which the session may still take what is told when the actor stops."""


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
        self._silence: asyncio.TimerHandle | None = None

    async def observe(self, chunk: AudioChunk, lost: int) -> None:
        """Take one piece of sound. Sound that was lost is a gap in its times."""
        self._take(self._listening.observe(chunk))
        if self._silence is not None:
            self._silence.cancel()
        self._silence = asyncio.get_running_loop().call_later(LOST_SECONDS, self._hear_out, "lost")

    async def ask_on(self) -> None:
        """The interviewer has gone on to another question."""
        self._take(self._listening.ask_on())

    async def _open(self) -> None:
        vocabulary = await patiently(lambda: self._session.call("vocabulary"))
        self._listening = Listening(
            self._participant, self._parts.sound_stream(), self._parts.voice_activity(), self._parts.answer_pause
        )
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

    def _hear_out(self, why: AnswerEnd) -> None:
        self._take(self._listening.close(why))

    def _take(self, heard: Iterable[Heard]) -> None:
        for each in heard:
            if isinstance(each, Spoken):
                self._transcription.give(each.answer, each.piece)
            else:
                self._tell(each)

    def _record(self, answer: AnswerId, segment: TranscriptSegment) -> None:
        self._tell(RecordSegment(self._participant, answer, segment))
        self._listening.expect_more(segment)
