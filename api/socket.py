"""What both WebSockets share: the first message, closing with a reason, and how long a client may be silent."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.problem import problem_of
from schemas.errors import IntactError, Invalid
from schemas.wire import Hello, ProblemSignal

HELLO_SECONDS = 10.0
"""How long a client may take to say who it is."""
CLOSED_FOR_PROBLEM = 4400
"""Close code after a fatal problem (RFC 6455, 7.4.2: 4000 to 4999 are the application's)."""
MOST_BYTES = 256 * 1024
"""The largest message that a client may send: an SDP of 100,000 characters and its escapes."""


async def receive_text(socket: WebSocket) -> str:
    """The next text message. Raises `WebSocketDisconnect`, and `Invalid` for a binary message."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    text = message.get("text")
    if text is None:
        raise Invalid("Expected a text message with JSON, got a binary one.")
    return str(text)


async def receive_hello(socket: WebSocket) -> Hello:
    """The client's first message. Raises `Invalid`, `WebSocketDisconnect`."""
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            text = await receive_text(socket)
        return Hello.model_validate_json(text)
    except TimeoutError:
        raise Invalid(f"Expected a hello within {HELLO_SECONDS:.0f} s, got nothing.") from None
    except ValidationError:
        raise Invalid("Expected a hello with token and claim as the first message.") from None


async def until_first(*works: Coroutine[Any, Any, None]) -> None:
    """Run `works` side by side until the first of them ends; end the others. Raises what the first one raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def send_problem(socket: WebSocket, error: IntactError, *, fatal: bool) -> None:
    """Tell the client what went wrong; close where it is fatal."""
    message = ProblemSignal(problem=problem_of(error), fatal=fatal)
    await socket.send_text(message.model_dump_json())
    if fatal:
        await socket.close(CLOSED_FOR_PROBLEM, error.code)
