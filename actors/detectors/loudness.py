"""How loud a piece of sound is, and how much of it is clipped."""

from math import log10

import numpy as np

from schemas.media import AudioChunk
from schemas.observation import SoundObservation

NAME = "loudness/1"

FULL_SCALE = 32_768.0
"""The magnitude of the loudest 16-bit sample."""
CLIPPED = 32_767
"""Magnitude from which on a sample counts as clipped."""
FLOOR = -100.0
"""dBFS; below it is digital silence (16 bits reach down to about -96)."""


class LoudnessDetector:
    """Measures each piece of sound by itself."""

    def observe(self, chunk: AudioChunk) -> SoundObservation:
        """Root mean square in dBFS and the share of clipped samples; an empty chunk is silent and lasts no time."""
        samples = chunk.samples.astype(np.float64)
        count = len(samples)
        return SoundObservation(
            at=chunk.at,
            duration=count / chunk.rate,
            loudness=_dbfs(float(np.sqrt(np.mean(samples**2)))) if count else FLOOR,
            clipped=float(np.mean(np.abs(samples) >= CLIPPED)) if count else 0.0,
            detector=NAME,
        )


def _dbfs(rms: float) -> float:
    return max(20 * log10(rms / FULL_SCALE), FLOOR) if rms > 0 else FLOOR
