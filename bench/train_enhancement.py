"""Trains the network that takes noise from speech. About 25 minutes of one core; goes on from its last checkpoint.

    python -m bench.train_enhancement --work DIR

Needs PyTorch and SpeechBrain. `bench.voices.corpora` says what is learnt from, `bench.voices.mixing` how it is mixed.
What was learnt is written to `DIR/enhancement.onnx`; in its place in `infra/models/weights`,
`python -m bench.enhancement` says how good it is.
"""

import argparse
from pathlib import Path

import torch

from bench.voices import corpora
from bench.voices.brain import Plan, held_out, train
from bench.voices.export import export
from bench.voices.mask_net import ConvolvedMask, DenseMask, transforms
from bench.voices.mixing import Mixer

NETWORKS = {"convolved": ConvolvedMask, "dense": DenseMask}


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    learn = Mixer(corpora.learn())
    held = held_out(Mixer(corpora.choose(), varied=False))
    options.work.mkdir(parents=True, exist_ok=True)
    plan = Plan(tuple(options.cycles), options.batches, rate=options.rate)
    mask = NETWORKS[options.network]()
    print(f"{sum(each.numel() for each in mask.parameters())} weights", flush=True)
    train(mask, learn, held, plan, options.work / "checkpoints")
    if isinstance(mask, ConvolvedMask):
        _finish(mask, held[1][0], options.work / "enhancement.onnx")


def _finish(mask: ConvolvedMask, noisy: torch.Tensor, path: Path) -> None:
    """Write the ONNX, and say how well it agrees on some sound that was not learnt from."""
    forth, _ = transforms()
    magnitudes = forth(noisy[:4]).pow(2).sum(-1).sqrt().flatten(0, 1)
    off = export(mask, magnitudes, path)
    print(f"{path}: {path.stat().st_size} bytes, off PyTorch by at most {off:.5f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for the checkpoints and the result")
    parser.add_argument("--network", choices=sorted(NETWORKS), default="convolved")
    parser.add_argument("--cycles", type=int, nargs="+", default=[23, 6], help="epochs of each cycle of rates")
    parser.add_argument("--batches", type=int, default=150, help="of each epoch")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
