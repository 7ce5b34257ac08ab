"""A network in ONNX, run by ONNX Runtime on the calling thread alone."""

import numpy as np
import onnxruntime

from infra.models.registry import Model, read
from schemas.media import Floats, Picture


class Network:
    """One loaded weight. May be asked from any thread, by one at a time."""

    def __init__(self, wanted: Model) -> None:
        """Raises `Misconfigured` where the weight is missing or altered."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(read(wanted), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def run(self, faces: Picture) -> Floats:
        """What the network says of `faces` (n × channels × height × width, 0..255), one row for each."""
        (said,) = self._session.run(None, {self._input: faces.astype(np.float32)})
        return np.asarray(said, np.float64)
