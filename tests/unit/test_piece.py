"""Speech is cut into pieces at pauses, or where it is quietest; nothing that was said is in none or in two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.piece import AROUND, LEAST, LONGEST, PAUSE, QUIETEST, Piece, PieceCutter
from actors.detectors.span import RATE, Span
from schemas.media import Floats
from tests.fakes.voice_activity import FakeVoiceActivity
from tests.unit.voice import chunks, heard, spans


def loud(seconds: float) -> Floats:
    return np.full(round(seconds * RATE), 0.5)


def quiet(seconds: float) -> Floats:
    return np.full(round(seconds * RATE), 0.001)


def cut(found: list[Span]) -> list[Piece]:
    cutter, activity = PieceCutter(), FakeVoiceActivity()
    pieces = [piece for span in found for piece in cutter.push(span, activity.observe(span))]
    return [*pieces, *cutter.close()]


def times(pieces: list[Piece]) -> list[tuple[float, float]]:
    return [(round(piece.at / 1e6, 2), round(piece.end / 1e6, 2)) for piece in pieces]


def test_a_piece_begins_a_little_before_speech_and_ends_with_it() -> None:
    sound = np.concatenate([quiet(1.5), loud(2), quiet(2)])
    (piece,) = cut(heard(sound, start=7))
    assert times([piece]) == [(8.5 - AROUND, 10.5)]
    assert np.allclose(piece.samples[round(AROUND * RATE) :], 0.5, atol=1e-3)


def test_sound_without_speech_is_in_no_piece() -> None:
    assert cut(heard(quiet(20))) == []


def test_a_short_pause_ends_a_long_piece_but_not_a_short_one() -> None:
    pause = PAUSE / 2
    short = [quiet(0.5), loud(1), quiet(pause), loud(1), quiet(2)]
    assert times(cut(heard(np.concatenate(short)))) == [(0.3, 2.5 + pause)]
    long = [quiet(0.5), loud(LEAST), quiet(pause), loud(1), quiet(2)]
    assert len(cut(heard(np.concatenate(long)))) == 2


def test_a_long_pause_ends_any_piece() -> None:
    sound = [quiet(0.5), loud(0.5), quiet(PAUSE + 0.1), loud(0.5), quiet(2)]
    assert len(cut(heard(np.concatenate(sound)))) == 2


def test_speech_without_a_pause_is_cut_where_it_is_quietest() -> None:
    sound = loud(20)
    dip = round((LONGEST - QUIETEST / 2) * RATE)
    sound[dip : dip + RATE // 10] = 0.2
    first, second = cut(heard(sound))
    assert dip <= first.end / 1e6 * RATE <= dip + RATE // 10
    assert second.at == first.end
    assert second.end == pytest.approx(20e6, abs=100)


def test_no_piece_is_longer_than_the_longest() -> None:
    assert all(len(piece.samples) <= LONGEST * RATE for piece in cut(heard(loud(60))))


def test_a_gap_in_the_sound_ends_the_piece() -> None:
    pieces = cut(spans([*chunks(loud(2)), *chunks(loud(2), start=10)]))
    assert times(pieces) == [(0, 2), (10, 12)]


def test_flushing_ends_the_open_piece_and_goes_on() -> None:
    cutter, activity = PieceCutter(), FakeVoiceActivity()
    first, second, *_ = heard(loud(4))
    assert list(cutter.push(first, activity.observe(first))) == []
    (piece,) = cutter.flush()
    assert times([piece]) == [(0, 1)]
    assert list(cutter.flush()) == []
    assert list(cutter.push(second, activity.observe(second))) == []
    assert times(list(cutter.close())) == [(1, 2)]


@given(parts=st.lists(st.tuples(st.integers(1, 300), st.integers(1, 150)), min_size=1, max_size=6))
def test_all_speech_is_in_exactly_one_piece(parts: list[tuple[int, int]]) -> None:
    """Lengths of speech and silence in hundredths of a second."""
    sound = np.concatenate([part for speech, silence in parts for part in (loud(speech / 100), quiet(silence / 100))])
    pieces = cut(heard(sound))
    covered = np.zeros(len(sound), dtype=int)
    for piece in pieces:
        first = round(piece.at * RATE / 1e6)
        covered[first : first + len(piece.samples)] += 1
        assert np.allclose(piece.samples, sound[first : first + len(piece.samples)], atol=1e-3)
    assert covered.max(initial=0) <= 1
    assert (covered[sound > 0.1] == 1).all()
