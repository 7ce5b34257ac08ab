"""Networks that look at a spectrum, frame by frame, and say how much of each frequency is voice."""

import torch
from speechbrain.processing.features import ISTFT, STFT
from torch import Tensor, nn

from actors.detectors.span import RATE

WINDOW, HOP = 512, 256
"""Samples of a frame and from frame to frame: 32 and 16 ms."""
BINS = WINDOW // 2 + 1
FLOOR = 1e-4
"""Added to a magnitude before its logarithm: quieter than a 16-bit step, summed over a window."""


UP, DOWN, HIGHEST, UNHEARD = 0.01, 0.1, 0.5, 10.0
"""Shares of the way to the present frame by which the floor of the noise rises and falls from frame to frame; how far
above the present frame it may lie (17 dB in the units of `features`); where it lies before anything was heard."""


def root_hann(count: int) -> Tensor:
    """The window of both transforms: its squares, half a window apart, add up to one."""
    return torch.hann_window(count).sqrt()


def transforms() -> tuple[STFT, ISTFT]:
    """Forth and back, without change where nothing is masked."""
    length, step = 1000 * WINDOW / RATE, 1000 * HOP / RATE
    forth = STFT(RATE, length, step, WINDOW, window_fn=root_hann)
    back = ISTFT(RATE, WINDOW, length, step, window_fn=root_hann)
    return forth, back


def features(magnitude: Tensor) -> Tensor:
    """Log magnitudes, about -1..1."""
    return 0.25 * torch.log(magnitude + FLOOR) + 0.75


def settle(seen: Tensor, floor: Tensor) -> tuple[Tensor, Tensor]:
    """Features above the noise (batch × frames × bins), and where it lies after the last frame (batch × bins).

    What is under speech is followed slowly upwards and quickly downwards, each frequency by itself, so that what the
    network is to judge looks much the same in every steady noise.
    """
    above = []
    with torch.no_grad():
        for frame in seen.unbind(1):
            floor = torch.minimum(floor, frame + HIGHEST)
            rising = frame - floor
            floor = floor + rising * torch.where(rising > 0, UP, DOWN)
            above.append(frame - floor)
    return torch.stack(above, 1), floor


class DenseMask(nn.Module):
    """Every frequency at once: two recurrent layers between dense ones (NSNet, Xia et al. 2020)."""

    def __init__(self, width: int = 160) -> None:
        super().__init__()
        self.inward = nn.Linear(2 * BINS, width)
        self.memory = nn.GRU(width, width, num_layers=2, batch_first=True)
        self.outward = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, BINS))
        self.drop = nn.Dropout(0.1)

    def begin(self, size: int) -> tuple[Tensor, Tensor]:
        """Both states before the first frame of so many sounds."""
        return torch.full((size, BINS), UNHEARD), torch.zeros(2, size, self.memory.hidden_size)

    def forward(self, magnitude: Tensor, floor: Tensor, state: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Shares 0..1 for magnitudes (both batch × frames × `BINS`), and the states after the last frame."""
        seen = features(magnitude)
        above, floor = settle(seen, floor)
        seen, state = self.memory(self.drop(torch.relu(self.inward(torch.cat([seen, above], -1)))), state)
        return torch.sigmoid(self.outward(self.drop(seen))), floor, state


class ConvolvedMask(nn.Module):
    """Neighbouring frequencies alike wherever they lie: convolutions over frequency around one recurrent layer
    (Tan and Wang 2018), with what goes in on each scale handed across."""

    def __init__(self, channels: tuple[int, int, int] = (8, 16, 24), width: int = 128) -> None:
        super().__init__()
        first, second, third = channels
        self.down = nn.ModuleList([_down(2, first), _down(first, second), _down(second, third)])
        flat = third * (BINS // 8)
        self.inward = nn.Linear(flat, width)
        self.memory = nn.GRU(width, width, batch_first=True)
        self.outward = nn.Linear(width, flat)
        self.up = nn.ModuleList([_up(third, second), _up(second, first), nn.ConvTranspose1d(first, 1, 4, 2, 1)])

    def begin(self, size: int) -> tuple[Tensor, Tensor]:
        """As of `DenseMask`."""
        return torch.full((size, BINS), UNHEARD), torch.zeros(1, size, self.memory.hidden_size)

    def forward(self, magnitude: Tensor, floor: Tensor, state: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As of `DenseMask`. The lowest frequency is masked as the one above it."""
        batch, frames, _ = magnitude.shape
        seen = features(magnitude)
        above, floor = settle(seen, floor)
        x = torch.stack([seen, above], 2)[..., 1:].reshape(batch * frames, 2, BINS - 1)
        scales = []
        for layer in self.down:
            x = layer(x)
            scales.append(x)
        known, state = self.memory(torch.relu(self.inward(x.reshape(batch, frames, -1))), state)
        x = torch.relu(self.outward(known)).reshape(x.shape)
        for layer, scale in zip(self.up, reversed(scales), strict=True):
            x = layer(x + scale)
        share = torch.sigmoid(x).reshape(batch, frames, BINS - 1)
        return torch.cat([share[..., :1], share], -1), floor, state


def _down(inward: int, outward: int) -> nn.Module:
    return nn.Sequential(nn.Conv1d(inward, outward, 5, 2, 2), nn.BatchNorm1d(outward), nn.PReLU(outward))


def _up(inward: int, outward: int) -> nn.Module:
    return nn.Sequential(nn.ConvTranspose1d(inward, outward, 4, 2, 1), nn.BatchNorm1d(outward), nn.PReLU(outward))
