"""A fault run's result as a page."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bench.faults.plan import KINDS
from bench.faults.run import Recovery, Result, Size

MINUTE = 60


def page(result: Result, size: Size, *, seed: int, faults: int) -> str:
    """Markdown."""
    verdict = result.verdict
    lines = [
        "# Fault runs",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, by `python -m bench.faults --faults {faults} --seed {seed}`: "
        f"{len(result.recoveries)} faults in {result.seconds / MINUTE:.1f} minutes. The load: {size.loads} "
        f"interviews that take up to {size.rate:.0f} commands a second each, {size.applicants} with an applicant over "
        "WebRTC, and a host who creates and ends interviews. A fault follows as soon as the one before it is recovered "
        "from; three in ten come in twos and threes within seconds. The machine's load average before the run was "
        f"{result.load_average:.1f}.",
        "",
        f"{result.acknowledged:,} commands of the load were acknowledged; the log holds {result.events:,} events.",
        "",
        "| afterwards | |",
        "|---|---|",
        *(f"| {what} | {count} |" for what, count in verdict.counts.items()),
        "",
        *(f"- {example}" for example in verdict.examples),
        *([""] if verdict.examples else []),
        "## Time to recover",
        "",
        "Seconds from the fault until, in every interview of the load, a command sent after it is acknowledged and "
        "shown on the interviewer's screen; until its event is in JetStream; until a second of the applicant's that "
        "began after it is shown (a second is recorded when it is over). A stall itself takes 0.5 to 4 s.",
        "",
        "| fault | n | shown p50 | p95 | in JetStream p50 | p95 | applicant's p50 | p95 |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(kind, [one for one in result.recoveries if one.kind == kind]) for kind in KINDS),
        _row("**all**", result.recoveries),
        "",
        "## Lag without faults",
        "",
        f"Over {size.calm_seconds:.0f} s of the same load, from the append of an event, through the bench's proxies.",
        "",
        "| | n | p50 | p95 |",
        "|---|---|---|---|",
        _lag("relay: kept by JetStream", result.relay_ms),
        _lag("projector: the change of its view told", result.projector_ms),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, recoveries: Sequence[Recovery]) -> str:
    columns = (
        [one.view for one in recoveries],
        [one.bus for one in recoveries],
        [one.applicant for one in recoveries],
    )
    return f"| {name} | {len(recoveries)} | {' | '.join(_quantiles(column) for column in columns)} |"


def _quantiles(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    return " | ".join(f"{value:.1f}" for value in _p50_p95(known)) if known else "– | –"


def _lag(name: str, values: Sequence[float]) -> str:
    found = " | ".join(f"{value:.0f} ms" for value in _p50_p95(values)) if values else "not measured | not measured"
    return f"| {name} | {len(values)} | {found} |"


def _p50_p95(values: Sequence[float]) -> tuple[float, float]:
    if len(values) == 1:
        return values[0], values[0]
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[18]
