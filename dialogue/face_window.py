"""One second of what was seen of a face, summed up: lids and lips, and expression.

What head and gaze did is in `dialogue.window`. A value is None where nothing was measured, never a guess.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from statistics import fmean, median

from schemas.observation import ExpressionObservation, Expressions, FaceObservation
from schemas.seen import ExpressionSecond, FaceSecond

MOVES = 0.5
"""Probability of speech from which on a mouth is said to move as one that speaks."""


def face_second(observations: Sequence[FaceObservation]) -> FaceSecond:
    """Lids and lips: blinks are counted in the second in which they end."""
    eyes = [o.eyes for o in observations if o.eyes is not None]
    followed = [each for each in eyes if each.openness is not None]
    openness = [each.openness for each in eyes if each.openness is not None]
    speaking = [o.mouth.speaking for o in observations if o.mouth is not None and o.mouth.speaking is not None]
    return FaceSecond(
        pictures=sum(o.eyes is not None or o.mouth is not None for o in observations),
        blinks=sum(each.blink is not None for each in followed) if followed else None,
        blink_rate=_rounded(followed[-1].blink_rate, 1) if followed else None,
        openness=_rounded(median(openness), 3) if openness else None,
        mouth_moves=_rounded(fmean(each >= MOVES for each in speaking), 3) if speaking else None,
    )


def expression_second(observations: Sequence[ExpressionObservation]) -> ExpressionSecond | None:
    """The mean of what was judged; None where nobody was asked."""
    if not observations:
        return None
    judged = [o.expressions for o in observations if o.expressions is not None]
    return ExpressionSecond(
        pictures=len(judged),
        expressions=_mean(judged) if judged else None,
        confidence=round(fmean(o.confidence for o in observations if o.expressions is not None), 3) if judged else 0.0,
        problem=None if judged else _most(o.problem for o in observations),
        detector=observations[-1].detector,
    )


def _mean(judged: Sequence[Expressions]) -> Expressions:
    return Expressions(*(round(fmean(each), 4) for each in zip(*map(astuple, judged), strict=True)))


def _most(problems: Iterable[str | None]) -> str | None:
    """The most frequent problem; of those as frequent, the first by its letters."""
    counted = Counter(each for each in problems if each is not None)
    return min(counted, key=lambda code: (-counted[code], code)) if counted else None


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
