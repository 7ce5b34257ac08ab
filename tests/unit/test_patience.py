"""Asking again while a part is being restarted."""

import asyncio

import pytest

from actors.patience import patiently
from schemas.errors import IntactError, Refused, Unavailable, WrongVersion


class Flaky:
    """Answers at the `succeeds_at`th time it is asked."""

    def __init__(self, succeeds_at: int, error: Exception) -> None:
        self.asked = 0
        self._succeeds_at = succeeds_at
        self._error = error

    async def ask(self) -> int:
        self.asked += 1
        if self.asked < self._succeeds_at:
            raise self._error
        return self.asked


async def test_asks_again_until_there_is_an_answer() -> None:
    assert await patiently(Flaky(3, Unavailable()).ask) == 3


@pytest.mark.parametrize("error", [Refused(), WrongVersion()])
async def test_does_not_ask_again_what_the_same_question_cannot_change(error: IntactError) -> None:
    flaky = Flaky(3, error)
    with pytest.raises(type(error)):
        await patiently(flaky.ask)
    assert flaky.asked == 1


async def test_gives_up_when_patience_ends() -> None:
    flaky = Flaky(1000, Unavailable())
    with pytest.raises(Unavailable):
        await asyncio.wait_for(patiently(flaky.ask, seconds=0.2), 2)
    assert flaky.asked > 1
