"""The server's end of an applicant's analysis stream: an aiortc connection that takes pictures and sound in.

Every track is read all the time, since aiortc queues without bound what is not: of the pictures a few wait for their
reader, then the oldest is dropped and counted; so it is with sound after two seconds.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame, AudioResampler
from av import VideoFrame as AvVideoFrame

from infra.cadence import Cadence
from infra.clock import NowUs, session_time
from infra.rtc.clock import MediaClock
from infra.rtc.offer import check_offer
from infra.rtc.picture import rgb
from schemas.errors import Invalid, StreamClosed
from schemas.events import LossReason, StreamKind
from schemas.media import MICROSECONDS, AudioChunk, SessionTime, VideoFrame

SILENT_SECONDS = 5.0
"""How long nothing may arrive before the stream counts as lost."""
PICTURE_RATE = 10.0
"""Pictures in a second that are given out: a camera sends more than are looked at, and what nobody looks at need not be
turned into RGB and carried about. They do not count as dropped."""
MOST_PICTURES = 3
"""That wait: 0.3 s. A processor that carries the load on the whole is still late now and then, as long as a picture or
two take to be looked at; that costs a little delay and no pictures."""
VIDEO_RATE = 90_000
SOUND_RATE = 48_000
CHUNK_SECONDS = 0.25
"""Length of a piece of sound as it is given out."""
MOST_SECONDS_OF_SOUND = 2.0


class AnalysisPeer:
    """See `actors.parts.MediaPeer`."""

    def __init__(self, connection: RTCPeerConnection, kinds: tuple[StreamKind, ...], epoch_us: int, now_us: NowUs):
        self._connection = connection
        self.kinds = kinds
        self._epoch_us = epoch_us
        self._now_us = now_us
        self._frames: deque[tuple[AvVideoFrame, SessionTime]] = deque(maxlen=MOST_PICTURES)
        self._dropped = 0
        self._chunks: deque[AudioChunk] = deque(maxlen=int(MOST_SECONDS_OF_SOUND / CHUNK_SECONDS))
        self._arrived = asyncio.Condition()
        self._last_arrival = asyncio.get_running_loop().time()
        self._lost: asyncio.Future[LossReason] = asyncio.get_running_loop().create_future()
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def answer(cls, offer_sdp: str, *, epoch_us: int, now_us: NowUs) -> tuple["AnalysisPeer", str]:
        """A connection that answers `offer_sdp`, and the SDP answer with all candidates in it.

        Raises `Invalid` where the offer is none, or offers neither video nor sound; nothing stays open then.
        """
        kinds = check_offer(offer_sdp)
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        peer = cls(connection, kinds, epoch_us, now_us)
        connection.on("track", peer._take_track)
        connection.on("connectionstatechange", peer._take_state)
        try:
            await connection.setRemoteDescription(RTCSessionDescription(offer_sdp, "offer"))
            answer = await connection.createAnswer()
            await connection.setLocalDescription(answer)
        except Exception as error:
            # aiortc meets an offer that it cannot take with whatever error its parser happens to run into.
            await peer.close()
            raise Invalid("Expected an SDP offer of video or sound, got one that cannot be answered.") from error
        peer._start(peer._watch())
        return peer, connection.localDescription.sdp

    async def next_frame(self) -> VideoFrame:
        """See `actors.parts.MediaPeer.next_frame`. One reader."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: bool(self._frames) or self._lost.done())
            if not self._frames:
                raise StreamClosed
            frame, at = self._frames.popleft()
        return VideoFrame(at=at, image=rgb(frame), media_time=frame.pts or 0)

    async def next_sound(self) -> AudioChunk:
        """See `actors.parts.MediaPeer.next_sound`. One reader."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: bool(self._chunks) or self._lost.done())
            if not self._chunks:
                raise StreamClosed
            return self._chunks.popleft()

    def take_dropped(self) -> int:
        """See `actors.parts.MediaPeer.take_dropped`."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    async def wait_lost(self) -> LossReason:
        """See `actors.parts.MediaPeer.wait_lost`."""
        return await asyncio.shield(self._lost)

    async def close(self) -> None:
        """See `actors.parts.MediaPeer.close`."""
        self._lose("closed")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(AttributeError):
            # aiortc cannot close what a bad offer left half built; nothing of it was opened then.
            await self._connection.close()
        async with self._arrived:
            self._arrived.notify_all()

    def _take_track(self, track: MediaStreamTrack) -> None:
        self._start(self._read_video(track) if track.kind == "video" else self._read_sound(track))

    def _take_state(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self._lose("closed")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _read_video(self, track: MediaStreamTrack) -> None:
        clock, wanted = MediaClock(VIDEO_RATE), Cadence(PICTURE_RATE)
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                assert isinstance(frame, AvVideoFrame)
                at = clock.place(frame.pts or 0, self._now())
                if not wanted.take(at):
                    continue
                async with self._arrived:
                    self._dropped += len(self._frames) == MOST_PICTURES
                    self._frames.append((frame, at))
                    self._arrived.notify_all()
        self._lose("closed")

    async def _read_sound(self, track: MediaStreamTrack) -> None:
        clock = MediaClock(SOUND_RATE)
        # Mono, and gathered into pieces: a call per Opus packet would cost more than what is computed on it.
        length = int(CHUNK_SECONDS * SOUND_RATE)
        resampler = AudioResampler(format="s16", layout="mono", rate=SOUND_RATE, frame_size=length)
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                assert isinstance(frame, AudioFrame)
                at = clock.place(frame.pts or 0, self._now())
                for piece in resampler.resample(frame):
                    await self._take_sound(piece, frame, at)
        self._lose("closed")

    async def _take_sound(self, piece: AudioFrame, newest: AudioFrame, at: SessionTime) -> None:
        samples = piece.to_ndarray()[0]
        length_us = (len(samples) - newest.samples) * MICROSECONDS // SOUND_RATE
        async with self._arrived:
            self._chunks.append(AudioChunk(SessionTime(max(0, at - length_us)), SOUND_RATE, samples))
            self._arrived.notify_all()

    def _now(self) -> SessionTime:
        self._last_arrival = asyncio.get_running_loop().time()
        return session_time(self._now_us(), self._epoch_us)

    async def _watch(self) -> None:
        """Ends when nothing has arrived for too long."""
        while not self._lost.done():
            silent = asyncio.get_running_loop().time() - self._last_arrival
            if silent >= SILENT_SECONDS:
                self._lose("silent")
                break
            await asyncio.sleep(SILENT_SECONDS - silent)
        async with self._arrived:
            self._arrived.notify_all()

    def _lose(self, reason: LossReason) -> None:
        if not self._lost.done():
            self._lost.set_result(reason)
            self._start(self._wake())

    async def _wake(self) -> None:
        async with self._arrived:
            self._arrived.notify_all()
