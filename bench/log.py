"""The log's speed against the `eventsourcing` library's PostgreSQL recorder and bare psycopg, on one server in one run.

`python -m bench.log [--rounds N]`; prints the table and writes it to `bench/results/log.md`. One caller that waits for
each answer; the sides take turns, and the middle round counts.
"""

import argparse
import asyncio
import json
import os
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
import uvloop
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from infra.crypto import NONCE_BYTES
from infra.embedded.postgres import EmbeddedPostgres
from infra.log.audit import LogAudit
from infra.log.postgres import PostgresLog
from schemas.envelope import START, NewEvent
from schemas.ids import StreamName, SubjectId, new_event_id
from schemas.media import SessionTime

SINGLES, BATCHES, BATCH, PAGE = 500, 50, 100, 1000
RESULT = Path(__file__).parent / "results" / "log.md"
MEASURES = ("append, one", "append, 100 at once", "read a stream", "follow all", "read a stream, as stored")
PAYLOAD = {
    "participant": "0" * 32, "second": 7, "frames": 15, "dropped": 0, "presence": 1.0, "confidence": 0.93,
    "yaw": -3.25, "pitch": 4.5, "roll": 0.75, "gaze_horizontal": 1.5, "gaze_vertical": -2.25, "gaze_confidence": 0.9,
    "toward_screen": 0.93, "problem": None, "detector": "mediapipe-face-mesh-0.10.21",
}  # fmt: skip
BYTES = json.dumps(PAYLOAD, separators=(",", ":")).encode()
TAG_BYTES = 16

