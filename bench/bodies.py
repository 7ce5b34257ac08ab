"""Clips of people as the analysis stream would carry them: 320 pixels on the longer side, 15 pictures per second."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from bench.page import DATA, PROJECT
from infra.rtc.recording import open_recording
from schemas.media import Picture, VideoFrame

SIDE = 320
VIDEO = DATA / "video"
PORTRAIT = PROJECT / "tests" / "media" / "portrait.mp4"
SIGNS = ("again", "book", "help", "no", "thanks", "walk", "want", "yes")
"""Clips in which hands are shown."""
FACES = ("grid/brbk7n.mpg", "grid/lbax4n.mpg", "grid/lbbc2a.mpg", "grid/sbwe5n.mpg", "face_presence/single_face.mp4")
"""Clips of head and shoulders without hands."""


def sign(name: str) -> Path:
    """Where the clip of a hand sign lies."""
    return VIDEO / "hands" / f"{name}.mkv"


def bodies() -> list[Path]:
    """All clips in which the shoulders are to be seen."""
    return [*map(sign, SIGNS), VIDEO / "seated_speaker_10s.mp4", *(VIDEO / name for name in FACES), PORTRAIT]


def frames(path: Path) -> list[VideoFrame]:
    """All pictures of a clip."""
    return [
        replace(medium, image=small(medium.image))
        for medium in open_recording(path).read()
        if isinstance(medium, VideoFrame)
    ]


def passes(pictures: Sequence[VideoFrame], every: int = 3) -> list[Sequence[VideoFrame]]:
    """The clip at a third of its rate, five pictures a second: each picture is in one of the passes."""
    return [pictures[first::every] for first in range(every)]


def small(image: Picture) -> Picture:
    """Scaled so that its longer side is `SIDE`."""
    height, width = image.shape[:2]
    scale = SIDE / max(height, width)
    size = (round(width * scale), round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
