"""An export of any length takes the memory of a short one."""

import asyncio
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from api.records.check import differences
from api.records.export import Format, export
from api.records.jsonl import JsonLines
from api.records.parquet import Parquet
from tests.fakes.synthetic_log import SyntheticLog

CHARACTERS = 4000
SHORT, LONG = 4_000, 24_000
MOST_MIB = 32
"""What a long export may take on top of a short one; its payloads are 80 MB more."""


@pytest.mark.parametrize("name", [JsonLines.file_name, Parquet.file_name])
def test_memory_does_not_grow_with_the_export(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", __name__, name, str(tmp_path)], check=True, capture_output=True, text=True
    )
    short, long = (int(word) / 1024 for word in done.stdout.split())
    assert long - short < MOST_MIB, f"from {short:.0f} to {long:.0f} MiB"


def measure(name: str, folder: Path) -> None:
    """Print the most memory (KiB) that this process ever held, after a short and after a long export and its check."""
    formats: dict[str, Format] = {JsonLines.file_name: JsonLines, Parquet.file_name: Parquet}
    for length in (SHORT, LONG):
        out = folder / str(length)
        manifest = asyncio.run(export(SyntheticLog(length, CHARACTERS), None, out, formats[name]))
        assert manifest.contents.events == length
        assert differences(out, manifest) == []
        sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} ")


if __name__ == "__main__":
    measure(sys.argv[1], Path(sys.argv[2]))
