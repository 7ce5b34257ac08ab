"""A real server, started and used as a person would: `intact serve`, and `intact …` beside it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from infra.embedded.port import free_port

READY_SECONDS = 60.0
STOP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """One server and how to reach it."""

    process: subprocess.Popen[str]
    url: str
    data: Path
    environment: dict[str, str]
    ready_seconds: float

    @property
    def host_key(self) -> str:
        """Opens the host's page."""
        return (self.data / "keys" / "host_key").read_text()

    @property
    def host_link(self) -> str:
        """The link that the server printed."""
        return f"{self.url}/interviewer/#key={self.host_key}"

    def client(self) -> httpx.Client:
        """A client with the host's key."""
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.host_key}"}, timeout=60, trust_env=False
        )

    def intact(self, *arguments: str, check: bool = True, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `intact …` against this server's data."""
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done

    def attend(self, link: str, media: Path, *options: str) -> subprocess.Popen[str]:
        """Start `intact attend …`; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "api.cli", "attend", link, "--media", str(media), *options],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def actors(self) -> dict[str, int]:
        """Actors and their processes."""
        found: dict[str, int] = json.loads(self.intact("actors").stdout)
        return found

    async def kill(self, kind: str, interview: str) -> None:
        """`kill -9` of an interview's actor of this kind."""
        actors = await asyncio.to_thread(self.actors)
        [pid] = [pid for name, pid in actors.items() if name.startswith(f"{kind}:{interview}")]
        os.kill(pid, signal.SIGKILL)


@contextmanager
def running_server(data: Path, **settings: Any) -> Iterator[RunningServer]:
    """`intact serve` with its data in `data`, from ready until it has stopped after Ctrl-C."""
    port = int(settings.pop("port", None) or free_port())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("INTACT_", "RAY_"))},
        "INTACT_DATA": str(data),
        "INTACT_PORT": str(port),
        **{f"INTACT_{name.upper()}": str(value) for name, value in settings.items()},
    }
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = _wait_ready(process, begun)
        assert "Ready after" in said, said
        yield RunningServer(process, f"http://127.0.0.1:{port}", data, environment, time.monotonic() - begun)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)


def _wait_ready(process: subprocess.Popen[str], begun: float) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if "Ready after" in line or time.monotonic() - begun > READY_SECONDS:
            break
    return said
