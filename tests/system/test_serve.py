"""`intact serve`, as a person starts and stops it."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import DEVNULL

import psutil
import pytest

from infra.embedded.child import end
from infra.embedded.port import free_port
from tests.system.server import STOP_SECONDS, RunningServer, running_server
from tests.waiting import eventually

READY_AGAIN_SECONDS = 20
"""A server whose data folder was made before is ready within this."""


def processes_of(data: Path) -> list[str]:
    """Processes that live and name the data folder, or have it in their environment."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        try:
            named = str(data) in " ".join(process.info["cmdline"] or [])
            if named or process.environ().get("INTACT_DATA") == str(data):
                found.append(f"{process.pid} {' '.join(process.info['cmdline'] or [])[:80]}")
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def titles(server: RunningServer) -> list[str]:
    with server.client() as client:
        return [summary["title"] for summary in client.get("/api/v1/interviews").raise_for_status().json()]


def refused_start(server: RunningServer, data: Path) -> str:
    """The one line in which a second server on the first one's port is refused."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve"],
        env={**server.environment, "INTACT_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    return line.removeprefix("intact: ")


@pytest.mark.timeout(240)
def test_what_was_recorded_is_there_after_a_stop_and_no_process_is_left(tmp_path: Path) -> None:
    data = tmp_path / "var"
    with running_server(data) as server, server.client() as client:
        client.post("/api/v1/interviews", json={"title": "Before the stop"}).raise_for_status()
        assert processes_of(data)
    assert processes_of(data) == []

    with running_server(data) as again:
        assert again.ready_seconds < READY_AGAIN_SECONDS
        assert titles(again) == ["Before the stop"]
        port = again.environment["INTACT_PORT"]
        assert refused_start(again, data) == f"Another server uses the data folder {data} already."
        assert refused_start(again, tmp_path / "other") == (
            f"Expected port {port} on 127.0.0.1 to be free, somebody listens there; set INTACT_PORT to another one."
        )
        again.process.kill()
        again.process.wait()

    with running_server(data, port=port) as after_kill:
        assert titles(after_kill) == ["Before the stop"]
    assert processes_of(data) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ("lock", signal.SIGINT),
        ("postgres/PG_VERSION", signal.SIGTERM),
        ("ray.log", signal.SIGINT),
        ("ray.address", signal.SIGINT),
        ("api.log", signal.SIGHUP),
    ],
)
async def test_a_start_that_is_interrupted_leaves_no_process(sign: str, told: signal.Signals, tmp_path: Path) -> None:
    data = tmp_path / "var"
    environment = {"INTACT_DATA": str(data), "INTACT_PORT": str(free_port()), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.cli", "serve"), env=environment, stdout=DEVNULL, stderr=DEVNULL
    )
    try:

        async def has_come_this_far() -> bool:
            return (data / sign).exists()

        await eventually(has_come_this_far, seconds=60, what=sign)
        process.send_signal(told)
        assert await asyncio.wait_for(process.wait(), STOP_SECONDS) == 0
    finally:
        await end(process)
    assert processes_of(data) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"INTACT_PORT": "70000"}, "INTACT_PORT"),
        ({"INTACT_ICE_SERVERS": "no json"}, "ice_servers"),
        ({"INTACT_DATA": "/proc/nowhere"}, "data folder"),
        ({"INTACT_NATS_URL": "nats://127.0.0.1:9", "INTACT_LINK_KEY": "short"}, "api.log"),
        ({"INTACT_MASTER_KEY": "short"}, "INTACT_MASTER_KEY"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_in_one_line(settings: dict[str, str], said: str, tmp_path: Path) -> None:
    environment = {"INTACT_DATA": str(tmp_path), "PATH": "/usr/bin:/bin", **settings}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
