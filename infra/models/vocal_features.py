"""Jitter, shimmer and periodicity as SpeechBrain's `VocalFeatures` computes them, without the rest of its features.

Importing this loads torch (0.2 GB): only a process that measures voice quality should. The computation has no weights.
The module of SpeechBrain that holds it is loaded by its file, for the package puts modules into `sys.modules` that
import half of SpeechBrain, with warnings, when anybody looks at them.
"""

from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import torch

from schemas.errors import Misconfigured
from schemas.media import Floats

VERSION = version("speechbrain")
RATE = 16_000
"""Samples per second."""
LOWEST, HIGHEST = 80, 500
"""Hz. SpeechBrain's floor, since a window holds four periods; its ceiling of 300 is below many women's high voice."""
STEP, WINDOW = 160, 800
"""Samples: 10 and 50 ms, SpeechBrain's."""

_FILE = "processing/vocal_features.py"


@dataclass(frozen=True, slots=True)
class VocalFeatures:
    """One value per frame; frame k is centred on sample k · `STEP` + `WINDOW` / 2."""

    harmonicity: Floats
    """Highest normalised autocorrelation, 0..1."""
    jitter: Floats
    """Mean difference between neighbouring periods, as a share of the period."""
    shimmer: Floats
    """Mean difference between neighbouring peaks, as a share of the peak."""


def vocal_features(samples: Floats) -> VocalFeatures:
    """Of sound at `RATE` (-1..1, one dimension); no frames where it is shorter than `WINDOW`."""
    if len(samples) < WINDOW:
        return VocalFeatures(np.zeros(0), np.zeros(0), np.zeros(0))
    sound = torch.from_numpy(np.ascontiguousarray(samples, dtype=np.float32))[None]
    frames = sound.unfold(-1, WINDOW, STEP)
    harmonicity, lags = _speechbrain.compute_autocorr_features(frames, RATE // HIGHEST, RATE // LOWEST)
    jitter, shimmer = _speechbrain.compute_periodic_features(frames, lags)
    return VocalFeatures(*(part[0].numpy().astype(np.float64) for part in (harmonicity, jitter, shimmer)))


def _load() -> ModuleType:
    package = find_spec("speechbrain")
    path = Path(package.origin).parent / _FILE if package is not None and package.origin is not None else None
    spec = spec_from_file_location("_speechbrain_vocal_features", path) if path is not None and path.is_file() else None
    if spec is None or spec.loader is None:
        raise Misconfigured(f"expected {_FILE} in the package speechbrain {VERSION}, found none; run the set-up again")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_speechbrain = _load()
