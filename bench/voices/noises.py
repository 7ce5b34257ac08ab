"""Noises made from chance, since few are recorded: each takes a generator and a number of samples at `RATE`."""

from collections.abc import Sequence

import numpy as np
from scipy.signal import fftconvolve

from actors.detectors.span import RATE
from schemas.media import Floats


def shaped(samples: Floats, chance: np.random.Generator, spread: float, tilt: float = 0.0) -> Floats:
    """`samples` through a random smooth filter.

    Its gain is drawn at seven frequencies with a standard deviation of `spread` dB, and falls by `tilt` dB an octave.
    """
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE)
    octave = np.log2(np.maximum(frequency, 40.0) / 1000.0)
    knots = np.linspace(octave[0], octave[-1], 7)
    gain = np.interp(octave, knots, chance.normal(0, spread, 7)) - tilt * octave
    return np.asarray(np.fft.irfft(np.fft.rfft(samples) * 10 ** (gain / 20), len(samples)))


def white(chance: np.random.Generator, count: int) -> Floats:
    """The same power at every frequency."""
    return chance.normal(0, 1, count)


def pink(chance: np.random.Generator, count: int) -> Floats:
    """3 dB less with every octave."""
    return shaped(white(chance, count), chance, 0.0, 3.0)


def coloured(chance: np.random.Generator, count: int) -> Floats:
    """Any spectrum, and half of the time a level that swells and fades: fans, streets, rooms."""
    sound = shaped(white(chance, count), chance, 8.0, chance.uniform(0, 6))
    return sound * swell(chance, count) if chance.random() < 0.5 else sound


def swell(chance: np.random.Generator, count: int) -> Floats:
    """A level that wanders by some 6 dB, a few times a second."""
    knots = max(2, int(count / RATE * chance.uniform(0.5, 6)))
    level = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, knots), chance.normal(0, 6, knots))
    return np.asarray(10 ** (level / 20))


def hum(chance: np.random.Generator, count: int) -> Floats:
    """Mains or a motor: a low tone that drifts a little, and its multiples, with some noise."""
    base = float(chance.choice([50.0, 60.0, 100.0, 120.0, chance.uniform(80, 400)]))
    phase = 2 * np.pi * np.cumsum(base * (1 + 0.01 * (swell(chance, count) - 1))) / RATE
    tones = range(1, int(min(40, 6000 / base)))
    sound = sum(chance.exponential() / each**0.7 * np.sin(each * phase + chance.uniform(0, 6)) for each in tones)
    return np.asarray(sound + chance.uniform(0, 0.5) * coloured(chance, count))


def rumble(chance: np.random.Generator, count: int) -> Floats:
    """Wind, a lorry outside, a hand on the microphone: gusts of what lies below 40 to 250 Hz, with a little above."""
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    gain = 1 / (1 + (frequency / chance.uniform(40, 250)) ** chance.uniform(2, 4))
    low = np.fft.irfft(np.fft.rfft(white(chance, count)) * gain, count)
    gusts = swell(chance, count) * swell(chance, count)
    return np.asarray(low / low.std() * gusts + 10 ** (chance.uniform(-40, -15) / 20) * coloured(chance, count))


def clicks(chance: np.random.Generator, count: int) -> Floats:
    """Short bursts, 2 to 12 a second: keys, a pen, things put down on a table."""
    sound = np.zeros(count)
    for start in chance.integers(0, count, int(chance.uniform(2, 12) * count / RATE) + 1):
        length = int(RATE * chance.uniform(0.005, 0.06))
        burst = chance.normal(0, 1, length) * np.exp(-np.arange(length) / (length / 5)) * chance.exponential()
        burst = shaped(burst, chance, 10.0)
        sound[start : start + length] += burst[: count - start]
    return sound + 0.01 * white(chance, count)


def babble(chance: np.random.Generator, count: int, clips: Sequence[Floats]) -> Floats:
    """Four to eight voices at once, at different levels."""
    sound = np.zeros(count)
    for _ in range(int(chance.integers(4, 9))):
        voice = _strung(chance, count, clips)
        sound += voice / (np.sqrt(np.mean(voice**2)) + 1e-9) * 10 ** (chance.normal(0, 4) / 20)
    return sound


def voice_shaped(chance: np.random.Generator, count: int, clips: Sequence[Floats]) -> Floats:
    """Noise with the spectrum of voices: theirs, with its phases lost."""
    spectrum = np.fft.rfft(babble(chance, count, clips))
    return np.asarray(np.fft.irfft(np.abs(spectrum) * np.exp(2j * np.pi * chance.random(len(spectrum))), count))


def rain(chance: np.random.Generator, count: int) -> Floats:
    """Some two thousand drops a second, each a short ring. Never learnt from: kept for the report."""
    drops = np.where(chance.random(count) < 0.12, chance.exponential(1, count) * chance.choice([-1, 1], count), 0.0)
    time = np.arange(int(0.004 * RATE)) / RATE
    ring = np.exp(-time / 0.0006) * np.sin(2 * np.pi * 2800 * time)
    return np.asarray(fftconvolve(drops, ring)[:count] + 0.1 * pink(chance, count))


def room(chance: np.random.Generator) -> Floats:
    """The response of a small room: the direct sound, then noise that dies away within 0.15 to 0.6 s."""
    length = int(RATE * chance.uniform(0.15, 0.6))
    tail = chance.normal(0, 1, length) * 10 ** (-3 * np.arange(length) / length)
    tail *= 10 ** (chance.uniform(-18, -3) / 20) / np.sqrt(np.sum(tail**2))
    tail[: int(0.002 * RATE)] = 0.0
    tail[0] = 1.0
    return tail


def _strung(chance: np.random.Generator, count: int, clips: Sequence[Floats]) -> Floats:
    """Random clips one after the other, from anywhere in the first."""
    parts: list[Floats] = []
    lead = int(chance.integers(0, RATE))
    while sum(map(len, parts)) < count + lead:
        parts.append(clips[int(chance.integers(len(clips)))])
    return np.concatenate(parts)[lead : lead + count]
