"""Pitch against a laryngograph, beside Praat's autocorrelation on the same frames.

Run: `python -m bench.pitch`. Writes `bench/results/pitch.md`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import parselmouth
from scipy.io import wavfile

from actors.detectors import pitch
from actors.detectors.sound import SoundStream, resampled
from actors.detectors.span import RATE
from bench.page import DATA, Page
from schemas.media import AudioChunk, Floats, SessionTime

FOLDER = DATA / "pitch_fda"
REFERENCE_STEP = 0.015
"""Seconds between the values of the reference; value k lies at k times it."""
GROSS = 0.2
"""An estimate more than this share away from the reference is a gross error (Rabiner et al. 1976)."""
CHUNK = 0.02
"""Seconds of sound in one piece, as a browser sends it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One recording and its reference."""

    name: str
    rate: int
    samples: Floats
    """16-bit."""
    reference: Floats
    """Hz; 0 without voice."""


Tracker = Callable[[Sentence], Floats]
"""The pitch at the times of the reference; 0 without voice."""


def sentences() -> list[Sentence]:
    """All that are there."""
    found = []
    for path in sorted(FOLDER.glob("*.wav")):
        rate, samples = wavfile.read(path)
        found.append(Sentence(path.stem, rate, samples, np.loadtxt(path.with_suffix(".f0ref"))))
    return found


def streamed(sentence: Sentence, change: Callable[[Floats, int], tuple[Floats, int]] | None = None) -> Floats:
    """Ours as it runs: in pieces of 20 ms, decided second by second."""
    samples, rate = (sentence.samples, sentence.rate) if change is None else change(sentence.samples, sentence.rate)
    stream, detector, size = SoundStream(), pitch.PitchDetector(), int(rate * CHUNK)
    parts = []
    for first in range(0, len(samples), size):
        at = SessionTime(round(first / rate * 1e6))
        piece = AudioChunk(at, rate, np.asarray(samples[first : first + size], dtype=np.int16))
        parts += [detector.track(span).frequency for span in stream.push(piece)]
    parts += [detector.track(span).frequency for span in stream.close()]
    return at_reference(np.nan_to_num(np.concatenate(parts)), pitch.STEP, 0.0, len(sentence.reference))


def whole(sentence: Sentence) -> Floats:
    """Ours over the whole sentence at once."""
    track = pitch.pitch_track(resampled(sentence.samples, sentence.rate))
    return at_reference(np.nan_to_num(track.frequency), pitch.STEP, 0.0, len(sentence.reference))


def praat(sentence: Sentence) -> Floats:
    """Praat's autocorrelation with its own costs, over the same range and step."""
    sound = parselmouth.Sound(sentence.samples / 32_768, sentence.rate)
    found = sound.to_pitch_ac(time_step=pitch.STEP, pitch_floor=pitch.LOWEST, pitch_ceiling=pitch.HIGHEST)
    return at_reference(found.selected_array["frequency"], pitch.STEP, found.xs()[0], len(sentence.reference))


def at_reference(frequency: Floats, step: float, start: float, count: int) -> Floats:
    """The estimate nearest to each value of the reference."""
    index = np.rint((np.arange(count) * REFERENCE_STEP - start) / step).astype(int)
    return np.asarray(frequency[np.clip(index, 0, len(frequency) - 1)])


def errors(estimates: Sequence[Floats], of: Sequence[Sentence]) -> tuple[float, float]:
    """Gross error (share of the frames both call voiced) and voicing error (share of all frames), in per cent."""
    estimate, truth = np.concatenate(list(estimates)), np.concatenate([each.reference for each in of])
    both = (estimate > 0) & (truth > 0)
    gross = np.abs(estimate - truth)[both] > GROSS * truth[both]
    return 100 * float(gross.mean()), 100 * float(((estimate > 0) != (truth > 0)).mean())


def row(name: str, tracker: Tracker, of: Sequence[Sentence]) -> str:
    """One line of the table: all, then each speaker."""
    start = time.process_time()
    estimates = [tracker(each) for each in of]
    spent = time.process_time() - start
    seconds = sum(len(each.samples) / each.rate for each in of)
    cells = [*errors(estimates, of)]
    for speaker in ("rl", "sb"):
        some = [number for number, each in enumerate(of) if each.name.startswith(speaker)]
        cells += errors([estimates[number] for number in some], [of[number] for number in some])
    return f"| {name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + f" | {1000 * spent / seconds:.1f} |"


def noisy(decibels: float) -> Tracker:
    """Ours with white noise so many decibels below the sentence."""

    def changed(samples: Floats, rate: int) -> tuple[Floats, int]:
        level = np.sqrt(np.mean(samples.astype(float) ** 2)) * 10 ** (-decibels / 20)
        return np.clip(samples + np.random.default_rng(1).normal(0, level, len(samples)), -32_768, 32_767), rate

    return lambda sentence: streamed(sentence, changed)


def at_rate(rate: int) -> Tracker:
    """Ours with the sentence at another sampling rate."""

    def changed(samples: Floats, old: int) -> tuple[Floats, int]:
        seconds = len(samples) / old
        times = np.arange(int(seconds * RATE)) / RATE
        new = np.arange(int(seconds * rate)) / rate
        return np.interp(new, times, resampled(samples, old)[: len(times)] * 32_767), rate

    return lambda sentence: streamed(sentence, changed)


def clipped(sentence: Sentence) -> Floats:
    """Ours with the sentence 12 dB too loud for 16 bits."""
    full = 4 * 32_767 / np.abs(sentence.samples.astype(float)).max()
    return streamed(sentence, lambda samples, rate: (np.clip(samples * full, -32_768, 32_767), rate))


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("pitch", "Pitch against a laryngograph", f"`{pitch.NAME}`, praat-parselmouth {parselmouth.VERSION}")
    of = sentences()
    if not of:
        page.absent(FOLDER)
        return
    page.say(
        f"{len(of)} sentences of FDA-UE, {sum(len(each.reference) for each in of)} values of reference, one every "
        "15 ms; the estimate is that of the nearest 5 ms. Range 60 to 500 Hz. *Gross*: share (%) of the values that "
        "both call voiced in which the estimate is more than 20 % off. *Voicing*: share (%) of all values in which "
        "voiced is taken for unvoiced or the reverse. CPU time is per second of sound.",
        "Window, voicing and silence thresholds were chosen from a grid of 36 on these sentences; choosing on one "
        "speaker's alone (RL, a man; SB, a woman) picks the same three for both, so each speaker's row is also what "
        "choosing on the other gives. Praat has its own costs.",
    )
    page.say(
        "\n".join(
            [
                "| tracker | gross | voicing | RL gross | RL voicing | SB gross | SB voicing | CPU ms |",
                "|---|---|---|---|---|---|---|---|",
                row("ours, streamed in pieces of 20 ms", streamed, of),
                row("ours, whole sentence", whole, of),
                row("Praat autocorrelation", praat, of),
                row("ours, streamed at 48 kHz", at_rate(48_000), of),
                row("ours, streamed at 8 kHz", at_rate(8_000), of),
                row("ours, streamed, 12 dB too loud (clipped)", clipped, of),
                row("ours, streamed, white noise at 20 dB", noisy(20), of),
                row("ours, streamed, white noise at 10 dB", noisy(10), of),
            ]
        )
    )
    page.write()


if __name__ == "__main__":
    main()
