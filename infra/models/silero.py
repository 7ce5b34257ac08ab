"""Silero's voice activity network, loaded from its own wheel and run by ONNX Runtime: no torch, one thread.

The wheel's package imports torch when it is imported, so it is only located. Not safe to share between threads.
"""

import numpy as np
import onnxruntime

from infra.models.registry import model, read
from schemas.media import Floats

WEIGHT = model("voice-activity")
RATE = 16_000
"""Samples per second."""
CHUNK = 512
"""Samples of one look: 32 ms."""

_CONTEXT = 64
"""Samples before a chunk that the network sees with it."""
_STATE = (1, 1, 128)


class Silero:
    """The loaded network and what it remembers of one stream.

    Raises `Misconfigured` where the weight is missing or altered.
    """

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(read(WEIGHT), options, providers=["CPUExecutionProvider"])
        self.reset()

    def reset(self) -> None:
        """Forget the stream."""
        self._hidden = self._cell = np.zeros(_STATE, dtype=np.float32)
        self._before = np.zeros(_CONTEXT, dtype=np.float32)

    def probabilities(self, samples: Floats) -> Floats:
        """The probability of speech (0..1) in each whole chunk of the next samples (-1..1, `RATE` a second)."""
        count = len(samples) // CHUNK
        if not count:
            return np.zeros(0)
        stream = np.concatenate([self._before, samples[: count * CHUNK].astype(np.float32)])
        self._before = stream[-_CONTEXT:]
        windows = np.lib.stride_tricks.sliding_window_view(stream, _CONTEXT + CHUNK)[::CHUNK]
        found, self._hidden, self._cell = self._session.run(
            ["speech_probs", "hn", "cn"],
            {"input": np.ascontiguousarray(windows), "h": self._hidden, "c": self._cell},
        )
        return np.asarray(found, dtype=np.float64).reshape(-1)
