"""Questions about the person are found; the same words about the work are not."""

import pytest

from dialogue.forbidden import FORBIDDEN, forbidden
from schemas.language import Language

ABOUT_THE_PERSON: list[tuple[str, Language, str]] = [
    ("age", "en", "How old are you?"),
    ("age", "en", "Is that not hard at your age?"),
    ("age", "ko", "나이가 어떻게 되세요?"),
    ("age", "ko", "몇 년생이신가요?"),
    ("family", "en", "What do your parents do?"),
    ("family", "en", "Who looks after your children while you travel?"),
    ("family", "ko", "가족 관계를 말씀해 주세요."),
    ("family", "ko", "부모님은 무슨 일을 하시나요?"),
    ("family", "ko", "형제가 몇 명인가요?"),
    ("family", "ko", "아버지는 무슨 일을 하시나요?"),
    ("marital status", "en", "Are you married?"),
    ("marital status", "en", "What does your husband say to shift work?"),
    ("marital status", "ko", "결혼은 언제 하실 생각인가요?"),
    ("marital status", "ko", "배우자가 어떤 일을 하시나요?"),
    ("marital status", "ko", "애인이 있으신가요?"),
    ("pregnancy", "en", "Do you plan to have a baby in the next years?"),
    ("pregnancy", "en", "When did you come back from your maternity leave?"),
    ("pregnancy", "ko", "출산 계획이 어떻게 되시나요?"),
    ("health", "en", "How is your health?"),
    ("health", "en", "How many sick days did you take?"),
    ("health", "ko", "건강 상태는 어떠신가요?"),
    ("health", "ko", "지병이 있으신가요?"),
    ("health", "ko", "술을 얼마나 드시나요?"),
    ("disability", "en", "Are you disabled?"),
    ("disability", "en", "How does your disability affect you?"),
    ("disability", "ko", "장애 등급이 어떻게 되시나요?"),
    ("religion", "en", "Which role does your faith play?"),
    ("religion", "ko", "종교가 무엇인가요?"),
    ("religion", "ko", "교회에 다니시나요?"),
    ("origin", "en", "Where are you really from?"),
    ("origin", "en", "What is your nationality?"),
    ("origin", "ko", "국적이 어디인가요?"),
    ("region", "en", "Tell me about your home town."),
    ("region", "ko", "고향이 어디세요?"),
    ("region", "ko", "출신 지역이 어디인가요?"),
    ("region", "ko", "지금 사는 곳은 어디인가요?"),
    ("looks", "en", "How tall are you?"),
    ("looks", "en", "What do customers say about your appearance?"),
    ("looks", "ko", "키가 몇 센티미터인가요?"),
    ("looks", "ko", "외모를 어떻게 관리하시나요?"),
    ("property", "en", "Do you own a house?"),
    ("property", "ko", "가족의 재산은 얼마인가요?"),
    ("politics", "en", "Whom did you vote for?"),
    ("politics", "ko", "지지하는 정당은 어디인가요?"),
    ("union membership", "en", "Are you a member of a trade union?"),
    ("union membership", "en", "Would you join a union here?"),
    ("union membership", "ko", "노조에 가입하셨나요?"),
]

ABOUT_THE_WORK: list[tuple[Language, str]] = [
    ("en", "How old was the data, and who relied on it?"),
    ("en", "How did you negotiate with the union, and what did you offer?"),
    ("en", "In which region did sales fall?"),
    ("en", "Which family of products was it?"),
    ("en", "How did you explain the diagnosis to the patient's family?"),
    ("en", "What was the weight of the part?"),
    ("en", "How did you test the screen for users with a disability?"),
    ("en", "How did you pay back your technical debt?"),
    ("en", "Which health and safety rule was broken?"),
    ("ko", "서비스 장애가 났을 때 무엇부터 하셨나요?"),
    ("ko", "장애인 이용자를 위해 무엇을 바꾸셨나요?"),
    ("ko", "노조와의 교섭에서 무엇을 양보하셨나요?"),
    ("ko", "다국적 팀에서 어떻게 일하셨나요?"),
    ("ko", "사출 성형 공정에서 불량은 몇 건이었나요?"),
    ("ko", "새로운 기술을 얼마나 빨리 적용하셨나요?"),
    ("ko", "비용 모델과 사용 모드를 어떻게 정하셨나요?"),
    ("ko", "건강 보험 청구에서 오류는 몇 건이었나요?"),
    ("ko", "환자 가족에게 어떻게 설명하셨나요?"),
    ("ko", "한 보호자가 “우리 어머니가 왜 아직 못 들어가느냐”고 항의합니다. 어떻게 하시겠어요?"),
    ("ko", "소형제품 라인에서 무엇을 바꾸셨나요?"),
    ("ko", "이 업무를 직접 해 본적이 언제인가요?"),
    ("ko", "행정치 관련 자료는 어떻게 모으셨나요?"),
    ("ko", "결혼식 행사를 맡았을 때 무엇을 준비하셨나요?"),
]


@pytest.mark.parametrize(("topic", "language", "question"), ABOUT_THE_PERSON)
def test_a_question_about_the_person_is_found(topic: str, language: Language, question: str) -> None:
    found = forbidden(question, language)
    assert found is not None
    assert found[0] == topic
    assert found[1] in question


@pytest.mark.parametrize(("language", "question"), ABOUT_THE_WORK)
def test_the_same_words_about_the_work_pass(language: Language, question: str) -> None:
    assert forbidden(question, language) is None


def test_every_topic_is_tried_in_both_languages() -> None:
    assert {(topic, language) for topic, language, _ in ABOUT_THE_PERSON} == {
        (topic, language) for topic in FORBIDDEN for language in ("en", "ko")
    }
