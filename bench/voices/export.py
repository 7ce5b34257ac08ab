"""A mask network as ONNX: one frame at a time, with all that it remembers in one vector that begins as nothing."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from bench.faces.export import OPSET, halved
from bench.voices.mask_net import BINS, UNHEARD, ConvolvedMask


class Step(nn.Module):
    """What is run for every frame."""

    def __init__(self, mask: ConvolvedMask) -> None:
        super().__init__()
        self.mask = mask
        self.memory = BINS + mask.memory.hidden_size

    def forward(self, magnitudes: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
        """Shares (`BINS`) of `magnitudes` (`BINS`), and what is remembered (`memory`) after them."""
        floor, state = before[:BINS] + UNHEARD, before[BINS:]
        share, floor, state = self.mask(magnitudes.reshape(1, 1, BINS), floor.reshape(1, BINS), state.reshape(1, 1, -1))
        return share.reshape(BINS), torch.cat([floor.reshape(-1) - UNHEARD, state.reshape(-1)])


def export(mask: ConvolvedMask, magnitudes: Tensor, path: Path) -> float:
    """Write `mask` to `path`.

    Gives the largest difference between the shares that it tells of `magnitudes` (frames × `BINS`) in PyTorch, all
    frames at once, and in ONNX Runtime, one by one.
    """
    step = Step(mask.eval()).eval()
    torch.onnx.export(
        step,
        (magnitudes[0], torch.zeros(step.memory)),
        path,
        opset_version=OPSET,
        dynamo=False,  # the other exporter needs a package more, and its graph a rewrite
        input_names=["magnitudes", "before"],
        output_names=["shares", "after"],
    )
    onnx.save(halved(onnx.load(path)), path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    memory, told = np.zeros(step.memory, np.float32), []
    for frame in magnitudes.numpy():
        shares, memory = session.run(None, {"magnitudes": frame, "before": memory})
        told.append(shares)
    with torch.no_grad():
        expected, _, _ = mask(magnitudes.unsqueeze(0), *mask.begin(1))
    return float(np.abs(np.stack(told) - expected[0].numpy()).max())
