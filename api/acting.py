"""`intact actors`: which actors run, and where."""

import os

from actors.runtime import RayRuntime
from infra.embedded.ray_head import ray_environment, running_address
from infra.embedded.secret import kept_secret
from infra.settings import Settings


async def list_actors(settings: Settings) -> dict[str, int]:
    """Names of all actors that answer, and the process each runs in. Raises `Unavailable`."""
    address = settings.ray_address
    if address is None:
        address = running_address(settings.data)
        os.environ.update(ray_environment(kept_secret(settings.data / "keys", "ray")))
    runtime = await RayRuntime.connect(address)
    try:
        return {name: actor.pid for name, actor in (await runtime.running()).items()}
    finally:
        await runtime.disconnect()
