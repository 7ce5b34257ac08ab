"""The fundamental frequency of a voice, by autocorrelation, followed over time.

Method: P. Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio
of a sampled sound": the autocorrelation of a windowed frame, divided by that of the window, has its peaks at the
periods; the cheapest path through the candidates of all frames, one of which is "unvoiced", is the pitch. Costs are
those of that paper but for three values, which were chosen on laryngograph recordings (`bench/pitch.py`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actors.detectors.span import RATE, Span
from schemas.media import Floats
from schemas.observation import PitchObservation

NAME = "pitch/1"

STEP = 0.005
"""Seconds from frame to frame."""
LOWEST, HIGHEST = 60.0, 500.0
"""Hz."""
WINDOW = 0.03
"""Seconds. Boersma asks for three periods of the lowest pitch (0.05); a shorter one blurs the ends of voicing less."""
VOICING = 0.5
"""Autocorrelation from which on a frame is voiced (Boersma: 0.45)."""
SILENCE = 0.06
"""Peak of a frame, in parts of the loudest one, below which it is rather unvoiced (Boersma: 0.03)."""
OCTAVE, OCTAVE_JUMP, CHANGE = 0.01, 0.35, 0.14
"""Costs per octave below the highest candidate, per octave of jump in 10 ms, and of beginning or ending to voice."""
CANDIDATES = 12
"""Kept per frame."""
QUIETEST = 0.005
"""The least that counts as a loudest peak (-46 dBFS): below it a room's noise would be taken for a voice."""
MEMORY = 0.7
"""What is left of the loudest peak after a second without one as loud: 20 dB in six and a half seconds."""
CONTOUR_STEP = 0.01
"""Seconds between the values of a contour."""
LEAST_VOICED = 0.05
"""Seconds of voice that a span must hold for its pitch to be told."""

_LAGS = np.arange(int(RATE / HIGHEST), int(np.ceil(RATE / LOWEST)) + 1)
_LENGTH = int(RATE * WINDOW)
_HOP = int(RATE * STEP)
_HANN = np.hanning(_LENGTH + 2)[1:-1]
_FFT = 1 << int(np.ceil(np.log2(_LENGTH + _LAGS[-1] + 2)))


def _autocorrelation(frames: Floats) -> Floats:
    """Over the last axis, for lags from 0 to one more than the longest."""
    power = np.abs(np.fft.rfft(frames, _FFT)) ** 2
    return np.asarray(np.fft.irfft(power)[..., : _LAGS[-1] + 2])


_OF_WINDOW = _autocorrelation(_HANN) / float(np.sum(_HANN**2))


@dataclass(frozen=True, slots=True)
class PitchTrack:
    """One value per frame; frame k lies at k · `STEP` seconds."""

    frequency: Floats
    """Hz; NaN where there is no voice."""
    strength: Floats
    """Normalised autocorrelation at that period, 0..1: how periodic the frame is; 0 where there is no voice."""

    @property
    def voiced(self) -> npt.NDArray[np.bool_]:
        """Whether there is a voice."""
        return np.isfinite(self.frequency)


def pitch_track(samples: Floats, loudest: float | None = None) -> PitchTrack:
    """The pitch of sound at `RATE` (one dimension, -1..1), one frame at its start and one every `STEP` seconds.

    `loudest` is the peak that silence is judged by, that of `samples` where it is None.
    """
    if not len(samples):
        return PitchTrack(np.zeros(0), np.zeros(0))
    frames = _frames(samples)
    peaks = np.abs(frames).max(axis=1)
    lags, values = _candidates(frames)
    gain = np.where(values > 0, values - OCTAVE * np.log2(LOWEST * lags / RATE), -np.inf)
    reference = max(float(peaks.max()) if loudest is None else loudest, QUIETEST)
    silence = np.maximum(0.0, 2.0 - peaks / reference * (1 + VOICING) / SILENCE)
    path = _cheapest(gain, np.log2(RATE / lags), VOICING + silence)
    chosen = np.minimum(path, CANDIDATES - 1)[:, None]
    voiced = path < CANDIDATES
    return PitchTrack(
        frequency=np.where(voiced, RATE / np.take_along_axis(lags, chosen, 1)[:, 0], np.nan),
        strength=np.where(voiced, np.take_along_axis(values, chosen, 1)[:, 0], 0.0),
    )


