"""The data folder of an embedded server: one server at a time."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import Misconfigured

LEAST_FREE_BYTES = 500 * 1024 * 1024
"""A database, a bus and their journals need some room to begin with."""


class InUse(Misconfigured):
    """Another server uses the data folder."""


@contextmanager
def claimed(folder: Path) -> Iterator[Path]:
    """The folder, made where it is missing, and ours alone until the context ends.

    Raises `InUse` where another server uses it, `Misconfigured` where it cannot be written or the disk is nearly full.
    The claim ends with the process, however that ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise Misconfigured(f"Expected a data folder that can be written, {folder.resolve()} cannot.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"Another server uses the data folder {folder.resolve()} already.") from None
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE_BYTES:
            raise Misconfigured(
                f"Expected at least {LEAST_FREE_BYTES >> 20} MB free for {folder.resolve()}, got {free >> 20} MB."
            )
        yield folder.resolve()
