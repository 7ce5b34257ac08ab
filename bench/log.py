"""The log's speed against the `eventsourcing` library's PostgreSQL recorder and bare psycopg, on one server in one run.

`python -m bench.log [--rounds N]`; prints the table and writes it to `bench/results/log.md`. One caller that waits for
each answer; the rounds of the three sides alternate, and the middle round counts.
"""

import argparse
import asyncio
import json
import platform
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from infra.embedded.postgres import EmbeddedPostgres
from infra.log.postgres import PostgresLog
from schemas.envelope import START, NewEvent
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

SINGLES, BATCHES, BATCH, PAGE = 1500, 100, 100, 1000
RESULT = Path(__file__).parent / "results" / "log.md"
MEASURES = ("append, one", "append, 100 at once", "read a stream", "follow all")
PAYLOAD = {
    "participant": "0" * 32, "second": 7, "frames": 15, "dropped": 0, "presence": 1.0, "confidence": 0.93,
    "yaw": -3.25, "pitch": 4.5, "roll": 0.75, "gaze_horizontal": 1.5, "gaze_vertical": -2.25, "gaze_confidence": 0.9,
    "toward_screen": 0.93, "problem": None, "detector": "mediapipe-face-mesh-0.10.21",
}  # fmt: skip
BYTES = json.dumps(PAYLOAD, separators=(",", ":")).encode()

Rates = dict[str, float]
"""Events per second by measure."""


async def measure_intact(url: str) -> Rates:
    """With chain and encryption on."""
    log = await PostgresLog.open(url, bytes(32))
    try:
        one, many = StreamName(f"one-{uuid4().hex}"), StreamName(f"many-{uuid4().hex}")
        await log.append(StreamName(f"warm-{uuid4().hex}"), [_new()], expected="no stream")
        rates = {}
        singles = [[_new()] for _ in range(SINGLES)]
        begun = time.perf_counter()
        for version, events in enumerate(singles):
            await log.append(one, events, expected=version)
        rates[MEASURES[0]] = SINGLES / (time.perf_counter() - begun)
        batches = [[_new() for _ in range(BATCH)] for _ in range(BATCHES)]
        begun = time.perf_counter()
        for number, events in enumerate(batches):
            await log.append(many, events, expected=number * BATCH)
        rates[MEASURES[1]] = BATCHES * BATCH / (time.perf_counter() - begun)
        begun = time.perf_counter()
        found = len([event async for event in log.read(many)])
        rates[MEASURES[2]] = found / (time.perf_counter() - begun)
        begun, found, place = time.perf_counter(), 0, START
        while followed := await log.follow(place, limit=PAGE):
            found, place = found + len(followed), followed[-1].place
        rates[MEASURES[3]] = found / (time.perf_counter() - begun)
        return rates
    finally:
        await log.close()


def _new() -> NewEvent:
    return NewEvent("sight.observed", 1, PAYLOAD, SessionTime(7_000_000), "session", subject=SubjectId("0" * 32))


def measure_library(url: str) -> Rates:
    """The recorder as it comes: neither chain nor encryption."""
    parts = urlsplit(url)
    [host] = parse_qs(parts.query)["host"]
    store = PostgresDatastore(parts.path[1:], host, "", parts.username or "postgres", "")
    recorder = PostgresApplicationRecorder(store)
    recorder.create_table()
    try:
        one, many = uuid4(), uuid4()
        recorder.insert_events([_stored(uuid4(), 1)])
        rates = {}
        begun = time.perf_counter()
        for version in range(SINGLES):
            recorder.insert_events([_stored(one, version)])
        rates[MEASURES[0]] = SINGLES / (time.perf_counter() - begun)
        batches = [[_stored(many, batch * BATCH + n) for n in range(BATCH)] for batch in range(BATCHES)]
        begun = time.perf_counter()
        for batch in batches:
            recorder.insert_events(batch)
        rates[MEASURES[1]] = BATCHES * BATCH / (time.perf_counter() - begun)
        begun = time.perf_counter()
        found = len(recorder.select_events(many))
        rates[MEASURES[2]] = found / (time.perf_counter() - begun)
        begun, found, last = time.perf_counter(), 0, 0
        while events := recorder.select_notifications(last + 1, PAGE):
            found, last = found + len(events), events[-1].id
        rates[MEASURES[3]] = found / (time.perf_counter() - begun)
        return rates
    finally:
        store.close()


