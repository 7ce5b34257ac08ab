"""Owns the server's end of one participant's media connection, and pumps what arrives to the modalities.

A new offer replaces the whole connection (aiortc has no ICE restart). Killed, it comes back without a connection;
the session notices and asks the browser for a new offer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from actors import names
from actors.modality import Modality
from actors.parts import MediaPeer, Parts
from actors.port import Ref, Runtime
from actors.prosody import Prosody
from actors.session_ref import SessionRef
from actors.sight import Sight
from infra.feed import FeedSender
from schemas.commands import LoseStream, StartStream
from schemas.errors import Refused, StreamClosed, Unavailable
from schemas.events import StreamKind
from schemas.ids import InterviewId, ParticipantId
from schemas.media import Medium

AWAY_PAUSE = 0.1
"""Seconds to wait for a modality that is being restarted."""

MODALITIES: Mapping[StreamKind, tuple[type[Modality[Any]], Callable[[InterviewId, ParticipantId], str]]] = {
    "video": (Sight, names.sight),
    "audio": (Prosody, names.prosody),
}
"""What looks at or listens to media of a kind, and how its actor is called."""


class Peer:
    """The actor `peer:<interview>:<participant>`."""

    def __init__(self, interview: InterviewId, participant: ParticipantId, parts: Parts, runtime: Runtime) -> None:
        self._interview = interview
        self._participant = participant
        self._parts = parts
        self._runtime = runtime
        self._session = SessionRef(interview, runtime)
        self._now_us = parts.clock()
        self._peer: MediaPeer | None = None
        self._pumps: set[asyncio.Task[None]] = set()
        self._answering = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to take up: a connection cannot be inherited."""

    async def stop(self) -> None:
        """Close the connection."""
        peer, self._peer = self._peer, None
        await self._release(peer)

    async def connected(self) -> bool:
        """Whether there is a media connection."""
        return self._peer is not None

    async def prepare(self, kinds: tuple[StreamKind, ...]) -> None:
        """Have the modalities for `kinds` started: they take seconds to load."""
        for kind in kinds:
            await self._modality(kind)

    async def answer(self, offer_sdp: str, epoch_us: int, allowed: tuple[StreamKind, ...]) -> str:
        """Replace the connection by one that answers `offer_sdp`.

        Raises `Invalid` for an offer that is none (the older connection stays), `Refused` where it carries more than
        the applicant agreed to.
        """
        async with self._answering:  # the newest offer is the one whose connection stays
            return await self._answer(offer_sdp, epoch_us, allowed)

    async def _answer(self, offer_sdp: str, epoch_us: int, allowed: tuple[StreamKind, ...]) -> str:
        peer, answer_sdp = await self._parts.answer_offer(offer_sdp, epoch_us=epoch_us, now_us=self._now_us)
        surplus = set(peer.kinds) - set(allowed)
        if surplus:
            await peer.close()
            raise Refused(f"The applicant has not agreed to the analysis of {' and '.join(sorted(surplus))}.")
        older, self._peer = self._peer, peer
        await self._release(older)
        await self._session.execute(StartStream(self._participant, peer.kinds))
        self._spawn(self._await_loss(peer))
        if "video" in peer.kinds:
            self._spawn(_pump(peer.next_frame, peer.take_dropped, await self._modality("video")))
        if "audio" in peer.kinds:
            self._spawn(_pump(peer.next_sound, lambda: 0, await self._modality("audio")))
        return answer_sdp

    async def _modality(self, kind: StreamKind) -> Ref:
        modality, name = MODALITIES[kind]
        recipe = partial(modality, self._interview, self._participant, self._parts)
        return await self._runtime.ensure(name(self._interview, self._participant), recipe)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_until_closed(work))
        self._pumps.add(task)
        task.add_done_callback(self._pumps.discard)

    async def _await_loss(self, peer: MediaPeer) -> None:
        reason = await peer.wait_lost()
        if self._peer is peer:
            self._peer = None
            await peer.close()
            await self._session.execute(LoseStream(self._participant, reason))

    async def _release(self, peer: MediaPeer | None) -> None:
        pumps = tuple(self._pumps)
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        if peer is not None:
            await peer.close()


async def _until_closed(work: Coroutine[Any, Any, None]) -> None:
    with suppress(StreamClosed):
        await work


async def _pump(take: Callable[[], Awaitable[Medium]], take_dropped: Callable[[], int], modality: Ref) -> None:
    """One medium at a time: while the modality is busy or away, newer ones supersede older ones, and are counted."""
    sender: FeedSender | None = None
    lost = 0
    try:
        while True:
            medium = await take()
            lost += take_dropped()
            try:
                sender = sender or await FeedSender.connect(await modality.call("address"))
                await sender.send(medium, lost)
                lost = 0
            except Unavailable:
                if sender is not None:
                    await sender.close()
                sender, lost = None, lost + 1
                await asyncio.sleep(AWAY_PAUSE)
    finally:
        if sender is not None:
            await sender.close()
