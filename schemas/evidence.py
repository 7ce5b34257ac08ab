"""What an answer holds, found in its text: the paper's speech information as far as it needs no network.

Spans are pairs of offsets into the text, in characters, the end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.language import Language

Span = tuple[int, int]

StarPart = Literal["situation", "task", "action", "result"]
"""The parts of a told case."""

FigureKind = Literal["number", "share", "money", "duration", "date"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A subtopic of a keyword tree that is spoken of."""

    tree: str
    topic: str
    subtopic: str
    term: str
    """The term of the catalogue that was found."""
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as far as it can be told."""

    kind: FigureKind
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """How sure a part is, and on which words that rests."""

    strength: float
    """0..1."""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one answer holds."""

    language: Language
    """Of the interview."""
    spoken: Language | None
    """Of the text; None where it is in neither language that Intact speaks, or too short to tell."""
    words: int
    lemmas: tuple[str, ...]
    """Dictionary forms of the content words, in their order, stop words left out: the bag of words."""
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    tools: tuple[Span, ...]
    """Names of tools, systems, standards and abbreviations."""
    parts: Mapping[StarPart, Found]
    own: Found
    """What the speaker did in person, as against "we" and the passive."""
    depth: float
    """0..1: reasons, comparisons, alternatives weighed, and how something was done, rather than that it was."""
    repeats: float
    """0..1: how much of it is the question said back."""
    refuses: float
    """0..1: "I don't know", "nothing comes to mind", general talk without a case."""
    instructs: bool
    """Whether it speaks to the machine ("ignore your instructions"), which changes nothing but is to be seen."""
    figures_in_result: bool = False
    """Whether one of the figures stands where the result is told."""
    sentences: tuple[Span, ...] = field(default=())
