"""Whether a document has the shape of a job group; what has not, in the words of whoever wrote it."""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dialogue.document import Document
from dialogue.fault import Fault, Path, closest, nearest, quoted
from schemas.catalogue import MAJOR_SHAPE, NAME_SHAPE, NCS_SHAPE, SOC_SHAPE, Group

FIELDS: Mapping[str, str] = {
    "en": "the English text, `en`",
    "ko": "the Korean text, `ko`",
    "1": "the anchor of rating 1",
    "3": "the anchor of rating 3",
    "5": "the anchor of rating 5",
}
SHAPES: Mapping[str, str] = {
    NAME_SHAPE: "a name of small letters, digits and single hyphens, such as `data-quality`",
    MAJOR_SHAPE: "the two digits of an NCS major class in quotes, such as “02”",
    NCS_SHAPE: "an NCS code of eight digits in quotes, such as “20010105”",
    SOC_SHAPE: "an O*NET-SOC code in quotes, such as “15-1132.00”",
}
TYPES: Mapping[str, str] = {
    "string_type": "a text",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "lines of `key: value`",
    "model_type": "lines of `key: value`",
}


def shaped(document: Document) -> Group | list[Fault]:
    """The group that `document` holds, or why it holds none, in the order of the lines."""
    try:
        return Group.model_validate(document.value)
    except ValidationError as error:
        faults = [_fault(document, item) for item in error.errors(include_url=False) if not _follows(document, item)]
        return sorted(faults, key=lambda fault: fault.line)


def _follows(document: Document, error: ErrorDetails) -> bool:
    """Whether another fault says it already: a field misspelt, or a list too short for what is wrong within it."""
    match error["type"]:
        case "too_short":
            return bool(len(error["input"]) >= error["ctx"]["min_length"])
        case "missing":
            return _misspelt(document, error["loc"])
    return False


def _fault(document: Document, error: ErrorDetails) -> Fault:
    path = tuple(part for part in error["loc"] if part != "[key]")
    came, context = error["input"], error.get("ctx", {})
    expected, said, hint = TYPES.get(error["type"], error["msg"]), _said(came), ""
    match error["type"]:
        case "missing":
            field = str(path[-1])
            expected, said, path = FIELDS.get(field, f"`{field}`"), "nothing", path[:-1]
        case "extra_forbidden":
            known = _fields(path[:-1])
            expected, said = "one of " + ", ".join(f"`{name}`" for name in known), f"`{path[-1]}`"
            hint = "A text with a comma needs quotes." if " " in str(path[-1]) else nearest(str(path[-1]), known)
        case "literal_error":
            valid = re.findall(r"'([^']*)'", context["expected"])
            expected = "one of " + ", ".join(valid) if valid else "true, or the line left out"
            hint = nearest(str(came), valid)
        case "exactly_one":
            expected, said = "one of `missing`, `mentions` and `contrast`", context["came"]
        case "too_short":
            expected = f"at least {context['min_length']} in `{_last_word(path)}`"
            said = str(context["actual_length"])
        case "string_pattern_mismatch":
            expected = SHAPES[context["pattern"]]
        case "string_too_short":
            expected, said = "a text", "an empty one"
        case "string_too_long":
            expected, said = f"at most {context['max_length']} characters", f"{len(str(came))} characters"
        case "greater_than_equal" | "less_than_equal":
            expected = "a number from 1 to 5"
        case "string_type" if isinstance(came, bool | int | float):
            hint = "Put it in quotes."
    return document.fault(path, expected, said, hint)


def _misspelt(document: Document, path: Path) -> bool:
    """Whether the field that is missing at `path` stands there under a name near to it."""
    there = document.at(path[:-1])
    known = _fields(path[:-1])
    strangers = [key for key in there if key not in known] if isinstance(there, dict) else []
    return any(closest(stranger, known) == path[-1] for stranger in strangers)


def _said(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case tuple():
            return "a list"
        case dict():
            return "lines of `key: value`"
    return quoted(str(value))


def _last_word(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _fields(path: Path) -> tuple[str, ...]:
    """The fields that may stand at `path`."""
    model: type[BaseModel] | None = Group
    for part in path:
        if model is not None and isinstance(part, str):
            model = next((_model(field.annotation) for name, field in _named(model) if name == part), None)
    return tuple(name for name, _ in _named(model)) if model else ()


def _named(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation such as `tuple[Job, ...]` or `Line | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next((found for inner in get_args(annotation) if (found := _model(inner))), None)
    return None
