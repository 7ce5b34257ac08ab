"""Secrets that an embedded server makes for itself once, and keeps in its data folder."""

import base64
import os
from pathlib import Path

from infra.settings import KEY_BYTES
from schemas.errors import Misconfigured


def kept_secret(folder: Path, name: str) -> str:
    """URL-safe base64 of 32 random bytes, made at first use and readable by this user alone. Raises `Misconfigured`."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _write(path, base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode())
        return path.read_text()
    except OSError as error:
        raise Misconfigured(f"Expected to keep a secret in {path}, it cannot be read or written.") from error


def _write(path: Path, secret: str) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(descriptor)
    draft.rename(path)
