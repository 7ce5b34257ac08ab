"""The database's shape, as numbered migrations that are applied in order and never edited once released."""

from collections.abc import Iterator
from importlib.resources import files


def migrations() -> Iterator[tuple[str, str]]:
    """Names and texts of all migrations, in order."""
    found = sorted((item for item in files(__name__).iterdir() if item.name.endswith(".sql")), key=lambda it: it.name)
    for item in found:
        yield item.name, item.read_text("utf-8")
