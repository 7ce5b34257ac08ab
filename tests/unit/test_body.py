"""What the body detector says of the project's clip, and of pictures that say nothing."""

from collections.abc import Iterator

import numpy as np
import pytest

from actors.detectors.body import NAME, BodyDetector
from infra.rtc.recording import open_recording
from schemas.body import BodyObservation
from schemas.media import Picture, SessionTime, VideoFrame
from schemas.observation import Box
from tests.media.fake_camera import PORTRAIT

ELSEWHERE = Box(0.9, 0.0, 1.0, 0.1)


@pytest.fixture(scope="module")
def clip() -> list[VideoFrame]:
    """Five pictures a second."""
    return [medium for medium in open_recording(PORTRAIT).read() if isinstance(medium, VideoFrame)][::3]


@pytest.fixture
def detector() -> Iterator[BodyDetector]:
    opened = BodyDetector()
    yield opened
    opened.close()


def look(detector: BodyDetector, *images: Picture) -> BodyObservation:
    """The observation of the last of `images`, shown one after the other, five a second."""
    return [detector.observe(VideoFrame(SessionTime(n * 200_000), each)) for n, each in enumerate(images)][-1]


def test_the_clip_has_a_body_whose_shoulder_leaves_the_picture_at_times(
    detector: BodyDetector, clip: list[VideoFrame]
) -> None:
    said = [detector.observe(frame) for frame in clip]
    assert [each.at for each in said] == [frame.at for frame in clip]
    assert {each.detector for each in said} == {NAME}
    assert {each.problem for each in said} <= {None, "out-of-frame"}
    found = [each for each in said if each.posture is not None]
    assert len(found) > 0.6 * len(said)
    assert all((each.problem is None) == (each.posture is not None) == (each.confidence > 0) for each in said)
    postures = [each.posture for each in found if each.posture is not None]
    assert all(0.5 < each.shoulder_width < 0.75 for each in postures)
    assert max(each.head_lean for each in postures) - min(each.head_lean for each in postures) > 8
    assert {(each.torso_lean, each.distance) for each in postures} == {(None, None)}
    movements = [each.movement for each in found if each.movement is not None]
    assert len(movements) > 0.6 * len(said)
    assert all(0 < each.torso < 0.5 and each.arms is None for each in movements)


def test_the_usual_is_learnt_and_what_follows_is_told_against_it(detector: BodyDetector, portrait: VideoFrame) -> None:
    random = np.random.default_rng(2)
    said = []
    for number in range(156):
        grain = random.integers(-5, 6, (1, *portrait.image.shape[1:]))
        image = np.clip(portrait.image + grain, 0, 255).astype(np.uint8)
        said.append(detector.observe(VideoFrame(SessionTime(number * 200_000), image)))
    assert detector.usual is not None
    first, *_, last = [each.posture for each in said if each.posture is not None]
    assert (first.distance, first.slouch, first.drop) == (None, None, None)
    assert (last.distance, last.slouch, last.drop) == pytest.approx((1, 0, 0), abs=0.06)
    assert detector.observe(VideoFrame(SessionTime(33_000_000), portrait.image[:200])).problem in (None, "out-of-frame")
    assert detector.usual is None


def test_a_black_picture_is_too_dark(detector: BodyDetector) -> None:
    assert look(detector, np.zeros((240, 320, 3), dtype=np.uint8)).problem == "too-dark"


def test_a_wall_holds_nobody(detector: BodyDetector) -> None:
    wall = np.full((240, 320, 3), 150, dtype=np.uint8)
    wall[::7] = 90
    assert look(detector, wall, wall).problem == "no-body"


def test_a_picture_that_stands_still_says_nothing(detector: BodyDetector, portrait: VideoFrame) -> None:
    said = look(detector, *[portrait.image] * 17)
    assert (said.problem, said.posture, said.movement, said.confidence) == ("frozen", None, None, 0.0)


def test_somebody_elses_body_is_not_the_persons(detector: BodyDetector, portrait: VideoFrame) -> None:
    said = detector.observe(portrait, ELSEWHERE)
    assert (said.problem, said.posture) == ("other-person", None)


def test_of_two_persons_the_one_whose_face_is_known_is_measured_or_none(
    detector: BodyDetector, portrait: VideoFrame
) -> None:
    """The network follows one of them; which one is its own choice."""
    two = np.ascontiguousarray(np.hstack([portrait.image, portrait.image]))
    left, right = Box(0.15, 0.1, 0.35, 0.7), Box(0.65, 0.1, 0.85, 0.7)
    look(detector, two, two)
    said = [detector.observe(VideoFrame(SessionTime(1_000_000 + n), two), face) for n, face in enumerate((left, right))]
    assert sorted(each.problem or "" for each in said) == ["", "other-person"]
    assert [each.posture is None for each in said] == [each.problem is not None for each in said]


def test_a_person_upside_down_has_no_posture(detector: BodyDetector, portrait: VideoFrame) -> None:
    said = look(detector, *[portrait.image[::-1, ::-1]] * 3)
    assert said.posture is None
    assert said.problem in ("no-body", "not-upright", "out-of-frame")


@pytest.mark.parametrize("left", [110, 160, 210])
def test_a_person_half_out_of_the_picture_has_no_posture(
    detector: BodyDetector, portrait: VideoFrame, left: int
) -> None:
    said = look(detector, *[np.ascontiguousarray(portrait.image[:, left:])] * 3)
    assert said.posture is None
    assert said.problem is not None


@pytest.mark.parametrize("shape", [(240, 320), (240, 320, 4), (0, 0, 3), (1, 1, 3), (8, 400, 3), (3,)])
def test_what_is_no_picture_is_unreadable(detector: BodyDetector, shape: tuple[int, ...]) -> None:
    said = look(detector, np.zeros(shape, dtype=np.uint8))
    assert (said.problem, said.posture, said.confidence) == ("unreadable", None, 0.0)


@pytest.mark.parametrize("shape", [(17, 16), (101, 333), (479, 641), (720, 16)])
def test_noise_of_odd_sizes_is_nobody(detector: BodyDetector, shape: tuple[int, int]) -> None:
    random = np.random.default_rng(4)
    said = look(detector, random.integers(0, 256, (*shape, 3), dtype=np.uint8))
    assert said.posture is None
    assert said.problem is not None


def test_sizes_may_change_and_the_clock_may_jump(detector: BodyDetector, clip: list[VideoFrame]) -> None:
    whole, half = clip[0].image, np.ascontiguousarray(clip[1].image[::2, ::2])
    times = (10_000_000, 10_200_000, 1_000_000, 1_200_000, 90_000_000)
    images = (whole, half, whole, half, whole)
    said = [detector.observe(VideoFrame(SessionTime(at), image)) for at, image in zip(times, images, strict=True)]
    assert all(each.posture is not None for each in said)
    assert [each.movement is None for each in said] == [True, False, True, False, True]


def test_closing_twice_changes_nothing() -> None:
    detector = BodyDetector()
    detector.close()
    detector.close()
