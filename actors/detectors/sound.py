"""Pieces of sound as they arrive, joined into one-second spans at one sampling rate, with a margin on either side.

All that is heard in a voice is measured on such spans: a second of the session clock, and enough of the sound around
it for what lies on its edges. A span never bridges a gap: where sound is missing, or the clock jumps, the stream
begins anew, and what was gathered before ends in a shorter span.
"""

from collections.abc import Iterator
from math import gcd

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from actors.detectors.span import MARGIN, RATE, Span
from schemas.media import MICROSECONDS, AudioChunk, Floats, SessionTime

LEAST_RATE = 4_000
"""Samples per second below which nothing is heard of a voice."""
JUMP = 0.05
"""Seconds by which a piece may begin early or late before it counts as a gap; jitter of arrival stays well below."""

FULL_SCALE = 32_768.0
CLIPPED = 32_767

Samples = Floats | npt.NDArray[np.int16]
"""16-bit values."""


def span_of(chunk: AudioChunk) -> Span:
    """All of `chunk` as one span without margins. Below `LEAST_RATE`, or without samples, it is empty."""
    if chunk.rate < LEAST_RATE or not len(chunk.samples):
        return Span(chunk.at, np.zeros(0), 0, 0)
    samples = resampled(chunk.samples, chunk.rate)
    return Span(chunk.at, samples, 0, len(samples), clipped_share(chunk.samples))


def resampled(samples: Samples, rate: int) -> Floats:
    """16-bit samples as -1..1 at `RATE`, low-passed where that is the lower rate."""
    floats = np.asarray(samples, dtype=np.float64) / FULL_SCALE
    if rate == RATE:
        return floats
    common = gcd(rate, RATE)
    return np.asarray(resample_poly(floats, RATE // common, rate // common), dtype=np.float64)


def clipped_share(samples: Samples) -> float:
    """Share of 16-bit samples at full scale, 0..1; 0 of none."""
    return float(np.mean(np.abs(samples.astype(np.float64)) >= CLIPPED)) if len(samples) else 0.0


class SoundStream:
    """Joins the pieces of one microphone. Not safe to share between threads."""

    def __init__(self) -> None:
        self._rate = 0
        self._start = SessionTime(0)
        """Time of the first sample that is held."""
        self._held: Floats = np.zeros(0)
        """16-bit values at the rate they came in."""
        self._next = 0
        """The sample, counted in `_held`, that the next span begins with."""
        self._begins = True

    def push(self, chunk: AudioChunk) -> Iterator[Span]:
        """Take a piece of sound; yields each second of which the margin behind is there too. Never more than once."""
        if chunk.rate < LEAST_RATE or not len(chunk.samples):
            return
        if not self._follows(chunk):
            yield from self.close()
            self._rate, self._start = chunk.rate, chunk.at
        self._held = np.concatenate([self._held, chunk.samples.astype(np.float64)])
        while (end := self._second_end()) + self._margin <= len(self._held):
            yield self._cut(end)

    def close(self) -> Iterator[Span]:
        """End the stream; yields what is left. A later piece begins a new one."""
        while self._next < len(self._held):
            yield self._cut(min(self._second_end(), len(self._held)))
        self._held, self._next, self._begins, self._rate = np.zeros(0), 0, True, 0

    @property
    def _margin(self) -> int:
        return round(MARGIN * self._rate)

    def _time(self, sample: int) -> SessionTime:
        return SessionTime(self._start + round(sample * MICROSECONDS / self._rate))

    def _follows(self, chunk: AudioChunk) -> bool:
        if chunk.rate != self._rate:
            return False
        return abs(chunk.at - self._time(len(self._held))) <= JUMP * MICROSECONDS

    def _second_end(self) -> int:
        """The sample with which the next whole second of the session clock begins."""
        second = self._time(self._next) // MICROSECONDS + 1
        return max(round((second * MICROSECONDS - self._start) * self._rate / MICROSECONDS), self._next + 1)

    def _cut(self, end: int) -> Span:
        first, last = max(self._next - self._margin, 0), min(end + self._margin, len(self._held))
        before = round((self._next - first) * RATE / self._rate)
        count = round((end - first) * RATE / self._rate) - before
        span = Span(
            at=self._time(self._next),
            samples=resampled(self._held[first:last], self._rate),
            before=before,
            count=count,
            clipped=clipped_share(self._held[self._next : end]),
            begins=self._begins,
        )
        self._begins = False
        self._forget(end)
        return span

    def _forget(self, end: int) -> None:
        """Drop all but a margin of what has been cut, and count time from there."""
        drop = max(end - self._margin, 0)
        self._start = self._time(drop)
        self._held, self._next = self._held[drop:], end - drop
