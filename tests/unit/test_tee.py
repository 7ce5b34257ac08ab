"""One source, several readers."""

import asyncio

import pytest

from actors.tee import Tee
from schemas.errors import StreamClosed


def source(items: list[int]) -> asyncio.Queue[int]:
    queue: asyncio.Queue[int] = asyncio.Queue()
    for item in items:
        queue.put_nowait(item)
    return queue


async def test_every_reader_is_given_everything_in_order() -> None:
    tee: Tee[int] = Tee(source([1, 2, 3]).get, branches=2, most=10)
    running = asyncio.create_task(tee.run())
    for branch in tee.branches:
        assert [await branch.take() for _ in range(3)] == [1, 2, 3]
        assert branch.take_dropped() == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_slow_reader_loses_its_own_oldest_and_is_told_how_many() -> None:
    waiting = source([1, 2])
    tee: Tee[int] = Tee(waiting.get, branches=2, most=3)
    slow, quick = tee.branches
    running = asyncio.create_task(tee.run())
    assert [await quick.take() for _ in range(2)] == [1, 2]
    for item in (3, 4, 5):
        waiting.put_nowait(item)
    assert [await quick.take() for _ in range(3)] == [3, 4, 5]
    assert [await slow.take() for _ in range(3)] == [3, 4, 5]
    assert slow.take_dropped() == 2
    assert slow.take_dropped() == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_readers_take_what_waits_before_they_are_let_go() -> None:
    items = iter([1])

    async def take() -> int:
        try:
            return next(items)
        except StopIteration:
            raise StreamClosed from None

    tee: Tee[int] = Tee(take, branches=1, most=3)
    with pytest.raises(StreamClosed):
        await tee.run()
    [branch] = tee.branches
    assert await branch.take() == 1
    with pytest.raises(StreamClosed):
        await branch.take()
