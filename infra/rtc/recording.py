"""A recorded media file, read as the same pictures and pieces of sound that a live connection gives."""

from collections.abc import Iterator
from heapq import merge
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame as DecodedPicture

from schemas.errors import MediaUnreadable
from schemas.events import StreamKind
from schemas.media import MICROSECONDS, AudioChunk, Medium, Picture, SessionTime, VideoFrame

RATE = 48_000
"""Samples per second of the chunks: what WebRTC's Opus decodes to (RFC 7587)."""
CHUNK = 960
"""Samples per chunk: 20 ms, as in a live connection."""
LONGEST_SIDE = 640
"""Pixels; a larger picture is scaled down to it."""
FRAMES_PER_SECOND = 15.0
"""Pictures taken at most, as in a live analysis stream; those between are decoded and passed over."""
TOLERANCE = 1.0
"""Seconds by which a file may end before the length it states without being called cut off."""

_LOCAL = {"protocol_whitelist": "file"}
"""A playlist inside a file must not make the reader fetch something."""


class Recording:
    """What a file holds. Reading it again starts anew."""

    def __init__(self, path: Path, kinds: tuple[StreamKind, ...], duration: float | None) -> None:
        self.kinds = kinds
        """Which of video and sound there are; at least one."""
        self.duration = duration
        """Seconds, as the file states it; None where it states none."""
        self.until = 0.0
        """Seconds: the end of what has been read so far."""
        self.damaged = 0
        """Packets of the present reading that could not be decoded."""
        self._path = path

    @property
    def cut_off(self) -> bool:
        """Whether the file, read to its end, is shorter than it says."""
        return self.duration is not None and self.until < self.duration - TOLERANCE

    def read(self) -> Iterator[Medium]:
        """Pictures and sound in the order of their times, which begin near zero. What is damaged is left out.

        Raises `MediaUnreadable` at the end where nothing at all could be decoded.
        """
        self.until, self.damaged = 0.0, 0
        found = False
        sources = [self._pictures() if kind == "video" else self._chunks() for kind in self.kinds]
        for medium in merge(*sources, key=lambda medium: medium.at):
            found = True
            yield medium
        if not found:
            raise MediaUnreadable("Expected pictures or sound, but nothing in the file could be decoded.")

    def _pictures(self) -> Iterator[Medium]:
        due = latest = 0.0
        with _opened(self._path) as container:
            stream = container.streams.video[0]
            for frame in self._decoded(container, stream):
                if not isinstance(frame, DecodedPicture):
                    continue
                latest = max(_seconds(frame, container, latest), latest)
                self.until = max(self.until, latest)
                if latest >= due - 0.25 / FRAMES_PER_SECOND:
                    due = max(due, latest - 1 / FRAMES_PER_SECOND) + 1 / FRAMES_PER_SECOND
                    yield VideoFrame(at=_session_time(latest), image=_picture(frame))

    def _chunks(self) -> Iterator[Medium]:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE, frame_size=CHUNK)
        with _opened(self._path) as container:
            stream = container.streams.audio[0]
            latest = 0.0
            for frame in chain(self._decoded(container, stream), [None]):
                if frame is not None and not isinstance(frame, AudioFrame):
                    continue
                for piece in resampler.resample(frame):
                    latest = max(_seconds(piece, container, latest + CHUNK / RATE), latest)
                    self.until = max(self.until, latest + piece.samples / RATE)
                    samples = piece.to_ndarray()[0].astype(np.int16)
                    yield AudioChunk(at=_session_time(latest), rate=RATE, samples=samples)

    def _decoded(self, container: InputContainer, stream: Stream) -> Iterator[object]:
        """All frames of `stream` up to the first place that the container cannot be read beyond."""
        stream.codec_context.thread_type = "AUTO"
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except FFmpegError:
                self.damaged += 1
                return
            try:
                yield from packet.decode()
            except FFmpegError:
                self.damaged += 1


def open_recording(path: Path) -> Recording:
    """Look into the media file at `path`.

    Raises `MediaUnreadable` where there is no file, it is empty, it is no media file, or it holds neither pictures nor
    sound. The message does not name the file, whose name may be a person's.
    """
    if not path.is_file():
        raise MediaUnreadable("Expected a media file, found no file there.")
    if path.stat().st_size == 0:
        raise MediaUnreadable("Expected a media file, got an empty file.")
    with _opened(path) as container:
        kinds: list[StreamKind] = []
        if container.streams.video and not _is_cover(container.streams.video[0]):
            kinds.append("video")
        if container.streams.audio:
            kinds.append("audio")
        if not kinds:
            raise MediaUnreadable("Expected pictures or sound, but the file holds neither.")
        duration = container.duration / av.time_base if container.duration else None
        return Recording(path, tuple(kinds), duration)


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(f"file:{path.resolve()}", options=_LOCAL)
    except InvalidDataError as error:
        raise MediaUnreadable("Expected a media file, got something that is none, or only a part of one.") from error
    except (FFmpegError, OSError) as error:
        raise MediaUnreadable(f"The media file cannot be opened ({type(error).__name__}).") from error


def _is_cover(stream: Stream) -> bool:
    """Whether `stream` is the picture on the cover of a piece of sound."""
    return bool(stream.disposition & Disposition.attached_pic)


def _seconds(frame: DecodedPicture | AudioFrame, container: InputContainer, otherwise: float) -> float:
    """When `frame` is shown, from the beginning of the file on."""
    begin = (container.start_time or 0) / av.time_base
    return frame.time - begin if frame.time is not None else otherwise


def _session_time(seconds: float) -> SessionTime:
    return SessionTime(round(max(seconds, 0.0) * MICROSECONDS))


def _picture(frame: DecodedPicture) -> Picture:
    """RGB, upright, its longer side at most `LONGEST_SIDE`."""
    scale = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
    scaled = frame.reformat(
        width=max(round(frame.width * scale), 1), height=max(round(frame.height * scale), 1), format="rgb24"
    )
    quarter_turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(scaled.to_ndarray(), quarter_turns), dtype=np.uint8)
