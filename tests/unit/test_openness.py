"""The eye aspect ratio of eyes that are open by a known share, and what it says against one's own open eye."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.openness import FEWEST, HIGHEST, OpenEye, aspect_ratio
from schemas.media import Floats, SessionTime

LENGTH = 30.0
"""Pixels between the corners."""


def eyes(right: float, left: float) -> Floats:
    """Both eyes of a face that looks into the camera, with these ratios."""
    points = []
    for side, ratio in ((-1, right), (1, left)):
        half = np.array([0, ratio * LENGTH / 2, 0])
        outer, inner = np.array([side * 60.0, 0, 0]), np.array([side * 30.0, 0, 0])
        near_outer, near_inner = np.array([side * 50.0, 0, 4.0]), np.array([side * 40.0, 0, 4.0])
        points += [outer, near_outer + half, near_inner + half, inner, near_inner - half, near_outer - half]
    return np.array(points)


@given(st.floats(0.0, 0.5))
def test_a_known_ratio_is_found(ratio: float) -> None:
    assert aspect_ratio(eyes(ratio, ratio)) == pytest.approx(ratio)


@given(st.floats(0.05, 0.5), st.floats(-40, 40))
def test_a_nod_changes_nothing(ratio: float, nod: float) -> None:
    angle = np.radians(nod)
    matrix = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    assert aspect_ratio(eyes(ratio, ratio) @ matrix.T) == pytest.approx(ratio)


def test_the_eye_that_is_seen_better_counts_for_more() -> None:
    angle = np.radians(50)
    matrix = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    points = eyes(0.1, 0.3)
    points[:6] = points[:6] @ matrix.T
    found = aspect_ratio(points)
    assert found is not None
    assert 0.2 < found < 0.3


def test_small_and_impossible_eyes_have_no_ratio() -> None:
    assert aspect_ratio(eyes(0.3, 0.3) / 8) is None
    assert aspect_ratio(np.zeros((12, 3))) is None


def shown(eye: OpenEye, *ratios: float, every: int = 100_000) -> list[float | None]:
    return [eye.openness(SessionTime(number * every), ratio) for number, ratio in enumerate(ratios)]


@pytest.mark.parametrize("own", [0.2, 0.3, 0.4])
def test_openness_is_relative_to_ones_own_open_eye(own: float) -> None:
    found = shown(OpenEye(), *[own] * 20, own / 2, 0.0, own)
    assert found[-3:] == pytest.approx([0.5, 0.0, 1.0])


def test_it_is_unknown_until_the_open_eye_is() -> None:
    found = shown(OpenEye(), *[0.3] * 15)
    assert found[:FEWEST] == [None] * FEWEST
    assert None not in found[FEWEST:]


def test_ten_pictures_in_no_time_are_not_enough() -> None:
    assert shown(OpenEye(), *[0.3] * 20, every=1000)[-1] is None


def test_blinks_and_glances_down_do_not_lower_the_open_eye() -> None:
    ratios = [0.03 if number % 10 < 2 else 0.3 for number in range(100)]
    assert shown(OpenEye(), *ratios, 0.3)[-1] == pytest.approx(1.0)


def test_it_follows_another_person_within_a_minute() -> None:
    found = shown(OpenEye(), *[0.2] * 100, *[0.4] * 700)
    assert found[100] == HIGHEST
    assert found[-1] == pytest.approx(1.0)


def test_eyes_that_were_never_open_have_no_openness() -> None:
    assert shown(OpenEye(), *[0.0] * 30)[-1] is None
