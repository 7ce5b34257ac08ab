"""Whether the log stays as fast as it grows: a log of 10 thousand events beside one that grows to 5 million.

`python -m bench.growth [--sizes N N …]`; prints the table and writes it to `bench/results/growth.md`. Both logs lie on
one server and take turns, so that what else the machine does meets both. The filling is made by the database itself,
through the same `append_events`, a thousand events at a time, and the last stream's chain is verified.
"""

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import uvloop

from bench.log import BYTES, FIRST, PAYLOAD, goes_first
from infra.embedded.postgres import EmbeddedPostgres
from infra.log.audit import LogAudit
from infra.log.port import Wanted
from infra.log.postgres import PostgresLog
from schemas.envelope import LogPosition, NewEvent
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
ROUNDS = 21
STREAM_EVENTS = 5_000
"""Events in one filling stream: an interview of some 40 minutes with two observations a second."""
FILL = """
create or replace procedure fill(streams integer, events integer, payload bytea) language plpgsql as $$
declare
    stream text;
    subject text;
    news new_event[];
    digests bytea;
begin
    for number in 1 .. streams loop
        stream := 'interview-' || replace(uuidv7()::text, '-', '');
        subject := replace(uuidv7()::text, '-', '');
        for behind in 0 .. events - 1 by 1000 loop
            select array_agg(new order by second),
                string_agg(
                    sha256(hash_field(convert_to(stream, 'UTF8')) || record_send(new)), ''::bytea order by second
                )
            into news, digests
            from generate_series(behind, behind + 999) as second,
            lateral (
                select (uuidv7(), case when second = 0 then 'interview.created' else 'sight.observed' end, 1,
                    second * 1000000::bigint, 'session', null, null, subject, null, payload)::new_event as new
            ) as made;
            perform append_events(stream, behind, '{}', news, digests);
            commit;
        end loop;
    end loop;
end
$$
"""
WORDS = """
Each figure is the growing log's time over that of the log of 10 thousand events, measured in turns: the middle of the
rounds. 1.00 is flat, 1.20 is 20 % slower. In brackets the growing log's own time. The other log grows by what is
appended to it in the rounds, as its column says.

- **append**: by the log's own code, encrypted, with fsync: one event, and a hundred at once, at the end of a stream.
- **read**: a whole stream of 5 000 events that lies anywhere in the log.
- **follow**: 5 000 events behind a place anywhere in the log.
- **search**: all 5 000 events of one subject, anywhere.

The table is not partitioned; docs/decisions/0011 says why, and how old interviews leave it.
"""

Measure = Callable[["Side"], Coroutine[Any, Any, None]]


