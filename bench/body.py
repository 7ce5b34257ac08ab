"""Posture and movement on pictures that were turned, scaled, moved and shaken by known amounts.

Run: `python -m bench.body`. Writes `bench/results/body.md`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from math import pi, sin, sqrt
from pathlib import Path
from statistics import fmean, median

import numpy as np

from actors.detectors.body import NAME, BodyDetector
from actors.detectors.posture import body_baseline, posture
from actors.detectors.torso import Torso, torso_of
from bench.bodies import FACES, PORTRAIT, VIDEO, bodies, frames, sign
from bench.page import Page
from bench.warps import noisy, scaled, shifted, sunk, turned
from infra.models.pose import Pose
from schemas.body import BodyObservation, Posture
from schemas.media import MICROSECONDS, Picture, SessionTime, VideoFrame

PICTURES = 6
"""Of each clip, evenly spread."""
ANGLES, FACTORS, SHIFTS, SINKS = (-10.0, -5.0, 5.0, 10.0), (0.8, 1.25), (0.1, 0.2), (0.1, 0.2)
"""Degrees; factors of size; shoulder widths; shares of the head's height over the shoulders."""
WIDTHS = "shoulder widths"
SINES = ((0.06, 0.5), (0.06, 1.0), (0.12, 0.5), (0.12, 1.0), (0.12, 1.5))
"""Amplitude in shoulder widths and cycles per second."""
SECONDS, RATE, NOISE = 10.0, 5.0, 4.0
"""Of shaking; pictures per second; standard deviation of a camera's noise in levels of 255."""
SHAKEN = (sign("yes"), VIDEO / "seated_speaker_10s.mp4", VIDEO / FACES[0], VIDEO / FACES[4])


def seen(image: Picture) -> Torso | None:
    """What a fresh network says of a still picture, shown thrice so that it settles."""
    pose = Pose()
    try:
        for _ in range(3):
            body = pose.look(image)
    finally:
        pose.close()
    found = torso_of(body, image.shape[1], image.shape[0], None)
    return None if isinstance(found, str) else found


Warp = Callable[[Picture, Torso], Picture]


def compared(stills: Sequence[tuple[Picture, Torso]], warp: Warp) -> Iterator[tuple[Posture, Posture, Torso]]:
    """For each picture in which a body is found before and after `warp`: its posture before, after (both against what
    it was before), and what it was."""
    for image, before in stills:
        after = seen(warp(image, before))
        usual = body_baseline([before])
        if after is not None and usual is not None:
            yield posture(before, usual), posture(after, usual), before


def row(name: str, unit: str, errors: Sequence[float], of: int, digits: int = 1) -> str:
    """One line of the table: a warp, and how far what was told is from what was done."""
    sizes = sorted(map(abs, errors))
    figures = (fmean(errors), fmean(sizes), sizes[int(0.95 * (len(sizes) - 1))], sizes[-1])
    return (
        f"| {name} | {len(errors)} of {of} | " + " | ".join(f"{each:.{digits}f}" for each in figures) + f" | {unit} |"
    )


def postures(stills: Sequence[tuple[Picture, Torso]]) -> Iterator[str]:
    """All rows about posture."""
    count = len(stills)
    for angle in ANGLES:
        pairs = list(compared(stills, _turn(angle)))
        yield row(f"turned by {angle:+.0f}°: shoulder tilt", "°", [_tilt(p) - angle for p in pairs], count)
        yield row(f"turned by {angle:+.0f}°: head lean", "°", [_lean(p) - angle for p in pairs], count)
    for factor in FACTORS:
        pairs = list(compared(stills, _scale(factor)))
        told = [100 * ((after.distance or 0) * factor - 1) for _, after, _ in pairs]
        yield row(f"scaled by {factor}: distance", "%", told, count)
    for shift in SHIFTS:
        pairs = list(compared(stills, _down(shift)))
        yield row(
            f"moved down by {shift}: drop", "shoulder widths", [(a.drop or 0) - shift for _, a, _ in pairs], count, 3
        )
    for sink in SINKS:
        pairs = list(compared(stills, _sink(sink)))
        told = [(after.slouch or 0) - sink * torso.neck for _, after, torso in pairs]
        yield row(f"head sunk by {sink} of its height: slouch", WIDTHS, told, count, 3)
    for factor in FACTORS:
        pairs = list(compared(stills, _scale(factor)))
        yield row(f"scaled by {factor}: slouch, which is none", WIDTHS, [a.slouch or 0 for _, a, _ in pairs], count, 3)


def _tilt(pair: tuple[Posture, Posture, Torso]) -> float:
    return pair[1].shoulder_tilt - pair[0].shoulder_tilt


def _lean(pair: tuple[Posture, Posture, Torso]) -> float:
    return pair[1].head_lean - pair[0].head_lean


def _turn(degrees: float) -> Warp:
    return lambda image, _: turned(image, degrees)


def _scale(factor: float) -> Warp:
    return lambda image, _: scaled(image, factor)


def _down(widths: float) -> Warp:
    return lambda image, torso: shifted(image, 0.0, widths * torso.width * image.shape[1])


def _sink(by: float) -> Warp:
    """Black where there is no neck left to take it from: no body is found there, and the picture counts as left out."""

    def warp(image: Picture, torso: Torso) -> Picture:
        width = image.shape[1]
        chin = (torso.nose[1] + 1.2 * torso.face_height) * width
        shoulders, down = torso.shoulders[1] * width, by * torso.neck * torso.width * width
        return sunk(image, chin, shoulders, down) if chin + down < shoulders - 2 else np.zeros_like(image)

    return warp


