"""The nine-emotion map: what a voice sounds like by a fixed table of weights over pitch, loudness and rate.

A table, not a measurement of feelings: it says that a voice is higher, louder or faster than this person's usual one,
in the words of the map. `bench/results/voice_emotion.md` says how often that agrees with what actors were asked to
play, which is seldom enough. It is off outside the research profile.

Each weight is how far the emotion lies from the person's usual voice, in that person's own spreads. A voice x speaks
for an emotion w by w·x − w·w/2, the log-likelihood of a normal distribution around w with the spread of one; the
probabilities are those of nine such, equally likely before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import get_args

from actors.detectors.baseline import Deviation
from schemas.media import SessionTime
from schemas.observation import VoiceEmotion, VoiceEmotionObservation

NAME = "voice-emotion/1"

EMOTIONS: tuple[VoiceEmotion, ...] = get_args(VoiceEmotion)
FARTHEST = 3.0
"""Spreads beyond which a deviation counts no further: a cough or a slammed door is not three times a shout."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Where an emotion lies, in the person's own spreads from their usual voice."""

    pitch: float
    loudness: float
    rate: float
    reason: str


TABLE: Mapping[VoiceEmotion, Weights] = {
    "tiredness": Weights(
        -0.6, -0.6, -1.2, "low arousal: little tension of the folds, little breath, slow (Scherer 1986)"
    ),
    "joy": Weights(1.2, 0.8, 0.2, "high arousal: elation is higher, louder and a little faster (Juslin & Laukka 2003)"),
    "excitement": Weights(1.6, 1.2, 0.8, "the highest arousal of the pleasant ones: as joy, and more (Russell 1980)"),
    "relaxation": Weights(-0.4, -0.4, -0.3, "low arousal, pleasant: a little lower and softer (Russell 1980)"),
    "comfortable": Weights(0.2, 0.1, 0.3, "near the middle, pleasant: a little livelier than neutral (Scherer 1986)"),
    "tension": Weights(1.1, 1.2, -0.1, "anger and strain: louder above all, and higher (Banse & Scherer 1996)"),
    "lethargy": Weights(-0.8, -1.2, -0.6, "the lowest arousal: softest and low, as in sadness (Juslin & Laukka 2003)"),
    "stability": Weights(0.0, 0.0, 0.0, "the person's usual voice"),
    "anxiety": Weights(0.9, 0.0, 1.0, "fear: higher and faster without being louder (Juslin & Laukka 2003)"),
}
"""The weights. They follow the direction of the literature's findings; the sizes are those of its medium (0.5) and
large (0.8 and above) effects, and were not fitted."""


def emotions(deviation: Deviation) -> dict[VoiceEmotion, float]:
    """A probability for each of the nine, summing to 1. What is not known counts for none of them."""
    values = (deviation.pitch, deviation.loudness, deviation.rate)
    known = [None if value is None else min(max(value, -FARTHEST), FARTHEST) for value in values]
    evidence = {name: _evidence(weights, known) for name, weights in TABLE.items()}
    most = max(evidence.values())
    likelihood = {name: exp(value - most) for name, value in evidence.items()}
    total = sum(likelihood.values())
    return {name: value / total for name, value in likelihood.items()}


def observe(
    at: SessionTime, duration: float, deviation: Deviation | None, confidence: float, problem: str | None = None
) -> VoiceEmotionObservation:
    """The map of one span.

    `deviation` is None where there is no baseline or no voice, of which `problem` says which; `confidence` (0..1) is
    that in the pitch.
    """
    if deviation is None:
        return VoiceEmotionObservation(at, duration, 0.0, NAME, None, problem or "no-voice")
    probabilities = emotions(deviation)
    spread = -sum(value * log(value) for value in probabilities.values() if value > 0) / log(len(probabilities))
    return VoiceEmotionObservation(at, duration, confidence * min(max(1 - spread, 0.0), 1.0), NAME, probabilities)


def _evidence(weights: Weights, values: list[float | None]) -> float:
    pairs = zip((weights.pitch, weights.loudness, weights.rate), values, strict=True)
    return sum(weight * value - weight * weight / 2 for weight, value in pairs if value is not None)
