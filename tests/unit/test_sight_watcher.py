"""Who looks at which picture: by the pictures' own times, and only those who were given."""

import subprocess
import sys
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from actors.detectors.face import FaceLook
from actors.detectors.sight import AgeGenderJudge, ExpressionJudge, SightWatcher
from infra.models.face_mesh import Mesh
from schemas.body import BodyObservation, HandsObservation, Watched
from schemas.errors import Misconfigured
from schemas.media import SessionTime, VideoFrame
from schemas.observation import (
    Age,
    AgeGenderObservation,
    Box,
    ExpressionObservation,
    FaceObservation,
    HeadPose,
    RestingGaze,
)
from schemas.seen import AgeGenderEstimate, Seen

PICTURE = np.zeros((32, 32, 3), np.uint8)
FACE = FaceObservation(SessionTime(0), True, 0.95, "face/x", box=Box(0.2, 0.2, 0.8, 0.8), pose=HeadPose(3, -8, 1))
MESH = Mesh("landmarks", 0.95)
UPRIGHT = Watched(BodyObservation(SessionTime(0), 0.9, "body/x"), HandsObservation(SessionTime(0), 0.0, "hands/x"))
ESTIMATE = AgeGenderEstimate(40.0, 6.0, 0.3, 30, True, "age/x")


@dataclass
class Face:
    """Says what it was told to say."""

    says: FaceObservation = FACE
    resting: RestingGaze | None = None
    closed: int = 0
    begun: int = 0

    def look(self, frame: VideoFrame) -> FaceLook:
        return FaceLook(replace(self.says, at=frame.at), MESH)

    def begin(self) -> None:
        self.begun += 1

    def close(self) -> None:
        self.closed += 1


@dataclass
class Expression:
    asked: list[SessionTime] = field(default_factory=list)

    def observe(self, frame: VideoFrame, mesh: Mesh) -> ExpressionObservation:
        assert mesh is MESH
        self.asked.append(frame.at)
        return ExpressionObservation(frame.at, 0.5, "expression/x")


@dataclass
class AgeGender:
    asked: list[SessionTime] = field(default_factory=list)

    def observe(self, frame: VideoFrame, mesh: Mesh) -> AgeGenderObservation:
        assert mesh is MESH
        self.asked.append(frame.at)
        years = 30.0 + 2 * (len(self.asked) % 2)
        return AgeGenderObservation(frame.at, 0.9, "age/x", age=Age(years, 6.0), female=0.8)


@dataclass
class Body:
    asked: list[SessionTime] = field(default_factory=list)
    boxes: set[Box | None] = field(default_factory=set)
    closed: int = 0
    begun: int = 0

    def observe(self, frame: VideoFrame, face: Box | None) -> Watched | None:
        self.asked.append(frame.at)
        self.boxes.add(face)
        return UPRIGHT

    def begin(self) -> None:
        self.begun += 1

    def close(self) -> None:
        self.closed += 1


class Room:
    """A watcher with fakes for all that may be given to it."""

    def __init__(self, says: FaceObservation = FACE) -> None:
        self.face, self.expression, self.age_gender, self.body = Face(says), Expression(), AgeGender(), Body()
        self.watcher = SightWatcher(
            lambda: self.face,
            expression=lambda: self.expression,
            age_gender=lambda: self.age_gender,
            body=lambda: self.body,
        )


def shown(watcher: SightWatcher, seconds: float, *, rate: float = 15, first: float = 0.0) -> list[Seen]:
    """All that was seen of pictures that come `rate` times in a second."""
    times = (SessionTime(round((first + number / rate) * 1e6)) for number in range(round(seconds * rate)))
    said = [watcher.observe(VideoFrame(at, PICTURE)) for at in times]
    return [each for each in said if each is not None]


def test_each_looks_as_often_as_it_is_worth() -> None:
    room = Room()
    seen = shown(room.watcher, 20)
    asked = (len(seen), len(room.body.asked), len(room.expression.asked), len(room.age_gender.asked))
    assert asked == pytest.approx((200, 100, 60, 20), abs=1)
    assert [each.face.at for each in seen if each.expression] == room.expression.asked
    assert [each.face.at for each in seen if each.age_gender] == room.age_gender.asked
    assert [each.face.at for each in seen if each.body is UPRIGHT] == room.body.asked
    assert room.body.boxes == {FACE.box}


def test_another_connection_is_told_to_all_who_learn() -> None:
    room = Room()
    room.watcher.begin()
    assert (room.face.begun, room.body.begun) == (1, 1)


def test_the_face_alone_is_looked_at_where_nothing_else_is_given() -> None:
    seen = shown(SightWatcher(Face), 5)
    assert {(each.expression, each.age_gender, each.estimate, each.body) for each in seen} == {(None,) * 4}
    assert all(each.face.face for each in seen)


def test_a_clock_that_goes_back_stops_nobody() -> None:
    room = Room()
    shown(room.watcher, 5, first=1000.0)
    seen = shown(room.watcher, 5)
    assert len(seen) == pytest.approx(50, abs=1)
    assert len(room.expression.asked) == pytest.approx(30, abs=2)