def shaken(still: VideoFrame, width: float, amplitude: float, frequency: float, seed: int) -> list[BodyObservation]:
    """What is told of a still picture that swings sideways for `SECONDS`, with a camera's noise on it."""
    random, detector = np.random.default_rng(seed), BodyDetector()
    told = []
    for number in range(round(SECONDS * RATE)):
        at = number / RATE
        offset = amplitude * width * still.image.shape[1] * sin(2 * pi * frequency * at + 0.4)
        frame = VideoFrame(SessionTime(round(at * MICROSECONDS)), shifted(still.image, offset, 0.0))
        told.append(detector.observe(noisy(frame, NOISE, random)))
    detector.close()
    return told


def movements(stills: Sequence[tuple[str, VideoFrame, Torso]]) -> Iterator[str]:
    """All rows about movement."""
    for amplitude, frequency in ((0.0, 0.0), *SINES):
        true = amplitude * 2 * pi * frequency / sqrt(2)
        speeds, swings = [], []
        for number, (_, still, torso) in enumerate(stills):
            told = [each.movement for each in shaken(still, torso.width, amplitude, frequency, number)]
            known = [each for each in told[10:] if each is not None]
            speeds.append(sqrt(fmean(each.torso**2 for each in known)))
            swings.append(median([each.fidgeting for each in known if each.fidgeting is not None]))
        yield (
            f"| {amplitude} | {frequency} | {true:.2f} | {' '.join(f'{each:.2f}' for each in speeds)} | {frequency} | "
            f"{' '.join(f'{each:.2f}' for each in swings)} |"
        )


def spent(path: Path) -> tuple[str, float, float]:
    """A clip's name and size, and the CPU time of the detector and of its network alone, ms per picture."""
    pictures = frames(path)
    detector, pose = BodyDetector(), Pose()
    times = []
    for frame in pictures[::3]:
        begin = time.process_time()
        detector.observe(frame)
        middle = time.process_time()
        pose.look(frame.image)
        times.append((1000 * (middle - begin), 1000 * (time.process_time() - middle)))
    detector.close()
    pose.close()
    height, width = pictures[0].image.shape[:2]
    return f"{path.stem}, {width}×{height}", median(t for t, _ in times), median(t for _, t in times)


def stills(paths: Sequence[Path]) -> list[tuple[Picture, Torso]]:
    """Pictures of the clips in which a body is found."""
    chosen = []
    for path in paths:
        pictures = frames(path)
        for frame in pictures[:: max(len(pictures) // PICTURES, 1)][:PICTURES]:
            torso = seen(frame.image)
            if torso is not None:
                chosen.append((frame.image, torso))
    return chosen


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("body", "Posture and movement", f"`{NAME}`")
    if not VIDEO.is_dir():
        page.absent(VIDEO)
        return
    paths = bodies()
    chosen = stills(paths)
    page.say(
        f"{len(chosen)} pictures of {len(paths)} clips (eight of hand signs, a seated speaker, five of head and "
        "shoulders, the project's portrait), 320 pixels on the longer side. Each was changed by a known amount, and "
        "what is told of it compared with what is told of the picture before. So these are errors of a change, which "
        "is what a person's own baseline is for; how far a tilt of no degrees is from level shoulders they do not "
        "say. Pictures in which no body is found after the change are left out, and counted.",
        "\n".join(
            [
                "| what was done: what is told | pictures | mean error | mean size | 95 % below | largest | unit |",
                "|---|---|---|---|---|---|---|",
                *postures(chosen),
            ]
        ),
        "A head that sinks is made by moving all above the chin down at the cost of what is between it and the "
        "shoulders. Scaling is about the middle of the picture, as for a camera that a person comes straight nearer "
        "to. Forward lean is not told: to one camera it is a smaller distance.",
        "## Movement",
    )
    shown = [
        (path.stem, frame, torso) for path in SHAKEN if (frame := frames(path)[0]) and (torso := seen(frame.image))
    ]
    page.say(
        f"One picture of each of {len(shown)} clips ({', '.join(name for name, _, _ in shown)}), swung sideways like a "
        f"pendulum for {SECONDS:.0f} s, {RATE:.0f} pictures a second, with a camera's noise of {NOISE:.0f} levels. "
        "Amplitude in shoulder widths; speeds are root mean squares in shoulder widths per second. From picture to "
        "picture a swing is measured along its chord, so a fast one is told slower than it is. Fidgeting is told in "
        "swings per second.",
        "\n".join(
            [
                "| amplitude | per second | true speed | told, each clip | true swings | told, each clip |",
                "|---|---|---|---|---|---|",
                *movements(shown),
            ]
        ),
        "Strokes of hands are in [hands](hands.md).",
        "## CPU",
    )
    page.say(
        "Per picture, all threads, median over the clip at five pictures a second, in ms.",
        "\n".join(
            [
                "| clip | detector | of it the network |",
                "|---|---|---|",
                *(
                    f"| {name} | {all_of_it:.1f} | {pose:.1f} |"
                    for name, all_of_it, pose in map(spent, (*SHAKEN, PORTRAIT))
                ),
            ]
        ),
    )
    page.write()


if __name__ == "__main__":
    main()
