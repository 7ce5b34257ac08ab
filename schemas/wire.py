"""Messages between the server and its clients, over HTTP and the two WebSockets.

`/api/v1/signal` (one per participant): the client sends `hello` first; the server answers `welcome` or closes after
`problem`. `/api/v1/interviews/{id}/screen` (interviewer): `hello`, then `snapshot`, then `change` and `live`.
`/api/v1/interviews/{id}/replay`: the same screen as it was, without `live`, driven by `seek`, `play` and `pause`.
TypeScript types are generated from this module.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from schemas.events import Role
from schemas.ids import AnswerId, ConnectionId, InterviewId, ParticipantId
from schemas.language import Language
from schemas.policy import Profile, Purpose
from schemas.views import InterviewView


class Wire(BaseModel):
    """What all messages share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


SERVER = "server"
"""The name under which the server's analysis peer is addressed in `to` and `source`."""

Sdp = Annotated[str, Field(max_length=100_000)]


class Problem(BaseModel):
    """An error for a client (RFC 9457)."""

    model_config = ConfigDict(frozen=True)

    type: str
    """`urn:intact:problem:<code>`."""
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    """Whether the same request may succeed later."""


# --- HTTP ------------------------------------------------------------------------------------------------------------


class CreateInterviewRequest(Wire):
    """`POST /api/v1/interviews` (bearer: host key)."""

    title: str = Field(min_length=1, max_length=200)
    profile: Profile = "standard"
    """The law and custom that hold."""
    switched_on: list[Purpose] = []
    """What is off in the profile and is to be asked for all the same."""
    job: str | None = Field(default=None, max_length=100)
    """Of the catalogue."""
    language: Language = "en"
    """That is spoken."""


class Link(Wire):
    """A link to hand to one person."""

    participant: ParticipantId
    label: str
    role: Role
    url: str
    expires_at_us: int
    """Unix time, microseconds."""


class InterviewCreatedResponse(Wire):
    """The new interview with the interviewer's and the first applicant's links."""

    interview: InterviewId
    links: list[Link]


class JoinRequest(Wire):
    """`POST /api/v1/join`: may this browser use this link? Claims the link where nobody has yet."""

    token: str = Field(max_length=2000)
    claim: str = Field(min_length=22, max_length=200)
    """A random secret that the browser made and keeps; binds the link to this browser."""
    language: Language = "en"
    """In which the page speaks."""


class ConsentItem(Wire):
    """One purpose, in words."""

    purpose: Purpose
    sentence: str
    needs: Purpose | None
    """The purpose without which this one cannot be served."""


class ConsentText(Wire):
    """What an applicant is asked: each item by itself, each refusable."""

    version: str
    language: Language
    sentence: str
    """Before the items."""
    items: list[ConsentItem]


class JoinResponse(Wire):
    """What the page needs before it connects."""

    interview: InterviewId
    participant: ParticipantId
    role: Role
    label: str
    title: str
    consent: ConsentText
    consented: bool
    purposes: list[Purpose]
    """What was agreed to; empty before `consented`."""


class ConsentRequest(Wire):
    """`POST /api/v1/consent`."""

    token: str = Field(max_length=2000)
    claim: str = Field(min_length=22, max_length=200)
    text_version: str = Field(max_length=40)
    language: Language
    purposes: list[Purpose]


class WithdrawRequest(Wire):
    """`POST /api/v1/consent/withdraw`."""

    token: str = Field(max_length=2000)
    claim: str = Field(min_length=22, max_length=200)
    purposes: list[Purpose]


# --- signalling ------------------------------------------------------------------------------------------------------


class Hello(Wire):
    """First message of a client on either WebSocket."""

    type: Literal["hello"] = "hello"
    token: str = Field(max_length=2000)
    claim: str = Field(min_length=22, max_length=200)


class Description(Wire):
    """An SDP offer or answer; the server rewrites `peer` from addressee to sender."""

    type: Literal["description"] = "description"
    peer: str
    """A participant id, or `server`."""
    kind: Literal["offer", "answer", "rollback"]
    sdp: Sdp


class Candidate(Wire):
    """An ICE candidate (None: there are no more)."""

    type: Literal["candidate"] = "candidate"
    peer: str
    candidate: str | None = Field(max_length=2000)
    sdp_mid: str | None = Field(default=None, max_length=64)
    sdp_m_line_index: int | None = None


class Bye(Wire):
    """The client leaves on purpose."""

    type: Literal["bye"] = "bye"


class TypedAnswer(Wire):
    """An answer that the applicant typed instead of saying it."""

    type: Literal["typed-answer"] = "typed-answer"
    id: AnswerId = Field(pattern="^[0-9a-f]{32}$")
    """Made by the client; sent again, the answer is the same one. The receipt names it."""
    text: str = Field(max_length=10_000)
    seconds: float = Field(ge=0, le=24 * 3600)
    """For how long it was typed."""
    language: Language


ClientSignal = Annotated[Hello | Description | Candidate | TypedAnswer | Bye, Field(discriminator="type")]


