"""The embedded server's database, for commands that need the record and nothing else of the server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.secret import kept_master_key
from infra.settings import Settings


@asynccontextmanager
async def with_record(settings: Settings) -> AsyncIterator[Settings]:
    """Settings with which the log can be opened, for as long as the context lasts.

    Where they name no database it is the one in the data folder: that of the server that runs there, or else started
    for the occasion. Raises `Misconfigured` and `Unavailable`.
    """
    if settings.database_url is not None:
        yield settings
        return
    settings = kept_master_key(settings, settings.data)
    postgres = EmbeddedPostgres(settings.data / "postgres")
    try:
        url = await postgres.start()
        yield settings.model_copy(update={"database_url": url})
    finally:
        await postgres.stop()
