"""How a question must be worded to be asked aloud: whole in one breath, open where it begins a topic, and polite."""

import re

from schemas.language import Language

MOST_CHARACTERS = 200
"""What is said in one breath: about 12 s of English at 170 words a minute."""

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
"""Letters and syllables of Korean (Unicode blocks Hangul Jamo, Compatibility Jamo, Syllables)."""

_CLOSED = re.compile(
    r"^(?:(?:and|but|so|or) )?(?:do|does|did|have|has|had|are|is|was|were|am|"
    r"can|could|will|would|should|shall|may|must)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:can|could|would|will) you (?:please |briefly )?"
    r"(?:tell|describe|explain|walk|talk|take|give|show|share|say)\b",
    re.IGNORECASE,
)
_KOREAN_REQUEST = re.compile(
    r"(?:주세요|주십시오|주시겠어요|주시겠습니까|주실래요|주실 수 있나요|부탁드립니다|부탁드려요)$"
)
_INTERROGATIVE = re.compile(r"무엇|무슨|뭐|뭘|어떻게|어떤|어디|어느|어떠|언제|누가|누구|누굴|왜|얼마|몇|어땠")
_POLITE = re.compile(r"(?:요|까|니다|시오)$")
_SENTENCE = re.compile(r"(?<=[.?!。？！])\s+")
_END = re.compile(r"[\s.?!。？！”\"'’)]+$")


def is_korean(text: str) -> bool:
    """Whether any letter of `text` is Korean; names of tools may stand beside it in Latin letters."""
    return HANGUL.search(text) is not None


def is_open(question: str, language: Language) -> bool:
    """Whether the last sentence of `question` asks for more than yes or no."""
    sentence = _last_sentence(question)
    if language == "ko":
        return bool(_KOREAN_REQUEST.search(sentence) or _INTERROGATIVE.search(sentence))
    return bool(_REQUEST.search(sentence)) or not _CLOSED.search(sentence)


def is_polite(question: str) -> bool:
    """Whether a Korean question ends as one speaks to an applicant: in 합쇼체 or 해요체."""
    return _POLITE.search(_last_sentence(question)) is not None


def same_words(question: str) -> str:
    """What two questions share that differ in nothing but signs, spaces and case."""
    return re.sub(r"[\W_]+", "", question).casefold()


def _last_sentence(question: str) -> str:
    return _END.sub("", _SENTENCE.split(question.strip())[-1])
