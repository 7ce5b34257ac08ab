"""The job catalogue: what a job is, and what is asked of those who want to do it.

One document holds one job group. Which documents are good is more than these types say: see `dialogue.rules`.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.axes import BasicCompetency, WorkStyle
from schemas.language import Bilingual, Language, Line

NAME_SHAPE = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
MAJOR_SHAPE = r"^[0-9]{2}$"
NCS_SHAPE = r"^[0-9]{8}$"
SOC_SHAPE = r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$"

Name = Annotated[str, StringConstraints(pattern=NAME_SHAPE, max_length=40)]
"""Names a thing of the catalogue for as long as the catalogue lives: events and scores refer to it."""

Part = Literal["situation", "task", "action", "result", "number", "depth", "own-part"]
"""What an answer may lack: the parts of STAR, a figure, more than the mention, what the speaker did in person."""

Importance = Annotated[float, Field(ge=1, le=5)]
"""O*NET's scale of importance: 1 not important, 5 extremely important."""


class Entry(BaseModel):
    """What all parts of a document share."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class NcsCode(Entry):
    """Where the job stands in the Korean National Competency Standards."""

    code: Annotated[str, StringConstraints(pattern=NCS_SHAPE)] | None = None
    """Major, middle, small and sub class, two digits each; absent where it is not known."""
    verified: bool
    """Whether the code was read in the standard itself or in a copy of it."""
    note: Line | None = None
    """What is still to be looked up."""


class Competency(Entry):
    """Something the job asks for, as what one does who has it."""

    id: Name
    name: Bilingual
    basic: Annotated[tuple[BasicCompetency, ...], Field(min_length=1)]
    """Where it lies on the axis that all jobs share."""


class WorkStyles(Entry):
    """How much the job asks for each way of working."""

    occupation: Annotated[str, StringConstraints(pattern=SOC_SHAPE)] | None = None
    """The O*NET-SOC occupation whose figures these are; absent where they are the author's own."""
    title: Line | None = None
    """The occupation's title in O*NET."""
    importance: Annotated[dict[WorkStyle, Importance], Field(min_length=4)]


class Description(Entry):
    """The job description table."""

    duties: Annotated[tuple[Bilingual, ...], Field(min_length=3)]
    competencies: Annotated[tuple[Competency, ...], Field(min_length=3)]
    work_styles: WorkStyles


class Subtopic(Entry):
    """One idea of a topic and the words that people use for it: synonyms, inflections, abbreviations."""

    id: Name
    en: Annotated[tuple[Line, ...], Field(min_length=2)]
    ko: Annotated[tuple[Line, ...], Field(min_length=2)]

    def terms(self, language: Language) -> tuple[str, ...]:
        """The words in `language`, the commonest first."""
        return self.ko if language == "ko" else self.en


class Cause(Entry):
    """Why a follow-up is asked: exactly one of the three."""

    missing: Part | None = None
    mentions: Name | None = None
    """A subtopic of the same topic."""
    contrast: Literal[True] | None = None
    """Nothing is missing: ask for a case that went the other way."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = self.model_dump(exclude_none=True)
        if len(given) != 1:
            raise PydanticCustomError("exactly_one", "{came}", {"came": " and ".join(given) or "none of them"})
        return self

    def __str__(self) -> str:
        if self.mentions is not None:
            return f"mentions-{self.mentions}"
        return "contrast" if self.missing is None else f"missing-{self.missing}"


class FollowUp(Entry):
    """What may be asked after an answer (Q2), and why."""

    when: Cause
    ask: Bilingual


class Topic(Entry):
    """What an answer may be about, and what is then asked."""

    id: Name
    name: Bilingual
    """As said in the reason of a follow-up: no result yet for "…"."""
    subtopics: Annotated[tuple[Subtopic, ...], Field(min_length=3)]
    follow_ups: Annotated[tuple[FollowUp, ...], Field(min_length=2)]


class Anchors(Entry):
    """What an answer shows at three of the five levels of rating."""

    one: Annotated[Bilingual, Field(alias="1")]
    three: Annotated[Bilingual, Field(alias="3")]
    five: Annotated[Bilingual, Field(alias="5")]


class Tree(Entry):
    """A keyword tree: the questions and words of one competency."""

    id: Name
    competency: Name
    """One of the job's competencies."""
    opening: Annotated[tuple[Bilingual, ...], Field(min_length=1)]
    """Questions that begin it (Q1)."""
    topics: Annotated[tuple[Topic, ...], Field(min_length=2)]
    anchors: Anchors


class Job(Entry):
    """One job."""

    id: Name
    ncs: NcsCode
    name: Bilingual
    description: Description
    trees: Annotated[tuple[Tree, ...], Field(min_length=3)]


class Group(Entry):
    """A job group: one document of the catalogue."""

    id: Name
    ncs: Annotated[str, StringConstraints(pattern=MAJOR_SHAPE)]
    """The major class (대분류) of the standard."""
    name: Bilingual
    attribution: Line | None = None
    """Whose figures the document carries, and under which terms."""
    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]
