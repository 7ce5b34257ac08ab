"""The network for age and gender: faces in colour in, a distribution over ages and one number for gender out."""

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.faces.augment import standardise
from bench.faces.trunk import FEATURES, Trunk

OLDEST = 100
"""Years; who is older counts as this old."""
_SPREAD = 2.5
"""Standard deviation, years, of the distribution that stands for one age (label distribution learning, Gao 2017)."""


class AgeGenderNet(nn.Module):
    """Trunk and one layer. Takes standardised pictures; gives n × 102: logits of the ages 0 to 100, of being female."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk(3)
        self.drop = nn.Dropout(0.4)
        self.head = nn.Linear(FEATURES, OLDEST + 2)

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.head(self.drop(self.trunk(x))))


def prepared(pictures: Tensor, side: int) -> Tensor:
    """Pictures as they come (n × 3 × 96 × 96, 0..255) as the network takes them."""
    return standardise(functional.interpolate(pictures, (side, side), mode="bilinear", align_corners=False))


def targets(age: Tensor, gender: Tensor) -> Tensor:
    """n × 103: the distribution over ages, the gender (1 female), the age."""
    years = torch.arange(OLDEST + 1)
    age = age.clamp(max=OLDEST).unsqueeze(1).float()
    spread = torch.softmax(-((years - age) ** 2) / (2 * _SPREAD**2), 1)
    return torch.cat([spread, gender.unsqueeze(1).float(), age], 1)


def loss(output: Tensor, target: Tensor) -> Tensor:
    """How far the ages' distribution and their mean are off (a year counts a tenth), and the gender."""
    ages = functional.cross_entropy(output[:, :-1], target[:, : OLDEST + 1])
    years = functional.smooth_l1_loss(mean_age(output) / 10, target[:, -1] / 10)
    return ages + years + functional.binary_cross_entropy_with_logits(output[:, -1], target[:, OLDEST + 1])


def mean_age(said: Tensor) -> Tensor:
    """Years (n): the mean of the distribution, which training pulls at."""
    return torch.softmax(said[:, :-1], 1) @ torch.arange(OLDEST + 1, dtype=torch.float32)


def median_age(said: Tensor) -> Tensor:
    """Years (n): the median of the distribution, which is off by least; between two years along a straight line."""
    share = torch.softmax(said[:, :-1], 1)
    below = share.cumsum(1) - share
    return ((0.5 - below) / share.clamp(min=1e-6)).clamp(0, 1).sum(1) - 0.5


def output(network: nn.Module, pictures: Tensor, side: int) -> Tensor:
    """The network's output (n × 102) for pictures, the mean of that for each and for its mirror image."""
    x = prepared(pictures, side)
    return cast(Tensor, (network(x) + network(x.flip(3))) / 2)


def spread(said: Tensor) -> Tensor:
    """Years (n): the standard deviation of the distribution."""
    years = torch.arange(OLDEST + 1, dtype=torch.float32)
    share = torch.softmax(said[:, :-1], 1)
    return (share @ years.square() - (share @ years).square()).clamp(min=0).sqrt()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What brings spread and probability to the errors that are really made."""

    spread: float
    """The distribution's standard deviation is to be taken so many times."""
    temperature: float
    """What the number for gender is to be divided by."""


class WholeAgeGenderNet(nn.Module):
    """Pictures (n × 3 × 96 × 96, 0..255) in; years, their spread and the probability of a woman (n × 3) out."""

    def __init__(self, network: AgeGenderNet, side: int, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.side, self.calibration = network, side, calibration

    def forward(self, pictures: Tensor) -> Tensor:
        said = output(self.network, pictures, self.side)
        female = torch.sigmoid(said[:, -1] / self.calibration.temperature)
        return torch.stack([median_age(said).clamp(min=0), spread(said) * self.calibration.spread, female], 1)
