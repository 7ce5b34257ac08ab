"""The bus on NATS: `await JetStreamBus.open(url)`. Recorded events go to the JetStream stream `INTACT`."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import StreamConfig
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
ANSWER_SECONDS = 5.0


class JetStreamBus:
    """See `infra.bus.port.Bus`."""

    def __init__(self, client: Client, stream: JetStreamContext) -> None:
        self._client = client
        self._stream = stream

    @classmethod
    async def open(cls, url: str) -> "JetStreamBus":
        """The bus at `url`; reconnects by itself from then on. Raises `Unavailable`."""
        try:
            client = await asyncio.wait_for(
                nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.2, error_cb=_quiet),
                CONNECT_SECONDS,
            )
            stream = client.jetstream(timeout=ANSWER_SECONDS)
            await stream.add_stream(StreamConfig(name=STREAM, subjects=[SUBJECTS], duplicate_window=DUPLICATE_WINDOW))
        except (OSError, nats.errors.Error, TimeoutError) as error:
            raise Unavailable("Expected the bus to answer, got no connection.") from error
        return cls(client, stream)

    async def publish(self, event: RecordedEvent) -> None:
        """See `infra.bus.port.Bus.publish`."""
        subject = f"events.{event.stream}.{event.subject or NOBODY}.{event.type}"
        try:
            await self._stream.publish(subject, _body(event), headers={"Nats-Msg-Id": str(event.id)})
        except (nats.errors.Error, APIError, TimeoutError) as error:
            raise Unavailable("Expected the bus to keep an event, got no word that it did.") from error

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

        subscription = await self._client.subscribe(subject, cb=put)
        await self._client.flush()
        try:
            yield inbox.messages()
        finally:
            if not self._client.is_closed:
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
