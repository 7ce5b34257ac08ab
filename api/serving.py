"""`intact serve`: an embedded server from start to Ctrl-C."""

import asyncio
import time

import typer

from infra.embedded.supervisor import Server, until_told_to_stop
from infra.settings import Settings


async def serve(settings: Settings) -> None:
    """Start all parts, say where to go, keep them running until told to stop. Raises `Misconfigured`, `Unavailable`."""
    await until_told_to_stop(_serve(settings))


async def _serve(settings: Settings) -> None:
    begun = time.monotonic()
    typer.echo(f"Intact is starting; its data is in {settings.data.resolve()}")
    server = Server(settings, typer.echo)
    try:
        async with server.running():
            typer.echo(banner(server, time.monotonic() - begun))
            await server.watch()
    finally:
        typer.echo("Intact has stopped.")


def banner(server: Server, seconds: float) -> str:
    """What a person reads when the server is ready."""
    return (
        f"\nReady after {seconds:.1f} s. Open this link to create an interview (keep it to yourself):\n\n"
        f"    {server.host_link}\n\nCtrl-C stops everything; what was recorded stays.\n"
    )


def run_serve() -> None:
    """See `serve`."""
    asyncio.run(serve(Settings.load()))
