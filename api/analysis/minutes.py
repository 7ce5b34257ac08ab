"""Writes an interview that is read from a file: decide, append, evolve, as the session actor does for a live one."""

from collections.abc import Sequence

from dialogue.interview import decide
from dialogue.state import Interview, evolve
from infra.log import Log
from schemas.commands import Command
from schemas.envelope import enveloped
from schemas.events import Event
from schemas.ids import InterviewId, interview_stream
from schemas.media import SessionTime


class Minutes:
    """The only writer of one interview's stream."""

    def __init__(self, interview: InterviewId, log: Log) -> None:
        self._stream = interview_stream(interview)
        self._log = log
        self._state: Interview | None = None
        self._version = 0

    async def execute(self, command: Command, at: SessionTime) -> Sequence[Event]:
        """What `command`, given at session time `at`, led to; it is durable on return.

        Raises what `decide` and the log raise; nothing was recorded then.
        """
        events = decide(self._state, command)
        if not events:
            return events
        new = [enveloped(event, at=at, actor="cli") for event in events]
        appended = await self._log.append(self._stream, new, expected=self._version or "no stream")
        for event in events:
            self._state = evolve(self._state, event)
        self._version = appended.version
        return events
