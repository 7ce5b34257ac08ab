"""Facts about the conversation: what was asked and suggested, how it was taken, what the bot said, how it was rated."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.fact import Fact
from schemas.ids import AnswerId, AskedId, BotTurnId, ParticipantId, SuggestionId
from schemas.language import Language
from schemas.media import SessionTime
from schemas.move import Move

Probability = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[int, Field(ge=1, le=5)]
"""Of the rating scale: 1, 3 and 5 are anchored in the catalogue."""

AskedBy = Literal["interviewer", "bot"]
SuggestedBy = Literal["network", "similarity"]
"""Who chose: the dialogue network, or, while it is away, the keyword tree by similarity alone."""

Gap = Literal["situation", "task", "action", "result", "number", "own-part", "depth"]


class Part(BaseModel):
    """What the parts of these facts share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(Part):
    """Words of an answer that something rests on."""

    answer: AnswerId
    at: SessionTime
    """When they were said, as exact as the segment they stand in."""
    text: str


class Reason(Part):
    """Why a question is suggested; the screen puts it into words."""

    gap: Gap | None = None
    """What is missing."""
    mentions: str | None = None
    """The subtopic that was spoken of."""
    topic: str | None = None
    """The topic of the tree it concerns."""


class Suggestion(Part):
    """One question that is worth asking next."""

    id: SuggestionId
    move: Move
    question: str | None
    """Its id within the job (`dialogue.question`); None where no question of the catalogue fits the move."""
    tree: str
    topic: str | None
    text: str
    probability: Probability
    """Calibrated: of a hundred suggestions of .6, sixty are such as an experienced interviewer would make."""
    reason: Reason
    quotes: tuple[Quote, ...] = ()


class QuestionAsked(Fact):
    """A question was put to an applicant."""

    type: Literal["question.asked"] = "question.asked"
    participant: ParticipantId
    """Who is to answer; a question to all is one fact for each."""
    asked: AskedId
    by: AskedBy
    move: Move | None
    """None for an opening and for the interviewer's own question."""
    question: str | None
    """Its id within the job; None where it is in the interviewer's own words."""
    tree: str | None
    topic: str | None
    text: str = Field(min_length=1, max_length=1000)
    language: Language
    suggestion: SuggestionId | None = None
    """The follow-up it came from."""


class FollowUpsSuggested(Fact):
    """After an answer, follow-ups were recommended to the interviewer, the best first."""

    type: Literal["follow-ups.suggested"] = "follow-ups.suggested"
    participant: ParticipantId
    answer: AnswerId
    suggestions: tuple[Suggestion, ...] = Field(max_length=3)
    by: SuggestedBy
    model: str
    """Name and version of what chose."""
    milliseconds: float
    """From when the answer was known to have ended to when they were chosen."""


class FollowUpShown(Fact):
    """A follow-up stood on the interviewer's screen."""

    type: Literal["follow-up.shown"] = "follow-up.shown"
    participant: ParticipantId
    suggestion: SuggestionId


class FollowUpUsed(Fact):
    """The interviewer asked it as it stood."""

    type: Literal["follow-up.used"] = "follow-up.used"
    participant: ParticipantId
    suggestion: SuggestionId


class FollowUpEdited(Fact):
    """The interviewer asked it in other words."""

    type: Literal["follow-up.edited"] = "follow-up.edited"
    participant: ParticipantId
    suggestion: SuggestionId
    text: str = Field(min_length=1, max_length=1000)


class FollowUpDismissed(Fact):
    """The interviewer did not want it."""

    type: Literal["follow-up.dismissed"] = "follow-up.dismissed"
    participant: ParticipantId
    suggestion: SuggestionId


class BotAsked(Fact):
    """The interviewer wrote to the bot."""

    type: Literal["bot.asked"] = "bot.asked"
    participant: ParticipantId | None
    """The applicant it is about; None where it is about the interview as a whole."""
    turn: BotTurnId
    text: str = Field(min_length=1, max_length=1000)


class BotAnswered(Fact):
    """The bot answered the interviewer, from the record alone."""

    type: Literal["bot.answered"] = "bot.answered"
    participant: ParticipantId | None
    turn: BotTurnId
    intent: str
    text: str
    quotes: tuple[Quote, ...] = ()
    suggestions: tuple[Suggestion, ...] = Field(default=(), max_length=3)


class AnswerScored(Fact):
    """What has been answered to a tree's questions so far was scored against the competency's anchors."""

    type: Literal["answer.scored"] = "answer.scored"
    participant: ParticipantId
    answer: AnswerId
    """The newest answer that was taken into account."""
    tree: str
    levels: tuple[Probability, ...] = Field(max_length=5)
    """Of the five levels, adding up to 1; empty where there is not enough to score."""
    quotes: tuple[Quote, ...]
    """What it rests on."""
    coverage: Probability
    """Share of the tree's topics that were spoken of."""
    parts: dict[str, Probability]
    """Strength of situation, task, action and result over all answers to this tree."""
    model: str


class RatingGiven(Fact):
    """The interviewer rated an applicant on a tree's competency; the newest counts."""

    type: Literal["rating.given"] = "rating.given"
    participant: ParticipantId
    tree: str
    level: Level
    note: str | None = Field(default=None, max_length=2000)


class BotLed(Fact):
    """From now on the bot asks this applicant by itself, or no longer does."""

    type: Literal["bot.led"] = "bot.led"
    participant: ParticipantId
    on: bool
    minutes: int | None = None
    """How long it may take; None where it is switched off."""
