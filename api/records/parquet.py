"""An export as Apache Parquet: the columns of `api.records.entry.Entry`, the payload as JSON text, zstd.

Rows are gathered into row groups and written as soon as one is full, so memory does not grow with the export.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from api.records.entry import Entry
from schemas.errors import Invalid

SCHEMA = pa.schema(
    [
        pa.field("stream", pa.string(), nullable=False),
        pa.field("version", pa.int32(), nullable=False),
        pa.field("position", pa.int64(), nullable=False),
        pa.field("transaction", pa.int64(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("schema_version", pa.int32(), nullable=False),
        pa.field("written_version", pa.int32(), nullable=False),
        pa.field("at_us", pa.int64(), nullable=False),
        pa.field("recorded_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("actor", pa.string(), nullable=False),
        pa.field("causation", pa.string()),
        pa.field("correlation", pa.string()),
        pa.field("subject", pa.string()),
        pa.field("payload", pa.string()),
        pa.field("previous_hash", pa.binary(), nullable=False),
        pa.field("hash", pa.binary(), nullable=False),
    ]
)
GROUP_ROWS = 20_000
GROUP_CHARACTERS = 8_000_000
"""Of payload: a row group ends with the event that reaches either."""
READ_ROWS = 1000


class Parquet:
    """See `api.records.export.Writer`."""

    file_name = "events.parquet"

    def __init__(self, file: BinaryIO) -> None:
        self._writer = pq.ParquetWriter(file, SCHEMA, compression="zstd")
        self._group: list[Entry] = []
        self._characters = 0

    def write(self, entries: Sequence[Entry]) -> None:
        """See `api.records.export.Writer.write`."""
        for entry in entries:
            self._group.append(entry)
            self._characters += len(entry.payload or "")
            if len(self._group) >= GROUP_ROWS or self._characters >= GROUP_CHARACTERS:
                self._write_group()

    def close(self) -> None:
        """See `api.records.export.Writer.close`."""
        if self._group:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        columns = {name: [getattr(entry, name) for entry in self._group] for name in SCHEMA.names}
        self._writer.write_batch(pa.RecordBatch.from_pydict(columns, schema=SCHEMA))
        self._group, self._characters = [], 0


def read_parquet(path: Path) -> Iterator[Entry]:
    """The events in the file at `path`, one after the other. Raises `Invalid` for a file that is none of ours."""
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=READ_ROWS):
                rows: list[dict[str, Any]] = batch.to_pylist()
                yield from (Entry(**row) for row in rows)
    except (pa.ArrowException, TypeError, OSError):
        raise Invalid(f"Expected events in {path.name}, got something else.") from None
