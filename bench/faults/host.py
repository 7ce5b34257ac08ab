"""The host of a fault run: creates and ends interviews over HTTP, as a person's browser would."""

import asyncio
from contextlib import suppress

import httpx

from bench.faults.ledger import Ledger
from tests.system.server import RunningServer

PERIOD = 20.0
"""Seconds between two new interviews: each has an actor until it was idle for a while."""
PAUSE = 0.3
ANSWER_SECONDS = 30.0


class Host:
    """One host."""

    def __init__(self, server: RunningServer, ledger: Ledger) -> None:
        self._client = httpx.AsyncClient(
            base_url=server.url,
            headers={"Authorization": f"Bearer {server.host_key}"},
            timeout=ANSWER_SECONDS,
            trust_env=False,
        )
        self._ledger = ledger

    async def create(self) -> tuple[str, str]:
        """A new interview and the link of its applicant. Where the answer got lost, another one is made."""
        made = (await self._asked("/api/v1/interviews", {"title": "Fault run"})).json()
        self._ledger.created.add(made["interview"])
        [link] = [link["url"] for link in made["links"] if link["role"] == "applicant"]
        return made["interview"], link

    async def end(self, interview: str) -> None:
        """End an interview, asking until it is acknowledged."""
        await self._asked(f"/api/v1/interviews/{interview}/end", None)
        self._ledger.ended[interview] = 0

    async def keep_busy(self, over: asyncio.Event) -> None:
        """Create and end interviews until told that it is over."""
        while not over.is_set():
            interview, _ = await self.create()
            await self.end(interview)
            with suppress(TimeoutError):
                async with asyncio.timeout(PERIOD):
                    await over.wait()

    async def close(self) -> None:
        """Close connections."""
        await self._client.aclose()

    async def _asked(self, path: str, body: dict[str, str] | None) -> httpx.Response:
        while True:
            with suppress(httpx.HTTPError):
                answer = await self._client.post(path, json=body)
                if answer.is_success:
                    return answer
            await asyncio.sleep(PAUSE)
