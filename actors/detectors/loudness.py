"""How loud a span of sound is, and how much of it is clipped."""

from math import log10

import numpy as np

from actors.detectors.span import Span
from schemas.observation import SoundObservation

NAME = "loudness/2"

FLOOR = -100.0
"""dBFS; below it is digital silence (16 bits reach down to about -96)."""


def loudness_of(span: Span) -> SoundObservation:
    """Root mean square of the span's middle in dBFS, and its share of clipped samples; an empty one is silent."""
    power = float(np.mean(span.middle**2)) if span.count else 0.0
    return SoundObservation(
        at=span.at,
        duration=span.duration,
        loudness=max(10 * log10(power), FLOOR) if power > 0 else FLOOR,
        clipped=span.clipped,
        detector=NAME,
    )
