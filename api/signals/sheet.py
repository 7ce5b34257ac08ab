"""What each signal is, what it is not, and how far it was from the truth where that was measured.

A number of an error stands in the page of `bench/results` that it names; what no page measures is None.
"""

from schemas.sheet import MeasuredError, Modality, SignalEntry, Texts

NOWHERE = Texts(en="", ko="")
DEGREES = Texts(en="°", ko="°")
SHARE = Texts(en="%", ko="%")
PER_MINUTE = Texts(en="per minute", ko="회/분")
WIDTHS = Texts(en="shoulder widths per second", ko="어깨너비/초")

NOT_ATTENTION = Texts(
    en="Not a measure of attention, honesty or personality; where somebody looks while thinking says nothing of it.",
    ko="집중, 정직, 성격을 나타내는 값이 아닙니다. 생각할 때 시선이 옮겨 가는 것은 자연스럽습니다.",
)
NOT_NERVES = Texts(
    en="Not a measure of nervousness, honesty or ability; bodies, chairs and cameras differ.",
    ko="긴장, 정직, 능력을 나타내는 값이 아닙니다. 몸과 의자, 카메라는 사람마다 다릅니다.",
)
NOT_ABILITY = Texts(
    en="Not a measure of confidence, mood or ability; microphones, languages and voices differ.",
    ko="자신감, 기분, 능력을 나타내는 값이 아닙니다. 마이크와 언어, 목소리는 사람마다 다릅니다.",
)
NOT_FELT = Texts(
    en="What people would call the look, not what the person feels.",
    ko="사람들이 그 모습을 부르는 말이며, 그 사람이 느끼는 감정이 아닙니다.",
)
NOT_FELT_HEARD = Texts(
    en="What a fixed table calls the sound of the voice, not what the person feels.",
    ko="정해진 표가 목소리를 부르는 말이며, 그 사람이 느끼는 감정이 아닙니다.",
)
NOT_A_FACT = Texts(
    en="What people would guess from a face, not who the person is; for research alone.",
    ko="사람들이 얼굴에서 짐작할 내용이며 실제와 다를 수 있습니다. 연구용입니다.",
)


def measured(page: str, *quotes: str, en: str, ko: str) -> MeasuredError:
    """An error whose numbers stand in `quotes` of `page`."""
    return MeasuredError(said=Texts(en=en, ko=ko), page=f"{page}.md", quotes=quotes)


def entry(  # noqa: PLR0917 - a row of the table
    modality: Modality,
    name: str,
    unit: Texts,
    span: tuple[float | None, float | None],
    title: tuple[str, str],
    what: tuple[str, str],
    is_not: Texts,
    error: MeasuredError | None = None,
) -> SignalEntry:
    """One row; pairs are English and Korean."""
    return SignalEntry(
        name=name,
        modality=modality,
        unit=unit,
        low=span[0],
        high=span[1],
        title=Texts(en=title[0], ko=title[1]),
        is_=Texts(en=what[0], ko=what[1]),
        is_not=is_not,
        error=error,
    )


