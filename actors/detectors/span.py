"""A second of one microphone's sound at one sampling rate, with a margin on either side."""

from dataclasses import dataclass

import numpy as np

from schemas.media import Floats, SessionTime

RATE = 16_000
"""Samples per second of every span: Silero's rate, and enough for pitch and syllables."""
MARGIN = 0.25
"""Seconds of sound on either side of a span: more than a window of the slowest detector, and what pitch is followed
through before it is decided."""
SILENT = 10 ** (-70 / 20)
"""Root mean square (-70 dBFS) below which a span holds no sound: a muted microphone, not a quiet room."""
MOST_CLIPPED = 0.01
"""Share of samples at full scale from which on pitch, loudness and quality are those of the clipping."""


@dataclass(frozen=True, slots=True)
class Span:
    """Sound of at most one second of the interview."""

    at: SessionTime
    """Time of the first sample of the middle."""
    samples: Floats
    """One dimension, -1..1, `RATE` a second: margin, middle, margin. Margins are shorter at the ends of a stream."""
    before: int
    """Samples of `samples` before the middle."""
    count: int
    """Samples of the middle."""
    clipped: float = 0.0
    """Share of the middle's samples at full scale as they came in, 0..1."""
    begins: bool = True
    """Whether the stream begins with this span: nothing that was heard before belongs to it."""

    @property
    def middle(self) -> Floats:
        """The samples that the span is about."""
        return self.samples[self.before : self.before + self.count]

    @property
    def duration(self) -> float:
        """Seconds of the middle."""
        return self.count / RATE

    @property
    def problem(self) -> str | None:
        """Why a voice cannot be measured here: `empty`, `silent`, `clipped`, or None."""
        if not self.count:
            return "empty"
        if float(np.sqrt(np.mean(self.middle**2))) < SILENT:
            return "silent"
        return "clipped" if self.clipped > MOST_CLIPPED else None
