"""The master key: put in the place of another while the server runs, and asked for where it is lost."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infra.embedded.secret import new_secret
from tests.system.server import RunningServer, running_server
from tests.system.test_serve import processes_of


def create(server: RunningServer) -> str:
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Keys"}).raise_for_status().json()
    return str(made["interview"])


def readable(server: RunningServer, interview: str) -> bool:
    shown = server.intact("log", "show", interview).stdout
    return "Applicant A" in shown and "(erased)" not in shown


def refused_start(server: RunningServer) -> str:
    """The one line in which the server refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve"],
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "Ready after" not in done.stdout
    assert processes_of(server.data) == []
    return line


@pytest.mark.timeout(240)
def test_a_master_key_is_rotated_under_a_running_server_and_missed_where_it_is_lost() -> None:
    # Not below pytest's own folder: another pytest closes that to the user that PostgreSQL runs as.
    with TemporaryDirectory() as folder:
        rotated_and_missed(Path(folder) / "var")


def rotated_and_missed(data: Path) -> None:
    with running_server(data) as server:
        path = data / "keys" / "master_key"
        first, old = create(server), path.read_text()
        said = server.intact("keys", "rotate").stdout
        assert said.startswith("2 keys of persons are wrapped anew")
        assert path.read_text() != old
        assert len(path.read_text().split()) == 1
        second = create(server)
        assert readable(server, first)
        assert readable(server, second)
        with server.client() as client:
            client.post(f"/api/v1/interviews/{first}/participants").raise_for_status()

    key = path.read_text()
    path.unlink()
    line = refused_start(server)
    assert str(path) in line
    assert not path.exists(), "a new one would hide that the old one is lost"
    for other in (old, new_secret()):
        path.write_text(other)
        assert "put it back" in refused_start(server)
    path.write_text(key)
    assert readable(server, first)
    person, role, label = server.intact("subject", "list", second).stdout.splitlines()[1].split(maxsplit=2)
    assert (role, label) == ("applicant", "Applicant A")
    server.intact("subject", "export", person, "--out", str(data / "export"))
    assert "Applicant A" in (data / "export" / "subject.html").read_text()
