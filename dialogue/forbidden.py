"""What an interviewer must not ask about: the person, where it has nothing to do with the work.

Age, family, marital status, pregnancy, health, disability, religion, origin, region, looks, property, politics and
union membership: among others what article 4-3 of the Korean Fair Hiring Procedure Act and the equal-treatment laws of
the European Union and the United States keep out of hiring. The list is a lint, not the law: it finds the usual
wordings where they are about the person who is asked, and lets the same words pass where they are the matter of the
work (an outage is 장애 too; a union is whom a personnel manager negotiates with).
"""

import re
from collections.abc import Mapping

from schemas.language import Language

FORBIDDEN: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "age": {
        "en": (
            r"\bhow old (?:are|were) you\b",
            r"\byour (?:own )?(?:age|birthday|date of birth|year of birth)\b",
            r"\b(?:were|was) you born\b",
            r"\bat your age\b",
            r"\b(?:older|younger) than you\b",
        ),
        "ko": (
            r"나이가 어떻게",
            r"(?:본인|지원자)(?:의|분의)? ?(?:나이|연령)",
            r"몇 살",
            r"연세가",
            r"생년",
            r"몇 년생",
            r"나이에",
        ),
    },
    "family": {
        "en": (
            r"\byour (?:own )?(?:family|families|parents?|mother|father|siblings?|children|child|kids?|son|daughter)\b",
            r"\bchild ?care\b.{0,40}\byou\b",
            r"\b(?:do|did) you have (?:any )?(?:children|kids|siblings)\b",
            r"\bat home\b.{0,30}\b(?:look after|care for)\b",
        ),
        "ko": (
            r"가족 ?관계",
            r"가족 ?사항",
            r"(?:본인|지원자)(?:의|분의)? ?(?:가족|부모|자녀|아이)",
            r"부모님(?:은|께서는|의 직업|과 함께)",
            r"자녀(?:가 있|가 몇|는 몇|분)",
            r"형제(?:가|는|자매|관계)",
            r"(?:아버지|어머니)(?:는|께서는|의|께서) ?(?:무슨|무엇|어떤|뭐|직업)",
            r"집안",
        ),
    },
    "marital status": {
        "en": (
            r"\bare you (?:married|single|engaged|divorced)\b",
            r"\b(?:get|getting|got) married\b",
            r"\bmarital status\b",
            r"\byour (?:husband|wife|spouse|fianc[ée]e?|boyfriend|girlfriend)\b",
        ),
        "ko": (
            r"결혼(?!식)",
            r"기혼",
            r"미혼",
            r"이혼",
            r"배우자(?:가|는|분|의|와)",
            r"남자 ?친구|여자 ?친구|(?<!장)애인",
        ),
    },
    "pregnancy": {
        "en": (
            r"\bare you (?:pregnant|expecting)\b",
            r"\byour pregnanc(?:y|ies)\b",
            r"\b(?:plan|planning|want|intend)\b.{0,25}\b(?:have|having) (?:a )?(?:baby|child|children|kids|family)\b",
            r"\byour (?:maternity|paternity|parental) leave\b",
        ),
        "ko": (r"임신 ?(?:중|계획|하셨|했|여부)", r"출산 ?(?:계획|예정)", r"아이를? ?(?:가질|낳을)"),
    },
    "health": {
        "en": (
            r"\byour (?:own )?(?:health|medical (?:history|condition|record)|illness|medication|blood type)\b",
            r"\b(?:were|have) you (?:ever )?been (?:ill|sick|hospitali[sz]ed|treated)\b",
            r"\bsick (?:days|leave) did you\b",
            r"\bdo you (?:smoke|drink|take (?:any )?(?:drugs|medication))\b",
        ),
        "ko": (
            r"(?:본인|지원자)(?:의|분의)? ?건강",
            r"건강 ?상태",
            r"건강하(?:신|세)",
            r"지병(?:이|은)",
            r"(?:본인|지원자)(?:의|분의)? ?병력|병력이 있으",
            r"혈액형",
            r"(?:어디|많이) 아프신",
            r"흡연하(?:시|십)|담배를? ?(?:피우|피시)",
            r"주량|(?<![가-힣])술을? ?(?:드|잘|얼마)",
        ),
    },
    "disability": {
        "en": (
            r"\bare you (?:disabled|handicapped)\b",
            r"\byour (?:own )?(?:disabilit(?:y|ies)|impairments?|handicap)\b",
            r"\bdo you have (?:a |any )?(?:disabilit(?:y|ies)|impairments?)\b",
        ),
        "ko": (r"장애가 있으", r"장애 ?등급", r"장애 ?여부", r"(?:본인|지원자)(?:의|분의)? ?장애", r"장애인이"),
    },
    "religion": {
        "en": (
            r"\byour (?:own )?(?:religion|faith|church|religious|beliefs?)\b",
            r"\bare you (?:religious|(?:a )?(?:christian|catholic|muslim|jewish|buddhist|hindu))\b",
            r"\bdo you (?:pray|believe in god|go to church)\b",
        ),
        "ko": (r"종교(?:가|는|를|적 신념| ?활동)", r"교회에? ?(?:다니|나가)", r"신앙", r"절에 ?다니"),
    },
    "origin": {
        "en": (
            r"\bwhere (?:are|were) you (?:originally |really )?(?:from|born|raised)\b",
            r"\byour (?:own )?(?:nationality|citizenship|ethnicity|ethnic|race|accent|mother tongue)\b",
            r"\byour native (?:country|language)\b",
        ),
        "ko": (r"(?<!다)국적", r"인종(?:이|은)", r"어느 나라 (?:사람|출신)", r"본적(?:지|이 어디)", r"혼혈", r"탈북"),
    },
    "region": {
        "en": (
            r"\byour (?:home ?town|home region|birthplace|neighbou?rhood)\b",
            r"\bwhere (?:do|did) you (?:live|grow up)\b",
            r"\bwhich (?:town|region|province) (?:are|were|do) you\b",
        ),
        "ko": (
            r"고향",
            r"출신 ?지역",
            r"출신지",
            r"어디 ?(?:출신|사세요|사시|사십)",
            r"사는 ?(?:곳|동네|지역)",
            r"거주지(?:가|는) 어디",
            r"태어난 ?곳",
        ),
    },
    "looks": {
        "en": (
            r"\byour (?:own )?(?:looks|appearance|height|weight|figure|hair|skin|face|tattoos?)\b",
            r"\bhow (?:tall|heavy) are you\b",
            r"\bhow much do you weigh\b",
        ),
        "ko": (
            r"외모(?:가|를|는|에)",
            r"(?:본인|지원자)(?:의|분의)? ?(?:키|몸무게|체중|얼굴)",
            r"키가 (?:몇|얼마|어떻게)",
            r"몸무게",
            r"체중이 (?:몇|얼마)",
            r"용모(?:가|를|단정)",
            r"성형 ?수술",
        ),
    },
    "property": {
        "en": (
            r"\byour (?:own )?(?:property|wealth|savings|debts?|income of your|personal finances|credit score)\b",
            r"\bdo you (?:own|rent) (?:a |your )?(?:home|house|flat|apartment|car)\b",
        ),
        "ko": (
            r"(?:본인|지원자|가족)(?:의|분의)? ?(?:재산|빚|채무|자산)",
            r"재산(?:이|은) ?(?:얼마|어느)",
            r"자가(?:인가|이신)",
            r"집을 ?(?:소유|가지고)",
            r"전세인|월세인",
        ),
    },
    "politics": {
        "en": (
            r"\byour (?:own )?(?:politics|political|party)\b",
            r"\bwho(?:m)? (?:do|did|would|will) you vote\b",
            r"\bdid you vote\b",
            r"\b(?:which|what) (?:political )?party do you\b",
        ),
        "ko": (
            r"정치 ?(?:성향|적 ?성향|적 ?견해)|정치관",
            r"지지하(?:는|시는) ?(?:정당|후보|정치인)",
            r"어느 ?(?:당|정당)",
            r"투표하셨",
            r"정당에 ?(?:가입|소속)",
        ),
    },
    "union membership": {
        "en": (
            r"\bare you (?:in|with|a member of) (?:a|any|the) (?:trade |labou?r )?union\b",
            r"\byour (?:own )?union (?:membership|activit(?:y|ies)|card)\b",
            r"\b(?:join(?:ed)?|belong(?:ed)? to|been in) (?:a|any|the) (?:trade |labou?r )?union\b",
        ),
        "ko": (
            r"(?:노조|노동조합)(?:에|의)? ?(?:가입하(?:셨|신|실|시)|가입할|활동을? ?하(?:셨|신)|조합원(?:이|이신))",
            r"조합원이(?:신|셨|었)",
            r"(?:노조|노동조합)을? ?(?:지지|반대)",
        ),
    },
}
"""Regular expressions by topic and language, matched anywhere in a question, whatever the case."""

_PATTERNS: Mapping[Language, Mapping[str, re.Pattern[str]]] = {
    language: {topic: re.compile("|".join(wordings[language]), re.IGNORECASE) for topic, wordings in FORBIDDEN.items()}
    for language in ("en", "ko")
}


def forbidden(question: str, language: Language) -> tuple[str, str] | None:
    """The forbidden topic that `question` touches and the words that do so; None where there is none."""
    for topic, pattern in _PATTERNS[language].items():
        if found := pattern.search(question):
            return topic, found.group()
    return None
