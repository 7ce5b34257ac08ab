"""A recogniser in a process of its own: for one that holds Python's lock while it works, and would stop the media.

The process is nicer than its parent to whatever else wants the processor, ends with its parent, and is started again
where it died: the piece it died of has no words.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe

from infra.models.transcriber import Transcriber
from schemas.errors import Unavailable
from schemas.language import Language
from schemas.media import Floats, SessionTime
from schemas.speech import TranscriptSegment, WordsFrom

NICE = 5
"""By how much: media come first, words may come a little later."""

Introduction = tuple[WordsFrom, str, tuple[Language, ...]]
"""`source`, `name` and `languages` of a recogniser."""


class Apart:
    """Stands for the recogniser that `make`, which can be pickled, makes over there."""

    def __init__(self, make: Callable[[], Transcriber]) -> None:
        """Raises what `make` raises of `IntactError`, and `Unavailable` where the process died instead."""
        self._make = make
        self.source, self.name, self.languages = self._start()

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """See `Transcriber`. Waits without holding Python's lock."""
        if self._process.poll() is not None:
            self._connection.close()
            self._start()
        try:
            self._connection.send((samples, at))
            heard: TranscriptSegment | None = self._connection.recv()
        except (EOFError, OSError):
            self.close()
            raise Unavailable("Expected the words of a piece of speech, the recogniser's process ended.") from None
        return heard

    def close(self) -> None:
        """See `Transcriber`."""
        self._connection.close()  # it ends when nobody can ask it any more
        self._process.wait()

    def _start(self) -> Introduction:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  this module, by the interpreter that runs it
                [sys.executable, "-m", "infra.models.apart", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for its parent, with which it ends
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        try:
            self._connection.send(self._make)
            answer: Introduction | Exception = self._connection.recv()
        except (EOFError, OSError):
            answer = Unavailable("Expected the recogniser's process to start, it ended.")
        if isinstance(answer, Exception):
            self.close()
            raise answer
        return answer


def serve(connection: Connection) -> None:
    """Make a recogniser, and answer for it until nobody can ask any more."""
    try:
        recogniser = connection.recv()()
    except Exception as error:  # told to whoever wanted it, who raises it
        connection.send(error)
        return
    with suppress(EOFError, OSError):
        connection.send((recogniser.source, recogniser.name, recogniser.languages))
        while True:
            samples, at = connection.recv()
            connection.send(recogniser.transcribe(samples, at))
    recogniser.close()


if __name__ == "__main__":
    os.nice(NICE)
    serve(Connection(int(sys.argv[1])))
