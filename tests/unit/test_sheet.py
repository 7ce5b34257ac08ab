"""The sheet of signals says what the pages of results say, and has a row for whatever is measured."""

import re
from pathlib import Path

import pytest

from api.signals.sheet import SHEET
from schemas.sheet import MeasuredError, SignalEntry
from schemas.signals import HandsSecond, PostureSecond, ProsodySecond, SightSecond, Values

RESULTS = Path(__file__).parents[2] / "bench" / "results"
NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?")
HUNDRED = "100"
"""Of so many is said what a page says in per cent."""
MEASURED = [entry for entry in SHEET if entry.error is not None]
SECONDS: dict[str, type[Values]] = {
    "sight": SightSecond,
    "posture": PostureSecond,
    "hands": HandsSecond,
    "prosody": ProsodySecond,
}
HELPERS = {
    "sight": {
        *("frames", "dropped", "confidence", "problem", "blinks"),
        *("gaze_horizontal", "gaze_vertical", "gaze_confidence"),
    },
    "posture": {"pictures", "presence", "confidence", "problem", "torso_lean", "drop", "arm_movement"},
    "hands": {"pictures", "confidence", "problem", "left_visible", "right_visible", "gestures"},
    "prosody": {
        *("clipped", "heard", "problem", "usual_known", "speech_confidence", "pitch_confidence", "rate_confidence"),
        *("pitch_low", "pitch_high", "pitch_above_usual", "contour"),
    },
}
"""Values that say how a signal was made, or are told together with another one."""


def error_of(entry: SignalEntry) -> MeasuredError:
    assert entry.error is not None
    return entry.error


@pytest.mark.parametrize("entry", MEASURED, ids=lambda entry: entry.name)
def test_an_errors_numbers_stand_in_the_page_it_names(entry: SignalEntry) -> None:
    error = error_of(entry)
    page = (RESULTS / error.page).read_text("utf-8")
    for quote in error.quotes:
        assert quote in page, f"{error.page} does not say: {quote}"
    quoted = {number for quote in error.quotes for number in NUMBER.findall(quote)}
    assert set(NUMBER.findall(error.said.en)) - {HUNDRED} <= quoted
    assert sorted(NUMBER.findall(error.said.ko)) == sorted(NUMBER.findall(error.said.en))


def test_every_row_is_said_in_both_languages_and_named_once() -> None:
    assert len({entry.name for entry in SHEET}) == len(SHEET)
    for entry in SHEET:
        for texts in (entry.unit, entry.title, entry.is_, entry.is_not):
            assert bool(texts.en) == bool(texts.ko)
        assert entry.title.en
        assert entry.is_.en
        assert entry.is_not.en
        if entry.low is not None and entry.high is not None:
            assert entry.low < entry.high


def test_whatever_a_second_says_has_a_row() -> None:
    rows = {(entry.modality, entry.name) for entry in SHEET}
    for modality, second in SECONDS.items():
        told = set(second.model_fields) - HELPERS[modality]
        names = {"head_pitch" if (modality, name) == ("sight", "pitch") else name for name in told}
        assert {name for of, name in rows if of == modality} == names


def test_a_client_is_not_told_where_a_number_was_found() -> None:
    told = MEASURED[0].model_dump(mode="json", by_alias=True)
    assert "is" in told
    assert set(told["error"]) == {"said", "page"}
