"""Hand signs, hands on faces, and what it saves not to look for hands: on clips whose truth was looked up by eye.

Run: `python -m bench.hands`. Writes `bench/results/hands.md`.
"""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from actors.detectors.body_watcher import BodyWatcher, Watched
from actors.detectors.hands import NAME
from actors.detectors.strokes import strokes
from actors.detectors.torso import Torso, torso_of
from bench.bodies import FACES, PORTRAIT, SIGNS, VIDEO, frames, passes, sign, small
from bench.page import DATA, Page
from infra.models.hands import Hands
from infra.models.pose import Pose
from schemas.body import Gesture, SeenHand, Side
from schemas.media import MICROSECONDS, VideoFrame

UNSURE, BRIEF = 0.07, 0.3
"""Seconds about a beginning or end in which a picture is not judged (one picture of the clip), and how long something
must be shown for that: of what is shorter there would be nothing left."""
CUTS = (0.35, 0.45, 0.55, 0.65, 0.75)
"""Shares of a picture's height that are left where wrists and arms are cut off."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one hand shows, from when to when (seconds)."""

    side: Side
    gesture: Gesture
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Truth:
    """One clip, as seen by eye, picture by picture."""

    clip: str
    sign: str
    """What the hands do."""
    telling: Gesture
    """The form that the sign is told by."""
    shown: tuple[Shown, ...]
    """A hand that is not named, or not at that time, shows none of the forms."""
    on_face: tuple[float, float] | None = None
    """From when to when a hand covers a part of the face."""


TRUTHS = (
    Truth("again", "bent right hand into the flat left one", "open-palm", (Shown("left", "open-palm", 0.55, 2.05),)),
    Truth(
        "book",
        "flat hands before the chin, closed and opened",
        "open-palm",
        (Shown("left", "open-palm", 0.45, 3.1), Shown("right", "open-palm", 0.45, 3.1)),
        (0.6, 3.0),
    ),
    Truth(
        "help",
        "thumb up on the flat left hand, raised before the chin",
        "thumb-up",
        (Shown("right", "thumb-up", 0.45, 1.45), Shown("left", "open-palm", 0.45, 1.45)),
        (0.87, 1.4),
    ),
    Truth(
        "no",
        "thumb, index and middle finger, closed thrice",
        "three",
        (
            Shown("right", "three", 0.77, 0.9),
            Shown("right", "three", 1.04, 1.23),
            Shown("right", "three", 1.3, 1.5),
            Shown("right", "three", 1.57, 1.63),
        ),
    ),
    Truth("thanks", "flat hand from the chin", "open-palm", (Shown("right", "open-palm", 0.4, 1.05),), (0.38, 0.82)),
    Truth(
        "walk",
        "both hands flat, flapping",
        "open-palm",
        (Shown("left", "open-palm", 0.4, 2.4), Shown("right", "open-palm", 0.4, 2.4)),
    ),
    Truth(
        "want",
        "both hands spread, then drawn near as claws",
        "open-palm",
        (Shown("left", "open-palm", 0.4, 0.63), Shown("right", "open-palm", 0.4, 0.63)),
    ),
    Truth("yes", "nodding fist", "fist", (Shown("right", "fist", 0.5, 1.75),)),
)


STROKES = {"book": 2, "help": 3, "no": 2, "thanks": 2, "want": 3, "yes": 2}
"""How many long movements of the hands were counted by eye. Those of the other two run into one another."""


@dataclass(slots=True)
class Told:
    """What was said of one clip, over all of its passes."""

    shown: int = 0
    """Hands that show a form, over all pictures."""
    found: int = 0
    """Of these, found."""
    right: int = 0
    """Of these, told as what they show."""
    wrong: Counter[Gesture] = field(default_factory=Counter)
    """Forms told of hands that show another, or none."""
    telling: Counter[Gesture] = field(default_factory=Counter)
    """Forms told of the hands that show the telling form, while they do."""
    covered: list[bool] = field(default_factory=list)
    """For each picture in which a hand covers a part of the face, whether that was told."""
    free: list[bool] = field(default_factory=list)
    """For each picture in which none does, whether one was told."""

    def is_right(self, truth: Truth) -> bool:
        """Whether the sign's own form is what was told most often, and not only once."""
        return self.telling[truth.telling] >= 2 and self.telling.most_common(1)[0][0] == truth.telling

    def is_right_about_face(self) -> bool:
        """Whether most pictures are told right, of those on the face and of those not on it."""
        return sum(self.covered) * 2 >= len(self.covered) and sum(self.free) * 2 < len(self.free)


