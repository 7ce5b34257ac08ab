"""Sentences with the words that are in them: read by people, and spoken by synthesisers; clean, and with noise."""

import csv
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from actors.detectors.sound import resampled
from bench.page import DATA
from bench.spoken_answers import ANSWERS
from infra.rtc.recording import open_recording
from schemas.media import AudioChunk, Floats

SPEECH, NOISE, GRID = DATA / "speech", DATA / "noise", DATA / "video" / "grid"
JFK = "and so my fellow americans ask not what your country can do for you ask what you can do for your country"
"""Words of `jfk.flac`, from the data's own description."""
GRID_WORDS = {
    "sbwe5n": "set blue with e five now",
    "brbk7n": "bin red by k seven now",
    "lbax4n": "lay blue at x four now",
    "lbbc2a": "lay blue by c two again",
}
"""Words of the clips, which their names spell."""
VOICES = ("slt", "rms", "awb")
"""Of flite: two American voices and a Scottish one, in turn."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One utterance."""

    words: str
    """Lower case, without punctuation."""
    samples: Floats
    """-1..1, `RATE` a second."""


def normalised(text: str) -> str:
    """Words as they are compared: lower case, hyphens and slashes as spaces, no punctuation but apostrophes."""
    return " ".join(re.sub(r"[^a-z0-9' ]", "", re.sub(r"[-/]", " ", text.lower())).split())


def read_aloud() -> list[Sentence]:
    """Kennedy's sentence, and those of the data's twelve of which it has the words."""
    if not SPEECH.is_dir():
        return []
    found = [Sentence(JFK, _file(SPEECH / "jfk.flac"))]
    with (SPEECH / "sentences" / "ASR_train.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            found.append(Sentence(normalised(row["wrd"]), _file(SPEECH / "sentences" / Path(row["wav"]).name)))
    return found


def commands() -> list[Sentence]:
    """The clips of GRID: six words each, which are no sentence that a language model expects."""
    found = []
    for path in sorted(GRID.glob("*.mpg")):
        pieces = [chunk for chunk in open_recording(path).read() if isinstance(chunk, AudioChunk)]
        samples = np.concatenate([piece.samples for piece in pieces])
        found.append(Sentence(GRID_WORDS[path.stem], resampled(samples, pieces[0].rate)))
    return found


def synthetic(job: str, program: str) -> list[Sentence]:
    """The written answers of a job, spoken by `flite` or `espeak-ng`; none where the program is not there."""
    if shutil.which(program) is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        found = []
        for number, words in enumerate(ANSWERS[job]):
            voice = VOICES[number % len(VOICES)]
            said = {
                "flite": ["flite", "-voice", voice, "-t", words, "-o", str(path)],
                "espeak-ng": ["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), words],
            }
            subprocess.run(said[program], check=True)
            found.append(Sentence(words, _file(path)))
    return found


def noisy(sentences: Sequence[Sentence], decibels: float | None) -> list[Sentence]:
    """The sentences with the data's noises in turn, at a ratio of speech to noise in dB; None adds none."""
    if decibels is None:
        return list(sentences)
    noises = [_file(path) for path in sorted(NOISE.glob("*.wav"))]
    found = []
    for number, sentence in enumerate(sentences):
        noise = np.resize(noises[number % len(noises)], len(sentence.samples))
        ratio = np.sqrt(np.mean(sentence.samples**2) / np.mean(noise**2)) * 10 ** (-decibels / 20)
        found.append(Sentence(sentence.words, sentence.samples + ratio * noise))
    return found


def _file(path: Path) -> Floats:
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    return resampled(np.asarray(samples.mean(axis=1)), rate)
