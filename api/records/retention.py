"""What `intact log retain` does: drop the interviews that are past their retention."""

from datetime import UTC, datetime, timedelta

import typer

from infra.embedded.record import with_record
from infra.log.retention import drop_streams
from infra.settings import Settings


async def retain_log(days: int) -> None:
    """Keep what was recorded within the last `days`; drop every stream whose newest event is older, and name it.

    Raises `Unavailable`.
    """
    async with with_record(Settings.load()) as settings:
        count = 0
        async for stream in drop_streams(settings.database(), before=datetime.now(UTC) - timedelta(days=days)):
            typer.echo(f"{stream}: dropped")
            count += 1
    typer.echo(f"{count} streams dropped")
