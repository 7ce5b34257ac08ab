"""The parts of an embedded server, for commands that change what all of them hold."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from infra.embedded.folder import InUse, claimed
from infra.embedded.nats import NATS_ADDRESS, EmbeddedNats, find_binary
from infra.embedded.ray_head import prepare_to_join
from infra.embedded.record import with_record
from infra.settings import Settings
from schemas.errors import Unavailable


@asynccontextmanager
async def with_parts(settings: Settings) -> AsyncIterator[Settings]:
    """Settings with which log and bus can be opened, for as long as the context lasts, and Ray where a server runs.

    Where none does, `ray_address` is None, database and bus are started for the occasion, and no server can start on
    the data folder meanwhile. To be entered before Ray is imported. Raises `Misconfigured`, `Unavailable`.
    """
    async with AsyncExitStack() as stack:
        runs = settings.ray_address is not None or not _claimed(stack, settings)
        reached = await stack.enter_async_context(with_record(settings))
        nats = settings.nats_url or (_running_bus(settings) if runs else await _own_bus(stack, settings))
        ray = prepare_to_join(settings) if runs else None
        yield reached.model_copy(update={"nats_url": nats, "ray_address": ray})


def _claimed(stack: AsyncExitStack, settings: Settings) -> bool:
    try:
        stack.enter_context(claimed(settings.data))
    except InUse:
        return False
    return True


def _running_bus(settings: Settings) -> str:
    try:
        return (settings.data / NATS_ADDRESS).read_text()
    except OSError:
        raise Unavailable("Expected the running server to say where its bus is; it is still starting.") from None


async def _own_bus(stack: AsyncExitStack, settings: Settings) -> str:
    nats = EmbeddedNats(settings.data / "nats", find_binary(settings.nats_server))
    stack.push_async_callback(nats.stop)
    return await nats.start()
