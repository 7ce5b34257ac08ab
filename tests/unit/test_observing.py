"""The media of a recording become the commands that live actors would give."""

from collections.abc import Sequence

import numpy as np

from api.analysis.observing import Observer
from schemas.commands import Calibrate, Command, RecordProsody, RecordSight
from schemas.ids import ParticipantId
from schemas.media import AudioChunk, SessionTime, VideoFrame
from schemas.observation import FaceObservation, RestingGaze
from schemas.seen import Seen
from tests.fakes.parts import FakeEar

WHO = ParticipantId("someone")
RESTING = RestingGaze(1.0, 2.0, 30)


class Watcher:
    """A sight detector that learns the resting gaze at a time that is given."""

    def __init__(self, learns_at: float = 1e9) -> None:
        self.resting: RestingGaze | None = None
        self._learns_at = learns_at

    def observe(self, frame: VideoFrame, lost: int = 0) -> Seen:
        if frame.at >= self._learns_at * 1_000_000:
            self.resting = RESTING
        return Seen(FaceObservation(at=frame.at, face=True, confidence=1.0, detector="watcher"))

    def begin(self) -> None:
        """Nothing is learnt."""

    def close(self) -> None:
        """Holds nothing."""


def picture(seconds: float) -> VideoFrame:
    return VideoFrame(SessionTime(round(seconds * 1_000_000)), np.zeros((16, 16, 3), dtype=np.uint8))


def sound(seconds: float) -> AudioChunk:
    return AudioChunk(SessionTime(round(seconds * 1_000_000)), 48_000, np.zeros(960, dtype=np.int16))


def commands(media: Sequence[VideoFrame | AudioChunk], learns_at: float = 1e9) -> list[Command]:
    steps = list(Observer(WHO, Watcher(learns_at), FakeEar(frozenset())).steps(media))
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    return [step.command for step in steps if step.command is not None]


def test_every_second_is_commanded_once_and_the_last_one_too() -> None:
    given = commands([picture(at / 10) for at in range(25)])
    assert [(each.second, len(each.observations)) for each in given if isinstance(each, RecordSight)] == [
        (0, 10),
        (1, 10),
        (2, 5),
    ]


def test_pictures_and_sound_are_gathered_each_on_their_own() -> None:
    media: list[VideoFrame | AudioChunk] = [*map(picture, (0, 0.5, 1.0, 1.5)), *map(sound, (0.1, 0.6, 1.1))]
    given = commands(sorted(media, key=lambda medium: medium.at))
    assert [each.second for each in given if isinstance(each, RecordSight)] == [0, 1]
    assert [each.second for each in given if isinstance(each, RecordProsody)] == [0, 1]


def test_a_second_without_pictures_is_passed_over() -> None:
    given = commands([picture(0), picture(5)])
    assert [each.second for each in given if isinstance(each, RecordSight)] == [0, 5]


def test_the_resting_gaze_is_told_once() -> None:
    given = commands([picture(at / 10) for at in range(30)], learns_at=1.5)
    assert [each for each in given if isinstance(each, Calibrate)] == [Calibrate(WHO, RESTING)]


def test_there_is_a_step_for_every_medium() -> None:
    media: list[VideoFrame | AudioChunk] = [picture(0), sound(0.01), sound(0.03)]
    steps = [step for step in Observer(WHO, Watcher(), FakeEar(frozenset())).steps(media) if step.command is None]
    assert [step.at for step in steps] == [0, 10_000, 30_000]


def test_no_media_give_no_commands() -> None:
    assert commands([]) == []
