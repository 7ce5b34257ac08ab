"""Pictures and sound over a socket."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from infra.feed import FeedReceiver, FeedSender
from schemas.errors import Unavailable
from schemas.media import AudioChunk, Medium, SessionTime, VideoFrame


def picture(at: int, shape: tuple[int, int, int] = (24, 32, 3)) -> VideoFrame:
    pixels = np.random.default_rng(at).integers(0, 255, shape, dtype=np.uint8)
    return VideoFrame(SessionTime(at), pixels, media_time=at * 90)


async def test_a_picture_arrives_as_it_was_sent() -> None:
    taken: list[tuple[Medium, int]] = []

    async def take(medium: Medium, lost: int) -> None:
        taken.append((medium, lost))

    receiver = FeedReceiver(take)
    sender = await FeedSender.connect(await receiver.open())
    sent = [picture(1), picture(2, (240, 320, 3)), replace(picture(3), image=picture(3).image[:, ::-1])]
    for number, original in enumerate(sent):
        await sender.send(original, number)
    await sender.close()
    await receiver.close()
    for number, (frame, dropped) in enumerate(taken):
        assert isinstance(frame, VideoFrame)
        assert (frame.at, frame.media_time, dropped) == (sent[number].at, sent[number].media_time, number)
        assert np.array_equal(frame.image, sent[number].image)
    assert len(taken) == len(sent)


async def test_sound_arrives_as_it_was_sent_between_pictures() -> None:
    taken: list[tuple[Medium, int]] = []

    async def take(medium: Medium, lost: int) -> None:
        taken.append((medium, lost))

    receiver = FeedReceiver(take)
    sender = await FeedSender.connect(await receiver.open())
    samples = np.array([0, 1, -1, 32_767, -32_768], dtype=np.int16)
    await sender.send(AudioChunk(SessionTime(7), 48_000, samples), 2)
    await sender.send(picture(8), 0)
    await sender.send(AudioChunk(SessionTime(9), 16_000, samples[:0]), 0)
    await sender.close()
    await receiver.close()
    (first, lost), (_, _), (empty, _) = taken
    assert isinstance(first, AudioChunk)
    assert isinstance(empty, AudioChunk)
    assert (first.at, first.rate, lost, first.samples.tolist()) == (7, 48_000, 2, samples.tolist())
    assert (empty.at, empty.rate, len(empty.samples)) == (9, 16_000, 0)


async def test_sending_waits_until_the_picture_is_taken() -> None:
    ready = asyncio.Event()

    async def take(medium: Medium, lost: int) -> None:
        await ready.wait()

    receiver = FeedReceiver(take)
    sender = await FeedSender.connect(await receiver.open())
    sending = asyncio.create_task(sender.send(picture(1), 0))
    await asyncio.sleep(0.05)
    assert not sending.done()
    ready.set()
    await sending
    await sender.close()
    await receiver.close()


async def test_a_sender_learns_that_its_receiver_is_gone() -> None:
    async def take(medium: Medium, lost: int) -> None:
        return

    receiver = FeedReceiver(take)
    address = await receiver.open()
    sender = await FeedSender.connect(address)
    await sender.send(picture(1), 0)
    await receiver.close()
    with pytest.raises(Unavailable):
        await sender.send(picture(2), 0)
    await sender.close()
    with pytest.raises(Unavailable):
        await FeedSender.connect(address)


async def test_a_stranger_without_the_token_is_hung_up_on() -> None:
    taken: list[Medium] = []

    async def take(medium: Medium, lost: int) -> None:
        taken.append(medium)

    receiver = FeedReceiver(take)
    address = await receiver.open()
    stranger = await FeedSender.connect(replace(address, token=b"0" * 32))
    with pytest.raises(Unavailable):
        await stranger.send(picture(1), 0)
    await stranger.close()
    await receiver.close()
    assert taken == []
