"""Reads an interview back from the log."""

from dialogue.state import Interview, evolve
from infra.log import Log
from schemas.envelope import fact_of
from schemas.ids import InterviewId, interview_stream


async def read_interview(log: Log, interview: InterviewId) -> tuple[Interview | None, int]:
    """The interview as it stands and the version of its stream; None and 0 where there is none.

    Raises `Unavailable`, and `Invalid` for an event of an unknown type or version.
    """
    state: Interview | None = None
    version = 0
    async for recorded in log.read(interview_stream(interview)):
        fact = fact_of(recorded)
        if fact is not None:
            state = evolve(state, fact)
        version = recorded.version
    return state, version
