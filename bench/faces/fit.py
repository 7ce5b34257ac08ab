"""The loop that trains a network: mixing, a cosine of learning rates, averaged weights, a checkpoint per epoch."""

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from bench.faces.augment import Augmentation, vary

Loss = Callable[[Tensor, Tensor], Tensor]
"""Of the network's output (n × outputs) and the targets (n × targets, possibly mixed)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One training."""

    side: int
    """Pixels of the pictures, each way."""
    cycles: tuple[int, ...]
    """Epochs of each cycle: up to the highest learning rate in half an epoch, then down along a cosine to nothing
    (SGDR, Loshchilov and Hutter 2017)."""
    rate: float
    """The highest learning rate of AdamW (Loshchilov and Hutter 2019)."""
    decay: float = 0.05
    batch: int = 128
    mix: float = 0.2
    """Parameter of mixup's beta distribution (Zhang et al. 2018); 0 mixes nothing."""
    average: float = 0.998
    """Share that the averaged weights keep at each step."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    seed: int = 1

    @property
    def epochs(self) -> int:
        """Of all cycles."""
        return sum(self.cycles)


@dataclass(slots=True)
class State:
    """What a training is at, and all it needs to go on from there."""

    network: nn.Module
    averaged: nn.Module
    optimizer: torch.optim.Optimizer
    generator: torch.Generator
    epoch: int = 0
    steps: int = 0

    def save(self, path: Path) -> None:
        parts = {name: getattr(self, name).state_dict() for name in ("network", "averaged", "optimizer")}
        fresh = path.with_suffix(".new")
        torch.save({**parts, "generator": self.generator.get_state(), "epoch": self.epoch, "steps": self.steps}, fresh)
        fresh.replace(path)

    def load(self, path: Path) -> None:
        saved = torch.load(path, weights_only=True)
        for name in ("network", "averaged", "optimizer"):
            getattr(self, name).load_state_dict(saved[name])
        self.generator.set_state(saved["generator"])
        self.epoch, self.steps = saved["epoch"], saved["steps"]


def fit(
    network: nn.Module,
    pictures: Tensor,
    targets: Tensor,
    loss: Loss,
    plan: Plan,
    *,
    checkpoint: Path,
    report: Callable[[nn.Module], str],
) -> nn.Module:
    """Train `network` on `pictures` (n × channels × height × width, bytes), from the checkpoint on where there is one.

    Gives the averaged network back. `report` is asked after each epoch what to print of it.
    """
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it
    optimizer = torch.optim.AdamW(network.parameters(), plan.rate, weight_decay=plan.decay)
    state = State(network, copy.deepcopy(network), optimizer, torch.Generator().manual_seed(plan.seed))
    if checkpoint.exists():
        state.load(checkpoint)
    while state.epoch < plan.epochs:
        began, busy = time.perf_counter(), time.process_time()
        mean = _epoch(state, pictures, targets, loss, plan)
        state.epoch += 1
        state.save(checkpoint)
        print(
            f"epoch {state.epoch}/{plan.epochs} loss {mean:.4f} {report(state.averaged)} "
            f"wall {time.perf_counter() - began:.0f} s, CPU {time.process_time() - busy:.0f} s",
            flush=True,
        )
    return state.averaged


def _epoch(state: State, pictures: Tensor, targets: Tensor, loss: Loss, plan: Plan) -> float:
    state.network.train()
    order = torch.randperm(len(pictures), generator=state.generator)
    steps = len(order) // plan.batch
    total = 0.0
    for step in range(steps):
        where = order[step * plan.batch : (step + 1) * plan.batch]
        for group in state.optimizer.param_groups:
            group["lr"] = _rate(plan, state.epoch + step / steps)
        x = vary(pictures[where].float(), plan.side, plan.augmentation, state.generator)
        x, y = _mixed(x, targets[where], plan.mix, state.generator)
        with torch.autocast("cpu", torch.bfloat16):
            output = state.network(x.contiguous(memory_format=torch.channels_last))
        value = loss(output.float(), y)
        state.optimizer.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]  # torch's own
        nn.utils.clip_grad_norm_(state.network.parameters(), 2.0)
        state.optimizer.step()
        _average(state, plan.average)
        total += float(value.detach())
    return total / steps


def _rate(plan: Plan, epoch: float) -> float:
    cycle = 0
    while epoch >= plan.cycles[cycle]:
        epoch -= plan.cycles[cycle]
        cycle += 1
    warm = min(1.0, (epoch + 0.01) / 0.5)
    return plan.rate * warm * 0.5 * (1 + math.cos(math.pi * epoch / plan.cycles[cycle]))


def _mixed(x: Tensor, y: Tensor, mix: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Half of the batches are mixed with themselves in another order."""
    if mix <= 0 or float(torch.rand((), generator=generator)) < 0.5:
        return x, y
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    share = float(torch.distributions.Beta(mix, mix).sample())
    other = torch.randperm(len(x), generator=generator)
    return x * share + x[other] * (1 - share), y * share + y[other] * (1 - share)


@torch.no_grad()
def _average(state: State, keep: float) -> None:
    state.steps += 1
    keep = min(keep, (1 + state.steps) / (10 + state.steps))
    pairs = zip(state.averaged.state_dict().values(), state.network.state_dict().values(), strict=True)
    for averaged, current in pairs:
        if averaged.dtype.is_floating_point:
            averaged.lerp_(current, 1 - keep)
        else:
            averaged.copy_(current)
