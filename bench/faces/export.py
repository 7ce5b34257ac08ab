"""Networks as ONNX: with all that comes before and after them, half-precision weights, and proof that they agree."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

OPSET = 17
_LARGE = 1024
"""Numbers in a constant from which on it is kept in half precision."""


def export(whole: nn.Module, example: Tensor, path: Path) -> float:
    """Write `whole` to `path`; its input is `example` with any number of rows.

    Gives the largest difference between what it says of `example` in PyTorch and in ONNX Runtime.
    """
    whole.eval()
    torch.onnx.export(
        whole,
        (example,),
        path,
        opset_version=OPSET,
        dynamo=False,  # the other exporter needs a package more, and its graph a rewrite
        input_names=["faces"],
        output_names=["said"],
        dynamic_axes={"faces": {0: "n"}, "said": {0: "n"}},
    )
    onnx.save(halved(onnx.load(path)), path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (said,) = session.run(None, {"faces": example.numpy()})
    with torch.no_grad():
        expected = whole(example).numpy()
    return float(np.abs(said - expected).max())


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large constants in half precision, each with a cast that ONNX Runtime works out once, when it loads them."""
    graph = model.graph
    casts = []
    for constant in graph.initializer:
        if constant.data_type == TensorProto.FLOAT and int(np.prod(constant.dims)) >= _LARGE:
            name, half = constant.name, numpy_helper.to_array(constant).astype(np.float16)
            constant.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
