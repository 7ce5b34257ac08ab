"""An export as JSON Lines: UTF-8, one object a line (see `api.records.entry.json_line`)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from api.records.entry import Entry, json_line, read_json_line
from schemas.errors import Invalid


class JsonLines:
    """See `api.records.export.Writer`."""

    file_name = "events.jsonl"

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, entries: Sequence[Entry]) -> None:
        """See `api.records.export.Writer.write`."""
        self._file.writelines(json_line(entry).encode() + b"\n" for entry in entries)

    def close(self) -> None:
        """See `api.records.export.Writer.close`."""


def read_json_lines(path: Path) -> Iterator[Entry]:
    """The events in the file at `path`, one after the other. Raises `Invalid` where a line is none of ours."""
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            try:
                yield read_json_line(text)
            except (ValueError, KeyError, TypeError):
                raise Invalid(f"Expected an event in line {number} of {path.name}, got something else.") from None
