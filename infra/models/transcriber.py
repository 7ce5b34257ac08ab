"""What a recogniser of speech is; `infra.models.pocketsphinx` and `infra.models.faster_whisper` are two."""

from typing import Protocol

import numpy as np

from schemas.language import Language
from schemas.media import Floats, SessionTime
from schemas.speech import TranscriptSegment, WordsFrom

RATE = 16_000
"""Samples per second of all that is transcribed."""
SHORTEST = 0.1
"""Seconds below which there is no word."""
SILENT = 10 ** (-70 / 20)
"""Root mean square (-70 dBFS) below which there is no speech: recognisers make words up where there is nothing."""


def can_hold_words(samples: Floats) -> bool:
    """Whether it is worth to ask a recogniser about this piece (-1..1, `RATE` a second)."""
    return len(samples) >= SHORTEST * RATE and float(np.sqrt(np.mean(samples**2))) >= SILENT


class Transcriber(Protocol):
    """Turns pieces of speech into text. Made for one vocabulary, which names the language of all it hears.

    Blocks for as long as it takes, and is asked by one thread at a time: never from an event loop.
    """

    @property
    def source(self) -> WordsFrom:
        """Which kind of recogniser it is."""
        ...

    @property
    def name(self) -> str:
        """Name and version, as in `TranscriptSegment.recogniser`."""
        ...

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that it can hear. In any other it answers with the problem `language`, and no words."""
        ...

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """The words of one piece of speech (-1..1, `RATE` a second) that begins `at`; None where it hears none.

        Each piece stands for itself: nothing is remembered but how the microphone sounds. Raises `Unavailable` where
        the recogniser died; it may be asked again with the next piece.
        """
        ...

    def close(self) -> None:
        """Give back the model."""
        ...
