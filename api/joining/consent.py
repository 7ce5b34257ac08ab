"""What an applicant is asked to agree to. A change of wording is a new version; old versions stay in the record."""

from typing import get_args

from schemas.errors import Invalid
from schemas.events import Purpose
from schemas.wire import ConsentRequest, ConsentText, Language

VERSION = "2026-11-1"

SENTENCES: dict[str, str] = {
    "en": (
        "During the interview Intact measures, once a second, where your head and eyes are turned and how loud your "
        "voice is; the interviewer sees these numbers, they are stored encrypted, and no picture or sound is kept. "
        "You may refuse either without any disadvantage."
    ),
    "ko": (
        "면접 중 Intact는 1초마다 머리와 시선의 방향, 목소리의 크기를 측정합니다. 이 수치는 면접관에게 표시되고 "
        "암호화되어 저장되며, 영상과 음성 자체는 저장하지 않습니다. 어느 항목이든 거부할 수 있고 불이익은 없습니다."
    ),
}


def consent_text(language: Language) -> ConsentText:
    """The current wording in `language`."""
    return ConsentText(
        version=VERSION, language=language, sentence=SENTENCES[language], purposes=list(get_args(Purpose))
    )


def sentence_of(version: str, language: str) -> str | None:
    """The wording that was agreed to, None where it is not kept here."""
    return SENTENCES.get(language) if version == VERSION else None


def check_version(request: ConsentRequest) -> None:
    """Raises `Invalid` where the applicant saw another wording than the current one."""
    if request.text_version != VERSION:
        raise Invalid(f"Expected consent to text version {VERSION}, got another; load the page again.")
