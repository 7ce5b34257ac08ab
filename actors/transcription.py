"""Pieces of speech on their way to words: one after another, on a thread of their own, and the newest before the late.

May lose: where the recogniser falls behind, the oldest piece that waits gives way to a newer one. Every piece becomes
one segment all the same, if only to say what became of it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from actors.detectors.piece import Piece
from infra.models.transcriber import Transcriber
from schemas.errors import IntactError
from schemas.ids import AnswerId, new_segment_id
from schemas.language import Language
from schemas.speech import SegmentProblem, TranscriptSegment, Vocabulary

log = logging.getLogger(__name__)

MOST_WAITING = 5
"""Pieces that wait: a minute of speech. Words that come later help nobody in the interview."""


class Transcription:
    """Has the pieces of one participant transcribed."""

    def __init__(self, vocabulary: Vocabulary, record: Callable[[AnswerId, TranscriptSegment], None]) -> None:
        self._vocabulary = vocabulary
        self._record = record
        self._waiting: deque[tuple[AnswerId, Piece]] = deque()
        self._current: tuple[AnswerId, Piece] | None = None
        self._given = asyncio.Event()
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Pieces that gave way."""
        return self._dropped

    async def open(self, make: Callable[[Vocabulary], Transcriber]) -> None:
        """Load the recogniser that `make` makes, and begin. Raises what `make` does."""
        self._thread = ThreadPoolExecutor(1, "transcriber")
        loop = asyncio.get_running_loop()
        self._transcriber = await loop.run_in_executor(self._thread, make, self._vocabulary)
        self._task = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Give back the recogniser, when it has done what it is doing; what was not heard is recorded as dropped."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self._current is not None:
            self._waiting.appendleft(self._current)
        while self._waiting:
            self._drop()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._transcriber.close)
        self._thread.shutdown()

    def give(self, answer: AnswerId, piece: Piece) -> None:
        """Have a piece of an answer transcribed."""
        self._waiting.append((answer, piece))
        if len(self._waiting) > MOST_WAITING:
            self._drop()
            log.warning("the recogniser is too slow: %d pieces of speech were not heard", self._dropped)
        self._given.set()

    def _drop(self) -> None:
        answer, piece = self._waiting.popleft()
        self._dropped += 1
        self._record(answer, self._without_words(piece, "dropped"))

    async def _work(self) -> None:
        while True:
            await self._given.wait()
            while self._waiting:
                answer, piece = self._current = self._waiting.popleft()
                segment = await self._words(piece)
                self._current = None
                self._record(answer, segment)
            self._given.clear()

    async def _words(self, piece: Piece) -> TranscriptSegment:
        loop = asyncio.get_running_loop()
        try:
            segment = await loop.run_in_executor(self._thread, self._transcriber.transcribe, piece.samples, piece.at)
        except IntactError as error:
            log.warning("a piece of speech was not heard: %s", error.code)
            return self._without_words(piece, "failed")
        return segment or self._without_words(piece, "no-words")

    def _without_words(self, piece: Piece, problem: SegmentProblem) -> TranscriptSegment:
        return without_words(piece, problem, self._transcriber, self._vocabulary.language)


def without_words(
    piece: Piece, problem: SegmentProblem, transcriber: Transcriber, language: Language
) -> TranscriptSegment:
    """The segment of a piece of which no words are known, for the reason given."""
    return TranscriptSegment(
        id=new_segment_id(),
        start=piece.at,
        end=piece.end,
        text="",
        words=(),
        confidence=0.0,
        language=language,
        source=transcriber.source,
        recogniser=transcriber.name,
        problem=problem,
    )
