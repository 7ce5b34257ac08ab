"""`intact models list` and `intact models verify`."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.models.command import list_models, verify_models
from infra.models.registry import MODELS, Model
from infra.models.whisper_folder import REQUIRED, Manifest, seal

ALTERED = replace(MODELS[0], name="altered", sha256="0" * 64)
MISSING = replace(MODELS[0], name="missing", file="no-such-file.onnx")


def test_the_list_has_a_line_for_every_model() -> None:
    said = CliRunner().invoke(app, ["models", "list"])
    assert said.exit_code == 0
    heading, *lines = said.output.splitlines()
    assert heading.split() == ["name", "version", "terms", "MB", "checksum", "card"]
    assert len(lines) == len(MODELS)
    for model, line in zip(MODELS, lines, strict=True):
        assert line.split()[0] == model.name
        assert " ok " in line
        assert Path(line.split()[-1]).is_file()


@pytest.mark.parametrize(("model", "word"), [(ALTERED, "altered"), (MISSING, "missing")], ids=["altered", "missing"])
def test_the_list_names_what_is_wrong(model: Model, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    list_models((model,))
    line = capsys.readouterr().out.splitlines()[1]
    assert line.count(word) == 2  # its name, and its state
    assert " ok " not in line


def test_all_that_is_shipped_is_whole() -> None:
    said = CliRunner().invoke(app, ["models", "verify"])
    assert said.exit_code == 0
    assert said.output == f"{len(MODELS)} of {len(MODELS)} models are whole\n"


def test_the_whisper_folder_is_checked_with_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in REQUIRED:
        (tmp_path / file).write_text("whole")
    seal(tmp_path, "tiny", "a test", "0")
    monkeypatch.setenv("INTACT_WHISPER", str(tmp_path))
    assert (
        CliRunner().invoke(app, ["models", "verify"]).output
        == f"{len(MODELS) + 1} of {len(MODELS) + 1} models are whole\n"
    )
    (tmp_path / "model.bin").write_text("altered")
    said = CliRunner().invoke(app, ["models", "verify"])
    assert said.exit_code == 1
    assert "model.bin with SHA-256" in said.output


def test_what_was_pulled_is_told_with_its_checksums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest(name="tiny", source="a/test", revision="0", files={"model.bin": "f" * 64})
    monkeypatch.setattr("api.models.command.pull", lambda name, folder: manifest)
    said = CliRunner().invoke(app, ["models", "pull", "tiny", "--to", str(tmp_path)])
    assert said.output == f"{'f' * 64}  model.bin\na/test at 0 is in {tmp_path}; set INTACT_WHISPER={tmp_path}\n"


def test_what_is_altered_or_missing_is_told_and_gives_exit_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not verify_models((*MODELS, ALTERED, MISSING))
    altered, missing, count = capsys.readouterr().out.splitlines()
    assert f"with SHA-256 {'0' * 64}" in altered
    assert f"got SHA-256 {MODELS[0].sha256}" in altered
    assert "no-such-file.onnx, got no such file" in missing
    assert count == f"{len(MODELS)} of {len(MODELS) + 2} models are whole"
    monkeypatch.setattr("api.models.command.verify_models", lambda **_: False)
    assert CliRunner().invoke(app, ["models", "verify"]).exit_code == 1
