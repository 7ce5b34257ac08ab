"""`intact catalog …`, as an HR person uses it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.catalogue.command import list_jobs, show_job, validate_files
from api.catalogue.documents import documents_in_use, read_text
from api.cli import app
from schemas.errors import Invalid, Misconfigured, NotFound
from tests.unit.job_group import TEA


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, with a job group in it."""
    monkeypatch.setenv("INTACT_CATALOGUE", str(tmp_path))
    (tmp_path / "tea.yaml").write_text(TEA, "utf-8")
    return tmp_path


def test_what_is_in_use_is_validated(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate_files([])
    assert "all is well" in capsys.readouterr().out


def test_a_fault_names_file_line_and_field(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = own / "bad" / "tea.yaml"
    bad.parent.mkdir()
    bad.write_text(TEA.replace("persistence: 3.5", "persistence: 9"), "utf-8")
    assert not validate_files([bad])
    said = capsys.readouterr().out
    line = 1 + TEA[: TEA.index("persistence")].count("\n")
    assert f"{bad}:{line}: jobs[tea-tasting].description.work_styles.importance.persistence: expected" in said
    assert "1 fault; nothing was changed" in said


def test_a_job_of_ones_own_is_listed_and_shown(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Added as a file, used without more."""
    list_jobs()
    assert "tea-tasting" in capsys.readouterr().out
    show_job("tea-tasting", "ko")
    said = capsys.readouterr().out
    assert "그 시음은 어디에서 있었나요?" in said
    assert "Where was that cupping?" not in said


def test_a_job_that_is_not_there_is_refused(own: Path) -> None:
    with pytest.raises(NotFound, match="tea-tasting"):
        show_job("tea-tastin", "en")


def test_a_file_of_the_same_name_stands_for_the_one_that_comes_with_intact(own: Path) -> None:
    name, text = next(documents_in_use(None))
    (own / name).write_text(TEA, "utf-8")
    found = dict(documents_in_use(own))
    assert text not in found.values()
    assert found[str(own / name)] == TEA


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="INTACT_CATALOGUE"):
        list(documents_in_use(tmp_path / "nowhere"))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"nowhere\.yaml: expected a YAML file"):
        read_text(tmp_path / "nowhere.yaml")


def test_a_file_of_another_encoding_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "old.yaml"
    file.write_bytes("id: tea\nname: 차\n".encode("cp949"))
    with pytest.raises(Invalid, match=r"old\.yaml:2: expected UTF-8"):
        read_text(file)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """Notepad writes one."""
    file = tmp_path / "tea.yaml"
    file.write_text("id: tea", "utf-8-sig")
    assert read_text(file) == "id: tea"


def test_the_exit_status_tells_good_from_bad(own: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["catalog", "validate"]).exit_code == 0
    assert runner.invoke(app, ["catalog", "show", "tea-tasting", "--lang", "ko"]).exit_code == 0
    (own / "tea.yaml").write_text("id: [", "utf-8")
    assert runner.invoke(app, ["catalog", "validate"]).exit_code == 1
    with pytest.raises(Invalid, match="cannot be used"):
        runner.invoke(app, ["catalog", "list"], catch_exceptions=False)
