"""Jitter, shimmer and harmonicity beside Praat's, and what they cost.

Run: `python -m bench.voice_quality`. Writes `bench/results/voice_quality.md`.
"""

import time
from collections.abc import Sequence

import numpy as np
import parselmouth
from parselmouth.praat import call
from scipy.stats import spearmanr

from actors.detectors import voice_quality
from actors.detectors.pitch import PitchDetector, PitchTrack
from actors.detectors.sound import span_of
from actors.detectors.span import RATE, Span
from bench.emodb import FOLDER, Clip, clips
from bench.page import Page
from infra.models.vocal_features import HIGHEST, LOWEST
from schemas.media import AudioChunk, SessionTime

Values = tuple[float, float, float]
"""Jitter and shimmer as shares, harmonicity in dB."""
EVERY = 4
"""Of the clips, so many times fewer are taken."""


def heard(clip: Clip) -> tuple[Span, PitchTrack]:
    """The clip as a span, with its pitch."""
    span = span_of(AudioChunk(SessionTime(0), clip.rate, clip.samples))
    return span, PitchDetector().track(span)


def praat(clip: Clip) -> Values:
    """Praat's local jitter and shimmer and its mean harmonicity, with the limits of its manual."""
    sound = parselmouth.Sound(clip.samples / 32_768, clip.rate)
    points = call(sound, "To PointProcess (periodic, cc)", LOWEST, HIGHEST)
    jitter = call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
    shimmer = call([sound, points], "Get shimmer (local)", 0, 0, 0.0001, 0.02, 1.3, 1.6)
    harmonicity = call(sound.to_harmonicity_cc(minimum_pitch=LOWEST), "Get mean", 0, 0)
    return jitter, shimmer, harmonicity


def row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> str:
    """One line: both medians, and how well the orders agree."""
    agreement = spearmanr(ours, theirs).statistic
    return f"| {name} | {np.median(ours):.3f} | {np.median(theirs):.3f} | {agreement:.2f} |"


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("voice_quality", "Voice quality beside Praat's", f"`{voice_quality.NAME}`")
    of = [heard(clip) for clip in clips()[::EVERY]]
    if not of:
        page.absent(FOLDER)
        return
    voice_quality.observe(*of[0])
    start = time.process_time()
    found = [voice_quality.observe(span, track) for span, track in of]
    spent = time.process_time() - start
    pairs = [
        ((each.jitter, each.shimmer, each.harmonicity), theirs)
        for each, clip in zip(found, clips()[::EVERY], strict=True)
        if each.jitter is not None and each.shimmer is not None and each.harmonicity is not None
        if np.isfinite(theirs := praat(clip)).all()
    ]
    page.say(
        f"{len(pairs)} of {len(of)} clips of the Berlin emotional speech that both tell values for; "
        f"{1000 * spent / sum(span.count / RATE for span, _ in of):.1f} ms of CPU per second of sound, all threads, "
        "pitch apart. There is no truth to compare with: the two define periods differently, and agreement is all "
        "that can be said.",
        "\n".join(
            [
                "| | ours, median | Praat, median | rank correlation |",
                "|---|---|---|---|",
                *(
                    row(name, [ours[place] for ours, _ in pairs], [theirs[place] for _, theirs in pairs])
                    for place, name in enumerate(("jitter", "shimmer", "harmonicity (dB)"))
                ),
            ]
        ),
        "Periods are counted in whole samples, which is most of the jitter that an even voice has: jitter is the "
        "weakest of the three, and hardly orders voices as Praat does.",
    )
    page.write()


if __name__ == "__main__":
    main()
