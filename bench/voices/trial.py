"""Speech that nothing here was learnt from or chosen by, in noises of which the same holds."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.signal import fftconvolve

from bench.voices import noises
from bench.voices.corpora import Part
from schemas.media import Floats

PEAK = 0.5
"""Of the noisy sound: 6 dB below full scale."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence in one noise."""

    speaker: str
    noise: str
    clean: Floats
    """What is to be found again, as loud as it is in `noisy`."""
    noisy: Floats


Noise = Callable[[np.random.Generator, int], Floats]


def noises_for(part: Part, speaker: str) -> dict[str, Noise]:
    """Those to report on, by name: two recordings, the other speakers all at once, and rain."""
    others = [clip for name, clips in part.speech.items() if name != speaker for clip in clips]

    def recording(sound: Floats) -> Noise:
        return lambda chance, count: np.take(sound, chance.integers(len(sound)) + np.arange(count), mode="wrap")

    recorded = {name: recording(sound) for name, sound in part.noises.items()}
    return {**recorded, "babble": lambda chance, count: noises.babble(chance, count, others), "rain": noises.rain}


def trial(part: Part, speaker: str, number: int, noise: str, ratio: float | None, *, room: str | None = None) -> Trial:
    """The speaker's sentence of that number with `noise` `ratio` dB below it, the same whenever it is asked for.

    Without a ratio there is no noise. With a room, what is to be found again is the speech in that room.
    """
    clean = part.speech[speaker][number]
    if room is not None:
        clean = np.asarray(fftconvolve(clean, part.rooms[room])[: len(clean)])
    added = np.zeros(len(clean))
    if ratio is not None:
        chance = np.random.default_rng([number, crc32(f"{speaker} {noise}".encode())])
        added = noises_for(part, speaker)[noise](chance, len(clean))
        added *= np.sqrt(np.mean(clean**2) / np.mean(added**2)) * 10 ** (-ratio / 20)
    scale = PEAK / np.abs(clean + added).max()
    return Trial(speaker, noise, clean * scale, (clean + added) * scale)
