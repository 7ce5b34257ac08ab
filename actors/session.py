"""Owns one interview: the only writer of its stream, and the root of its tree of actors.

All it knows is evolved from the log, so it may be killed at any moment: its successor reads the stream and goes on.
A command is acknowledged after its events are durable.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial

from actors import names
from actors.announcement import announcements
from actors.modalities import MODALITIES
from actors.parts import Parts, opened
from actors.patience import patiently
from actors.peer import Peer
from actors.port import Ref, Runtime
from dialogue.interview import decide, media_for, served
from dialogue.refusal import refusals
from dialogue.state import Interview, evolve, evolved
from infra.bus import Bus
from infra.clock import session_time
from infra.log import Log
from schemas.commands import Command, EraseSubject, LoseStream
from schemas.envelope import ExpectedVersion, enveloped, fact_of
from schemas.errors import IntactError, NotFound, Refused, Unavailable, WrongVersion
from schemas.events import (
    ConsentGiven,
    ConsentWithdrawn,
    Event,
    InterviewCreated,
    InterviewEnded,
    ParticipantInvited,
    SubjectErased,
)
from schemas.ids import InterviewId, ParticipantId, interview_stream
from schemas.observation import RestingGaze
from schemas.policy import Purpose
from schemas.refusal import Refusals
from schemas.speech import Vocabulary
from schemas.wire import Reoffer

SUPERVISION_PERIOD = 1.0
"""Seconds between looks at the actors below."""

IDLE_SECONDS = 120.0
"""How long an interview with nobody in it keeps its actor."""

CONCERNING_CONSENT = (InterviewCreated, ParticipantInvited, ConsentGiven, ConsentWithdrawn, SubjectErased)
"""Events after which the log may have to refuse something else."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A command's acknowledgement."""

    version: int
    """Version of the stream after the command."""
    events: tuple[Event, ...]
    """What the command led to; empty where its effect stood already."""