FACE = (
    entry(
        "sight",
        "presence",
        SHARE,
        (0, 1),
        ("Face in view", "화면 안의 얼굴"),
        ("Share of a second's pictures with a face.", "1초 동안의 화면 중 얼굴이 보인 비율."),
        NOT_ATTENTION,
    ),
    entry(
        "sight",
        "yaw",
        DEGREES,
        (-90, 90),
        ("Head turned sideways", "고개 좌우"),
        (
            "Angle against the camera, positive to the person's own left.",
            "카메라를 기준으로 한 각도. 본인의 왼쪽이 양수.",
        ),
        NOT_ATTENTION,
        measured(
            "head_pose",
            "| yaw | 388 | 0.6 |",
            en="0.6° off when the picture is turned; not compared with measured heads",
            ko="화면을 돌렸을 때 0.6° 차이. 실제로 잰 머리와는 비교하지 않음",
        ),
    ),
    entry(
        "sight",
        "head_pitch",
        DEGREES,
        (-90, 90),
        ("Head raised or lowered", "고개 위아래"),
        ("Angle against the camera, positive upwards.", "카메라를 기준으로 한 각도. 위쪽이 양수."),
        NOT_ATTENTION,
        measured(
            "head_pose",
            "| pitch | 388 | 0.7 |",
            en="0.7° off when the picture is turned; not compared with measured heads",
            ko="화면을 돌렸을 때 0.7° 차이. 실제로 잰 머리와는 비교하지 않음",
        ),
    ),
    entry(
        "sight",
        "roll",
        DEGREES,
        (-90, 90),
        ("Head tilted", "고개 기울기"),
        ("Tilt towards a shoulder, positive to the person's own left.", "어깨 쪽으로 기운 각도. 본인의 왼쪽이 양수."),
        NOT_ATTENTION,
        measured(
            "head_pose",
            "| roll | 388 | 0.2 |",
            en="± 0.2° on average",
            ko="평균 ± 0.2°",
        ),
    ),
    entry(
        "sight",
        "toward_screen",
        SHARE,
        (0, 1),
        ("Gaze to screen", "화면을 보는 시선"),
        (
            "Share of a second's pictures in which the eyes are within the person's own resting gaze.",
            "1초 동안의 화면 중 시선이 본인의 평소 범위 안에 있는 비율.",
        ),
        NOT_ATTENTION,
    ),
    entry(
        "sight",
        "eye_openness",
        NOWHERE,
        (0, None),
        ("Eyes open", "눈 뜬 정도"),
        ("1 as wide as usual, about 0.2 shut.", "평소만큼 뜨면 1, 감으면 약 0.2."),
        NOT_ATTENTION,
    ),
    entry(
        "sight",
        "blink_rate",
        PER_MINUTE,
        (0, None),
        ("Blinks", "눈 깜박임"),
        ("Blinks over the last minute.", "최근 1분 동안 눈을 깜박인 횟수."),
        NOT_NERVES,
    ),
    entry(
        "sight",
        "mouth_moves",
        SHARE,
        (0, 1),
        ("Mouth moves", "입의 움직임"),
        (
            "Share of a second's pictures in which the mouth moves as one that speaks.",
            "1초 동안의 화면 중 입이 말하듯 움직인 비율.",
        ),
        NOT_ATTENTION,
        measured(
            "mouth",
            "| 10 per second, fitted to the other three | 108 | 84 |",
            en="F1 84 % against the voice, on people it was not fitted to",
            ko="목소리와 비교해 F1 84 % (조정에 쓰지 않은 사람)",
        ),
    ),
)

