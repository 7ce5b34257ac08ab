"""The life of an actor inside its process."""

import asyncio

import pytest

from actors.life import Life
from schemas.errors import IntactError, Misconfigured, Unavailable


class Worker:
    """Starts at the `succeeds_at`th try."""

    def __init__(self, succeeds_at: int, error: type[IntactError] = Unavailable) -> None:
        self.tries = 0
        self.stopped = False
        self._succeeds_at = succeeds_at
        self._error = error

    async def start(self) -> None:
        self.tries += 1
        if self.tries < self._succeeds_at:
            raise self._error

    async def stop(self) -> None:
        self.stopped = True

    async def double(self, number: int) -> int:
        return 2 * number


async def test_an_actor_whose_parts_are_away_starts_by_itself_when_they_are_back() -> None:
    worker = Worker(succeeds_at=3)
    await asyncio.wait_for(Life("projector", worker).wake(), 10)
    assert worker.tries == 3


async def test_what_does_not_pass_is_not_tried_again_by_itself_but_at_the_next_call() -> None:
    worker = Worker(succeeds_at=2, error=Misconfigured)
    life = Life("projector", worker)
    await life.wake()
    assert worker.tries == 1
    assert await life.call("double", [4]) == 8


async def test_an_actor_is_started_once_and_stopped_where_it_was() -> None:
    worker, idle = Worker(succeeds_at=1), Worker(succeeds_at=1)
    life = Life("session", worker)
    await asyncio.gather(life.wake(), life.call("double", [1]), life.call("double", [2]))
    await life.halt()
    await Life("session", idle).halt()
    assert (worker.tries, worker.stopped, idle.stopped) == (1, True, False)


async def test_a_call_raises_what_the_start_does() -> None:
    with pytest.raises(Unavailable):
        await Life("session", Worker(succeeds_at=2)).call("double", [1])
