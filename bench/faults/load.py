"""The load of a fault run, as a process of its own: commands straight to session actors, each until it is acknowledged.

`python -m bench.faults.load INTERVIEWS RATE`, with the environment of a server. Writes one line of JSON for each
interview that it made, then one for each acknowledgement; ends when its standard input does, after the last ones.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TextIO

from api.bootstrap import open_door
from api.door import Door
from infra.settings import Settings
from schemas.commands import Command, CreateInterview, EndInterview, InviteParticipant, RecordProsody, RecordSight
from schemas.errors import Unavailable
from schemas.ids import InterviewId, ParticipantId, new_interview_id, new_participant_id
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import FaceObservation
from schemas.seen import Seen
from tests.fakes.voices import voice

Making = Callable[[ParticipantId, int], Command]
"""The command that records one second of a participant."""


def sight(participant: ParticipantId, second: int) -> Command:
    """One picture with a face."""
    at = SessionTime(second * MICROSECONDS)
    seen = Seen(FaceObservation(at, face=True, confidence=1.0, detector="load"))
    return RecordSight(participant, second, (seen,), 0)


def prosody(participant: ParticipantId, second: int) -> Command:
    """A second of near silence."""
    return RecordProsody(participant, second, (voice(second, loudness=-60.0),))


MODALITIES: dict[str, Making] = {"sight": sight, "prosody": prosody}


class Load:
    """Interviews of source `file`, whose observations need neither consent nor media."""

    def __init__(self, door: Door, rate: float, output: TextIO) -> None:
        self._door = door
        self._output = output
        self._pause = len(MODALITIES) / rate
        self._over = asyncio.Event()

    async def run(self, interviews: int) -> None:
        """Until `stop`; returns when everything that was begun is acknowledged and the interviews are ended."""
        async with asyncio.TaskGroup() as group:
            for _ in range(interviews):
                group.create_task(self._interview())

    def stop(self) -> None:
        """Begin nothing more."""
        self._over.set()

    async def _interview(self) -> None:
        interview, participant = new_interview_id(), new_participant_id()
        await self._acknowledged(
            interview, CreateInterview(interview, "Fault run", epoch_us=self._door.now_us(), source="file")
        )
        await self._acknowledged(interview, InviteParticipant(participant, "applicant"))
        self._write({"made": interview, "participant": participant})
        async with asyncio.TaskGroup() as group:
            for modality in MODALITIES:
                group.create_task(self._record(interview, participant, modality))
        version = await self._acknowledged(interview, EndInterview(by_source=True))
        self._write({"ended": interview, "version": version})

    async def _record(self, interview: InterviewId, participant: ParticipantId, modality: str) -> None:
        for second in count():
            if self._over.is_set():
                return
            sent = time.monotonic()
            version = await self._acknowledged(interview, MODALITIES[modality](participant, second))
            acknowledged = {"interview": interview, "participant": participant, "modality": modality, "second": second}
            self._write({**acknowledged, "version": version, "sent": sent})
            await asyncio.sleep(self._pause)

    async def _acknowledged(self, interview: InterviewId, command: Command) -> int:
        """Say it until it is acknowledged; the version of the stream with it."""
        while True:
            try:
                return (await self._door.execute(interview, command)).version
            except Unavailable:
                continue

    def _write(self, line: dict[str, Any]) -> None:
        self._output.write(json.dumps(line) + "\n")


@contextmanager
def _own_stdout() -> Iterator[TextIO]:
    """Standard output for our lines alone: Ray has its own word on each actor that dies."""
    with os.fdopen(os.dup(1), "w", buffering=1) as stdout:
        os.dup2(2, 1)
        yield stdout


async def run(interviews: int, rate: float) -> None:
    """Load until standard input ends; `rate` commands per second and interview at most."""
    with _own_stdout() as stdout:
        await _run(interviews, rate, stdout)


async def _run(interviews: int, rate: float, stdout: TextIO) -> None:
    async with open_door(Settings.load()) as door:
        load = Load(door, rate, stdout)
        running = asyncio.create_task(load.run(interviews))
        await asyncio.to_thread(sys.stdin.read)
        load.stop()
        await running


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), float(sys.argv[2])))
