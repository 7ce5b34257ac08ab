"""Settings: read once from `INTACT_*`, refused in words that hold no secret."""

import base64
import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.crypto import key_id
from infra.settings import KEY_BYTES, Settings
from schemas.errors import Misconfigured


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("INTACT_")]:
        monkeypatch.delenv(name)


def loaded(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(f"INTACT_{name.upper()}", value)
    return Settings.load()


def test_nothing_needs_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.database_url is settings.nats_url is settings.ray_address is None


def test_settings_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="frozen"):
        loaded(monkeypatch).port = 1  # type: ignore[misc]  # that it cannot be assigned to is what is tested


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, database_url="", port="", ice_servers="")
    assert (settings.database_url, settings.port, settings.ice_servers) == (None, 8000, [])


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({"port": "8123"}, "http://127.0.0.1:8123"),
        ({"host": "0.0.0.0"}, "http://localhost:8000"),
        ({"host": "::"}, "http://localhost:8000"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"public_url": "https://talk.example/"}, "https://talk.example"),
    ],
)
def test_links_lead_where_a_browser_gets_to(
    environment: dict[str, str], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loaded(monkeypatch, **environment).url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "0"), ("port", "many"), ("link_ttl", "1"), ("live_signal_hz", "0"), ("ice_servers", "no json")],
)
def test_a_value_that_cannot_be_is_refused_by_name_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Misconfigured) as refused:
        loaded(monkeypatch, **{name: value})
    assert name in refused.value.message.lower()
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_may_be_written_in_either_alphabet(encode: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(encode)
    key = bytes([0xFB, 0xFF] * (KEY_BYTES // 2))
    assert loaded(monkeypatch, master_key=encode(key).decode()).master_keys().ids == [key_id(key)]


@pytest.mark.parametrize("value", ["hunter2", base64.b64encode(b"short").decode(), "ü"])
def test_a_key_of_another_length_is_refused_without_being_repeated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, link_key=value)
    assert value not in repr(settings)
    with pytest.raises(Misconfigured, match="INTACT_LINK_KEY") as refused:
        settings.link_key_bytes()
    assert value not in refused.value.message


@pytest.mark.parametrize("part", ["database", "nats", "ray"])
def test_a_part_that_is_not_set_is_asked_for_by_name(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misconfigured, match=f"INTACT_{part.upper()}"):
        getattr(loaded(monkeypatch), part)()


def test_further_master_keys_are_read_from_a_variable_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [bytes([number]) * KEY_BYTES for number in range(3)]
    written = [base64.b64encode(key).decode() for key in keys]
    ids = [key_id(key) for key in keys]
    given = loaded(monkeypatch, master_key=written[0], previous_master_keys=f"{written[1]}, {written[2]}")
    assert given.master_keys().ids == ids
    (tmp_path / "keys").write_text("\n".join(written) + "\n")
    assert Settings(master_key_file=tmp_path / "keys", master_key=SecretStr("")).master_keys().ids == ids
    for text in ("", "hunter2"):
        (tmp_path / "keys").write_text(text)
        with pytest.raises(Misconfigured, match="keys") as refused:
            Settings(master_key_file=tmp_path / "keys", master_key=SecretStr("")).master_keys()
        assert "hunter2" not in refused.value.message
