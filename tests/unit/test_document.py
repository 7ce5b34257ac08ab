"""A YAML document, read without the surprises of YAML and with the lines of all it holds."""

import pytest

from dialogue.document import MOST_CHARACTERS, Document, read
from dialogue.fault import Fault


def document(text: str) -> Document:
    found = read("f.yaml", text)
    assert isinstance(found, Document), found
    return found


def fault(text: str) -> Fault:
    found = read("f.yaml", text)
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize("word", ["no", "on", "12:30", "2026-11-24", "0x1F", "1_000", "null", "~", "9" * 5000])
def test_a_word_stays_a_word(word: str) -> None:
    """YAML 1.1 makes truth values, minutes and dates of these; a list of words means words."""
    assert document(f"a: {word}").value == {"a": word}


def test_numbers_truth_and_nothing_are_told_from_text() -> None:
    value = document('a: 4\nb: 3.5\nc: true\nd:\ne: "20010105"\n1: {2: x}').value
    assert value == {"a": 4, "b": 3.5, "c": True, "d": None, "e": "20010105", "1": {"2": "x"}}


def test_lists_cannot_be_changed() -> None:
    assert document("- a\n- [b, c]").value == ("a", ("b", "c"))


@pytest.mark.parametrize(
    ("path", "line", "named"),
    [
        ((), 1, ""),
        (("jobs",), 2, "jobs"),
        (("jobs", 0), 3, "jobs[first]"),
        (("jobs", 1, "name"), 6, "jobs[2].name"),
        (("jobs", 1, "name", "ko"), 7, "jobs[2].name.ko"),
        (("jobs", 1, "name", "en"), 6, "jobs[2].name.en"),
        (("jobs", 7), 2, "jobs[8]"),
    ],
)
def test_every_part_has_a_line_and_a_name(path: tuple[str | int, ...], line: int, named: str) -> None:
    """Entries of lists go by their id, or else by their place; what is not there, by the nearest part that is."""
    text = "id: group\njobs:\n  - id: first\n    ncs: x\n  - ncs: y\n    name:\n      ko: 이름\n"
    found = document(text)
    assert (found.line(path), found.named(path)) == (line, named)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "an empty file"),
        ("# nothing but a comment", 1, "an empty file"),
        ("a: 1\nb: c: d", 2, "well-formed YAML"),
        ("a: 1\nb:\n\tc: 1", 3, "well-formed YAML"),
        ('a: 1\nb: "open', 2, "well-formed YAML"),
        ("a: 1\n---\nb: 2", 2, "another document"),
        ("a: 1\nb: 2\na: 3", 3, 'expected "a" once; came the same key in line 1 already'),
        ("b:\n  - {x: 1, x: 2}", 2, 'expected "x" once'),
        ("a: 1\nb: &x [y]\nc: *x", 2, "alias"),
        ("a: 1\n? [b]\n: c", 2, "a word before the colon"),
        ("가: 1\n나: \x07", 2, "U+0007"),
        ("가: 1\n나: \ud800", 2, "half of a character"),
        ("[" * 100_000, 1, "nesting depth"),
        ("\n".join(" " * depth + "a:" for depth in range(800)), 1, "too deep"),
        ("x" * (MOST_CHARACTERS + 1), 1, f"at most {MOST_CHARACTERS} characters"),
    ],
)
def test_what_cannot_be_read_names_the_line(text: str, line: int, words: str) -> None:
    found = fault(text)
    assert (found.file, found.line) == ("f.yaml", line)
    assert words in str(found)


def test_a_tag_makes_no_object() -> None:
    """The document comes from whoever edits it: it names no class of ours."""
    assert document("a: !!python/object/apply:os.getcwd []").value == {"a": ()}
