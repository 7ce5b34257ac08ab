"""Files that are there as a whole or not at all, whatever dies meanwhile."""

import os
from pathlib import Path

PART = ".part"
"""Ending of a file that is not whole yet."""


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the place of what is at `path`, readable by this user alone; durable on return.

    Raises `OSError`; what was at `path` is still there then.
    """
    draft = path.with_name(path.name + PART)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    draft.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make durable what was made, renamed or removed in `folder`. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
