"""Which faults happen, and when: drawn from a seed, the same for the same seed."""

import random
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "kill session",
    "kill relay",
    "kill projector",
    "kill API",
    "kill NATS",
    "kill PostgreSQL",
    "kill a backend of PostgreSQL",
    "cut PostgreSQL's connections",
    "cut NATS's connections",
    "stall PostgreSQL's connections",
    "stall NATS's connections",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

ALONE, IN_TWOS = 0.7, 0.2
"""Shares of steps with one fault and with two; the rest have three."""
LONGEST_OFFSET = 2.0
"""Seconds within which the faults of one step follow each other: less than any recovery that restarts a process."""
STALLS = (0.5, 4.0)
"""Seconds for which connections carry nothing, least and most."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong."""

    kind: Kind
    offset: float
    """Seconds after the fault before it in the same step; 0 for the first."""
    choice: float
    """0..1: which one of several victims, and how long a stall is between its bounds."""

    @property
    def seconds(self) -> float:
        """How long connections are stalled."""
        least, most = STALLS
        return least + self.choice * (most - least)


Step = tuple[Fault, ...]
"""Faults that overlap: the next step begins when all of them are recovered from."""


def draw(seed: int, faults: int) -> list[Step]:
    """`faults` faults in steps. Kinds come in shuffled rounds, so that each is as frequent as the others."""
    source = random.Random(seed)
    kinds: list[Kind] = []
    while len(kinds) < faults:
        kinds += source.sample(KINDS, len(KINDS))
    steps: list[Step] = []
    left = kinds[:faults]
    while left:
        size = _size(source)
        steps.append(
            tuple(
                Fault(kind, source.uniform(0, LONGEST_OFFSET) if place else 0.0, source.random())
                for place, kind in enumerate(left[:size])
            )
        )
        left = left[size:]
    return steps


def _size(source: random.Random) -> int:
    drawn = source.random()
    if drawn < ALONE:
        return 1
    return 2 if drawn < ALONE + IN_TWOS else 3
