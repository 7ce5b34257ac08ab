"""Pictures of faces, each time a little different: turned, moved, scaled, mirrored, lit otherwise, partly covered."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far each change may go; every one is drawn anew for each picture."""

    turn: float = 15.0
    """Degrees, either way."""
    scale: float = 0.15
    shift: float = 0.08
    """Of half the side."""
    shear: float = 0.08
    contrast: float = 0.3
    cover: float = 0.5
    """Chance that a rectangle of up to 0.45 of the side is covered."""


def standardise(pictures: Tensor) -> Tensor:
    """Mean 0 and standard deviation 1 over each picture (n × channels × height × width), whatever its light."""
    deviation, mean = torch.std_mean(pictures, (1, 2, 3), keepdim=True, correction=0)
    return (pictures - mean) / (deviation + 1e-3)


def vary(pictures: Tensor, side: int, augmentation: Augmentation, generator: torch.Generator) -> Tensor:
    """`pictures` (n × channels × height × width, 0..255) changed at random and standardised, `side` pixels each way."""

    def draw(reach: float) -> Tensor:
        return (torch.rand(len(pictures), generator=generator) * 2 - 1) * reach

    a = augmentation
    angle, grow = torch.deg2rad(draw(a.turn)), torch.exp(draw(a.scale))
    stretch = torch.exp(draw(a.shear))
    mirror = torch.sign(draw(1.0))
    cos, sin = torch.cos(angle) * grow, torch.sin(angle) * grow
    theta = torch.stack(
        [
            torch.stack([cos * mirror * stretch, -sin + draw(a.shear), draw(a.shift)], 1),
            torch.stack([sin * mirror, cos / stretch, draw(a.shift)], 1),
        ],
        1,
    )
    grid = functional.affine_grid(theta, [len(pictures), pictures.shape[1], side, side], align_corners=False)
    moved = functional.grid_sample(pictures, grid, "bilinear", "reflection", align_corners=False)
    return _cover(_light(standardise(moved), draw(a.contrast)), a.cover, generator)


def _light(pictures: Tensor, bend: Tensor) -> Tensor:
    """A curve over the brightness, either way: a standardised picture keeps no other trace of its light."""
    bent = pictures + bend.view(-1, 1, 1, 1) * 0.5 * (pictures * pictures - 1)
    return standardise(bent)


def _cover(pictures: Tensor, chance: float, generator: torch.Generator) -> Tensor:
    n, _, side, _ = pictures.shape
    size = (0.15 + 0.3 * torch.rand(2, n, 1, generator=generator)) * side
    middle = torch.rand(2, n, 1, generator=generator) * side
    line = torch.arange(side).view(1, 1, side) + 0.5
    inside = (line - middle).abs() < size / 2
    covered = (torch.rand(n, 1, 1, generator=generator) < chance) & inside[0].unsqueeze(2) & inside[1].unsqueeze(1)
    return torch.where(covered.unsqueeze(1), torch.zeros(()), pictures)
