"""What is put in words, and what people would guess."""

from api.signals.row import NOT_A_FACT, NOT_FELT, NOT_FELT_HEARD, SHARE, entry, measured
from schemas.sheet import Texts

WORDED = (
    entry(
        "expression",
        "expression",
        SHARE,
        (0, 1),
        ("Expression", "표정"),
        (
            "How probable it is that people would give the look this name.",
            "사람들이 그 표정을 이 말로 부를 확률.",
        ),
        NOT_FELT,
        measured(
            "expression",
            "| seven classes, % right | 57.6 ± 1.6 |",
            en="right in 57.6 of 100 faces",
            ko="얼굴 100개 중 57.6개에서 맞음",
        ),
    ),
    entry(
        "voice_emotion",
        "voice_emotion",
        SHARE,
        (0, 1),
        ("Words for the voice", "목소리를 나타내는 말"),
        (
            "How the voice differs from the person's usual, in the words of a fixed table.",
            "본인의 평소 목소리와의 차이를 정해진 표의 말로 나타낸 것.",
        ),
        NOT_FELT_HEARD,
        measured(
            "voice_emotion",
            "| the map without loudness; baseline: all other clips of the speaker | 46.6 |",
            "Guessing one of nine words gives 20.4",
            en="right in 46.6 of 100 played emotions; guessing in 20.4",
            ko="연기한 감정 100개 중 46.6개에서 맞음. 찍으면 20.4개",
        ),
    ),
    entry(
        "age_gender",
        "years",
        Texts(en="years", ko="세"),
        (0, 120),
        ("Apparent age", "겉보기 나이"),
        ("How old the face looks.", "얼굴이 몇 살로 보이는지."),
        NOT_A_FACT,
        measured(
            "age_gender",
            "| age, mean error, years | 5.67 |",
            en="± 5.67 years on average",
            ko="평균 ± 5.67세",
        ),
    ),
    entry(
        "age_gender",
        "female",
        SHARE,
        (0, 1),
        ("Apparent gender", "겉보기 성별"),
        (
            "How probable it is that people would call the face a woman's.",
            "사람들이 여성의 얼굴이라고 할 확률.",
        ),
        NOT_A_FACT,
        measured(
            "age_gender",
            "| gender, % right | 92.1 |",
            en="right in 92.1 of 100 faces",
            ko="얼굴 100개 중 92.1개에서 맞음",
        ),
    ),
)
