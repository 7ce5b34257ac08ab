"""What a screen shows of an interview: a projection of its events, rebuilt from them at any time."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.events import Role, Source, StreamKind
from schemas.ids import AnswerId, InterviewId, ParticipantId, SegmentId
from schemas.language import Language
from schemas.media import SessionTime
from schemas.policy import Profile, Purpose
from schemas.signals import (
    AgeGenderValues,
    ExpressionSecond,
    HandsSecond,
    PostureSecond,
    ProsodySecond,
    SightSecond,
    VoiceEmotionSecond,
)
from schemas.speech import AnswerEnd, SegmentProblem, WordsFrom

Presence = Literal["invited", "present", "left", "vanished"]
Status = Literal["open", "ended"]

SIGNAL_SECONDS = 10
"""How many of the newest seconds of signals a view holds per participant and modality: it is written anew with each
event, so it stays small. A screen keeps what it was shown, and asks for what was before."""


ANSWERS = 5
"""How many of the newest answers a view holds per participant."""


class View(BaseModel):
    """What all views share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SegmentView(View):
    """A stretch of an answer as text; see `schemas.answers.SegmentTranscribed`."""

    start: SessionTime
    end: SessionTime
    text: str
    confidence: float
    source: WordsFrom
    problem: SegmentProblem | None = None


class AnswerView(View):
    """An answer as it is known."""

    start: SessionTime
    end: SessionTime | None = None
    """None while it is being given."""
    ended: AnswerEnd | None = None
    segments: dict[SegmentId, SegmentView] = {}


class ParticipantView(View):
    """One seat."""

    role: Role
    label: str
    presence: Presence = "invited"
    claimed: bool = False
    purposes: tuple[Purpose, ...] = ()
    stream: tuple[StreamKind, ...] = ()
    """What of the participant's media reaches the server at present."""
    calibrated: bool = False
    seconds_seen: int = 0
    """Seconds for which there is a sight observation, over the whole interview."""
    seconds_heard: int = 0
    frames_dropped: int = 0
    sight: dict[str, SightSecond] = {}
    """By second of the interview (decimal digits), the newest `SIGNAL_SECONDS`; so are the following."""
    prosody: dict[str, ProsodySecond] = {}
    expression: dict[str, ExpressionSecond] = {}
    posture: dict[str, PostureSecond] = {}
    hands: dict[str, HandsSecond] = {}
    voice_emotion: dict[str, VoiceEmotionSecond] = {}
    age_gender: AgeGenderValues | None = None
    answers: dict[AnswerId, AnswerView] = {}
    """The newest `ANSWERS` by their start."""


class InterviewView(View):
    """One interview, as its interviewer's screen needs it."""

    interview: InterviewId
    title: str
    source: Source
    job: str | None = None
    language: Language = "en"
    profile: Profile = "standard"
    asked: tuple[Purpose, ...] = ()
    """What the applicants are asked to agree to."""
    status: Status = "open"
    epoch_us: int
    ended_at_us: int | None = None
    """Session time at which it ended, microseconds."""
    participants: dict[ParticipantId, ParticipantView] = {}


class InterviewSummary(View):
    """One line of the list of interviews."""

    interview: InterviewId
    title: str
    source: Source
    status: Status
    job: str | None = None
    language: Language = "en"
    epoch_us: int
    applicants: int
    seconds: int
    """Length of what was recorded, from the start of the session clock to the last second with a signal."""
