"""What a well-shaped job group must fulfil: one change to a good one, and one fault for it."""

import json

import pytest

from dialogue.catalogue import check
from dialogue.document import Document, read
from tests.unit.job_group import TEA, changed, faults_of

LONG = "What did you do then, " + "and what after that, " * 9 + "and why?"
LONG_KOREAN = "그다음에는 무엇을, " * 20 + "어떻게 하셨나요?"


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("{id: blending, name", "{id: tasting, name", "competencies[tasting].id", "`tasting` again, as in line 16"),
        ("- id: blending\n", "- id: tasting\n", "trees[tasting].id", "an id of its own"),
        ("- id: tasting-after", "- id: tasting-before", "topics[tasting-before].id", "an id of its own"),
        ("{id: cupping-leaf, en", "{id: cupping-water, en", "subtopics[cupping-water].id", "an id of its own"),
        ('code: "21010101"', 'code: "20010101"', "ncs.code", "a code of this group, beginning with 21; came 20010101"),
        ('{code: "21010101", verified: true}', "{verified: true}", "ncs", "`verified: false`; came no code"),
        ('{code: "21010101", verified: true}', "{verified: false}", "ncs", "a `note` that says"),
        ('occupation: "45-2041.00"\n        title', "title", "work_styles", "`occupation` and `title` together"),
        ("name: {en: Tea, ko: 차}", "name: {en: 차, ko: 차}", "name.en", 'expected English; came "차"'),
        ("name: {en: Tea, ko: 차}", "name: {en: Tea, ko: Tea}", "name.ko", 'expected Korean; came "Tea"'),
        ('ko: "차를 맛보고 등급을 매긴다"', 'ko: "Tastes"', "duties[1].ko", "expected Korean"),
        ('ko: "차이를 가려낸다"', 'ko: "Tells"', "competencies[tasting].name.ko", "expected Korean"),
        ("ko: 시음 이전}", "ko: Before}", "topics[tasting-before].name.ko", "expected Korean"),
        ('en: "Drinks the cupping."', 'en: "마신다"', "anchors.1.en", "expected English"),
        ('en: "Where was that cupping?"', 'en: "어디였나요?"', "follow_ups[1].ask.en", "expected English"),
        ("competency: blending\n", "competency: blendin\n", "competency", 'Did you mean "blending"?'),
        ("competency: blending\n", "competency: tasting\n", "competency", "which `tasting` asks for already"),
        ("[cupping leaf, cupping", "[cupping water, cupping", "en[1]", "belongs to tasting-before/cupping-water"),
        ("[cupping note, cupping", "[Cupping Water, cupping", "en[1]", "belongs to tasting-before/cupping-water"),
        ("[cupping leaf, cupping leaves]", "[leaf, Leaf]", "en[2]", "a word that belongs to one subtopic"),
        ("[cupping leaf,", "[c,", "en[1]", 'a word of at least 2 characters; came "c"'),
        ("[시음 찻잎,", "[잎,", "ko[1]", "a word of at least 2 characters"),
        ("[cupping leaf,", "[찻잎,", "en[1]", "expected English"),
        ("[시음 찻잎, 시음 잎]", "[leaf, leaves]", "ko", "at least one Korean word"),
        ("{mentions: cupping-leaf}", "{mentions: cupping-lead}", "when.mentions", 'Did you mean "cupping-leaf"?'),
        ("{mentions: cupping-leaf}", "{mentions: cupping-note}", "when.mentions", "a subtopic of this topic"),
        ("{missing: number}", "{missing: result}", "follow_ups[2]", "`missing-result` again, as in line"),
        ('en: "Where was that cupping?"', f'en: "{LONG}"', "ask.en", f"at most 200 characters; came {len(LONG)}"),
        ('ko: "그 시음은 어디에서 있었나요?"', f'ko: "{LONG_KOREAN}"', "ask.ko", "in one breath"),
        ('en: "Where was that cupping?"', 'en: "How old are you?"', "ask.en", "nothing about the applicant's age"),
        ('ko: "그 시음은 어디에서 있었나요?"', 'ko: "고향이 어디인가요?"', "ask.ko", "the applicant's region"),
        ('ko: "그 시음은 어디에서 있었나요?"', 'ko: "그 시음은 어디에서 했어?"', "ask.ko", "a polite question"),
        ('"Tell me about a cupping that surprised you."', '"Did it please you?"', "opening[1].en", "an open question"),
        ('"뜻밖이었던 시음 경험을 말씀해 주세요."', '"뜻밖이었나요?"', "opening[1].ko", "an open question"),
        ('"What came of the blend?"', '"What came of the  Cupping"', "ask.en", "the words of line"),
        ('en: "Describes the cupping."', 'en: "drinks the cupping"', "anchors.3.en", "the words of level 1"),
        ('ko: "남들도 동의하게 시음 등급을 매긴다."', 'ko: "시음을 묘사한다."', "anchors.5.ko", "the words of level 3"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_fault_with_its_line(old: str, new: str, path: str, words: str) -> None:
    text, line = changed(old, new)
    found = next(fault for fault in faults_of(text) if fault.path.endswith(path))
    assert (found.file, words in str(found)) == ("tea.yaml", True), str(found)
    assert found.line in (line, line - 1), "the line of the change, or of the entry that it is in"


def test_figures_of_others_need_an_attribution() -> None:
    text, _ = changed('attribution: "Figures: O*NET 18.1"\n', "")
    (found,) = faults_of(text)
    assert "an `attribution` at the top of the file" in str(found)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("missing: situation", "`missing: situation` or `missing: task`"),
        ("missing: action", "`missing: action`"),
        ("missing: result", "`missing: result`"),
        ("missing: number", "`missing: number`"),
        ("missing: own-part", "`missing: own-part`"),
        ("contrast: true", "`contrast: true`"),
        ("mentions: cupping-leaf", "`mentions: …`"),
    ],
)
def test_a_tree_must_ask_for_every_part(cause: str, words: str) -> None:
    text, _ = changed(f"{{{cause}}}", "{missing: depth}")
    (found,) = faults_of(text)
    assert found.path == "jobs[tea-tasting].trees[tasting]"
    assert f"expected a follow-up for {words} in this tree; came none" in str(found)


def test_a_task_will_do_in_place_of_a_situation() -> None:
    text, _ = changed("{missing: situation}", "{missing: task}")
    assert faults_of(text) == []


@pytest.mark.parametrize(("old", "words"), [("id: tea\n", "`group tea`"), ("- id: tea-tasting\n", "`job tea-tasting`")])
def test_an_id_may_not_stand_in_two_files(old: str, words: str) -> None:
    second = TEA.replace("id: tea\n", "id: coffee\n").replace("- id: tea-tasting\n", "- id: coffee-tasting\n")
    second = second.replace(old.replace("tea", "coffee", 1), old)
    faults = check([("tea.yaml", TEA), ("coffee.yaml", second)])[1]
    assert [fault.file for fault in faults] == ["coffee.yaml"]
    assert f"{words}, which is in tea.yaml already" in str(faults[0])


def test_a_rule_does_not_go_by_lines() -> None:
    """A program may write the whole document on one."""
    document = read("tea.yaml", TEA)
    assert isinstance(document, Document)
    line = json.dumps(document.value, ensure_ascii=False)
    assert faults_of(line) == []
    faults = faults_of(line.replace('{"missing": "number"}', '{"missing": "result"}', 1))
    assert [fault.line for fault in faults] == [1, 1]
    assert any("`missing-result` again, as in line 1" in str(fault) for fault in faults)
