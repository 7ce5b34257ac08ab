"""The network that takes noise from speech, trained by `bench/train_enhancement.py`; its card is beside its weight.

It is shown the magnitudes of one frame of a spectrum and says how much of each frequency is voice. What it remembers
of the frames before is handed in and out, so one loaded network serves any number of streams, one at a time.
"""

import numpy as np
import numpy.typing as npt
import onnxruntime

from infra.models.registry import model, read
from schemas.media import Floats

WEIGHT = model("enhancement")
RATE = 16_000
"""Samples per second."""
WINDOW, HOP = 512, 256
"""Samples of a frame, 32 ms, and from one frame to the next."""
BINS = WINDOW // 2 + 1
"""Frequencies of a frame, from 0 to half of `RATE`."""

Memory = npt.NDArray[np.float32]
"""What the network remembers of a stream, one dimension."""


class EnhancementNetwork:
    """The loaded network. One thread at a time.

    Raises `Misconfigured` where the weight is missing or altered.
    """

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(read(WEIGHT), options, providers=["CPUExecutionProvider"])
        _, memory = self._session.get_inputs()
        self._memory = int(memory.shape[0])

    def begin(self) -> Memory:
        """What is remembered before the first frame."""
        return np.zeros(self._memory, dtype=np.float32)

    def shares(self, magnitudes: Floats, memory: Memory) -> tuple[Floats, Memory]:
        """How much of each magnitude (`BINS`, of a root-Hann window over samples of -1..1) is voice, 0..1 each.

        Gives back also what is to be handed in with the next frame. Always the same for the same input.
        """
        found, memory = self._session.run(
            ["shares", "after"], {"magnitudes": magnitudes.astype(np.float32), "before": memory}
        )
        return np.asarray(found, dtype=np.float64), memory
