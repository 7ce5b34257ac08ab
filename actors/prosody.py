"""Listens to how one participant sounds: sound in, a second of observations once a second."""

from actors.batch import Closed
from actors.modality import Modality
from actors.parts import ProsodyDetector
from schemas.commands import Command, RecordProsody
from schemas.media import AudioChunk
from schemas.observation import SoundObservation


class Prosody(Modality[SoundObservation]):
    """The actor `prosody:<interview>:<participant>`."""

    _detector: ProsodyDetector

    async def observe(self, chunk: AudioChunk, lost: int) -> None:
        """Take one piece of sound; `lost` counts those lost since the last one."""
        self._gather(chunk.at, self._detector.observe(chunk), lost)

    async def _open(self) -> None:
        self._detector = self._parts.prosody_detector()

    async def _release(self) -> None:
        """Holds nothing."""

    def _command(self, closed: Closed[SoundObservation]) -> Command:
        return RecordProsody(self._participant, closed.second, closed.observations)
