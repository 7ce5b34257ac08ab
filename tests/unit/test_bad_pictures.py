"""What is wrong with a picture is told, by every detector that looks at a face, and nothing is made up for it.

Each case is a little film and what is said of its last picture; a good one before it shows that nothing is left over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import cv2
import numpy as np
import pytest

from actors.detectors.age_gender import AgeGenderDetector
from actors.detectors.expression import ExpressionDetector
from actors.detectors.face import FaceDetector, FaceLook
from schemas.media import Picture, SessionTime, VideoFrame
from schemas.observation import AgeGenderObservation, ExpressionObservation, FaceObservation

Film = list[tuple[float, Picture]]
"""Seconds, and the picture at that time."""


@dataclass(frozen=True)
class Case:
    """A film made of a portrait (240 × 320 × 3), and what is right to say of its last picture."""

    name: str
    film: Callable[[Picture], Film]
    face: bool
    problem: str | None
    judged: str | None
    """The problem that expression and age name, or None where they may judge the face."""
    measured: bool = False
    """Whether pose, eyes and mouth are told."""


def still(picture: Picture, pictures: int = 3) -> Film:
    """The picture at 15 in a second."""
    return [(number / 15, picture) for number in range(pictures)]


def after(portrait: Picture, picture: Any) -> Film:
    """Three good pictures, then three of the other."""
    return [*still(portrait), *[(0.2 + at, each) for at, each in still(picture)]]


def two(portrait: Picture) -> Picture:
    """The person twice, side by side."""
    return np.ascontiguousarray(np.hstack([portrait, portrait[:, ::-1]]))


def small(portrait: Picture) -> Picture:
    """A face of a few pixels on a wall."""
    picture = np.full((240, 320, 3), (150, 140, 130), np.uint8)
    picture[100:118, 150:174] = cv2.resize(portrait, (24, 18), interpolation=cv2.INTER_AREA)
    return picture


CASES = (
    Case("good", still, True, None, None, measured=True),
    Case("black", lambda p: after(p, np.zeros_like(p)), False, "too-dark", "no-face"),
    Case("one colour", lambda p: after(p, np.full_like(p, 90)), False, "unreadable", "no-face"),
    Case("frozen", lambda p: [(n / 10, p) for n in range(32)], True, "frozen", None),
    Case("frozen and black", lambda p: [(n / 10, np.zeros_like(p)) for n in range(32)], False, "too-dark", "no-face"),
    Case("upside down", lambda p: still(p[::-1, ::-1]), True, "upside-down", None),
    Case("upside down at once", lambda p: after(p, p[::-1, ::-1]), True, "upside-down", None),
    Case("a quarter cut off", lambda p: still(p[:, 120:]), True, "out-of-frame", None),
    Case("half cut off", lambda p: still(p[:, 150:]), False, None, "no-face"),
    Case("two faces", lambda p: still(two(p)), True, "two-faces", None, measured=True),
    Case("another size", lambda p: after(p, p[::2, ::2]), True, None, None, measured=True),
    Case("another shape", lambda p: after(p, p[:201, 40:301]), True, None, None, measured=True),
    Case("clock back", lambda p: [(90.0, p), (90.1, p), (5.0, p)], True, "clock-jump", None, measured=True),
    Case("after it", lambda p: [(90.0, p), (5.0, p), (5.1, p)], True, None, None, measured=True),
    Case("clock ahead", lambda p: [(0.0, p), (0.1, p), (9000.0, p)], True, None, None, measured=True),
    Case("below zero", lambda p: [(-5.0, p), (-4.9, p)], True, None, None, measured=True),
    Case("no time passes", lambda p: [(1.0, p)] * 4, True, None, None, measured=True),
    Case("a face of a few pixels", lambda p: after(p, small(p)), False, None, "no-face"),
    Case("tiny", lambda p: after(p, p[:8, :8]), False, "unreadable", "unreadable"),
    Case("one pixel", lambda p: after(p, p[:1, :1]), False, "unreadable", "unreadable"),
    Case("nothing", lambda p: after(p, p[:0]), False, "unreadable", "unreadable"),
    Case("a line", lambda p: after(p, p[:, 0, 0]), False, "unreadable", "unreadable"),
    Case("grey", lambda p: after(p, p[:, :, 0]), False, "unreadable", "unreadable"),
    Case("with transparency", lambda p: after(p, np.dstack([p, p[:, :, :1]])), False, "unreadable", "unreadable"),
    Case("fractions", lambda p: after(p, p / np.float32(255)), False, "unreadable", "unreadable"),
    Case("not numbers", lambda p: after(p, np.full(p.shape, np.nan)), False, "unreadable", "unreadable"),
    Case("wide numbers", lambda p: after(p, p.astype(np.int64)), False, "unreadable", "unreadable"),
    Case("in pieces", lambda p: after(p, np.asfortranarray(p)), True, None, None, measured=True),
)


@pytest.fixture(scope="module")
def expression() -> ExpressionDetector:
    return ExpressionDetector()


@pytest.fixture(scope="module")
def age_gender() -> AgeGenderDetector:
    return AgeGenderDetector()


@pytest.fixture
def detector() -> Iterator[FaceDetector]:
    opened = FaceDetector()
    yield opened
    opened.close()


def shown(detector: FaceDetector, film: Film) -> tuple[VideoFrame, FaceLook]:
    """The last frame, and what was said of it."""
    for at, picture in film:
        frame = VideoFrame(SessionTime(round(at * 1e6)), picture)
        said = detector.look(frame)
        assert said.observation.at == frame.at
    return frame, said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_wrong_is_told_and_nothing_is_made_up(
    case: Case,
    detector: FaceDetector,
    expression: ExpressionDetector,
    age_gender: AgeGenderDetector,
    portrait: VideoFrame,
) -> None:
    frame, look = shown(detector, case.film(portrait.image))
    face = look.observation
    assert (face.face, face.problem) == (case.face, case.problem)
    assert (face.box is not None) == case.face
    assert 0 <= face.confidence <= 1
    assert_measured(face, case.measured)
    assert_judged(expression.observe(frame, look.mesh), case.judged)
    assert_judged(age_gender.observe(frame, look.mesh), case.judged)


@pytest.mark.parametrize("case", [case for case in CASES if case.judged == "unreadable"], ids=lambda case: case.name)
def test_a_mesh_of_another_picture_does_not_make_a_bad_one_readable(
    case: Case,
    detector: FaceDetector,
    expression: ExpressionDetector,
    age_gender: AgeGenderDetector,
    portrait: VideoFrame,
) -> None:
    mesh = detector.look(portrait).mesh
    bad = VideoFrame(SessionTime(0), case.film(portrait.image)[-1][1])
    assert_judged(expression.observe(bad, mesh), "unreadable")
    assert_judged(age_gender.observe(bad, mesh), "unreadable")


def assert_measured(face: FaceObservation, measured: bool) -> None:
    """All of pose, gaze, eyes and mouth, or none of them."""
    told = (face.pose, face.gaze, face.eyes, face.mouth)
    assert [each is not None for each in told] == [measured] * 4
    if face.pose is not None and face.eyes is not None and face.mouth is not None:
        assert all(map(isfinite, (face.pose.yaw, face.pose.pitch, face.pose.roll)))
        assert all(map(isfinite, (face.eyes.ratio, face.mouth.opening)))
        assert face.eyes.blink is None


def assert_judged(said: ExpressionObservation | AgeGenderObservation, problem: str | None) -> None:
    """A judgement without a problem, or a problem without a judgement."""
    value = said.expressions if isinstance(said, ExpressionObservation) else said.age
    if problem is not None:
        assert (value, said.confidence, said.problem) == (None, 0, problem)
    else:
        assert (value is None) == (said.problem is not None)
