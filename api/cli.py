"""The command `intact`. What a command needs is imported when it runs: `--help` must not wait for Ray and MediaPipe."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from api.catalogue.cli import catalog_app
from api.keys.cli import keys_app
from api.models.cli import models_app
from api.records.cli import log_app, views_app
from api.subjects.cli import subject_app
from schemas.errors import IntactError
from schemas.language import Language
from schemas.policy import Policy, Profile

app = typer.Typer(
    name="intact", help="A live video-interview server.", no_args_is_help=True, pretty_exceptions_enable=False
)

app.add_typer(catalog_app, name="catalog")
app.add_typer(log_app, name="log")
app.add_typer(models_app, name="models")
app.add_typer(views_app, name="views")
app.add_typer(subject_app, name="subject")
app.add_typer(keys_app, name="keys")

T = TypeVar("T")


def main() -> NoReturn:
    """Run the command line; an `IntactError` is one line and exit status 1, Ctrl-C is 130."""
    try:
        app()
    except IntactError as error:
        typer.echo(f"intact: {error.message}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end."""
    return asyncio.run(work)


@app.command()
def serve() -> None:
    """Start the server with all it needs, until Ctrl-C."""
    from api.serving import run_serve

    run_serve()


@app.command()
def demo() -> None:
    """The server, with an interview that plays by itself."""
    from api.serving import run_demo

    run_demo()


@app.command()
def actors() -> None:
    """Name the actors that run and the process each runs in."""
    from infra.embedded.ray_head import prepare_to_join
    from infra.settings import Settings

    address = prepare_to_join(Settings.load())
    from api.acting import list_actors  # Ray reads its environment as it is imported

    typer.echo(json.dumps(run(list_actors(address)), indent=2, sort_keys=True))


Media = Annotated[Path, typer.Option("--media", help="A video or sound file to play.", show_default=False)]


@app.command()
def attend(
    link: Annotated[str, typer.Argument(help="An applicant's link.")],
    media: Media,
    loop: Annotated[bool, typer.Option(help="Begin again at the end of the file.")] = False,
    seconds: Annotated[float | None, typer.Option(help="Leave after so many seconds.")] = None,
    claim: Annotated[str | None, typer.Option(help="The claim secret of an earlier visit, to come back as it.")] = None,
) -> None:
    """Join an interview as an applicant, playing a media file over real WebRTC."""
    from api.attendance import attend as attend_interview

    run(attend_interview(link, media, loop=loop, seconds=seconds, claim=claim))


@app.command()
def analyze(
    file: Annotated[Path, typer.Argument(help="A recorded video or sound file.")],
    out: Annotated[Path | None, typer.Option(help="Where to write the JSON report; else it is printed.")] = None,
    profile: Annotated[Profile, typer.Option(help="The law and custom that hold for the person in it.")] = "standard",
    job: Annotated[str | None, typer.Option(help="The job of the catalogue whose words are expected.")] = None,
    language: Annotated[Language, typer.Option(help="That is spoken.")] = "en",
) -> None:
    """Run a recorded file through the same detectors and into the same log; report every second and word of it."""
    from api.analysis.command import run_analysis

    run(run_analysis(file, out, Policy(profile), job, language))


if __name__ == "__main__":
    main()
