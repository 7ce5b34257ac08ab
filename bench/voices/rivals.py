"""What takes noise from speech: ours as it runs, and what others offer. Each takes and gives samples at `RATE`."""

from collections.abc import Callable
from importlib.metadata import version

import noisereduce
import numpy as np
from webrtc_noise_gain import AudioProcessor

from actors.detectors.enhancement import Enhancer
from actors.detectors.span import RATE
from infra.models.enhancement import WEIGHT
from schemas.media import Floats

Rival = Callable[[Floats], Floats]

PIECE = 320
"""Samples that ours is handed at once: 20 ms, as a browser sends them."""
TEN_MS = 160
SUPPRESSION = 3
"""Of WebRTC's 1 (low) to 4 (very high)."""


def untouched(samples: Floats) -> Floats:
    """The sound as it is."""
    return samples


def ours(samples: Floats) -> Floats:
    """In pieces, as it runs."""
    enhancer = Enhancer()
    pieces = [enhancer.push(samples[first : first + PIECE]) for first in range(0, len(samples), PIECE)]
    return np.concatenate([*pieces, enhancer.rest()])


def webrtc(samples: Floats) -> Floats:
    """The noise suppression that browsers carry, as a stream."""
    processor = AudioProcessor(0, SUPPRESSION)
    whole = np.pad(samples, (0, -len(samples) % TEN_MS))
    sound = np.asarray(np.clip(np.rint(whole * 32_768), -32_768, 32_767), dtype="<i2")
    pieces = [processor.Process10ms(piece.tobytes()).audio for piece in sound.reshape(-1, TEN_MS)]
    return np.frombuffer(b"".join(pieces), dtype="<i2").astype(np.float64)[: len(samples)] / 32_768


def gated(samples: Floats) -> Floats:
    """Spectral gating by a moving estimate of the noise, over the whole recording at once."""
    return np.asarray(noisereduce.reduce_noise(samples, RATE, stationary=False), dtype=np.float64)


RIVALS: dict[str, Rival] = {
    "unprocessed": untouched,
    f"ours (enhancement/{WEIGHT.version}), streamed": ours,
    f"WebRTC's (webrtc-noise-gain {version('webrtc-noise-gain')}), streamed": webrtc,
    f"noisereduce {version('noisereduce')}, looks ahead": gated,
}
