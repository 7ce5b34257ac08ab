"""PocketSphinx hears English words with their times, those of the job better, and makes none up in another language."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import wavfile

from infra.models.pocketsphinx import LANGUAGES, PocketSphinx
from infra.models.registry import MODELS
from schemas.errors import Misconfigured
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.speech import Vocabulary
from tests.unit.voice import syllables

SPOKEN = Path(__file__).parents[1] / "media" / "message_queue.wav"
AT = SessionTime(60 * MICROSECONDS)
TERMS = ("message queue", "Trade-off", "message queue", "xgboost", "B2B", "refactoring")


@pytest.fixture(scope="module")
def recogniser() -> PocketSphinx:
    return PocketSphinx(Vocabulary("en", TERMS))


@pytest.fixture(scope="module")
def spoken() -> Floats:
    """ "our message queue became the bottleneck" """
    _, samples = wavfile.read(SPOKEN)
    return np.asarray(samples / 32_768)


def test_a_phrase_of_the_job_is_heard_where_it_was_not_without(recogniser: PocketSphinx, spoken: Floats) -> None:
    plain = PocketSphinx(Vocabulary("en")).transcribe(spoken, AT)
    told = recogniser.transcribe(spoken, AT)
    assert plain is not None
    assert told is not None
    assert "message queue" not in plain.text
    assert told.text == "our message queue became the bottleneck"


def test_words_come_in_order_with_times_inside_of_the_piece(recogniser: PocketSphinx, spoken: Floats) -> None:
    heard = recogniser.transcribe(spoken, AT)
    assert heard is not None
    assert heard.words
    assert heard.text == " ".join(word.text for word in heard.words)
    assert (heard.start, heard.end) == (AT, AT + len(spoken) * MICROSECONDS // 16_000)
    assert all(heard.start <= word.start < word.end <= heard.end + 10_000 for word in heard.words)
    assert all(first.end <= second.start for first, second in pairwise(heard.words))
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    assert heard.confidence == pytest.approx(np.mean([word.confidence for word in heard.words]))
    assert (heard.language, heard.source, heard.problem) == ("en", "pocketsphinx", None)
    assert not any("_" in word.text or "(" in word.text for word in heard.words)


@pytest.mark.parametrize("samples", [np.zeros(16_000), np.zeros(0), np.full(100, 0.3)], ids=["silence", "none", "few"])
def test_where_there_is_nothing_no_words_are_heard(recogniser: PocketSphinx, samples: object) -> None:
    assert recogniser.transcribe(np.asarray(samples), AT) is None


def test_in_a_language_without_a_model_it_says_so_and_loads_none() -> None:
    recogniser = PocketSphinx(Vocabulary("ko", ("팀",)))
    heard = recogniser.transcribe(syllables(5, 140), AT)
    assert heard is not None
    assert (heard.problem, heard.text, heard.words, heard.confidence) == ("language", "", (), 0.0)
    assert recogniser.languages == LANGUAGES == ("en",)
    recogniser.close()


def test_a_term_is_known_once_and_only_where_it_can_be_said(recogniser: PocketSphinx) -> None:
    decoder = recogniser._decoder
    assert decoder is not None
    assert decoder.lookup_word("message_queue_") == "M EH S AH JH K Y UW"
    assert decoder.lookup_word("b2b_") == "B IY T UW B IY"
    assert decoder.lookup_word("trade-off_") is not None
    assert decoder.lookup_word("xgboost_") is None


@given(frames=st.tuples(st.integers(0, 500), st.integers(1, 200)))
def test_the_words_of_a_term_share_its_time(recogniser: PocketSphinx, frames: tuple[int, int]) -> None:
    first, length = frames

    class Found:
        word, prob, start_frame, end_frame = "message_queue_", 1.0, first, first + length - 1

    message, queue = recogniser._words(Found, AT)
    assert (message.text, queue.text) == ("message", "queue")
    assert message.start == AT + first * 10_000
    assert message.end == queue.start
    assert queue.end == AT + (first + length) * 10_000


def test_a_missing_file_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tuple(replace(each, file="no_such") for each in MODELS if each.name == "pocketsphinx-language")
    monkeypatch.setattr("infra.models.pocketsphinx.MODELS", gone)
    with pytest.raises(Misconfigured, match="pocketsphinx-language"):
        PocketSphinx(Vocabulary("en"))
