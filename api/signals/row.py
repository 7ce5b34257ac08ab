"""A row of the sheet of signals, and what rows share."""

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
