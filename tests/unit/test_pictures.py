"""Pictures over a socket."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from infra.pictures import PictureReceiver, PictureSender
from schemas.errors import Unavailable
from schemas.media import SessionTime, VideoFrame


def picture(at: int, shape: tuple[int, int, int] = (24, 32, 3)) -> VideoFrame:
    pixels = np.random.default_rng(at).integers(0, 255, shape, dtype=np.uint8)
    return VideoFrame(SessionTime(at), pixels, media_time=at * 90)


async def test_a_picture_arrives_as_it_was_sent() -> None:
    taken: list[tuple[VideoFrame, int]] = []

    async def take(frame: VideoFrame, dropped: int) -> None:
        taken.append((frame, dropped))

    receiver = PictureReceiver(take)
    sender = await PictureSender.connect(await receiver.open())
    sent = [picture(1), picture(2, (240, 320, 3)), replace(picture(3), image=picture(3).image[:, ::-1])]
    for number, frame in enumerate(sent):
        await sender.send(frame, number)
    await sender.close()
    await receiver.close()
    for number, (frame, dropped) in enumerate(taken):
        assert (frame.at, frame.media_time, dropped) == (sent[number].at, sent[number].media_time, number)
        assert np.array_equal(frame.image, sent[number].image)
    assert len(taken) == len(sent)


async def test_sending_waits_until_the_picture_is_taken() -> None:
    ready = asyncio.Event()

    async def take(frame: VideoFrame, dropped: int) -> None:
        await ready.wait()

    receiver = PictureReceiver(take)
    sender = await PictureSender.connect(await receiver.open())
    sending = asyncio.create_task(sender.send(picture(1), 0))
    await asyncio.sleep(0.05)
    assert not sending.done()
    ready.set()
    await sending
    await sender.close()
    await receiver.close()


async def test_a_sender_learns_that_its_receiver_is_gone() -> None:
    async def take(frame: VideoFrame, dropped: int) -> None:
        return

    receiver = PictureReceiver(take)
    address = await receiver.open()
    sender = await PictureSender.connect(address)
    await sender.send(picture(1), 0)
    await receiver.close()
    with pytest.raises(Unavailable):
        await sender.send(picture(2), 0)
    await sender.close()
    with pytest.raises(Unavailable):
        await PictureSender.connect(address)


async def test_a_stranger_without_the_token_is_hung_up_on() -> None:
    taken: list[VideoFrame] = []

    async def take(frame: VideoFrame, dropped: int) -> None:
        taken.append(frame)

    receiver = PictureReceiver(take)
    address = await receiver.open()
    stranger = await PictureSender.connect(replace(address, token=b"0" * 32))
    with pytest.raises(Unavailable):
        await stranger.send(picture(1), 0)
    await stranger.close()
    await receiver.close()
    assert taken == []
