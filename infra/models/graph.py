"""A graph of MediaPipe's as its own wheel carries it, with its subgraphs written out, so that scores can be read.

The Solutions API gives landmarks and keeps the scores to itself; they are streams of the graph underneath.
"""

from pathlib import Path

import mediapipe
from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
from mediapipe.python._framework_bindings import resource_util, validated_graph_config

VERSION: str = mediapipe.__version__

_ROOT = Path(mediapipe.__file__).parents[1]
"""What the paths inside the graphs are relative to."""


def plan(name: str) -> CalculatorGraphConfig:
    """The graph in `mediapipe/modules/<name>.binarypb`, as it lies there."""
    config = CalculatorGraphConfig()
    config.ParseFromString((_ROOT / f"mediapipe/modules/{name}.binarypb").read_bytes())
    return config


def written_out(config: CalculatorGraphConfig) -> CalculatorGraphConfig:
    """The same graph with every subgraph replaced by its nodes."""
    resource_util.set_resource_dir(str(_ROOT))
    validated = validated_graph_config.ValidatedGraphConfig()
    validated.initialize(graph_config=config)
    expanded = CalculatorGraphConfig()
    expanded.ParseFromString(validated.binary_config)
    return expanded
