"""Speech in noise, mixed anew for every batch.

What is to be found again is the speech *as it reaches the microphone*, room and all: a mask over a spectrum cannot
take a room away without thinning the voice, and pitch, loudness and rate are measured on the whole voice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve, resample_poly

from actors.detectors.span import RATE
from bench.voices import noises
from bench.voices.corpora import Part
from schemas.media import Floats

SPEEDS = ((10, 9), (1, 1), (9, 10), (5, 6))
"""Up and down of the resampling that makes other voices of those there are."""
SECONDS = 3.0
NEARLY_CLEAN = 15.0
"""Decibels less noise in one sound of ten, to learn where there is nothing to take away."""

Batch = npt.NDArray[np.float32]


@dataclass(slots=True)
class Mixer:
    """Draws noisy speech from one part."""

    part: Part
    ratios: tuple[float, float] = (-5.0, 25.0)
    """Speech to noise, dB: drawn from this range."""
    varied: bool = True
    """Whether voices, rooms, microphones and levels are varied, as when learning."""
    _voices: list[list[Floats]] = field(default_factory=list)
    _clips: list[Floats] = field(default_factory=list)
    _noises: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        speeds = SPEEDS if self.varied else ((1, 1),)
        for clips in self.part.speech.values():
            self._voices += [[_at(clip, *speed) for clip in clips] for speed in speeds]
        self._clips = [clip for voice in self._voices for clip in voice]
        self._noises = [_at(noise, *speed) for noise in self.part.noises.values() for speed in speeds]

    def batch(self, chance: np.random.Generator, size: int) -> tuple[Batch, Batch]:
        """Noisy speech and what is to be found in it: `size` × samples, -1..1, each."""
        pairs = [self._pair(chance) for _ in range(size)]
        noisy, clean = (np.stack(side).astype(np.float32) for side in zip(*pairs, strict=True))
        return noisy, clean

    def _pair(self, chance: np.random.Generator) -> tuple[Floats, Floats]:
        count = int(SECONDS * RATE)
        clean, noise = self._speech(chance, count), self.noise(chance, count)
        if self.varied and chance.random() < 0.5:
            clean = noises.shaped(clean, chance, 4.0)
        if self.varied and chance.random() < 0.4:
            clean = self._in_room(chance, clean)
        ratio = chance.uniform(*self.ratios) + (NEARLY_CLEAN if self.varied and chance.random() < 0.1 else 0.0)
        noise *= _level(clean) / _level(noise) * 10 ** (-ratio / 20)
        if self.varied and chance.random() < 0.15:
            clean, noise = _narrowed(chance, clean, noise)
        noisy = clean + noise
        level = 10 ** (chance.uniform(-40, 0) / 20) if self.varied else 0.5
        scale = level / np.abs(noisy).max()
        return noisy * scale, clean * scale

    def _speech(self, chance: np.random.Generator, count: int) -> Floats:
        voice = self._voices[int(chance.integers(len(self._voices)))]
        parts: list[Floats] = []
        while sum(map(len, parts)) < count + RATE:
            clip = voice[int(chance.integers(len(voice)))]
            parts += [clip / np.abs(clip).max() * 10 ** (chance.normal(0, 2) / 20), np.zeros(_pause(chance))]
        start = int(chance.integers(0, RATE))
        return np.concatenate(parts)[start : start + count]

    def _in_room(self, chance: np.random.Generator, clean: Floats) -> Floats:
        recorded = list(self.part.rooms.values())
        room = recorded[int(chance.integers(len(recorded)))] if chance.random() < 0.3 else noises.room(chance)
        return np.asarray(fftconvolve(clean, room)[: len(clean)])

    def noise(self, chance: np.random.Generator, count: int) -> Floats:
        """One noise, or two at once."""
        sound = self._one(chance, count)
        if chance.random() < 0.25:
            other, below = self._one(chance, count), chance.normal(-3, 4)
            sound = sound / _level(sound) + other / _level(other) * 10 ** (below / 20)
        return sound

    def _one(self, chance: np.random.Generator, count: int) -> Floats:
        kind = chance.choice(KINDS, p=SHARES)
        if kind == "recorded":
            sound = _looped(chance, self._noises, count)
            return noises.shaped(sound, chance, 5.0) if self.varied else sound
        if kind in ("babble", "voice_shaped"):
            make = getattr(noises, kind)
            return np.asarray(make(chance, count, self._clips))
        return np.asarray(getattr(noises, kind)(chance, count))


KINDS: Sequence[str] = ("recorded", "coloured", "white", "pink", "babble", "voice_shaped", "hum", "rumble", "clicks")
SHARES: Sequence[float] = (0.25, 0.15, 0.05, 0.07, 0.2, 0.06, 0.07, 0.08, 0.07)
"""How often each is drawn."""


def _at(samples: Floats, up: int, down: int) -> Floats:
    return samples if up == down else np.asarray(resample_poly(samples, up, down))


def _level(samples: Floats) -> float:
    return float(np.sqrt(np.mean(samples**2))) + 1e-9


def _pause(chance: np.random.Generator) -> int:
    return int(RATE * chance.exponential(0.25))


def _looped(chance: np.random.Generator, sounds: Sequence[Floats], count: int) -> Floats:
    sound = sounds[int(chance.integers(len(sounds)))]
    start = int(chance.integers(len(sound)))
    return np.take(sound, np.arange(start, start + count), mode="wrap")


def _narrowed(chance: np.random.Generator, *sounds: Floats) -> tuple[Floats, ...]:
    """As through a telephone or a codec that keeps nothing above some frequency."""
    edge = chance.uniform(3300, 7000)
    frequency = np.fft.rfftfreq(len(sounds[0]), 1 / RATE)
    gain = 1 / (1 + (frequency / edge) ** 24)
    return tuple(np.asarray(np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))) for sound in sounds)
