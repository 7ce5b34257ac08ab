"""The catalogue that comes with Intact: one YAML document per job group."""

from collections.abc import Iterator
from importlib.resources import files


def documents() -> Iterator[tuple[str, str]]:
    """Names and texts of all documents, in the order of their names."""
    found = sorted((item for item in files(__name__).iterdir() if item.name.endswith(".yaml")), key=lambda it: it.name)
    for item in found:
        yield item.name, item.read_text("utf-8")
