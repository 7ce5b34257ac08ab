"""What `intact catalog …` does."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from api.catalogue.documents import documents_in_use, open_catalogue, read_text
from dialogue.catalogue import check
from dialogue.question import questions
from infra.settings import Settings
from schemas.axes import BASIC_COMPETENCY_NAMES, WORK_STYLE_NAMES
from schemas.catalogue import Anchors, Group, Job, Topic, Tree
from schemas.language import Language


def validate_files(files: Sequence[Path]) -> bool:
    """Check what is in use and `files`, and say what was found. Raises `Invalid` for a file that cannot be read.

    A file stands for the document in use of the same name, if there is one.
    """
    given = [(str(file), read_text(file)) for file in files]
    names = {file.name for file in files}
    in_use = documents_in_use(Settings.load().catalogue)
    groups, faults = check([*((name, text) for name, text in in_use if Path(name).name not in names), *given])
    for fault in faults:
        typer.echo(str(fault))
    jobs = [job for group in groups for job in group.jobs]
    asked = sum(1 for job in jobs for _ in questions(job))
    trees = sum(len(job.trees) for job in jobs)
    if not faults:
        typer.echo(f"{len(groups)} job groups, {len(jobs)} jobs, {trees} keyword trees, {asked} questions: all is well")
    else:
        typer.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}; nothing was changed")
    return not faults


def list_jobs() -> None:
    """Print the id, NCS code and names of every job. Raises `Invalid` where the catalogue has faults."""
    for group in open_catalogue(Settings.load().catalogue).groups:
        typer.echo(f"{group.ncs} {group.name.ko} ({group.name.en})")
        for job in group.jobs:
            typer.echo(f"   {job.id:<40} {_code(job):<12} {job.name.ko} ({job.name.en})")


def show_job(name: str, language: Language) -> None:
    """Print one job in `language`. Raises `NotFound`, and `Invalid` where the catalogue has faults."""
    catalogue = open_catalogue(Settings.load().catalogue)
    for line in job_lines(catalogue.group_of(name), catalogue.job(name), language):
        typer.echo(line)


def job_lines(group: Group, job: Job, language: Language) -> Iterator[str]:
    """A job for a person to read."""
    yield f"{job.name.said(language)} ({job.id}; {group.name.said(language)}; NCS {_code(job)})"
    if job.ncs.note:
        yield f"  NCS: {job.ncs.note}"
    for duty in job.description.duties:
        yield f"  - {duty.said(language)}"
    for competency in job.description.competencies:
        basic = ", ".join(BASIC_COMPETENCY_NAMES[name].said(language) for name in competency.basic)
        yield f"  * {competency.name.said(language)} [{basic}]"
    styles = job.description.work_styles
    for style, importance in sorted(styles.importance.items(), key=lambda item: -item[1]):
        yield f"  {importance:.2f} {WORK_STYLE_NAMES[style].said(language)}"
    if styles.occupation:
        yield f"  (O*NET-SOC {styles.occupation} {styles.title}. {group.attribution})"
    for tree in job.trees:
        yield from _tree(job, tree, language)


def _tree(job: Job, tree: Tree, language: Language) -> Iterator[str]:
    name = next(competency.name for competency in job.description.competencies if competency.id == tree.competency)
    yield ""
    yield f"{name.said(language)} ({tree.id})"
    for opening in tree.opening:
        yield f"  Q1 {opening.said(language)}"
    for topic in tree.topics:
        yield from _topic(topic, language)
    yield from _anchors(tree.anchors, language)


def _topic(topic: Topic, language: Language) -> Iterator[str]:
    yield f"  {topic.name.said(language)} ({topic.id})"
    for subtopic in topic.subtopics:
        yield f"    {subtopic.id}: {', '.join(subtopic.terms(language))}"
    for follow_up in topic.follow_ups:
        yield f"    Q2 [{follow_up.when}] {follow_up.ask.said(language)}"


def _anchors(anchors: Anchors, language: Language) -> Iterator[str]:
    for level, anchor in ((1, anchors.one), (3, anchors.three), (5, anchors.five)):
        yield f"  {level}: {anchor.said(language)}"


def _code(job: Job) -> str:
    if job.ncs.code is None:
        return "-"
    return job.ncs.code if job.ncs.verified else f"{job.ncs.code}?"
