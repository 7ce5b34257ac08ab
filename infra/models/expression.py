"""The expression network, trained on FER2013 by `bench/train_expression.py`; its card is beside its weight.

It names the expression that people would name on sight of the face. It says nothing of what a person feels.
"""

import numpy as np

from infra.models.network import Network
from infra.models.registry import model
from schemas.media import Floats, Picture

SIDE = 48
"""Pixels of a face, high and wide."""
CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
"""In the order of the network's output."""
WEIGHT = model("expression")


class ExpressionNetwork:
    """The loaded network. One thread at a time."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where the weight is missing or altered."""
        self._network = Network(WEIGHT)

    def look(self, face: Picture) -> Floats:
        """Probabilities (7, in the order of `CLASSES`, sum 1) for a face of 48 × 48, grey.

        Of the face and of its mirror image; calibrated on faces that it was not trained on.
        """
        if face.shape != (SIDE, SIDE):
            raise ValueError(f"expected a grey face of {SIDE} × {SIDE}, got {face.shape}")
        said: Floats = self._network.run(face[np.newaxis, np.newaxis])[0]
        return said
