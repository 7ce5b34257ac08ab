"""Tests in this folder hold every backend to its port: real services, started once, and their twins in memory."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from infra.blobs import Blobs
from infra.blobs.folder import FolderBlobs
from infra.blobs.memory import MemoryBlobs
from infra.bus import Bus
from infra.bus.jetstream import JetStreamBus
from infra.bus.memory import MemoryBus
from infra.embedded.nats import EmbeddedNats, find_binary
from infra.embedded.postgres import EmbeddedPostgres
from infra.log import Log
from infra.log.keyring import Keyring
from infra.log.memory import MemoryLog
from infra.log.postgres import PostgresLog
from infra.postgres import migrate, open_pool
from infra.views import Views
from infra.views.memory import MemoryViews
from infra.views.postgres import PostgresViews
from schemas.events import MODELS
from tests.fakes.loop_thread import loop_thread

BACKENDS = ("memory", "real")
MASTER_KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A real server for the whole session."""
    # Not below pytest's own folder: another pytest closes that to the user that PostgreSQL runs as.
    with TemporaryDirectory() as folder, loop_thread() as loop:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        loop.run(server.start())
        yield server
        loop.run(server.stop())


@pytest.fixture
def database(postgres: EmbeddedPostgres) -> str:
    """The URL of a database that nobody has used before."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    return postgres.url.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def nats_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bus keeps its files."""
    return tmp_path_factory.mktemp("bus")


@pytest.fixture(scope="session")
def nats(nats_folder: Path) -> Iterator[str]:
    """The URL of a real server for the whole session."""
    server = EmbeddedNats(nats_folder, find_binary())
    with loop_thread() as loop:
        yield loop.run(server.start())
        loop.run(server.stop())


@pytest.fixture(params=BACKENDS)
async def log(request: pytest.FixtureRequest) -> AsyncIterator[Log]:
    """Every log."""
    opened: Log
    if request.param == "memory":
        opened = MemoryLog()
    else:
        opened = await PostgresLog.open(request.getfixturevalue("database"), MASTER_KEY)
    yield opened
    await opened.close()


@pytest.fixture(params=BACKENDS)
async def choosy_log(request: pytest.FixtureRequest) -> AsyncIterator[Log]:
    """Every log, as the server opens it: for the types of event that there are."""
    opened: Log
    if request.param == "memory":
        opened = MemoryLog(types=MODELS)
    else:
        opened = await PostgresLog.open(request.getfixturevalue("database"), MASTER_KEY, types=MODELS)
    yield opened
    await opened.close()


@pytest.fixture(params=BACKENDS)
async def views(request: pytest.FixtureRequest) -> AsyncIterator[Views]:
    """Every store of views."""
    opened: Views
    if request.param == "memory":
        opened = MemoryViews()
    else:
        opened = await PostgresViews.open(request.getfixturevalue("database"))
    yield opened
    await opened.close()


@pytest.fixture(params=BACKENDS)
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    """Every store of blobs."""
    if request.param == "memory":
        yield MemoryBlobs()
        return
    url = request.getfixturevalue("database")
    await migrate(url)
    pool = await open_pool(url)
    yield FolderBlobs(tmp_path / "blobs", await Keyring.open(pool, MASTER_KEY))
    await pool.close()


@pytest.fixture(params=BACKENDS)
async def bus(request: pytest.FixtureRequest) -> AsyncIterator[Bus]:
    """Every bus."""
    opened: Bus = MemoryBus() if request.param == "memory" else await JetStreamBus.open(request.getfixturevalue("nats"))
    yield opened
    await opened.close()
