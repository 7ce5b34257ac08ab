"""Voice out of noise: a network masks the spectrum of what a microphone hears, frame by frame, as it comes in.

Frames of 32 ms, half of which overlap, under a window whose squares add up to one: where nothing is masked, what comes
out is what went in. Nothing is shifted in time; a sample is told once 16 to 32 ms have come in after it. Masks lie
between `LEAST` and 1, so silence stays silent and no frequency is made louder. What is heard is the voice in its room.
"""

from dataclasses import replace

import numpy as np

from actors.detectors.span import MARGIN, RATE, Span
from infra.models.enhancement import HOP, WINDOW, EnhancementNetwork
from infra.models.enhancement import RATE as NETWORK_RATE
from schemas.media import Floats

assert NETWORK_RATE == RATE, "spans have to come at the rate that the network was trained at"

LEAST = 0.05
"""Share of every frequency that is let through (-26 dB): a room without any sound would be taken for a muted one."""
QUIET = 1e-3
"""Share of a second's power below which what is taken away is not noise (-30 dB): the second stays as it is. From there
on pitch was found no better without it, in the voices that the network was chosen by."""
BLUR = 32
"""Samples (2 ms) at the end of a span that are not yet what they will be: the resampling filter reaches across."""

_ROOT_HANN = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW))


class Enhancer:
    """Follows one stream of samples at `RATE`. The result does not depend on how the stream is cut into pieces.

    Not safe to share between threads.
    """

    def __init__(self) -> None:
        """Raises `Misconfigured` where the weight is missing or altered."""
        self._network = EnhancementNetwork()
        self.reset()

    def reset(self) -> None:
        """Forget the stream: what comes next is the beginning of another."""
        self._memory = self._network.begin()
        self._waiting: Floats = np.zeros(HOP)
        """What the next frame begins with; before the stream there is silence."""
        self._open: Floats | None = None
        """The half of the last frame that the next one adds to, or None before the first."""

    def push(self, samples: Floats) -> Floats:
        """Take samples (-1..1) and give those that are settled, in order: all but the last 256 to 511 so far.

        What is not a number is taken for silence.
        """
        self._waiting = np.concatenate([self._waiting, np.nan_to_num(samples, posinf=0.0, neginf=0.0)])
        settled = []
        while len(self._waiting) >= WINDOW:
            frame = self._masked(self._waiting[:WINDOW])
            self._waiting = self._waiting[HOP:]
            if self._open is not None:
                settled.append(self._open + frame[:HOP])
            self._open = frame[HOP:]
        return np.concatenate(settled) if settled else np.zeros(0)

    def rest(self) -> Floats:
        """What `push` has not given yet, as it is if the stream ends here. It may go on all the same."""
        kept = self._memory, self._waiting, self._open
        wanted = len(self._waiting) - HOP + (0 if self._open is None else HOP)
        settled = self.push(np.zeros(WINDOW))[:wanted]
        self._memory, self._waiting, self._open = kept
        return settled

    def _masked(self, frame: Floats) -> Floats:
        spectrum = np.fft.rfft(frame * _ROOT_HANN)
        shares, self._memory = self._network.shares(np.abs(spectrum), self._memory)
        return np.asarray(np.fft.irfft(spectrum * np.maximum(shares, LEAST)) * _ROOT_HANN)


class SpanEnhancer:
    """Cleans the spans of one `SoundStream`, in their order. Not safe to share between threads.

    Loudness and clipping are those of the span as it came in, and are to be measured on that.
    """

    def __init__(self) -> None:
        """Raises `Misconfigured` where the weight is missing or altered."""
        self._enhancer = Enhancer()
        self._held: Floats = np.zeros(0)
        """Settled sound."""
        self._next = 0
        """The sample of it that the next span's middle begins with."""
        self._ahead = 0
        """Samples that were taken in beyond the last span's middle."""

    def clean(self, span: Span) -> Span:
        """The same span without noise. Its middle is whole; the margin behind it is up to 34 ms shorter.

        Where next to nothing is to be taken away, it is the span itself.
        """
        if span.begins:
            self._enhancer.reset()
            self._held, self._next, self._ahead = np.zeros(0), 0, 0
        fresh = span.samples[span.before + self._ahead :]
        behind = len(span.samples) - span.before - span.count
        ends = behind < WINDOW + BLUR
        sure = fresh if ends else fresh[: len(fresh) - BLUR]
        self._held = np.concatenate([self._held, self._enhancer.push(sure)])
        told = np.concatenate([self._held, self._enhancer.rest()]) if ends else self._held
        before = min(span.before, self._next)
        cleaned = replace(span, samples=told[self._next - before : self._next + span.count + behind], before=before)
        self._ahead = behind - (len(fresh) - len(sure))
        self._go_on(span.count)
        taken = float(np.sum((span.middle - cleaned.middle) ** 2))
        return span if taken <= QUIET * float(np.sum(cleaned.middle**2)) else cleaned

    def _go_on(self, count: int) -> None:
        """Keep a margin of what lies before the next span."""
        self._next += count
        drop = max(0, self._next - round(MARGIN * RATE) - 1)
        self._held, self._next = self._held[drop:], self._next - drop
