"""How even a voice is: jitter, shimmer and harmonicity, over the frames that the pitch tracker calls voiced.

They depend on the microphone, the room and above all on the codec, so they are good for comparison with the same
person over the same line, and for nothing else; of a person's health they say nothing. Periods are counted in whole
samples, so jitter has a floor of its own (`bench/voice_quality.py`).
"""

from math import log10

import numpy as np

from actors.detectors import pitch
from actors.detectors.span import RATE, Span
from infra.models.vocal_features import VERSION, frame_centres, vocal_features
from schemas.observation import VoiceQualityObservation

NAME = f"voice-quality/1 speechbrain/{VERSION}"

LEAST_FRAMES = 10
"""Voiced frames (10 ms each) that values are told from on."""
MOST_HARMONIC = 0.9999
"""Autocorrelation that is told as 40 dB; above it there is nothing but rounding."""
PERIODIC = 0.5
"""Autocorrelation from which on a frame has periods that can be compared; the pitch tracker's."""


def observe(span: Span, track: pitch.PitchTrack) -> VoiceQualityObservation:
    """Medians over the voiced frames of the span's middle, of which `track` is the pitch.

    No values for clipped sound: clipping makes all peaks equally high.
    """
    nothing = VoiceQualityObservation(span.at, span.duration, 0.0, NAME, problem=span.problem)
    if nothing.problem is not None:
        return nothing
    centres = frame_centres(span.count)
    frames = np.minimum(np.rint(centres / (RATE * pitch.STEP)).astype(int), len(track.frequency) - 1)
    voiced = track.voiced[frames]
    if voiced.sum() < LEAST_FRAMES:
        return nothing
    found = vocal_features(span.middle, voiced)
    values = np.stack([found.jitter, found.shimmer, found.harmonicity])
    good = voiced & np.isfinite(values).all(axis=0) & (found.harmonicity > PERIODIC)
    if good.sum() < LEAST_FRAMES:
        return nothing
    jitter, shimmer, harmonicity = (float(value) for value in np.median(values[:, good], axis=1))
    ratio = min(harmonicity, MOST_HARMONIC)
    return VoiceQualityObservation(
        at=span.at,
        duration=span.duration,
        confidence=float(good.mean()),
        detector=NAME,
        jitter=max(jitter, 0.0),
        shimmer=max(shimmer, 0.0),
        harmonicity=10 * log10(ratio / (1 - ratio)),
    )
