"""Carries pictures from one process to another, on one machine or between two, and waits for each to be taken.

A call of an actor costs three milliseconds of CPU with a picture in it, fifteen times a second; a socket a tenth of it
(see docs/decisions/0008). The receiver names its address and a token, and a sender must show the token.
"""

import asyncio
import hmac
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from schemas.errors import Unavailable
from schemas.media import SessionTime, VideoFrame

HEAD = struct.Struct("!QQIHH")
"""Session time, media time, dropped before, height, width; then height × width × 3 bytes of RGB."""
LOOPBACK = "127.0.0.1"
TOKEN_BYTES = 32
TAKEN = b"\x01"
BUFFER = 4 * 1024 * 1024
"""Bytes: several pictures, so that one is read in one go."""
ANSWER_SECONDS = 10.0

Take = Callable[[VideoFrame, int], Awaitable[None]]
"""Takes a picture, and how many were superseded before it."""


@dataclass(frozen=True, slots=True)
class PictureAddress:
    """Where a receiver is, and what it wants to be shown."""

    host: str
    port: int
    token: bytes


class PictureReceiver:
    """Takes pictures, one at a time."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._token = secrets.token_bytes(TOKEN_BYTES)
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    async def open(self, *, loopback: bool = True) -> PictureAddress:
        """Listen on a free port, on loopback or where other machines reach this one; returns where."""
        host = LOOPBACK if loopback else _own_address()
        self._server = await asyncio.start_server(self._accept, host, 0, limit=BUFFER)
        return PictureAddress(host, self._server.sockets[0].getsockname()[1], self._token)

    async def close(self) -> None:
        """Stop listening and end all visits."""
        if self._server is not None:
            self._server.close()
        for visit in tuple(self._visits):
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        assert visit is not None
        self._visits.add(visit)
        try:
            await self._receive(reader, writer)
        except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            return  # the sender is gone, or we are to end
        finally:
            self._visits.discard(visit)
            writer.close()

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not hmac.compare_digest(await reader.readexactly(TOKEN_BYTES), self._token):
            return
        while True:
            at, media_time, dropped, height, width = HEAD.unpack(await reader.readexactly(HEAD.size))
            pixels = await reader.readexactly(height * width * 3)
            image = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)
            await self._take(VideoFrame(SessionTime(at), image, media_time), dropped)
            writer.write(TAKEN)


class PictureSender:
    """Sends pictures to one receiver."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: PictureAddress) -> "PictureSender":
        """A connection to the receiver at `address`. Raises `Unavailable`."""
        try:
            reader, writer = await asyncio.wait_for(asyncio.open_connection(address.host, address.port), ANSWER_SECONDS)
        except (OSError, TimeoutError) as error:
            raise Unavailable("Expected a receiver of pictures, got no connection.") from error
        writer.write(address.token)
        return cls(reader, writer)

    async def send(self, frame: VideoFrame, dropped: int) -> None:
        """Send a picture; returns when it was taken. Raises `Unavailable` where the receiver is gone."""
        height, width = frame.image.shape[:2]
        try:
            self._writer.write(HEAD.pack(frame.at, frame.media_time, dropped, height, width))
            self._writer.write(np.ascontiguousarray(frame.image).data)
            taken = await asyncio.wait_for(self._reader.read(1), ANSWER_SECONDS)
        except (OSError, TimeoutError) as error:
            raise Unavailable("Expected a picture to be taken, the receiver did not answer.") from error
        if taken != TAKEN:
            raise Unavailable("Expected a picture to be taken, the receiver is gone.")

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


def _own_address() -> str:
    """The address at which other machines of a cluster reach this one; loopback where it has no other."""
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return LOOPBACK
