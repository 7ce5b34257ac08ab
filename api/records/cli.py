"""`intact log …` and `intact views …`. What a command needs is imported when it runs."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from schemas.ids import InterviewId

log_app = typer.Typer(help="Look at the record, and prove that it is whole.", no_args_is_help=True)
views_app = typer.Typer(help="Look at what is projected from the record.", no_args_is_help=True)

Interview = Annotated[str, typer.Argument(help="The interview's id.")]


@log_app.command()
def show(
    interview: Interview, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """Print the events of an interview. What concerns a person is printed too: mind who looks on."""
    from api.records.command import show_log

    asyncio.run(show_log(InterviewId(interview), as_json=as_json))


@log_app.command()
def verify(
    interview: Annotated[str | None, typer.Argument(help="The interview's id; without one, every stream.")] = None,
    heads: Annotated[Path | None, typer.Option("--heads", help="What `intact log heads` printed earlier.")] = None,
) -> None:
    """Check the chain of hashes; name the first broken link. Exit status 1 where there is one."""
    from api.records.command import verify_log
    from api.records.heads import read_heads

    kept = read_heads(heads) if heads else {}
    if not asyncio.run(verify_log(InterviewId(interview) if interview else None, kept)):
        raise typer.Exit(1)


@log_app.command()
def heads() -> None:
    """Print the head of every stream; kept elsewhere, it shows what the database itself cannot."""
    from api.records.heads import print_heads

    asyncio.run(print_heads())


@log_app.command()
def retain(
    days: Annotated[int, typer.Option("--days", min=1, help="Keep interviews with an event from the last so many.")],
) -> None:
    """Drop every interview whose newest event is older; its head stays. This cannot be undone."""
    from api.records.retention import retain_log

    asyncio.run(retain_log(days))


@log_app.command()
def export(interview: Interview, out: Annotated[Path, typer.Option("--out", help="The folder to write into.")]) -> None:
    """Write an interview's events as JSON Lines, with a manifest. What concerns a person is readable in it."""
    from api.records.export import export_log

    asyncio.run(export_log(InterviewId(interview), out))


@views_app.command()
def check() -> None:
    """Compare every view with one rebuilt from the log. Exit status 1 where they differ."""
    from api.records.views import check_views

    if not asyncio.run(check_views()):
        raise typer.Exit(1)


@views_app.command()
def rebuild(name: Annotated[str, typer.Argument(help="The view's name, or `all`.")]) -> None:
    """Make a view anew from the log and put it in the place of the stored one; the server may run meanwhile."""
    from api.records.views import rebuild_views

    asyncio.run(rebuild_views(name))
