"""A model is fetched, held against what the hub says of it, and sealed; whatever goes wrong is told."""

import hashlib
from pathlib import Path

import pytest
from huggingface_hub import HfApi, constants

from infra.models.hub import pull
from infra.models.whisper_folder import MANIFEST, check_folder, seal
from schemas.errors import Misconfigured, NotFound, Unavailable
from tests.fakes.hub import COMMIT, hub

FILES = {
    "config.json": b"{}",
    "model.bin": b"weights" * 1000,
    "tokenizer.json": b"[]",
    "vocabulary.txt": b"a\nb\n",
    "README.md": b"not asked for",
}


@pytest.fixture(autouse=True)
def _connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader, which another test may have imported, says that this process is offline."""
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)


def test_what_is_fetched_is_checked_and_sealed(tmp_path: Path) -> None:
    folder = tmp_path / "whisper"
    with hub(FILES) as address:
        manifest = pull("tiny", folder, HfApi(endpoint=address))
    assert (manifest.name, manifest.source, manifest.revision) == ("tiny", "Systran/faster-whisper-tiny", COMMIT)
    expected = {file: hashlib.sha256(data).hexdigest() for file, data in FILES.items() if file != "README.md"}
    assert manifest.files == expected
    assert check_folder(folder) == manifest
    assert not (folder / "README.md").exists()


def test_what_is_not_what_the_hub_has_is_not_sealed(tmp_path: Path) -> None:
    with hub(FILES, altered="model.bin") as address, pytest.raises(Misconfigured, match=r"model\.bin with SHA-256"):
        pull("tiny", tmp_path, HfApi(endpoint=address))
    assert not (tmp_path / MANIFEST).exists()


def test_a_repository_that_lacks_a_file_is_told(tmp_path: Path) -> None:
    with hub({"config.json": b"{}"}) as address, pytest.raises(Misconfigured, match=r"model\.bin"):
        pull("tiny", tmp_path, HfApi(endpoint=address))


def test_a_hub_that_is_out_of_reach_is_told(tmp_path: Path) -> None:
    with hub({}) as address:
        pass
    with pytest.raises(Unavailable, match=r"needs a machine that reaches http://127"):
        pull("base.en", tmp_path / "whisper", HfApi(endpoint=address))


def test_a_name_that_is_none_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"tiny, base.*'huge'"):
        pull("huge", tmp_path)


@pytest.mark.parametrize("file", ["model.bin", "vocabulary.txt"])
def test_a_file_that_is_gone_or_altered_is_named(tmp_path: Path, file: str) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    sealed = seal(tmp_path, "tiny", "a test", "0")
    (tmp_path / file).write_bytes(b"other")
    with pytest.raises(Misconfigured, match=f"{file} with SHA-256 {sealed.files[file]}, got [0-9a-f]{{64}}"):
        check_folder(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(Misconfigured, match=f"{file} .*no such file"):
        check_folder(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", '{"name": "a", "source": "b", "revision": "c", "files": {}}'])
def test_a_manifest_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(Misconfigured, match="intact models pull"):
        check_folder(tmp_path)
