"""Everybody who uses the server during a fault run: commands, applicants, a host, screens; and the bus's listener."""

import asyncio
import json
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from bench.faults.backing import Backing
from bench.faults.host import Host
from bench.faults.ledger import Ledger
from bench.faults.listener import Listener
from bench.faults.screen import Screen
from infra.embedded.ray_head import ADDRESS_FILE, ray_environment
from infra.embedded.secret import kept_secret
from tests.media.fake_camera import PORTRAIT
from tests.system.server import RunningServer
from tests.waiting import eventually

BEGIN_SECONDS = 90.0
LEAVE_SECONDS = 60.0

Clocks = Mapping[Screen, Mapping[tuple[str, str], int]]


class Crowd:
    """Who is there, and what they have seen."""

    def __init__(self, server: RunningServer, backing: Backing) -> None:
        self._server = server
        self._backing = backing
        self.ledger = Ledger()
        self.listener = Listener()
        self.host = Host(server, self.ledger)
        self.screens: dict[str, Screen] = {}
        """By interview."""
        self._attended: dict[str, subprocess.Popen[str]] = {}
        self._over = asyncio.Event()
        self._load: Process
        self._reading: asyncio.Task[None]
        self._busy: asyncio.Task[None]

    @asynccontextmanager
    async def present(self, loads: int, rate: float, applicants: int) -> AsyncIterator[None]:
        """From when everybody is there and everything flows, until the context ends."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.host.close)
            await stack.enter_async_context(self.listener.listening(self._backing.direct_nats_url))
            await self._start_load(loads, rate)
            stack.push_async_callback(self._end_load)
            for _ in range(applicants):
                interview, link = await self.host.create()
                self._attended[interview] = self._server.attend(link, PORTRAIT, "--loop")
                stack.callback(self._attended[interview].kill)

            async def made() -> bool:
                return len(self.ledger.participants) == loads

            await eventually(made, seconds=BEGIN_SECONDS, what="interviews to be made")
            for interview in (*self.ledger.participants, *self._attended):
                self.screens[interview] = Screen(interview)
                stack.push_async_callback(_cancelled, asyncio.create_task(self.screens[interview].watch(self._server)))
            await eventually(self._flows, seconds=BEGIN_SECONDS, what="signals on every screen")
            self._busy = asyncio.create_task(self.host.keep_busy(self._over))
            stack.push_async_callback(_cancelled, self._busy)
            yield

    async def leave(self) -> list[str]:
        """Let everybody finish and end all interviews; who did not come through."""
        trouble = []
        self._over.set()
        assert self._load.stdin is not None
        self._load.stdin.close()
        try:
            async with asyncio.timeout(LEAVE_SECONDS):
                if await self._load.wait():
                    trouble.append("the load")
                await self._reading
                await self._busy
                for interview in self._attended:
                    await self.host.end(interview)
        except TimeoutError:
            trouble.append("somebody who never got an answer")
        for interview, attendee in self._attended.items():
            try:
                said, _ = await asyncio.to_thread(attendee.communicate, timeout=LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                trouble.append(f"the applicant of {interview}, who is still there")
                continue
            if attendee.returncode:
                trouble.append(f"the applicant of {interview}: {said.splitlines()[-1:]}")
        return trouble

    def clocks(self) -> Clocks:
        """For each screen of an applicant: the seconds that have not begun."""
        return {self.screens[interview]: self.screens[interview].seconds_to_come() for interview in self._attended}

    def shows_commands_since(self, at: float) -> bool:
        """Whether each interview of the load had a command that was sent after `at` acknowledged and shown."""
        return all(self._shows(interview, at) for interview in self.ledger.participants)

    def carries_commands_since(self, at: float) -> bool:
        """The same, on the bus."""
        return all(self._carries(interview, at) for interview in self.ledger.participants)

    def shows_applicants_since(self, clocks: Clocks) -> bool:
        """Whether every signal of every applicant has come to the second in `clocks`."""
        return all(
            screen.shows(participant, modality, second)
            for screen, seconds in clocks.items()
            for (participant, modality), second in seconds.items()
        )

    def _shows(self, interview: str, at: float) -> bool:
        screen = self.screens[interview]
        return all(
            first is not None and screen.shows(first.signal.participant, first.signal.modality, first.signal.second)
            for first in self.ledger.first_since(interview, at)
        )

    def _carries(self, interview: str, at: float) -> bool:
        firsts = self.ledger.first_since(interview, at)
        return all(first is not None and self.listener.has(interview, first.version) for first in firsts)

    async def _start_load(self, loads: int, rate: float) -> None:
        keys = self._server.data / "keys"
        address = await asyncio.to_thread((self._server.data / ADDRESS_FILE).read_text)
        secrets = {f"INTACT_{name.upper()}": kept_secret(keys, name) for name in ("master_key", "link_key", "host_key")}
        self._load = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.faults.load", str(loads), str(rate)),
            env={
                **self._server.environment,
                **ray_environment(kept_secret(keys, "ray")),
                **secrets,
                "INTACT_RAY_ADDRESS": address,
            },
            stdin=PIPE,
            stdout=PIPE,
        )
        self._reading = asyncio.create_task(self._read_load())

    async def _read_load(self) -> None:
        assert self._load.stdout is not None
        async for line in self._load.stdout:
            self.ledger.take(json.loads(line))

    async def _end_load(self) -> None:
        if self._load.returncode is None:
            self._load.kill()
            await self._load.wait()
        await _cancelled(self._reading)

    async def _flows(self) -> bool:
        return all(
            {modality for _, modality in screen.newest} == {"sight", "prosody"} for screen in self.screens.values()
        )


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
