"""What was acknowledged during a fault run, and when it was seen where."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple


class Signal(NamedTuple):
    """One recorded second: what a command of the load is known by."""

    interview: str
    participant: str
    modality: str
    second: int


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The session's word that a command's events are durable."""

    signal: Signal
    version: int
    """The stream's version with the command; may be a later one than its own events'."""
    sent: float
    """When the command was first sent, monotonic seconds."""


class Ledger:
    """Filled while the run goes on."""

    def __init__(self) -> None:
        self.acknowledged: list[Acknowledgement] = []
        self.participants: dict[str, str] = {}
        """Interviews of the load, and who is in each."""
        self.ended: dict[str, int] = {}
        """Interviews that were acknowledged to have ended, with the version."""
        self.created: set[str] = set()
        """Interviews that were acknowledged to be there."""
        self._of: dict[str, dict[str, list[Acknowledgement]]] = defaultdict(lambda: defaultdict(list))
        """By interview and modality, in order."""

    def take(self, line: dict[str, Any]) -> None:
        """One line of the load."""
        if "made" in line:
            self.participants[line["made"]] = line["participant"]
            self.created.add(line["made"])
        elif "ended" in line:
            self.ended[line["ended"]] = line["version"]
        else:
            signal = Signal(line["interview"], line["participant"], line["modality"], line["second"])
            acknowledgement = Acknowledgement(signal, line["version"], line["sent"])
            self.acknowledged.append(acknowledgement)
            self._of[signal.interview][signal.modality].append(acknowledgement)

    def first_since(self, interview: str, at: float) -> list[Acknowledgement | None]:
        """The first acknowledgement of a command that was sent after `at`, for each modality of an interview."""
        return [_first_since(found, at) for found in self._of[interview].values()]


def _first_since(found: list[Acknowledgement], at: float) -> Acknowledgement | None:
    place = bisect_right(found, at, key=lambda one: one.sent)
    return found[place] if place < len(found) else None
