"""What every bus does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from infra.bus import Bus, Message
from infra.bus.inbox import MOST_WAITING, Inbox
from infra.bus.jetstream import JetStreamBus
from infra.bus.memory import MemoryBus, matches
from schemas.envelope import RecordedEvent
from schemas.events import InterviewCreated, ParticipantInvited
from schemas.ids import SubjectId, new_interview_id, new_participant_id
from tests.fakes.recorded import recorded
from tests.jetstream import held_by


async def take(messages: AsyncIterator[Message], count: int) -> list[bytes]:
    return [(await asyncio.wait_for(anext(messages), 5)).data for _ in range(count)]


async def test_a_live_message_reaches_those_who_listen(bus: Bus) -> None:
    async with bus.listen("live.one.*") as first, bus.listen("live.>") as second, bus.listen("live.two.*") as other:
        await bus.send("live.one.ann", b"1")
        await bus.send("live.one.ben", b"2")
        await bus.send("live.two.ann", b"3")
        assert await take(first, 2) == [b"1", b"2"]
        assert await take(second, 3) == [b"1", b"2", b"3"]
        assert await take(other, 1) == [b"3"]


async def test_who_stopped_listening_is_not_told(bus: Bus) -> None:
    async with bus.listen("live.one.ann") as messages:
        pass
    await bus.send("live.one.ann", b"1")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(messages), 0.2)


def some_events(count: int) -> list[RecordedEvent]:
    interview = new_interview_id()
    created = InterviewCreated(interview=interview, title="Analyst", epoch_us=1)
    return recorded(interview, [created] * count)


async def kept(bus: Bus, events: Sequence[RecordedEvent], nats: str) -> list[int]:
    """The versions of those of `events` that the durable stream holds, in its order."""
    held = (
        [str(id_) for id_ in bus.published] if isinstance(bus, MemoryBus) else [one.id for one in await held_by(nats)]
    )
    versions = {str(event.id): event.version for event in events}
    return [versions[id_] for id_ in held if id_ in versions]


async def test_events_are_kept_in_their_order_and_once_however_often_they_are_published(bus: Bus, nats: str) -> None:
    events = some_events(300)
    await bus.publish(events[:200])
    await bus.publish(events[:200])
    await bus.publish(events[150:])
    assert await kept(bus, events, nats) == [event.version for event in events]
    await bus.publish([])


async def test_events_are_kept_also_where_others_came_between_them(bus: Bus, nats: str) -> None:
    first, other, second = some_events(3)
    await bus.publish([first])
    await bus.publish([other])
    await bus.publish([first, second])
    assert await kept(bus, [first, other, second], nats) == [1, 2, 3]


async def test_what_the_bus_keeps_of_a_person_is_destroyed_and_nothing_else(bus: Bus) -> None:
    interview, ann, ben = new_interview_id(), new_participant_id(), new_participant_id()
    seats = [ParticipantInvited(participant=who, role="applicant", label="Applicant A") for who in (ann, ben, ann)]
    created = InterviewCreated(interview=interview, title="Analyst", epoch_us=1)
    await bus.publish(recorded(interview, [created, *seats]))
    assert await bus.purge(SubjectId(ann)) == 2
    assert await bus.purge(SubjectId(ann)) == 0
    assert await bus.purge(SubjectId(ben)) == 1


async def test_the_files_of_the_bus_hold_no_words_about_a_person_and_forget_who_is_purged(
    nats: str, nats_folder: Path
) -> None:
    bus = await JetStreamBus.open(nats)
    interview, ann = new_interview_id(), new_participant_id()
    [event] = recorded(interview, [ParticipantInvited(participant=ann, role="applicant", label="Words about Ann")])
    await bus.publish([event])
    assert _searched(nats_folder, str(event.id))
    assert not _searched(nats_folder, "Words about Ann")
    await bus.purge(SubjectId(ann))
    assert not _searched(nats_folder, str(event.id))
    await bus.close()


def _searched(folder: Path, words: str) -> list[Path]:
    return [path for path in folder.rglob("*.blk") if words.encode() in path.read_bytes()]


async def test_a_slow_listener_keeps_the_newest_messages() -> None:
    inbox = Inbox()
    for number in range(MOST_WAITING + 10):
        inbox.put(Message("s", str(number).encode()))
    assert await take(inbox.messages(), 1) == [b"10"]


@pytest.mark.parametrize(
    ("pattern", "subject", "expected"),
    [
        ("a.b", "a.b", True),
        ("a.*", "a.b", True),
        ("a.*", "a.b.c", False),
        ("a.>", "a.b.c", True),
        ("a.>", "a", False),
        ("a.b", "a", False),
        ("a", "a.b", False),
    ],
)
def test_subjects_match_as_in_nats(pattern: str, subject: str, expected: bool) -> None:
    assert matches(pattern, subject) is expected
