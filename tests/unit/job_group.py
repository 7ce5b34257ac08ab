"""A small valid job group, and the same with one thing changed."""

from pathlib import Path

from dialogue.catalogue import check
from dialogue.fault import Fault
from schemas.catalogue import Group

TEA = (Path(__file__).parents[1] / "data" / "tea.yaml").read_text("utf-8")


def changed(old: str, new: str) -> tuple[str, int]:
    """The first `old` of the document replaced by `new`, and the line (from 1) of the change."""
    before, found, after = TEA.partition(old)
    assert found, f"the document holds no {old!r}"
    return before + new + after, before.count("\n") + 1


def faults_of(text: str) -> list[Fault]:
    """What is wrong with a document."""
    return check([("tea.yaml", text)])[1]


def tea() -> Group:
    """The group as it stands."""
    groups, faults = check([("tea.yaml", TEA)])
    assert not faults
    return groups[0]