class Side:
    """One of the two logs."""

    def __init__(self, url: str, log: PostgresLog) -> None:
        self.url = url
        self.log = log
        self.subject = SubjectId(uuid4().hex)
        self._turn = 0

    @classmethod
    async def open(cls, server: EmbeddedPostgres, name: str) -> "Side":
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        url = server.url.replace("/postgres?", f"/{name}?")
        return cls(url, await PostgresLog.open(url, bytes(32)))

    def fill(self, size: int) -> None:
        """Bring the log to at least `size` events."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(FILL)
            [(there,)] = connection.execute("select coalesce(sum(version), 0) from stream_head").fetchall()
            connection.execute("call fill(%s, %s, %s)", [-(-(size - there) // STREAM_EVENTS), STREAM_EVENTS, BYTES])
            connection.execute("vacuum analyze")
            connection.execute("checkpoint")

    def anywhere(self) -> tuple[StreamName, SubjectId, LogPosition]:
        """A filling stream, its subject and the place where it begins; another one each time, spread over the log."""
        with psycopg.connect(self.url) as connection:
            streams = connection.execute(
                "select stream from stream_head where version = %s order by position", [STREAM_EVENTS]
            ).fetchall()
            self._turn += 1
            [stream] = streams[self._turn * 7919 % len(streams)]
            found = connection.execute(
                "select subject, transaction_id, position from event where stream = %s and version = 1", [stream]
            ).fetchone()
        assert found is not None
        subject, transaction, position = found
        return StreamName(stream), SubjectId(subject), LogPosition(transaction, position)


async def append(side: Side, *, times: int, batch: int) -> float:
    stream = StreamName(f"interview-{uuid4().hex}")
    new = [
        [NewEvent("sight.observed", 1, PAYLOAD, SessionTime(0), "session", subject=side.subject) for _ in range(batch)]
        for _ in range(times)
    ]
    begun = time.perf_counter()
    for number, events in enumerate(new):
        await side.log.append(stream, events, expected=number * batch)
    return (time.perf_counter() - begun) / times


async def append_one(side: Side) -> float:
    """Seconds for one."""
    return await append(side, times=100, batch=1)


async def append_many(side: Side) -> float:
    """Seconds for a hundred."""
    return await append(side, times=5, batch=100)


async def read(side: Side) -> float:
    """Seconds for a stream."""
    stream, _, _ = await asyncio.to_thread(side.anywhere)
    begun = time.perf_counter()
    found = len([event async for event in side.log.read(stream)])
    assert found == STREAM_EVENTS
    return time.perf_counter() - begun


async def follow(side: Side) -> float:
    """Seconds for as many events as a stream has."""
    _, _, place = await asyncio.to_thread(side.anywhere)
    begun = time.perf_counter()
    found = 0
    while found < STREAM_EVENTS - 1:
        events = await side.log.follow(place)
        assert events
        found, place = found + len(events), events[-1].place
    return time.perf_counter() - begun


async def search(side: Side) -> float:
    """Seconds for the events of a subject."""
    _, subject, _ = await asyncio.to_thread(side.anywhere)
    begun = time.perf_counter()
    found = len([event async for event in side.log.search(Wanted(subject=subject))])
    assert found == STREAM_EVENTS
    return time.perf_counter() - begun


MEASURES = {"append, one": append_one, "append, 100": append_many, "read": read, "follow": follow, "search": search}


async def compare(small: Side, large: Side) -> list[str]:
    """One cell for each measure."""
    cells = []
    for work in MEASURES.values():
        ratios, own = [], []
        for number in range(ROUNDS):
            pair = (small, large) if number % 2 else (large, small)
            seconds = {side: await work(side) for side in pair}
            ratios.append(seconds[large] / seconds[small])
            own.append(seconds[large])
        cells.append(f"{statistics.median(ratios):.2f} ({statistics.median(own) * 1000:.2f} ms)")
    return cells


async def measure(sizes: list[int]) -> str:
    """The result as Markdown."""
    lines = [
        "# The log as it grows\n",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, by `python -m bench.growth`, {ROUNDS} rounds.{FIRST if goes_first() else ''}\n",
        f"| events | {' | '.join(MEASURES)} | size | the other log |",
        f"|---|{'---|' * (len(MEASURES) + 2)}",
    ]
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        await server.start()
        try:
            small, large = await Side.open(server, "small"), await Side.open(server, "large")
            await asyncio.to_thread(small.fill, min(sizes))
            for size in sizes:
                begun = time.perf_counter()
                await asyncio.to_thread(large.fill, size)
                print(f"{size:,} events after {time.perf_counter() - begun:.0f} s", flush=True)
                cells = [*await compare(small, large), _bytes(large), f"{_events(small):,} events"]
                lines.append(f"| {size:,} | {' | '.join(cells)} |")
                print(lines[-1], flush=True)
            lines.append(f"\nThe newest of the filling streams: {await _verified(large)}.")
            await small.log.close()
            await large.log.close()
        finally:
            await server.stop()
    return "\n".join(lines) + "\n" + WORDS


def _events(side: Side) -> int:
    with psycopg.connect(side.url) as connection:
        [(there,)] = connection.execute("select sum(version)::bigint from stream_head").fetchall()
    return int(there)


def _bytes(side: Side) -> str:
    with psycopg.connect(side.url) as connection:
        [(table, indexes)] = connection.execute(
            "select pg_table_size('event') / 1000000, pg_indexes_size('event') / 1000000"
        ).fetchall()
    return f"{table:,} MB + {indexes:,} MB of indexes"


async def _verified(side: Side) -> str:
    stream, _, _ = await asyncio.to_thread(side.anywhere)
    audit = await LogAudit.open(side.url)
    try:
        events, broken = await audit.verify(stream)
    finally:
        await audit.close()
    return f"{events:,} events, whole" if broken is None else f"broken at version {broken.version}: {broken.found}"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    sizes = parser.parse_args().sizes
    result = uvloop.run(measure(sizes))
    print(result)
    if sizes == list(SIZES):
        (Path(__file__).parent / "results" / "growth.md").write_text(result)


if __name__ == "__main__":
    main()
