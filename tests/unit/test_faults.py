"""What fault runs are made of: a judge that finds nothing is worth nothing."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bench.faults.evidence import Recorded
from bench.faults.ledger import Ledger
from bench.faults.plan import KINDS, STALLS, draw
from bench.faults.proxy import HOST, Proxy
from bench.faults.screen import Screen
from bench.faults.verdict import Verdict, judge_bus, judge_log, judge_screens
from schemas.envelope import RecordedEvent
from schemas.events import Event, InterviewCreated, InterviewEnded, ParticipantInvited
from schemas.ids import InterviewId, ParticipantId
from schemas.signals import ProsodyObserved
from tests.fakes.recorded import recorded
from tests.jetstream import Held

IV, ANN = InterviewId("a" * 32), ParticipantId("ann")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_same_seed_draws_the_same_faults_each_kind_as_often_as_the_others() -> None:
    steps = draw(1, 200)
    faults = [fault for step in steps for fault in step]
    assert len(faults) == 200
    assert steps == draw(1, 200)
    assert steps != draw(2, 200)
    counts = Counter(fault.kind for fault in faults)
    assert set(counts) == set(KINDS)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert {len(step) for step in steps} == {1, 2, 3}
    assert all(STALLS[0] <= fault.seconds <= STALLS[1] for fault in faults)


# --- the verdict -----------------------------------------------------------------------------------------------------


def second(number: int) -> Event:
    return ProsodyObserved(participant=ANN, second=number, loudness=-60, clipped=0, heard=1, detector="load")


def interview(seconds: Iterable[int] = (0, 1)) -> list[RecordedEvent]:
    return recorded(
        IV,
        [
            InterviewCreated(interview=IV, title="Fault run", source="file", epoch_us=0),
            ParticipantInvited(participant=ANN, role="applicant", label="Applicant A"),
            *map(second, seconds),
            InterviewEnded(by="source"),
        ],
    )


def read(events: Iterable[RecordedEvent]) -> Recorded:
    found = Recorded()
    for event in events:
        found.take(event)
    return found


def ledger() -> Ledger:
    """Both seconds and the end were acknowledged."""
    kept = Ledger()
    kept.take({"made": IV, "participant": ANN})
    for number in (0, 1):
        acknowledged = {"interview": IV, "participant": ANN, "modality": "prosody", "second": number}
        kept.take({**acknowledged, "version": number + 3, "sent": float(number)})
    kept.take({"ended": IV, "version": 5})
    return kept


def broken(verdict: Verdict) -> dict[str, int]:
    return {what: count for what, count in verdict.counts.items() if count}


def log_verdict(events: Sequence[RecordedEvent], *screens: Screen) -> dict[str, int]:
    verdict = Verdict()
    judge_log(verdict, ledger(), read(events), screens)
    return broken(verdict)


def once_more(fact: Event) -> list[RecordedEvent]:
    return recorded(IV, [fact], first=6)


def test_a_log_that_holds_what_was_acknowledged_is_good() -> None:
    assert log_verdict(interview()) == {}


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda events: interview([0]), {"acknowledged events lost": 1}),
        (lambda events: events[:-1], {"acknowledged events lost": 1}),
        (lambda events: [*events, *once_more(second(1))], {"events duplicated in the log": 1}),
        (lambda events: [*events, *once_more(InterviewEnded(by="source"))], {"events duplicated in the log": 1}),
        (
            lambda events: [events[0], events[2], events[1], *events[3:]],
            {"streams with a gap or out of order for a follower": 1},
        ),
    ],
)
def test_what_is_wrong_in_the_log_is_found(
    harm: Callable[[list[RecordedEvent]], list[RecordedEvent]], found: dict[str, int]
) -> None:
    assert log_verdict(harm(interview())) == found


def test_what_was_shown_must_be_in_the_log() -> None:
    screen = Screen(IV)
    screen.told = {(ANN, "prosody", "0"), (ANN, "prosody", "7")}
    assert log_verdict(interview(), screen) == {"events shown on a screen and not in the log": 1}


def held(events: Iterable[RecordedEvent]) -> list[Held]:
    return [Held(str(event.id), event.stream, event.version, NOW) for event in events]


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda messages: messages, {}),
        (lambda messages: messages[1:], {"events of the log missing in JetStream": 1}),
        (lambda messages: [*messages, messages[-1]], {"events repeated in JetStream": 1}),
        (lambda messages: [messages[1], messages[0], *messages[2:]], {"streams out of order in JetStream": 1}),
        (
            lambda messages: [*messages, Held("other", "interview-b", 1, NOW)],
            {"messages of JetStream not in the log": 1},
        ),
    ],
)
def test_what_is_wrong_in_jetstream_is_found(harm: Callable[[list[Held]], list[Held]], found: dict[str, int]) -> None:
    events, verdict = interview(), Verdict()
    judge_bus(verdict, read(events), harm(held(events)))
    assert broken(verdict) == found
    assert verdict.holds is not bool(found)


@pytest.mark.parametrize(
    ("messages", "wrong"),
    [
        ([("change", 3, 5), ("change", 5, 6)], 0),
        ([("change", 3, 5), ("change", 3, 5)], 1),
        ([("change", 4, 6)], 1),
        ([("snapshot", 0, 3)], 0),
        ([("snapshot", 0, 2)], 1),
    ],
)
def test_a_screen_notices_what_does_not_follow_what_it_shows(messages: list[tuple[str, int, int]], wrong: int) -> None:
    screen = Screen(IV)
    screen.take({"type": "snapshot", "position": 3, "view": {}})
    for kind, after, position in messages:
        screen.take({"type": kind, "after": after, "position": position, "view": {}, "patch": {}})
    verdict = Verdict()
    judge_screens(verdict, [screen])
    assert verdict.counts == {"changes that did not fit a screen": wrong}


# --- the proxy -------------------------------------------------------------------------------------------------------


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(100):
            writer.write(data)
        writer.close()
        await writer.wait_closed()


async def test_a_proxy_carries_stalls_and_cuts() -> None:
    async with await asyncio.start_server(echo, HOST) as server:
        port = server.sockets[0].getsockname()[1]
        proxy = Proxy(lambda: asyncio.open_connection(HOST, port))
        async with proxy.running():
            reader, writer = await asyncio.open_connection(HOST, proxy.port)
            writer.write(b"1")
            assert await asyncio.wait_for(reader.read(1), 5) == b"1"

            stall = asyncio.create_task(proxy.stall(0.3))
            await asyncio.sleep(0)
            writer.write(b"2")
            answer = asyncio.create_task(reader.read(1))
            await asyncio.wait((answer, stall), return_when=asyncio.FIRST_COMPLETED)
            assert stall.done()
            assert await asyncio.wait_for(answer, 5) == b"2"

            assert proxy.cut() > 0
            with suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(1), 5) == b""
            writer.close()
            with suppress(ConnectionResetError):
                await writer.wait_closed()
            again_reader, again_writer = await asyncio.open_connection(HOST, proxy.port)
            again_writer.write(b"3")
            assert await asyncio.wait_for(again_reader.read(1), 5) == b"3"
            again_writer.close()
            await again_writer.wait_closed()
