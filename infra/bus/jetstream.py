"""The bus on NATS: `await JetStreamBus.open(url)`. Recorded events go to the JetStream stream `INTACT`."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import Header, StreamConfig
from nats.js.errors import APIError, NotFoundError

from infra.bus.inbox import Inbox
from infra.bus.port import Message
from schemas.envelope import RecordedEvent
from schemas.errors import Unavailable
from schemas.ids import SubjectId

STREAM = "INTACT"
SUBJECTS = "events.>"
"""`events.<stream>.<person, or NOBODY>.<type>`"""
NOBODY = "-"
"""Stands for the person where an event concerns none."""
DUPLICATE_WINDOW = 3600.0
"""Seconds for which JetStream recognises a message id; a relay that dies comes back long before."""
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 5
PING_SECONDS = 5
"""A server that leaves two pings unanswered for this long counts as gone, also where the connection seems to stand."""
ANOTHER_ONE_BEFORE = 10070
"""JetStream's error code for a message whose expected predecessor is not the newest one."""


class JetStreamBus:
    """See `infra.bus.port.Bus`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._stream = client.jetstream(timeout=ANSWER_SECONDS)
        self._broken = asyncio.Event()
        """Set when the connection breaks; the next one has an event of its own."""

    @classmethod
    async def open(cls, url: str) -> "JetStreamBus":
        """The bus at `url`; reconnects by itself from then on. Raises `Unavailable`."""
        client = Client()
        bus = cls(client)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.connect(
                    url,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=0.2,  # type: ignore[arg-type]  # any number of seconds does
                    ping_interval=PING_SECONDS,
                    error_cb=_quiet,
                    disconnected_cb=bus._note_broken,
                )
                await bus._stream.add_stream(
                    StreamConfig(name=STREAM, subjects=[SUBJECTS], duplicate_window=DUPLICATE_WINDOW)
                )
        except (OSError, nats.errors.Error, APIError, TimeoutError) as error:
            await client.close()
            raise Unavailable("Expected the bus to answer, got no connection.") from error
        return bus

    async def publish(self, events: Sequence[RecordedEvent]) -> None:
        """See `infra.bus.port.Bus.publish`.

        All are sent before the first is acknowledged. Each but the first names its predecessor, so that where one is
        lost on the way, those behind it are refused and do not take its place.
        """
        try:
            try:
                await self._send_all(events)
            except APIError as error:
                if error.err_code != ANOTHER_ONE_BEFORE:
                    raise
                await self._send_each(events)
        except (nats.errors.Error, APIError, TimeoutError) as error:
            raise Unavailable("Expected the bus to keep events, got no word that it did.") from error

    async def _send_all(self, events: Sequence[RecordedEvent]) -> None:
        """Send all, then wait. Raises what the first bad answer says, or at once where the connection breaks."""
        sends = [
            asyncio.create_task(self._send_event(event, before))
            for before, event in zip((None, *events), events, strict=False)
        ]
        broken = asyncio.create_task(self._broken.wait())
        kept = asyncio.gather(*sends)
        try:
            await asyncio.wait((kept, broken), return_when=asyncio.FIRST_COMPLETED)
            if not kept.done():  # what was on its way may be kept or not; nobody will say
                raise nats.errors.ConnectionClosedError
            kept.result()
        finally:
            for task in (*sends, broken):
                task.cancel()
            await asyncio.gather(*sends, broken, kept, return_exceptions=True)

    async def _send_each(self, events: Sequence[RecordedEvent]) -> None:
        """The newest message may be another one than the predecessor although that is kept; so wait for each."""
        for event in events:
            await self._send_all([event])

    async def _send_event(self, event: RecordedEvent, before: RecordedEvent | None) -> None:
        headers = {Header.MSG_ID.value: str(event.id)}
        if before is not None:
            headers[Header.EXPECTED_LAST_MSG_ID.value] = str(before.id)
        subject = f"events.{event.stream}.{event.subject or NOBODY}.{event.type}"
        await self._stream.publish(subject, _body(event), headers=headers)

    async def _note_broken(self) -> None:
        self._broken.set()
        self._broken = asyncio.Event()

    async def purge(self, subject: SubjectId) -> int:
        """See `infra.bus.port.Bus.purge`.

        Messages are overwritten in their files one by one; a purge by subject would leave the bytes where they are.
        """
        found, number = 0, 1
        try:
            while True:
                message = await self._stream.get_msg(STREAM, seq=number, subject=f"events.*.{subject}.>", next=True)
                assert message.seq is not None
                await self._stream.delete_msg(STREAM, message.seq)
                found, number = found + 1, message.seq + 1
        except NotFoundError:
            return found
        except (nats.errors.Error, APIError, TimeoutError) as error:
            raise Unavailable("Expected the bus to destroy what it keeps, got no word that it did.") from error

    async def send(self, subject: str, data: bytes) -> None:
        """See `infra.bus.port.Bus.send`."""
        try:
            await self._client.publish(subject, data)
        except nats.errors.Error as error:
            raise Unavailable("Expected the bus to take a message, got a refusal.") from error

    @asynccontextmanager
    async def listen(self, subject: str) -> AsyncIterator[AsyncIterator[Message]]:
        """See `infra.bus.port.Bus.listen`."""
        inbox = Inbox()

        async def put(message: Msg) -> None:
            inbox.put(Message(message.subject, message.data))

        try:
            subscription = await self._client.subscribe(subject, cb=put)
            await self._client.flush(ANSWER_SECONDS)
        except (nats.errors.Error, TimeoutError) as error:
            raise Unavailable("Expected the bus to take a subscription, got no answer.") from error
        try:
            yield inbox.messages()
        finally:
            with suppress(nats.errors.Error):  # it was closed
                await subscription.unsubscribe()

    async def close(self) -> None:
        """See `infra.bus.port.Bus.close`."""
        await self._client.close()


async def _quiet(error: Exception) -> None:
    """Reconnecting is the client's business; what was asked of it meanwhile raises where it was asked."""


def _body(event: RecordedEvent) -> bytes:
    """The event as a subscriber reads it; without its payload where it concerns a person: the bus is not encrypted."""
    return json.dumps(
        {
            "id": str(event.id),
            "stream": event.stream,
            "version": event.version,
            "position": event.place.position,
            "type": event.type,
            "schema_version": event.schema_version,
            "at_us": event.at,
            "recorded_at": event.recorded_at.isoformat(),
            "subject": event.subject,
            "payload": None if event.subject else event.payload,
            "hash": event.hash.hex(),
        },
        ensure_ascii=False,
    ).encode()
