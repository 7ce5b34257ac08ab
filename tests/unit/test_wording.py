"""How a question is worded: open, polite, told apart from the same words."""

import pytest

from dialogue.wording import is_korean, is_open, is_polite, same_words
from schemas.language import Language


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Tell me about a release that failed."),
        ("en", "Could you tell me about a release that failed?"),
        ("en", "Have you seen a release fail? Tell me about it."),
        ("en", "The supplier says no. What do you do?"),
        ("ko", "실패한 배포에 대해 말씀해 주세요."),
        ("ko", "실패한 배포에 대해 설명해 주시겠어요?"),
        ("ko", "공급사가 거절했습니다. 어떻게 하시겠어요?"),
    ],
)
def test_open(language: Language, question: str) -> None:
    assert is_open(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Did you ever see a release fail?"),
        ("en", "Tell me about the release. Did it work?"),
        ("en", "And would you do it again?"),
        ("en", "Could you do it again?"),
        ("ko", "배포에 실패한 적이 있나요?"),
        ("ko", "어떤 배포였나요? 성공했나요?"),
    ],
)
def test_closed(language: Language, question: str) -> None:
    assert not is_open(question, language)


@pytest.mark.parametrize(
    "question", ["무엇을 하셨나요?", "말씀해 주십시오.", "무엇이었습니까?", "듣고 싶습니다.", "“왜”인가요?"]
)
def test_polite(question: str) -> None:
    assert is_polite(question)


@pytest.mark.parametrize("question", ["무엇을 했어?", "말해 봐.", "왜 그랬지?", "설명할 것."])
def test_not_polite(question: str) -> None:
    assert not is_polite(question)


def test_names_of_tools_do_not_make_korean_english() -> None:
    assert is_korean("SAP ERP 전표")
    assert not is_korean("SAP ERP")


def test_signs_spaces_and_case_make_no_other_question() -> None:
    assert same_words("What came  of it?") == same_words("what came of it")
    assert same_words("결과는 어땠나요?") == same_words("결과는 어땠나요")
    assert same_words("결과는 어땠나요?") != same_words("과정은 어땠나요?")
