"""What windows are made of: shares, means, medians and the prevailing problem of one second's observations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from statistics import fmean, median

NO_DETECTOR = "none"
"""Stands for the detector of a second in which nothing was observed."""


def rounded(value: float, digits: int) -> float:
    """As exact as it means anything; without a negative zero, which not every store keeps."""
    return round(value, digits) + 0.0


def known(values: Iterable[float | None]) -> list[float]:
    """Those that were measured and are numbers."""
    return [value for value in values if value is not None and isfinite(value)]


def middle(values: Iterable[float | None], digits: int) -> float | None:
    """The median of those that are known; None where none is."""
    found = known(values)
    return rounded(median(found), digits) if found else None


def share(flags: Sequence[bool]) -> float | None:
    """How many of them are true, 0..1; None of none."""
    return rounded(sum(flags) / len(flags), 3) if flags else None


def mean(values: Sequence[float]) -> float | None:
    """None of none."""
    return rounded(fmean(values), 3) if values else None


def prevailing(problems: Sequence[str | None]) -> str | None:
    """The most frequent problem, where at least half of the observations have one."""
    counted = Counter(problem for problem in problems if problem is not None)
    if not counted or counted.total() * 2 < len(problems):
        return None
    return min(counted, key=lambda code: (-counted[code], code))
