"""The expression network: grey faces of 48 × 48 in, one number for each of FER2013's seven classes out."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.faces.augment import standardise
from bench.faces.blur import blurred, restored
from bench.faces.sets import CLASSES
from bench.faces.trunk import FEATURES, Trunk


class ExpressionNet(nn.Module):
    """Trunk and one layer. Takes pictures that are standardised and of any side."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk(1)
        self.drop = nn.Dropout(0.3)
        self.head = nn.Linear(FEATURES, len(CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.head(self.drop(self.trunk(x))))


def prepared(pictures: Tensor, side: int) -> Tensor:
    """Restored pictures (n × 1 × 48 × 48) as the network takes them."""
    return standardise(functional.interpolate(pictures, (side, side), mode="bilinear", align_corners=False))


def logits(network: nn.Module, pictures: Tensor, side: int) -> Tensor:
    """The network's output (n × 7) for restored pictures, the mean of that for each and for its mirror image."""
    x = prepared(pictures, side)
    return cast(Tensor, (network(x) + network(x.flip(3))) / 2)


class WholeExpressionNet(nn.Module):
    """Sharp pictures (n × 1 × 48 × 48, 0..255) in, calibrated probabilities (n × 7) out."""

    def __init__(self, network: ExpressionNet, side: int, temperature: float) -> None:
        super().__init__()
        self.network, self.side, self.temperature = network, side, temperature

    def forward(self, pictures: Tensor) -> Tensor:
        said = logits(self.network, restored(blurred(pictures)), self.side)
        return torch.softmax(said / self.temperature, 1)
