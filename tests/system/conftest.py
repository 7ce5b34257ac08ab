"""Tests in this folder start real servers, real actors and a real browser."""

from collections.abc import Iterator

import pytest

from tests.system.server import RunningServer, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all tests of the session; each makes interviews of its own."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running
