"""Where a person's eyes rest, learnt from the first seconds in which they do."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.resting import CONE, SAMPLES, WINDOW, RestingGazeLearner, resting_gaze, toward_screen
from schemas.media import SessionTime
from schemas.observation import Gaze, RestingGaze

directions = st.floats(-40, 40)


def gaze(horizontal: float = 0, vertical: float = 0, confidence: float = 0.9) -> Gaze:
    return Gaze(horizontal, vertical, None, confidence)


def learnt(gazes: Sequence[Gaze | None], *, fps: int = 15, start: float = 0) -> tuple[float, RestingGaze] | None:
    """When a resting gaze was first known (seconds from the first picture on), and which."""
    learner = RestingGazeLearner()
    for number, each in enumerate(gazes):
        at = start + number / fps
        resting = learner.learn(SessionTime(round(at * 1_000_000)), each)
        if resting is not None:
            return at - start, resting
    return None


@given(directions, directions, st.floats(0, 3600))
def test_eyes_that_rest_are_known_after_the_window(horizontal: float, vertical: float, start: float) -> None:
    result = learnt([gaze(horizontal, vertical)] * 100, start=start)
    assert result is not None
    after, resting = result
    assert after == pytest.approx(WINDOW, abs=0.1)
    assert (resting.horizontal, resting.vertical) == pytest.approx((horizontal, vertical), abs=0.01)


def test_a_few_glances_aside_change_nothing() -> None:
    result = learnt(([gaze(4, -3)] * 4 + [gaze(38, 20)]) * 20)
    assert result is not None
    assert (result[1].horizontal, result[1].vertical) == (4, -3)


def test_eyes_that_wander_teach_nothing_until_they_rest() -> None:
    wandering = [gaze(30 if number % 2 else -30) for number in range(90)]
    assert learnt(wandering) is None
    result = learnt(wandering + [gaze(5)] * 90)
    assert result is not None
    after, resting = result
    assert 6 < after <= 6 + WINDOW
    assert resting.horizontal == 5


@pytest.mark.parametrize("unsure", [None, gaze(50, 50, confidence=0.1)])
def test_what_is_not_seen_surely_does_not_count(unsure: Gaze | None) -> None:
    assert learnt([unsure] * 300) is None
    result = learnt([unsure, gaze(2, 2), gaze(2, 2)] * 60)
    assert result is not None
    assert (result[1].horizontal, result[1].vertical) == (2, 2)


def test_too_few_pictures_teach_nothing() -> None:
    assert learnt([gaze()] * 60, fps=2) is None
    assert learnt([gaze()] * 60, fps=5) is not None


def test_a_long_pause_starts_the_window_anew() -> None:
    learner = RestingGazeLearner()
    learner.learn(SessionTime(0), gaze())
    assert learner.learn(SessionTime(60_000_000), gaze()) is None


def test_nothing_is_learnt_from_nothing() -> None:
    assert resting_gaze([]) is None


@given(st.lists(st.tuples(directions, directions), min_size=SAMPLES, max_size=60), directions)
def test_the_resting_gaze_lies_among_the_gazes(seen: list[tuple[float, float]], shift: float) -> None:
    resting = resting_gaze([gaze(x, y) for x, y in seen])
    if resting is not None:
        assert min(x for x, _ in seen) - 0.01 <= resting.horizontal <= max(x for x, _ in seen) + 0.01
        assert resting.samples == len(seen)


@given(directions, directions, st.floats(0, 60), st.floats(0, 360))
def test_the_screen_is_a_cone_around_the_resting_gaze(x: float, y: float, away: float, way: float) -> None:
    offset = complex(0, 1) ** (way / 90) * away
    resting = RestingGaze(x, y, SAMPLES)
    if abs(away - CONE) > 1e-6:
        assert toward_screen(x + offset.real, y + offset.imag, resting) == (away < CONE)
