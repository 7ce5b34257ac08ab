"""The log in memory, for tests: same answers, gone with the process."""

import json
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Container, Sequence
from datetime import UTC, datetime, timedelta

from infra.log.payload import check_types, payload_bytes
from infra.log.port import MOST_LAG, Lag, Wanted
from infra.log.refusal import first_refused, refusals_json, refused
from schemas.envelope import START, Appended, ExpectedVersion, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Refused, Unavailable, WrongVersion
from schemas.ids import EventId, StreamName, SubjectId
from schemas.refusal import Refusals


class MemoryLog:
    """See `infra.log.port.Log`. What concerns a person is not encrypted here. Takes events of `types`, or of all."""

    def __init__(self, types: Container[str] | None = None) -> None:
        self._types = types
        self._all: list[RecordedEvent] = []
        self._streams: dict[StreamName, list[RecordedEvent]] = defaultdict(list)
        self._ids: set[EventId] = set()
        self._refusals: dict[StreamName, Refusals] = {}
        self._shredded: set[SubjectId] = set()
        self._open = True

    async def append(
        self,
        stream: StreamName,
        events: Sequence[NewEvent],
        *,
        expected: ExpectedVersion,
        refusals: Refusals | None = None,
    ) -> Appended:
        """See `infra.log.port.Log.append`."""
        self._check_open()
        check_types(events, self._types)
        payloads = [payload_bytes(event) for event in events]
        if not events:
            raise Invalid("Expected at least one event to append, got none.")
        if refusals is not None:
            refusals_json(refusals)  # raises as every log does
        recorded = self._streams[stream]
        wanted = {"any": len(recorded), "no stream": 0}.get(str(expected), expected)
        ids = {event.id for event in events}
        if wanted != len(recorded) or (expected == "any" and any(event.id in ids for event in recorded)):
            return self._repeated(recorded, events, expected)
        if any(event.subject in self._shredded for event in events):
            raise Refused("This person was erased; nothing more is recorded about them.")
        in_force = self._refusals.get(stream, frozenset()) if refusals is None else refusals
        if (type_ := first_refused(events, in_force)) is not None:
            raise refused(type_)
        if len(ids) < len(events) or not ids.isdisjoint(self._ids):
            raise Invalid("Expected events with ids of their own, got one that is taken.")
        transaction = self._all[-1].place.transaction + 1 if self._all else 1
        now = max([datetime.now(UTC), *(event.recorded_at for event in recorded[-1:])])
        for event, payload in zip(events, payloads, strict=True):
            place = LogPosition(transaction, len(self._all) + 1)
            self._all.append(_recorded(event, payload, stream, place, now, version=len(recorded) + 1))
            recorded.append(self._all[-1])
            self._ids.add(event.id)
        self._refusals[stream] = in_force
        return Appended(stream, recorded[-1].version, recorded[-1].place)

    def _repeated(
        self, recorded: list[RecordedEvent], events: Sequence[NewEvent], expected: ExpectedVersion
    ) -> Appended:
        known = {event.id: event for event in recorded}
        there = [event.id in known for event in events]
        if all(there):
            last = known[events[-1].id]
            return Appended(last.stream, last.version, last.place)
        if any(there):
            raise Invalid("Expected events that are all new or all recorded, got some of each.")
        raise WrongVersion(f"Expected the stream at version {expected}, it is at another one.")

    async def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read`."""
        self._check_open()
        for event in tuple(self._streams[stream][after:]):
            yield self._readable(event)

    async def read_back(self, stream: StreamName, *, before: int | None = None) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read_back`."""
        self._check_open()
        for event in reversed(self._streams[stream]):
            if before is None or event.version < before:
                yield self._readable(event)

    async def search(self, wanted: Wanted) -> AsyncGenerator[RecordedEvent, None]:
        """See `infra.log.port.Log.search`."""
        self._check_open()
        for event in tuple(self._all):
            if _is_wanted(event, wanted):
                yield self._readable(event)

    async def follow(self, after: LogPosition = START, *, limit: int = 500) -> Sequence[RecordedEvent]:
        """See `infra.log.port.Log.follow`."""
        self._check_open()
        return [self._readable(event) for event in self._all if event.place > after][:limit]

    def shred(self, subject: SubjectId) -> None:
        """Have what is about `subject` never read again, and nothing more recorded of them."""
        self._shredded.add(subject)

    def _readable(self, event: RecordedEvent) -> RecordedEvent:
        return event._replace(payload=None) if event.subject in self._shredded else event

    async def lag(self, place: LogPosition) -> Lag:
        """See `infra.log.port.Log.lag`."""
        self._check_open()
        waiting = [event.recorded_at for event in self._all if event.place > place][:MOST_LAG]
        age = datetime.now(UTC) - min(waiting) if waiting else timedelta()
        return Lag(len(waiting), age.total_seconds())

    async def close(self) -> None:
        """See `infra.log.port.Log.close`."""
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise Unavailable("Expected an open log, got one that was closed.")


def _is_wanted(event: RecordedEvent, wanted: Wanted) -> bool:
    return (
        (wanted.type is None or event.type == wanted.type)
        and (wanted.subject is None or event.subject == wanted.subject)
        and (wanted.since is None or event.recorded_at >= wanted.since)
        and (wanted.until is None or event.recorded_at < wanted.until)
    )


def _recorded(
    event: NewEvent, payload: bytes, stream: StreamName, place: LogPosition, recorded_at: datetime, *, version: int
) -> RecordedEvent:
    return RecordedEvent(
        place=place,
        stream=stream,
        version=version,
        id=event.id,
        type=event.type,
        schema_version=event.schema_version,
        at=event.at,
        recorded_at=recorded_at,
        actor=event.actor,
        causation=event.causation,
        correlation=event.correlation,
        subject=event.subject,
        key_id=None,
        payload=json.loads(payload),
        previous_hash=b"",
        hash=b"",
    )
