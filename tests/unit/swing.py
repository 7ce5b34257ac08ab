"""Bodies that move by known amounts."""

from collections.abc import Callable
from dataclasses import replace
from math import pi, sin

from actors.detectors.torso import Torso
from schemas.media import MICROSECONDS, SessionTime
from tests.unit.figure import torso

WIDTH = 0.4
Moving = list[tuple[SessionTime, Torso]]


def moving(place: Callable[[float], Torso], seconds: float, rate: float = 5.0) -> Moving:
    """Pictures of a body that is at `place(second)`."""
    times = [number / rate for number in range(round(seconds * rate) + 1)]
    return [(SessionTime(round(at * MICROSECONDS)), place(at)) for at in times]


def swinging(amplitude: float, frequency: float) -> Callable[[float], Torso]:
    """A body that swings sideways by so many shoulder widths, so many times a second."""
    return lambda at: torso(WIDTH, (0.5 + amplitude * WIDTH * sin(2 * pi * frequency * at + 0.3), 0.55))


def waving(amplitude: float, frequency: float) -> Callable[[float], Torso]:
    """A body that keeps still and waves its right hand up and down."""

    def place(at: float) -> Torso:
        still = torso(WIDTH)
        assert still.right_wrist is not None
        x, y = still.right_wrist
        return replace(still, right_wrist=(x, y + amplitude * WIDTH * sin(2 * pi * frequency * at + 0.3)))

    return place
