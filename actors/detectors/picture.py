"""What is wrong with a picture, whatever is looked for in it."""

import numpy as np

from schemas.media import Picture

SMALLEST = 16
"""Pixels: a picture that is narrower or lower than this is not looked at."""
DARK = 24.0
"""Mean brightness (0..255) below which a picture in which nothing is found is called too dark."""
FLAT = 2.0
"""Standard deviation of brightness below which there is nothing in a picture: a covered lens, a test colour."""


def is_picture(image: Picture) -> bool:
    """Whether any detector can take it: height × width × 3, bytes, and not too small."""
    return image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and min(image.shape[:2]) >= SMALLEST


def problem(image: Picture) -> str | None:
    """Why there may be nothing to be found (`too-dark`, `unreadable`), or None; looked at on every fourth pixel."""
    brightness = image[::4, ::4].mean(axis=2)
    if float(brightness.mean()) < DARK:
        return "too-dark"
    return "unreadable" if float(brightness.std()) < FLAT else None
