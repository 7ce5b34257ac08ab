"""Noise is taken from a voice without moving, adding or inventing anything, however the sound is cut into pieces."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.detectors.enhancement import LEAST, Enhancer, SpanEnhancer
from actors.detectors.pitch import PitchDetector
from actors.detectors.span import RATE, Span
from infra.models.enhancement import BINS, HOP, WINDOW, EnhancementNetwork
from schemas.media import Floats
from tests.unit.voice import chunks, heard, spans, syllables, vowel

CHANCE = np.random.default_rng(1)
NOISE = CHANCE.normal(0, 0.02, 4 * RATE)
"""-34 dBFS."""
VOICE = np.concatenate([np.zeros(RATE), 0.4 * syllables(15, 120), np.zeros(2 * RATE)])[: 4 * RATE]
"""From the first second to the fourth."""


def cleaned(sound: Floats) -> Floats:
    enhancer = Enhancer()
    return np.concatenate([enhancer.push(sound), enhancer.rest()])


def level(sound: Floats) -> float:
    """dBFS."""
    return float(10 * np.log10(np.mean(sound**2) + 1e-20))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 2_000), max_size=12), st.integers(0, 2**32 - 1))
def test_the_pieces_make_no_difference(sizes: list[int], seed: int) -> None:
    sound = np.random.default_rng(seed).normal(0, 0.1, sum(sizes))
    enhancer = Enhancer()
    parts = [enhancer.push(piece) for piece in np.split(sound, np.cumsum(sizes)[:-1])] if sizes else []
    assert np.array_equal(np.concatenate([*parts, enhancer.rest(), np.zeros(0)]), cleaned(sound))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=12))
def test_every_sample_is_told_once_and_at_most_32_ms_late(sizes: list[int]) -> None:
    enhancer, taken, told = Enhancer(), 0, 0
    for size in sizes:
        told += len(enhancer.push(np.ones(size)))
        taken += size
        assert min(taken, HOP) <= taken - told < WINDOW
    assert len(enhancer.rest()) == taken - told


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 3_000), st.integers(1, 3_000))
def test_asking_for_the_rest_changes_nothing(first: int, second: int) -> None:
    sound = np.random.default_rng(first).normal(0, 0.1, first + second)
    enhancer = Enhancer()
    parts = [enhancer.push(sound[:first])]
    enhancer.rest()
    parts += [enhancer.push(sound[first:]), enhancer.rest()]
    assert np.array_equal(np.concatenate(parts), cleaned(sound))


def test_where_nothing_is_masked_comes_out_what_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EnhancementNetwork, "shares", lambda _self, _frame, memory: (np.ones(BINS), memory))
    assert cleaned(NOISE) == pytest.approx(NOISE, abs=1e-12)


def test_silence_stays_silent() -> None:
    assert not cleaned(np.zeros(RATE)).any()


def test_noise_goes_and_a_voice_stays() -> None:
    alone, both = cleaned(NOISE), cleaned(VOICE + NOISE)
    spoken = slice(RATE * 3 // 2, 3 * RATE)
    assert level(alone[RATE:]) < level(NOISE) - 10
    assert level(both[spoken]) == pytest.approx(level(VOICE[spoken]), abs=2)
    assert level(both[spoken] - VOICE[spoken]) < level(NOISE[spoken]) - 3


def test_some_of_a_room_is_left() -> None:
    assert level(cleaned(NOISE)) > level(NOISE) + 20 * np.log10(LEAST) - 1


@pytest.mark.parametrize("height", [1.0, 4.0])
def test_a_clipped_voice_gets_no_louder(height: float) -> None:
    sound = np.clip(vowel(2, 150, height=height), -1, 1)
    assert level(cleaned(sound)) <= level(sound)
    assert np.isfinite(cleaned(sound)).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_silence(bad: float) -> None:
    broken, whole = VOICE.copy(), VOICE.copy()
    broken[RATE : RATE + 100], whole[RATE : RATE + 100] = bad, 0.0
    assert np.array_equal(cleaned(broken), cleaned(whole))


def test_the_network_forgets_on_reset() -> None:
    enhancer = Enhancer()
    enhancer.push(NOISE)
    enhancer.reset()
    assert np.array_equal(np.concatenate([enhancer.push(VOICE), enhancer.rest()]), cleaned(VOICE))


def test_shares_lie_between_nothing_and_all() -> None:
    network = EnhancementNetwork()
    memory = network.begin()
    for scale in (0.0, 1e-9, 1.0, 1e6):
        shares, memory = network.shares(np.full(BINS, scale), memory)
        assert ((shares >= 0) & (shares <= 1)).all()


def all_cleaned(found: list[Span]) -> list[Span]:
    enhancer = SpanEnhancer()
    return [enhancer.clean(span) for span in found]


@pytest.mark.parametrize("start", [0.0, 10.37])
def test_the_middles_of_clean_spans_are_the_clean_stream(start: float) -> None:
    sound = np.round((VOICE + NOISE) * 32_768) / 32_768
    joined = np.concatenate([span.middle for span in all_cleaned(heard(sound, start=start))])
    assert joined == pytest.approx(cleaned(sound), abs=1e-9)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_a_clean_span_is_about_the_same_second(rate: int) -> None:
    found = heard(vowel(3.3, 120, rate), rate, start=5.6)
    for raw, clean in zip(found, all_cleaned(found), strict=True):
        assert (clean.at, clean.count, clean.clipped, clean.begins) == (raw.at, raw.count, raw.clipped, raw.begins)
        assert len(clean.middle) == clean.count
        assert abs(clean.before - raw.before) <= 1
        behind = len(raw.samples) - raw.before - raw.count
        assert behind - 544 <= len(clean.samples) - clean.before - clean.count <= behind


def test_margins_hold_what_the_next_and_the_last_second_hold() -> None:
    found = all_cleaned(heard(np.round((VOICE + NOISE) * 32_768) / 32_768))
    for one, two in pairwise(found):
        behind = one.samples[one.before + one.count :]
        assert behind == pytest.approx(two.middle[: len(behind)], abs=1e-12)
        before = two.samples[: two.before]
        assert before == pytest.approx(one.samples[: one.before + one.count][-len(before) :], abs=1e-12)


def test_a_second_without_noise_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found = heard(VOICE + NOISE)
    assert all(clean is not raw for raw, clean in zip(found, all_cleaned(found), strict=True))
    monkeypatch.setattr(EnhancementNetwork, "shares", lambda _self, _frame, memory: (np.full(BINS, 0.98), memory))
    assert all(clean is raw for raw, clean in zip(found, all_cleaned(found), strict=True))


def test_a_gap_begins_the_stream_anew() -> None:
    first, second = NOISE[:RATE], VOICE[RATE : 3 * RATE]
    found = all_cleaned(spans([*chunks(first, start=1), *chunks(second, start=9)]))
    alone = all_cleaned(heard(second, start=9))
    assert [span.begins for span in found] == [True, True, False]
    assert np.array_equal(found[1].samples, alone[0].samples)


def test_spans_without_sound_pass() -> None:
    empty = Span(heard(VOICE)[0].at, np.zeros(0), 0, 0)
    assert all_cleaned([empty])[0].problem == "empty"
    assert [span.problem for span in all_cleaned(heard(np.zeros(2 * RATE)))] == ["silent", "silent"]


def test_the_pitch_of_a_voice_is_not_moved() -> None:
    def median(found: list[Span]) -> float | None:
        detector = PitchDetector()
        return [detector.observe(span).median for span in found][2]

    sound = np.tile(syllables(10, 140), 2)
    assert median(all_cleaned(heard(sound))) == pytest.approx(median(heard(sound)), rel=0.01)
