"""What a fault run left behind in the log."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from bench.faults.ledger import Signal
from infra.log import Log
from schemas.envelope import START, RecordedEvent

MODALITY_OF = {"sight.observed": "sight", "prosody.observed": "prosody"}
INTERVIEW = "interview-"
PAGE = 1000


@dataclass(slots=True)
class Recorded:
    """The log, event by event."""

    count: int = 0
    ids: Counter[str] = field(default_factory=Counter)
    versions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By stream, in the order in which followers read."""
    signals: Counter[Signal] = field(default_factory=Counter)
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(type, interview) of all other events."""
    recorded_at: dict[int, datetime] = field(default_factory=dict)
    """By global position."""
    recorded_at_of: dict[str, datetime] = field(default_factory=dict)
    """The same by event id."""

    def take(self, event: RecordedEvent) -> None:
        """One more."""
        self.count += 1
        self.ids[str(event.id)] += 1
        self.versions[event.stream].append(event.version)
        self.recorded_at[event.place.position] = event.recorded_at
        self.recorded_at_of[str(event.id)] = event.recorded_at
        interview = event.stream.removeprefix(INTERVIEW)
        modality = MODALITY_OF.get(event.type)
        if modality is None:
            self.facts[event.type, interview] += 1
        elif event.payload is not None:
            self.signals[Signal(interview, event.payload["participant"], modality, event.payload["second"])] += 1


async def read_log(log: Log) -> Recorded:
    """All of it, as a follower reads it."""
    found, place = Recorded(), START
    while events := await log.follow(place, limit=PAGE):
        for event in events:
            found.take(event)
        place = events[-1].place
    return found
