"""Clips as pictures, all of them or as many in a second as are wanted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np

from bench.page import DATA, PROJECT
from infra.cadence import Cadence
from schemas.media import MICROSECONDS, Floats, Picture, SessionTime, VideoFrame

VIDEO = DATA / "video"
PORTRAIT = PROJECT / "tests/media/portrait.mp4"
SEATED = VIDEO / "seated_speaker_10s.mp4"
GRID = tuple(VIDEO / f"grid/{name}.mpg" for name in ("brbk7n", "lbax4n", "lbbc2a", "sbwe5n"))
HANDS = tuple(VIDEO / f"hands/{name}.mkv" for name in ("again", "book", "help", "no", "thanks", "walk", "want", "yes"))
PRESENCE = tuple(VIDEO / f"face_presence/{name}" for name in ("face_noface.mov", "no_face.mp4", "single_face.mp4"))


def present(paths: Sequence[Path]) -> list[Path]:
    """Those that are there."""
    return [path for path in paths if path.is_file()]


def pictures(path: Path, *, longest: int = 640) -> list[VideoFrame]:
    """All pictures of a clip, the longer side at most `longest` pixels."""
    with av.open(str(path)) as container:
        found = []
        for frame in container.decode(video=0):
            image = frame.to_ndarray(format="rgb24")
            scale = min(1.0, longest / max(image.shape[:2]))
            if scale < 1:
                image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            at = SessionTime(round((frame.time or 0.0) * MICROSECONDS))
            found.append(VideoFrame(at, np.ascontiguousarray(image, np.uint8)))
    first = found[0].at
    return [VideoFrame(SessionTime(each.at - first), each.image) for each in found]


def thinned(frames: Sequence[VideoFrame], rate: float, phase: int = 0) -> Iterator[VideoFrame]:
    """At most `rate` of them in a second, from picture `phase` on."""
    cadence = Cadence(rate)
    return (frame for frame in frames[phase:] if cadence.take(frame.at))


def sound(path: Path, rate: int) -> Floats:
    """The sound of a clip, mono, -1..1; none of it where there is none."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return np.zeros(0)
        resampler = av.AudioResampler("s16", "mono", rate)
        parts = [piece.to_ndarray()[0] for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    return np.concatenate(parts) / 32_768


def scaled(picture: Picture, scale: float) -> Picture:
    """The picture at a share of its size."""
    if scale == 1:
        return picture
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