class PitchDetector:
    """Measures one person's spans in their order, and remembers how loud they were."""

    def __init__(self) -> None:
        self._loudest = 0.0

    def track(self, span: Span) -> PitchTrack:
        """The pitch of the span's middle, decided with its margins in view."""
        if span.begins:
            self._loudest = 0.0
        peak = float(np.abs(span.samples).max(initial=0.0))
        self._loudest = max(peak, self._loudest * MEMORY ** (span.count / RATE))
        whole = pitch_track(span.samples, self._loudest)
        first = round(span.before / _HOP)
        last = first + round(span.count / _HOP)
        return PitchTrack(whole.frequency[first:last], whole.strength[first:last])

    def observe(self, span: Span) -> PitchObservation:
        """Sum the span up; all values are None where it holds less voice than `LEAST_VOICED`, or a problem."""
        return pitch_observation(span, self.track(span))


def pitch_observation(span: Span, track: PitchTrack) -> PitchObservation:
    """What the track of a span's middle says of its tone."""
    problem = span.problem
    heard = track.frequency[track.voiced]
    if problem is not None or len(heard) * STEP < LEAST_VOICED:
        return PitchObservation(at=span.at, duration=span.duration, confidence=0.0, detector=NAME, problem=problem)
    low, middle, high = (float(value) for value in np.percentile(heard, (10, 50, 90)))
    return PitchObservation(
        at=span.at,
        duration=span.duration,
        confidence=float(np.clip(track.strength[track.voiced].mean(), 0, 1)),
        detector=NAME,
        voiced=float(track.voiced.mean()),
        median=middle,
        low=low,
        high=high,
        contour=tuple(
            float(value) if np.isfinite(value) else None for value in track.frequency[:: round(CONTOUR_STEP / STEP)]
        ),
    )


def _frames(samples: Floats) -> Floats:
    """Overlapping frames, frame k around sample k · hop, each without its mean."""
    count = len(samples) // _HOP + 1
    half = _LENGTH // 2
    padded = np.concatenate([np.zeros(half), samples, np.zeros(half + _HOP)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, _LENGTH)[np.arange(count) * _HOP]
    return np.asarray(frames - frames.mean(axis=1, keepdims=True))


def _candidates(frames: Floats) -> tuple[Floats, Floats]:
    """Lag in samples and height (0..1; 0 stands for none) of the best peaks of each frame, n × `CANDIDATES` each.

    Position and height between samples are those of the parabola through a peak and its neighbours.
    """
    correlation = _autocorrelation(frames * _HANN)
    correlation = correlation / np.maximum(correlation[:, :1], 1e-12) / _OF_WINDOW
    left, top, right = (correlation[:, _LAGS + shift] for shift in (-1, 0, 1))
    peak = (top > left) & (top >= right) & (top > 0)
    bend = np.where(peak, left - 2 * top + right, -1.0)
    shift = np.where(peak, (left - right) / (2 * bend), 0.0)
    heights = np.where(peak, np.clip(top - (left - right) * shift / 4, 0, 1), 0.0)
    lags = _LAGS + shift
    worth = heights - OCTAVE * np.log2(lags)
    best = np.argpartition(-worth, CANDIDATES - 1, axis=1)[:, :CANDIDATES]
    return np.take_along_axis(lags, best, 1), np.take_along_axis(heights, best, 1)


def _cheapest(gain: Floats, octave: Floats, unvoiced: Floats) -> npt.NDArray[np.intp]:
    """The best path (Viterbi): for each frame the index of a candidate, or `CANDIDATES` for unvoiced."""
    scale = 0.01 / STEP
    gains = np.concatenate([gain, unvoiced[:, None]], axis=1)
    back = np.zeros(gains.shape, dtype=np.intp)
    cost = np.full((CANDIDATES + 1, CANDIDATES + 1), CHANGE * scale)
    cost[-1, -1] = 0.0
    total = gains[0]
    for frame in range(1, len(gains)):
        cost[:-1, :-1] = OCTAVE_JUMP * scale * np.abs(octave[frame - 1][:, None] - octave[frame])
        reached = total[:, None] - cost
        back[frame] = reached.argmax(axis=0)
        total = reached.max(axis=0) + gains[frame]
    path = np.empty(len(gains), dtype=np.intp)
    path[-1] = total.argmax()
    for frame in range(len(gains) - 1, 0, -1):
        path[frame - 1] = back[frame, path[frame]]
    return path
