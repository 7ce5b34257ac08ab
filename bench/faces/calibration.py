"""How far a network's probabilities are from how often it is right, and the one number that brings them closest."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

BINS = 15


def temperature(logits: Tensor, labels: Tensor) -> float:
    """What logits (n × classes) are best divided by before the softmax (Guo et al. 2017): least log loss."""
    tried = torch.logspace(-1, 1, 401)
    losses = torch.stack([functional.cross_entropy(logits / each, labels) for each in tried])
    return float(tried[losses.argmin()])


def calibration_error(probabilities: npt.NDArray[np.floating[Any]], labels: npt.NDArray[np.int64]) -> float:
    """Expected calibration error (Naeini et al. 2015) of the most probable class, 15 bins of equal width, 0..1."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [(bins == each) for each in range(BINS)]
    return float(sum(abs(sure[part].mean() - right[part].mean()) * part.mean() for part in parts if part.any()))
