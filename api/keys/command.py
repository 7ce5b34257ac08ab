"""What `intact keys …` does."""

import typer

from infra.embedded.record import with_record
from infra.embedded.secret import keep_master_keys, new_secret
from infra.log.rotation import rotate
from infra.settings import Settings


async def rotate_keys() -> None:
    """Wrap the keys of all persons with the first master key of the settings, or with a new one where they name none.

    A new one stands in the file of the data folder before any key is wrapped with it, and the older ones stand there
    until none is wrapped with them: at every moment, what is in the file opens what is in the database. Raises
    `Misconfigured`, `Unavailable`.
    """
    given = Settings.load()
    async with with_record(given) as settings:
        path = settings.master_key_file
        own = path if path != given.master_key_file else None
        if own is not None:
            keep_master_keys(own, [new_secret(), *own.read_text().split()])
        rotated = await rotate(settings.database(), settings.master_keys())
        if own is not None:
            keep_master_keys(own, own.read_text().split()[:1])
    typer.echo(f"{rotated.rewrapped} keys of persons are wrapped anew; the master key is {rotated.master}")
    if rotated.retired:
        typer.echo(f"No key needs these any more: {', '.join(rotated.retired)}")
    if own is not None:
        typer.echo(f"Keep a copy of {own} where no copy of the database is.")
