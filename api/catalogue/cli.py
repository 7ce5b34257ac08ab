"""`intact catalog …`. What a command needs is imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from schemas.language import Language

catalog_app = typer.Typer(help="Check and read the job catalogue.", no_args_is_help=True)


@catalog_app.command()
def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Documents of job groups; without any, those in use.", show_default=False),
    ] = None,
) -> None:
    """Check documents; name file, line and place of every fault. Exit status 1 where there is one."""
    from api.catalogue.command import validate_files

    if not validate_files(files or []):
        raise typer.Exit(1)


@catalog_app.command("list")
def list_() -> None:
    """Name all jobs, group by group."""
    from api.catalogue.command import list_jobs

    list_jobs()


@catalog_app.command()
def show(
    job: Annotated[str, typer.Argument(help="The job's id, as `list` names it.")],
    lang: Annotated[Language, typer.Option(help="The language to show it in.")] = "en",
) -> None:
    """Show a job: its description, and all that is asked about it."""
    from api.catalogue.command import show_job

    show_job(job, lang)
