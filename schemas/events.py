"""Facts about an interview: past tense, immutable, kept for ever in the form they were written in.

A change of a type's fields is a new `schema_version` with an upcast (`schemas.upcasts`), never an edit of old events.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from schemas.errors import Invalid
from schemas.ids import ConnectionId, InterviewId, ParticipantId
from schemas.upcasts import upcast


class Fact(BaseModel):
    """What all events share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: ClassVar[int] = 1


Source = Literal["live", "file"]
Role = Literal["interviewer", "applicant"]
StreamKind = Literal["video", "audio"]
Purpose = Literal["visual-signals", "voice-signals"]
"""What an applicant may agree to, each on its own."""


class InterviewCreated(Fact):
    """An interview was set up."""

    type: Literal["interview.created"] = "interview.created"
    interview: InterviewId
    title: str = Field(min_length=1, max_length=200)
    source: Source = "live"
    epoch_us: int
    """Unix time in microseconds at which the session clock stood at zero."""


class ParticipantInvited(Fact):
    """A seat was made and a link may be issued for it."""

    type: Literal["participant.invited"] = "participant.invited"
    participant: ParticipantId
    role: Role
    label: str = Field(min_length=1, max_length=40)
    """How the screens call this seat ("Applicant A"); holds no name."""


class LinkClaimed(Fact):
    """A browser used a participant's link first; from now on only this browser may."""

    type: Literal["link.claimed"] = "link.claimed"
    participant: ParticipantId
    claim_digest: str
    """SHA-256 (hex) of the secret that the browser keeps."""


class ConsentGiven(Fact):
    """An applicant agreed to what is recorded and analysed."""

    schema_version: ClassVar[int] = 2

    type: Literal["consent.given"] = "consent.given"
    participant: ParticipantId
    text_version: str
    language: str
    purposes: tuple[Purpose, ...]
    sentence: str | None = None
    """The words that were shown; None where the event was written in version 1, which did not keep them."""


class ParticipantJoined(Fact):
    """A participant's browser is connected."""

    type: Literal["participant.joined"] = "participant.joined"
    participant: ParticipantId
    connection: ConnectionId


class ParticipantLeft(Fact):
    """A participant's browser is gone."""

    type: Literal["participant.left"] = "participant.left"
    participant: ParticipantId
    connection: ConnectionId
    reason: Literal["left", "vanished", "replaced"]


class StreamStarted(Fact):
    """Media of a participant reaches the server."""

    type: Literal["stream.started"] = "stream.started"
    participant: ParticipantId
    kinds: tuple[StreamKind, ...]


LossReason = Literal["closed", "silent", "restarted"]


class StreamLost(Fact):
    """Media of a participant no longer reaches the server."""

    type: Literal["stream.lost"] = "stream.lost"
    participant: ParticipantId
    reason: LossReason


class GazeCalibrated(Fact):
    """A person's resting gaze was learnt (degrees, see `schemas.observation.RestingGaze`)."""

    type: Literal["gaze.calibrated"] = "gaze.calibrated"
    participant: ParticipantId
    horizontal: float
    vertical: float
    samples: int


class SightObserved(Fact):
    """One second of what the camera saw of a participant. Angles are medians in degrees."""

    type: Literal["sight.observed"] = "sight.observed"
    participant: ParticipantId
    second: int
    frames: int
    """Pictures analysed in this second."""
    dropped: int
    """Pictures that arrived and were superseded by a newer one before they were analysed."""
    presence: float
    """Share of the pictures with a face, 0..1."""
    confidence: float
    """Mean confidence of the detector in what it says about presence, 0..1."""
    yaw: float | None
    pitch: float | None
    roll: float | None
    gaze_horizontal: float | None
    gaze_vertical: float | None
    gaze_confidence: float | None
    toward_screen: float | None
    """Share of the pictures with open eyes in which the gaze is towards the screen; None before calibration."""
    problem: str | None
    detector: str


class ProsodyObserved(Fact):
    """One second of what the microphone heard of a participant."""

    type: Literal["prosody.observed"] = "prosody.observed"
    participant: ParticipantId
    second: int
    loudness: float
    """dBFS over the second."""
    clipped: float
    heard: float
    """Seconds of sound that arrived, 0..1."""
    detector: str


class InterviewEnded(Fact):
    """The interview is over; nothing is recorded after it."""

    type: Literal["interview.ended"] = "interview.ended"
    by: Literal["interviewer", "source"]


class SubjectErased(Fact):
    """A person was erased from this interview; what was recorded of them can no longer be read.

    Itself not about the person in the sense of the envelope: it stays readable, and holds nothing but a random id.
    """

    type: Literal["subject.erased"] = "subject.erased"
    erased: ParticipantId
    role: Role | None
    """Which seat is empty from now on; None where nothing of the seat could be read any more."""


Event = Annotated[
    InterviewCreated
    | ParticipantInvited
    | LinkClaimed
    | ConsentGiven
    | ParticipantJoined
    | ParticipantLeft
    | StreamStarted
    | StreamLost
    | GazeCalibrated
    | SightObserved
    | ProsodyObserved
    | InterviewEnded
    | SubjectErased,
    Field(discriminator="type"),
]

event_adapter: TypeAdapter[Event] = TypeAdapter(Event)

MODELS: Mapping[str, type[Fact]] = {model.model_fields["type"].default: model for model in get_args(get_args(Event)[0])}
"""By type, each as its newest schema version."""


def parse_event(type_: str, schema_version: int, payload: Mapping[str, Any]) -> Event:
    """The event of the given type that was written in the given version, in its newest form.

    Raises `Invalid` where the type or the version is unknown, or the fields are not those of that version.
    """
    model = MODELS.get(type_)
    if model is None:
        raise Invalid(f"Expected an event of a known type, got `{type_}`: a newer Intact wrote it.")
    newest = upcast(type_, schema_version, payload, newest=model.schema_version)
    try:
        return event_adapter.validate_python({**newest, "type": type_})
    except ValidationError as error:
        places = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise Invalid(
            f"Expected `{type_}` with the fields of version {schema_version}, got trouble at: {places}."
        ) from None
