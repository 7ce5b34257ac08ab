"""A sender whose every picture can be told again at the other end.

aiortc begins its RTP timestamps at a random number; here they begin at zero, so that the `media_time` of a live signal
is the time that the sender gave the picture.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import aiortc.rtcrtpsender
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from av import AudioFrame, VideoFrame

import infra.rtc.attendee
from infra.rtc.attendee import Attendee
from infra.rtc.player import PlayedTrack

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


async def attend(link: str, clip: Path, seconds: float, log: Path) -> None:
    """Attend an interview for `seconds`; then write {timestamp: Unix time} to `log`."""
    infra.rtc.attendee.PlayedTrack = LoggedTrack  # type: ignore[attr-defined]  # as above
    attendee = Attendee(link, clip, repeat=True, claim=None, say=lambda line: None)
    await attendee.attend(seconds)
    await asyncio.to_thread(log.write_text, json.dumps(LoggedTrack.sent))


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
            asyncio.run(attend(link, Path(clip), float(seconds), Path(log)))
        case ["offer", clip, seconds]:
            asyncio.run(offer(Path(clip), float(seconds)))
