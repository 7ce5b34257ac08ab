"""What the face detector says of pictures whose truth is known. The clip shows one face throughout."""

from collections.abc import Iterator

import numpy as np
import pytest

from actors.detectors.face import NAME, FaceDetector
from infra.rtc.recording import open_recording
from schemas.media import Picture, SessionTime, VideoFrame
from schemas.observation import FaceObservation, HeadPose, RestingGaze
from tests.media.fake_camera import PORTRAIT


@pytest.fixture(scope="module")
def clip() -> list[VideoFrame]:
    return [medium for medium in open_recording(PORTRAIT).read() if isinstance(medium, VideoFrame)]


@pytest.fixture
def detector() -> Iterator[FaceDetector]:
    detector = FaceDetector()
    yield detector
    detector.close()


def look(detector: FaceDetector, *images: Picture) -> FaceObservation:
    """The observation of the last of `images`, shown one after the other."""
    found = [detector.observe(VideoFrame(SessionTime(number * 66_667), each)) for number, each in enumerate(images)]
    return found[-1]


def look_afresh(image: Picture) -> FaceObservation:
    """The observation of `image` by a detector that has not seen anything before; shown thrice, to settle."""
    detector = FaceDetector()
    try:
        return look(detector, image, image, image)
    finally:
        detector.close()


def pose_of(observation: FaceObservation) -> HeadPose:
    assert observation.pose is not None
    return observation.pose


def rotated(image: Picture, degrees: float) -> Picture:
    """The picture turned clockwise about its middle, the corners grey (nearest pixel)."""
    height, width, _ = image.shape
    angle = np.radians(degrees)
    y, x = np.mgrid[0:height, 0:width]
    dx, dy = x - width / 2, y - height / 2
    from_x = np.round(width / 2 + np.cos(angle) * dx + np.sin(angle) * dy).astype(int)
    from_y = np.round(height / 2 - np.sin(angle) * dx + np.cos(angle) * dy).astype(int)
    inside = (from_x >= 0) & (from_x < width) & (from_y >= 0) & (from_y < height)
    turned = np.full_like(image, 128)
    turned[inside] = image[from_y[inside], from_x[inside]]
    return turned


