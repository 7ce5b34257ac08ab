"""What a client is told of signals and of the profiles an interview may have, over HTTP."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.ids import ParticipantId
from schemas.policy import Profile, Purpose
from schemas.signals import (
    ExpressionSecond,
    HandsSecond,
    PostureSecond,
    ProsodySecond,
    SightSecond,
    VoiceEmotionSecond,
)
from schemas.wire import Wire

Modality = Literal["sight", "posture", "hands", "prosody", "expression", "voice_emotion", "age_gender"]


class Texts(Wire):
    """The same in both languages."""

    en: str
    ko: str


class MeasuredError(Wire):
    """How far a signal was from the truth where that was measured."""

    said: Texts
    page: str
    """Of `bench/results`: how it was measured, on what, and when."""
    quotes: tuple[str, ...] = Field(exclude=True)
    """The places of that page that hold the numbers of `said`."""


class SignalEntry(Wire):
    """One signal: what it is, and what it is not."""

    name: str
    """As the signal is called in the views; `head_pitch` tells the head's from the voice's `pitch`."""
    modality: Modality
    unit: Texts
    """Empty where there is none."""
    low: float | None
    """Below this it cannot be; None where there is no such bound."""
    high: float | None
    title: Texts
    is_: Texts = Field(serialization_alias="is")
    is_not: Texts
    error: MeasuredError | None
    """None where it was not measured."""


class SignalHistory(BaseModel):
    """What was shown of one participant in some seconds: by modality, then by second (decimal digits)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sight: dict[str, SightSecond] = {}
    posture: dict[str, PostureSecond] = {}
    hands: dict[str, HandsSecond] = {}
    prosody: dict[str, ProsodySecond] = {}
    expression: dict[str, ExpressionSecond] = {}
    voice_emotion: dict[str, VoiceEmotionSecond] = {}


class SignalsResponse(Wire):
    """`GET /api/v1/interviews/{id}/signals`: what the record holds of the seconds asked for, both included."""

    from_second: int
    to_second: int
    participants: dict[ParticipantId, SignalHistory]


class ProfileRules(Wire):
    """`GET /api/v1/policies`: what one profile says of the purposes that this version can serve."""

    profile: Profile
    asks: tuple[Purpose, ...]
    """What applicants are asked for without further ado."""
    off: tuple[Purpose, ...]
    """What they are asked for once it is switched on."""
    never: tuple[Purpose, ...]
    """What is not served, whatever anybody says."""
    needs: Mapping[Purpose, Purpose]
    """By purpose, the one without which it is not served."""
