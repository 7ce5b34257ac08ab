"""The Berlin emotional speech as it lies in the shared data: clips, what was played, and the syllables in them.

The clips are all two seconds long: longer sentences are cut, shorter ones padded. Of a syllable that the cut goes
through, the share before the cut counts.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import soundfile

from bench.page import DATA
from schemas.media import Floats

FOLDER = DATA / "emodb"
LABELS = DATA / "emodb_labels" / "labsilb"
PLAYED = {
    "W": "anger",
    "L": "boredom",
    "E": "disgust",
    "A": "fear",
    "F": "happiness",
    "T": "sadness",
    "N": "neutral",
}


@dataclass(frozen=True, slots=True)
class Clip:
    """One sentence as one actor played it."""

    name: str
    rate: int
    samples: Floats
    """16-bit."""

    @property
    def speaker(self) -> str:
        """Two digits."""
        return self.name[:2]

    @property
    def played(self) -> str:
        """The emotion that the actor was asked for."""
        return PLAYED[self.name[5]]


@dataclass(frozen=True, slots=True)
class Syllables:
    """What is marked in a clip."""

    count: float
    """Syllables up to the clip's end."""
    spoken: float
    """Seconds of them, pauses left out."""


def clips() -> list[Clip]:
    """All that are there, in the order of their names."""
    found = []
    for path in sorted(FOLDER.glob("*.flac")):
        samples, rate = soundfile.read(path, dtype="int16")
        found.append(Clip(path.stem, rate, np.asarray(samples)))
    return found


def syllables(clip: Clip) -> Syllables | None:
    """The marked syllables of `clip`, or None where nobody marked it.

    A label stands at its syllable's start; `(` is a pause and `.` the end.
    """
    path = LABELS / f"{clip.name}.labsilb"
    if not path.is_file():
        return None
    lines = path.read_text(encoding="latin-1").split("#", 1)[1].splitlines()
    marks = [(float(parts[0]), parts[2]) for parts in map(str.split, lines) if len(parts) >= 3]
    end, count, spoken = len(clip.samples) / clip.rate, 0.0, 0.0
    for (start, text), (after, _) in pairwise(marks):
        if text not in (".", "(") and after > start:
            share = min(max((end - start) / (after - start), 0.0), 1.0)
            count, spoken = count + share, spoken + share * (after - start)
    return Syllables(count, spoken)
