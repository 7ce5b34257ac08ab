"""How fast somebody speaks, from the nuclei of syllables; and where they pause.

Method: N. H. de Jong & T. Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate automatically":
a syllable's nucleus is a peak of intensity that stands out of its surroundings and is voiced. Here the intensity is
that of the band of the first formants, in which vowels stand out of consonants. A pause is a pause: people think,
breathe and search for words, and it says nothing about them.
"""

from collections import deque

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from actors.detectors.pitch import PitchTrack
from actors.detectors.span import RATE, Span
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.observation import SpeechObservation, SpeechRateObservation

NAME = "speech-rate/1"

STEP = 0.005
"""Seconds between two values of the intensity; that of the pitch."""
WINDOW = 0.02
"""Seconds that one value is taken from."""
BAND = (300.0, 3400.0)
"""Hz: the telephone's, which holds the first formants and leaves out hum, and the hiss of fricatives."""
SMOOTHING = 0.01
"""Seconds, the standard deviation of the smoothing over time."""
DIP = 0.5
"""dB by which a nucleus stands out (de Jong & Wempe: 2, on a smoother intensity)."""
RANGE = 30.0
"""dB below the loudest nucleus under which none is looked for (de Jong & Wempe: 25)."""
FADING = 3.0
"""dB that the loudest nucleus fades in a second without one as loud."""
QUIETEST = -50.0
"""dBFS in the band below which there is no nucleus."""
PAUSE = 0.4
"""Seconds between two nuclei from which on they are two phrases': twice a slow syllable (de Jong & Bosker 2013 take
0.25 s of silence for a pause, to which the halves of two syllables come here)."""
HEARD = 10.0
"""Seconds that a rate is taken over; fewer hold too few syllables for an error below a tenth
(`bench/speech_rate.py`)."""
LEAST = 4
"""Intervals between syllables below which no rate is told."""
SURE = 24
"""Intervals from which on the confidence is 1."""

_HOP, _LENGTH = int(RATE * STEP), int(RATE * WINDOW)
_HANN = np.hanning(_LENGTH + 2)[1:-1]
_FFT = 512
_FREQUENCIES = np.fft.rfftfreq(_FFT, 1 / RATE)
_IN_BAND = (BAND[0] <= _FREQUENCIES) & (BAND[1] > _FREQUENCIES)
_SCALE = 2 / (_FFT * float(np.sum(_HANN**2)))
"""Makes the sum over the band a mean square."""


def band_level(samples: Floats) -> Floats:
    """dBFS in `BAND` of sound at `RATE` (-1..1), one value at its start and one every `STEP` seconds; at least -100."""
    count = len(samples) // _HOP + 1
    half = _LENGTH // 2
    padded = np.concatenate([np.zeros(half), samples, np.zeros(half + _HOP)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, _LENGTH)[np.arange(count) * _HOP]
    power = np.abs(np.fft.rfft(frames * _HANN, _FFT)) ** 2
    smooth = gaussian_filter1d(power[:, _IN_BAND].sum(axis=1) * _SCALE, SMOOTHING / STEP)
    return np.asarray(10 * np.log10(np.maximum(smooth, 1e-10)))


def syllable_nuclei(level: Floats, voiced: Floats, loudest: float) -> Floats:
    """Seconds from the start at which nuclei lie, of `level` (dB) and whether there is a voice, both every `STEP`."""
    peaks, _ = find_peaks(level, height=max(loudest - RANGE, QUIETEST), prominence=DIP)
    return np.asarray([peak * STEP for peak in peaks if peak < len(voiced) and voiced[peak]])


def rate_of(nuclei: Floats) -> tuple[float | None, int]:
    """Syllables per second between nuclei (rising seconds), pauses left out, and of how many intervals.

    None below `LEAST` of them.
    """
    intervals = np.diff(nuclei)
    spoken = intervals[intervals < PAUSE]
    total = float(spoken.sum())
    return (len(spoken) / total if len(spoken) >= LEAST and total > 0 else None), len(spoken)


class SpeechRateDetector:
    """Follows one person. Takes the spans of one stream in their order."""

    def __init__(self) -> None:
        self._forget()

    def observe(self, span: Span, track: PitchTrack, speech: SpeechObservation | None = None) -> SpeechRateObservation:
        """The rate over the last `HEARD` seconds, and the syllables and pauses of this span.

        `track` is the pitch of the span's middle. Nuclei outside of the segments of `speech`, where it is given, are
        not counted: a hum is voiced too. Nothing is counted in a span with a problem.
        """
        if span.begins:
            self._forget()
        problem = span.problem
        new = np.zeros(0) if problem is not None else self._nuclei(span, track)
        times = [SessionTime(span.at + round(float(second) * MICROSECONDS)) for second in new]
        if speech is not None:
            times = [time for time in times if any(start <= time < end for start, end in speech.segments)]
        pauses = self._take(times)
        while self._times and self._times[0] < span.at + span.duration * MICROSECONDS - HEARD * MICROSECONDS:
            self._times.popleft()
        rate, intervals = rate_of(np.array(self._times) / MICROSECONDS) if problem is None else (None, 0)
        return SpeechRateObservation(
            at=span.at,
            duration=span.duration,
            confidence=min(intervals / SURE, 1.0) if rate is not None else 0.0,
            detector=NAME,
            syllables=len(times),
            rate=rate,
            pauses=pauses,
            problem=problem,
        )

    def _forget(self) -> None:
        self._times: deque[SessionTime] = deque()
        self._last: SessionTime | None = None
        self._loudest = QUIETEST

    def _take(self, times: list[SessionTime]) -> tuple[float, ...]:
        """Keep the nuclei; the seconds of each pause that one of them ends."""
        pauses = []
        for time in times:
            if self._last is not None and time - self._last >= PAUSE * MICROSECONDS:
                pauses.append((time - self._last) / MICROSECONDS)
            self._last = time
            self._times.append(time)
        return tuple(pauses)

    def _nuclei(self, span: Span, track: PitchTrack) -> Floats:
        """Seconds after `span.at`, found with the margins in view."""
        level = band_level(span.samples)
        self._loudest = max(float(level.max()), self._loudest - FADING * span.duration)
        first = round(span.before / _HOP)
        voiced = np.zeros(len(level))
        middle = track.voiced[: len(level) - first]
        voiced[first : first + len(middle)] = middle
        return syllable_nuclei(level, voiced, self._loudest) - first * STEP
