"""Whether a camera's picture stands still: a frozen picture says nothing about the moment it claims to show."""

import numpy as np

from schemas.media import MICROSECONDS, Picture, SessionTime, VideoFrame

AFTER = 2.0
"""Seconds of equal pictures from which on they are called frozen. A camera's noise changes some of the compared pixels
from picture to picture even where nothing moves, but for the least a codec may leave out."""


class FrozenWatch:
    """Compares the pictures of one camera."""

    def __init__(self) -> None:
        self._sample: Picture | None = None
        self._since = SessionTime(0)

    def observe(self, frame: VideoFrame) -> bool:
        """Whether this picture and all of the last `AFTER` seconds are equal; looked at on every fourth pixel."""
        sample = frame.image[::4, ::4]
        if self._sample is None or frame.at < self._since or not np.array_equal(self._sample, sample):
            self._sample, self._since = sample.copy(), frame.at
        return frame.at - self._since >= AFTER * MICROSECONDS
