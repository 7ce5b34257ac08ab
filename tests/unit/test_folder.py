"""The data folder: one server at a time."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from infra.embedded.folder import claimed
from schemas.errors import Misconfigured

Disk = namedtuple("Disk", "total used free")


def test_a_folder_is_made_and_claimed_by_one(tmp_path: Path) -> None:
    with claimed(tmp_path / "a" / "var") as folder:
        assert folder.is_dir()
        with pytest.raises(Misconfigured, match="Another server uses"), claimed(folder):
            pass
    with claimed(folder):
        pass  # the claim ended with the first


def test_two_folders_know_nothing_of_each_other(tmp_path: Path) -> None:
    with claimed(tmp_path / "one"), claimed(tmp_path / "two"):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(Misconfigured, match="can be written"), claimed(tmp_path / "var"):
        pass


def test_a_disk_that_is_nearly_full_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(10, 9, 1))
    with pytest.raises(Misconfigured, match="MB free"), claimed(tmp_path):
        pass
