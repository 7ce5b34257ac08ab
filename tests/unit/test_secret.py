"""Secrets of an embedded server: made once, kept for this user alone."""

import base64
from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.embedded.secret import MASTER_KEY, kept_master_key, kept_secret, new_master_key, new_secret
from infra.settings import KEY_BYTES, Settings
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


def test_a_master_key_is_made_once_and_replaced_as_a_whole(tmp_path: Path) -> None:
    settings = kept_master_key(Settings(), tmp_path)
    before = settings.master_keys()
    assert kept_master_key(Settings(), tmp_path).master_keys().ids == before.ids
    assert settings.master_key_file == tmp_path / "keys" / MASTER_KEY
    with new_master_key(settings.master_key_file):
        [wanted, previous] = settings.master_keys().ids
        assert previous == before.wanted != wanted
        assert before.knows(wanted), "who runs finds the new key"
        with pytest.raises(Misconfigured, match="right now"), new_master_key(settings.master_key_file):
            pass
    assert settings.master_keys().ids == [wanted]
    with pytest.raises(KeyError), new_master_key(settings.master_key_file):
        raise KeyError
    assert len(settings.master_keys().ids) == 2, "who fails in between takes no key away"


def test_a_master_key_that_is_lost_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").touch()
    with pytest.raises(Misconfigured, match="there is none"):
        kept_master_key(Settings(), tmp_path)
    assert not (tmp_path / "keys" / MASTER_KEY).exists()
    given = Settings(master_key=SecretStr(new_secret()))
    assert kept_master_key(given, tmp_path) == given
