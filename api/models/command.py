"""What `intact models …` does."""

import typer
from rich.console import Console
from rich.table import Table

from infra.models.registry import MODELS, Model, State, check, state
from schemas.errors import Misconfigured

MEGABYTE = 1_000_000
WIDEST = 10_000


def list_models(models: tuple[Model, ...] = MODELS) -> None:
    """Print one line for each model. Raises `Misconfigured` where a file cannot be read."""
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "version", "terms", "MB", "checksum", "card"):
        table.add_column(heading, justify="right" if heading == "MB" else "left", no_wrap=True)
    for model in models:
        table.add_row(model.name, model.version, model.terms, _size(model), _checksum(model), str(model.card_path))
    # as wide as it needs to be: a path that was cut cannot be opened
    Console(width=Console(width=WIDEST).measure(table).maximum, soft_wrap=True).print(table)


def verify_models(models: tuple[Model, ...] = MODELS) -> bool:
    """Check every model and name the file, the expected and the found checksum of each that is not whole."""
    whole = 0
    for model in models:
        try:
            check(model)
            whole += 1
        except Misconfigured as error:
            typer.echo(error.message)
    typer.echo(f"{whole} of {len(models)} models are whole")
    return whole == len(models)


def _size(model: Model) -> str:
    try:
        return f"{model.path.stat().st_size / MEGABYTE:.1f}"
    except (OSError, Misconfigured):
        return "-"


def _checksum(model: Model) -> str:
    try:
        found = state(model)
    except Misconfigured:
        return State.MISSING.value
    return "ok" if found is State.WHOLE else found.value
