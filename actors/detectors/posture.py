"""How a person sits, and learning how they usually do."""

from collections.abc import Sequence
from math import atan2, degrees
from statistics import median

from actors.detectors.torso import Point, Torso
from schemas.body import BodyBaseline, Posture
from schemas.media import MICROSECONDS, SessionTime

WINDOW = 30.0
"""Seconds that a baseline is learnt from."""
SAMPLES = 60
"""Pictures with a body that it needs at least: two in a second."""


class PostureLearner:
    """Collects how a person sits until `WINDOW` seconds and `SAMPLES` pictures are full. For a reconnect, make a new
    one."""

    def __init__(self) -> None:
        self._torsos: list[Torso] = []
        self._watched = 0
        """Microseconds."""
        self._last: SessionTime | None = None
        self._known: BodyBaseline | None = None

    def learn(self, at: SessionTime, torso: Torso) -> BodyBaseline | None:
        """Take one picture; the baseline as soon as it is known, and the same one from then on."""
        if self._known is not None:
            return self._known
        self._torsos.append(torso)
        if self._last is not None:  # a gap, or a clock that jumped, teaches nothing
            self._watched += min(max(at - self._last, 0), MICROSECONDS)
        self._last = at
        if self._watched >= WINDOW * MICROSECONDS and len(self._torsos) >= SAMPLES:
            self._known = body_baseline(self._torsos)
            self._torsos.clear()
        return self._known


def body_baseline(torsos: Sequence[Torso]) -> BodyBaseline | None:
    """The middle of `torsos`, robust against a stretch or a glance aside; None of none."""
    if not torsos:
        return None
    return BodyBaseline(
        shoulder_width=median(each.width for each in torsos),
        shoulder_depth=median(_below(each.shoulders, each) for each in torsos),
        head_depth=median(_below(each.head, each) for each in torsos),
        shoulder_tilt=median(_tilt(each) for each in torsos),
        head_lean=median(_lean(each.shoulders, each.head) for each in torsos),
        samples=len(torsos),
    )


def posture(torso: Torso, usual: BodyBaseline | None) -> Posture:
    """How `torso` sits; what is relative to the usual is None where that is not known."""
    said = Posture(
        shoulder_tilt=_tilt(torso),
        head_lean=_lean(torso.shoulders, torso.head),
        torso_lean=None if torso.hips is None else _lean(torso.hips, torso.shoulders),
        shoulder_width=torso.width,
    )
    if usual is None:
        return said
    return Posture(
        shoulder_tilt=said.shoulder_tilt,
        head_lean=said.head_lean,
        torso_lean=said.torso_lean,
        shoulder_width=said.shoulder_width,
        distance=usual.shoulder_width / torso.width,
        slouch=_below(torso.head, torso) - usual.head_depth,
        drop=_below(torso.shoulders, torso) - usual.shoulder_depth,
    )


def _tilt(torso: Torso) -> float:
    """Of the line from the right shoulder to the left one; positive where the left is lower."""
    left, right = torso.left_shoulder, torso.right_shoulder
    return degrees(atan2(left[1] - right[1], left[0] - right[0]))


def _lean(low: Point, high: Point) -> float:
    """Of the line from `low` to `high` against upright; positive towards the picture's right, the person's left."""
    return degrees(atan2(high[0] - low[0], low[1] - high[1]))


def _below(point: Point, torso: Torso) -> float:
    """How far `point` lies below the picture's middle, in shoulder widths.

    That is how far it lies below the camera's line of sight (pinhole camera), whatever the distance from it: coming
    nearer is no slouch.
    """
    return (point[1] - torso.horizon) / torso.width
