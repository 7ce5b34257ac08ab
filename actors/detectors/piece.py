"""Speech cut into pieces that a recogniser can take: at pauses, and never longer than it can bear.

A piece begins a little before speech and ends a little after it, as far as there is sound. Where somebody speaks on and
on, it is cut where it is quietest. Sound without speech is in no piece.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from actors.detectors.span import RATE, Span
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.observation import SpeechObservation

LONGEST = 12.0
"""Seconds of a piece: Whisper hears thirty, and what comes in is heard after it ended."""
LEAST = 3.0
"""Seconds from which on a pause ends a piece; shorter ones wait: words are known by those around them."""
PAUSE = 0.7
"""Seconds without speech that end any piece; with the hang of voice activity a second since the last sound."""
AROUND = 0.2
"""Seconds before speech that are part of its piece: the network is sure a little after a soft beginning."""
QUIETEST = 3.0
"""Seconds at the end of a piece that is too long, in which it is cut."""
BEFORE = 0.1
"""Seconds that voice activity may tell of after their span has passed: more than one of its chunks."""
TOUCHING = 0.01
"""Seconds below which speech is not paused but cut: more than rounding."""

_FRAME = RATE // 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of speech."""

    at: SessionTime
    """Of the first sample."""
    samples: Floats
    """-1..1, `RATE` a second."""

    @property
    def end(self) -> SessionTime:
        """Of the sample after the last one."""
        return SessionTime(self.at + round(len(self.samples) * MICROSECONDS / RATE))


class PieceCutter:
    """Follows one microphone. Takes spans, and what voice activity said of each, in their order."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._at = SessionTime(0)
        """Of the first sample that is held."""
        self._held: Floats = np.zeros(0)
        self._first: int | None = None
        """The sample that the open piece begins with; None where nobody speaks."""
        self._last = 0
        """The sample after the last one with speech."""
        self._free = 0
        """The sample after the last one that is in a piece."""

    def push(self, span: Span, heard: SpeechObservation) -> Iterator[Piece]:
        """Take a span; yields the pieces that end in it."""
        if span.begins:
            yield from self.close()
        self._at = SessionTime(span.at - round(len(self._held) * MICROSECONDS / RATE))
        self._held = np.concatenate([self._held, span.middle])
        for start, end in heard.segments:
            yield from self._pause(self._sample(start))
            last = min(self._sample(end), len(self._held))
            if self._first is None:
                self._first = max(self._sample(start) - round(AROUND * RATE), self._free)
            self._last = max(self._last, last)
            while self._first is not None and self._last - self._first > LONGEST * RATE:
                yield self._cut(self._quietest())
        yield from self._pause(self._sample(SessionTime(heard.at + round(heard.duration * MICROSECONDS))))
        self._drop()

    def close(self) -> Iterator[Piece]:
        """End the stream; yields the piece that is still open."""
        yield from self.flush()
        self._forget()

    def flush(self) -> Iterator[Piece]:
        """End the piece that is still open."""
        if self._first is not None and self._last > self._first:
            yield self._cut(self._last)

    def _sample(self, at: SessionTime) -> int:
        return round((at - self._at) * RATE / MICROSECONDS)

    def _pause(self, until: int) -> Iterator[Piece]:
        """End the piece where speech has paused for long enough before the sample `until`."""
        if self._first is None:
            return
        silence, length = until - self._last, self._last - self._first
        if silence >= PAUSE * RATE or (silence > TOUCHING * RATE and length >= LEAST * RATE):
            yield self._cut(self._last)

    def _cut(self, end: int) -> Piece:
        """The piece up to the sample `end`; what speech is behind it is the next one's."""
        first = self._first or 0
        at = SessionTime(self._at + round(first * MICROSECONDS / RATE))
        piece = Piece(at, self._held[first:end])
        self._first, self._free = (end if self._last > end else None), end
        return piece

    def _quietest(self) -> int:
        """The sample at which to cut a piece that is too long: the middle of the quietest frame near its end."""
        longest = (self._first or 0) + round(LONGEST * RATE)
        begin = longest - round(QUIETEST * RATE)
        frames = self._held[begin:longest].reshape(-1, _FRAME)
        return begin + int(np.argmin((frames**2).mean(axis=1))) * _FRAME + _FRAME // 2

    def _drop(self) -> None:
        """Forget sound that no piece will hold."""
        recent = len(self._held) - round((AROUND + BEFORE) * RATE)
        keep = self._first if self._first is not None else max(recent, 0)
        self._at = SessionTime(self._at + round(keep * MICROSECONDS / RATE))
        self._held, self._last, self._free = self._held[keep:], max(self._last - keep, 0), max(self._free - keep, 0)
        self._first = None if self._first is None else 0
