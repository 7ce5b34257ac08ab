"""Parts of a server that end are started again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from infra.embedded import keeper
from infra.embedded.keeper import Part, keep
from schemas.errors import Unavailable
from tests.waiting import eventually


@dataclass
class Fake:
    """A part that ended, and starts at the `succeeds_at`th try."""

    name: str
    succeeds_at: int = 1
    tries: int = 0

    def runs(self) -> bool:
        return self.tries >= self.succeeds_at

    async def start(self) -> None:
        self.tries += 1
        if not self.runs():
            raise Unavailable(f"{self.name} does not start.")

    @property
    def part(self) -> Part:
        return Part(self.name, self.runs, self.start)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LOOK_PERIOD", 0.01)


@asynccontextmanager
async def keeping(*groups: tuple[Fake, ...]) -> AsyncIterator[list[str]]:
    """What a person is told."""
    said: list[str] = []
    keepers = [asyncio.create_task(keep(*(fake.part for fake in group), tell=said.append)) for group in groups]
    try:
        yield said
    finally:
        for task in keepers:
            task.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)


async def until_running(fake: Fake) -> None:
    async def runs() -> bool:
        return fake.runs()

    await eventually(runs, seconds=5, what=fake.name)


async def test_a_part_is_started_until_it_runs_and_then_left_alone() -> None:
    ray = Fake("Ray", succeeds_at=3)
    async with keeping((ray,)) as said:
        await until_running(ray)
    assert said == ["! Ray ended; starting it again.", "! Ray does not start. Trying again."] * 2 + [
        "! Ray ended; starting it again."
    ]


async def test_what_needs_a_part_waits_for_it_and_what_does_not_does_not() -> None:
    never, api, nats = Fake("Ray", succeeds_at=1_000_000), Fake("The API"), Fake("NATS")
    async with keeping((never, api), (nats,)):
        await until_running(nats)
    assert never.tries > 0
    assert api.tries == 0
