"""Secrets that an embedded server makes for itself once, and keeps in its data folder."""

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.durable import write_whole
from infra.settings import KEY_BYTES, Settings
from schemas.errors import Misconfigured

MASTER_KEY = "master_key"


def kept_secret(folder: Path, name: str) -> str:
    """URL-safe base64 of 32 random bytes, made at first use and readable by this user alone. Raises `Misconfigured`."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            write_whole(path, new_secret().encode())
        return path.read_text()
    except OSError as error:
        raise Misconfigured(f"Expected to keep a secret in {path}, it cannot be read or written.") from error


def kept_master_key(settings: Settings, folder: Path) -> Settings:
    """Settings whose master key can be read: where they hold none, from a file in `folder`, made at first use.

    Raises `Misconfigured` where the file is gone although there is a database that was made with it.
    """
    if settings.master_key.get_secret_value() or settings.master_key_file is not None:
        return settings
    path = (folder / "keys" / MASTER_KEY).absolute()
    if not path.exists() and has_database(folder):
        raise Misconfigured(
            f"Expected the master key in {path}, there is none; without it nothing personal in the database of"
            f" {folder.absolute()} can be read. Put it back, or set INTACT_MASTER_KEY."
        )
    kept_secret(folder / "keys", MASTER_KEY)
    return settings.model_copy(update={"master_key_file": path})


def has_database(folder: Path) -> bool:
    """Whether a database was made in the data folder before."""
    return (folder / "postgres" / "PG_VERSION").exists()


@contextmanager
def new_master_key(path: Path) -> Iterator[None]:
    """A new master key stands first in `path` while the context lasts, above the older ones; alone once it ends well.

    Raises `Misconfigured` where the file cannot be written, or somebody else is at it: of two that replace the key at
    once, one would take away what the other has wrapped keys with.
    """
    try:
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made = new_secret()
            write_whole(path, "\n".join([made, *path.read_text().split()]).encode())
            yield
            write_whole(path, made.encode())
    except BlockingIOError:
        raise Misconfigured(f"Somebody else replaces the master key in {path} right now.") from None
    except OSError as error:
        raise Misconfigured(f"Expected to keep a secret in {path}, it cannot be written.") from error


def new_secret() -> str:
    """URL-safe base64 of 32 random bytes."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()
