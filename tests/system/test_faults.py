"""A short fault run: the guarantee that `python -m bench.faults` measures at length."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.faults.plan import KINDS, draw
from bench.faults.run import Size, run

SEED, FAULTS = 3, len(KINDS)
"""One fault of each kind."""


@pytest.mark.timeout(400)
async def test_faults_break_no_guarantee() -> None:
    size = Size(loads=2, rate=10.0, applicants=1, calm_seconds=1.0)
    # Not below pytest's own folder: another pytest closes that to the user that PostgreSQL runs as.
    with TemporaryDirectory() as folder:
        result = await run(Path(folder), draw(SEED, FAULTS), size, print)
    assert result.verdict.counts
    assert result.verdict.holds, result.verdict.examples
    assert len(result.recoveries) == FAULTS
    assert result.acknowledged > FAULTS
