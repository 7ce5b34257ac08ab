"""Posture of bodies that were placed by known amounts, and learning what is usual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.posture import SAMPLES, WINDOW, PostureLearner, body_baseline, posture
from actors.detectors.torso import Torso, torso_of
from schemas.body import BodyBaseline
from schemas.media import MICROSECONDS, SessionTime
from tests.unit.figure import body, torso


def usual() -> BodyBaseline:
    found = body_baseline([torso()])
    assert found is not None
    return found


def moment(number: int, rate: float = 5) -> SessionTime:
    return SessionTime(round(number * MICROSECONDS / rate))


@given(st.floats(-40, 40))
def test_a_turned_picture_turns_all_angles_alike(degrees: float) -> None:
    said = posture(torso(turned=degrees), None)
    assert said.shoulder_tilt == pytest.approx(degrees)
    assert said.head_lean == pytest.approx(degrees)


def test_the_left_shoulder_is_on_the_right_of_the_picture_and_lower_is_positive() -> None:
    leaning = torso(turned=10)
    assert leaning.left_shoulder[0] > leaning.right_shoulder[0]
    assert leaning.left_shoulder[1] > leaning.right_shoulder[1]
    assert posture(leaning, None).shoulder_tilt > 0


def test_the_torso_leans_where_the_hips_are_seen_and_says_nothing_else() -> None:
    whole = torso_of(body(0.3, at=(0.5, 0.5), turned=12, hips=True), 100, 100, None)
    assert isinstance(whole, Torso)
    assert posture(whole, None).torso_lean == pytest.approx(12)
    assert posture(torso(), None).torso_lean is None


def test_nothing_is_relative_to_a_usual_that_is_not_known() -> None:
    said = posture(torso(), None)
    assert (said.distance, said.slouch, said.drop) == (None, None, None)


@given(st.floats(0.5, 1.2))
def test_half_as_wide_is_twice_as_far_and_no_slouch(factor: float) -> None:
    said = posture(torso(0.4 * factor, (0.5, 0.5 + 0.05 * factor)), usual())
    assert said.distance == pytest.approx(1 / factor)
    assert (said.slouch, said.drop) == pytest.approx((0, 0), abs=1e-9)


def test_a_shorter_neck_is_a_slouch_and_no_drop() -> None:
    said = posture(torso(neck=0.4), usual())
    assert said.slouch == pytest.approx(0.2)
    assert said.drop == pytest.approx(0)


def test_a_body_that_sinks_is_both() -> None:
    said = posture(torso(at=(0.5, 0.6)), usual())
    assert said.drop == pytest.approx(0.125)
    assert said.slouch == pytest.approx(0.125)


def test_the_usual_is_known_after_half_a_minute_and_kept() -> None:
    learner = PostureLearner()
    known = [learner.learn(moment(number), torso()) for number in range(round(5 * WINDOW) + 1)]
    assert known[:-1] == [None] * (len(known) - 1)
    assert known[-1] == usual_of(len(known))
    assert learner.learn(moment(500), torso(0.2)) == known[-1]


def usual_of(samples: int) -> BodyBaseline | None:
    return body_baseline([torso()] * samples)


def test_too_few_pictures_are_not_enough() -> None:
    learner = PostureLearner()
    known = [learner.learn(moment(number, rate=1), torso()) for number in range(SAMPLES)]
    assert known[:-1] == [None] * (SAMPLES - 1)
    assert known[-1] is not None


def test_a_gap_and_a_clock_that_jumps_teach_nothing() -> None:
    learner = PostureLearner()
    jumps = [SessionTime(0), SessionTime(90 * MICROSECONDS), SessionTime(3), SessionTime(80 * MICROSECONDS)]
    assert [learner.learn(at, torso()) for at in jumps * 10] == [None] * 40


def test_a_stretch_changes_little() -> None:
    found = body_baseline([torso()] * 50 + [torso(0.55, turned=30)] * 10)
    assert found is not None
    assert (found.shoulder_width, found.shoulder_tilt) == pytest.approx((0.4, 0), abs=1e-9)
    assert body_baseline([]) is None
