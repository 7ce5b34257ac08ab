"""Whether an array is a picture that can be looked at."""

import numpy as np

from schemas.media import Picture

SMALLEST = 16
"""Pixels: a picture that is narrower or lower than this is not looked at."""


def is_readable(image: Picture) -> bool:
    """Whether `image` is height × width × 3, 0..255 in bytes, and not too small."""
    return image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and min(image.shape[:2]) >= SMALLEST
