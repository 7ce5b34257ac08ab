"""What the log does when the disk is really full: a PostgreSQL on a small file system, appended to until it refuses.

`python -m bench.full_disk`; as root, because it mounts a file system in memory. Prints the result and writes it to
`bench/results/full_disk.md`.
"""

import asyncio
import os
import platform
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bench.log import PAYLOAD
from infra.embedded.postgres import EmbeddedPostgres
from infra.log.audit import LogAudit
from infra.log.postgres import PostgresLog
from schemas.envelope import NewEvent
from schemas.errors import IntactError, Unavailable
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

SMALL, ENOUGH = "160m", "400m"
BATCH = 100
RESULT = Path(__file__).parent / "results" / "full_disk.md"


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of `SMALL` bytes at `folder`."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0755", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


async def fill(log: PostgresLog, stream: StreamName) -> tuple[int, list[NewEvent], IntactError]:
    """How many events were acknowledged, the batch that was refused, and what the caller was told."""
    acknowledged = 0
    while True:
        batch = [
            NewEvent("sight.observed", 1, PAYLOAD, SessionTime(n), "session", subject=SubjectId("0" * 32))
            for n in range(BATCH)
        ]
        try:
            await log.append(stream, batch, expected=acknowledged)
        except IntactError as error:
            return acknowledged, batch, error
        acknowledged += BATCH


async def measure(folder: Path) -> list[str]:
    """What was seen, in words."""
    stream = StreamName(f"interview-{uuid4().hex}")
    server = EmbeddedPostgres(folder / "postgres")
    url = await server.start()
    log = await PostgresLog.open(url, bytes(32))
    acknowledged, batch, error = await fill(log, stream)
    said = [
        f"{acknowledged:,} events were acknowledged; then the caller was told `{error.code}`"
        f" (retry {'may help' if error.retryable else 'does not help'}): {error.message}"
    ]
    await asyncio.to_thread(subprocess.run, ["mount", "-o", f"remount,size={ENOUGH}", folder], check=True)
    await server.start()
    said.append(f"With room again there are {await _count(log, stream):,} events.")
    appended = await log.append(stream, batch, expected=acknowledged)
    said.append(f"The refused batch, said again, ends at version {appended.version:,}; said a third time at")
    appended = await log.append(stream, batch, expected=acknowledged)
    said[-1] += f" {appended.version:,}."
    audit = await LogAudit.open(url)
    events, broken = await audit.verify(stream)
    said.append(f"`verify`: {events:,} events, {'whole' if broken is None else broken.found}.")
    await audit.close()
    await log.close()
    await server.stop()
    return said


async def _count(log: PostgresLog, stream: StreamName) -> int:
    """How many events there are, once the server answers again."""
    async with asyncio.timeout(60):
        while True:
            try:
                return len([event async for event in log.read(stream)])
            except Unavailable:
                continue


def main() -> None:
    """Measure, print and keep."""
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name)):
        said = asyncio.run(measure(Path(name)))
    result = "\n".join(
        [
            "# A full disk\n",
            f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python"
            f" {platform.python_version()}, by `python -m bench.full_disk`: PostgreSQL's whole data folder on a file"
            f" system of {SMALL}B, filled by appends of {BATCH} events.\n",
            *(f"- {line}" for line in said),
        ]
    )
    print(result)
    RESULT.write_text(result + "\n")


if __name__ == "__main__":
    main()
