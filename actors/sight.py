"""Watches one participant: pictures in, a live signal now and then, a second of observations once a second."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from actors import names
from actors.batch import Closed
from actors.modality import Modality
from actors.parts import SightDetector
from actors.patience import patiently
from infra.bus import Bus
from schemas.commands import Calibrate, Command, RecordSight
from schemas.errors import Unavailable
from schemas.ids import ParticipantId
from schemas.media import MICROSECONDS, VideoFrame
from schemas.observation import FaceObservation, RestingGaze
from schemas.seen import Seen
from schemas.wire import LiveSight


class Sight(Modality[Seen]):
    """The actor `sight:<interview>:<participant>`."""

    _bus: Bus
    _detector: SightDetector
    _told: RestingGaze | None
    """The resting gaze that the record holds."""
    _next_live_us = 0
    """Session time before which no further live signal is sent."""

    async def observe(self, frame: VideoFrame, lost: int) -> None:
        """Take one picture; `lost` counts those superseded since the last one."""
        seen = await asyncio.get_running_loop().run_in_executor(self._thread, self._detector.observe, frame, lost)
        if seen is None:
            return
        observation = seen.face
        self._gather(observation.at, seen, lost)
        if self._detector.resting is not None and self._detector.resting != self._told:
            self._told = self._detector.resting
            self._tell(Calibrate(self._participant, self._told))
        if observation.at >= self._next_live_us:
            self._next_live_us = observation.at + int(MICROSECONDS / self._parts.live_signal_hz)
            await self._send_live(observation)

    async def _send_live(self, observation: FaceObservation) -> None:
        data = live_sight(self._participant, observation).model_dump_json().encode()
        with suppress(Unavailable):  # a live signal may be lost
            await self._bus.send(names.live_subject(self._interview, self._participant), data)

    async def _open(self) -> None:
        self._told = await patiently(lambda: self._session.call("resting", self._participant))
        self._bus = await self._parts.open_bus()
        # One thread for the model's whole life: MediaPipe objects are not to be shared between threads.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sight")
        loop = asyncio.get_running_loop()
        self._detector = await loop.run_in_executor(self._thread, self._parts.sight_detector, self._purposes)
        self._detector.resting = self._told

    async def _begin(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._detector.begin)

    async def _release(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._detector.close)
        self._thread.shutdown(wait=False)
        await self._bus.close()

    def _command(self, closed: Closed[Seen]) -> Command:
        return RecordSight(self._participant, closed.second, closed.observations, closed.dropped)


def live_sight(participant: ParticipantId, observation: FaceObservation) -> LiveSight:
    """An observation as the interviewer's screen takes it."""
    box, pose, gaze = observation.box, observation.pose, observation.gaze
    return LiveSight(
        participant=participant,
        at_us=observation.at,
        media_time=observation.media_time,
        face=observation.face,
        confidence=observation.confidence,
        box=(box.left, box.top, box.right, box.bottom) if box else None,
        pose=(pose.yaw, pose.pitch, pose.roll) if pose else None,
        gaze=(gaze.horizontal, gaze.vertical) if gaze else None,
        toward_screen=gaze.toward_screen if gaze else None,
    )
