"""What JetStream holds, read past everything of ours."""

import json
from dataclasses import dataclass
from datetime import datetime

import nats
from nats.errors import TimeoutError as NothingCame
from nats.js.api import AckPolicy, ConsumerConfig

from infra.bus.jetstream import STREAM

PAGE = 1000
ANSWER_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """One message of JetStream."""

    id: str
    stream: str
    version: int
    stored_at: datetime


async def held_by(url: str) -> list[Held]:
    """All messages of the JetStream stream, in their order."""
    client = await nats.connect(url)
    try:
        stream = client.jetstream()
        held = (await stream.stream_info(STREAM)).state.messages
        reader = await stream.pull_subscribe("", stream=STREAM, config=ConsumerConfig(ack_policy=AckPolicy.NONE))
        found: list[Held] = []
        while len(found) < held:
            try:
                messages = await reader.fetch(PAGE, timeout=ANSWER_SECONDS)
            except NothingCame:
                break
            for message in messages:
                event = json.loads(message.data)
                found.append(Held(event["id"], event["stream"], event["version"], message.metadata.timestamp))
        return found
    finally:
        await client.close()
