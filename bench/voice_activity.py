"""Voice activity in meetings, beside plain Silero in the same run.

Run: `python -m bench.voice_activity`. Writes `bench/results/voice_activity.md`.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.io import wavfile
from silero_vad.utils_vad import get_speech_timestamps_from_probs

from actors.detectors import voice_activity
from actors.detectors.sound import SoundStream
from actors.detectors.span import RATE
from actors.detectors.voice_activity import VoiceActivityDetector
from bench.page import DATA, Page
from infra.models.silero import CHUNK, WEIGHT, Silero
from schemas.media import AudioChunk, Floats, SessionTime

FOLDER = DATA / "vad_ami"
FRAME = 0.01
"""Seconds; no collar."""
PIECE = 320
"""Samples of one piece of sound, 20 ms."""
HANGS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""Seconds that were looked at."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Half a minute of a meeting."""

    name: str
    samples: Floats
    """-1..1, 16 kHz."""
    speech: Flags
    """One per frame: whether anybody speaks."""


def excerpts() -> list[Excerpt]:
    """All recordings that are there, with the union of all speakers' segments."""
    marked: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for labels in FOLDER.glob("*.rttm"):
        for line in labels.read_text(encoding="utf-8").splitlines():
            _, name, _, start, length, *_ = line.split()
            marked[name].append((float(start), float(start) + float(length)))
    found = []
    for path in sorted(FOLDER.glob("*.wav")):
        _, samples = wavfile.read(path)
        found.append(Excerpt(path.stem, samples, flags(marked[path.stem], len(samples))))
    return found


def flags(segments: Sequence[tuple[float, float]], samples: int) -> Flags:
    """Frames whose middle lies in a segment (seconds)."""
    middles = (np.arange(int(samples / RATE / FRAME)) + 0.5) * FRAME
    speech = np.zeros(len(middles), dtype=np.bool_)
    for start, end in segments:
        speech |= (middles >= start) & (middles < end)
    return speech


def ours(excerpt: Excerpt) -> Flags:
    """The detector as it runs: 16-bit pieces of 20 ms, second by second."""
    stream, detector = SoundStream(), VoiceActivityDetector()
    whole = np.asarray(np.clip(np.rint(excerpt.samples * 32_768), -32_768, 32_767), dtype=np.int16)
    found = []
    for first in range(0, len(whole), PIECE):
        at = SessionTime(round(first / RATE * 1e6))
        found += [detector.observe(s) for s in stream.push(AudioChunk(at, RATE, whole[first : first + PIECE]))]
    found += [detector.observe(span) for span in stream.close()]
    seconds = [(start / 1e6, end / 1e6) for each in found for start, end in each.segments]
    return flags(seconds, len(excerpt.samples))


def plain(excerpt: Excerpt) -> Flags:
    """Silero's probability from 0.5 on, chunk by chunk."""
    speech = np.flatnonzero(Silero().probabilities(excerpt.samples) >= 0.5) * CHUNK / RATE
    return flags([(start, start + CHUNK / RATE) for start in speech], len(excerpt.samples))


def stamps(excerpt: Excerpt) -> Flags:
    """Silero's own segments (`get_speech_timestamps`) with its own settings, which look ahead."""
    padded = np.pad(excerpt.samples, (0, -len(excerpt.samples) % CHUNK))
    found = get_speech_timestamps_from_probs(
        Silero().probabilities(padded).tolist(), RATE, audio_length_samples=len(excerpt.samples)
    )
    return flags([(each["start"] / RATE, each["end"] / RATE) for each in found], len(excerpt.samples))


def hanging(begin: float, go_on: float, hang: float) -> Callable[[Excerpt], Flags]:
    """Ours with other settings."""

    def detect(excerpt: Excerpt) -> Flags:
        before = voice_activity.BEGIN, voice_activity.GO_ON, voice_activity.HANG
        try:
            voice_activity.BEGIN, voice_activity.GO_ON, voice_activity.HANG = begin, go_on, hang
            return ours(excerpt)
        finally:
            voice_activity.BEGIN, voice_activity.GO_ON, voice_activity.HANG = before

    return detect


def score(found: Sequence[Flags], of: Sequence[Excerpt]) -> tuple[float, float, float]:
    """F1, precision and recall over the frames of all excerpts together, in per cent."""
    said, true = np.concatenate(list(found)), np.concatenate([each.speech for each in of])
    hits = float((said & true).sum())
    return 200 * hits / (said.sum() + true.sum()), 100 * hits / said.sum(), 100 * hits / true.sum()


def row(name: str, detect: Callable[[Excerpt], Flags], of: Sequence[Excerpt]) -> str:
    """One line of the table."""
    start = time.process_time()
    found = [detect(each) for each in of]
    spent = time.process_time() - start
    seconds = sum(len(each.samples) / RATE for each in of)
    return "| " + " | ".join([name, *(f"{v:.1f}" for v in score(found, of)), f"{1000 * spent / seconds:.1f}"]) + " |"


def left_out(of: Sequence[Excerpt]) -> float:
    """F1 when the hang used for each excerpt is the best on the others."""
    found = {hang: [hanging(0.5, 0.35, hang)(each) for each in of] for hang in HANGS}
    chosen = []
    for number in range(len(of)):
        rest = [other for other in range(len(of)) if other != number]
        best = max(HANGS, key=lambda hang: score([found[hang][o] for o in rest], [of[o] for o in rest])[0])
        chosen.append(found[best][number])
    return score(chosen, of)[0]


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("voice_activity", "Voice activity in meetings", f"`{voice_activity.NAME}`")
    of = excerpts()
    if not of:
        page.absent(FOLDER)
        return
    page.say(
        f"{len(of)} excerpts of AMI meetings, {sum(len(each.samples) / RATE for each in of):.0f} s, of which "
        f"{100 * np.concatenate([each.speech for each in of]).mean():.0f} % are marked as speech of somebody. Frames "
        f"of 10 ms, no collar, all excerpts together. Silero {WEIGHT.version}. CPU time is per second of sound, one "
        "thread.",
        "\n".join(
            [
                "| detector | F1 % | precision % | recall % | CPU ms |",
                "|---|---|---|---|---|",
                row("ours, streamed in pieces of 20 ms", ours, of),
                row("plain Silero, probability from 0.5 on", plain, of),
                row("Silero's own segments (looks ahead)", stamps, of),
            ]
        ),
        "What ours adds is patience. Other settings, for comparison:",
        "\n".join(
            [
                "| begins from, goes on from, hang (s) | F1 % | precision % | recall % | CPU ms |",
                "|---|---|---|---|---|",
                *(
                    row(f"{begin}, {go_on}, {hang}", hanging(begin, go_on, hang), of)
                    for (begin, go_on), hang in product(((0.5, 0.35), (0.3, 0.15)), HANGS)
                ),
            ]
        ),
        f"With Silero's thresholds and the hang chosen on the other four excerpts each time: F1 {left_out(of):.1f} %. "
        "The lower thresholds do better here; they were not taken, since these excerpts hold too little noise without "
        "speech to tell what they would cost, and a false answer is worse than a clipped one.",
    )
    page.write()


if __name__ == "__main__":
    main()
