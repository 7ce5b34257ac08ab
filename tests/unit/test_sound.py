"""Pieces of sound become seconds; nothing is lost, doubled or joined across a gap."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.detectors.sound import SoundStream, span_of
from actors.detectors.span import MARGIN, RATE
from schemas.media import AudioChunk, SessionTime
from tests.unit.voice import chunks, heard, spans, vowel

RATES = (8_000, 16_000, 44_100, 48_000)


@pytest.mark.parametrize("rate", RATES)
def test_each_second_of_the_clock_is_one_span(rate: int) -> None:
    found = heard(vowel(2.5, 120, rate), rate, start=10.25)
    assert [span.at for span in found] == [10_250_000, 11_000_000, 12_000_000]
    assert [span.duration for span in found] == pytest.approx([0.75, 1.0, 0.75], abs=1e-3)
    assert [span.begins for span in found] == [True, False, False]
    assert found[1].before == pytest.approx(MARGIN * RATE, abs=1)


def test_the_middles_are_the_sound_itself() -> None:
    sound = vowel(3.3, 120)
    joined = np.concatenate([span.middle for span in heard(sound, start=0.4)])
    assert joined == pytest.approx(sound, abs=1 / 32_768)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9_000), max_size=20), st.sampled_from(RATES), st.integers(0, 5_000_000), st.booleans())
def test_no_sample_is_lost_or_doubled(sizes: list[int], rate: int, start: int, silent: bool) -> None:
    pieces, at = [], start
    for size in sizes:
        samples = np.full(size, 0 if silent else 1000, dtype=np.int16)
        pieces.append(AudioChunk(SessionTime(round(at)), rate, samples))
        at = start + round(sum(len(piece.samples) for piece in pieces) * 1_000_000 / rate)
    found = spans(pieces)
    assert sum(span.duration for span in found) == pytest.approx(sum(sizes) / rate, abs=len(found) / RATE + 1e-9)
    assert all(0 <= span.duration <= 1 + 1e-3 and np.isfinite(span.samples).all() for span in found)
    assert all(one.at < two.at for one, two in pairwise(found))


@pytest.mark.parametrize("jump", [-5.0, 0.5, 3600.0])
def test_a_gap_or_a_jump_of_the_clock_begins_the_stream_anew(jump: float) -> None:
    sound = vowel(0.6, 120)
    found = spans([*chunks(sound, start=20), *chunks(sound, start=20.6 + jump)])
    assert [span.at for span in found if span.begins] == [20_000_000, round((20.6 + jump) * 1e6)]
    assert all(span.count <= len(span.samples) for span in found)
    assert sum(span.duration for span in found) == pytest.approx(1.2, abs=1e-3)


def test_jitter_of_arrival_is_not_a_gap() -> None:
    late = [
        AudioChunk(SessionTime(piece.at + (number % 3) * 9_000), piece.rate, piece.samples)
        for number, piece in enumerate(chunks(vowel(2, 120)))
    ]
    assert [span.begins for span in spans(late)] == [True, False]


def test_another_rate_begins_the_stream_anew() -> None:
    found = spans([*chunks(vowel(0.5, 120)), *chunks(vowel(0.5, 120, 48_000), 48_000, start=0.5)])
    assert [span.begins for span in found] == [True, True]


@pytest.mark.parametrize(
    "piece",
    [AudioChunk(SessionTime(0), 16_000, np.zeros(0, np.int16)), AudioChunk(SessionTime(0), 0, np.ones(9, np.int16))],
)
def test_what_holds_no_sound_is_passed_over(piece: AudioChunk) -> None:
    assert list(SoundStream().push(piece)) == []
    assert span_of(piece).problem == "empty"


@pytest.mark.parametrize(("height", "problem"), [(0.0, "silent"), (1e-4, "silent"), (0.5, None), (20.0, "clipped")])
def test_a_span_says_what_is_wrong_with_it(height: float, problem: str | None) -> None:
    (span,) = heard(vowel(1, 120, height=height))
    assert span.problem == problem
