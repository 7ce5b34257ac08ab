"""`intact log …` and `intact views …`. What a command needs is imported when it runs."""

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from schemas.ids import InterviewId

log_app = typer.Typer(help="Look at the record, and prove that it is whole.", no_args_is_help=True)
views_app = typer.Typer(help="Look at what is projected from the record.", no_args_is_help=True)

Interview = Annotated[str, typer.Argument(help="The interview's id.")]
AnInterview = Annotated[str | None, typer.Argument(help="The interview's id; without one, every stream.")]
AsWritten = Annotated[
    bool, typer.Option("--as-written", help="Payloads as the log holds them, not in the newest form of their type.")
]


class Kind(StrEnum):
    """Formats of an export."""

    jsonl = "jsonl"
    parquet = "parquet"


@log_app.command()
def show(
    interview: Interview,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    as_written: AsWritten = False,
) -> None:
    """Print the events of an interview. What concerns a person is printed too: mind who looks on."""
    from api.records.command import show_log

    asyncio.run(show_log(InterviewId(interview), as_json=as_json, as_written=as_written))


@log_app.command()
def verify(
    interview: AnInterview = None,
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
def export(
    out: Annotated[Path, typer.Option("--out", help="The folder to write into.")],
    interview: AnInterview = None,
    kind: Annotated[Kind, typer.Option("--format", help="JSON Lines or Apache Parquet.")] = Kind.jsonl,
    as_written: AsWritten = False,
) -> None:
    """Write events with a manifest that carries the heads of their chains. What concerns a person is readable in it."""
    from api.records.export import Format, export_log
    from api.records.jsonl import JsonLines
    from api.records.parquet import Parquet

    formats: dict[Kind, Format] = {Kind.jsonl: JsonLines, Kind.parquet: Parquet}
    asyncio.run(export_log(InterviewId(interview) if interview else None, out, formats[kind], as_written=as_written))


@log_app.command()
def replay(
    interview: Interview,
    speed: Annotated[float, typer.Option(help="How many times as fast as it was; `inf`: at once.")] = 1.0,
    until: Annotated[float | None, typer.Option(help="Seconds of the interview at which to stop.", min=0)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the views as they were then, no events.")] = False,
) -> None:
    """Let an interview happen again: print its events at their pace, then what the interviewer's screen showed."""
    from api.records.replay import replay_log

    asyncio.run(replay_log(InterviewId(interview), speed=speed, until=until, as_json=as_json))


@log_app.command()
def check_export(
    folder: Annotated[Path, typer.Argument(help="The folder of an export.")],
    against_log: Annotated[bool, typer.Option("--log", help="Also whether the log still holds what it held.")] = False,
) -> None:
    """Compute anew what the manifest of an export says. Exit status 1 where the export is another one."""
    from api.records.check import check_export as check

    if not asyncio.run(check(folder, against_log=against_log)):
        raise typer.Exit(1)


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
