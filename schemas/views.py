"""What a screen shows of an interview: a projection of its events, rebuilt from them at any time."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.events import Purpose, Role, Source, StreamKind
from schemas.ids import InterviewId, ParticipantId

Presence = Literal["invited", "present", "left", "vanished"]
Status = Literal["open", "ended"]

SIGNAL_SECONDS = 120
"""How many of the newest seconds of signals the interviewer's screen holds per participant and modality."""


class View(BaseModel):
    """What all views share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SightSecond(View):
    """See `schemas.events.SightObserved`; angles in degrees, shares 0..1."""

    frames: int
    dropped: int
    presence: float
    confidence: float
    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    gaze_horizontal: float | None = None
    gaze_vertical: float | None = None
    gaze_confidence: float | None = None
    toward_screen: float | None = None
    problem: str | None = None


class ProsodySecond(View):
    """See `schemas.events.ProsodyObserved`."""

    loudness: float
    clipped: float
    heard: float


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
    """By second of the interview (decimal digits), the newest `SIGNAL_SECONDS`."""
    prosody: dict[str, ProsodySecond] = {}


class InterviewView(View):
    """One interview, as its interviewer's screen needs it."""

    interview: InterviewId
    title: str
    source: Source
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
    epoch_us: int
    applicants: int
    seconds: int
    """Length of what was recorded, from the start of the session clock to the last second with a signal."""
