"""What is seen of a participant at one moment by all that looks at the same picture, and summed up over a second.

Like everything that is measured: what could not be measured is None, never a guess.
"""

from dataclasses import dataclass

from schemas.body import Watched
from schemas.observation import AgeGenderObservation, ExpressionObservation, Expressions, FaceObservation


@dataclass(frozen=True, slots=True)
class AgeGenderEstimate:
    """How old one person looks, and how people would call their face, by all pictures so far.

    The pictures of one face err alike, so the spread does not shrink with their number.
    """

    years: float
    spread: float
    """Years: standard deviation of the error to be expected."""
    female: float
    """Probability that people would call the face a woman's, 0..1."""
    pictures: int
    steady: bool
    """Whether it stays as it is: enough pictures were looked at, and no more will be."""
    detector: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one picture says. None where nobody was asked: not wanted, not permitted, or not its turn."""

    face: FaceObservation
    expression: ExpressionObservation | None = None
    age_gender: AgeGenderObservation | None = None
    """By this picture alone."""
    estimate: AgeGenderEstimate | None = None
    """By this and the pictures before it."""
    body: Watched | None = None


@dataclass(frozen=True, slots=True)
class FaceSecond:
    """Lids and lips over one second."""

    pictures: int
    """In which the eyes or the mouth were measured."""
    blinks: int | None
    """Blinks that ended in the second; None where the eyes were not followed."""
    blink_rate: float | None
    """Per minute, over the last minute, at the end of the second."""
    openness: float | None
    """Median of the eyes' openness: 1 open, about 0.2 shut."""
    mouth_moves: float | None
    """Share of the pictures in which the mouth moves as one that speaks, 0..1."""


@dataclass(frozen=True, slots=True)
class ExpressionSecond:
    """The expression over one second."""

    pictures: int
    """That were judged."""
    expressions: Expressions | None
    """Means over the pictures."""
    confidence: float
    """0..1: mean over the pictures; 0 where none was judged."""
    problem: str | None
    """Why there is none, as a code of `ExpressionObservation`, where no picture was judged."""
    detector: str
