"""Tracks cut at their turning points."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.legs import Sample, legs
from schemas.media import SessionTime

LEAST = 0.5
values = st.lists(st.floats(-5, 5), max_size=60)


def track(*heights: float) -> list[Sample]:
    return [(SessionTime(number), height) for number, height in enumerate(heights)]


def test_a_zigzag_has_a_leg_for_each_way() -> None:
    found = legs(track(0, 1, 2, 1, 0, 3), LEAST)
    assert [(leg.begin, leg.end, leg.size) for leg in found] == [(0, 2, 2), (2, 4, 2), (4, 5, 3)]


@pytest.mark.parametrize("still", [(), (1,), (1, 1.2, 0.9, 1.1, 1.3)])
def test_unrest_has_none(still: tuple[float, ...]) -> None:
    assert legs(track(*still), LEAST) == []


def test_unrest_on_the_way_does_not_cut_a_leg() -> None:
    (leg,) = legs(track(0, 1, 0.7, 2, 1.6, 3), LEAST)
    assert (leg.begin, leg.end, leg.size) == (0, 5, 3)


def test_a_leg_begins_where_the_rest_before_it_ends() -> None:
    (leg,) = legs(track(1, 0.9, 1, 0.9, 3), LEAST)
    assert (leg.begin, leg.end) == (3, 4)


@given(values)
def test_every_leg_is_long_enough_and_begins_where_the_last_one_ended(heights: list[float]) -> None:
    found = legs(track(*heights), LEAST)
    assert all(leg.size >= LEAST and leg.begin < leg.end for leg in found)
    assert all(one.end == other.begin for one, other in pairwise(found))


@given(values)
def test_turned_upside_down_a_track_has_the_same_legs(heights: list[float]) -> None:
    assert legs(track(*(-height for height in heights)), LEAST) == legs(track(*heights), LEAST)


@given(values)
def test_there_are_legs_where_the_track_spans_enough(heights: list[float]) -> None:
    spans = bool(heights) and max(heights) - min(heights) >= LEAST
    assert bool(legs(track(*heights), LEAST)) == spans
