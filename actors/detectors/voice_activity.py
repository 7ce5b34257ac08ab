"""Whether somebody speaks, by Silero's network, with patience for the gaps inside speech.

Speech begins where the network is sure and ends after `HANG` of it being unsure; both thresholds are Silero's own. The
hang is counted as speech: people who mark speech by hand do not cut between two words either.
"""

import numpy as np
import numpy.typing as npt

from actors.detectors.span import RATE, Span
from infra.models.silero import CHUNK, WEIGHT, Silero
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.observation import SpeechObservation

NAME = f"voice-activity/1 silero-vad/{WEIGHT.version}"

BEGIN, GO_ON = 0.5, 0.35
"""Probability from which on speech begins, and below which it may end (Silero's `threshold` and `neg_threshold`)."""
HANG = 0.3
"""Seconds below `GO_ON` after which speech has ended. Most gaps inside a phrase are shorter (a stop consonant's closure
takes about a tenth of a second); chosen on meeting recordings (`bench/voice_activity.py`)."""


class VoiceActivityDetector:
    """Follows one microphone. Takes the spans of one stream in their order; not safe to share between threads."""

    def __init__(self) -> None:
        self._model = Silero()
        self._forget()

    def observe(self, span: Span) -> SpeechObservation:
        """Speech in the whole chunks (32 ms) that end in this span; up to one of them begins before it.

        A silent span is without speech, and the network is not asked.
        """
        if span.begins:
            self._forget()
        at = SessionTime(span.at - round(len(self._rest) * MICROSECONDS / RATE))
        problem = span.problem
        probabilities = np.zeros(0) if problem in ("empty", "silent") else self._probabilities(span.middle)
        if not len(probabilities):
            if problem is not None:
                self._forget()
            return SpeechObservation(
                at=span.at,
                duration=span.duration,
                confidence=float(problem == "silent"),
                detector=NAME,
                problem=problem,
            )
        speech = self._patient(probabilities)
        return SpeechObservation(
            at=at,
            duration=len(speech) * CHUNK / RATE,
            confidence=float(np.abs(2 * probabilities - 1).mean()),
            detector=NAME,
            speech=float(speech.mean()),
            segments=_segments(at, speech),
            problem=problem,
        )

    def _forget(self) -> None:
        self._model.reset()
        self._rest: Floats = np.zeros(0)
        self._speaking = False
        self._unsure = 0

    def _probabilities(self, samples: Floats) -> Floats:
        stream = np.concatenate([self._rest, samples])
        self._rest = stream[len(stream) // CHUNK * CHUNK :]
        return self._model.probabilities(stream)

    def _patient(self, probabilities: Floats) -> npt.NDArray[np.bool_]:
        speech = np.zeros(len(probabilities), dtype=np.bool_)
        for number, probability in enumerate(probabilities):
            self._unsure = 0 if probability >= GO_ON else self._unsure + 1
            ended = self._unsure * CHUNK / RATE > HANG
            self._speaking = bool(probability >= BEGIN) or (self._speaking and not ended)
            speech[number] = self._speaking
        return speech


def _segments(at: SessionTime, speech: npt.NDArray[np.bool_]) -> tuple[tuple[SessionTime, SessionTime], ...]:
    """Start and end of each run of speech, of chunks that begin at `at`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], speech, [False]]).astype(np.int8)))
    times = [SessionTime(at + round(int(edge) * CHUNK * MICROSECONDS / RATE)) for edge in edges]
    return tuple(zip(times[::2], times[1::2], strict=True))
