"""What it costs to watch one applicant's face, with and without the networks that only some may have.

Run: `python -m bench.sight`. Writes `bench/results/sight.md`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from actors.detectors.age_gender import AgeGenderDetector
from actors.detectors.expression import ExpressionDetector
from actors.detectors.face import NAME, FaceDetector
from actors.detectors.sight import SightWatcher
from bench.clips import PORTRAIT, SEATED, pictures, thinned
from bench.page import Page
from dialogue.face_window import seen_second
from schemas.media import MICROSECONDS, SessionTime, VideoFrame, second_of
from schemas.seen import Seen

SECONDS, RATE = 40, 15.0
"""Of film, and pictures in a second, as an analysis stream has them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One way of watching."""

    name: str
    milliseconds: float
    """CPU time for each second of film."""
    seen: tuple[Seen, ...]

    def row(self) -> str:
        """One line of the table."""
        judged = sum(each.expression is not None for each in self.seen)
        aged = sum(each.age_gender is not None for each in self.seen)
        return f"| {self.name} | {len(self.seen)} | {judged} | {aged} | {self.milliseconds:.0f} |"


def looped(frames: Sequence[VideoFrame]) -> list[VideoFrame]:
    """The clip again and again."""
    length = frames[-1].at + frames[1].at
    times = range(SECONDS * MICROSECONDS // length + 1)
    film = [VideoFrame(SessionTime(each.at + again * length), each.image) for again in times for each in frames]
    return [each for each in film if each.at < SECONDS * MICROSECONDS]


def cost(name: str, film: Sequence[VideoFrame], watcher: SightWatcher) -> Cost:
    """Watch the film; loading the models, and the first picture, are not counted."""
    seen = [watcher.observe(film[0])]
    start = time.process_time()
    seen += [watcher.observe(frame) for frame in film[1:]]
    spent = time.process_time() - start
    watcher.close()
    return Cost(name, 1000 * spent / SECONDS, tuple(each for each in seen if each is not None))


def main() -> None:
    """Measure on the clips that are there."""
    page = Page("sight", "Watching a face", f"`{NAME}`")
    page.say(
        f"Clips in a loop of {SECONDS} s at {RATE:.0f} pictures per second, of which the watcher takes at most ten. "
        "CPU time is that of the whole process, all threads, in milliseconds for each second of film: 1000 is one core."
    )
    for path in (PORTRAIT, SEATED):
        if not path.is_file():
            page.say(f"`{path.name}`: not measured, it is not there.")
            continue
        film = looped(list(thinned(pictures(path), RATE)))
        height, width = film[0].image.shape[:2]
        costs = [
            cost("face alone", film, SightWatcher(FaceDetector)),
            cost("and expression", film, SightWatcher(FaceDetector, expression=ExpressionDetector)),
            cost(
                "and expression, age and gender",
                film,
                SightWatcher(FaceDetector, expression=ExpressionDetector, age_gender=AgeGenderDetector),
            ),
        ]
        estimate = costs[-1].seen[-1].estimate
        by_second = [[s for s in costs[-1].seen if second_of(s.face.at) == second] for second in range(SECONDS)]
        blinks = sum(seen_second(each).face.blinks or 0 for each in by_second)
        page.say(
            f"`{path.name}`, {width}×{height}:",
            "\n".join(
                [
                    "| | pictures looked at | judged for expression | for age | CPU ms per second |",
                    "|---|---|---|---|---|",
                    *(each.row() for each in costs),
                ]
            ),
            "No estimate of age came of it."
            if estimate is None
            else f"The estimate of age rests on {estimate.pictures} pictures and is "
            f"{'steady' if estimate.steady else 'not steady yet'}. Blinks counted: {blinks}.",
        )
    page.write()


if __name__ == "__main__":
    main()
