"""A YAML document as plain values that still know their lines.

Read by the rules of YAML 1.2 where those of 1.1 surprise: `no`, `on` and `12:30` are texts, and every key is one.
So is `null`, which in a list of words is a word.
What can hide a mistake is refused: a key that stands twice, an alias, a second document in the same file.
"""

import re
from collections.abc import Iterator

import yaml
from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dialogue.fault import Fault, Path, quoted

Value = str | int | float | bool | None | tuple["Value", ...] | dict[str, "Value"]

MOST_CHARACTERS = 2_000_000
"""A document far larger than any job group is a mistake, and would take long to read."""
WELL_FORMED = (
    "Look here and one line above: a text that holds “: ” or “ #” or begins with a sign needs quotes, "
    "and lines of one list begin in the same column."
)
LONGEST_NUMBER = 40
"""Digits beyond which a plain word is no number; Python refuses to read very long ones."""


class _Reader(yaml.CSafeLoader):
    """Composes nodes; resolves plain words by the core schema of YAML 1.2 (section 10.3.2), less octal and hex."""


_Reader.yaml_implicit_resolvers = {}
_Reader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), [*"tTfF"])
_Reader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])
_Reader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), [*"-+0123456789"])
_Reader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    [*"-+.0123456789"],
)


class Document:
    """What a file says, with the line of every part."""

    def __init__(self, file: str, root: Node, value: Value) -> None:
        self.file = file
        self.value = value
        self._root = root

    def fault(self, path: Path, expected: str, came: str, hint: str = "") -> Fault:
        """A fault at `path`, or at the last part of it that exists."""
        return Fault(self.file, self.line(path), self.named(path), expected, came, hint)

    def line(self, path: Path) -> int:
        """The line, counted from 1, at which the value at `path` begins: that of its key, where it has one."""
        node, mark = self._root, self._root.start_mark
        for part in path:
            found = _below(node, part)
            if found is None:
                break
            node, mark = found
        return _line(mark)

    def at(self, path: Path) -> Value:
        """The value at `path`; None where there is none."""
        value = self.value
        for part in path:
            if isinstance(value, dict) and isinstance(part, str):
                value = value.get(part)
            elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def named(self, path: Path) -> str:
        """`path` for a person: entries of lists by their id, or else counted from 1."""
        words = ""
        for depth, part in enumerate(path, start=1):
            if isinstance(part, str):
                words += f".{part}" if words else part
                continue
            entry = self.at(path[:depth])
            name = entry.get("id") if isinstance(entry, dict) else None
            words += f"[{name if isinstance(name, str) else part + 1}]"
        return words


def read(file: str, text: str) -> Document | Fault:
    """Read `text`; the first thing that makes it unreadable is returned as a fault."""
    if len(text) > MOST_CHARACTERS:
        return Fault(file, 1, "", f"at most {MOST_CHARACTERS} characters", str(len(text)))
    try:
        root = _composed(text)
        if root is None:
            return Fault(file, 1, "", "a job group", "an empty file")
        return next(_tricks(file, root, set()), None) or Document(file, root, _value(root))
    except (yaml.YAMLError, UnicodeEncodeError, RecursionError) as error:
        line, expected, came, hint = _unreadable(text, error)
        return Fault(file, line, "", expected, came, hint)


def _composed(text: str) -> Node | None:
    reader = _Reader(text)
    try:
        return reader.get_single_node()
    finally:
        reader.dispose()


def _unreadable(text: str, error: Exception) -> tuple[int, str, str, str]:
    """Line, what was expected, what came, and a hint."""
    match error:
        case yaml.MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            said = " ".join(part for part in (error.context, error.problem) if part)
            return _line(mark) if mark else 1, "well-formed YAML", said, WELL_FORMED
        case yaml.reader.ReaderError():
            line = text.encode().count(b"\n", 0, error.position) + 1  # libyaml counts bytes
            return line, "printable text", f"the character U+{error.character:04X}", ""
        case UnicodeEncodeError():
            return text.count("\n", 0, error.start) + 1, "text", "half of a character", ""
    return 1, "a job group", "lists within lists too deep to read", ""


def _tricks(file: str, node: Node, seen: set[int]) -> Iterator[Fault]:
    """What YAML allows and a catalogue does not."""
    if id(node) in seen:
        yield Fault(file, _line(node.start_mark), "", "every text written out", "one that an alias (`*name`) repeats")
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                yield Fault(file, _line(key.start_mark), "", "a word before the colon", "a list or mapping")
            elif key.value in lines:
                first = f"the same key in line {lines[key.value]} already"
                yield Fault(file, _line(key.start_mark), "", f"{quoted(key.value)} once", first)
            lines.setdefault(str(key.value), _line(key.start_mark))
            yield from _tricks(file, value, seen)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _tricks(file, item, seen)


def _value(node: Node) -> Value:
    if isinstance(node, MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return tuple(_value(item) for item in node.value)
    return _scalar(str(node.value), node.tag)


def _scalar(text: str, tag: str) -> Value:
    if len(text) > LONGEST_NUMBER:
        return text
    match tag.removeprefix("tag:yaml.org,2002:"):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return int(text)
        case "float":
            return float(text)
    return text


def _below(node: Node, part: str | int) -> tuple[Node, Mark] | None:
    if isinstance(node, MappingNode) and isinstance(part, str):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item, item.start_mark
    return None


def _line(mark: Mark) -> int:
    return int(mark.line) + 1
