"""Listens to how one participant sounds: sound in, a second of observations once a second."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from actors.batch import Closed
from actors.modality import Modality
from actors.parts import ProsodyDetector
from schemas.commands import Command, RecordProsody
from schemas.media import MICROSECONDS, AudioChunk, SessionTime
from schemas.voice import VoiceObservation

EDGE = 0.01
"""Seconds before the end of a second from which on a span that ends there ends the second."""


class Prosody(Modality[VoiceObservation]):
    """The actor `prosody:<interview>:<participant>`."""

    _detector: ProsodyDetector

    async def observe(self, chunk: AudioChunk, lost: int) -> None:
        """Take one piece of sound; `lost` counts those lost since the last one."""
        self._take(await self._in_thread(lambda: tuple(self._detector.observe(chunk))))

    async def _open(self) -> None:
        # Beside the event loop: a second of sound takes tens of milliseconds, and calls are to be answered meanwhile.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prosody")
        loop = asyncio.get_running_loop()
        self._detector = await loop.run_in_executor(self._thread, self._parts.prosody_detector, self._purposes)

    async def _begin(self) -> None:
        self._take(await self._in_thread(lambda: tuple(self._detector.begin())))

    async def _release(self) -> None:
        self._thread.shutdown(wait=False)

    def _command(self, closed: Closed[VoiceObservation]) -> Command:
        return RecordProsody(self._participant, closed.second, closed.observations)

    async def _in_thread(self, work: Callable[[], Iterable[VoiceObservation]]) -> Iterable[VoiceObservation]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _take(self, observations: Iterable[VoiceObservation]) -> None:
        for observation in observations:
            at, duration = observation.sound.at, observation.sound.duration
            self._gather(at, observation, 0)
            if _ends_second(at, duration):
                self._finish()


def _ends_second(at: SessionTime, duration: float) -> bool:
    """Whether a span ends where a second of the interview does: nothing more comes of that second."""
    end = at / MICROSECONDS + duration
    return end + EDGE >= at // MICROSECONDS + 1
