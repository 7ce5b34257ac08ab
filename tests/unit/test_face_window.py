"""One second of a face summed up: nothing measured means None, and values stay within what was observed."""

from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.face_window import expression_second, face_second
from schemas.media import SessionTime
from schemas.observation import ExpressionObservation, Expressions, Eyes, FaceObservation, Mouth
from schemas.seen import FaceSecond

shares = st.floats(0, 1)


def face(eyes: Eyes | None = None, mouth: Mouth | None = None) -> FaceObservation:
    return FaceObservation(SessionTime(0), True, 0.9, "face/x", eyes=eyes, mouth=mouth)


def judged(*, joy: float = 0.2, problem: str | None = None) -> ExpressionObservation:
    values = None if problem else Expressions(0.5, joy, 0.1, 0.1, 0.05, 0.0)
    return ExpressionObservation(SessionTime(0), 0.0 if problem else 0.5, "expression/x", values, problem)


def test_a_second_of_lids_and_lips() -> None:
    found = face_second(
        [
            face(Eyes(0.3, 1.0), Mouth(0.1, 0.02, 0.9)),
            face(Eyes(0.05, 0.2), Mouth(0.1, 0.001, 0.1)),
            face(Eyes(0.28, 0.9, blink=0.1, blink_rate=12.34), Mouth(0.0, 0.03, 0.5)),
            face(None, Mouth(0.0, 0.02, 0.8)),
            face(),
        ]
    )
    assert found == FaceSecond(pictures=4, blinks=1, blink_rate=12.3, openness=0.9, mouth_moves=0.75)


@pytest.mark.parametrize(
    "observations", [[], [face()], [face(Eyes(0.3), Mouth(0.1))]], ids=["no picture", "no face", "not known yet"]
)
def test_what_was_not_measured_is_none(observations: list[FaceObservation]) -> None:
    found = face_second(observations)
    assert (found.blinks, found.blink_rate, found.openness, found.mouth_moves) == (None,) * 4


def test_open_eyes_without_a_blink_are_none_of_them() -> None:
    assert face_second([face(Eyes(0.3, 1.0))]).blinks == 0


@given(st.lists(st.builds(Eyes, st.floats(0, 1), st.none() | st.floats(0, 1.5), st.none() | st.floats(0.01, 0.5))))
def test_a_second_stays_within_what_was_observed(eyes: list[Eyes]) -> None:
    found = face_second([face(each) for each in eyes])
    known = [each.openness for each in eyes if each.openness is not None]
    assert (found.openness is None) == (not known)
    if found.openness is not None:
        assert min(known) - 0.001 <= found.openness <= max(known) + 0.001
    assert 0 <= (found.blinks or 0) <= found.pictures


def test_expressions_are_means_over_the_pictures_that_were_judged() -> None:
    found = expression_second([judged(joy=0.2), judged(joy=0.4), judged(problem="no-face")])
    assert found is not None
    assert found.expressions is not None
    assert found.expressions.joy == pytest.approx(0.3)
    assert (found.pictures, found.confidence, found.problem, found.detector) == (2, 0.5, None, "expression/x")


@given(st.lists(st.builds(Expressions, *[shares] * 6), min_size=1))
def test_a_mean_lies_within_the_values(several: list[Expressions]) -> None:
    found = expression_second([replace(judged(), expressions=each) for each in several])
    assert found is not None
    assert found.expressions is not None
    columns = zip(astuple(found.expressions), zip(*map(astuple, several), strict=True), strict=True)
    assert all(min(values) - 1e-4 <= mean <= max(values) + 1e-4 for mean, values in columns)


def test_why_there_is_no_expression_is_the_most_frequent_reason() -> None:
    reasons = ("too-small", "no-face", "too-small", "turned-away")
    found = expression_second([judged(problem=each) for each in reasons])
    assert found is not None
    assert (found.expressions, found.pictures, found.problem, found.confidence) == (None, 0, "too-small", 0)
