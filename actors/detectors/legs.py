"""Movements there and back, told from unrest: a track cut at its turning points.

A turning point counts only where the track then comes back by a least size (hysteresis), as in the counting of load
cycles (ASTM E1049). What lies between two of them is a leg.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.media import SessionTime

Sample = tuple[SessionTime, float]


@dataclass(frozen=True, slots=True)
class Leg:
    """A movement in one direction."""

    begin: SessionTime
    end: SessionTime
    size: float


def legs(track: Sequence[Sample], least: float) -> list[Leg]:
    """The legs of `track` that are at least `least` (above 0) long, in order. The last may still be growing."""
    found: list[Leg] = []
    turn, now = _departure(track, least)
    extreme = now
    while now < len(track):
        step = track[now][1] - track[extreme][1]
        onward = (track[extreme][1] - track[turn][1]) * step
        if onward > 0:
            extreme = now
        elif abs(step) >= least:
            found.append(_leg(track, turn, extreme))
            turn, extreme = extreme, now
        now += 1
    return [*found, _leg(track, turn, extreme)] if extreme < len(track) else found


def _departure(track: Sequence[Sample], least: float) -> tuple[int, int]:
    """Where the track first is `least` away from its lowest or highest place so far: that place, and the place it got
    to; twice the end where it never is."""
    low = high = 0
    for now, (_, value) in enumerate(track):
        if value - track[low][1] >= least:
            return low, now
        if track[high][1] - value >= least:
            return high, now
        if value <= track[low][1]:
            low = now
        if value >= track[high][1]:
            high = now
    return len(track), len(track)


def _leg(track: Sequence[Sample], begin: int, end: int) -> Leg:
    return Leg(track[begin][0], track[end][0], abs(track[end][1] - track[begin][1]))
