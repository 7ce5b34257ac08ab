"""A sender whose every picture can be told again at the other end.

aiortc begins its RTP timestamps at a random number; here they begin at zero, so that the `media_time` of a live signal
is the time that the sender gave the picture.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiortc.rtcrtpsender
import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame, Packet, VideoFrame

import infra.rtc.attendee
from infra.rtc.attendee import Attendee
from infra.rtc.player import VIDEO_RATE, PlayedTrack
from schemas.events import StreamKind

random32 = aiortc.rtcrtpsender.random32  # type: ignore[attr-defined]  # not meant for others


def zero_origin() -> int:
    """Random for whoever asks, but zero for the first RTP timestamp of a track."""
    return 0 if sys._getframe(1).f_code.co_name == "_run_rtp" else int(random32())


aiortc.rtcrtpsender.random32 = zero_origin  # type: ignore[attr-defined]  # as above


class LoggedTrack(PlayedTrack):
    """Remembers when each picture was handed over to be encoded."""

    sent: dict[int, float] = {}  # noqa: RUF012  one log for the whole process

    async def recv(self) -> VideoFrame | AudioFrame:
        """See `PlayedTrack.recv`."""
        frame = await super().recv()
        if self.kind == "video":
            self.sent[frame.pts or 0] = time.time()
        return frame


class PackedTrack(MediaStreamTrack):
    """Sends what a Matroska file holds as it is, so that sending costs next to nothing; again and again."""

    sent: dict[int, float] = {}  # noqa: RUF012  as above

    def __init__(self, kind: StreamKind, path: Path, *, repeat: bool, at_end: Callable[[], None]) -> None:
        """See `PlayedTrack`; it never ends."""
        super().__init__()
        self.kind = kind
        self._packets = _packets(path, kind)
        self._begun: float | None = None

    async def recv(self) -> "Packet[Any]":
        """The next packet, at its time. Raises `MediaStreamError` at the end."""
        if self.readyState != "live":
            raise MediaStreamError
        packet = next(self._packets)
        loop = asyncio.get_running_loop()
        self._begun = self._begun if self._begun is not None else loop.time()
        assert packet.pts is not None
        assert packet.time_base is not None
        await asyncio.sleep(max(0.0, self._begun + float(packet.pts * packet.time_base) - loop.time()))
        if self.kind == "video":
            self.sent[round(packet.pts * packet.time_base * VIDEO_RATE)] = time.time()
        return packet


def _packets(path: Path, kind: StreamKind) -> "Iterator[Packet[Any]]":
    begin = last = step = 0
    while True:
        with av.open(str(path)) as container:
            stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
            for packet in container.demux(stream):
                if packet.pts is None or not packet.size:
                    continue
                packet.pts = begin + max(packet.pts, 0)
                step, last = (packet.pts - last) or step, packet.pts
                yield packet
        begin = last + step


async def attend(track: type[LoggedTrack | PackedTrack], link: str, clip: Path, seconds: float, log: Path) -> None:
    """Attend an interview for `seconds`; then, or at Ctrl-C, write {timestamp: Unix time} to `log`."""
    infra.rtc.attendee.PlayedTrack = track  # type: ignore[attr-defined, assignment]  # as above
    attendee = Attendee(link, clip, repeat=True, claim=None, say=lambda line: None)
    visit = asyncio.create_task(attendee.attend(seconds))
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, visit.cancel)
    with suppress(asyncio.CancelledError):
        await visit
    await asyncio.to_thread(log.write_text, json.dumps(track.sent))


async def offer(clip: Path, seconds: float) -> None:
    """Send to whoever answers the offer on standard output by one line on standard input."""
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for kind in ("video", "audio"):
        track = PlayedTrack(kind, clip, repeat=True, at_end=lambda: None)
        connection.addTransceiver(track, direction="sendonly")
    await connection.setLocalDescription(await connection.createOffer())
    print(json.dumps(connection.localDescription.sdp), flush=True)
    answer = json.loads(await asyncio.to_thread(sys.stdin.readline))
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await asyncio.sleep(seconds)
    await connection.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["attend", link, clip, seconds, log]:
            asyncio.run(attend(LoggedTrack, link, Path(clip), float(seconds), Path(log)))
        case ["attend-packed", link, clip, seconds, log]:
            asyncio.run(attend(PackedTrack, link, Path(clip), float(seconds), Path(log)))
        case ["offer", clip, seconds]:
            asyncio.run(offer(Path(clip), float(seconds)))
