"""Plays a media file as a camera and a microphone: paced by the clock, its times rising through repetitions."""

import asyncio
import fractions
from collections.abc import Callable, Iterator
from pathlib import Path

import av
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame, AudioResampler, VideoFrame
from av.container import InputContainer
from av.error import FFmpegError

from schemas.errors import MediaUnreadable
from schemas.events import StreamKind

VIDEO_RATE = 90_000
SOUND_RATE = 48_000
KINDS: tuple[StreamKind, ...] = ("video", "audio")
PACKET_SECONDS = 0.02
LONGEST_SIDE = 320
"""Pixels; larger pictures are scaled down, as a browser's analysis stream is."""


def media_kinds(path: Path) -> tuple[StreamKind, ...]:
    """What a file can play. Raises `MediaUnreadable` where that is nothing."""
    found = tuple(kind for kind in KINDS if _plays(path, kind))
    if not found:
        raise MediaUnreadable(f"Expected pictures or sound in {path.name}, found neither.")
    return found


def _plays(path: Path, kind: StreamKind) -> bool:
    """Whether at least one picture, or one packet of sound, can be decoded."""
    with _open(path) as container:
        streams = container.streams.video if kind == "video" else container.streams.audio
        try:
            return bool(streams) and next(container.decode(streams[0]), None) is not None
        except FFmpegError:
            return False


def _open(path: Path) -> InputContainer:
    if not path.is_file():
        raise MediaUnreadable(f"Expected a media file, there is none called {path.name}.")
    try:
        return av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise MediaUnreadable(f"Expected a media file, {path.name} does not read as one.") from error


class PlayedTrack(MediaStreamTrack):
    """One track of a file. Ends where the file does, unless it is to be repeated."""

    def __init__(self, kind: StreamKind, path: Path, *, repeat: bool, at_end: Callable[[], None]) -> None:
        """`at_end` is called when the file is over, and not when the track is stopped before that."""
        super().__init__()
        self.kind = kind
        self._at_end = at_end
        self._frames = _video(path, repeat=repeat) if kind == "video" else _sound(path, repeat=repeat)
        self._begun: float | None = None

    async def recv(self) -> VideoFrame | AudioFrame:
        """The next picture or packet of sound, at its time. Raises `MediaStreamError` at the end."""
        if self.readyState != "live":
            raise MediaStreamError
        frame = next(self._frames, None)
        if frame is None:
            self.stop()
            self._at_end()
            raise MediaStreamError
        loop = asyncio.get_running_loop()
        self._begun = self._begun if self._begun is not None else loop.time()
        assert frame.time is not None
        await asyncio.sleep(max(0.0, self._begun + frame.time - loop.time()))
        return frame


def _video(path: Path, *, repeat: bool) -> Iterator[VideoFrame]:
    begin = 0
    while True:
        last, step = begin, VIDEO_RATE // 15
        with _open(path) as container:
            for frame in container.decode(video=0):
                scale = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
                played = frame.reformat(
                    width=int(frame.width * scale) // 2 * 2, height=int(frame.height * scale) // 2 * 2, format="yuv420p"
                )
                at = begin + int((frame.time or 0) * VIDEO_RATE)
                step, last = (at - last) or step, at
                played.pts, played.time_base = at, fractions.Fraction(1, VIDEO_RATE)
                yield played
        if not repeat:
            return
        begin = last + step


def _sound(path: Path, *, repeat: bool) -> Iterator[AudioFrame]:
    position = 0
    length = int(PACKET_SECONDS * SOUND_RATE)
    resampler = AudioResampler(format="s16", layout="mono", rate=SOUND_RATE, frame_size=length)
    while True:
        with _open(path) as container:
            for frame in container.decode(audio=0):
                frame.pts = None
                for packet in resampler.resample(frame):
                    packet.pts, packet.time_base = position, fractions.Fraction(1, SOUND_RATE)
                    position += packet.samples
                    yield packet
        if not repeat:
            return
