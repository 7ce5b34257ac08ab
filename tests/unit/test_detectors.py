"""What may not be served is not loaded: proven by the modules and the files of a process that serves the rest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.policy import Purpose

PROJECT = Path(__file__).resolve().parents[2]
PROBE = """
import json, sys
from functools import partial
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from api import bootstrap, detectors
make = {"sight": detectors.sight_detector, "prosody": partial(detectors.prosody_detector, False)}[sys.argv[1]]
made = make(frozenset(sys.argv[2:]))
mapped = open("/proc/self/maps").read()
print(json.dumps({"modules": sorted(sys.modules), "opened": opened, "mapped": mapped}))
"""
"""Names the modules, the files opened through Python, and the native libraries and files in memory."""

MODULES: dict[Purpose, tuple[str, ...]] = {
    "facial-expression": ("actors.detectors.expression", "infra.models.expression"),
    "age-and-gender": ("actors.detectors.age_gender", "infra.models.age_gender"),
    "voice-emotion": ("actors.detectors.voice_emotion",),
}
FILES: dict[Purpose, str] = {"facial-expression": "expression.onnx", "age-and-gender": "age_gender.onnx"}
SIGHT: tuple[Purpose, ...] = ("visual-signals", "facial-expression", "age-and-gender")
VOICE: tuple[Purpose, ...] = ("voice-signals", "voice-emotion")


class Loaded:
    """What a process holds that made a detector for some purposes."""

    def __init__(self, detector: str, purposes: tuple[Purpose, ...]) -> None:
        run = [sys.executable, "-c", PROBE, detector, *purposes]
        said = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=100)
        found = json.loads(said.stdout.splitlines()[-1])
        self.modules = set(found["modules"])
        self.files = " ".join(found["opened"])
        self.mapped = found["mapped"]

    def serves(self, purpose: Purpose) -> bool:
        """Whether anything of what serves `purpose` is there."""
        modules = any(name in self.modules for name in MODULES[purpose])
        return modules or (purpose in FILES and FILES[purpose] in self.files + self.mapped)


@pytest.mark.parametrize("also", [(), ("facial-expression",), ("age-and-gender",)], ids=str)
def test_what_looks_has_loaded_what_was_agreed_to_and_nothing_else(also: tuple[Purpose, ...]) -> None:
    loaded = Loaded("sight", ("visual-signals", *also))
    assert "mediapipe" in loaded.modules
    assert {purpose for purpose in SIGHT[1:] if loaded.serves(purpose)} == set(also)
    assert ("onnxruntime" in loaded.modules) == bool(also)
    assert ("onnxruntime" in loaded.mapped) == bool(also)
    assert not any(name.startswith("torch") for name in loaded.modules)


@pytest.mark.parametrize("also", [(), ("voice-emotion",)], ids=str)
def test_what_listens_has_loaded_what_was_agreed_to_and_nothing_else(also: tuple[Purpose, ...]) -> None:
    loaded = Loaded("prosody", ("voice-signals", *also))
    assert loaded.serves("voice-emotion") == bool(also)
    assert "mediapipe" not in loaded.modules
    assert "mediapipe" not in loaded.mapped


def test_what_puts_all_together_has_loaded_no_model_and_nothing_large() -> None:
    run = [sys.executable, "-c", "import api.main, api.bootstrap, actors.peer, sys; print(*sys.modules)"]
    said = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=100).stdout.split()
    assert not {"mediapipe", "onnxruntime", "torch", "speechbrain", "scipy.signal"} & set(said)
    assert not {name for names in MODULES.values() for name in names} & set(said)
