"""What actors are made of: factories of the outside things, named by the composition root and carried to where an
actor runs."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Protocol, TypeVar

from actors.detectors.span import Span
from infra.bus import Bus
from infra.clock import NowUs
from infra.log import Log
from infra.models.transcriber import Transcriber
from infra.views import Views
from schemas.events import LossReason, StreamKind
from schemas.language import Language
from schemas.media import AudioChunk, VideoFrame
from schemas.observation import RestingGaze, SpeechObservation
from schemas.policy import Purpose
from schemas.seen import Seen
from schemas.speech import Vocabulary
from schemas.voice import VoiceObservation


class SightDetector(Protocol):
    """Sees a person; keeps what it learns of them."""

    resting: RestingGaze | None
    """The person's resting gaze: None until it is learnt or given."""

    def observe(self, frame: VideoFrame, lost: int = 0) -> Seen | None:
        """What one picture says; None where it was not its turn. Pictures come in the order of their time; `lost`
        counts those before it that were superseded."""
        ...

    def begin(self) -> None:
        """Another connection begins: what was learnt of the old one is forgotten, but for the resting gaze."""
        ...

    def close(self) -> None:
        """Give back the model."""
        ...


class ProsodyDetector(Protocol):
    """Hears a voice; keeps what it learns of one person over one line."""

    def observe(self, chunk: AudioChunk) -> Iterable[VoiceObservation]:
        """What the seconds say that are complete with this piece of sound. Pieces come in the order of their time."""
        ...

    def begin(self) -> Iterable[VoiceObservation]:
        """What is left of the sound so far; another line begins, and what was learnt of the old one is forgotten."""
        ...


class SoundStream(Protocol):
    """Joins pieces of sound into spans; see `actors.detectors.sound`, which loads SciPy."""

    def push(self, chunk: AudioChunk) -> Iterator[Span]:
        """Take a piece of sound; yields the spans that are complete with it."""
        ...

    def close(self) -> Iterator[Span]:
        """End the stream; yields what is left. A later piece begins a new one."""
        ...


class VoiceActivity(Protocol):
    """Tells speech from its absence."""

    def observe(self, span: Span) -> SpeechObservation:
        """What a span says; spans of one stream come in their order."""
        ...


class MediaPeer(Protocol):
    """The server's end of a participant's media connection; see `infra.rtc`."""

    @property
    def kinds(self) -> tuple[StreamKind, ...]:
        """`video`, `audio`: what the participant sends."""
        ...

    async def next_frame(self) -> VideoFrame:
        """The next picture of the last moment; waits for one. Raises `StreamClosed`."""
        ...

    async def next_sound(self) -> AudioChunk:
        """The next piece of sound. Raises `StreamClosed`."""
        ...

    def take_dropped(self) -> int:
        """How many pictures were superseded since the last call."""
        ...

    async def wait_lost(self) -> LossReason:
        """Returns `closed` or `silent` when media no longer arrives."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


class AnswerOffer(Protocol):
    """Turns an SDP offer into a connection and an SDP answer; raises `Invalid` for an offer that is none."""

    async def __call__(self, offer_sdp: str, *, epoch_us: int, now_us: NowUs) -> tuple[MediaPeer, str]: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Factories, each a module-level callable or a partial of one."""

    open_log: Callable[[], Awaitable[Log]]
    open_bus: Callable[[], Awaitable[Bus]]
    open_views: Callable[[], Awaitable[Views]]
    answer_offer: AnswerOffer
    sight_detector: Callable[[frozenset[Purpose]], SightDetector]
    """Given the purposes served; loads what they need and nothing else."""
    prosody_detector: Callable[[frozenset[Purpose]], ProsodyDetector]
    """Likewise."""
    sound_stream: Callable[[], SoundStream]
    voice_activity: Callable[[], VoiceActivity]
    transcriber: Callable[[Vocabulary], Transcriber]
    """Raises `Misconfigured` where its model is not there."""
    vocabulary: Callable[[str | None, Language], Vocabulary]
    """What is to be expected of somebody who is interviewed for a job, by its id in the catalogue."""
    answer_pause: float
    """Seconds without speech that end an answer."""
    clock: Callable[[], NowUs]
    one_machine: bool
    """Whether all actors run on one machine, and need not be reached from another."""
    live_signal_hz: float
    """Live signals per second and participant."""


class Closable(Protocol):
    """Whatever holds a connection."""

    async def close(self) -> None:
        """Give it back."""
        ...


Opened = TypeVar("Opened", bound=Closable)


async def opened(stack: AsyncExitStack, opening: Callable[[], Awaitable[Opened]]) -> Opened:
    """What `opening` opens; it is closed with `stack`. Raises `Unavailable`."""
    thing = await opening()
    stack.push_async_callback(thing.close)
    return thing
