"""faster-whisper loads from a whole folder alone, and gives words with their times in the languages of its model.

The model is a tiny one with random weights: what it says means nothing.
"""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.transcribe import Segment
from faster_whisper.transcribe import Word as Spoken
from scipy.io import wavfile

from infra.models.faster_whisper import FasterWhisper, _words
from infra.models.whisper_folder import MANIFEST, seal
from schemas.errors import Misconfigured, Unavailable
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.speech import Vocabulary
from tests.fakes.whisper import write_whisper

AT = SessionTime(60 * MICROSECONDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("whisper") / "tiny"
    write_whisper(made, multilingual=True)
    seal(made, "random", "made in a test", "0")
    return made


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("whisper") / "tiny.en"
    write_whisper(made, multilingual=False)
    seal(made, "random.en", "made in a test", "0")
    return made


@pytest.fixture(scope="module")
def spoken() -> Floats:
    _, samples = wavfile.read(Path(__file__).parents[1] / "media" / "message_queue.wav")
    return np.asarray(samples / 32_768)


@pytest.mark.parametrize("vocabulary", [Vocabulary("en"), Vocabulary("ko", ("메시지 큐", "API"))], ids=["en", "ko"])
def test_words_come_in_order_with_times_inside_of_the_piece(
    folder: Path, spoken: Floats, vocabulary: Vocabulary
) -> None:
    recogniser = FasterWhisper(vocabulary, folder)
    assert recogniser.languages == ("en", "ko")
    heard = recogniser.transcribe(spoken, AT)
    assert heard is not None
    assert heard.words
    assert heard.text
    assert (heard.start, heard.end) == (AT, AT + len(spoken) * MICROSECONDS // 16_000)
    assert all(heard.start <= word.start <= word.end <= heard.end for word in heard.words)
    assert all(first.start <= second.start for first, second in pairwise(heard.words))
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    assert (heard.language, heard.source, heard.problem) == (vocabulary.language, "faster-whisper", None)
    assert heard.recogniser.endswith(" random")
    recogniser.close()


def test_an_english_model_says_that_it_does_not_know_korean(english: Path, spoken: Floats) -> None:
    recogniser = FasterWhisper(Vocabulary("ko"), english)
    assert recogniser.languages == ("en",)
    heard = recogniser.transcribe(spoken, AT)
    assert heard is not None
    assert (heard.problem, heard.text, heard.words) == ("language", "", ())


def told(text: str, start: float, ratio: float = 1.0) -> Segment:
    """A segment of one word of a second."""
    words = [Spoken(start=start, end=start + 1, word=f" {text}", probability=0.5)]
    return Segment(1, 0, start, start + 1, text, [], -0.3, ratio, 0.0, words, 0.0)


def test_what_repeats_itself_or_lies_behind_the_end_was_not_said() -> None:
    segments = [told("yes", 0.5), told("thanks", 1.0, ratio=2.5), told("well", 1.6), told("bye", 2.0)]
    text, words = _words(segments, AT, SessionTime(AT + 2 * MICROSECONDS))
    assert text == "yes well"
    assert [(word.text, word.start - AT, word.end - AT) for word in words] == [
        ("yes", 500_000, 1_500_000),
        ("well", 1_600_000, 2_000_000),
    ]


def test_silence_and_nothing_have_no_words(english: Path) -> None:
    recogniser = FasterWhisper(Vocabulary("en"), english)
    assert recogniser.transcribe(np.zeros(16_000), AT) is None
    assert recogniser.transcribe(np.zeros(0), AT) is None


def test_a_folder_without_a_manifest_is_not_loaded(tmp_path: Path) -> None:
    write_whisper(tmp_path, multilingual=False)
    with pytest.raises(Misconfigured, match=MANIFEST):
        FasterWhisper(Vocabulary("en"), tmp_path)


def test_an_altered_model_is_not_loaded(tmp_path: Path) -> None:
    write_whisper(tmp_path, multilingual=False)
    seal(tmp_path, "random", "made in a test", "0")
    with (tmp_path / "model.bin").open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\1\2\3")
    with pytest.raises(Misconfigured, match=r"model\.bin with SHA-256"):
        FasterWhisper(Vocabulary("en"), tmp_path)


def test_a_whole_folder_that_holds_no_model_is_a_clear_error(tmp_path: Path) -> None:
    write_whisper(tmp_path, multilingual=False)
    (tmp_path / "model.bin").write_bytes(b"not a model")
    seal(tmp_path, "random", "made in a test", "0")
    with pytest.raises(Misconfigured, match="Whisper"):
        FasterWhisper(Vocabulary("en"), tmp_path)


def test_a_model_that_fails_is_told_and_may_be_asked_again(english: Path, spoken: Floats) -> None:
    recogniser = FasterWhisper(Vocabulary("en"), english)
    recogniser.close()
    with pytest.raises(Unavailable) as raised:
        recogniser.transcribe(spoken, AT)
    assert raised.value.retryable


def test_the_loader_takes_the_hub_for_out_of_reach() -> None:
    asked = (
        "import infra.models.faster_whisper, huggingface_hub.constants as hub; raise SystemExit(not hub.HF_HUB_OFFLINE)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "HF_HUB_OFFLINE"}
    assert subprocess.run([sys.executable, "-c", asked], check=False, env=environment).returncode == 0
