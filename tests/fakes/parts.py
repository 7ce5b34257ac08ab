"""What actors are made of, inside one process: a stream that can be told what to show, and detectors that see it."""

import asyncio
from collections.abc import Sequence
from functools import partial

import numpy as np

from actors.detectors.sound import SoundStream
from actors.parts import MediaPeer, Parts
from infra.bus import Bus
from infra.clock import NowUs
from infra.log import Log
from infra.log.memory import MemoryLog
from infra.views import Views
from schemas.envelope import Appended, ExpectedVersion, NewEvent
from schemas.errors import Invalid, StreamClosed, Unavailable
from schemas.events import LossReason, StreamKind
from schemas.ids import StreamName
from schemas.media import MICROSECONDS, AudioChunk, SessionTime, VideoFrame
from schemas.observation import FaceObservation, RestingGaze
from schemas.policy import Purpose
from schemas.refusal import Refusals
from schemas.seen import Seen
from schemas.speech import Vocabulary
from schemas.voice import VoiceObservation
from tests.fakes.transcriber import FakeTranscriber, given
from tests.fakes.voice_activity import FakeVoiceActivity
from tests.fakes.voices import voice

OFFER = "an offer"


class SharedLog(MemoryLog):
    """A log in memory that several owners use, and that can lose its answers on the way back."""

    forgetful = 0
    """How many appends are made, but not answered."""

    async def append(
        self,
        stream: StreamName,
        events: Sequence[NewEvent],
        *,
        expected: ExpectedVersion,
        refusals: Refusals | None = None,
    ) -> Appended:
        """See `infra.log.port.Log.append`."""
        appended = await super().append(stream, events, expected=expected, refusals=refusals)
        if self.forgetful:
            self.forgetful -= 1
            raise Unavailable
        return appended

    async def close(self) -> None:
        """Only one of the owners is done with it."""


class FakePeer:
    """Sends what it is told to."""

    kinds: tuple[StreamKind, ...] = ("video",)

    def __init__(self) -> None:
        self.frames: asyncio.Queue[VideoFrame] = asyncio.Queue()
        self._lost: asyncio.Future[LossReason] = asyncio.get_running_loop().create_future()

    async def next_frame(self) -> VideoFrame:
        """See `actors.parts.MediaPeer`."""
        return await self.frames.get()

    async def next_sound(self) -> AudioChunk:
        """See `actors.parts.MediaPeer`."""
        raise StreamClosed

    def take_dropped(self) -> int:
        """See `actors.parts.MediaPeer`."""
        return 0

    async def wait_lost(self) -> LossReason:
        """See `actors.parts.MediaPeer`."""
        return await self._lost

    async def close(self) -> None:
        """See `actors.parts.MediaPeer`."""

    def show(self, at: int) -> None:
        """A picture arrives."""
        self.frames.put_nowait(VideoFrame(SessionTime(at), np.zeros((4, 4, 3), dtype=np.uint8)))


class FakeEye:
    """Sees a face in every picture, and learns its resting gaze from the third."""

    def __init__(self, purposes: frozenset[Purpose]) -> None:
        self.resting: RestingGaze | None = None
        self._seen = 0

    def observe(self, frame: VideoFrame, lost: int = 0) -> Seen:
        """See `actors.parts.SightDetector`."""
        self._seen += 1
        if self._seen == 3 and self.resting is None:
            self.resting = RestingGaze(1.0, 2.0, 3)
        return Seen(FaceObservation(at=frame.at, face=True, confidence=1.0, detector="fake"))

    def begin(self) -> None:
        """See `actors.parts.SightDetector`."""

    def close(self) -> None:
        """See `actors.parts.SightDetector`."""


class FakeEar:
    """Hears a fifth of a second in every piece, and counts how often a line began."""

    def __init__(self, purposes: frozenset[Purpose]) -> None:
        self.begun = 0

    def observe(self, chunk: AudioChunk) -> Sequence[VoiceObservation]:
        """See `actors.parts.ProsodyDetector`."""
        return [voice(chunk.at / MICROSECONDS, 0.2, loudness=-60.0)]

    def begin(self) -> Sequence[VoiceObservation]:
        """See `actors.parts.ProsodyDetector`."""
        self.begun += 1
        return []


async def _given(thing: object) -> object:
    return thing


def fake_parts(log: Log, bus: Bus, views: Views, peers: list[FakePeer] | None = None) -> Parts:
    """Parts around a log, a bus and views; the peers that are made are added to `peers`."""

    async def answer(offer_sdp: str, *, epoch_us: int, now_us: NowUs) -> tuple[MediaPeer, str]:
        if offer_sdp != OFFER:
            raise Invalid("Expected the fake's offer.")
        peer = FakePeer()
        if peers is not None:
            peers.append(peer)
        return peer, "an answer"

    return Parts(
        open_log=partial(_given, log),  # type: ignore[arg-type]  # gives back the log it was given
        open_bus=partial(_given, bus),  # type: ignore[arg-type]  # as above
        open_views=partial(_given, views),  # type: ignore[arg-type]  # as above
        answer_offer=answer,
        sight_detector=FakeEye,
        prosody_detector=FakeEar,
        sound_stream=SoundStream,
        voice_activity=FakeVoiceActivity,
        transcriber=given(FakeTranscriber()),
        vocabulary=lambda job, language: Vocabulary(language),
        answer_pause=3.0,
        clock=lambda: lambda: 0,
        one_machine=True,
        live_signal_hz=5.0,
    )
