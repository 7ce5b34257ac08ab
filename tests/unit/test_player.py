"""A replay sends what the screen received, as fast as it is asked to, and obeys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from typing import Any

import pytest

from actors.projections.scene import Scene, after
from api.interviews.routes import snapshot_of
from api.records.player import Player
from api.records.stage import Stage
from schemas.media import MICROSECONDS, SessionTime
from schemas.wire import Pause, Play, Seek, replay_message_adapter
from tests.fakes.recorded import RecordedLog, recorded
from tests.merge_patch import patched
from tests.unit.test_projections import HISTORY, IV

EVENTS = recorded(IV, HISTORY[:40])
FIRST, LAST = SessionTime(MICROSECONDS), SessionTime(len(EVENTS) * MICROSECONDS)


class Screen:
    """Takes what a player sends."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.shown: dict[int, Any] = {}
        """What it showed, by position."""
        self.heads: asyncio.Queue[tuple[int, bool, float | None]] = asyncio.Queue()
        """Playheads: seconds, whether it plays, speed."""
        self.position = 0

    async def take(self, text: str) -> None:
        message = replay_message_adapter.validate_json(text)
        match message.type:
            case "snapshot":
                self.position = message.position
                self.shown[self.position] = message.view.model_dump(mode="json", exclude_none=True)
            case "change":
                assert message.after == self.position
                self.shown[message.position] = patched(self.shown[self.position], message.patch)
                self.position = message.position
            case "playhead":
                self.heads.put_nowait((message.at_us // MICROSECONDS, message.playing, message.speed))

    async def head(self) -> tuple[int, bool, float | None]:
        return await asyncio.wait_for(self.heads.get(), 10)


@asynccontextmanager
async def playing(*, begin: float = 0, until: float = LAST / MICROSECONDS, speed: float = 1.0) -> AsyncIterator[Screen]:
    """A player and its screen."""
    screen: Screen

    async def send(text: str) -> None:
        await screen.take(text)

    player = Player(Stage(RecordedLog(EVENTS), IV), IV, FIRST, SessionTime(int(until * MICROSECONDS)), send)
    screen = Screen(player)
    task = asyncio.create_task(player.play(SessionTime(int(begin * MICROSECONDS)), speed))
    try:
        yield screen
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def expected(version: int) -> Any:
    row = after(Scene(), EVENTS[:version]).row("interview", IV)
    assert row is not None
    return snapshot_of(row).view.model_dump(mode="json", exclude_none=True)


async def test_at_once_it_sends_everything_from_the_first_moment_to_the_last() -> None:
    async with playing(speed=inf) as screen:
        assert await screen.head() == (1, True, None)
        assert await screen.head() == (40, False, None)
    assert screen.shown == {event.place.position: expected(event.version) for event in EVENTS}


async def test_it_begins_and_ends_where_it_is_told_to() -> None:
    async with playing(begin=10.5, until=12.5, speed=1000) as screen:
        assert await screen.head() == (10, True, 1000)
        assert await screen.head() == (12, False, 1000)
    assert list(screen.shown) == [10, 11, 12]


async def test_it_stands_still_until_it_is_asked_to_play() -> None:
    async with playing(begin=5, speed=0) as screen:
        assert await screen.head() == (5, False, 1.0)
        screen.player.commands.put_nowait(Play(speed=1000))
        assert await screen.head() == (5, True, 1000)
        assert await screen.head() == (40, False, 1000)
    assert list(screen.shown) == list(range(5, 41))


async def test_it_goes_where_it_is_sent_backwards_too() -> None:
    async with playing(begin=20, speed=0) as screen:
        await screen.head()
        for seconds in (30, 7):
            screen.player.commands.put_nowait(Seek(at_us=seconds * MICROSECONDS))
            assert await screen.head() == (seconds, False, 1.0)
            assert (screen.position, screen.shown[screen.position]) == (seconds, expected(seconds))
        screen.player.commands.put_nowait(Seek(at_us=10**15))
        assert (await screen.head())[0] == 40


async def test_of_many_seeks_the_last_is_obeyed_and_no_other_command_is_lost() -> None:
    async with playing(begin=20, speed=0) as screen:
        await screen.head()
        for command in (Seek(at_us=1), Seek(at_us=2), Seek(at_us=9 * MICROSECONDS), Play(speed=1000), Pause()):
            screen.player.commands.put_nowait(command)
        assert [await screen.head() for _ in range(2)] == [(9, False, 1.0), (9, True, 1000)]
        seconds, plays, _ = await screen.head()
        assert not plays
        assert screen.position == seconds, "what it shows is what had happened where it stands"


async def test_to_pause_in_a_rush_is_to_stand_at_what_is_shown() -> None:
    async with playing(speed=inf) as screen:
        assert await screen.head() == (1, True, None)
        screen.player.commands.put_nowait(Pause())
        seconds, plays, _ = await screen.head()
        assert not plays
        assert screen.position == seconds


@pytest.mark.parametrize("back", [0, 3])
async def test_what_changes_nothing_is_not_sent(back: int) -> None:
    async with playing(begin=LAST / MICROSECONDS - back, speed=inf) as screen:
        await screen.head()
        assert await screen.head() == (40, False, None)
    assert len(screen.shown) == back + 1
