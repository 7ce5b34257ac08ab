"""Media as it passes through the server: arrays with a time on the session clock."""

from dataclasses import dataclass
from typing import Any, NewType

import numpy as np
import numpy.typing as npt

SessionTime = NewType("SessionTime", int)
"""Microseconds since the interview was created; the one clock that video, sound and words share."""

MICROSECONDS = 1_000_000


def second_of(at: SessionTime) -> int:
    """The whole second of the interview in which `at` lies."""
    return at // MICROSECONDS


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One picture."""

    at: SessionTime
    image: npt.NDArray[np.uint8]
    """Height × width × 3, RGB, 0..255."""
    media_time: int = 0
    """The RTP timestamp of the picture (90 kHz, RFC 3551); 0 for a file."""


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A short piece of sound."""

    at: SessionTime
    """Time of the first sample."""
    rate: int
    """Samples per second."""
    samples: npt.NDArray[np.int16]
    """Mono, one dimension."""


Medium = VideoFrame | AudioChunk

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.floating[Any]]
