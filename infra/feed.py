"""Carries pictures and sound from one process to another, on one machine or between two; waits for each to be taken.

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
from schemas.media import AudioChunk, Medium, SessionTime, VideoFrame

HEAD = struct.Struct("!cI")
"""Which kind of medium follows, and how many were lost before it."""
PICTURE, PICTURE_HEAD = b"p", struct.Struct("!QQHH")
"""Session time, media time, height, width; then height × width × 3 bytes of RGB."""
SOUND, SOUND_HEAD = b"s", struct.Struct("!QII")
"""Session time, samples per second, number of samples; then as many 16-bit samples in the machine's order of bytes."""
LOOPBACK = "127.0.0.1"
TOKEN_BYTES = 32
TAKEN = b"\x01"
BUFFER = 4 * 1024 * 1024
"""Bytes: several pictures, so that one is read in one go."""
ANSWER_SECONDS = 10.0

Take = Callable[[Medium, int], Awaitable[None]]
"""Takes a picture or a piece of sound, and how many were lost before it."""


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Where a receiver is, and what it wants to be shown."""

    host: str
    port: int
    token: bytes


class FeedReceiver:
    """Takes media, one at a time."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._token = secrets.token_bytes(TOKEN_BYTES)
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    async def open(self, *, loopback: bool = True) -> FeedAddress:
        """Listen on a free port, on loopback or where other machines reach this one; returns where."""
        host = LOOPBACK if loopback else _own_address()
        self._server = await asyncio.start_server(self._accept, host, 0, limit=BUFFER)
        return FeedAddress(host, self._server.sockets[0].getsockname()[1], self._token)

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
            kind, lost = HEAD.unpack(await reader.readexactly(HEAD.size))
            await self._take(await (_picture(reader) if kind == PICTURE else _sound(reader)), lost)
            writer.write(TAKEN)


async def _picture(reader: asyncio.StreamReader) -> VideoFrame:
    at, media_time, height, width = PICTURE_HEAD.unpack(await reader.readexactly(PICTURE_HEAD.size))
    pixels = await reader.readexactly(height * width * 3)
    return VideoFrame(SessionTime(at), np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3), media_time)


async def _sound(reader: asyncio.StreamReader) -> AudioChunk:
    at, rate, count = SOUND_HEAD.unpack(await reader.readexactly(SOUND_HEAD.size))
    return AudioChunk(SessionTime(at), rate, np.frombuffer(await reader.readexactly(count * 2), dtype=np.int16))


class FeedSender:
    """Sends media to one receiver."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: FeedAddress) -> "FeedSender":
        """A connection to the receiver at `address`. Raises `Unavailable`."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection(address.host, address.port)
        except (OSError, TimeoutError) as error:
            raise Unavailable("Expected a receiver of media, got no connection.") from error
        writer.write(address.token)
        return cls(reader, writer)

    async def send(self, medium: Medium, lost: int) -> None:
        """Send a picture or a piece of sound; returns when it was taken. Raises `Unavailable` where nobody takes it."""
        head, body = _packed(medium)
        try:
            self._writer.write(HEAD.pack(PICTURE if isinstance(medium, VideoFrame) else SOUND, lost) + head)
            self._writer.write(body)
            async with asyncio.timeout(ANSWER_SECONDS):
                taken = await self._reader.read(1)
        except (OSError, TimeoutError) as error:
            raise Unavailable("Expected a medium to be taken, the receiver did not answer.") from error
        if taken != TAKEN:
            raise Unavailable("Expected a medium to be taken, the receiver is gone.")

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


def _packed(medium: Medium) -> tuple[bytes, memoryview]:
    if isinstance(medium, VideoFrame):
        height, width = medium.image.shape[:2]
        pixels = np.ascontiguousarray(medium.image)
        return PICTURE_HEAD.pack(medium.at, medium.media_time, height, width), pixels.data.cast("B")
    samples = np.ascontiguousarray(medium.samples)
    return SOUND_HEAD.pack(medium.at, medium.rate, len(samples)), samples.data.cast("B")


def _own_address() -> str:
    """The address at which other machines of a cluster reach this one; loopback where it has no other."""
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return LOOPBACK
