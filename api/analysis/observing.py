"""Turns the media of a recording into the commands that the actors of a live interview would give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.batch import Batch
from actors.parts import ProsodyDetector, SightDetector
from schemas.commands import Calibrate, Command, RecordProsody, RecordSight
from schemas.ids import ParticipantId
from schemas.media import AudioChunk, SessionTime, VideoFrame
from schemas.observation import RestingGaze
from schemas.seen import Seen
from schemas.voice import VoiceObservation


@dataclass(frozen=True, slots=True)
class Step:
    """How far the recording has been observed, and what follows from it."""

    at: SessionTime
    command: Command | None = None


class Observer:
    """Sight and prosody of one participant, in the order of the recording."""

    def __init__(self, participant: ParticipantId, sight: SightDetector, prosody: ProsodyDetector) -> None:
        self._participant = participant
        self._sight = sight
        self._prosody = prosody
        self._told: RestingGaze | None = None
        self._seen: Batch[Seen] = Batch()
        self._heard: Batch[VoiceObservation] = Batch()

    def steps(self, media: Iterable[VideoFrame | AudioChunk]) -> Iterator[Step]:
        """One step for each medium at least; every second that was observed is commanded once."""
        at = SessionTime(0)
        for medium in media:
            at = medium.at
            yield Step(at)
            commands = self._see(medium) if isinstance(medium, VideoFrame) else self._hear(medium)
            yield from (Step(at, command) for command in commands)
        yield from (Step(at, command) for command in self._rest())

    def _see(self, frame: VideoFrame) -> Iterator[Command]:
        seen = self._sight.observe(frame)
        closed = self._seen.add(frame.at, seen, 0) if seen is not None else None
        if closed is not None:
            yield RecordSight(self._participant, closed.second, closed.observations, closed.dropped)
        if self._sight.resting is not None and self._sight.resting != self._told:
            self._told = self._sight.resting
            yield Calibrate(self._participant, self._told)

    def _hear(self, chunk: AudioChunk) -> Iterator[Command]:
        yield from self._gather(self._prosody.observe(chunk))

    def _gather(self, observations: Iterable[VoiceObservation]) -> Iterator[Command]:
        for observation in observations:
            closed = self._heard.add(observation.sound.at, observation, 0)
            if closed is not None:
                yield RecordProsody(self._participant, closed.second, closed.observations)

    def _rest(self) -> Iterator[Command]:
        """The last second of each."""
        yield from self._gather(self._prosody.begin())
        seen, heard = self._seen.close(), self._heard.close()
        if seen is not None:
            yield RecordSight(self._participant, seen.second, seen.observations, seen.dropped)
        if heard is not None:
            yield RecordProsody(self._participant, heard.second, heard.observations)
