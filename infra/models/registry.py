"""Every weight that Intact may load: whose it is, under which terms, and the checksum of the file as it was measured.

Nothing is fetched: a file comes with this project or with a package that it depends on. A file that is missing or is
not the one that was measured is an error before it is loaded, since whatever its card says would not hold for it.
This module loads no model and no library that runs one.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path

from schemas.errors import Misconfigured, NotFound

WEIGHTS = Path(__file__).parent / "weights"
"""Of this project's own networks, and the cards of all."""
_BLOCK = 1 << 20


class State(Enum):
    """What there is where a weight should be."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Model:
    """One weight."""

    name: str
    version: str
    source: str
    """Who made it, and from what."""
    terms: str
    file: str
    """Relative to the folder of `package`, or to `WEIGHTS` where that is None."""
    sha256: str
    card: str
    """File in `WEIGHTS` that says what it is for, what it is not, and how wrong it is."""
    package: str | None = None
    """The package that carries the file."""
    research: bool = False
    """Whether its terms allow research alone."""

    @property
    def path(self) -> Path:
        """Where the file should be. Raises `Misconfigured` where its package is not installed."""
        return (_folder(self.package) if self.package else WEIGHTS) / self.file

    @property
    def card_path(self) -> Path:
        """Where the card is."""
        return WEIGHTS / self.card


def _mediapipe(name: str, file: str, sha256: str) -> Model:
    return Model(
        name=name,
        version="0.10.21",
        source="Google MediaPipe, in its wheel",
        terms="Apache-2.0",
        file=f"modules/{file}",
        sha256=sha256,
        card="mediapipe.md",
        package="mediapipe",
    )


def _pocketsphinx(name: str, file: str, sha256: str) -> Model:
    return Model(
        name=f"pocketsphinx-{name}",
        version="5.1.1",
        source="Carnegie Mellon University, in PocketSphinx's wheel",
        terms="BSD-2-Clause",
        file=f"model/en-us/{file}",
        sha256=sha256,
        card="pocketsphinx.md",
        package="pocketsphinx",
    )


MODELS: tuple[Model, ...] = (
    Model(
        name="expression",
        version="1",
        source="trained by bench/train_expression.py on FER2013, from dlib's face recognition trunk",
        terms="research only (FER2013)",
        file="expression.onnx",
        sha256="6319b7977b4330691236caeb91173f53bd576dda106d438adee1006c44f3286e",
        card="expression.md",
        research=True,
    ),
    Model(
        name="age-gender",
        version="1",
        source="trained by bench/train_age_gender.py on UTKFace, from dlib's face recognition trunk",
        terms="research only, non-commercial (UTKFace)",
        file="age_gender.onnx",
        sha256="16abf7928e6810a06fbbb7c42221eec0833aaefc7b3a3b6b99f4348904bbe807",
        card="age_gender.md",
        research=True,
    ),
    _mediapipe(
        "face-detection-near",
        "face_detection/face_detection_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    _mediapipe(
        "face-detection-far",
        "face_detection/face_detection_full_range_sparse.tflite",
        "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
    ),
    _mediapipe(
        "face-landmarks",
        "face_landmark/face_landmark_with_attention.tflite",
        "e06a804e0144f9929eda782122916b35d60c697c3c9344013ca2bbe76a6ce2b4",
    ),
    _mediapipe(
        "pose-detection",
        "pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    ),
    _mediapipe(
        "pose-landmarks",
        "pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
    _mediapipe(
        "palm-detection",
        "palm_detection/palm_detection_full.tflite",
        "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
    ),
    _mediapipe(
        "hand-landmarks",
        "hand_landmark/hand_landmark_full.tflite",
        "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
    ),
    Model(
        name="voice-activity",
        version="6.2.3",
        source="Silero, in its wheel",
        terms="MIT",
        file="data/silero_vad_16k_sequence.onnx",
        sha256="9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85",
        card="silero.md",
        package="silero_vad",
    ),
    _pocketsphinx(
        "acoustic-definition", "en-us/mdef", "2360f9a86889c1cfee8bd618a0269387911e5fb2920a594f506b18b8c79683b0"
    ),
    _pocketsphinx("means", "en-us/means", "832019e32cac12eb318964f96f469034acb12d0348eeddc3831831a100cb4dd4"),
    _pocketsphinx("variances", "en-us/variances", "b00d696f85e96834fc10f8e5f06428d8c4db6bffdbe5845b6f69bf6efbc48fa5"),
    _pocketsphinx(
        "mixture-weights", "en-us/sendump", "8c9564c0d5bef69ca9d9bf1014abe162f071644cf02cf1fa8a483c3dc165a7a8"
    ),
    _pocketsphinx(
        "transitions", "en-us/transition_matrices", "c1f7f28ea43177be734be1f88bd7f1b9a853d0e660f8599c67c6eaeca8bb539a"
    ),
    _pocketsphinx("features", "en-us/feat.params", "c982c5f75e2a30c34d2c9ef1f6b129a5a00e67e3e927565076b58664cc2404c9"),
    _pocketsphinx("noises", "en-us/noisedict", "7295b07df2c204c4f87c6782b6be1a3859d7006d4e3864181c955d6dab105a33"),
    _pocketsphinx("language", "en-us.lm.bin", "db21d0642286677699e6dbc859d2e5395570222361999387ce60f6e1d01995d6"),
    _pocketsphinx(
        "dictionary", "cmudict-en-us.dict", "20b5c293e1f311fb375fe067e500ec5636f4fc7af5594967263696def9b23bfe"
    ),
)


def model(name: str, models: tuple[Model, ...] = MODELS) -> Model:
    """The model of this name. Raises `NotFound`."""
    for each in models:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in models)
    raise NotFound(f"Expected the name of a model ({known}), got {name!r}.")


def state(wanted: Model) -> State:
    """What there is where this weight should be. Raises `Misconfigured` where it cannot be read."""
    found = _checksum(wanted)
    if found is None:
        return State.MISSING
    return State.WHOLE if found == wanted.sha256 else State.ALTERED


def read(wanted: Model) -> bytes:
    """The weight itself, as it was measured. Raises `Misconfigured` where it is missing or altered.

    What is returned is what was checked: a file changed after the check is not loaded.
    """
    try:
        data = wanted.path.read_bytes()
    except FileNotFoundError:
        raise Misconfigured(_complaint(wanted, "no such file")) from None
    except OSError as error:
        raise Misconfigured(_complaint(wanted, f"{error.strerror}")) from None
    found = hashlib.sha256(data).hexdigest()
    if found != wanted.sha256:
        raise Misconfigured(_complaint(wanted, f"SHA-256 {found}"))
    return data


def check(wanted: Model) -> None:
    """Make sure that a weight which a library reads by itself is as it was measured. Raises `Misconfigured`."""
    found = _checksum(wanted)
    if found != wanted.sha256:
        raise Misconfigured(_complaint(wanted, "no such file" if found is None else f"SHA-256 {found}"))


def _complaint(wanted: Model, came: str) -> str:
    return f"Expected the model {wanted.name} with SHA-256 {wanted.sha256} in {wanted.path}, got {came}."


def _checksum(wanted: Model) -> str | None:
    """Of the file, or None where there is none."""
    digest = hashlib.sha256()
    try:
        with wanted.path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Misconfigured(_complaint(wanted, f"{error.strerror}")) from None
    return digest.hexdigest()


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise Misconfigured(f"Expected the package {package} to be installed, got no such package.")
    return Path(found.origin).parent
