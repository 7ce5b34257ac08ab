"""When an answer begins and when it is over, from whether somebody speaks.

Patient, since nothing is gained by haste: the end of an answer makes a follow-up appear on the interviewer's screen,
late costs them a breath, and early cuts into a thought. Most pauses inside speech are shorter than a second, and longer
ones belong to free speech (Campione & Véronis 2002); after three seconds of waiting people go on with longer answers
(Rowe 1974, wait-time after a response). So the pause that ends an answer is three seconds, and half as long again
where more is to be expected: after a filler or a conjunction, and while little has been said. It is never shortened: a
falling pitch ends sentences as well as answers, and slow or hesitant speakers would pay for it.
A pause says nothing about a person and is no part of any score.
"""

from dataclasses import dataclass

from schemas.language import Language
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import SpeechObservation
from schemas.speech import Answer, AnswerBegun, AnswerBoundary, AnswerEnd

PAUSE = 3.0
"""Seconds without speech that end an answer, where nothing else is set."""
LONGER = 1.5
"""Times `PAUSE`, where more is to be expected."""
SHORT = 5.0
"""Seconds of speech below which an answer is expected to go on: about a dozen words, an introduction to most."""
LEAST = 0.4
"""Seconds of speech that begin an answer. Voice activity hangs on for 0.3 s of it: a click or a cough is shorter, and
the shortest yes is not."""
JUMP = 0.2
"""Seconds by which an observation may be early or late before sound counts as missing or the clock as set back."""
TOUCHING = 0.01
"""Seconds between two segments below which they are one that was cut; far below any pause, and above rounding."""
SINCE = 0.6
"""Seconds of speech after a word from which on something else was said: the hang of voice activity, twice."""

_EN = "uh um er erm ah hmm mm and but so because or which that with the a an to of"
_KO = "음 어 그 저 저기 그리고 그래서 그런데 근데 하지만 그러니까 왜냐하면"
UNFINISHED: dict[Language, frozenset[str]] = {"en": frozenset(_EN.split()), "ko": frozenset(_KO.split())}
"""Last words after which more is to be expected: fillers (which announce a delay, Clark & Fox Tree 2002), conjunctions,
and words that no sentence ends with."""


def is_unfinished(last_word: str, language: Language) -> bool:
    """Whether more is to be expected after this word."""
    return last_word.strip(".,?!… ").lower() in UNFINISHED[language]


@dataclass(slots=True)
class _Speech:
    """What was said since a possible answer began."""

    start: SessionTime
    end: SessionTime
    spoken: int
    """Microseconds."""
    begun: bool = False
    unfinished: bool = False
    asked_on: bool = False


class AnswerDetector:
    """Follows one microphone. Takes observations of voice activity in their order; how they are cut changes nothing."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._speech: _Speech | None = None
        self._now: SessionTime | None = None
        """Up to where sound was observed."""

    @property
    def open(self) -> bool:
        """Whether an answer has begun and is not over."""
        return self._speech is not None and self._speech.begun

    def observe(self, heard: SpeechObservation) -> list[AnswerBoundary]:
        """Beginnings and ends that this observation makes certain, in their order."""
        found = self._continued(heard)
        for start, end in heard.segments:
            found += self._silence_until(start)
            found += self._spoke(start, end)
        self._now = SessionTime(heard.at + round(heard.duration * MICROSECONDS))
        return found + self._silence_until(self._now)

    def expect_more(self, after: SessionTime) -> None:
        """The last word, which ended at `after`, was unfinished: be patient, unless something was said since."""
        if self._speech is not None and self._speech.end - after <= SINCE * MICROSECONDS:
            self._speech.unfinished = True

    def ask_on(self) -> list[AnswerBoundary]:
        """The interviewer has gone on: the answer is over, or will be as soon as the person stops speaking."""
        if self._speech is None or self._now is None:
            return []
        self._speech.asked_on = True
        return self._silence_until(self._now)

    def end(self, why: AnswerEnd) -> list[AnswerBoundary]:
        """No more is heard, by `why`. What comes later is another stream."""
        found = self._over(why)
        self._now = None
        return found

    def _continued(self, heard: SpeechObservation) -> list[AnswerBoundary]:
        """What is to be said about sound that is missing before this observation, or was before it on the clock."""
        if self._now is None:
            return []
        ahead = heard.at - self._now
        if ahead < -JUMP * MICROSECONDS:
            return self._over("lost")
        silent = self._speech is None or heard.at - self._speech.end >= self._patience(self._speech)
        return self._over("lost") if ahead > JUMP * MICROSECONDS and silent else []

    def _spoke(self, start: SessionTime, end: SessionTime) -> list[AnswerBoundary]:
        said = self._speech
        if said is None:
            said = self._speech = _Speech(start, end, end - start)
        else:
            touching = start - said.end <= TOUCHING * MICROSECONDS
            said.spoken += max(end - (said.end if touching else start), 0)
            said.end = max(said.end, end)
            said.unfinished = False
        if said.begun or said.spoken < LEAST * MICROSECONDS:
            return []
        said.begun = True
        return [AnswerBegun(said.start)]

    def _silence_until(self, now: SessionTime) -> list[AnswerBoundary]:
        said = self._speech
        if said is None:
            return []
        silence = now - said.end
        if said.asked_on and silence > TOUCHING * MICROSECONDS:
            return self._over("asked-on")
        return self._over("silence") if silence >= self._patience(said) else []

    def _patience(self, said: _Speech) -> float:
        """Microseconds."""
        more = said.unfinished or said.spoken < SHORT * MICROSECONDS
        return self._pause * (LONGER if more else 1.0) * MICROSECONDS

    def _over(self, why: AnswerEnd) -> list[AnswerBoundary]:
        said, self._speech = self._speech, None
        if said is None or not said.begun:
            return []
        return [Answer(said.start, said.end, why, said.spoken / MICROSECONDS)]
