"""What `intact models …` does."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from infra.models.hub import pull
from infra.models.registry import MODELS, Model, State, check, state
from infra.models.whisper_folder import check_folder
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


def verify_models(models: tuple[Model, ...] = MODELS, whisper: Path | None = None) -> bool:
    """Check every model, also the one in the folder `whisper`; name what was expected and found of each that is not
    whole."""
    checks: list[Callable[[], object]] = [partial(check, model) for model in models]
    if whisper is not None:
        checks.append(partial(check_folder, whisper))
    whole = sum(_is_whole(each) for each in checks)
    typer.echo(f"{whole} of {len(checks)} models are whole")
    return whole == len(checks)


def pull_model(name: str, folder: Path) -> None:
    """Fetch a model and say what arrived. Raises what `infra.models.hub.pull` does."""
    manifest = pull(name, folder)
    for file, checksum in sorted(manifest.files.items()):
        typer.echo(f"{checksum}  {file}")
    typer.echo(f"{manifest.source} at {manifest.revision} is in {folder}; set INTACT_WHISPER={folder.absolute()}")


def _is_whole(look: Callable[[], object]) -> bool:
    try:
        look()
    except Misconfigured as error:
        typer.echo(error.message)
        return False
    return True


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
