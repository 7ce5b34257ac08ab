"""The network for age and gender on the part of UTKFace that was kept from its training.

Run: `python -m bench.age_gender`. Writes `bench/results/age_gender.md`.
"""

import os
import platform
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from actors.detectors.age_gender import AgeGenderDetector
from bench.faces.sets import Persons, utk
from bench.page import DATA, met
from infra.models.age_gender import WEIGHT, AgeGender, AgeGenderNetwork
from infra.models.face_mesh import FaceMesh
from schemas.media import Floats, Picture, SessionTime, VideoFrame

RESULT = Path(__file__).parent / "results" / "age_gender.md"
GROUPS = ((0, 9), (10, 19), (20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 120))
"""Years, both ends included."""
AIM_AGE, AIM_GENDER = 6.5, 90.0
WALL = (128, 128, 128)


def looked(faces: Persons) -> tuple[Floats, Floats]:
    """Years, spread and probability of a woman (n × 3) for each face, and the milliseconds of CPU time of each."""
    network = AgeGenderNetwork()
    network.look(faces.images[0])
    said, spent = [], []
    for image in faces.images:
        start = time.process_time()
        said.append(_row(network.look(image)))
        spent.append(1000 * (time.process_time() - start))
    return np.array(said), np.array(spent)


def detected(faces: Persons) -> Floats:
    """As `looked`, by the detector: from a picture in which the face mesh has to find the face; NaN where it does not.

    The pictures are put before a plain wall, larger and a little tilted, so that finding and aligning is measured too.
    """
    detector = AgeGenderDetector()
    said = []
    for image in faces.images:
        mesh = FaceMesh()  # a new one for each person: it would follow the last one's face
        frame = VideoFrame(SessionTime(0), _placed(image))
        seen = detector.observe(frame, mesh.look(frame.image))
        mesh.close()
        if seen.age is None or seen.female is None:
            said.append((np.nan, np.nan, np.nan))
        else:
            said.append((seen.age.years, seen.age.spread, seen.female))
    return np.array(said)


def groups(said: Floats, faces: Persons) -> Iterator[str]:
    """Rows of a table: how far off age and gender are in each group of age and gender."""
    yield "| labelled age | gender | faces | age off by, years | too old by, years | gender right, % |"
    yield "|---|---|---|---|---|---|"
    for youngest, oldest in GROUPS:
        for gender, name in ((0, "male"), (1, "female")):
            those = (faces.age >= youngest) & (faces.age <= oldest) & (faces.gender == gender)
            off = said[those, 0] - faces.age[those]
            right = (said[those, 2] > 0.5) == (gender == 1)
            yield (
                f"| {youngest} to {oldest} | {name} | {int(those.sum())} | {np.abs(off).mean():.1f} "
                f"| {off.mean():+.1f} | {100 * right.mean():.0f} |"
            )


def text() -> str:
    """The page of results."""
    learn, _, faces = utk()
    said, spent = looked(faces)
    found = detected(faces)
    seen = ~np.isnan(found[:, 0])
    off, right = _errors(said, faces)
    part = Persons(faces.images[seen], faces.age[seen], faces.gender[seen])
    off_found, right_found = _errors(found[seen], part)
    guess = float(np.abs(np.median(learn.age) - faces.age).mean())
    majority = 100 * max(float(faces.gender.mean()), 1 - float(faces.gender.mean()))
    within = 100 * float((np.abs(said[:, 0] - faces.age) <= said[:, 1]).mean())
    lines = [
        "# Age and gender",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, `{WEIGHT.name}/{WEIGHT.version}`, by `python -m bench.age_gender`.",
        "",
        f"{len(faces.age)} faces of UTKFace, kept apart by a hash of the file; {len(learn.age)} were learnt from. "
        "UTKFace does not say which pictures show the same person, so some persons may be in both parts.",
        "",
        "| | ours | by the detector, face found first | always the same answer | aim | VOLO-D1, whole set | |",
        "|---|---|---|---|---|---|---|",
        f"| age, mean error, years | {off:.2f} | {off_found:.2f} | {guess:.1f} | ≤ {AIM_AGE} | 4.2 "
        f"| {met(off <= AIM_AGE)} |",
        f"| gender, % right | {right:.1f} | {right_found:.1f} | {majority:.1f} | ≥ {AIM_GENDER:.0f} | 97.7 "
        f"| {met(right >= AIM_GENDER)} |",
        "",
        f"The detector found and judged {int(seen.sum())} of {len(faces.age)} faces. "
        f"{within:.0f} % of ages are within their spread (68 % would be, were the errors normal). "
        f"CPU of the network per face, one thread, median: {np.median(spent):.2f} ms; "
        f"size: {WEIGHT.path.stat().st_size / 1e6:.1f} MB.",
        "",
        "## By group",
        "",
        *groups(said, faces),
    ]
    return "\n".join(lines) + "\n"


def _errors(said: Floats, faces: Persons) -> tuple[float, float]:
    right = (said[:, 2] > 0.5) == (faces.gender == 1)
    return float(np.abs(said[:, 0] - faces.age).mean()), 100 * float(right.mean())


def _placed(image: Picture) -> Picture:
    """The picture of a person, 1.5 times as large and tilted by 10 degrees, before a wall: 240 × 320 × 3."""
    size, side = (320, 240), image.shape[0]
    turn = np.asarray(cv2.getRotationMatrix2D((side / 2, side / 2), 10, 1.5), np.float64)
    turn[:, 2] += (size[0] / 2 - side / 2, size[1] / 2 - side / 2)
    return np.asarray(cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderValue=WALL), np.uint8)


def _row(said: AgeGender) -> tuple[float, float, float]:
    return said.years, said.spread, said.female


def main() -> None:
    """Measure, or say that it cannot be."""
    if not (DATA / "utkface").is_dir():
        print("age and gender: not measured (UTKFace is absent)")
        return
    said = text()
    RESULT.write_text(said, encoding="utf-8")
    print(said)


if __name__ == "__main__":
    main()
