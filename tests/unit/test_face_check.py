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


def test_a_judgement_holds_for_a_second(check: FaceCheck, portrait: VideoFrame) -> None:
    pictures = [(0.0, portrait.image), (0.5, twice(portrait)), (1.0, twice(portrait)), (1.5, portrait.image)]
    told = [check.problem(SessionTime(round(at * 1e6)), picture) for at, picture in pictures]
    assert told == [None, None, "two-faces", "two-faces"]
    assert check.problem(SessionTime(2_000_000), portrait.image) is None


def test_a_face_that_comes_anew_is_looked_at_at_once(check: FaceCheck, portrait: VideoFrame) -> None:
    assert check.problem(SessionTime(0), portrait.image) is None
    check.forget()
    assert check.problem(SessionTime(100_000), portrait.image[::-1, ::-1]) == "upside-down"