BODY = (
    entry(
        "posture",
        "distance",
        NOWHERE,
        (0, None),
        ("Distance from the camera", "카메라와의 거리"),
        ("Against the usual: 1 as usual, 0.8 a fifth nearer.", "평소를 1로 본 값. 0.8이면 5분의 1만큼 가까움."),
        NOT_NERVES,
        measured(
            "body",
            "| scaled by 0.8: distance | 90 of 90 | 0.5 | 1.1 |",
            "| scaled by 1.25: distance | 65 of 90 | 2.6 | 2.8 |",
            en="1.1 to 2.8 % off after a known change",
            ko="알려진 변화에서 1.1~2.8 % 차이",
        ),
    ),
    entry(
        "posture",
        "shoulder_tilt",
        DEGREES,
        (-90, 90),
        ("Shoulders tilted", "어깨 기울기"),
        ("Positive where the person's own left shoulder is the lower one.", "본인의 왼쪽 어깨가 낮으면 양수."),
        NOT_NERVES,
        measured(
            "body",
            "| turned by -5°: shoulder tilt | 90 of 90 | 0.7 | 0.9 |",
            "| turned by +10°: shoulder tilt | 89 of 90 | -2.0 | 2.0 |",
            en="0.9 to 2.0° off after a known turn",
            ko="알려진 회전에서 0.9~2.0° 차이",
        ),
    ),
    entry(
        "posture",
        "head_lean",
        DEGREES,
        (-90, 90),
        ("Lean", "몸 기울기"),
        (
            "Of the head over the shoulders, sideways, positive to the person's own left.",
            "어깨 위 머리의 좌우 기울기. 본인의 왼쪽이 양수.",
        ),
        NOT_NERVES,
        measured(
            "body",
            "| turned by -5°: head lean | 90 of 90 | -0.2 | 0.7 |",
            "| turned by +10°: head lean | 89 of 90 | 0.9 | 1.3 |",
            en="0.7 to 1.3° off after a known turn",
            ko="알려진 회전에서 0.7~1.3° 차이",
        ),
    ),
    entry(
        "posture",
        "slouch",
        NOWHERE,
        (None, None),
        ("Head sunk", "머리 낮아짐"),
        (
            "Share of its usual height over the shoulders that the head has sunk by.",
            "어깨 위 평소 높이에 견주어 머리가 낮아진 비율.",
        ),
        NOT_NERVES,
        measured(
            "body",
            "| head sunk by 0.2: slouch | 84 of 90 | -0.107 |",
            en="a change of 0.2 is told 0.107 too small",
            ko="0.2만큼의 변화를 0.107만큼 작게 봄",
        ),
    ),
    entry(
        "posture",
        "torso_movement",
        WIDTHS,
        (0, None),
        ("Movement", "움직임"),
        ("Speed of head and shoulders over the last second.", "최근 1초 동안 머리와 어깨의 빠르기."),
        NOT_NERVES,
        measured(
            "body",
            "| 0.12 | 1.5 | 0.80 | 0.68 0.65 0.74 0.74 |",
            en="0.80 is told as 0.65 to 0.74",
            ko="0.80을 0.65~0.74로 봄",
        ),
    ),
    entry(
        "posture",
        "fidgeting",
        Texts(en="per second", ko="회/초"),
        (0, None),
        ("Small movements", "작은 움직임"),
        (
            "Small movements there and back, over the last four seconds.",
            "최근 4초 동안 되풀이된 작은 움직임.",
        ),
        NOT_NERVES,
        measured(
            "body",
            "| 0.5 | 0.59 0.59 0.50 0.50 |",
            en="0.5 is told as 0.50 to 0.59 on still pictures that were swung",
            ko="정지 화면을 흔들었을 때 0.5를 0.50~0.59로 봄",
        ),
    ),
    entry(
        "hands",
        "at_face",
        SHARE,
        (0, 1),
        ("Hand at face", "얼굴에 닿은 손"),
        (
            "Share of a second's pictures in which a hand lies on the face, or looks so to one camera.",
            "1초 동안의 화면 중 손이 얼굴에 있거나 그렇게 보이는 비율.",
        ),
        NOT_NERVES,
        measured(
            "hands",
            "| 22 of 33 |",
            "| 3 of 5 |",
            "| 4 of 5 |",
            en="told in 22 of 33, 3 of 5 and 4 of 5 pictures with a hand there",
            ko="손이 얼굴에 있는 화면에서 33장 중 22장, 5장 중 3장, 5장 중 4장을 알아봄",
        ),
    ),
    entry(
        "hands",
        "gesture_rate",
        PER_MINUTE,
        (0, None),
        ("Gestures", "손짓"),
        ("Strokes of the hands over the last half minute.", "최근 30초 동안 손을 움직인 횟수."),
        NOT_NERVES,
    ),
)

