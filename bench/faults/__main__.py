"""`python -m bench.faults [--faults N] [--seed N]`: prints progress, then the page, and keeps it when N is 200 or more.

Exit status 1 where a guarantee is broken.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.faults.page import page
from bench.faults.plan import draw
from bench.faults.run import Size, run

RESULT = Path(__file__).parents[1] / "results" / "faults.md"
FULL = 200
"""A shorter run is for development."""


def main() -> None:
    """Run, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=FULL)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - begun:6.1f} s  {line}", flush=True)

    size = Size()
    with TemporaryDirectory(prefix="intact-faults-") as folder:
        result = asyncio.run(run(Path(folder), draw(arguments.seed, arguments.faults), size, say))
    text = page(result, size, seed=arguments.seed, faults=arguments.faults)
    print(text)
    if arguments.faults >= FULL:
        RESULT.write_text(text, encoding="utf-8")
    sys.exit(0 if result.verdict.holds else 1)


if __name__ == "__main__":
    main()
