"""What is typed is a whole answer with one segment."""

import pytest

from actors.detectors.typed_answer import MOST, typed_answer
from schemas.errors import Invalid
from schemas.media import SessionTime

BEGUN, SENT = SessionTime(1_000_000), SessionTime(9_000_000)


def test_a_typed_answer_is_whole_and_certain() -> None:
    answer, segment = typed_answer("  저는 팀을 이끌었습니다.\n", BEGUN, SENT, "ko")
    assert (answer.start, answer.end, answer.spoken) == (BEGUN, SENT, 0.0)
    assert (segment.start, segment.end) == (BEGUN, SENT)
    assert segment.text == "저는 팀을 이끌었습니다."
    assert (segment.confidence, segment.source, segment.language, segment.problem) == (1.0, "typed", "ko", None)


def test_each_has_an_id_of_its_own() -> None:
    assert typed_answer("a", BEGUN, SENT, "en")[1].id != typed_answer("a", BEGUN, SENT, "en")[1].id


@pytest.mark.parametrize("text", ["", " \n", "x" * (MOST + 1)])
def test_nothing_and_too_much_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(Invalid) as raised:
        typed_answer(text, BEGUN, SENT, "en")
    assert "xxx" not in raised.value.message
    assert not raised.value.retryable


def test_what_was_sent_before_it_was_begun_is_refused() -> None:
    with pytest.raises(Invalid, match="before"):
        typed_answer("yes", SENT, BEGUN, "en")
