"""`intact actors`: which actors run, and where."""

from actors.runtime import RayRuntime


async def list_actors(address: str) -> dict[str, int]:
    """Names of all actors that answer, and the process each runs in. Raises `Unavailable`."""
    runtime = await RayRuntime.connect(address)
    try:
        return {name: actor.pid for name, actor in (await runtime.running()).items()}
    finally:
        await runtime.disconnect()
