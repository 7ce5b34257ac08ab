"""A voice made of nothing: equal harmonics through two formants, louder and softer by the syllable."""

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.signal import lfilter

from actors.detectors.sound import SoundStream
from actors.detectors.span import Span
from schemas.media import AudioChunk, Floats, SessionTime

FORMANTS = ((700.0, 130.0), (1220.0, 110.0))
"""Hz and bandwidth of an open vowel (Peterson & Barney 1952)."""


def vowel(seconds: float, pitch: float, rate: int = 16_000, height: float = 0.5) -> Floats:
    """An even vowel, -1..1."""
    phase = 2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate
    sound: Floats = np.sum([np.cos(number * phase) for number in range(1, int(0.45 * rate / pitch))], axis=0)
    for frequency, width in FORMANTS:
        radius = np.exp(-np.pi * width / rate)
        sound = np.asarray(lfilter([1], [1, -2 * radius * np.cos(2 * np.pi * frequency / rate), radius**2], sound))
    return np.asarray(height * sound / np.abs(sound).max(), dtype=np.float64)


def syllables(count: int, pitch: float, each: float = 0.2) -> Floats:
    """So many syllables: a vowel that swells and fades over the first three quarters of `each` seconds."""
    length = round(each * 16_000)
    one = np.concatenate([np.hanning(length * 3 // 4), np.zeros(length - length * 3 // 4)])
    return np.asarray(vowel(count * each, pitch)[: count * length] * np.tile(one, count))


def chunks(sound: Floats, rate: int = 16_000, start: float = 0.0, size: float = 0.02) -> Iterator[AudioChunk]:
    """The sound in pieces of `size` seconds, as 16 bits."""
    step = round(size * rate)
    whole = np.asarray(np.clip(np.rint(sound * 32_768), -32_768, 32_767), dtype=np.int16)
    for first in range(0, len(whole), step):
        at = SessionTime(round((start + first / rate) * 1_000_000))
        yield AudioChunk(at, rate, whole[first : first + step])


def spans(pieces: Iterable[AudioChunk]) -> list[Span]:
    """All spans of one stream."""
    stream = SoundStream()
    found = [span for piece in pieces for span in stream.push(piece)]
    return [*found, *stream.close()]


def heard(sound: Floats, rate: int = 16_000, start: float = 0.0) -> list[Span]:
    """The spans of `sound`."""
    return spans(chunks(sound, rate, start))
