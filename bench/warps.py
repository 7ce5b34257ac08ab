"""Pictures changed by a known amount: the ground truth for what is told of a body's place and angles."""

from dataclasses import replace

import cv2
import numpy as np

from schemas.media import Floats, Picture, VideoFrame


def turned(image: Picture, degrees: float) -> Picture:
    """Turned clockwise about the middle."""
    height, width = image.shape[:2]
    return _warped(image, np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0), np.float64))


def scaled(image: Picture, factor: float) -> Picture:
    """Made larger or smaller about the middle."""
    height, width = image.shape[:2]
    return _warped(image, np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), 0.0, factor), np.float64))


def shifted(image: Picture, right: float, down: float) -> Picture:
    """Moved by pixels, which may be broken ones."""
    return _warped(image, np.array([[1.0, 0.0, right], [0.0, 1.0, down]]))


def sunk(image: Picture, chin: float, shoulders: float, by: float) -> Picture:
    """With all above the row `chin` moved down by `by` rows, at the cost of what is between it and `shoulders`.

    The rows must rise: `chin + by` must be less than `shoulders`.
    """
    height, width = image.shape[:2]
    end = max(height, shoulders) + 1.0
    rows = np.interp(np.arange(height), [0.0, by, chin + by, shoulders, end], [0.0, 0.0, chin, shoulders, end])
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), rows.astype(np.float32))
    return np.asarray(cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def noisy(frame: VideoFrame, deviation: float, random: np.random.Generator) -> VideoFrame:
    """With a camera's noise of this standard deviation (levels of 255) on it."""
    noise = random.normal(0, deviation, frame.image.shape)
    return replace(frame, image=np.clip(frame.image + noise, 0, 255).astype(np.uint8))


def _warped(image: Picture, matrix: Floats) -> Picture:
    height, width = image.shape[:2]
    moved = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)