def watch(pictures: Sequence[VideoFrame]) -> list[Watched]:
    """What a fresh watcher says of one pass."""
    watcher = BodyWatcher()
    try:
        return [each for each in map(watcher.observe, pictures) if each is not None]
    finally:
        watcher.close()


def judge(truth: Truth) -> Told:
    """Watch a clip and hold what is said against the truth."""
    told = Told()
    for each in (each for part in passes(frames(sign(truth.clip))) for each in watch(part)):
        at = each.hands.at / MICROSECONDS
        for side, hand in (("left", each.hands.left), ("right", each.hands.right)):
            _judge_form(told, truth, [s for s in truth.shown if s.side == side], hand, at)
        touching = any(hand is not None and hand.at_face for hand in (each.hands.left, each.hands.right))
        if truth.on_face is None or min(abs(at - edge) for edge in truth.on_face) > UNSURE:
            inside = truth.on_face is not None and truth.on_face[0] <= at <= truth.on_face[1]
            (told.covered if inside else told.free).append(touching)
    return told


def _judge_form(told: Told, truth: Truth, shown: Sequence[Shown], hand: SeenHand | None, at: float) -> None:
    """One hand in one picture."""
    if any(min(abs(at - each.begin), abs(at - each.end)) <= UNSURE for each in shown if each.end - each.begin > BRIEF):
        return
    true = next((each.gesture for each in shown if each.begin <= at <= each.end), None)
    form = hand.form.gesture if hand is not None and hand.form is not None else None
    told.shown += true is not None
    told.found += true is not None and hand is not None
    told.right += true is not None and form == true
    if form is not None:
        told.wrong[form] += form != true
        told.telling[form] += true == truth.telling


def counted(pictures: Sequence[VideoFrame]) -> int:
    """Strokes told of one pass."""
    pose, history = Pose(), []
    for frame in pictures:
        height, width = frame.image.shape[:2]
        torso = torso_of(pose.look(frame.image), width, height, None)
        if isinstance(torso, Torso):
            history.append((frame.at, torso))
    pose.close()
    return len(strokes(history))


@dataclass(slots=True)
class Gate:
    """What not to search pictures without hands saves, and misses."""

    pictures: int = 0
    searched: int = 0
    hands: int = 0
    """Pictures in which a search of every picture finds a hand."""
    missed: int = 0
    """Of these, not searched."""
    always: float = 0.0
    """Seconds of CPU time of a search of every picture."""
    watched: float = 0.0
    """Seconds of CPU time of the watcher: body, and the search that it decides for."""
    body: float = 0.0
    """Of these, for the body."""


def gate(pictures: Iterable[Sequence[VideoFrame]]) -> Gate:
    """Watch passes, and search every picture beside it."""
    sums = Gate()
    for part in pictures:
        watcher, always, pose = BodyWatcher(), Hands(), Pose()
        for frame in part:
            begin = time.process_time()
            pose.look(frame.image)
            posed = time.process_time()
            found = always.look(frame.image)
            searched = time.process_time()
            said = watcher.observe(frame)
            end = time.process_time()
            if said is None:
                continue
            sums.pictures += 1
            sums.searched += said.hands.looked
            sums.hands += bool(found)
            sums.missed += bool(found) and not said.hands.looked
            sums.body += posed - begin
            sums.always += searched - posed
            sums.watched += end - searched
        watcher.close()
        always.close()
        pose.close()
    return sums


