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
import numpy.typing as npt
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
    """One value per frame; frame k is centred on sample k · `STEP` + `WINDOW` / 2. NaN where nobody asked."""

    harmonicity: Floats
    """Highest normalised autocorrelation, 0..1."""
    jitter: Floats
    """Mean difference between neighbouring periods, as a share of the period."""
    shimmer: Floats
    """Mean difference between neighbouring peaks, as a share of the peak."""


def frame_centres(count: int) -> npt.NDArray[np.intp]:
    """The middle samples of the frames of a sound of `count` samples; none where it is shorter than `WINDOW`."""
    return np.arange(max((count - WINDOW) // STEP + 1, 0), dtype=np.intp) * STEP + WINDOW // 2


def vocal_features(samples: Floats, asked: npt.NDArray[np.bool_]) -> VocalFeatures:
    """Of sound at `RATE` (-1..1, one dimension); jitter and shimmer only of the frames that are `asked` for."""
    nothing = np.full(len(asked), np.nan)
    if not asked.any():
        return VocalFeatures(nothing, nothing, nothing)
    sound = torch.from_numpy(np.ascontiguousarray(samples, dtype=np.float32))[None]
    frames = sound.unfold(-1, WINDOW, STEP)
    harmonicity, lags = _speechbrain.compute_autocorr_features(frames, RATE // HIGHEST, RATE // LOWEST)
    chosen = torch.from_numpy(asked)
    jitter, shimmer = _speechbrain.compute_periodic_features(frames[:, chosen], lags[:, chosen])
    found = VocalFeatures(harmonicity[0].numpy().astype(np.float64), nothing.copy(), nothing.copy())
    found.jitter[asked], found.shimmer[asked] = jitter[0].numpy(), shimmer[0].numpy()
    return found


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