KEY, HASH, CIPHERTEXT = uuid4(), os.urandom(32), os.urandom(NONCE_BYTES + len(BYTES) + TAG_BYTES)
BARE = """
    create table if not exists bare (
        position bigint generated always as identity, transaction_id xid8, stream text, version integer,
        id uuid not null unique, type text, schema_version integer, at_us bigint, recorded_at timestamptz, actor text,
        causation uuid, correlation uuid, subject text, key_id uuid, payload bytea, previous_hash bytea, hash bytea,
        hash_form smallint, unique (stream, version), unique (transaction_id, position)
    );
    create index if not exists bare_search on bare using brin (
        type text_bloom_ops (n_distinct_per_range = 100), subject text_bloom_ops (n_distinct_per_range = 200),
        recorded_at timestamptz_minmax_ops
    ) with (autosummarize = on)
"""
BARE_INSERT = (
    "insert into bare (transaction_id, stream, version, id, type, schema_version, at_us, recorded_at, actor, causation,"
    " correlation, subject, key_id, payload, previous_hash, hash, hash_form)"
    " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
NARROW = """
    create table if not exists narrow (
        position bigint generated always as identity primary key, stream text, version integer, id uuid, type text,
        at_us bigint, payload bytea, unique (stream, version)
    )
"""

FIRST = " Run before all other work of the machine (SCHED_FIFO)."
WORDS = """Aims: 1.5 (one), 2 (100 at once) and 1 (reads) against the library; 0.8 against bare inserts.

What each side does:
- **Intact** encrypts (AES-256-GCM), digests and chains (SHA-256) each event, checks version, ids and key, and keeps the
  stream's head, in one call of a function; 18 columns, B-trees on id, (stream, version) and (transaction, position), a
  BRIN for searches. Reads give events decrypted and parsed, one by one; read as stored, as `intact log verify` does,
  all 18 columns undecoded, which is the level of the other sides' reads. Its loop is uvloop, as the server's is.
- **eventsourcing** is the library's `PostgresApplicationRecorder` as it comes: 5 columns, the payload in the clear, 2
  indexes, the table locked while it appends. Reads give the payload as bytes, undecoded.
- **bare psycopg** inserts the very same row, its ciphertext and hashes ready-made, into a table with the same indexes,
  by a prepared `insert`, blocking; a hundred at once by `unnest`. It checks nothing and keeps no head. **Async**: the
  same single inserts from an event loop.
- **narrow table** is bare psycopg with 7 columns, the payload in the clear, and 2 indexes.

Where an aim is missed, and why (docs/decisions/0012 says what was changed to come this far):
- 100 at once against the library: of an append's 2.3 ms, 0.6 go into making the events ready (JSON, encryption,
  digest), 1.0 of the server's time into rows of 600 bytes with four index entries each (a third of it the indexes), the
  rest into the way there and fsync, which both sides pay. The library writes rows half as wide with two index entries.
  Tried: an array for each column (slower), positions and hashes unnested with the events, the sequence advanced once
  for an append, and no `security definer` (no gain).
- One against bare: an append reads and updates the stream's head too, for the chain, the expected version and the
  anchor, takes a turn, and goes through an event loop. Tried: a lock on the row (slower), the head and the keys in one
  query (kept), the connection kept from append to append (kept, an eighth faster).
- Reads of decoded events: decryption, parsing and making an event of 16 fields take 7 µs, the library's whole read of
  undecoded bytes takes 4 to 5. Tried: keys joined to each event, a frozen dataclass, the events packed into one value
  by the server (all slower).
"""

Rates = dict[str, float]
"""Events per second by measure."""


async def measure_intact(url: str) -> Rates:
    """With chain and encryption on."""
    log = await PostgresLog.open(url, bytes(32))
    audit = await LogAudit.open(url)
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
        found = 0
        async for _ in log.read(many):
            found += 1
        rates[MEASURES[2]] = found / (time.perf_counter() - begun)
        begun, found, place = time.perf_counter(), 0, START
        while followed := await log.follow(place, limit=PAGE):
            found, place = found + len(followed), followed[-1].place
        rates[MEASURES[3]] = found / (time.perf_counter() - begun)
        begun = time.perf_counter()
        found = 0
        async for _ in audit.stored(many):
            found += 1
        rates[MEASURES[4]] = found / (time.perf_counter() - begun)
        return rates
    finally:
        await audit.close()
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
    """The same bytes as Intact's: its columns, values and indexes, with the hashes and the ciphertext ready-made."""
    return _measure_table(url, "bare", BARE, _row)


async def measure_bare_async(url: str) -> Rates:
    """Single inserts of the same rows from an event loop, as Intact's own calls are."""
    stream = f"interview-{uuid4().hex}"
    rows = [_row(stream, version) for version in range(SINGLES)]
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        begun = time.perf_counter()
        for values in rows:
            await connection.execute(BARE_INSERT, values, binary=True)
        return {MEASURES[0]: SINGLES / (time.perf_counter() - begun)}


def measure_narrow(url: str) -> Rates:
    """The least that a log could be: six columns, the payload in the clear, two indexes."""
    return _measure_table(url, "narrow", NARROW, _narrow_row)


def _measure_table(url: str, table: str, definition: str, row: Callable[[str, int], tuple[object, ...]]) -> Rates:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in definition.split(";"):
            connection.execute(statement.encode())
        found = connection.execute(
            "select attname::text, format_type(atttypid, null) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and attidentity = '' order by attnum",
            [table],
        ).fetchall()
        columns = ", ".join(name for name, _ in found)
        one, many, rates = f"interview-{uuid4().hex}", f"interview-{uuid4().hex}", {}
        insert = f"insert into {table} ({columns}) values ({', '.join('%s' for _ in found)})".encode()
        singles = [row(one, version) for version in range(SINGLES)]
        begun = time.perf_counter()
        for values in singles:
            connection.execute(insert, values, binary=True)
        rates[MEASURES[0]] = SINGLES / (time.perf_counter() - begun)
        arrays = ", ".join(f"%s::{type_}[]" for _, type_ in found)
        insert = f"insert into {table} ({columns}) select * from unnest({arrays})".encode()
        batches = [
            [list(column) for column in zip(*(row(many, b * BATCH + n) for n in range(BATCH)), strict=True)]
            for b in range(BATCHES)
        ]
        begun = time.perf_counter()
        for values in batches:
            connection.execute(insert, values, binary=True)
        rates[MEASURES[1]] = BATCHES * BATCH / (time.perf_counter() - begun)
        select = f"select * from {table} where stream = %s order by version".encode()
        begun = time.perf_counter()
        read = len(connection.execute(select, [many], binary=True).fetchall())
        rates[MEASURES[2]] = read / (time.perf_counter() - begun)
        return rates


def _row(stream: str, version: int) -> tuple[object, ...]:
    recorded = datetime.now(UTC)
    return (
        *("1", stream, version, new_event_id(), "sight.observed", 1, 7_000_000, recorded, "session"),
        *(None, None, "0" * 32, KEY, CIPHERTEXT, HASH, HASH, 2),
    )


def _narrow_row(stream: str, version: int) -> tuple[object, ...]:
    return stream, version, new_event_id(), "sight.observed", 7_000_000, BYTES


SIDES: dict[str, Callable[[str], Awaitable[Rates]]] = {
    "Intact": measure_intact,
    "eventsourcing": lambda url: asyncio.to_thread(measure_library, url),
    "bare psycopg": lambda url: asyncio.to_thread(measure_bare, url),
    "bare, async": measure_bare_async,
    "narrow table": lambda url: asyncio.to_thread(measure_narrow, url),
}


async def measure(rounds: int) -> list[dict[str, Rates]]:
    """The rates of each round, by side; a round before them warms the server up."""
    taken: list[dict[str, Rates]] = []
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        url = await server.start()
        try:
            for _ in range(rounds + 1):
                taken.append({side: await work(url) for side, work in SIDES.items()})
        finally:
            await server.stop()
    return taken[1:]


def table(taken: list[dict[str, Rates]]) -> str:
    """The result as Markdown."""

    def middle(side: str, name: str) -> float:
        return statistics.median(rates[side][name] for rates in taken)

    def rate(side: str, name: str) -> str:
        return f"{middle(side, name):,.0f}" if name in taken[0][side] else "–"

    def against(side: str, name: str) -> str:
        other = name.partition(", as")[0]
        return f"{middle('Intact', name) / middle(side, other):.2f}" if other in taken[0][side] else "–"

    lines = [
        "# The log's speed\n",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, by `python -m bench.log --rounds {len(taken)}`; load over the last minute"
        f" {os.getloadavg()[0]:.1f}. Events per second by one caller that waits for each answer, with fsync; payload of"
        f" {len(BYTES)} bytes.{FIRST if goes_first() else ''}"
        " The sides take turns on one server; the middle of the rounds.\n",
        f"| | {' | '.join(SIDES)} | ÷ eventsourcing | ÷ bare | ÷ async | ÷ narrow |",
        f"|---|{'---|' * (len(SIDES) + 3)}",
    ]
    lines += [
        f"| {name} | {' | '.join(rate(side, name) for side in SIDES)} |"
        f" {' | '.join(against(side, name) for side in list(SIDES)[1:])} |"
        for name in MEASURES
    ]
    return "\n".join([*lines, "", WORDS])


def goes_first() -> bool:
    """Whether this runs at real-time priority (`chrt -f 1 python -m bench.log`), the servers it starts included."""
    return os.sched_getscheduler(0) == os.SCHED_FIFO


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    result = table(uvloop.run(measure(parser.parse_args().rounds)))
    print(result)
    RESULT.write_text(result)


if __name__ == "__main__":
    main()
