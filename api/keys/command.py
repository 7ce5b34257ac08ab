"""What `intact keys …` does."""

from contextlib import nullcontext

import typer

from infra.embedded.record import with_record
from infra.embedded.secret import new_master_key
from infra.log.rotation import rotate
from infra.settings import Settings
from infra.subjects.scrubbing import scrub


async def rotate_keys() -> None:
    """Wrap the keys of all persons with the first master key of the settings, or with a new one where they name none.

    A new one stands in the file of the data folder before any key is wrapped with it, and the older ones stand there
    until none is wrapped with them: at every moment, what is in the file opens what is in the database. Then what was
    wrapped with the older ones is scrubbed. Raises `Misconfigured`, `Unavailable`.
    """
    given = Settings.load()
    async with with_record(given) as settings:
        path = settings.master_key_file
        own = path if path != given.master_key_file else None
        with new_master_key(own) if own is not None else nullcontext():
            rotated = await rotate(settings.database(), settings.master_keys())
        left = await scrub(settings.database())
    typer.echo(f"{rotated.rewrapped} keys of persons are wrapped anew; the master key is {rotated.master}")
    if rotated.retired:
        typer.echo(f"No key needs these any more: {', '.join(rotated.retired)}")
    for sentence in left:
        typer.echo(f"Remains: {sentence}")
    if own is not None:
        typer.echo(f"Keep a copy of {own} where no copy of the database is.")
