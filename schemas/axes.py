"""The axes that all jobs share, named in both languages: NCS basic competencies and O*NET work styles.

The ten basic competencies (직업기초능력) are those of the Korean National Competency Standards (ncs.go.kr).
The sixteen work styles are those of O*NET 18.1, U.S. Department of Labor, CC BY 4.0; the Korean names are ours.
"""

from types import MappingProxyType
from typing import Literal

from schemas.language import Bilingual

BasicCompetency = Literal[
    "communication",
    "numeracy",
    "problem-solving",
    "self-development",
    "resource-management",
    "interpersonal",
    "information",
    "technology",
    "organisation",
    "ethics",
]

WorkStyle = Literal[
    "achievement",
    "adaptability",
    "analytical-thinking",
    "attention-to-detail",
    "concern-for-others",
    "cooperation",
    "dependability",
    "independence",
    "initiative",
    "innovation",
    "integrity",
    "leadership",
    "persistence",
    "self-control",
    "social-orientation",
    "stress-tolerance",
]

BASIC_COMPETENCY_NAMES = MappingProxyType[BasicCompetency, Bilingual](
    {
        "communication": Bilingual(en="Communication", ko="의사소통능력"),
        "numeracy": Bilingual(en="Numeracy", ko="수리능력"),
        "problem-solving": Bilingual(en="Problem solving", ko="문제해결능력"),
        "self-development": Bilingual(en="Self-development", ko="자기개발능력"),
        "resource-management": Bilingual(en="Resource management", ko="자원관리능력"),
        "interpersonal": Bilingual(en="Interpersonal skills", ko="대인관계능력"),
        "information": Bilingual(en="Use of information", ko="정보능력"),
        "technology": Bilingual(en="Use of technology", ko="기술능력"),
        "organisation": Bilingual(en="Understanding of the organisation", ko="조직이해능력"),
        "ethics": Bilingual(en="Work ethics", ko="직업윤리"),
    }
)

WORK_STYLE_NAMES = MappingProxyType[WorkStyle, Bilingual](
    {
        "achievement": Bilingual(en="Achievement/Effort", ko="성취·노력"),
        "adaptability": Bilingual(en="Adaptability/Flexibility", ko="적응성·유연성"),
        "analytical-thinking": Bilingual(en="Analytical Thinking", ko="분석적 사고"),
        "attention-to-detail": Bilingual(en="Attention to Detail", ko="꼼꼼함"),
        "concern-for-others": Bilingual(en="Concern for Others", ko="타인에 대한 배려"),
        "cooperation": Bilingual(en="Cooperation", ko="협조"),
        "dependability": Bilingual(en="Dependability", ko="신뢰성"),
        "independence": Bilingual(en="Independence", ko="독립성"),
        "initiative": Bilingual(en="Initiative", ko="주도성"),
        "innovation": Bilingual(en="Innovation", ko="혁신"),
        "integrity": Bilingual(en="Integrity", ko="정직성"),
        "leadership": Bilingual(en="Leadership", ko="리더십"),
        "persistence": Bilingual(en="Persistence", ko="인내"),
        "self-control": Bilingual(en="Self Control", ko="자기통제"),
        "social-orientation": Bilingual(en="Social Orientation", ko="사회 지향성"),
        "stress-tolerance": Bilingual(en="Stress Tolerance", ko="스트레스 감내"),
    }
)
