"""The set-up: done once for what it depends on, and refused in one clear line."""

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from infra.embedded import setup
from infra.embedded.setup import Step

Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def _own_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")


def step(product: Path, *inputs: bytes) -> Step:
    return Step("thing", inputs, product, lambda log: None)


def test_a_step_is_done_once_for_what_it_depends_on(tmp_path: Path) -> None:
    product = tmp_path / "product"
    assert not step(product, b"1").is_done()
    product.touch()
    assert not step(product, b"1").is_done(), "there, but nobody knows of what"
    step(product, b"1").keep()
    assert step(product, b"1").is_done()
    assert not step(product, b"2").is_done(), "made of something else"
    product.unlink()
    assert not step(product, b"1").is_done(), "gone"


def test_inputs_are_told_apart_by_where_one_ends() -> None:
    assert step(Path(), b"ab", b"c").stamp != step(Path(), b"a", b"bc").stamp


def test_another_python_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 0, "final", 0))
    with pytest.raises(SystemExit, match="1"):
        setup._check_machine()
    assert [line for line in capsys.readouterr().err.splitlines() if "Python 3.11" in line]


def test_a_machine_without_node_is_refused_where_pages_are_to_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="1"):
        setup._check_machine()
    assert "Node 20" in capsys.readouterr().err


def test_a_full_disk_is_refused_before_anything_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(10, 9, 1))
    with pytest.raises(SystemExit, match="1"):
        setup._check_disk()
    assert "GB of free disk" in capsys.readouterr().err


def test_a_step_that_fails_says_the_end_of_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    failing = Step("thing", [b""], tmp_path, lambda log: setup._run(["sh", "-c", "echo the reason; exit 3"], log))
    with pytest.raises(SystemExit, match="1"):
        setup._do(failing, 1, 1)
    said = capsys.readouterr().err
    assert "the reason" in said
    assert "[1/1] thing failed" in said
    assert not failing.is_done()


def test_a_step_that_undoes_another_has_it_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    done: list[str] = []

    def clear(log: Path) -> None:
        done.append("environment")
        shutil.rmtree(setup.STAMPS)

    packages = Step("packages", [b""], tmp_path, lambda log: done.append("packages"))
    packages.keep()
    setup._set_up([Step("environment", [b""], tmp_path, clear), packages])
    assert done == ["environment", "packages"]


@pytest.mark.parametrize("loads", [True, False])
def test_the_native_part_of_torchaudio_goes_only_where_it_does_not_load(
    loads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    native = tmp_path / "lib" / "python3.11" / "site-packages" / "torchaudio" / "lib" / "_torchaudio.abi3.so"
    native.parent.mkdir(parents=True)
    native.touch()

    def run(command: list[str], log: Path) -> None:
        if native.exists() and not loads:
            raise subprocess.CalledProcessError(1, command[0])

    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "_run", run)
    setup._mend_torchaudio(tmp_path / "log")
    assert native.exists() == loads


def test_a_torchaudio_that_does_not_load_without_it_either_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], log: Path) -> None:
        raise subprocess.CalledProcessError(1, command[0])

    monkeypatch.setattr(setup, "_run", run)
    monkeypatch.setattr(setup, "VENV", tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        setup._mend_torchaudio(tmp_path / "log")


def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    done: list[Path] = []
    steps = [Step("thing", [b""], tmp_path, done.append)]
    setup._set_up(steps)
    setup._set_up(steps)
    assert len(done) == 1


def test_a_folder_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path / "var")
    with pytest.raises(SystemExit, match="1"):
        setup._check_machine()
    assert capsys.readouterr().err.count("\n") == 1
