"""What an export says of itself, so that it can be checked, and held against the log, later."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from api.records.entry import Entry
from schemas.errors import Invalid

MANIFEST = "manifest.json"


class Part(BaseModel):
    """What all parts of a manifest share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Extent(Part):
    """How much of a stream was exported: always from its first event on."""

    events: int
    """The version of the last event too: versions have no gaps."""
    chain_head: str
    """Hash of the last event (hex), which stands for the whole chain before it."""


class Contents(Part):
    """What can be counted anew from the events themselves."""

    events: int
    erased: int
    """Events whose payload nobody can read any more."""
    streams: Mapping[str, Extent]
    types: Mapping[str, Mapping[int, int]]
    """How many events of each type, by the schema version in which the log holds them."""


class Manifest(Part):
    """The content of `manifest.json`."""

    format: Literal["intact-export/1"] = "intact-export/1"
    begun_at: datetime
    payloads: Literal["newest", "as written"]
    """Whether older schema versions were brought to the newest form."""
    file: str
    bytes: int
    sha256: str
    """Of the file (hex)."""
    contents: Contents


@dataclass(slots=True)
class Tally:
    """Counts the events of an export, and holds each to the one before it in its stream."""

    events: int = 0
    erased: int = 0
    _last: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    _types: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take the next events. Raises `Invalid` where one does not follow in its stream."""
        for entry in entries:
            version, head = self._last.get(entry.stream, (0, entry.previous_hash))
            if (entry.version, entry.previous_hash) != (version + 1, head):
                raise Invalid(f"Expected the event after version {version} of {entry.stream}, got another one.")
            self._last[entry.stream] = entry.version, entry.hash
            self._types[entry.type, entry.written_version] += 1
            self.events += 1
            self.erased += entry.payload is None

    def contents(self) -> Contents:
        """What was counted so far."""
        types: dict[str, dict[int, int]] = {}
        for (type_, version), count in sorted(self._types.items()):
            types.setdefault(type_, {})[version] = count
        return Contents(
            events=self.events,
            erased=self.erased,
            streams={
                stream: Extent(events=version, chain_head=head.hex())
                for stream, (version, head) in sorted(self._last.items())
            },
            types=types,
        )


def sha256_of(path: Path) -> str:
    """The hash of the file at `path` (hex)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the export in `folder`. Raises `Invalid` where there is none: the export broke off."""
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise Invalid(f"Expected {MANIFEST} in {folder}, there is none: the export broke off, or is none.") from None
    except (OSError, ValidationError):
        raise Invalid(f"Expected the manifest of an export in {path}, got something else.") from None
