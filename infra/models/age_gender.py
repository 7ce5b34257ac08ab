"""The network for age and gender, trained on UTKFace by `bench/train_age_gender.py`; its card is beside its weight.

It guesses what people who saw the picture would guess. It does not know how old a person is, nor who they are.
"""

from dataclasses import dataclass

import numpy as np

from infra.models.network import Network
from infra.models.registry import model
from schemas.media import Picture

SIDE = 96
"""Pixels of a face, high and wide."""
WEIGHT = model("age-gender")


@dataclass(frozen=True, slots=True)
class AgeGender:
    """What the network says of one face."""

    years: float
    """Apparent age, 0..100."""
    spread: float
    """Years: standard deviation of the error to be expected of `years`."""
    female: float
    """Probability that people would call the face a woman's; of a man's it is the rest."""


class AgeGenderNetwork:
    """The loaded network. One thread at a time."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where the weight is missing or altered."""
        self._network = Network(WEIGHT)

    def look(self, face: Picture) -> AgeGender:
        """What it says of a face of 96 × 96 × 3, RGB, and of its mirror image."""
        if face.shape != (SIDE, SIDE, 3):
            raise ValueError(f"expected a face of {SIDE} × {SIDE} × 3, got {face.shape}")
        years, spread, female = self._network.run(face.transpose(2, 0, 1)[np.newaxis])[0]
        return AgeGender(float(years), float(spread), float(female))
