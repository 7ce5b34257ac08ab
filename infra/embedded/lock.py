"""Writes the lock files: every package that `pyproject.toml` leads to, in the version that one resolution chose.

Run by `make lock` with the system's Python; uses nothing but the standard library, and an environment made for it.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HEAD = "# Written by `make lock` from pyproject.toml; not to be edited.\n"


def main() -> None:
    """Write `requirements.lock`, and `requirements-dev.lock` with the development tools on top."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)
    runtime = declared["project"]["dependencies"]
    development = declared["dependency-groups"]["dev"]
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        _write(python, runtime, "requirements.lock")
        _write(python, [*runtime, *development], "requirements-dev.lock")


def _write(python: Path, packages: list[str], name: str) -> None:
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    found = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True).stdout
    (PROJECT / name).write_text(HEAD + found)


if __name__ == "__main__":
    main()
