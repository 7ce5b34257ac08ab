"""One second of pictures, summed up for the record.

A window is what is kept of a second; the observations themselves are not. A value is None where nothing was measured,
never a guess.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from statistics import fmean, median

from schemas.ids import ParticipantId
from schemas.observation import FaceObservation
from schemas.signals import SightObserved

NO_DETECTOR = "none"
"""Stands for the detector of a second in which nothing was observed."""


def sight_window(
    participant: ParticipantId, second: int, observations: Sequence[FaceObservation], dropped: int
) -> SightObserved:
    """Sum up the pictures of one second: shares over all pictures, medians over those in which a value was measured."""
    poses = [o.pose for o in observations if o.pose is not None]
    gazes = [o.gaze for o in observations if o.gaze is not None]
    return SightObserved(
        participant=participant,
        second=second,
        frames=len(observations),
        dropped=dropped,
        presence=_share([o.face for o in observations]) or 0.0,
        confidence=_mean([o.confidence for o in observations]) or 0.0,
        yaw=_middle(pose.yaw for pose in poses),
        pitch=_middle(pose.pitch for pose in poses),
        roll=_middle(pose.roll for pose in poses),
        gaze_horizontal=_middle(gaze.horizontal for gaze in gazes),
        gaze_vertical=_middle(gaze.vertical for gaze in gazes),
        gaze_confidence=_mean([gaze.confidence for gaze in gazes]),
        toward_screen=_share([gaze.toward_screen for gaze in gazes if gaze.toward_screen is not None]),
        problem=_problem(observations),
        detector=observations[-1].detector if observations else NO_DETECTOR,
    )


def _middle(angles: Iterable[float]) -> float | None:
    finite = [angle for angle in angles if isfinite(angle)]
    return rounded(median(finite), 2) if finite else None


def _share(flags: Sequence[bool]) -> float | None:
    return rounded(sum(flags) / len(flags), 3) if flags else None


def _mean(values: Sequence[float]) -> float | None:
    return rounded(fmean(values), 3) if values else None


def _problem(observations: Sequence[FaceObservation]) -> str | None:
    """The most frequent problem, where at least half of the pictures have one."""
    problems = Counter(o.problem for o in observations if o.problem is not None)
    if not problems or problems.total() * 2 < len(observations):
        return None
    return min(problems, key=lambda code: (-problems[code], code))


def rounded(value: float, digits: int) -> float:
    """As exact as it means anything; without a negative zero, which not every store keeps."""
    return round(value, digits) + 0.0
