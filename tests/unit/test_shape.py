"""A document without the shape of a job group says what is wrong in the words of whoever wrote it."""

import pytest

from tests.unit.job_group import TEA, changed, faults_of


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("id: tea\n", "id: Tea Time\n", "id", 'expected a name of small letters, digits and single hyphens'),
        ('ncs: "21"', "ncs: 21", "ncs", "expected a text; came the number 21. Put it in quotes."),
        ('ncs: "21"', 'ncs: "211"', "ncs", "two digits"),
        ('code: "21010101"', 'code: "2101010"', "jobs[tea-tasting].ncs.code", "an NCS code of eight digits"),
        ('code: "21010101"', "code: 21010101", "jobs[tea-tasting].ncs.code", "Put it in quotes."),
        ("verified: true", "verified: yes", "jobs[tea-tasting].ncs.verified", 'expected true or false; came "yes"'),
        ("name: {en: Tea tasting, ko: 차 감정}", "name: {en: Tea}", "jobs[tea-tasting].name", "the Korean text"),
        ("name: {en: Tea tasting, ko: 차 감정}", "name: Tea tasting", "jobs[tea-tasting].name", "`key: value`"),
        ("name: {en: Tea tasting, ko: 차 감정}", "name: {en: '', ko: 차}", "jobs[tea-tasting].name.en", "an empty one"),
        ("name: {en: Tea tasting, ko: 차 감정}", "name: {en: , ko: 차}", "jobs[tea-tasting].name.en", "came nothing"),
        ("Tastes and grades tea\", ko", "Tastes\", and: grades, ko", "duties[1].and", "one of `en`, `ko`"),
        ("opening:", "openings:", "trees[tasting].openings", "Did you mean \"opening\"?"),
        ("basic: [information]", "basic: [informatoin]", "basic[1]", 'Did you mean "information"?'),
        ("basic: [information]", "basic: []", "competencies[tasting].basic", "at least 1 in `basic`; came 0"),
        ("persistence: 3.5", "persistance: 3.5", "importance.persistance", 'Did you mean "persistence"?'),
        ("persistence: 3.5", "persistence: 5.5", "importance.persistence", "a number from 1 to 5; came the number 5.5"),
        ("persistence: 3.5", "persistence: high", "importance.persistence", 'expected a number; came "high"'),
        ('"45-2041.00"', '"45-2041"', "work_styles.occupation", "an O*NET-SOC code"),
        ("en: [cupping water, cupping spring]", "en: cupping water", "subtopics[cupping-water].en", "expected a list"),
        ("en: [cupping water, cupping spring]", "en: [cupping water]", "subtopics[cupping-water].en", "came 1"),
        ("en: [cupping water, cupping spring]", "en: [water, 360]", "subtopics[cupping-water].en[2]", "in quotes"),
        ("{missing: situation}", "{missing: situaton}", "when.missing", 'Did you mean "situation"?'),
        ("{missing: situation}", "{missing: task, contrast: true}", "[1].when", "came missing and contrast"),
        ("{missing: situation}", "{}", "follow_ups[1].when", "came none of them"),
        ("{contrast: true}", "{contrast: false}", "when.contrast", "expected true, or the line left out; came false"),
    ],
)  # fmt: skip
def test_a_fault_names_line_path_and_what_was_expected(old: str, new: str, path: str, words: str) -> None:
    text, line = changed(old, new)
    found = next(fault for fault in faults_of(text) if fault.path.endswith(path))
    assert (found.file, found.line) == ("tea.yaml", line)
    assert words in str(found)


def test_an_anchor_that_is_missing_is_named() -> None:
    text, line = changed("          3: {en", "          4: {en")
    found = {str(fault) for fault in faults_of(text)}
    where = "jobs[tea-tasting].trees[tasting].anchors"
    assert f"tea.yaml:{line - 2}: {where}: expected the anchor of rating 3; came nothing" in found
    assert any(fault.startswith(f"tea.yaml:{line}: {where}.4: expected one of `1`, `3`, `5`") for fault in found)


def test_a_field_misspelt_is_one_fault() -> None:
    """Not a stranger and a missing one."""
    text, line = changed("opening:", "openings:")
    assert [fault.line for fault in faults_of(text)] == [line]


def test_a_text_with_a_comma_is_told_to_take_quotes() -> None:
    text, line = changed(
        '{en: "Advises growers", ko: "재배 농가에 조언한다"}', "{en: Advises, and visits, ko: 조언한다}"
    )
    (found,) = faults_of(text)
    assert found.line == line
    assert "A text with a comma needs quotes." in str(found)


def test_too_few_trees_are_refused() -> None:
    (found,) = faults_of(TEA[: TEA.index("      - id: advising\n        competency")])
    assert found.path == "jobs[tea-tasting].trees"
    assert "at least 3 in `trees`; came 2" in str(found)


def test_a_fault_inside_a_list_does_not_make_the_list_too_short() -> None:
    """Three duties of which one is wrong are three."""
    text, _ = changed('ko: "차를 맛보고 등급을 매긴다"', 'kr: "차를 맛보고 등급을 매긴다"')
    assert {fault.path for fault in faults_of(text)} == {
        "jobs[tea-tasting].description.duties[1]",
        "jobs[tea-tasting].description.duties[1].kr",
    }


def test_faults_come_in_the_order_of_the_lines() -> None:
    text, _ = changed("persistence: 3.5", "persistence: 9")
    text = text.replace("{contrast: true}", "{contrast: maybe}").replace('ncs: "21"', "ncs: 21")
    lines = [fault.line for fault in faults_of(text)]
    assert len(lines) == 5
    assert lines == sorted(lines)
