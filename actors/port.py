"""What an actor is, and what a runtime of actors can do, whatever carries it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """A plain class with a life: built, started, called, stopped. Its methods are coroutines."""

    async def start(self) -> None:
        """Called once before any other method, and again after the actor was restarted with all memory lost.

        Raises an `IntactError`; where it is retryable, the next call starts the actor again.
        """
        ...

    async def stop(self) -> None:
        """Give back everything; no call follows."""
        ...


class Ref(Protocol):
    """A way to reach an actor, wherever it runs."""

    async def call(self, method: str, *args: Any) -> Any:
        """Run `method` there and return what it returns.

        Raises what the method raised, and `Unavailable` where the actor is gone, being restarted, or does not answer:
        then the method may or may not have run.
        """
        ...


Recipe = Callable[["Runtime"], Actor]
"""Builds an actor where it is to run; a module-level callable or a partial of one, since it travels."""


@dataclass(frozen=True, slots=True)
class Running:
    """One actor that runs."""

    name: str
    pid: int


class Runtime(Protocol):
    """Actors by name. A named actor outlives whoever asked for it, and is restarted when its process dies."""

    async def ensure(self, name: str, recipe: Recipe) -> Ref:
        """The actor called `name`, built by `recipe` where there is none. Raises `Unavailable`."""
        ...

    async def find(self, name: str) -> Ref | None:
        """The actor called `name`, None where there is none."""
        ...

    async def stop(self, name: str) -> None:
        """Stop the actor called `name` for good; nothing happens where there is none."""
        ...

    async def running(self, only: Collection[str] | None = None) -> Mapping[str, Running]:
        """Named actors that answer, by name: all, or those among `only`."""
        ...