def cut(pictures: Sequence[VideoFrame], kept: float) -> list[VideoFrame]:
    """The upper part of each picture, so that arms are cut off by its lower edge."""
    return [replace(each, image=small(each.image[: round(len(each.image) * kept)])) for each in pictures]


def _gate_row(name: str, sums: Gate) -> str:
    spent = [1000 * each / max(sums.pictures, 1) for each in (sums.body, sums.always, sums.watched)]
    return (
        f"| {name} | {sums.pictures} | {sums.searched} | {sums.hands} | {sums.missed} | "
        + " | ".join(f"{each:.1f}" for each in spent)
        + " |"
    )


def _row(truth: Truth, told: Told) -> str:
    wrong = ", ".join(f"{form} {count}" for form, count in told.wrong.most_common() if count)
    most = told.telling.most_common(1)
    return (
        f"| {truth.clip} | {truth.sign} | {truth.telling} | {most[0][0] if most else 'nothing'} | "
        f"{'right' if told.is_right(truth) else '**wrong**'} | {told.found} of {told.shown} | "
        f"{told.right} of {told.found} | {wrong} | {sum(told.covered)} of {len(told.covered)} | "
        f"{sum(told.free)} of {len(told.free)} | {'right' if told.is_right_about_face() else '**wrong**'} |"
    )


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("hands", "Hands", f"`{NAME}`")
    if not (DATA / "video" / "hands").is_dir():
        page.absent(DATA / "video" / "hands")
        return
    page.say(
        "Eight clips of hand signs, 320×240, looked at five times a second; each clip in three passes, so that each of "
        "its pictures is looked at once. What the hands do was written down by eye, picture by picture (the table is "
        "in `bench/hands.py`), one picture about each change left out. A sign is right where the form that tells it "
        "was told most often of the hands that show it, while they do. *Wrong forms* counts hands that show another "
        "form or none, moving and hanging ones too. Where the face is was taken from the body. The limits of "
        "`actors/detectors/hand.py` were chosen with these clips in view: there are no others, so expect less "
        "elsewhere.",
        "\n".join(
            [
                "| clip | what is to be seen | told by | told | sign | hands found | forms right | wrong forms | "
                "on the face, told | not on it, told | face |",
                "|---|---|---|---|---|---|---|---|---|---|---|",
                *(_row(truth, judge(truth)) for truth in TRUTHS),
            ]
        ),
        "## Strokes",
        "Long movements of the hands, counted by eye in six of the clips, and told in each of three passes.",
        "\n".join(
            [
                "| clip | by eye | told |",
                "|---|---|---|",
                *(
                    f"| {name} | {count} | {' '.join(str(counted(part)) for part in passes(frames(sign(name))))} |"
                    for name, count in STROKES.items()
                ),
            ]
        ),
        "## What it saves not to search",
    )
    signs = [frames(sign(name)) for name in SIGNS]
    plain = [frames(VIDEO / name) for name in FACES]
    rows = [
        ("eight signs", gate(part for clip in signs for part in passes(clip))),
        ("seated speaker", gate(passes(frames(VIDEO / "seated_speaker_10s.mp4")))),
        ("head and shoulders, five clips", gate(part for clip in plain for part in passes(clip))),
        ("portrait (of the project)", gate(passes(frames(PORTRAIT)))),
        *(
            (f"eight signs, upper {100 * kept:.0f} %", gate(part for clip in signs for part in passes(cut(clip, kept))))
            for kept in CUTS
        ),
    ]
    page.say(
        "Pictures in which a search of all of them finds a hand, and of these those that were not searched, since the "
        "body showed no hand. CPU time is per picture, all threads, in ms; a pass of a short clip opens its networks "
        "for few pictures, and what comes first in it carries most of the first picture's cost.",
        "\n".join(
            [
                "| clips | pictures | searched | with a hand | missed | body | search of all | body and its search |",
                "|---|---|---|---|---|---|---|---|",
                *(_gate_row(*row) for row in rows),
            ]
        ),
    )
    page.write()


if __name__ == "__main__":
    main()
