"""One second of a voice summed up."""

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.voice_window import prosody_window, voice_emotion_window
from schemas.ids import ParticipantId
from schemas.media import SessionTime
from schemas.observation import VoiceEmotionObservation
from schemas.voice import VoiceObservation
from tests.fakes.voices import USUAL, voice

WHO = ParticipantId("someone")
voices = st.builds(
    voice,
    duration=st.floats(0.001, 0.1),
    loudness=st.floats(-100, 0),
    clipped=st.floats(0, 1),
    pitch=st.none() | st.floats(60, 500),
    usual=st.sampled_from([None, USUAL]),
)


@given(st.lists(voices, min_size=1, max_size=20))
def test_a_window_stays_within_what_was_observed(observations: list[VoiceObservation]) -> None:
    window = prosody_window(WHO, 2, observations)
    levels = [each.sound.loudness for each in observations]
    assert min(levels) - 0.01 <= window.loudness <= max(levels) + 0.01
    assert 0 <= window.clipped <= 1
    assert window.heard == pytest.approx(min(1, sum(each.sound.duration for each in observations)), abs=0.001)
    pitches = [each.pitch.median for each in observations if each.pitch.median is not None]
    if window.pitch is not None:
        assert min(pitches) - 0.05 <= window.pitch <= max(pitches) + 0.05
        assert len(window.contour) == 10
    else:
        assert (window.contour, window.pitch_above_usual, window.loudness_above_usual) == ((), None, None)


def test_loudness_is_the_mean_of_power_and_not_of_decibels() -> None:
    window = prosody_window(WHO, 0, [voice(0, 0.5, loudness=0.0), voice(0.5, 0.5, loudness=-100.0)])
    assert window.loudness == pytest.approx(10 * log10(0.5), abs=0.01)


def test_clipping_is_weighted_by_duration() -> None:
    assert prosody_window(WHO, 0, [voice(0, 0.75), voice(0.75, 0.25, clipped=1.0)]).clipped == 0.25


def test_the_voice_is_told_against_what_is_usual_for_the_person() -> None:
    window = prosody_window(WHO, 0, [voice(pitch=220.0, loudness=-20.0, usual=USUAL)])
    assert (window.pitch_above_usual, window.loudness_above_usual, window.usual_known) == (12.0, 6.0, True)


def test_nothing_is_told_against_a_baseline_that_is_not_known() -> None:
    window = prosody_window(WHO, 0, [voice(pitch=220.0)])
    assert (window.pitch_above_usual, window.loudness_above_usual, window.usual_known) == (None, None, False)


def test_of_a_second_in_pieces_the_longest_tells_of_the_voice() -> None:
    window = prosody_window(WHO, 0, [voice(0, 0.2, pitch=200.0), voice(0.3, 0.7, pitch=100.0)])
    assert window.pitch == 100.0
    assert window.pauses == (0.5, 0.5)


def test_the_nine_emotions_are_told_where_there_is_something_to_say() -> None:
    at = SessionTime(0)
    said = VoiceEmotionObservation(at, 1.0, 0.3, "map/1", {"stability": 0.75, "joy": 0.25})
    told = voice_emotion_window(WHO, 4, [voice(emotion=said)])
    assert told is not None
    assert (told.second, told.probabilities) == (4, {"stability": 0.75, "joy": 0.25})
    unknown = VoiceEmotionObservation(at, 1.0, 0.0, "map/1", None, "no-baseline")
    assert voice_emotion_window(WHO, 4, [voice(emotion=unknown)]) is None
    assert voice_emotion_window(WHO, 4, [voice()]) is None
