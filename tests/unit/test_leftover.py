"""What a killed server left is known by its mark, whoever its parent is."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infra.embedded.leftover import Leftovers


@contextmanager
def sleeper(mark: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"], env={**os.environ, **mark})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def orphaned_sleeper(mark: Mapping[str, str]) -> int:
    """The pid of a process whose parent has ended."""
    said = subprocess.run(
        ["sh", "-c", "sleep 60 >/dev/null & echo $!"],
        env={**os.environ, **mark},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(said.stdout)


async def test_all_that_bears_the_mark_is_ended_and_nothing_else(tmp_path: Path) -> None:
    ours, others = Leftovers(tmp_path / "ours"), Leftovers(tmp_path / "others")
    with sleeper(ours.mark) as first, sleeper(ours.mark) as second, sleeper(others.mark) as stranger:
        await ours.end()
        assert first.poll() is not None
        assert second.poll() is not None
        assert stranger.poll() is None


async def test_a_process_whose_parent_was_killed_is_found(tmp_path: Path) -> None:
    ours = Leftovers(tmp_path)
    orphan = orphaned_sleeper(ours.mark)
    assert [process.pid for process in ours._find()] == [orphan]

    await ours.end()

    assert ours._find() == []


async def test_nothing_left_is_nothing_to_do(tmp_path: Path) -> None:
    await Leftovers(tmp_path).end()
