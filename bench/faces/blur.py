"""The blur that FER2013's training pictures came with, put on and taken off again.

The training set as it was handed over is blurred by a Gaussian of 3 pixels with its edges mirrored: the power of its
spectrum falls as that does down to the noise of rounding to whole grey levels, above which about seven cycles per
picture are left of 24. The public test, like a camera's picture, is sharp. What is left is restored (Wiener 1949), and
a sharp picture is first blurred in the same way, so that the network sees both alike.

The width was found from the training pictures alone, taking that the power of a natural picture falls with the 2.2nd
power of the frequency, and that no frame is seen around a restored picture if edges were mirrored.
"""

import math

import torch
from torch import Tensor

SIDE = 48
WIDTH = 3.0
"""Standard deviation, pixels."""
_NOISE = 0.25
"""Variance taken for what rounding adds to every coefficient of an orthonormal transform: three times that of rounding
once (1/12), since more was found in textured pictures."""
_POWER, _FALL = 3.0, 2.2
"""A natural picture's power at f cycles per picture is about its variance × SIDE² × 3 % × f^-2.2."""


def restored(pictures: Tensor) -> Tensor:
    """Blurred pictures (n × 1 × 48 × 48, whole grey levels) with as much taken off the blur as their noise allows."""
    transform, passed, squared = _transform(), _passed(), _frequency().square()
    spectrum = transform @ pictures @ transform.T
    variance = (pictures - pictures.mean((2, 3), keepdim=True)).square().mean((2, 3), keepdim=True)
    power = (variance + 1.0) * (SIDE * SIDE * _POWER / 100) * squared.clamp(min=0.25) ** (-_FALL / 2)
    spectrum = spectrum * (passed / (passed.square() + _NOISE / power))
    return transform.T @ spectrum @ transform


def blurred(pictures: Tensor) -> Tensor:
    """Sharp pictures (n × 1 × 48 × 48, 0..255) as the training set has them."""
    transform = _transform()
    return (transform.T @ (transform @ pictures @ transform.T * _passed()) @ transform).round()


def _transform() -> Tensor:
    """The orthonormal cosine transform (DCT-II), whose basis is that of pictures with mirrored edges."""
    row = torch.arange(SIDE, dtype=torch.float32).unsqueeze(1)
    column = torch.arange(SIDE, dtype=torch.float32).unsqueeze(0)
    basis = torch.cos(math.pi / SIDE * (column + 0.5) * row) * math.sqrt(2 / SIDE)
    return torch.where(row == 0, torch.full_like(basis, math.sqrt(1 / SIDE)), basis)


def _frequency() -> Tensor:
    """Cycles per picture of each coefficient."""
    half = torch.arange(SIDE, dtype=torch.float32) / 2
    return torch.hypot(half.unsqueeze(0), half.unsqueeze(1))


def _passed() -> Tensor:
    """What the blur leaves of each frequency."""
    return torch.exp(-2 * (math.pi * WIDTH / SIDE * _frequency()).square())
