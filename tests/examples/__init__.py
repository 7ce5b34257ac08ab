"""How events of every version were written, and how each is read: one JSON file per type and version.

A file holds `examples`, each with the payload as it was `written` and as it is `read` in the newest form, and the JSON
schema of the version's `fields`. What a file says of a version that was ever written is never changed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.fact import Fact

FOLDER = Path(__file__).parent
PROSE = ("title", "description")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one type."""

    type: str
    schema_version: int
    examples: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...]
    """Payloads as written and as read."""
    fields: Mapping[str, Any]


def versions() -> Iterator[Version]:
    """All that are kept."""
    for path in sorted(FOLDER.glob("*.json")):
        type_, _, number = path.stem.rpartition(".")
        kept = json.loads(path.read_text())
        examples = tuple((example["written"], example["read"]) for example in kept["examples"])
        yield Version(type_, int(number), examples, kept["fields"])


def fields_of(model: type[Fact]) -> Any:
    """What the payload of `model` may hold, as a JSON schema without prose."""
    return _plain(model.model_json_schema())


def _plain(node: Any, *, names: bool = False) -> Any:
    """`node` without prose; where its keys are `names`, all of them stay."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _plain(value, names=key in ("properties", "$defs"))
        for key, value in node.items()
        if names or key not in PROSE
    }
