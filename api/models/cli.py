"""`intact models …`. What a command needs is imported when it runs."""

import typer

models_app = typer.Typer(help="Look at the models, and prove that they are whole.", no_args_is_help=True)


@models_app.command(name="list")
def list_all() -> None:
    """Print every model: its version, terms, size, whether the file is the measured one, and its card."""
    from api.models.command import list_models

    list_models()


@models_app.command()
def verify() -> None:
    """Check every model's file against its checksum. Exit status 1 where one is missing or altered."""
    from api.models.command import verify_models

    if not verify_models():
        raise typer.Exit(1)
