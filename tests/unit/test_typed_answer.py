"""What is typed is a whole answer with one segment."""

import pytest

from dialogue.typed_answer import MOST, typed_answer
from schemas.errors import Invalid
from schemas.heard import BeginAnswer, EndAnswer, RecordSegment
from schemas.ids import AnswerId, ParticipantId
from schemas.media import SessionTime

ANN, ONE = ParticipantId("ann"), AnswerId("1" * 32)
BEGUN, SENT = SessionTime(1_000_000), SessionTime(9_000_000)


def test_a_typed_answer_is_whole_and_certain() -> None:
    said = "  저는 팀을 이끌었습니다.\n"
    begin, record, end = typed_answer(ANN, ONE, said, begun=BEGUN, sent=SENT, language="ko")
    assert begin == BeginAnswer(ANN, ONE, BEGUN)
    assert end == EndAnswer(ANN, ONE, SENT, "stopped", 1)
    assert isinstance(record, RecordSegment)
    segment = record.segment
    assert (segment.start, segment.end, segment.text) == (BEGUN, SENT, "저는 팀을 이끌었습니다.")
    assert (segment.confidence, segment.source, segment.language, segment.problem) == (1.0, "typed", "ko", None)


def test_given_again_it_is_the_same() -> None:
    one, other = (typed_answer(ANN, ONE, "a", begun=BEGUN, sent=SENT, language="en") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("text", ["", " \n", "x" * (MOST + 1)])
def test_nothing_and_too_much_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(Invalid) as raised:
        typed_answer(ANN, ONE, text, begun=BEGUN, sent=SENT, language="en")
    assert "xxx" not in raised.value.message
    assert not raised.value.retryable


def test_what_was_sent_before_it_was_begun_is_refused() -> None:
    with pytest.raises(Invalid, match="before"):
        typed_answer(ANN, ONE, "yes", begun=SENT, sent=BEGUN, language="en")
