"""Tests in this folder start real servers, real actors and a real browser."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.system.server import RunningServer, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    """One server for all tests of the session; each makes interviews of its own."""
    with TemporaryDirectory() as folder, running_server(Path(folder) / "var") as running:
        yield running