@pytest.mark.parametrize("problem", ["frozen", "out-of-frame", "upside-down", "two-faces", "clock-jump", "too-dark"])
def test_a_face_with_which_something_is_wrong_is_not_judged(problem: str) -> None:
    room = Room(replace(FACE, problem=problem))
    seen = shown(room.watcher, 5)
    assert (room.expression.asked, room.age_gender.asked) == ([], [])
    assert {each.face.problem for each in seen} == {problem}
    assert len(room.body.asked) > 20


def test_what_is_no_picture_is_shown_to_nobody_else() -> None:
    room = Room(FaceObservation(SessionTime(0), False, 0.0, "face/x", problem="unreadable"))
    assert len(shown(room.watcher, 5)) == pytest.approx(50, abs=1)
    assert (room.expression.asked, room.age_gender.asked, room.body.asked) == ([], [], [])


def test_a_body_is_followed_without_a_face() -> None:
    room = Room(FaceObservation(SessionTime(0), False, 0.9, "face/x"))
    shown(room.watcher, 5)
    assert room.body.boxes == {None}
    assert len(room.expression.asked) == pytest.approx(15, abs=1)
    assert room.age_gender.asked == []


@pytest.mark.parametrize(
    "face", [replace(FACE, confidence=0.8), replace(FACE, pose=HeadPose(30, 0, 0)), replace(FACE, pose=None)]
)
def test_age_is_judged_by_good_pictures_alone(face: FaceObservation) -> None:
    room = Room(face)
    shown(room.watcher, 5)
    assert room.age_gender.asked == []
    assert room.watcher.estimate is None


def test_the_estimate_settles_and_nobody_is_asked_again() -> None:
    room = Room()
    seen = shown(room.watcher, 45)
    assert len(room.age_gender.asked) == 30
    assert [each.estimate.pictures for each in seen if each.age_gender and each.estimate] == list(range(1, 31))
    last = seen[-1].estimate
    assert last is not None
    assert (last.years, last.spread, last.female) == pytest.approx((31, 6, 0.8))
    assert last.steady


def test_an_estimate_that_is_known_is_kept() -> None:
    room = Room()
    room.watcher.estimate = ESTIMATE
    seen = shown(room.watcher, 5)
    assert room.age_gender.asked == []
    assert {each.estimate for each in seen} == {ESTIMATE}


def test_the_resting_gaze_is_the_face_watchers() -> None:
    room = Room()
    known = RestingGaze(1.0, -3.0, 40)
    room.watcher.resting = known
    assert (room.face.resting, room.watcher.resting) == (known, known)


def test_all_is_given_back() -> None:
    room = Room()
    room.watcher.close()
    assert (room.face.closed, room.body.closed) == (1, 1)


def test_what_was_opened_is_given_back_where_a_model_is_missing() -> None:
    def missing() -> Any:
        raise Misconfigured("Expected a model, got none.")

    face, body = Face(), Body()
    with pytest.raises(Misconfigured):
        SightWatcher(lambda: face, body=lambda: body, expression=missing)
    with pytest.raises(Misconfigured):
        SightWatcher(lambda: face, body=missing)
    assert (face.closed, body.closed) == (2, 0)


def test_the_detectors_that_there_are_fit() -> None:
    """Held by the type checker: what the composition root may give."""
    from actors.detectors.age_gender import AgeGenderDetector
    from actors.detectors.expression import ExpressionDetector
    from actors.detectors.face import FaceDetector

    expression: type[ExpressionJudge] = ExpressionDetector
    age_gender: type[AgeGenderJudge] = AgeGenderDetector
    watcher = SightWatcher(FaceDetector, expression=expression, age_gender=age_gender)
    seen = watcher.observe(VideoFrame(SessionTime(0), PICTURE))
    watcher.close()
    assert seen is not None
    assert (seen.face.problem, seen.expression) == ("too-dark", None)


def test_watching_loads_no_network_that_was_not_given() -> None:
    """What policy forbids is not loaded: not its weight, nor the library that would run it, nor MediaPipe itself."""
    asked = "import sys, actors.detectors.sight; print(*sys.modules, sep='\\n')"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "actors.detectors.sight" in said
    forbidden = {"onnxruntime", "mediapipe", "torch", "actors.detectors.expression", "actors.detectors.age_gender"}
    assert not forbidden & set(said)


def test_a_face_is_watched_without_the_networks_for_it() -> None:
    """The same with a face watcher at work."""
    asked = (
        "import sys; from actors.detectors.sight import SightWatcher; from actors.detectors.face import FaceDetector;"
        "SightWatcher(FaceDetector).close(); print(*sys.modules, sep='\\n')"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "mediapipe" in said
    forbidden = {"onnxruntime", "torch", "infra.models.expression", "infra.models.age_gender"}
    assert not forbidden & set(said)


def test_the_body_gives_way_where_pictures_are_lost_and_the_face_does_not() -> None:
    room = Room()
    times = [SessionTime(round(number / 10 * 1e6)) for number in range(100)]
    seen = [room.watcher.observe(VideoFrame(at, PICTURE), lost=int(number % 5 == 0)) for number, at in enumerate(times)]
    assert None not in seen
    assert len(room.body.asked) == pytest.approx(14, abs=3)
    assert sum(each is not None and each.body is not None for each in seen) == len(room.body.asked)
