"""The training of a mask network with SpeechBrain: its loop, its checkpoints, its SI-SNR."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from speechbrain.core import Brain, Stage
from speechbrain.nnet.loss.si_snr_loss import si_snr_loss
from speechbrain.nnet.schedulers import update_learning_rate
from speechbrain.utils.checkpoints import Checkpointer
from speechbrain.utils.epoch_loop import EpochCounter
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from bench.voices.mask_net import transforms
from bench.voices.mixing import Mixer

RATIOS = (0.0, 5.0, 10.0, 20.0)
"""Speech to noise, dB, at which a training says how it goes."""
COMPRESSION = 0.3
"""Magnitudes are compared raised to this power, as loudness is heard (Ephrat et al. 2018)."""
SPECTRAL = 40.0
"""Weight of that comparison beside a decibel of SI-SNR; it also fixes the level, which SI-SNR leaves open."""

Pair = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Plan:
    """One training."""

    cycles: tuple[int, ...]
    """Epochs of each cycle of learning rates: from the highest to nothing along half a cosine, again and again."""
    batches: int
    """Of each epoch."""
    size: int = 8
    """Sounds in a batch."""
    rate: float = 2e-3
    """The highest learning rate, of Adam."""
    seed: int = 1

    @property
    def epochs(self) -> int:
        """Of all cycles."""
        return sum(self.cycles)

    def rate_of(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from one."""
        done, cycle = epoch - 1, 0
        while done >= self.cycles[cycle]:
            done, cycle = done - self.cycles[cycle], cycle + 1
        return self.rate * 0.5 * (1 + math.cos(math.pi * done / self.cycles[cycle]))


class Batches(Dataset[Pair]):
    """Mixes batch after batch, another one in every epoch, the same ones for the same seed."""

    def __init__(self, mixer: Mixer, plan: Plan, counter: EpochCounter) -> None:
        self._mixer, self._plan, self._counter = mixer, plan, counter

    def __len__(self) -> int:
        return self._plan.batches

    def __getitem__(self, number: int) -> Pair:
        if number >= len(self):
            raise IndexError(number)
        chance = np.random.default_rng([self._plan.seed, self._counter.current, number])
        noisy, clean = self._mixer.batch(chance, self._plan.size)
        return torch.from_numpy(noisy), torch.from_numpy(clean)


class Enhancement(Brain):  # type: ignore[misc]  # SpeechBrain ships no types
    """Learns `modules.mask`."""

    def __init__(self, mask: nn.Module, plan: Plan, folder: Path) -> None:
        self.counter = EpochCounter(plan.epochs)
        super().__init__(
            {"mask": mask},
            lambda parameters: torch.optim.Adam(parameters, plan.rate),
            run_opts={"device": "cpu", "max_grad_norm": 5.0, "noprogressbar": True},
            checkpointer=Checkpointer(folder, {"mask": mask, "counter": self.counter}),
        )
        self.plan, self.losses, self._began = plan, [], time.process_time()
        self._forth, self._back = transforms()

    def enhanced(self, noisy: Tensor) -> Tensor:
        """What is left of `noisy` (batch × samples)."""
        spectrum = self._forth(noisy)
        magnitude = spectrum.pow(2).sum(-1).sqrt()
        share, _, _ = self.modules.mask(magnitude, *self.modules.mask.begin(len(noisy)))
        return torch.as_tensor(self._back(spectrum * share.unsqueeze(-1), sig_length=noisy.shape[1]))

    def compute_forward(self, batch: Pair, stage: Stage) -> Tensor:
        return self.enhanced(batch[0])

    def compute_objectives(self, predictions: Tensor, batch: Pair, stage: Stage) -> Tensor:
        clean = batch[1]
        whole = torch.ones(len(clean))
        if stage == Stage.VALID:
            gain = si_snr_loss(batch[0], clean, whole) - si_snr_loss(predictions, clean, whole)
            self.losses.append(float(gain))
            return -gain
        level = clean.pow(2).mean(1, keepdim=True).sqrt() + 1e-6
        found, there = (self._compressed(sound / level) for sound in (predictions, clean))
        return si_snr_loss(predictions, clean, whole) + SPECTRAL * (found - there).pow(2).mean()

    def _compressed(self, sound: Tensor) -> Tensor:
        return (self._forth(sound).pow(2).sum(-1) + 1e-6).pow(COMPRESSION / 2)

    def on_stage_start(self, stage: Stage, epoch: int | None = None) -> None:
        if stage == Stage.TRAIN:
            update_learning_rate(self.optimizer, self.plan.rate_of(epoch or 1))
        self.losses = []

    def on_stage_end(self, stage: Stage, stage_loss: float, epoch: int | None = None) -> None:
        if stage == Stage.TRAIN:
            self.learnt = stage_loss
            return
        gains = ", ".join(f"{ratio:g} dB {gain:+.2f}" for ratio, gain in zip(RATIOS, self.losses, strict=True))
        busy = time.process_time() - self._began
        print(f"epoch {epoch}/{self.plan.epochs} loss {self.learnt:.3f} gain at {gains}; CPU {busy:.0f} s", flush=True)
        self.checkpointer.save_and_keep_only({"gain": -stage_loss}, num_to_keep=1, keep_recent=True)


def train(mask: nn.Module, learn: Mixer, held: Sequence[Pair], plan: Plan, folder: Path) -> Enhancement:
    """Train `mask` from the last checkpoint in `folder` on, where there is one."""
    brain = Enhancement(mask, plan, folder)
    batches = DataLoader(Batches(learn, plan, brain.counter), batch_size=None)
    brain.fit(brain.counter, batches, DataLoader(held, batch_size=None))  # type: ignore[arg-type]  # a list will do
    return brain


def held_out(mixer: Mixer, size: int = 24) -> list[Pair]:
    """Fixed pairs to choose by, so many at each of `RATIOS`."""
    found = []
    for number, ratio in enumerate(RATIOS):
        mixer.ratios = (ratio, ratio)
        noisy, clean = mixer.batch(np.random.default_rng([9, number]), size)
        found.append((torch.from_numpy(noisy), torch.from_numpy(clean)))
    return found
