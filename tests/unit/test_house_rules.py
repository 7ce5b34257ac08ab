"""The rules of the house that no other tool holds."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import errors

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("schemas", "dialogue", "assessment", "infra", "actors", "api")
MOST_LINES = 400
FOREIGN_BASES = ("Exception", "ValueError", "RuntimeError", "OSError", "KeyError")
TEXTS = (".py", ".md", ".toml", ".json", ".ts", ".tsx", ".sql", ".lock", "")
FOREIGN = re.compile(
    r"(?<![.\w])/(?:wo)rk/|(?:pypi)\.org|files\.(?:python)hosted|registry\.(?:np)mjs|deb\.(?:deb)ian\.org"
)
"""Paths of one machine, and hosts of package registries."""


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    return [PROJECT / name for name in said.split("\0") if name and (PROJECT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(PROJECT).parts[0] in ROOMS]


def public(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public classes, functions and methods that a reader meets; not what is inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if any(isinstance(each, ast.Attribute) and each.attr == "setter" for each in node.decorator_list):
                continue  # what it sets, the property says
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_files_stay_small() -> None:
    """A file of two nouns grows where nobody looks."""
    long = {
        str(path.relative_to(PROJECT)): count
        for path in tracked("*.py", "*.ts", "*.tsx")
        if ".generated." not in path.name and (count := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_project_names_no_machine_and_no_registry() -> None:
    """A clone elsewhere has other paths and other mirrors."""
    found = [
        str(path.relative_to(PROJECT))
        for path in tracked()
        if path.suffix in TEXTS and FOREIGN.search(path.read_text(errors="ignore"))
    ]
    assert found == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_everything_public_says_what_it_is(path: Path) -> None:
    """A name is not enough for units, ranges and errors."""
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert silent == []


def test_every_error_of_ours_says_whether_retrying_helps_and_has_a_code_of_its_own() -> None:
    """A client decides by the code, and tries again by the flag."""
    ours = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)]
    assert all(issubclass(error, errors.IntactError) for error in ours)
    codes = [error.code for error in ours if issubclass(error, errors.IntactError)]
    assert len(codes) == len(set(codes))
    assert all(str(error()) for error in ours)


def test_no_error_is_made_outside_the_one_family() -> None:
    """What is raised elsewhere would reach a client as a mere 500."""
    strangers = [
        f"{path.relative_to(PROJECT)}: {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in FOREIGN_BASES for base in node.bases)
        and path.name != "errors.py"
    ]
    assert strangers == []
