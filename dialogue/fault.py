"""A fault of a catalogue document: where it is, what was expected there, what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""From the top of a document to one of its values: keys, and places in lists counted from 0."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right, in words for whoever wrote the document."""

    file: str
    line: int
    """Counted from 1."""
    path: str
    """Where it is, entries of lists by their id where they have one, else counted from 1."""
    expected: str
    came: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.path}: " if self.path else f"{self.file}:{self.line}: "
        return f"{where}expected {self.expected}; came {self.came}" + (f". {self.hint}" if self.hint else "")


def closest(came: str, valid: Iterable[str]) -> str | None:
    """The valid name nearest to `came`; None where none is near (a ratio below 0.6 by `difflib`)."""
    return next(iter(get_close_matches(came, list(valid), n=1, cutoff=0.6)), None)


def nearest(came: str, valid: Iterable[str]) -> str:
    """A hint that names the valid name nearest to `came`; empty where none is near."""
    found = closest(came, valid)
    return f"Did you mean {quoted(found)}?" if found else ""


def quoted(text: str, longest: int = 60) -> str:
    """`text` in quotes on one line, cut where it is long."""
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= longest else f'"{flat[: longest - 1]}…"'
