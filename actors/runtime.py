"""Ray carries the actors; no other module names it.

Each actor is a detached, named Ray actor with unlimited restarts, so it outlives the process that asked for it. The
plain class runs inside a small host, which starts it, also after a restart with nobody calling.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import ray
import ray.exceptions
from ray.actor import ActorHandle
from ray.util import list_named_actors

from actors.life import Life
from actors.port import Recipe, Ref, Running
from schemas.errors import IntactError, Unavailable

NAMESPACE = "intact"
CALL_TIMEOUT = 20.0
"""Seconds after which an actor that does not answer counts as unavailable."""
STOP_TIMEOUT = 5.0
INSIST_PAUSE = 0.2
FREE_PAUSE = 0.02

log = logging.getLogger(__name__)


class _Host:
    """What Ray runs: one plain actor and its life."""

    def __init__(self, name: str, recipe: Recipe) -> None:
        self._life = Life(name, recipe(RayRuntime()))
        # A restarted actor gets no call of its own accord; this one makes it take up its work again.
        myself = ray.get_runtime_context().current_actor
        threading.Thread(target=insist, args=[lambda: ray.get(myself.wake.remote())], daemon=True).start()

    async def wake(self) -> None:
        await self._life.wake()

    async def call(self, method: str, args: tuple[Any, ...]) -> Any:
        return await self._life.call(method, args)

    async def halt(self) -> None:
        await self._life.halt()

    async def pid(self) -> int:
        return os.getpid()


def insist(ask: Callable[[], object]) -> None:
    """Call `ask` until Ray lets it through: it refuses calls to an actor that it has not heard of being back."""
    while True:
        try:
            ask()
        except ray.exceptions.RayError:
            time.sleep(INSIST_PAUSE)
        else:
            return


class RayRef:
    """Reaches one Ray actor."""

    def __init__(self, handle: ActorHandle[Any]) -> None:
        self._handle = handle

    async def call(self, method: str, *args: Any) -> Any:
        """See `actors.port.Ref.call`."""
        return await _answer(self._handle.call.remote(method, args), CALL_TIMEOUT)

    async def pid(self) -> int:
        """The process the actor runs in; raises `Unavailable`."""
        pid: int = await _answer(self._handle.pid.remote(), CALL_TIMEOUT)
        return pid

    async def halt(self) -> None:
        """Let the actor stop itself, then end its process."""
        try:
            await _answer(self._handle.halt.remote(), STOP_TIMEOUT)
        except IntactError as error:
            log.warning("actor did not stop by itself: %s", error.code)
        await asyncio.to_thread(ray.kill, self._handle, no_restart=True)


async def _answer(reference: Any, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.wrap_future(reference.future())
    except TimeoutError as error:
        raise Unavailable(f"Expected an actor to answer within {seconds:.0f} s, got nothing.") from error
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, IntactError):
            raise error.cause from None
        raise
    except ray.exceptions.RayError as error:
        raise Unavailable("Expected a running actor, got one that is gone or being restarted.") from error


class RayRuntime:
    """See `actors.port.Runtime`. Used by a process that called `connect`, and inside every actor."""

    @classmethod
    async def connect(cls, address: str) -> "RayRuntime":
        """Join the Ray cluster at `address`. Raises `Unavailable` where there is none."""
        try:
            await asyncio.to_thread(
                ray.init, address=address, namespace=NAMESPACE, log_to_driver=False, logging_level=logging.ERROR
            )
        except (ConnectionError, RuntimeError, ray.exceptions.RayError) as error:
            raise Unavailable("Expected a Ray cluster at the configured address, got no answer.") from error
        return cls()

    async def disconnect(self) -> None:
        """Leave the cluster; the actors stay."""
        await asyncio.to_thread(ray.shutdown)

    async def ensure(self, name: str, recipe: Recipe) -> Ref:
        """See `actors.port.Runtime.ensure`."""
        return await asyncio.to_thread(_get_or_create, name, recipe)

    async def find(self, name: str) -> RayRef | None:
        """See `actors.port.Runtime.find`."""
        return await asyncio.to_thread(_get, name)

    async def stop(self, name: str) -> None:
        """See `actors.port.Runtime.stop`."""
        ref = await self.find(name)
        if ref is None:
            return
        await ref.halt()
        try:
            async with asyncio.timeout(STOP_TIMEOUT):
                while await self.find(name) is not None:  # noqa: ASYNC110  Ray tells nobody when it gives a name back
                    await asyncio.sleep(FREE_PAUSE)
        except TimeoutError as error:
            raise Unavailable("Expected Ray to end an actor, its name is still taken.") from error

    async def running(self, only: Collection[str] | None = None) -> Mapping[str, Running]:
        """See `actors.port.Runtime.running`."""
        names = only if only is not None else await asyncio.to_thread(list_named_actors)
        found: dict[str, Running] = {}
        for name in names:
            ref = await self.find(name)
            try:
                if ref is not None:
                    found[name] = Running(name, await ref.pid())
            except Unavailable:
                continue
        return found


def _get_or_create(name: str, recipe: Recipe) -> RayRef:
    kind = type(name.partition(":")[0].capitalize(), (_Host,), {})
    options = {
        "name": name,
        "namespace": NAMESPACE,
        "lifetime": "detached",
        "get_if_exists": True,
        "max_restarts": -1,
        "num_cpus": 0,
    }
    try:
        handle: ActorHandle[Any] = ray.remote(kind).options(**options).remote(name, recipe)  # type: ignore[assignment]  # Ray cannot type a class made here
        return RayRef(handle)
    except ray.exceptions.RayError as error:
        raise Unavailable("Expected Ray to start an actor, got a refusal.") from error


def _get(name: str) -> RayRef | None:
    try:
        return RayRef(ray.get_actor(name, namespace=NAMESPACE))
    except ValueError:
        return None
