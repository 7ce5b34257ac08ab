"""Face, then none; none; one throughout: what sight says of clips whose truth is known, second by second.

Run: `python -m bench.face_presence`. Writes `bench/results/face_presence.md`.
"""

import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from actors.batch import Batch
from actors.detectors.face import NAME, FaceDetector
from dialogue.window import sight_window
from infra.rtc.recording import open_recording
from schemas.events import SightObserved
from schemas.ids import ParticipantId
from schemas.media import VideoFrame
from schemas.observation import FaceObservation

ROOT = Path(__file__).parents[1]
CLIPS = ROOT.parent / "shared" / "data" / "video"
RESULT = Path(__file__).parent / "results" / "face_presence.md"

EXPECTED: tuple[tuple[Path, str, str], ...] = (
    (ROOT / "tests/media/portrait.mp4", "portrait.mp4 (of the project)", "throughout"),
    (CLIPS / "face_presence/face_noface.mov", "face_noface.mov", "first, then none"),
    (CLIPS / "face_presence/no_face.mp4", "no_face.mp4", "none"),
    (CLIPS / "face_presence/single_face.mp4", "single_face.mp4", "throughout"),
    (CLIPS / "seated_speaker_10s.mp4", "seated_speaker_10s.mp4", "throughout"),
    *(
        (CLIPS / f"grid/{name}.mpg", f"grid/{name}.mpg", "throughout")
        for name in ("brbk7n", "lbax4n", "lbbc2a", "sbwe5n")
    ),
    *((CLIPS / f"hands/{name}.mkv", f"hands/{name}.mkv", "throughout") for name in ("again", "book", "help", "no")),
    *((CLIPS / f"hands/{name}.mkv", f"hands/{name}.mkv", "throughout") for name in ("thanks", "walk", "want", "yes")),
)
"""Clip, its name, and when a face is to be seen in it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One clip."""

    name: str
    expected: str
    seconds: tuple[SightObserved, ...]
    milliseconds: float
    """CPU time of the detector per picture."""

    @property
    def as_expected(self) -> bool:
        """Whether every second agrees with the truth, the second of a change left out."""
        faces = [second.presence >= 0.5 for second in self.seconds]
        if self.expected == "none":
            return not any(second.presence for second in self.seconds)
        if self.expected == "throughout":
            return all(faces)
        changes = sum(one != other for one, other in pairwise(faces))
        return faces[0] and not faces[-1] and changes == 1


def outcome(path: Path, name: str, expected: str) -> Outcome:
    """Run the detector over a clip at 15 pictures per second."""
    detector = FaceDetector()
    batch: Batch[FaceObservation] = Batch()
    seconds: list[SightObserved] = []
    spent, pictures = 0.0, 0
    for medium in open_recording(path).read():
        if not isinstance(medium, VideoFrame):
            continue
        start = time.process_time()
        observation = detector.observe(medium)
        spent, pictures = spent + time.process_time() - start, pictures + 1
        closed = batch.add(medium.at, observation, 0)
        if closed is not None:
            seconds.append(sight_window(ParticipantId("bench"), closed.second, closed.observations, 0))
    closed = batch.close()
    if closed is not None:
        seconds.append(sight_window(ParticipantId("bench"), closed.second, closed.observations, 0))
    detector.close()
    return Outcome(name, expected, tuple(seconds), 1000 * spent / pictures)


def text(outcomes: Sequence[Outcome], absent: Sequence[str]) -> str:
    """The page of results."""
    lines = [
        "# Face presence, second by second",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, `{NAME}`, by `python -m bench.face_presence`.",
        "",
        "Pictures are taken at 15 per second, the longer side at most 640. A second counts as one with a face from "
        "half of its pictures on. The CPU time is that of the detector alone, all threads, per picture.",
        "",
        "| clip | a face is to be seen | as expected | ms per picture |",
        "|---|---|---|---|",
        *(
            f"| {one.name} | {one.expected} | {'yes' if one.as_expected else '**no**'} | {one.milliseconds:.1f} |"
            for one in outcomes
        ),
        *(f"| {name} | | not measured (absent) | |" for name in absent),
    ]
    for one in outcomes:
        lines += ["", f"## {one.name}", "", "| second | face | confidence | yaw | pitch | roll | toward screen |"]
        lines += ["|---|---|---|---|---|---|---|", *map(row, one.seconds)]
    return "\n".join(lines) + "\n"


def row(second: SightObserved) -> str:
    """One second."""
    angles = (second.yaw, second.pitch, second.roll)
    return (
        f"| {second.second} | {second.presence:.2f} | {second.confidence:.2f} | "
        + " | ".join("" if angle is None else f"{angle:.1f}" for angle in angles)
        + f" | {'' if second.toward_screen is None else f'{second.toward_screen:.2f}'} |"
    )


def main() -> None:
    """Measure what is there, and say what is not."""
    present = [clip for clip in EXPECTED if clip[0].is_file()]
    absent = [name for path, name, _ in EXPECTED if not path.is_file()]
    outcomes = [outcome(*clip) for clip in present]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text(outcomes, absent), encoding="utf-8")
    for one in outcomes:
        print(f"{one.name}: {'as expected' if one.as_expected else 'NOT as expected'}, {one.milliseconds:.1f} ms")
    for name in absent:
        print(f"{name}: not measured")


if __name__ == "__main__":
    main()
