"""The two sets of faces, and how each is parted. Every choice is made on the parts named `choose`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from bench.page import DATA

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
"""Of FER2013, in the order of its labels."""
UTK_SIDE = 96
"""Pixels: the side of the pictures in this copy of UTKFace."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Expressions:
    images: Bytes
    """n × 48 × 48, grey."""
    labels: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Persons:
    images: Bytes
    """n × 96 × 96 × 3, RGB."""
    age: npt.NDArray[np.int64]
    gender: npt.NDArray[np.int64]
    """0 male, 1 female."""


def fer_train(data: Path = DATA) -> tuple[Expressions, Expressions]:
    """FER2013's training set as (learn, choose), 93 to 7; pictures that are there twice are in one part."""
    whole = _fer(data / "fer2013" / "train.npz")
    chosen = _drawn((image.tobytes() for image in whole.images), 7)
    return _where(whole, ~chosen), _where(whole, chosen)


def fer_public_test(data: Path = DATA) -> Expressions:
    """FER2013's public test: to be reported once, never to choose by."""
    return _fer(data / "fer2013" / "public_test.npz")


def utk(data: Path = DATA) -> tuple[Persons, Persons, Persons]:
    """UTKFace as (learn, choose, test), 75 to 7 to 18, by the pictures' own bytes."""
    with np.load(data / "utkface" / "train.npz") as archive:
        jpeg, offsets = archive["jpeg"], archive["offsets"]
        age, gender = archive["age"].astype(np.int64), archive["gender"].astype(np.int64)
    files = [jpeg[start:end] for start, end in pairwise(offsets)]
    images = np.stack([_decoded(file) for file in files])
    test = _drawn((file.tobytes() for file in files), 18)
    choose = _drawn((file.tobytes() for file in files), 25) & ~test
    parts = (~test & ~choose, choose, test)
    learn, choose_part, test_part = (Persons(images[part], age[part], gender[part]) for part in parts)
    return learn, choose_part, test_part


def _fer(path: Path) -> Expressions:
    with np.load(path) as archive:
        return Expressions(archive["images"], archive["labels"].astype(np.int64))


def _where(part: Expressions, keep: npt.NDArray[np.bool_]) -> Expressions:
    return Expressions(part.images[keep], part.labels[keep])


def _drawn(pictures: Iterable[bytes], percent: int) -> npt.NDArray[np.bool_]:
    """Which pictures fall to a part: by a hash of what they show, so that no order and no seed can change it."""
    hashes = [int.from_bytes(hashlib.sha256(each).digest()[:8]) % 100 for each in pictures]
    return np.array(hashes) < percent


def _decoded(jpeg: Bytes) -> Bytes:
    picture: Any = cv2.cvtColor(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    if picture.shape != (UTK_SIDE, UTK_SIDE, 3):
        raise ValueError(f"expected pictures of {UTK_SIDE} × {UTK_SIDE}, got {picture.shape}")
    return np.asarray(picture, np.uint8)