class Session:
    """The actor `session:<interview>`."""

    def __init__(self, interview: InterviewId, parts: Parts, runtime: Runtime) -> None:
        self._id = interview
        self._stream = interview_stream(interview)
        self._parts = parts
        self._runtime = runtime
        self._now_us = parts.clock()
        self._state: Interview | None = None
        self._version = 0
        self._refusals: Refusals | None = None
        """What the log was told to refuse; None until this actor told it."""
        self._dismissed = False
        """Whether the children of an interview that is over are ended."""
        self._writing = asyncio.Lock()
        self._open = AsyncExitStack()
        self._log: Log
        self._bus: Bus
        self._watch: asyncio.Task[None] | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._unserved: set[ParticipantId] = set()
        """Whose consent the actors below may not have been told of."""
        self._busy_at = 0.0

    async def start(self) -> None:
        """Read the stream. Raises `Unavailable` where the log or the bus does not answer."""
        async with AsyncExitStack() as stack:  # closes what is open where the next step fails
            self._log = await opened(stack, self._parts.open_log)
            self._bus = await opened(stack, self._parts.open_bus)
            await self._catch_up()
            self._unserved = await self._observed()
            self._open = stack.pop_all()
        self._busy_at = asyncio.get_running_loop().time()
        self._watch = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """Stop watching and close connections; the children are stopped when the interview ends."""
        await _cancelled([*self._serving, *([self._watch] if self._watch is not None else [])])
        await self._open.aclose()

    async def execute(self, command: Command) -> Outcome:
        """Decide, append, acknowledge. Raises what `decide` raises, and `Unavailable`."""
        self._busy_at = asyncio.get_running_loop().time()
        async with self._writing:
            outcome = await self._execute(command)
            for event in outcome.events:
                await self._announce(event)
        for event in outcome.events:
            await self._react(event)
        if isinstance(command, EraseSubject):  # also where the event was there: a predecessor may have died of it
            await self._dismiss(command.participant)
        return outcome

    async def _execute(self, command: Command) -> Outcome:
        while True:
            events = tuple(decide(self._state, command))
            if not events:
                return Outcome(self._version, ())
            try:
                await self._append(events)
            except WrongVersion:
                # A predecessor's append was still on its way when this actor read the stream.
                await self._catch_up()
                continue
            return Outcome(self._version, events)

    async def _append(self, events: Sequence[Event]) -> None:
        epoch_us = _epoch_us(self._state, events)
        at = session_time(self._now_us(), epoch_us)
        new = [enveloped(event, at=at, actor="session") for event in events]
        expected: ExpectedVersion = self._version or "no stream"
        state = evolved(self._state, events)
        refused = self._changed_refusals(state, events)
        await patiently(lambda: self._log.append(self._stream, new, expected=expected, refusals=refused))
        self._state = state
        self._refusals = refused if refused is not None else self._refusals
        self._version += len(events)
        with suppress(Unavailable):  # followers look by themselves each second
            await self._bus.send(names.APPENDED, b"")

    def _changed_refusals(self, state: Interview, events: Sequence[Event]) -> Refusals | None:
        """What the log is to refuse from these events on; None where it does so already."""
        if self._refusals is not None and not any(isinstance(event, CONCERNING_CONSENT) for event in events):
            return None
        found = refusals(state)
        return found if found != self._refusals else None

    async def _catch_up(self) -> None:
        self._refusals = None
        async for recorded in self._log.read(self._stream, after=self._version):
            fact = fact_of(recorded)
            if fact is not None:  # a person who was erased leaves no trace in the state
                self._state = evolve(self._state, fact)
            self._version = recorded.version

    async def _observed(self) -> set[ParticipantId]:
        """Whom a predecessor's actors may observe."""
        seats = self._state.seats if self._state is not None else {}
        return {each for each in seats if await self._runtime.find(names.peer(self._id, each)) is not None}

    async def idle(self) -> bool:
        """Whether nobody is there and nothing has happened for a while."""
        seats = self._state.seats.values() if self._state is not None else ()
        attended = any(seat.connection is not None or seat.stream for seat in seats)
        over = self._state is not None and self._state.ended
        return (over or not attended) and asyncio.get_running_loop().time() - self._busy_at > IDLE_SECONDS

    async def state(self) -> Interview:
        """The interview as it stands. Raises `NotFound`."""
        if self._state is None:
            raise NotFound("There is no such interview.")
        return self._state

    async def resting(self, participant: ParticipantId) -> RestingGaze | None:
        """What is known of a participant's resting gaze."""
        seat = (await self.state()).seats.get(participant)
        return seat.resting if seat else None

    async def vocabulary(self) -> Vocabulary:
        """What a recogniser is told to expect of the applicants' answers. Raises `NotFound`."""
        state = await self.state()
        return self._parts.vocabulary(state.job, state.language)

    async def offer(self, participant: ParticipantId, sdp: str) -> str:
        """Connect a participant's analysis stream: an SDP offer in, the answer out.

        Raises `Refused` without consent or after the end, `Invalid` for an offer that is none, `Unavailable`.
        """
        state = await self.state()
        seat = state.seats.get(participant)
        if seat is None or seat.role != "applicant":
            raise Refused("Only an applicant's stream is analysed.")
        if state.ended:
            raise Refused("The interview is over.")
        purposes = self._served(participant)
        if not media_for(purposes):
            raise Refused("The applicant has not agreed to any analysis.")
        peer = await self._peer(participant)
        answer: str = await peer.call("answer", sdp, state.epoch_us, purposes)
        return answer

    async def _peer(self, participant: ParticipantId) -> Ref:
        self._dismissed = False  # also where the interview ended while this was on its way
        recipe = partial(Peer, self._id, participant, self._parts)
        return await self._runtime.ensure(names.peer(self._id, participant), recipe)

    async def _announce(self, event: Event) -> None:
        """Tell the sockets of those whom an event concerns; what is lost here, they learn when they connect again."""
        assert self._state is not None
        with suppress(Unavailable):
            for subject, data in announcements(self._state, event):
                await self._bus.send(subject, data)

    async def _react(self, event: Event) -> None:
        match event:
            case InterviewEnded():
                with suppress(Unavailable):  # the end stands; supervision tries again
                    await self._dismiss_all()
            case ConsentGiven(participant=participant) | ConsentWithdrawn(participant=participant):
                self._unserved.add(participant)
                serving = asyncio.create_task(self._serve(participant))
                self._serving.add(serving)
                serving.add_done_callback(self._serving.discard)
            case _:
                return

    async def _serve(self, participant: ParticipantId) -> None:
        """Have a participant observed for what they agreed to and nothing else.

        Ahead of the first offer too: models take seconds to load, and an applicant who has just agreed looks at the
        camera preview meanwhile.
        """
        purposes = self._served(participant)
        try:
            if media_for(purposes) or await self._runtime.find(names.peer(self._id, participant)) is not None:
                await (await self._peer(participant)).call("serve", purposes)
        except IntactError as error:  # supervision tries again; what was not agreed to is not recorded meanwhile
            log.warning("an applicant's consent is not yet acted on: %s", error.code)
            return
        if purposes == self._served(participant):
            self._unserved.discard(participant)

    def _served(self, participant: ParticipantId) -> frozenset[Purpose]:
        """What may be done with a participant's media and words."""
        assert self._state is not None
        seat = self._state.seats.get(participant)
        return served(self._state, seat) if seat is not None else frozenset()  # erased meanwhile

    async def _dismiss_all(self) -> None:
        """End all children. Raises `Unavailable` where one could not be reached; it may be alive still."""
        await _cancelled(self._serving)
        for participant, seat in (await self.state()).seats.items():
            if seat.role == "applicant":
                await self._dismiss(participant)
        self._dismissed = True

    async def _dismiss(self, participant: ParticipantId) -> None:
        """End the children that stand below a participant."""
        await self._runtime.stop(names.peer(self._id, participant))
        for kind in MODALITIES.values():
            await self._runtime.stop(kind.name(self._id, participant))

    async def _supervise(self) -> None:
        while True:
            await asyncio.sleep(SUPERVISION_PERIOD)
            try:
                await self._look_after_children()
            except IntactError as error:
                log.warning("supervision of an interview goes on after: %s", error.code)

    async def _look_after_children(self) -> None:
        if self._state is None:
            return
        if not self._state.ended:
            await self._look_after_peers(self._state)
        elif not self._dismissed:  # whoever ended the interview was killed before its children were
            await self._dismiss_all()

    async def _look_after_peers(self, state: Interview) -> None:
        """A peer that lost its memory has lost its connection: record it, and ask the applicant for a new one."""
        for participant in tuple(self._unserved):
            await self._serve(participant)
        for participant, seat in state.seats.items():
            if not seat.stream or (await self.state()).ended:
                continue
            peer = await self._peer(participant)
            if not await peer.call("connected"):
                await self.execute(LoseStream(participant, "restarted"))
                await self._bus.send(names.signal_subject(self._id, participant), Reoffer().model_dump_json().encode())


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel `tasks` and wait for their ends."""
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


def _epoch_us(state: Interview | None, events: Sequence[Event]) -> int:
    if state is not None:
        return state.epoch_us
    first = events[0]
    assert isinstance(first, InterviewCreated)
    return first.epoch_us
