"""One applicant for an hour, with everything observed that there is: whether the server's memory grows.

Run: `python -m bench.soak [--minutes 60] [--samples FILE]`. Writes `bench/results/soak.md` and `soak.svg`; the samples
are written as they are taken, one JSON line each, so that a run that is cut off leaves its curve.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.chart import Line, chart
from bench.page import PROJECT, Page, met
from bench.processes import memory
from tests.media.fake_camera import PORTRAIT
from tests.system.server import RunningServer, running_server

EVERY = 30.0
"""Seconds between two samples."""
WARM = 5.0
"""Minutes after which memory counts: models are loaded, and what is learnt of a person is learnt."""
AIM = 5.0
"""Per cent of growth."""

Sample = tuple[float, Mapping[str, Mapping[str, float]]]
"""Minutes since the applicant came, and the memory by kind of process."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "var") as server:
        samples = _watch(server, options.minutes, options.samples)
    _report(samples)


def _watch(server: RunningServer, minutes: float, keep: Path) -> list[Sample]:
    with server.client() as client:
        asked = {"title": "Soak", "profile": "research", "job": "application-software-engineering"}
        made = client.post("/api/v1/interviews", json=asked).raise_for_status().json()
    [link] = [link["url"] for link in made["links"] if link["role"] == "applicant"]
    applicant = server.attend(link, PORTRAIT, "--loop")
    samples: list[Sample] = []
    begun = time.monotonic()
    try:
        while (passed := (time.monotonic() - begun) / 60) < minutes:
            sample = (round(passed, 2), memory(server.process.pid, server.data))
            samples.append(sample)
            with keep.open("a") as file:
                file.write(json.dumps(sample) + "\n")
            print(f"{passed:5.1f} min  {sum(each['pss'] for each in sample[1].values()):.0f} MB", flush=True)
            time.sleep(EVERY)
        assert applicant.poll() is None, "the applicant left"
    finally:
        applicant.terminate()
        applicant.wait()
    return samples


def _report(samples: Sequence[Sample]) -> None:
    warm, last = _at(samples, WARM), samples[-1]
    page = Page("soak", "An hour with one applicant", f"one applicant for {last[0]:.0f} minutes, profile research")
    page.say(
        "Everything observed: face with expression and age, body, hands, voice with the nine-emotion map, words by "
        "PocketSphinx; a clip of 12 s again and again over WebRTC. The machine was shared with other work meanwhile.",
        f"![Memory by process](soak.svg)\n\nMB with shared pages shared out, median of the samples around minute "
        f"{WARM:.0f} and of the last ones. Aim: growth below {AIM:.0f} %.",
        _table(samples, warm[0]),
    )
    page.write()
    kinds = _kinds(samples)
    lines = [Line(kind, [(at, found.get(kind, {}).get("pss", 0.0)) for at, found in samples]) for kind in kinds[:8]]
    chart(PROJECT / "bench/results/soak.svg", lines, across="minutes", up="MB")


def _table(samples: Sequence[Sample], warm: float) -> str:
    rows = ["| process | MB warm | MB at the end | growth | threads | open files |", "|---|---|---|---|---|---|"]
    for kind in [*_kinds(samples), "all together"]:
        before, after = _median(samples, kind, "pss", warm), _median(samples, kind, "pss", samples[-1][0])
        threads, files = (
            f"{_median(samples, kind, what, warm):.0f} → {_median(samples, kind, what, samples[-1][0]):.0f}"
            for what in ("threads", "files")
        )
        growth = 100 * (after / before - 1) if before else 0.0
        verdict = f" {met(growth < AIM)}" if kind == "all together" else ""
        rows.append(f"| {kind} | {before:.0f} | {after:.0f} | {growth:+.1f} %{verdict} | {threads} | {files} |")
    return "\n".join(rows)


def _kinds(samples: Sequence[Sample]) -> list[str]:
    """The largest first."""
    found = samples[-1][1]
    return sorted(found, key=lambda kind: -found[kind]["pss"])


def _median(samples: Sequence[Sample], kind: str, what: str, at: float) -> float:
    """Of the five samples that end at a moment: single ones swing with what is being collected."""
    until = [found for minute, found in samples if minute <= at][-5:]
    values = sorted(
        sum(each[what] for name, each in found.items() if kind in (name, "all together")) for found in until
    )
    return values[len(values) // 2]


def _at(samples: Sequence[Sample], minute: float) -> Sample:
    return next((sample for sample in samples if sample[0] >= minute), samples[0])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--samples", type=Path, default=Path("soak.jsonl"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
