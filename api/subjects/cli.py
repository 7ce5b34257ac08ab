"""`intact subject …`. What a command needs is imported when it runs, Ray's after its environment is prepared."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from schemas.ids import InterviewId, SubjectId

subject_app = typer.Typer(help="What is recorded about a person: show it, or erase it.", no_args_is_help=True)

Subject = Annotated[str, typer.Argument(help="The person's id; `intact subject list INTERVIEW` names it.")]


@subject_app.command("list")
def list_(interview: Annotated[str, typer.Argument(help="The interview's id.")]) -> None:
    """Name the persons in an interview."""
    from api.subjects.command import list_subjects

    asyncio.run(list_subjects(InterviewId(interview)))


@subject_app.command()
def export(subject: Subject, out: Annotated[Path, typer.Option("--out", help="The folder to write into.")]) -> None:
    """Write everything recorded about a person, as a page to read and as JSON. All of it is in the clear."""
    from api.subjects.command import export_subject

    asyncio.run(export_subject(SubjectId(subject), out))


@subject_app.command()
def erase(
    subject: Subject, as_json: Annotated[bool, typer.Option("--json", help="The certificate as JSON.")] = False
) -> None:
    """Erase a person for good, and print a certificate. Interrupted, it may simply be run again."""
    asyncio.run(_erase(SubjectId(subject), as_json=as_json))


async def _erase(subject: SubjectId, *, as_json: bool) -> None:
    from infra.embedded.reach import with_parts
    from infra.settings import Settings

    async with with_parts(Settings.load()) as settings:
        from api.subjects.command import erase_subject  # Ray reads its environment as it is imported

        await erase_subject(subject, settings, as_json=as_json)