def test_the_clip_has_a_face_throughout(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    found = [detector.observe(frame) for frame in clip]
    assert [each.at for each in found] == [frame.at for frame in clip]
    assert all(each.face and each.confidence > 0.9 for each in found)
    assert all(each.box and 0.1 < each.box.right - each.box.left < 0.8 for each in found)
    poses = [pose_of(each) for each in found]
    assert max(pose.yaw for pose in poses) > 6
    assert min(pose.yaw for pose in poses) < -6
    assert max(pose.roll for pose in poses) > 10
    assert all(abs(pose.yaw) < 30 and abs(pose.pitch) < 30 and abs(pose.roll) < 30 for pose in poses)
    assert {each.detector for each in found} == {NAME}
    assert {each.problem for each in found} == {None}


def test_the_resting_gaze_is_learnt_and_a_glance_aside_is_seen(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    found = [detector.observe(frame) for frame in clip]
    gazes = [each.gaze for each in found]
    judged = [gaze.toward_screen for gaze in gazes if gaze is not None]
    assert judged[:70] == [None] * 70
    assert detector.resting is not None
    assert None not in judged[80:]
    assert judged[80:].count(True) > 80
    assert False in judged[95:110]


def test_a_resting_gaze_that_was_known_before_is_kept(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    known = RestingGaze(60.0, 60.0, 75)
    detector.resting = known
    found = [detector.observe(frame) for frame in clip[:90]]
    assert detector.resting == known
    assert all(each.gaze is not None and each.gaze.toward_screen is False for each in found)


def test_a_mirrored_picture_changes_the_signs_of_yaw_roll_and_horizontal_gaze(clip: list[VideoFrame]) -> None:
    for number in (110, 120, 150):
        image = clip[number].image
        plain, mirrored = look_afresh(image), look_afresh(image[:, ::-1])
        one, other = pose_of(plain), pose_of(mirrored)
        assert (other.yaw, other.pitch, other.roll) == pytest.approx((-one.yaw, one.pitch, -one.roll), abs=3.5)
        assert plain.gaze is not None
        assert mirrored.gaze is not None
        assert mirrored.gaze.horizontal == pytest.approx(-plain.gaze.horizontal, abs=7)


@pytest.mark.parametrize("degrees", [-30, -15, 10, 20, 40])
def test_a_rotated_picture_changes_the_roll_by_its_angle(clip: list[VideoFrame], degrees: float) -> None:
    image = clip[0].image
    one, other = pose_of(look_afresh(image)), pose_of(look_afresh(rotated(image, degrees)))
    assert other.roll - one.roll == pytest.approx(degrees, abs=3)
    assert (other.yaw, other.pitch) == pytest.approx((one.yaw, one.pitch), abs=4)


@pytest.mark.parametrize("number", [0, 75, 120])
def test_an_upside_down_face_is_told_and_not_measured(clip: list[VideoFrame], number: int) -> None:
    """The mesh lays an upright face on the first and is sure of it; the others it does not find."""
    found = look_afresh(clip[number].image[::-1, ::-1])
    assert found.problem == "upside-down"
    assert (found.pose, found.gaze, found.eyes, found.mouth) == (None, None, None, None)


@pytest.mark.parametrize("left", [115, 120])
def test_a_face_that_is_cut_off_by_the_edge_is_told_and_not_measured(clip: list[VideoFrame], left: int) -> None:
    """Its outline reaches from 78 to 221; further in the mesh finds it no more."""
    found = look_afresh(clip[0].image[:, left:])
    assert (found.face, found.problem) == (True, "out-of-frame")
    assert (found.pose, found.gaze, found.eyes, found.mouth) == (None, None, None, None)
    assert found.box is not None
    assert 0 <= found.box.left < found.box.right <= 1


def test_a_face_that_leaves_is_gone_at_once_and_found_again(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    wall = np.full((240, 320, 3), 150, dtype=np.uint8)
    wall[::7] = 90
    face = clip[0].image
    assert look(detector, face, face).face
    gone = look(detector, wall)
    assert (gone.face, gone.box, gone.pose, gone.gaze) == (False, None, None, None)
    assert gone.confidence > 0.5
    assert look(detector, wall, face).face


def test_a_frozen_picture_gives_a_steady_answer(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    found = [look(detector, clip[0].image) for _ in range(15)]
    yaws = [pose_of(each).yaw for each in found[5:]]
    assert max(yaws) - min(yaws) < 1


def test_a_black_picture_is_too_dark(detector: FaceDetector) -> None:
    found = look(detector, np.zeros((240, 320, 3), dtype=np.uint8))
    assert (found.face, found.problem) == (False, "too-dark")


def test_a_picture_of_one_colour_is_unreadable(detector: FaceDetector) -> None:
    found = look(detector, np.full((240, 320, 3), 90, dtype=np.uint8))
    assert (found.face, found.problem) == (False, "unreadable")


def test_noise_holds_no_face(detector: FaceDetector) -> None:
    random = np.random.default_rng(3)
    noise = [random.integers(0, 256, (240, 320, 3), dtype=np.uint8) for _ in range(10)]
    found = look(detector, *noise)
    assert (found.face, found.problem) == (False, None)
    assert found.confidence > 0.6


@pytest.mark.parametrize("shape", [(240, 320), (240, 320, 4), (240, 320, 1), (0, 0, 3), (1, 1, 3), (8, 400, 3), (3,)])
def test_what_is_no_picture_is_unreadable(detector: FaceDetector, shape: tuple[int, ...]) -> None:
    found = look(detector, np.zeros(shape, dtype=np.uint8))
    assert (found.face, found.confidence, found.problem) == (False, 0, "unreadable")


def test_numbers_of_another_kind_are_unreadable(detector: FaceDetector) -> None:
    floats = np.zeros((240, 320, 3), dtype=np.float32)
    assert look(detector, floats).problem == "unreadable"  # type: ignore[arg-type]  # the wrong kind is the case


@pytest.mark.parametrize("shape", [(17, 16), (101, 333), (479, 641), (720, 16)])
def test_odd_sizes_are_looked_at(detector: FaceDetector, shape: tuple[int, int]) -> None:
    random = np.random.default_rng(4)
    found = look(detector, random.integers(0, 256, (*shape, 3), dtype=np.uint8))
    assert found.problem is None


def test_sizes_may_change_from_picture_to_picture(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    face = clip[0].image
    assert look(detector, face, face[:201, 40:301], face[::2, ::2]).face


def test_pictures_that_do_not_lie_in_one_piece_of_memory(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    face = clip[0].image
    assert look(detector, np.asfortranarray(face)).face


def test_the_time_and_the_rtp_timestamp_are_handed_on(detector: FaceDetector, clip: list[VideoFrame]) -> None:
    found = detector.observe(VideoFrame(SessionTime(5), clip[0].image, media_time=77))
    assert (found.at, found.media_time) == (5, 77)


def test_closing_twice_changes_nothing() -> None:
    detector = FaceDetector()
    detector.close()
    detector.close()