VOICE = (
    entry(
        "prosody",
        "pitch",
        Texts(en="Hz", ko="Hz"),
        (60, 500),
        ("Pitch", "목소리 높이"),
        ("Fundamental frequency of the voice, beside the person's usual.", "목소리의 기본 주파수와 본인의 평소 높이."),
        NOT_ABILITY,
        measured(
            "pitch",
            "| ours, streamed in pieces of 20 ms | 0.66 | 4.48 |",
            "more than 20 % off",
            en="0.66 % of values more than 20 % off",
            ko="값의 0.66 %가 20 % 넘게 벗어남",
        ),
    ),
    entry(
        "prosody",
        "loudness",
        Texts(en="dBFS", ko="dBFS"),
        (-100, 0),
        ("Loudness", "소리 크기"),
        ("Level of the sound as it arrived; 0 is full scale.", "도착한 소리의 크기. 0이 최대."),
        NOT_ABILITY,
    ),
    entry(
        "prosody",
        "loudness_above_usual",
        Texts(en="dB", ko="dB"),
        (None, None),
        ("Loudness against usual", "평소와의 소리 크기 차이"),
        (
            "Above or below the person's own usual speech; automatic gain hides it.",
            "본인의 평소 말소리와의 차이. 자동 음량 조절이 켜져 있으면 가려집니다.",
        ),
        NOT_ABILITY,
    ),
    entry(
        "prosody",
        "speech",
        SHARE,
        (0, 1),
        ("Speech", "말하는 시간"),
        ("Share of a second with speech.", "1초 중 말한 비율."),
        NOT_ABILITY,
        measured(
            "voice_activity",
            "| ours, streamed in pieces of 20 ms | 92.1 |",
            en="F1 92.1 % in meetings",
            ko="회의 녹음에서 F1 92.1 %",
        ),
    ),
    entry(
        "prosody",
        "rate",
        Texts(en="syllables per second", ko="음절/초"),
        (0, None),
        ("Speech rate", "말하는 빠르기"),
        ("Over the last ten seconds, pauses left out.", "최근 10초 동안, 쉼을 뺀 값."),
        NOT_ABILITY,
        measured(
            "speech_rate",
            "| 10 | 9.9 | +4.7 | 95 |",
            en="± 9.9 %",
            ko="± 9.9 %",
        ),
    ),
    entry(
        "prosody",
        "pauses",
        Texts(en="s", ko="초"),
        (0, None),
        ("Pauses", "쉼"),
        ("Length of each pause, where it ended.", "쉼이 끝난 때와 그 길이."),
        Texts(
            en="Not a measure of ability: thinking, a second language and a bad line make pauses, too.",
            ko="능력을 나타내는 값이 아닙니다. 생각하거나 외국어로 말하거나 연결이 나쁠 때도 쉼이 생깁니다.",
        ),
    ),
    entry(
        "prosody",
        "jitter",
        SHARE,
        (0, None),
        ("Jitter", "주기 흔들림"),
        ("Difference between neighbouring periods of the voice.", "이웃한 목소리 주기 사이의 차이."),
        NOT_ABILITY,
        measured(
            "voice_quality",
            "| jitter | 0.025 | 0.025 | 0.20 |",
            en="orders voices almost otherwise than Praat does (correlation 0.20)",
            ko="Praat과 순위가 거의 다름 (상관 0.20)",
        ),
    ),
    entry(
        "prosody",
        "shimmer",
        SHARE,
        (0, None),
        ("Shimmer", "진폭 흔들림"),
        ("Difference between the heights of neighbouring periods.", "이웃한 주기의 높이 차이."),
        NOT_ABILITY,
        measured(
            "voice_quality",
            "| shimmer | 0.066 | 0.096 | 0.76 |",
            en="orders voices much as Praat does (correlation 0.76)",
            ko="Praat과 순위가 비슷함 (상관 0.76)",
        ),
    ),
    entry(
        "prosody",
        "harmonicity",
        Texts(en="dB", ko="dB"),
        (None, None),
        ("Harmonicity", "배음 대 잡음"),
        ("How much of the voice is tone rather than noise.", "목소리 중 잡음보다 음이 얼마나 많은지."),
        NOT_ABILITY,
        measured(
            "voice_quality",
            "| harmonicity (dB) | 9.961 | 12.016 | 0.86 |",
            en="orders voices much as Praat does (correlation 0.86)",
            ko="Praat과 순위가 비슷함 (상관 0.86)",
        ),
    ),
)

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
            "| seven classes, % right | 55.3 ± 1.6 |",
            en="right in 55.3 of 100 faces",
            ko="얼굴 100개 중 55.3개에서 맞음",
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

SHEET: tuple[SignalEntry, ...] = (*FACE, *BODY, *VOICE, *WORDED)
"""Every signal."""
