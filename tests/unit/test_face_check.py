"""A second face, and a face upside down, by the detector of faces."""

from collections.abc import Iterator

import numpy as np
import pytest

from actors.detectors.face_check import FaceCheck
from infra.models.face_detection import FaceFinder
from schemas.media import Picture, SessionTime, VideoFrame


@pytest.fixture
def check() -> Iterator[FaceCheck]:
    opened = FaceCheck()
    yield opened
    opened.close()


def twice(portrait: VideoFrame) -> Picture:
    return np.hstack([portrait.image, portrait.image])


def test_faces_are_counted(portrait: VideoFrame) -> None:
    finder = FaceFinder()
    assert [len(finder.scores(each)) for each in (portrait.image[:, :60], portrait.image, twice(portrait))] == [0, 1, 2]
    finder.close()
    finder.close()
    with pytest.raises(ValueError, match="closed"):
        finder.scores(portrait.image)


def shown(check: FaceCheck, *film: tuple[float, Picture], face: bool = True) -> list[str | None]:
    """What is said of pictures at these times (seconds)."""
    return [check.problem(SessionTime(round(at * 1e6)), picture, face) for at, picture in film]


def test_a_judgement_holds_for_two_seconds(check: FaceCheck, portrait: VideoFrame) -> None:
    one, two = portrait.image, twice(portrait)
    told = shown(check, (0.0, one), (1.0, two), (2.0, two), (3.0, one), (4.0, one))
    assert told == [None, None, "two-faces", "two-faces", None]


def test_two_faces_are_not_told_of_where_none_is_followed(check: FaceCheck, portrait: VideoFrame) -> None:
    assert shown(check, (0.0, twice(portrait))) == ["two-faces"]
    assert shown(check, (0.1, portrait.image), (2.0, twice(portrait)), face=False) == [None, None]


@pytest.mark.parametrize("face", [True, False])
def test_upside_down_is_told_whether_the_mesh_found_it_or_not(
    check: FaceCheck, portrait: VideoFrame, face: bool
) -> None:
    assert shown(check, (0.0, portrait.image[::-1, ::-1]), face=face) == ["upside-down"]


def test_a_face_that_comes_anew_is_looked_at_at_once(check: FaceCheck, portrait: VideoFrame) -> None:
    assert shown(check, (0.0, portrait.image)) == [None]
    assert shown(check, (0.1, portrait.image), face=False) == [None]
    assert shown(check, (0.2, twice(portrait))) == ["two-faces"]


def test_black_is_not_upside_down(check: FaceCheck) -> None:
    assert shown(check, (0.0, np.zeros((240, 320, 3), np.uint8)), face=False) == [None]
