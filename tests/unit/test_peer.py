"""The server's end of an analysis stream, over a real connection on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.clock import wall_clock
from infra.rtc.offer import check_offer
from infra.rtc.peer import MOST_PICTURES, PICTURE_RATE, AnalysisPeer
from infra.rtc.player import PlayedTrack, media_kinds
from schemas.errors import Invalid, MediaUnreadable, StreamClosed
from schemas.events import StreamKind
from tests.fakes.loop_thread import loop_thread
from tests.media.fake_camera import PORTRAIT

BOTH: tuple[StreamKind, ...] = ("video", "audio")


async def offering(kinds: tuple[StreamKind, ...]) -> RTCPeerConnection:
    """A sender with its offer made."""
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for kind in kinds:
        track = PlayedTrack(kind, PORTRAIT, repeat=True, at_end=lambda: None)
        connection.addTransceiver(track, direction="sendonly")
    await connection.setLocalDescription(await connection.createOffer())
    return connection


@asynccontextmanager
async def connected(kinds: tuple[StreamKind, ...] = BOTH) -> AsyncIterator[tuple[AnalysisPeer, RTCPeerConnection]]:
    """A peer that receives the clip, and its sender."""
    now_us = wall_clock()
    sender = await offering(kinds)
    peer, answer = await AnalysisPeer.answer(sender.localDescription.sdp, epoch_us=now_us(), now_us=now_us)
    await sender.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    try:
        yield peer, sender
    finally:
        await sender.close()
        await peer.close()


async def test_pictures_and_sound_arrive_on_the_session_clock() -> None:
    async with connected() as (peer, _):
        assert peer.kinds == BOTH
        frames = [await peer.next_frame() for _ in range(10)]
        chunks = [await peer.next_sound() for _ in range(6)]
    assert {frame.image.shape for frame in frames} == {(240, 320, 3)}
    times = [frame.at for frame in frames]
    assert times == sorted(set(times))
    assert frames[0].image.std() > 20
    for one, next_ in pairwise(chunks[2:]):
        assert abs((next_.at - one.at) / 1e6 - len(one.samples) / one.rate) < 0.1
    assert any(abs(chunk.samples).max() > 0 for chunk in chunks)


async def test_a_slow_reader_gets_pictures_of_the_last_moment_and_is_told_what_it_missed() -> None:
    async with connected(("video",)) as (peer, _):
        first = await peer.next_frame()
        peer.take_dropped()
        await asyncio.sleep(1)
        oldest = await peer.next_frame()
        dropped = peer.take_dropped()
    passed = round((oldest.at - first.at) / 1e6 * PICTURE_RATE)
    assert passed >= 6
    assert abs(dropped - (passed - 1)) <= 2


async def test_a_reader_that_is_late_once_misses_no_picture() -> None:
    async with connected(("video",)) as (peer, _):
        first = await peer.next_frame()
        await asyncio.sleep((MOST_PICTURES - 0.5) / PICTURE_RATE)
        times = [first.at, *[(await peer.next_frame()).at for _ in range(MOST_PICTURES)]]
        dropped = peer.take_dropped()
    assert dropped == 0
    assert max(later - earlier for earlier, later in pairwise(times)) < 1.7e6 / PICTURE_RATE


async def test_of_a_camera_that_sends_more_no_more_is_given_out_than_is_looked_at() -> None:
    async with connected(("video",)) as (peer, _):
        times = [(await peer.next_frame()).at for _ in range(21)]
        dropped = peer.take_dropped()
    assert (times[-1] - times[0]) / 1e6 == pytest.approx(20 / PICTURE_RATE, abs=0.2)
    assert dropped <= 1  # of the first ones, which came before anybody asked


@pytest.mark.parametrize("kinds", [("video",), ("audio",)])
async def test_one_of_both_is_enough(kinds: tuple[StreamKind, ...]) -> None:
    async with connected(kinds) as (peer, _):
        assert peer.kinds == kinds
        await (peer.next_frame() if kinds == ("video",) else peer.next_sound())


async def exhausted(peer: AnalysisPeer) -> None:
    """Take the picture that may still wait; then there is none."""
    with suppress(StreamClosed):
        await asyncio.wait_for(peer.next_frame(), 2)
    with pytest.raises(StreamClosed):
        await asyncio.wait_for(peer.next_frame(), 2)


async def test_a_sender_who_says_goodbye_and_one_who_does_not_are_both_noticed() -> None:
    async with connected(("video",)) as (peer, sender):
        await peer.next_frame()
        for transceiver in sender.getTransceivers():
            await transceiver.sender.stop()  # packets stop, the connection stays: as a cut cable looks from here
        assert await asyncio.wait_for(peer.wait_lost(), 15) in ("silent", "closed")
        await exhausted(peer)


async def test_a_closed_peer_lets_its_readers_go() -> None:
    async with connected(("video",)) as (peer, _):
        await peer.next_frame()
        await peer.close()
        await peer.close()
        await exhausted(peer)


GARBAGE = [
    "",
    "garbage",
    "v=0\r\n",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\n",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video nine UDP/TLS/RTP/SAVPF 96\r\n",
    "\x00" * 5000,
]


@pytest.mark.parametrize("sdp", GARBAGE)
async def test_a_garbage_offer_is_refused_and_leaves_nothing_behind(sdp: str) -> None:
    before = asyncio.all_tasks()
    with pytest.raises(Invalid):
        await AnalysisPeer.answer(sdp, epoch_us=0, now_us=wall_clock())
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


@given(st.text(max_size=400))
def test_no_text_breaks_the_look_at_an_offer(sdp: str) -> None:
    with pytest.raises(Invalid):
        check_offer(sdp)


@pytest.fixture(scope="module")
def real_offer() -> str:
    """The offer of an aiortc sender."""

    async def make() -> str:
        connection = await offering(BOTH)
        await connection.close()
        return str(connection.localDescription.sdp)

    with loop_thread() as loop:
        return loop.run(make())


@settings(max_examples=40)
@given(start=st.floats(0, 1), length=st.integers(0, 200), text=st.text(max_size=3))
async def test_a_real_offer_cut_or_changed_is_answered_or_invalid(
    real_offer: str, start: float, length: int, text: str
) -> None:
    at = int(start * len(real_offer))
    changed = real_offer[:at] + text + real_offer[at + length :]
    try:
        peer, _ = await AnalysisPeer.answer(changed, epoch_us=0, now_us=wall_clock())
    except Invalid:
        return
    await peer.close()


def test_what_a_file_can_play() -> None:
    assert media_kinds(PORTRAIT) == BOTH


@pytest.mark.parametrize("content", [None, b"", b"no media" * 50])
def test_a_file_that_plays_nothing_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MediaUnreadable, match=r"broken\.mp4"):
        media_kinds(path)
