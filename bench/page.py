"""A page of results: when, where and by which command it was measured, and what came of it."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT.parent / "shared" / "data"
"""Third-party data, which is no part of the project."""


def met(yes: bool) -> str:
    """Whether an aim was met, as a page says it."""
    return "met" if yes else "**missed**"


class Page:
    """Gathers paragraphs and writes them to `bench/results/<name>.md`."""

    def __init__(self, name: str, title: str, what: str) -> None:
        self._name = name
        self._paragraphs = [
            f"# {title}",
            f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, {what}, by `python -m bench.{name}`.",
        ]

    def say(self, *paragraphs: str) -> None:
        """Add to the page, and print."""
        self._paragraphs += paragraphs
        print(*paragraphs, sep="\n\n", end="\n\n", flush=True)

    def absent(self, data: Path) -> None:
        """Say that there was nothing to measure on; the page stays as it was."""
        print(f"not measured: {data.relative_to(DATA.parent)} is not there")

    def write(self) -> None:
        """Keep the page."""
        path = PROJECT / "bench" / "results" / f"{self._name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(self._paragraphs) + "\n", encoding="utf-8")
