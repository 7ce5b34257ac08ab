"""The nine-emotion map is a table: what it says follows from its weights alone."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.baseline import Deviation
from actors.detectors.voice_emotion import EMOTIONS, FARTHEST, NAME, TABLE, emotions, observe
from schemas.media import SessionTime
from schemas.observation import VoiceEmotion

amounts = st.floats(-50, 50)
deviations = st.builds(Deviation, amounts, st.none() | amounts, st.none() | amounts)


def test_each_of_the_nine_has_weights_and_a_reason() -> None:
    assert set(TABLE) == set(EMOTIONS)
    assert len(EMOTIONS) == 9
    assert all(weights.reason for weights in TABLE.values())


@pytest.mark.parametrize("name", EMOTIONS)
def test_a_voice_that_lies_on_an_emotion_is_most_likely_that(name: VoiceEmotion) -> None:
    weights = TABLE[name]
    found = emotions(Deviation(weights.pitch, weights.loudness, weights.rate))
    assert max(found, key=lambda each: found[each]) == name


@given(deviations)
def test_probabilities_are_probabilities(deviation: Deviation) -> None:
    found = emotions(deviation)
    assert set(found) == set(EMOTIONS)
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 < value < 1 for value in found.values())
    assert 0 <= observe(SessionTime(0), 1.0, deviation, 0.9).confidence <= 0.9


@given(deviations)
def test_beyond_the_farthest_nothing_changes(deviation: Deviation) -> None:
    shouted = Deviation(inf, deviation.loudness, deviation.rate)
    assert emotions(shouted) == emotions(Deviation(FARTHEST, deviation.loudness, deviation.rate))


def test_louder_is_more_like_tension_and_faster_more_like_anxiety() -> None:
    usual, loud, fast = (emotions(Deviation(0.5, *by)) for by in ((0.0, 0.0), (1.5, 0.0), (0.0, 1.5)))
    assert loud["tension"] > usual["tension"]
    assert fast["anxiety"] > usual["anxiety"]


@pytest.mark.parametrize(
    ("problem", "said"), [("no-baseline", "no-baseline"), ("silent", "silent"), (None, "no-voice")]
)
def test_without_a_deviation_there_is_no_map(problem: str | None, said: str) -> None:
    found = observe(SessionTime(5), 1.0, None, 0.0, problem)
    assert (found.at, found.probabilities, found.confidence, found.problem, found.detector) == (
        5,
        None,
        0.0,
        said,
        NAME,
    )
