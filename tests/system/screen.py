"""An interviewer's screen without a browser: listens to the screen socket and remembers what it was told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.merge_patch import patched
from tests.system.server import RunningServer


class ScreenListener:
    """What was told so far."""

    def __init__(self) -> None:
        self.view: dict[str, Any] = {}
        self.told: set[tuple[str, str, str]] = set()
        """(participant, modality, second) of every signal that a change acknowledged."""
        self.live = 0
        self.views: dict[int, dict[str, Any]] = {}
        """What was shown, by position."""

    def take(self, message: dict[str, Any]) -> None:
        """Apply one message."""
        match message["type"]:
            case "snapshot":
                self.view = message["view"]
            case "change":
                self.view = patched(self.view, message["patch"])
            case "live-sight":
                self.live += 1
        if "position" in message:
            self.views[message["position"]] = self.view
        for participant, seat in self.view.get("participants", {}).items():
            for modality in ("sight", "prosody"):
                self.told |= {(participant, modality, second) for second in seat.get(modality, {})}

    def seconds(self, participant: str, modality: str = "sight") -> list[int]:
        """Seconds of a participant that were told, in order."""
        return sorted(int(second) for who, what, second in self.told if (who, what) == (participant, modality))


@asynccontextmanager
async def listening(server: RunningServer, interview: str) -> AsyncIterator[ScreenListener]:
    """A screen of the host's, until the context ends."""
    listener = ScreenListener()
    reader = asyncio.create_task(_keep_reading(server, interview, listener))
    try:
        yield listener
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


async def _keep_reading(server: RunningServer, interview: str, listener: ScreenListener) -> None:
    """Connect again as a browser does, until cancelled."""
    url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{interview}/screen"
    while True:
        with suppress(OSError, WebSocketException):
            async with connect(url, proxy=None) as socket:
                await socket.send(json.dumps({"type": "hello", "token": server.host_key, "claim": "c" * 32}))
                async for text in socket:
                    listener.take(json.loads(text))
        await asyncio.sleep(0.2)
