"""One second of observations of body and hands, summed up. A value is None where nothing was measured."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import fmean

from dialogue.summary import NO_DETECTOR, known, mean, middle, prevailing, rounded, share
from schemas.body import BodyObservation, BodyWindow, Gesture, HandsObservation, HandsWindow, SeenHand


def body_window(observations: Sequence[BodyObservation]) -> BodyWindow:
    """Sum up the pictures of one second: medians over those in which a value was measured."""
    postures = [o.posture for o in observations if o.posture is not None]
    movements = [o.movement for o in observations if o.movement is not None]
    return BodyWindow(
        frames=len(observations),
        presence=share([o.posture is not None for o in observations]) or 0.0,
        confidence=mean([o.confidence for o in observations]) or 0.0,
        detector=observations[-1].detector if observations else NO_DETECTOR,
        shoulder_tilt=middle((each.shoulder_tilt for each in postures), 3),
        head_lean=middle((each.head_lean for each in postures), 3),
        torso_lean=middle((each.torso_lean for each in postures), 3),
        distance=middle((each.distance for each in postures), 3),
        slouch=middle((each.slouch for each in postures), 3),
        drop=middle((each.drop for each in postures), 3),
        torso_movement=_energy(each.torso for each in movements),
        arm_movement=_energy(each.arms for each in movements),
        fidgeting=_last(each.fidgeting for each in movements),
        problem=prevailing([o.problem for o in observations]),
    )


def hands_window(observations: Sequence[HandsObservation]) -> HandsWindow:
    """Sum up the pictures of one second: shares over the pictures that could be looked at."""
    told = [o for o in observations if o.problem is None]
    hands = [[hand for hand in (o.left, o.right) if hand is not None] for o in told]
    at_face = [_at_face(each) for each in hands]
    return HandsWindow(
        frames=len(observations),
        confidence=mean([o.confidence for o in told if o.left or o.right]) or 0.0,
        detector=observations[-1].detector if observations else NO_DETECTOR,
        left_visible=share([o.left is not None for o in told]),
        right_visible=share([o.right is not None for o in told]),
        at_face=share([each for each in at_face if each is not None]),
        gestures=_gestures(hands),
        gesture_rate=_last(o.gesture_rate for o in told),
        problem=prevailing([o.problem for o in observations]),
    )


def _at_face(hands: Sequence[SeenHand]) -> bool | None:
    """Whether one of them lies on the face; None where there is a hand and no face is known."""
    if any(hand.at_face for hand in hands):
        return True
    return None if any(hand.at_face is None for hand in hands) else False


def _gestures(hands: Sequence[Sequence[SeenHand]]) -> dict[Gesture, float]:
    """For each form the share of the pictures in which a hand has it, the most frequent first."""
    formed = Counter(
        gesture
        for shown in hands
        for gesture in {hand.form.gesture for hand in shown if hand.form and hand.form.gesture}
    )
    ordered = sorted(formed, key=lambda gesture: (-formed[gesture], gesture))
    return {gesture: rounded(formed[gesture] / len(hands), 3) for gesture in ordered}


def _energy(speeds: Iterable[float | None]) -> float | None:
    found = known(speeds)
    return rounded(sqrt(fmean(speed**2 for speed in found)), 3) if found else None


def _last(values: Iterable[float | None]) -> float | None:
    found = known(values)
    return rounded(found[-1], 3) if found else None
