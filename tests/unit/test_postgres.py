"""What an embedded PostgreSQL that was killed leaves in its folder."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.embedded.postgres import forget_dead_postmaster


@pytest.fixture
def dead() -> Iterator[int]:
    """The pid of a process that has ended and that nobody has collected."""
    with subprocess.Popen(["true"]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        yield process.pid


@pytest.fixture
def running(tmp_path: Path) -> Iterator[int]:
    """The pid of a process that is called as a server is."""
    program = tmp_path / "postgres"
    shutil.copy(shutil.which("sleep") or "sleep", program)
    with subprocess.Popen([program, "60"]) as process:
        yield process.pid
        process.kill()


def left_by(pid: int, folder: Path) -> tuple[Path, Path]:
    """The pid file and the lock of the socket."""
    pid_file, lock = folder / "postmaster.pid", folder / ".s.PGSQL.5432.lock"
    pid_file.write_text(f"{pid}\n{folder}\n1764000000\n5432\n{folder}\n\n  1234 0\nready   \n")
    lock.write_text(f"{pid}\n{folder}\n1764000000\n5432\n{folder}\n")
    return pid_file, lock


def test_what_a_dead_server_left_is_removed(tmp_path: Path, dead: int) -> None:
    pid_file, lock = left_by(dead, tmp_path)
    forget_dead_postmaster(pid_file)
    assert not pid_file.exists()
    assert not lock.exists()
    forget_dead_postmaster(pid_file)


def test_a_pid_that_went_to_a_process_of_another_kind_is_no_server(tmp_path: Path) -> None:
    pid_file, lock = left_by(os.getpid(), tmp_path)
    forget_dead_postmaster(pid_file)
    assert not pid_file.exists()
    assert not lock.exists()


@pytest.mark.parametrize("lines", [1, 3])
def test_what_was_being_written_when_its_server_died_is_removed(tmp_path: Path, dead: int, lines: int) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text("".join(f"{line}\n" for line in (dead, tmp_path, 1764000000)[:lines]))
    forget_dead_postmaster(pid_file)
    assert not pid_file.exists()


def test_a_running_server_keeps_what_is_its_own(tmp_path: Path, running: int) -> None:
    pid_file, lock = left_by(running, tmp_path)
    forget_dead_postmaster(pid_file)
    assert pid_file.exists()
    assert lock.exists()
