"""What an applicant is asked to agree to. A change of wording is a new version; old versions stay in the record."""

from collections.abc import Mapping

from schemas.errors import Invalid
from schemas.language import Language
from schemas.policy import NEEDS, Policy, Purpose
from schemas.wire import ConsentItem, ConsentRequest, ConsentText

VERSION = "2026-11-2"

OPENINGS: Mapping[Language, str] = {
    "en": (
        "During the interview Intact can do what is listed here, each point only if you switch it on. You may refuse "
        "every one of them without any disadvantage, and take each back at any time; it then stops within a second. "
        "What is recorded is stored encrypted under a key of your own and deleted at your request. The software "
        "decides nothing about you."
    ),
    "ko": (
        "면접 중 Intact는 아래에 적힌 일을 할 수 있으며, 각 항목은 본인이 켠 경우에만 이루어집니다. "
        "모든 항목을 불이익 없이 거부할 수 있고, 언제든지 철회할 수 있으며 철회하면 1초 안에 중단됩니다. "
        "기록은 본인만의 키로 암호화되어 저장되고, 요청하시면 삭제됩니다. "
        "소프트웨어는 지원자에 대해 어떠한 결정도 내리지 않습니다."
    ),
}

SENTENCES: Mapping[Purpose, Mapping[Language, str]] = {
    "transcript": {
        "en": (
            "Your words are written down as you speak, by speech recognition on this server, which makes mistakes. "
            "The interviewer reads them. The sound is not kept."
        ),
        "ko": (
            "말씀하시는 내용을 이 서버의 음성 인식으로 받아 적어 면접관에게 보여 줍니다. "
            "음성 인식은 틀릴 수 있으며, 음성은 저장하지 않습니다."
        ),
    },
    "visual-signals": {
        "en": (
            "Once a second it notes where your head and eyes are turned, how you sit and move, and what your hands do. "
            "The interviewer sees these estimates. No picture is kept."
        ),
        "ko": (
            "1초마다 머리와 시선의 방향, 자세와 움직임, 손동작을 추정하여 면접관에게 보여 줍니다. "
            "영상은 저장하지 않습니다."
        ),
    },
    "facial-expression": {
        "en": (
            "It guesses what people would call the look on your face, such as neutral or joy. That is not what you "
            "feel, and the guess is often wrong."
        ),
        "ko": "얼굴 표정을 사람들이 무엇이라고 부를지(예: 무표정, 기쁨) 추정합니다. 실제 감정이 아니며 자주 틀립니다.",
    },
    "age-and-gender": {
        "en": "It guesses which age and gender people would see in your face. The guess is for research alone.",
        "ko": "사람들이 얼굴에서 짐작할 나이와 성별을 추정합니다. 연구 목적으로만 사용됩니다.",
    },
    "voice-signals": {
        "en": (
            "Once a second it notes how loud, how high, how fast and how evenly you speak, and your pauses. The "
            "interviewer sees these estimates. The sound is not kept."
        ),
        "ko": (
            "1초마다 목소리의 크기, 높이, 빠르기, 고른 정도와 쉼을 추정하여 면접관에게 보여 줍니다. "
            "음성은 저장하지 않습니다."
        ),
    },
    "voice-emotion": {
        "en": (
            "A fixed table words how your voice differs from how you usually sound, such as tension or joy. That is "
            "not what you feel, and it is wrong more often than right."
        ),
        "ko": (
            "평소 목소리와의 차이를 정해진 표에 따라 긴장, 기쁨 같은 말로 나타냅니다. "
            "실제 감정이 아니며 맞을 때보다 틀릴 때가 많습니다."
        ),
    },
}
"""One for each purpose that this version serves: no other is asked for."""


FORMER: Mapping[tuple[str, str], str] = {
    ("2026-11-1", "en"): (
        "During the interview Intact measures, once a second, where your head and eyes are turned and how loud your "
        "voice is; the interviewer sees these numbers, they are stored encrypted, and no picture or sound is kept. "
        "You may refuse either without any disadvantage."
    ),
    ("2026-11-1", "ko"): (
        "면접 중 Intact는 1초마다 머리와 시선의 방향, 목소리의 크기를 측정합니다. 이 수치는 면접관에게 표시되고 "
        "암호화되어 저장되며, 영상과 음성 자체는 저장하지 않습니다. 어느 항목이든 거부할 수 있고 불이익은 없습니다."
    ),
}
"""By version and language: of consents that were recorded without their wording."""


def consent_text(policy: Policy, language: Language) -> ConsentText:
    """The current wording in `language`, of what `policy` asks for."""
    return ConsentText(
        version=VERSION,
        language=language,
        sentence=OPENINGS[language],
        items=[
            ConsentItem(purpose=purpose, sentence=SENTENCES[purpose][language], needs=NEEDS.get(purpose))
            for purpose in policy.asked()
            if purpose in SENTENCES
        ],
    )


def whole_text(text: ConsentText) -> str:
    """All that is shown, as it is kept."""
    return "\n".join([text.sentence, *(f"{item.purpose}: {item.sentence}" for item in text.items)])


def sentence_of(version: str, language: str) -> str | None:
    """The wording of a former version, None where it is not kept here."""
    return FORMER.get((version, language))


def check(request: ConsentRequest, text: ConsentText) -> None:
    """Raises `Invalid` where the applicant saw another wording than the current one, or answers what was not asked."""
    if request.text_version != text.version:
        raise Invalid(f"Expected consent to text version {text.version}, got another; load the page again.")
    asked = [item.purpose for item in text.items]
    if set(request.purposes) - set(asked):
        raise Invalid(f"Expected purposes among {', '.join(asked) or 'none'}: no other is asked for here.")
