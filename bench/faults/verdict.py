"""Whether the guarantees held."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bench.faults.evidence import Recorded
from bench.faults.ledger import Ledger, Signal
from bench.faults.screen import Screen
from tests.jetstream import Held


@dataclass(slots=True)
class Verdict:
    """Counts of what must be zero, by what it is; and what else there is to say."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    """Up to a few of each kind, in words."""

    def add(self, what: str, found: Iterable[object]) -> None:
        """Note what breaks the guarantee `what`; nothing where it holds."""
        broken = [str(one) for one in found]
        self.counts[what] = self.counts.get(what, 0) + len(broken)
        self.examples += [f"{what}: {one}" for one in broken[:3]]

    @property
    def holds(self) -> bool:
        """Whether everything is zero."""
        return not any(self.counts.values())


def judge_log(verdict: Verdict, ledger: Ledger, recorded: Recorded, screens: Sequence[Screen]) -> None:
    """What was acknowledged, or shown, is in the log, once, and every stream is without gap and in order."""
    told = [
        Signal(screen.interview, participant, modality, int(second))
        for screen in screens
        for participant, modality, second in screen.told
    ]
    verdict.add(
        "acknowledged events lost",
        [
            *(one.signal for one in ledger.acknowledged if not recorded.signals[one.signal]),
            *(
                f"created {interview}"
                for interview in ledger.created
                if not recorded.facts["interview.created", interview]
            ),
            *(f"ended {interview}" for interview in ledger.ended if not recorded.facts["interview.ended", interview]),
        ],
    )
    verdict.add("events shown on a screen and not in the log", [one for one in told if not recorded.signals[one]])
    verdict.add(
        "events duplicated in the log",
        [
            *(signal for signal, times in recorded.signals.items() if times > 1),
            *(id_ for id_, times in recorded.ids.items() if times > 1),
            *(
                fact
                for fact, times in recorded.facts.items()
                if times > 1 and fact[0] in ("interview.created", "interview.ended")
            ),
        ],
    )
    verdict.add(
        "streams with a gap or out of order for a follower",
        [stream for stream, versions in recorded.versions.items() if versions != list(range(1, len(versions) + 1))],
    )


def judge_bus(verdict: Verdict, recorded: Recorded, carried: Sequence[Held]) -> None:
    """JetStream holds every event of the log exactly once, and each interview's in order."""
    times = Counter(message.id for message in carried)
    verdict.add("events of the log missing in JetStream", [id_ for id_ in recorded.ids if not times[id_]])
    verdict.add("events repeated in JetStream", [id_ for id_, count in times.items() if count > 1])
    verdict.add("messages of JetStream not in the log", [id_ for id_ in times if id_ not in recorded.ids])
    versions: dict[str, list[int]] = defaultdict(list)
    for message in carried:
        versions[message.stream].append(message.version)
    disordered = [stream for stream, found in versions.items() if any(old > new for old, new in pairwise(found))]
    verdict.add("streams out of order in JetStream", disordered)


def judge_screens(verdict: Verdict, screens: Sequence[Screen]) -> None:
    """No screen was told a change twice, or one that does not follow what it showed."""
    verdict.add(
        "changes that did not fit a screen",
        [f"{screen.interview}: {one}" for screen in screens for one in screen.faults],
    )
