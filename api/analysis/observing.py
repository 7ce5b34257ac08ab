"""Turns the media of a recording into the commands that the actors of a live interview would give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.batch import Batch
from actors.listening import Heard, Listening, Spoken
from actors.parts import ProsodyDetector, SightDetector
from actors.transcription import without_words
from infra.models.transcriber import Transcriber
from schemas.commands import Calibrate, Command, RecordProsody, RecordSight
from schemas.heard import RecordSegment
from schemas.ids import ParticipantId
from schemas.language import Language
from schemas.media import AudioChunk, SessionTime, VideoFrame
from schemas.observation import RestingGaze
from schemas.seen import Seen
from schemas.voice import VoiceObservation


@dataclass(frozen=True, slots=True)
class Step:
    """How far the recording has been observed, and what follows from it."""

    at: SessionTime
    command: Command | None = None


@dataclass(frozen=True, slots=True)
class Ear:
    """What hears words."""

    listening: Listening
    transcriber: Transcriber
    language: Language
    """That is spoken."""


class Observer:
    """Sight, prosody and hearing of one participant, in the order of the recording, each where it is given."""

    def __init__(
        self,
        participant: ParticipantId,
        sight: SightDetector | None,
        prosody: ProsodyDetector | None,
        ear: Ear | None = None,
    ) -> None:
        self._participant = participant
        self._sight = sight
        self._prosody = prosody
        self._ear = ear
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

    def close(self) -> None:
        """Give back the models."""
        if self._sight is not None:
            self._sight.close()
        if self._ear is not None:
            self._ear.transcriber.close()

    def _see(self, frame: VideoFrame) -> Iterator[Command]:
        if self._sight is None:
            return
        seen = self._sight.observe(frame)
        closed = self._seen.add(frame.at, seen, 0) if seen is not None else None
        if closed is not None:
            yield RecordSight(self._participant, closed.second, closed.observations, closed.dropped)
        if self._sight.resting is not None and self._sight.resting != self._told:
            self._told = self._sight.resting
            yield Calibrate(self._participant, self._told)

    def _hear(self, chunk: AudioChunk) -> Iterator[Command]:
        if self._prosody is not None:
            yield from self._gather(self._prosody.observe(chunk))
        if self._ear is not None:
            yield from self._understand(self._ear, self._ear.listening.observe(chunk))

    def _understand(self, ear: Ear, heard: Iterable[Heard]) -> Iterator[Command]:
        for each in heard:
            if not isinstance(each, Spoken):
                yield each
                continue
            segment = ear.transcriber.transcribe(each.piece.samples, each.piece.at)
            segment = segment or without_words(each.piece, "no-words", ear.transcriber, ear.language)
            yield RecordSegment(self._participant, each.answer, segment)
            ear.listening.expect_more(segment)

    def _gather(self, observations: Iterable[VoiceObservation]) -> Iterator[Command]:
        for observation in observations:
            closed = self._heard.add(observation.sound.at, observation, 0)
            if closed is not None:
                yield RecordProsody(self._participant, closed.second, closed.observations)

    def _rest(self) -> Iterator[Command]:
        """The last second of each, and the answer that was not over."""
        if self._prosody is not None:
            yield from self._gather(self._prosody.begin())
        if self._ear is not None:
            yield from self._understand(self._ear, self._ear.listening.close("stopped"))
        seen, heard = self._seen.close(), self._heard.close()
        if seen is not None:
            yield RecordSight(self._participant, seen.second, seen.observations, seen.dropped)
        if heard is not None:
            yield RecordProsody(self._participant, heard.second, heard.observations)