class IceServer(Wire):
    """A STUN or TURN server (RFC 8825)."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class PeerInfo(Wire):
    """Another participant who is connected."""

    participant: ParticipantId
    role: Role
    label: str


class Welcome(Wire):
    """The client is connected."""

    type: Literal["welcome"] = "welcome"
    participant: ParticipantId
    connection: ConnectionId
    role: Role
    title: str
    epoch_us: int
    server_time_us: int
    """Unix time of the server, microseconds."""
    ice_servers: list[IceServer]
    peers: list[PeerInfo]


class PeerJoined(Wire):
    """Another participant connected (again: any peer connection with them is to be made anew)."""

    type: Literal["peer-joined"] = "peer-joined"
    peer: PeerInfo


class PeerLeft(Wire):
    """Another participant is gone."""

    type: Literal["peer-left"] = "peer-left"
    participant: ParticipantId


class Reoffer(Wire):
    """The server's analysis peer lost its connection; make a whole new one and offer again."""

    type: Literal["reoffer"] = "reoffer"


class ConsentChanged(Wire):
    """What the applicant agreed to has changed; what they do not agree to is to be sent no longer."""

    type: Literal["consent-changed"] = "consent-changed"
    purposes: list[Purpose]


class Replaced(Wire):
    """The same participant connected elsewhere; this connection ends and shall not reconnect by itself."""

    type: Literal["replaced"] = "replaced"


class Ended(Wire):
    """The interview is over."""

    type: Literal["ended"] = "ended"


class AnswerReceipt(Wire):
    """What became of a typed answer."""

    type: Literal["answer-receipt"] = "answer-receipt"
    id: AnswerId
    problem: Problem | None
    """Why it was not recorded; None where it was."""


class ProblemSignal(Wire):
    """What the client sent could not be done; the connection stays open where `fatal` is false."""

    type: Literal["problem"] = "problem"
    problem: Problem
    fatal: bool


ServerSignal = Annotated[
    Welcome
    | Description
    | Candidate
    | PeerJoined
    | PeerLeft
    | Reoffer
    | ConsentChanged
    | AnswerReceipt
    | Replaced
    | Ended
    | ProblemSignal,
    Field(discriminator="type"),
]


# --- the interviewer's screen ----------------------------------------------------------------------------------------


class Snapshot(Wire):
    """The whole view, true up to `position`."""

    type: Literal["snapshot"] = "snapshot"
    position: int
    view: InterviewView


class Change(Wire):
    """What changed: an RFC 7396 merge patch against the view at position `after`."""

    type: Literal["change"] = "change"
    after: int
    position: int
    patch: dict[str, Any]


class LiveSight(Wire):
    """What the camera sees of a participant right now; not recorded, may be lost."""

    type: Literal["live-sight"] = "live-sight"
    participant: ParticipantId
    at_us: int
    media_time: int
    """RTP timestamp of the picture (90 kHz)."""
    face: bool
    confidence: float
    box: tuple[float, float, float, float] | None
    """Left, top, right, bottom in fractions of the picture."""
    pose: tuple[float, float, float] | None
    """Yaw, pitch, roll in degrees."""
    gaze: tuple[float, float] | None
    """Horizontal, vertical in degrees."""
    toward_screen: bool | None


ScreenMessage = Annotated[Snapshot | Change | LiveSight | ProblemSignal, Field(discriminator="type")]


# --- the same screen, as it was --------------------------------------------------------------------------------------


class Seek(Wire):
    """Go to a moment."""

    type: Literal["seek"] = "seek"
    at_us: int = Field(ge=0)
    """Session time, microseconds."""


class Play(Wire):
    """Go on from here."""

    type: Literal["play"] = "play"
    speed: float | None = Field(gt=0, le=1000)
    """How many times as fast as it was; None: as fast as can be."""


class Pause(Wire):
    """Stand still."""

    type: Literal["pause"] = "pause"


ReplayCommand = Annotated[Seek | Play | Pause, Field(discriminator="type")]


class Playhead(Wire):
    """Where the replay stands; told when it is asked for anything, and at its end."""

    type: Literal["playhead"] = "playhead"
    at_us: int
    """Session time, microseconds. While it plays, it goes on from there by itself."""
    until_us: int
    """The last moment there is."""
    playing: bool
    speed: float | None
    """None: as fast as can be."""


ReplayMessage = Annotated[Snapshot | Change | Playhead | ProblemSignal, Field(discriminator="type")]

client_signal_adapter: TypeAdapter[ClientSignal] = TypeAdapter(ClientSignal)
server_signal_adapter: TypeAdapter[ServerSignal] = TypeAdapter(ServerSignal)
screen_message_adapter: TypeAdapter[ScreenMessage] = TypeAdapter(ScreenMessage)
replay_command_adapter: TypeAdapter[ReplayCommand] = TypeAdapter(ReplayCommand)
replay_message_adapter: TypeAdapter[ReplayMessage] = TypeAdapter(ReplayMessage)
