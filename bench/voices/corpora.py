"""Speech, noises and rooms for enhancement, and how each is parted. Every choice is made on the part named `choose`.

No speaker, no noise and no room is in two parts. Speakers: eight of the Berlin emotional speech to learn from, two to
choose by; to report on, four who speak another language and were recorded elsewhere (the two of FDA-UE and the two
who read SpeechBrain's sentences). `rir2` is left out: most of it is noise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from actors.detectors.span import RATE
from bench.page import DATA
from schemas.media import Floats

LEARN_SPEAKERS = ("03", "08", "10", "11", "13", "14", "15", "16")
CHOOSE_SPEAKERS = ("09", "12")
REPORT_SPEAKERS = ("rl", "sb", "spk1", "spk2")
NOISES = {"learn": ("noise1", "noise4"), "choose": ("noise2",), "report": ("noise3", "noise5")}
ROOMS = {"learn": ("rir1", "rir3"), "choose": (), "report": ("rir4",)}
QUIET = 1e-3
"""Peak (-60 dBFS) below which the ends of a clip are cut off: some are filled up with silence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension each, `RATE` a second."""

    speech: Mapping[str, Sequence[Floats]]
    """The clips of each speaker."""
    noises: Mapping[str, Floats]
    rooms: Mapping[str, Floats]
    """Impulse responses that begin with the direct sound."""


def learn(data: Path = DATA) -> Part:
    """What is learnt from."""
    return _part(data, "learn", _berlin(data, LEARN_SPEAKERS))


def choose(data: Path = DATA) -> Part:
    """What is chosen by."""
    return _part(data, "choose", _berlin(data, CHOOSE_SPEAKERS))


def report(data: Path = DATA) -> Part:
    """What is reported, never chosen by."""
    folders = {"rl": "pitch_fda", "sb": "pitch_fda", "spk1": "speech/sentences", "spk2": "speech/sentences"}
    speech = {
        speaker: [_read(path) for path in sorted((data / folders[speaker]).glob(f"{speaker}*.wav"))]
        for speaker in REPORT_SPEAKERS
    }
    return _part(data, "report", speech)


def _part(data: Path, name: str, speech: Mapping[str, Sequence[Floats]]) -> Part:
    return Part(
        speech,
        {noise: _read(data / "noise" / f"{noise}.wav") for noise in NOISES[name]},
        {room: _direct(_read(data / "rir" / f"{room}.wav")) for room in ROOMS[name]},
    )


def _berlin(data: Path, speakers: Sequence[str]) -> dict[str, list[Floats]]:
    return {
        speaker: [_trimmed(_read(path)) for path in sorted((data / "emodb").glob(f"{speaker}*.flac"))]
        for speaker in speakers
    }


def _read(path: Path) -> Floats:
    samples, rate = soundfile.read(path, dtype="float64")
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    return np.asarray(mono if rate == RATE else resample_poly(mono, RATE, rate))


def _trimmed(samples: Floats) -> Floats:
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    return samples[loud[0] : loud[-1] + 1]


def _direct(room: Floats) -> Floats:
    """From the direct sound on, which has the power of one: it is neither delayed nor made louder."""
    cut = room[int(np.abs(room).argmax()) :]
    return np.asarray(cut / cut[0])
