"""Secrets of an embedded server: made once, kept for this user alone."""

import base64
from pathlib import Path

import pytest

from infra.embedded.secret import kept_secret
from infra.settings import KEY_BYTES
from schemas.errors import Misconfigured


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "keys", "one")
    assert len(base64.urlsafe_b64decode(secret)) == KEY_BYTES
    assert kept_secret(tmp_path / "keys", "one") == secret
    assert kept_secret(tmp_path / "keys", "two") != secret


def test_a_secret_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    kept_secret(tmp_path / "keys", "one")
    assert (tmp_path / "keys" / "one").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_hold_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()
    with pytest.raises(Misconfigured, match="keep a secret"):
        kept_secret(tmp_path / "keys", "one")
