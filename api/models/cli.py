"""`intact models …`. What a command needs is imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer

models_app = typer.Typer(help="Look at the models, and prove that they are whole.", no_args_is_help=True)


@models_app.command(name="list")
def list_all() -> None:
    """Print every model: its version, terms, size, whether the file is the measured one, and its card."""
    from api.models.command import list_models

    list_models()


@models_app.command()
def verify() -> None:
    """Check every model's file against its checksum, also those of INTACT_WHISPER. Exit status 1 where one is wrong."""
    from api.models.command import verify_models
    from infra.settings import Settings

    if not verify_models(whisper=Settings.load().whisper):
        raise typer.Exit(1)


@models_app.command()
def pull(
    name: Annotated[str, typer.Argument(help="tiny, base, small, medium or large-v3; with .en for English alone.")],
    to: Annotated[Path, typer.Option(help="Folder for it; INTACT_WHISPER then names this folder.")],
) -> None:
    """Fetch a Whisper model from the Hugging Face hub, on a machine that reaches it. No server ever does."""
    from api.models.command import pull_model

    pull_model(name, to)
