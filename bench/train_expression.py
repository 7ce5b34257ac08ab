"""Trains the expression network on FER2013. About 35 minutes of one core; goes on from its last checkpoint.

    python -m bench.train_expression --start vladmandic-face-api-1.7.15.tgz --work DIR

The tarball is what `npm pack @vladmandic/face-api@1.7.15` gives; `bench.faces.trunk` says what is taken from it.
Without `--start` it starts from chance. Needs PyTorch (dev dependencies). What was learnt is written to
`DIR/expression.onnx`; in its place in `infra/models/weights`, `python -m bench.expression` says how good it is.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.faces.blur import restored
from bench.faces.calibration import calibration_error, temperature
from bench.faces.export import export
from bench.faces.expression_net import ExpressionNet, WholeExpressionNet, logits, prepared
from bench.faces.fit import Plan, fit
from bench.faces.sets import CLASSES, fer_train

SMOOTH = 0.1
"""Share of each label that is spread over all classes (Szegedy et al. 2016): many of them are doubtful."""


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    learn, choose = fer_train()
    pictures, held = (restored(torch.from_numpy(part.images).unsqueeze(1).float()) for part in (learn, choose))
    targets = functional.one_hot(torch.from_numpy(learn.labels), len(CLASSES)).float()
    print(f"{len(pictures)} pictures to learn from, {len(held)} to choose by", flush=True)

    network = ExpressionNet()
    if options.start:
        network.trunk.calibrate(options.start, prepared(pictures[:512], options.side), (55.0, 128.0))
    plan = Plan(options.side, tuple(options.cycles), options.rate)

    def loss(output: Tensor, target: Tensor) -> Tensor:
        return functional.cross_entropy(output, target, label_smoothing=SMOOTH)

    def report(averaged: nn.Module) -> str:
        right = _logits(averaged.eval(), held, options.side).argmax(1).numpy() == choose.labels
        return f"right {100 * float(np.mean(right)):.2f} %"

    options.work.mkdir(parents=True, exist_ok=True)
    best = fit(network, pictures, targets, loss, plan, checkpoint=options.work / "expression.checkpoint", report=report)
    assert isinstance(best, ExpressionNet)
    _finish(best.eval(), held, torch.from_numpy(choose.labels), options)


def _finish(network: ExpressionNet, held: Tensor, labels: Tensor, options: argparse.Namespace) -> None:
    """Calibrate on the pictures to choose by, say how good it is on them, and write the ONNX."""
    said = _logits(network, held, options.side)
    heat = temperature(said, labels)
    right = float((said.argmax(1) == labels).float().mean())
    errors = [calibration_error(torch.softmax(said / each, 1).numpy(), labels.numpy()) for each in (1.0, heat)]
    print(f"chosen: right {100 * right:.2f} %, temperature {heat:.3f}")
    print(f"calibration error {errors[0]:.4f} as trained, {errors[1]:.4f} at that temperature (fitted on the same)")
    whole = WholeExpressionNet(network, options.side, heat)
    path = options.work / "expression.onnx"
    example = torch.randint(0, 256, (8, 1, 48, 48), generator=torch.Generator().manual_seed(1)).float()
    off = export(whole, example, path)
    print(f"{path}: {path.stat().st_size} bytes, off PyTorch by at most {off:.5f}")


@torch.no_grad()
def _logits(network: nn.Module, pictures: Tensor, side: int) -> Tensor:
    return torch.cat([logits(network, batch, side) for batch in torch.split(pictures, 256)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, help="npm tarball with dlib's weights; without it, from chance")
    parser.add_argument("--work", type=Path, required=True, help="folder for the checkpoint and the result")
    parser.add_argument(
        "--cycles", type=int, nargs="+", default=[10, 11, 30], help="epochs of each cycle of learning rates"
    )
    parser.add_argument("--side", type=int, default=56, help="side of the pictures")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
