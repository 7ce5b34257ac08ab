"""From sound to commands: answers begin and end, their pieces become segments, and media never wait."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy.io import wavfile

from actors import names
from actors.detectors.voice_activity import VoiceActivityDetector
from actors.hearing import Hearing
from actors.parts import Parts, VoiceActivity
from actors.transcription import MOST_WAITING
from infra.bus.memory import MemoryBus
from infra.log.memory import MemoryLog
from infra.models.apart import Apart
from infra.models.pocketsphinx import PocketSphinx
from infra.models.transcriber import Transcriber
from infra.views.memory import MemoryViews
from schemas.heard import BeginAnswer, EndAnswer, HeardCommand, RecordSegment
from schemas.ids import InterviewId, ParticipantId
from schemas.media import Floats, SessionTime
from schemas.speech import TranscriptSegment, Vocabulary
from tests.fakes.parts import fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.fakes.transcriber import FakeTranscriber, given
from tests.fakes.voice_activity import FakeVoiceActivity
from tests.unit.voice import chunks
from tests.waiting import eventually

IV, ANN = InterviewId("0" * 32), ParticipantId("ann")
PAUSE = 3.0
SPOKEN = Path(__file__).parents[1] / "media" / "message_queue.wav"


@dataclass
class Session:
    """Takes down what it is told."""

    told: list[HeardCommand] = field(default_factory=list)
    expected: Vocabulary = field(default_factory=partial(Vocabulary, "en"))

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def execute(self, command: HeardCommand) -> None:
        """See `actors.session.Session.execute`."""
        self.told.append(command)

    async def vocabulary(self) -> Vocabulary:
        """See `actors.session.Session.vocabulary`."""
        return self.expected


def parts_with(
    transcriber: Callable[[Vocabulary], Transcriber], voice_activity: Callable[[], VoiceActivity] = FakeVoiceActivity
) -> Parts:
    made = fake_parts(MemoryLog(), MemoryBus(), MemoryViews())
    return replace(made, transcriber=transcriber, voice_activity=voice_activity, answer_pause=PAUSE)


@dataclass
class Stage:
    """A hearing, what its session was told, and what its recogniser was asked."""

    session: Session
    recogniser: FakeTranscriber
    hearing: Hearing
    clock: float = 0.0

    async def say(self, *parts: Floats) -> None:
        """Sound arrives."""
        sound = np.concatenate(parts)
        for chunk in chunks(sound, start=self.clock):
            await self.hearing.observe(chunk, 0)
        self.clock += len(sound) / 16_000

    def segments(self) -> list[TranscriptSegment]:
        return [command.segment for command in self.session.told if isinstance(command, RecordSegment)]

    def told(self, kind: type[HeardCommand]) -> list[HeardCommand]:
        return [command for command in self.session.told if isinstance(command, kind)]

    async def until_told(self, kind: type[HeardCommand], count: int) -> list[HeardCommand]:
        async def is_told() -> bool:
            return len(self.told(kind)) >= count

        await eventually(is_told, seconds=10, what=f"{count} {kind.__name__}")
        return self.told(kind)


def loud(seconds: float) -> Floats:
    return np.full(round(seconds * 16_000), 0.5)


def quiet(seconds: float) -> Floats:
    return np.full(round(seconds * 16_000), 0.001)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    runtime, session, recogniser = LocalRuntime(), Session(), FakeTranscriber()
    await runtime.ensure(names.session(IV), lambda _: session)
    hearing = Hearing(IV, ANN, frozenset({"transcript"}), parts_with(given(recogniser)), runtime)
    await hearing.start()
    yield Stage(session, recogniser, hearing)
    recogniser.may_answer.set()
    if not recogniser.closed:
        await hearing.stop()
    await runtime.close()


async def test_an_answer_begins_is_transcribed_and_ends(stage: Stage) -> None:
    await stage.say(quiet(0.5), loud(6), quiet(5))
    (begun,), (ended,) = await stage.until_told(BeginAnswer, 1), await stage.until_told(EndAnswer, 1)
    (recorded,) = await stage.until_told(RecordSegment, 1)
    assert isinstance(begun, BeginAnswer)
    assert isinstance(ended, EndAnswer)
    assert isinstance(recorded, RecordSegment)
    assert begun.answer == ended.answer == recorded.answer
    assert (begun.start, ended.end, ended.ended, ended.segments) == (500_000, 6_500_000, "silence", 1)
    assert recorded.segment.text == "hello"
    assert stage.recogniser.heard == [(SessionTime(300_000), round(6.2 * 16_000))]


async def test_silence_is_not_transcribed(stage: Stage) -> None:
    await stage.say(quiet(20))
    assert stage.recogniser.heard == []
    assert stage.session.told == []


async def test_two_answers_have_their_own_segments(stage: Stage) -> None:
    await stage.say(loud(6), quiet(5), loud(4), quiet(1), loud(2), quiet(5))
    ends = await stage.until_told(EndAnswer, 2)
    segments = await stage.until_told(RecordSegment, 3)
    first, second = (end.answer for end in ends)
    assert [segment.answer for segment in segments] == [first, second, second]
    assert [end.segments for end in ends if isinstance(end, EndAnswer)] == [1, 2]


async def test_media_do_not_wait_and_the_oldest_piece_gives_way(stage: Stage) -> None:
    stage.recogniser.may_answer.clear()
    await stage.say(loud(3), quiet(0.5))
    async with asyncio.timeout(5):
        for _ in range(MOST_WAITING + 2):
            await stage.say(loud(3), quiet(0.5))
        await stage.say(quiet(5))
    (ended,) = await stage.until_told(EndAnswer, 1)
    assert isinstance(ended, EndAnswer)
    assert not stage.recogniser.heard
    stage.recogniser.may_answer.set()
    await stage.until_told(RecordSegment, ended.segments)
    recorded = stage.segments()
    dropped = [segment.start for segment in recorded if segment.problem == "dropped"]
    heard = [segment.start for segment in recorded if segment.problem is None]
    assert len(recorded) == ended.segments == MOST_WAITING + 3
    assert dropped
    assert max(dropped) < heard[1], "the newest are heard; the first was with the recogniser when the others came"


async def test_what_could_not_be_heard_is_told(stage: Stage) -> None:
    stage.recogniser.text = None
    await stage.say(loud(4), quiet(1.5))
    await stage.until_told(RecordSegment, 1)
    stage.recogniser.fail = True
    await stage.say(loud(4), quiet(2))
    await stage.until_told(RecordSegment, 2)
    assert [segment.problem for segment in stage.segments()] == ["no-words", "failed"]


async def test_an_unfinished_word_makes_patient(stage: Stage) -> None:
    stage.recogniser.text = "and"
    await stage.say(loud(6), quiet(1.5))
    await stage.until_told(RecordSegment, 1)
    await stage.say(quiet(2), loud(1), quiet(6))
    (ended,) = await stage.until_told(EndAnswer, 1)
    assert isinstance(ended, EndAnswer)
    assert ended.end == 10_500_000


async def test_asking_on_ends_the_answer_with_its_last_piece(stage: Stage) -> None:
    await stage.say(loud(2.5), quiet(0.8))
    await stage.hearing.ask_on()
    (ended,) = await stage.until_told(EndAnswer, 1)
    assert isinstance(ended, EndAnswer)
    assert (ended.end, ended.ended, ended.segments) == (2_500_000, "asked-on", 1)
    await stage.until_told(RecordSegment, 1)


async def test_stopping_ends_the_answer_and_tells_all_of_it(stage: Stage) -> None:
    await stage.say(loud(2.5))
    await stage.hearing.stop()
    (ended,) = stage.told(EndAnswer)
    (recorded,) = stage.told(RecordSegment)
    assert isinstance(ended, EndAnswer)
    assert isinstance(recorded, RecordSegment)
    assert (ended.end, ended.ended, ended.segments) == (2_500_000, "stopped", 1)
    assert recorded.answer == ended.answer
    assert stage.recogniser.closed


async def test_sound_that_stops_coming_is_lost(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actors.hearing.LOST_SECONDS", 0.05)
    await stage.say(loud(2.5))
    (ended,) = await stage.until_told(EndAnswer, 1)
    assert isinstance(ended, EndAnswer)
    assert (ended.end, ended.ended) == (2_500_000, "lost")
    stage.clock = 100
    await stage.say(loud(1.5))
    assert len(await stage.until_told(BeginAnswer, 2)) == 2


def apart(vocabulary: Vocabulary) -> Apart:
    """As an interview has it: PocketSphinx in a process of its own."""
    return Apart(partial(PocketSphinx, vocabulary))


async def test_a_voice_becomes_words() -> None:
    """With the real recogniser, and the real voice activity."""
    runtime, session = LocalRuntime(), Session()
    await runtime.ensure(names.session(IV), lambda _: session)
    parts = parts_with(apart, VoiceActivityDetector)
    session.expected = Vocabulary("en", ("message queue",))
    hearing = Hearing(IV, ANN, frozenset({"transcript"}), parts, runtime)
    await hearing.start()
    _, spoken = wavfile.read(SPOKEN)
    sound = np.concatenate([np.random.default_rng(5).normal(0, 0.001, 16_000), spoken / 32_768, quiet(5)])
    stage = Stage(session, FakeTranscriber(), hearing)
    await stage.say(sound)
    (recorded,) = await stage.until_told(RecordSegment, 1)
    await hearing.stop()
    await runtime.close()
    assert isinstance(recorded, RecordSegment)
    assert recorded.segment.text == "our message queue became the bottleneck"
    assert recorded.segment.recogniser == PocketSphinx.name
