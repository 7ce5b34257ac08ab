"""Decoded pictures as arrays."""

import numpy as np
import pytest
from av.video.frame import VideoFrame as DecodedPicture

from infra.rtc.picture import rgb
from schemas.media import Picture

ROUNDING = 6
"""Of 255: two converters of the same formula, with chroma in half the resolution, on a smooth picture."""


def smooth(height: int, width: int) -> Picture:
    """A picture in which every channel changes slowly."""
    down, across = np.mgrid[0:height, 0:width]
    channels = (40 + 160 * down / height, 60 + 140 * across / width, 200 - 150 * down / height)
    return np.asarray(np.stack(channels, axis=2), dtype=np.uint8)


@pytest.mark.parametrize("size", [(240, 320), (241, 320), (240, 321)])
@pytest.mark.parametrize("form", ["yuv420p", "yuvj420p", "rgb24"])
def test_colours_are_those_that_were_encoded(size: tuple[int, int], form: str) -> None:
    picture = smooth(*size)
    decoded = rgb(DecodedPicture.from_ndarray(picture, format="rgb24").reformat(format=form))
    assert decoded.shape == picture.shape
    assert np.abs(decoded.astype(int) - picture).max() <= ROUNDING
