"""All voice detectors put together, second by second."""

from dataclasses import replace

import numpy as np
import pytest

from actors.detectors import voice_emotion
from actors.detectors.span import Span
from actors.detectors.voice import VoiceWatcher
from schemas.media import Floats
from schemas.voice import VoiceObservation
from tests.unit.voice import chunks, syllables

WHOLE = 4


@pytest.fixture(scope="module")
def sound() -> Floats:
    """Some seconds of a synthetic voice, and a half."""
    return syllables(round((WHOLE + 0.5) / 0.2), 120.0)


def told_by(watcher: VoiceWatcher, sound: Floats, start: float = 0.0) -> list[VoiceObservation]:
    return [said for chunk in chunks(sound, start=start) for said in watcher.observe(chunk)]


def test_each_second_is_told_once_by_all_detectors(sound: Floats) -> None:
    told = told_by(VoiceWatcher(), sound)
    assert [each.sound.at for each in told] == [second * 1_000_000 for second in range(WHOLE)]
    for each in told:
        assert each.sound.duration == each.pitch.duration == each.quality.duration == 1.0
        assert each.pitch.median == pytest.approx(120, rel=0.1)
        assert (each.emotion, each.baseline) == (None, None)


def test_what_is_left_is_told_when_another_line_begins_and_the_person_is_learnt_anew(sound: Floats) -> None:
    watcher = VoiceWatcher(voice_emotion.observe)
    told = told_by(watcher, np.tile(sound, 12))
    assert told[-1].baseline is not None
    assert told[-1].emotion is not None
    assert told[-1].emotion.probabilities is not None
    assert told[0].emotion is not None
    assert told[0].emotion.problem == "no-baseline"
    assert list(watcher.begin())
    [first, *_] = told_by(watcher, sound, start=100.0)
    assert first.baseline is None


class Silencer:
    """Takes everything for noise."""

    def clean(self, span: Span) -> Span:
        return replace(span, samples=np.zeros_like(span.samples))


def test_noise_is_taken_from_what_is_measured_on_a_voice_and_not_from_its_loudness(sound: Floats) -> None:
    raw, cleaned = told_by(VoiceWatcher(), sound), told_by(VoiceWatcher(enhancer=Silencer()), sound)
    assert [each.pitch.median for each in cleaned] == [None] * WHOLE
    assert [each.sound for each in cleaned] == [each.sound for each in raw]
    assert [each.quality for each in cleaned] == [
        replace(each.quality, jitter=None, shimmer=None, harmonicity=None, confidence=0.0) for each in raw
    ]
