"""Voice activity that takes loud for speech."""

from itertools import groupby

import numpy as np

from actors.detectors.span import RATE, Span
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import SpeechObservation

FRAME = 160
"""Samples, 10 ms."""
LOUD = 0.1


class FakeVoiceActivity:
    """Every frame of 10 ms that is loud is speech, at once and without a hang."""

    def observe(self, span: Span) -> SpeechObservation:
        """See `actors.hearing.VoiceActivity`."""
        count = -(-len(span.middle) // FRAME)
        loud = [bool(np.abs(span.middle[n * FRAME : (n + 1) * FRAME]).max() > LOUD) for n in range(count)]
        segments = []
        for speech, frames in groupby(range(count), key=loud.__getitem__):
            if speech:
                first, *_, last = [*frames] * 2
                segments.append((_time(span, first * FRAME), _time(span, min((last + 1) * FRAME, span.count))))
        return SpeechObservation(
            at=span.at, duration=span.duration, confidence=1.0, detector="loud/1", segments=tuple(segments)
        )


def _time(span: Span, sample: int) -> SessionTime:
    return SessionTime(span.at + round(sample * MICROSECONDS / RATE))
