"""Facts about an interview: past tense, immutable, kept for ever in the form they were written in.

A change of a type's fields is a new `schema_version` with an upcast (`schemas.upcasts`), never an edit of old events.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.errors import Invalid
from schemas.fact import Fact
from schemas.ids import ConnectionId, InterviewId, ParticipantId
from schemas.language import Language
from schemas.policy import Profile, Purpose
from schemas.signals import (
    AgeGenderObserved,
    ExpressionObserved,
    HandsObserved,
    PostureObserved,
    ProsodyObserved,
    SightObserved,
    VoiceEmotionObserved,
)
from schemas.upcasts import upcast

Source = Literal["live", "file"]
Role = Literal["interviewer", "applicant"]
StreamKind = Literal["video", "audio"]


class InterviewCreated(Fact):
    """An interview was set up."""

    schema_version: ClassVar[int] = 2

    type: Literal["interview.created"] = "interview.created"
    interview: InterviewId
    title: str = Field(min_length=1, max_length=200)
    source: Source = "live"
    epoch_us: int
    """Unix time in microseconds at which the session clock stood at zero."""
    profile: Profile = "standard"
    """The law and custom that hold (`schemas.policy`)."""
    switched_on: tuple[Purpose, ...] = ()
    """What is off in the profile and was switched on for this interview."""
    job: str | None = None
    """Of the catalogue; None where the interview is for none of its jobs."""
    language: Language = "en"
    """That is spoken."""


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

    schema_version: ClassVar[int] = 3

    type: Literal["consent.given"] = "consent.given"
    participant: ParticipantId
    text_version: str
    language: str
    purposes: tuple[Purpose, ...]
    sentence: str | None = None
    """The words that were shown; None where the event was written in version 1, which did not keep them."""


class ConsentWithdrawn(Fact):
    """An applicant took back what they had agreed to, from this moment on."""

    type: Literal["consent.withdrawn"] = "consent.withdrawn"
    participant: ParticipantId
    purposes: tuple[Purpose, ...]


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
    | ConsentWithdrawn
    | ParticipantJoined
    | ParticipantLeft
    | StreamStarted
    | StreamLost
    | GazeCalibrated
    | SightObserved
    | ExpressionObserved
    | AgeGenderObserved
    | PostureObserved
    | HandsObserved
    | ProsodyObserved
    | VoiceEmotionObserved
    | AnswerStarted
    | AnswerEnded
    | SegmentTranscribed
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
