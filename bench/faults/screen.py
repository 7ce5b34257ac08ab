"""Screens that trust nothing: each change must fit exactly where the last one ended."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.merge_patch import patched
from tests.system.server import RunningServer

PAUSE = 0.2
"""Seconds before a screen connects again."""


class Screen:
    """One interviewer's screen without a browser, through every reconnect."""

    def __init__(self, interview: str) -> None:
        self.interview = interview
        self.view: dict[str, Any] = {}
        self.position = 0
        self.changes = 0
        self.snapshots = 0
        self.faults: list[str] = []
        """What should not have come."""
        self.told: set[tuple[str, str, str]] = set()
        """(participant, modality, second) of every signal that was ever shown."""
        self.newest: dict[tuple[str, str], int] = {}
        """The newest second shown, by participant and modality."""

    async def watch(self, server: RunningServer) -> None:
        """Connect again whenever the connection ends, until cancelled."""
        url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{self.interview}/screen"
        hello = json.dumps({"type": "hello", "token": server.host_key, "claim": "c" * 32})
        while True:
            with suppress(OSError, WebSocketException):
                async with connect(url, proxy=None, max_size=None) as socket:
                    await socket.send(hello)
                    async for text in socket:
                        self.take(json.loads(text))
            await asyncio.sleep(PAUSE)

    def take(self, message: dict[str, Any]) -> None:
        """Show one message."""
        if message["type"] == "snapshot":
            self._take_snapshot(message)
        elif message["type"] == "change":
            self._take_change(message)
        else:
            return
        for participant, seat in self.view.get("participants", {}).items():
            for modality in ("sight", "prosody"):
                seconds = seat.get(modality, {})
                self.told |= {(participant, modality, second) for second in seconds}
                if seconds:
                    self.newest[participant, modality] = max(map(int, seconds))

    def _take_snapshot(self, message: dict[str, Any]) -> None:
        if message["position"] < self.position:
            self.faults.append(f"a snapshot at {message['position']} after {self.position}")
        self.snapshots += 1
        self.view, self.position = message["view"], message["position"]

    def _take_change(self, message: dict[str, Any]) -> None:
        if message["after"] != self.position or message["position"] <= self.position:
            self.faults.append(
                f"a change from {message['after']} to {message['position']} on a view at {self.position}"
            )
        self.changes += 1
        self.view, self.position = patched(self.view, message["patch"]), message["position"]

    def shows(self, participant: str, modality: str, second: int) -> bool:
        """Whether a second, or a later one, is shown."""
        return self.newest.get((participant, modality), -1) >= second

    def seconds_to_come(self) -> dict[tuple[str, str], int]:
        """For each participant and modality that is shown: the first second that has not begun yet."""
        epoch_us: int = self.view["epoch_us"]
        return dict.fromkeys(self.newest, int(time.time() - epoch_us / 1e6) + 1)
