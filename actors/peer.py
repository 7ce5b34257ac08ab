"""Owns the server's end of one participant's media connection, and has what arrives observed.

A new offer replaces the whole connection (aiortc has no ICE restart). Killed, it comes back without a connection;
the session notices and asks the browser for a new offer. What may be observed, the session says; a modality whose
purposes change is stopped and started anew, so that no process holds a model that it may not use.
"""

import asyncio
from collections.abc import Collection, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from actors.modalities import MODALITIES, ModalityKind
from actors.parts import MediaPeer, Parts
from actors.port import Ref, Runtime
from actors.pump import pump
from actors.session_ref import SessionRef
from actors.tee import Tee
from dialogue.interview import media_for
from schemas.commands import LoseStream, StartStream
from schemas.errors import Refused, StreamClosed
from schemas.events import StreamKind
from schemas.ids import InterviewId, ParticipantId
from schemas.media import Medium
from schemas.policy import Purpose

MOST_SOUND = 250
"""Pieces of sound that wait for a modality that is busy or being restarted: about five seconds."""

Nothing: frozenset[Purpose] = frozenset()


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
        self._watch: asyncio.Task[None] | None = None
        self._pumps: dict[StreamKind, set[asyncio.Task[None]]] = {"video": set(), "audio": set()}
        self._running: dict[str, frozenset[Purpose]] = {}
        """For what each modality observes, as far as it is known."""
        self._changing = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to take up: a connection cannot be inherited."""

    async def stop(self) -> None:
        """Close the connection."""
        await self._hang_up()

    async def connected(self) -> bool:
        """Whether there is a media connection."""
        return self._peer is not None

    async def serve(self, purposes: frozenset[Purpose]) -> None:
        """Observe for `purposes` alone from now on. What they do not allow is stopped when this returns, and what they
        allow is starting; a connection that carries more than they allow is closed, and the session told."""
        async with self._changing:
            await self._arrange(purposes)
            surplus = self._peer is not None and set(self._peer.kinds) - set(media_for(purposes))
            if surplus:  # told before another offer is answered: its stream begins after this one's end
                await self._hang_up()
                await self._session.execute(LoseStream(self._participant, "closed"))

    async def answer(self, offer_sdp: str, epoch_us: int, purposes: frozenset[Purpose]) -> str:
        """Replace the connection by one that answers `offer_sdp`, observed for `purposes`.

        Raises `Invalid` for an offer that is none (the older connection stays), `Refused` where it carries more than
        the applicant agreed to.
        """
        async with self._changing:  # the newest offer is the one whose connection stays
            return await self._answer(offer_sdp, epoch_us, purposes)

    async def _answer(self, offer_sdp: str, epoch_us: int, purposes: frozenset[Purpose]) -> str:
        peer, answer_sdp = await self._parts.answer_offer(offer_sdp, epoch_us=epoch_us, now_us=self._now_us)
        surplus = set(peer.kinds) - set(media_for(purposes))
        if surplus:
            await peer.close()
            raise Refused(f"The applicant has not agreed to the analysis of {' and '.join(sorted(surplus))}.")
        await self._hang_up()
        await self._arrange(purposes)
        self._peer = peer
        await self._session.execute(StartStream(self._participant, peer.kinds))
        self._watch = asyncio.create_task(self._await_loss(peer))
        for medium in peer.kinds:
            await self._start_pumps(peer, medium, fresh=True)
        return answer_sdp

    async def _arrange(self, purposes: frozenset[Purpose]) -> None:
        """Stop the modalities that observe for anything else than their share of `purposes`, start the others."""
        for key, kind in MODALITIES.items():
            wanted, running = kind.share(purposes), await self._purposes_of(key, kind)
            if wanted == running:
                continue
            await self._end(self._pumps[kind.medium])
            self._running.pop(key, None)
            if running:
                await self._runtime.stop(kind.name(self._interview, self._participant))
            if wanted:
                await self._modality(kind, wanted)
            self._running[key] = wanted
        for medium in self._peer.kinds if self._peer is not None else ():
            if self._peer is not None and not self._pumps[medium]:
                await self._start_pumps(self._peer, medium, fresh=False)

    async def _purposes_of(self, key: str, kind: ModalityKind) -> frozenset[Purpose]:
        """For what a modality observes; one that a predecessor started is asked."""
        if key not in self._running:
            found = await self._runtime.find(kind.name(self._interview, self._participant))
            self._running[key] = await found.call("purposes") if found is not None else Nothing
        return self._running[key]

    async def _modality(self, kind: ModalityKind, purposes: frozenset[Purpose]) -> Ref:
        recipe = partial(kind.actor, self._interview, self._participant, purposes, self._parts)
        return await self._runtime.ensure(kind.name(self._interview, self._participant), recipe)

    async def _start_pumps(self, peer: MediaPeer, medium: StreamKind, *, fresh: bool) -> None:
        """Have a medium observed; `fresh` is whether the modalities are to begin with it anew."""
        observers = [
            await self._modality(kind, self._running[key])
            for key, kind in MODALITIES.items()
            if kind.medium == medium and self._running.get(key)
        ]
        if medium == "video":  # one reader, which takes a picture when it is ready for one
            for observer in observers:
                self._spawn(medium, pump(peer.next_frame, peer.take_dropped, observer, fresh=fresh))
            return
        tee: Tee[Medium] = Tee(peer.next_sound, branches=len(observers), most=MOST_SOUND)
        self._spawn(medium, tee.run())
        for branch, observer in zip(tee.branches, observers, strict=True):
            self._spawn(medium, pump(branch.take, branch.take_dropped, observer, fresh=fresh))

    def _spawn(self, medium: StreamKind, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_until_closed(work))
        self._pumps[medium].add(task)
        task.add_done_callback(self._pumps[medium].discard)

    async def _await_loss(self, peer: MediaPeer) -> None:
        reason = await peer.wait_lost()
        if self._peer is peer:
            self._peer = None
            await peer.close()
            await self._session.execute(LoseStream(self._participant, reason))

    async def _hang_up(self) -> None:
        peer, self._peer = self._peer, None
        await self._end([*self._pumps["video"], *self._pumps["audio"], *([self._watch] if self._watch else [])])
        if peer is not None:
            await peer.close()

    async def _end(self, tasks: Collection[asyncio.Task[None]]) -> None:
        ending = tuple(tasks)
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)


async def _until_closed(work: Coroutine[Any, Any, None]) -> None:
    with suppress(StreamClosed):
        await work
