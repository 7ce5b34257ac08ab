"""`intact serve` and `intact demo`: an embedded server from start to Ctrl-C."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import typer

from infra.embedded.child import end, spawn
from infra.embedded.supervisor import Server, until_told_to_stop
from infra.settings import Settings
from schemas.errors import Misconfigured
from schemas.wire import CreateInterviewRequest, InterviewCreatedResponse

PORTRAIT = Path(__file__).resolve().parent.parent / "tests" / "media" / "portrait.mp4"

WhenReady = Callable[[Server, AsyncExitStack], Awaitable[str]]
"""What is begun when the server is ready, and ended with it; says what a person reads then."""


async def serve(settings: Settings, when_ready: WhenReady) -> None:
    """Start all parts, say where to go, keep them running until told to stop. Raises `Misconfigured`, `Unavailable`."""
    await until_told_to_stop(_serve(settings, when_ready))


async def _serve(settings: Settings, when_ready: WhenReady) -> None:
    begun = time.monotonic()
    typer.echo(f"Intact is starting; its data is in {settings.data.resolve()}")
    server = Server(settings, typer.echo)
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(server.running())
            said = await when_ready(server, stack)
            typer.echo(f"\nReady after {time.monotonic() - begun:.1f} s. {said}")
            typer.echo("\nCtrl-C stops everything; what was recorded stays.\n")
            await server.watch()
    finally:
        typer.echo("Intact has stopped.")


async def welcome(server: Server, stack: AsyncExitStack) -> str:
    """How to begin."""
    return f"Open this link to create an interview (keep it to yourself):\n\n    {server.host_link}"


async def begin_demo(server: Server, stack: AsyncExitStack) -> str:
    """An interview whose applicant is a clip. Raises `Misconfigured` where the clip is missing."""
    if not PORTRAIT.is_file():
        raise Misconfigured(f"Expected the demonstration's clip at {PORTRAIT}, there is none.")
    links = {link.role: link.url for link in (await _create(server)).links}
    applicant = await spawn(
        *(sys.executable, "-m", "api.cli", "attend", links["applicant"], "--media", str(PORTRAIT), "--loop"),
        env=server.environment,
        output=server.data / "demo.log",
    )
    stack.push_async_callback(end, applicant)
    return f"An interview plays by itself; open this link to watch it as its interviewer:\n\n    {links['interviewer']}"


async def _create(server: Server) -> InterviewCreatedResponse:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        response = await client.post(
            f"{server.local_url}/api/v1/interviews",
            headers={"Authorization": f"Bearer {server.host_key}"},
            json=CreateInterviewRequest(title="Demonstration").model_dump(),
        )
    response.raise_for_status()
    return InterviewCreatedResponse.model_validate(response.json())


def run_serve(when_ready: WhenReady = welcome) -> None:
    """See `serve`."""
    asyncio.run(serve(Settings.load(), when_ready))


def run_demo() -> None:
    """`serve`, and an interview that plays by itself."""
    run_serve(begin_demo)
