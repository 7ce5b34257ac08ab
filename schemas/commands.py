"""What may be asked of an interview: imperative; answered with events or with an error."""

from dataclasses import dataclass

from schemas.events import LossReason, Role, Source, StreamKind
from schemas.heard import HeardCommand
from schemas.ids import ConnectionId, InterviewId, ParticipantId
from schemas.language import Language
from schemas.observation import RestingGaze
from schemas.policy import STANDARD, Policy, Purpose
from schemas.seen import Seen
from schemas.voice import VoiceObservation


@dataclass(frozen=True, slots=True)
class CreateInterview:
    """Set up an interview."""

    interview: InterviewId
    title: str
    epoch_us: int
    source: Source = "live"
    policy: Policy = STANDARD
    job: str | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class InviteParticipant:
    """Make a seat."""

    participant: ParticipantId
    role: Role


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Bind a participant's link to the browser that holds the secret of `claim_digest`."""

    participant: ParticipantId
    claim_digest: str


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Agree to `purposes` as worded in `text_version`."""

    participant: ParticipantId
    text_version: str
    language: str
    purposes: tuple[Purpose, ...]
    sentence: str | None = None
    """The words that were shown."""


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Take back the agreement to `purposes`. What was not agreed to is left out."""

    participant: ParticipantId
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Connect; replaces an older connection of the same participant."""

    participant: ParticipantId
    connection: ConnectionId
    claim_digest: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Disconnect. A connection that was replaced before changes nothing."""

    participant: ParticipantId
    connection: ConnectionId
    vanished: bool = False


@dataclass(frozen=True, slots=True)
class StartStream:
    """Media of a participant has begun to arrive."""

    participant: ParticipantId
    kinds: tuple[StreamKind, ...]


@dataclass(frozen=True, slots=True)
class LoseStream:
    """Media of a participant no longer arrives."""

    participant: ParticipantId
    reason: LossReason


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Keep the resting gaze that was learnt for a participant."""

    participant: ParticipantId
    resting: RestingGaze


@dataclass(frozen=True, slots=True)
class RecordSight:
    """Record one second of what was seen (all of the same second)."""

    participant: ParticipantId
    second: int
    observations: tuple[Seen, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class RecordProsody:
    """Record one second of voice observations (all of the same second)."""

    participant: ParticipantId
    second: int
    observations: tuple[VoiceObservation, ...]


@dataclass(frozen=True, slots=True)
class EndInterview:
    """End the interview. Ending it twice changes nothing."""

    by_source: bool = False


@dataclass(frozen=True, slots=True)
class EraseSubject:
    """Forget a person for good. Done again, and after the end of the interview, it changes nothing more."""

    participant: ParticipantId


Command = (
    CreateInterview
    | InviteParticipant
    | ClaimLink
    | GiveConsent
    | WithdrawConsent
    | Join
    | Leave
    | StartStream
    | LoseStream
    | Calibrate
    | RecordSight
    | RecordProsody
    | HeardCommand
    | EndInterview
    | EraseSubject
)
