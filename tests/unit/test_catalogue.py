"""The catalogue: what comes with Intact is good, jobs are found, and a bad document does no harm to the others."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from api.catalogue.routes import names_of
from dialogue.catalog import documents
from dialogue.catalogue import Catalogue, check
from dialogue.question import questions
from schemas.axes import BASIC_COMPETENCY_NAMES, WORK_STYLE_NAMES, BasicCompetency, WorkStyle
from schemas.catalogue import Job, Part
from schemas.errors import Invalid, NotFound
from tests.unit.job_group import TEA, tea

PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = Catalogue.of(documents())
JOBS = {job.id: job for job in SHIPPED.jobs()}


def test_what_comes_with_intact_has_no_fault() -> None:
    groups, faults = check(documents())
    assert faults == []
    assert {group.id for group in groups} >= {"information-technology", "management-accounting-office"}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_a_job_that_comes_with_intact_is_worked_out(job: Job) -> None:
    """Beyond what the rules ask of anyone: all work styles, and words enough in both languages."""
    assert set(job.description.work_styles.importance) == set(WORK_STYLE_NAMES)
    assert job.description.work_styles.occupation is not None
    for tree in job.trees:
        for topic in tree.topics:
            for language in ("en", "ko"):
                assert sum(len(subtopic.terms(language)) for subtopic in topic.subtopics) >= 9, topic.id
        assert sum(1 for asked in questions(job) if asked.tree == tree.id) >= 8


def test_jobs_and_their_groups_are_found() -> None:
    assert SHIPPED.job("big-data-analysis").ncs.code == "20010105"
    assert SHIPPED.group_of("human-resources").ncs == "02"


def test_a_job_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r'Did you mean "big-data-analysis"\?'):
        SHIPPED.job("bigdata-analysis")
    with pytest.raises(NotFound, match=r"in the catalogue\.$"):
        SHIPPED.job("zzz")


def test_a_bad_document_loses_nothing() -> None:
    """The good one is there all the same; every fault is named, file by file."""
    groups, faults = check([("bad.yaml", "id: [\n"), ("tea.yaml", TEA), ("worse.yaml", "id: x")])
    assert [group.id for group in groups] == ["tea"]
    assert {fault.file for fault in faults} == {"bad.yaml", "worse.yaml"}


def test_a_catalogue_with_faults_is_not_used() -> None:
    with pytest.raises(Invalid, match=r"cannot be used:\nbad\.yaml:1: expected a job group; came an empty file"):
        Catalogue.of([("tea.yaml", TEA), ("bad.yaml", "")])


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tea().jobs[0].id = "coffee-tasting"  # type: ignore[misc]  # the refusal is what is tested


def test_a_job_survives_the_wire() -> None:
    """Another process gets it as JSON."""
    job = tea().jobs[0]
    assert Job.model_validate_json(job.model_dump_json(by_alias=True)) == job


def test_every_question_has_a_name_of_its_own() -> None:
    for job in SHIPPED.jobs():
        names = [question.id for question in questions(job)]
        assert len(names) == len(set(names))


def test_questions_are_named_after_tree_topic_and_cause() -> None:
    names = [question.id for question in questions(tea().jobs[0])]
    assert names[:4] == [
        "tasting/opening-1",
        "tasting/tasting-before/missing-situation",
        "tasting/tasting-before/missing-action",
        "tasting/tasting-before/mentions-cupping-leaf",
    ]
    assert names[7] == "tasting/tasting-after/contrast"


def test_every_axis_is_named() -> None:
    assert set(BASIC_COMPETENCY_NAMES) == set(get_args(BasicCompetency))
    assert set(WORK_STYLE_NAMES) == set(get_args(WorkStyle))


def test_the_how_to_names_all_that_may_be_chosen() -> None:
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", (PROJECT / "docs/how-to/add-a-job.md").read_text("utf-8"))
    assert {*get_args(BasicCompetency), *get_args(WorkStyle), *get_args(Part)} <= set(words)


@given(st.data())
def test_whatever_is_done_to_a_document_is_answered_with_faults(data: st.DataObject) -> None:
    """A slice cut out and something put in its place: no crash, and every line named is one of the document."""
    start = data.draw(st.integers(0, len(TEA)))
    end = data.draw(st.integers(start, min(start + 60, len(TEA))))
    signs = st.text(alphabet="abc가 \n\t:-[]{},\"'#&*!|>0.9", max_size=12)
    text = TEA[:start] + data.draw(signs) + TEA[end:]
    groups, faults = check([("tea.yaml", text)])
    assert groups or faults
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.expected
        assert fault.came


FIELDS = sorted(
    {
        line.split(":")[0].strip(" -")
        for line in TEA.splitlines()
        if line.rstrip().endswith(":") or ": " in line.split("{")[0]
        if not line.startswith("#")
    }
)


@given(st.sampled_from(FIELDS), st.integers(0, 2))
def test_a_field_renamed_is_a_fault_of_its_line(field: str, occurrence: int) -> None:
    """There is no field in this document that can be misspelt unnoticed."""
    lines = TEA.splitlines()
    places = [n for n, line in enumerate(lines) if line.strip(" -").startswith(f"{field}:")]
    place = places[occurrence % len(places)]
    lines[place] = lines[place].replace(f"{field}:", f"x{field}:", 1)
    faults = check([("tea.yaml", "\n".join(lines))])[1]
    assert any(fault.line == place + 1 and fault.path.endswith(f"x{field}") for fault in faults)


def test_every_job_is_named_to_a_host_once_and_in_its_group() -> None:
    named = [(group.id, job.id, job.name) for group in names_of(SHIPPED) for job in group.jobs]
    assert named == [(group.id, job.id, job.name) for group in SHIPPED.groups for job in group.jobs]
