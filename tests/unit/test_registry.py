"""A weight is the measured one or it is refused, by name and checksum."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.models import face_detection, face_mesh
from infra.models.face_mesh import _expanded
from infra.models.registry import MODELS, WEIGHTS, Model, State, check, model, read, state
from schemas.errors import Misconfigured, NotFound

CONTENT = b"a weight, as it was measured"


@pytest.fixture
def weight(tmp_path: Path) -> Model:
    """A whole weight in a folder of its own: an absolute path replaces the folder it is joined to."""
    file = tmp_path / "made.onnx"
    file.write_bytes(CONTENT)
    return Model("made", "1", "a test", "none", str(file), hashlib.sha256(CONTENT).hexdigest(), "mediapipe.md")


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.name)
def test_every_weight_is_the_measured_one_and_has_a_card(each: Model) -> None:
    assert state(each) is State.WHOLE
    card = each.card_path.read_text(encoding="utf-8")
    assert each.path.name in card
    assert each.terms.split(" (", maxsplit=1)[0] in card


def test_names_are_given_once() -> None:
    names = [each.name for each in MODELS]
    assert len(set(names)) == len(names)
    assert all(model(name).name == name for name in names)


def test_no_weight_lies_about_unregistered() -> None:
    registered = {each.file for each in MODELS if each.package is None}
    assert {file.name for file in WEIGHTS.iterdir() if file.suffix != ".md"} == registered


def test_what_may_serve_research_alone_says_so_in_its_terms() -> None:
    assert {each.name for each in MODELS if each.research} == {each.name for each in MODELS if "research" in each.terms}


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"expression.*'mood'"):
        model("mood")


def test_a_whole_weight_is_read(weight: Model) -> None:
    check(weight)
    assert read(weight) == CONTENT


def test_a_missing_weight_is_named(weight: Model) -> None:
    weight.path.unlink()
    assert state(weight) is State.MISSING
    for ask in (read, check):
        with pytest.raises(Misconfigured, match=r"model made .*made\.onnx, got no such file") as raised:
            ask(weight)
        assert weight.sha256 in raised.value.message
        assert not raised.value.retryable


@given(at=st.integers(0, len(CONTENT) - 1), bit=st.integers(0, 7))
def test_one_changed_bit_is_found(at: int, bit: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    altered = bytearray(CONTENT)
    altered[at] ^= 1 << bit
    file = tmp_path_factory.mktemp("altered") / "made.onnx"
    file.write_bytes(altered)
    expected, found = (hashlib.sha256(each).hexdigest() for each in (CONTENT, altered))
    weight = Model("made", "1", "a test", "none", str(file), expected, "mediapipe.md")
    assert state(weight) is State.ALTERED
    for ask in (read, check):
        with pytest.raises(Misconfigured, match=f"{expected}.*{found}"):
            ask(weight)


def test_a_folder_in_its_place_is_no_weight(weight: Model) -> None:
    weight.path.unlink()
    weight.path.mkdir()
    for ask in (read, check, state):
        with pytest.raises(Misconfigured, match=r"made\.onnx"):
            ask(weight)


def test_a_package_that_is_not_installed_is_named(weight: Model) -> None:
    with pytest.raises(Misconfigured, match="no_such_package_of_models"):
        check(replace(weight, package="no_such_package_of_models"))


def test_the_face_mesh_opens_no_model_that_is_not_registered() -> None:
    """What its graph names must be what was checked, but for the landmark model that it takes without attention."""
    graphs = " ".join(str(_expanded(reach)[0]) for reach in ("ShortRange", "FullRange"))
    opened = set(re.findall(r"mediapipe/(modules/[\w/]+\.tflite)", graphs))
    assert opened - {"modules/face_landmark/face_landmark.tflite"} == {model(name).file for name in face_mesh.WEIGHTS}


def test_the_face_finder_opens_no_model_that_is_not_registered() -> None:
    """Its graph is the one that the mesh's is made of."""
    far = model(face_detection.WEIGHT)
    graph = far.path.with_name("face_detection_full_range_cpu.binarypb").read_bytes()
    assert b"FaceDetectionFullRangeCpu" in graph
    opened = str(_expanded("FullRange")[0])
    assert far.file in opened
    assert model("face-detection-near").file not in opened


def test_what_serves_interviews_loads_no_network_for_faces() -> None:
    """What policy forbids is not loaded: neither the library that runs it nor the module that would open it."""
    asked = "import sys, api.bootstrap, actors.detectors.face; print(*sys.modules, sep='\\n')"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "infra.models.face_mesh" in said
    assert not {"onnxruntime", "infra.models.expression", "infra.models.age_gender"} & set(said)