def _stored(stream: UUID, version: int) -> StoredEvent:
    return StoredEvent(stream, version, "sight.observed", BYTES)


def measure_bare(url: str) -> Rates:
    """The same columns and bytes into a table with the log's key and its unique (stream, version); nothing else."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "create table if not exists bare (position bigint generated always as identity primary key,"
            " stream text not null, version integer not null, id uuid not null, type text not null,"
            " at_us bigint not null, payload bytea not null, unique (stream, version))"
        )
        insert = "insert into bare (stream, version, id, type, at_us, payload) values (%s, %s, %s, %s, %s, %s)"
        one, many, rates = uuid4().hex, uuid4().hex, {}
        begun = time.perf_counter()
        for version in range(SINGLES):
            connection.execute(insert, _row(one, version), binary=True)
        rates[MEASURES[0]] = SINGLES / (time.perf_counter() - begun)
        insert = (
            "insert into bare (stream, version, id, type, at_us, payload)"
            " select * from unnest(%s::text[], %s::integer[], %s::uuid[], %s::text[], %s::bigint[], %s::bytea[])"
        )
        batches = [
            [list(column) for column in zip(*(_row(many, b * BATCH + n) for n in range(BATCH)), strict=True)]
            for b in range(BATCHES)
        ]
        begun = time.perf_counter()
        for columns in batches:
            connection.execute(insert, columns, binary=True)
        rates[MEASURES[1]] = BATCHES * BATCH / (time.perf_counter() - begun)
        select = "select * from bare where stream = %s order by version"
        begun = time.perf_counter()
        found = len(connection.execute(select, [many], binary=True).fetchall())
        rates[MEASURES[2]] = found / (time.perf_counter() - begun)
        return rates


def _row(stream: str, version: int) -> tuple[object, ...]:
    return stream, version, uuid4(), "sight.observed", 7_000_000, BYTES


async def measure(rounds: int) -> dict[str, Rates]:
    """The middle of `rounds` rounds, by side."""
    sides: dict[str, Callable[[str], Awaitable[Rates]]] = {
        "Intact": measure_intact,
        "eventsourcing": lambda url: asyncio.to_thread(measure_library, url),
        "bare psycopg": lambda url: asyncio.to_thread(measure_bare, url),
    }
    taken: dict[str, list[Rates]] = {side: [] for side in sides}
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        url = await server.start()
        try:
            for _ in range(rounds):
                for side, work in sides.items():
                    taken[side].append(await work(url))
        finally:
            await server.stop()
    return {
        side: {name: statistics.median(rates[name] for rates in found) for name in found[0]}
        for side, found in taken.items()
    }


def table(rates: dict[str, Rates], rounds: int) -> str:
    """The result as Markdown."""
    intact, library, bare = (rates[side] for side in ("Intact", "eventsourcing", "bare psycopg"))
    lines = [
        "# The log's speed\n",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, by"
        f" `python -m bench.log --rounds {rounds}`: events per second, middle of the rounds, payload of {len(BYTES)}"
        " bytes. Intact writes with chain and encryption; the other two with neither. Other work ran on the machine.\n",
        "| | Intact | eventsourcing | bare psycopg | against eventsourcing | against bare |",
        "|---|---|---|---|---|---|",
    ]
    for name in MEASURES:
        against_bare = f"{intact[name] / bare[name]:.2f}" if name in bare else "–"
        lines.append(
            f"| {name} | {intact[name]:,.0f} | {library[name]:,.0f} |"
            f" {f'{bare[name]:,.0f}' if name in bare else '–'} | {intact[name] / library[name]:.2f} | {against_bare} |"
        )
    lines.append("\nAims: 1.5 (one), 2 (100 at once) and 1 (reads) against the library, 0.8 against bare inserts.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    result = table(asyncio.run(measure(rounds)), rounds)
    print(result)
    pass


if __name__ == "__main__":
    main()
