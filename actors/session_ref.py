"""How the actors below a session reach it."""

from typing import Any

from actors import names
from actors.patience import patiently
from actors.port import Ref, Runtime
from schemas.commands import Command
from schemas.errors import Unavailable
from schemas.ids import InterviewId


class SessionRef:
    """Reaches the session of one interview, through its restarts."""

    def __init__(self, interview: InterviewId, runtime: Runtime) -> None:
        self._name = names.session(interview)
        self._runtime = runtime
        self._ref: Ref | None = None

    async def execute(self, command: Command) -> None:
        """Have `command` executed, asking again while the session is away.

        Raises what `dialogue.interview.decide` raises, and `Unavailable` where the session stays away.
        """
        await patiently(lambda: self.call("execute", command))

    async def call(self, method: str, *args: Any) -> Any:
        """Call the session once. Raises `Unavailable` where it is away."""
        ref = self._ref or await self._runtime.find(self._name)
        if ref is None:
            raise Unavailable("Expected the interview's session actor, found none.")
        try:
            answer = await ref.call(method, *args)
        except Unavailable:
            self._ref = None
            raise
        self._ref = ref
        return answer
