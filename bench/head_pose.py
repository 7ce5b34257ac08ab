"""The angles of a head against pictures that were rotated and mirrored, whose truth follows from the picture before.

Run: `python -m bench.head_pose`. Writes `bench/results/head_pose.md`.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from actors.detectors.face import NAME, FaceDetector
from bench.clips import GRID, HANDS, PORTRAIT, PRESENCE, SEATED, pictures, present
from bench.page import Page
from infra.models.face_mesh import DISTANT_EVERY
from schemas.media import Picture, SessionTime, VideoFrame
from schemas.observation import Box, FaceObservation

CLIPS = (PORTRAIT, SEATED, PRESENCE[-1], *GRID, *HANDS)
EACH = 4
"""Pictures of each clip, evenly spread."""
ANGLES = (-40, -30, -20, -10, 10, 20, 30, 40)
"""Degrees, clockwise."""
LOOKS = DISTANT_EVERY + 3
"""How often each picture is shown, for a distant face to be found and the mesh to settle."""


class Looker:
    """Looks at pictures one by one, each as if it were the first of a face."""

    def __init__(self) -> None:
        self._detector = FaceDetector()
        self._at = 0

    def look(self, picture: Picture) -> FaceObservation:
        """What is said of the picture after it has settled."""
        for image in (np.zeros_like(picture), *[picture] * LOOKS):
            self._at += 66_667
            said = self._detector.observe(VideoFrame(SessionTime(self._at), image))
        return said

    def close(self) -> None:
        """Give the models back."""
        self._detector.close()


def rotated(picture: Picture, box: Box, degrees: float) -> Picture:
    """The picture turned clockwise about the middle of the face, its edge drawn out where there was nothing."""
    height, width = picture.shape[:2]
    middle = ((box.left + box.right) / 2 * width, (box.top + box.bottom) / 2 * height)
    matrix = cv2.getRotationMatrix2D(middle, -degrees, 1.0)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


Errors = dict[str, list[float]]


def rotation(looker: Looker, picture: Picture, plain: FaceObservation, degrees: float, errors: Errors) -> None:
    """Rotate, and note by how much the angles are off: the roll must change by the angle, the others not at all."""
    assert plain.box is not None
    assert plain.pose is not None
    said = looker.look(rotated(picture, plain.box, degrees)).pose
    if said is None:
        errors["not measured"].append(1)
        return
    errors["roll"].append(said.roll - plain.pose.roll - degrees)
    errors["yaw"].append(said.yaw - plain.pose.yaw)
    errors["pitch"].append(said.pitch - plain.pose.pitch)


def mirror(looker: Looker, picture: Picture, plain: FaceObservation, errors: Errors) -> None:
    """Mirror, and note by how much what must change its sign or stay is off."""
    said = looker.look(np.ascontiguousarray(picture[:, ::-1]))
    if said.pose is None or plain.pose is None:
        errors["not measured"].append(1)
        return
    errors["yaw"].append(said.pose.yaw + plain.pose.yaw)
    errors["pitch"].append(said.pose.pitch - plain.pose.pitch)
    errors["roll"].append(said.pose.roll + plain.pose.roll)
    if said.gaze is not None and plain.gaze is not None:
        errors["gaze, horizontal"].append(said.gaze.horizontal + plain.gaze.horizontal)
        errors["gaze, vertical"].append(said.gaze.vertical - plain.gaze.vertical)


def each_picture(looker: Looker, path: Path, do: Callable[[Picture, FaceObservation], None]) -> int:
    """Do something with each chosen picture in which a face is measured; how many there were."""
    frames = pictures(path)
    count = 0
    for number in np.linspace(0, len(frames) - 1, EACH + 2).astype(int)[1:-1]:
        picture = frames[number].image
        plain = looker.look(picture)
        if plain.pose is not None:
            do(picture, plain)
            count += 1
    return count


def row(name: str, errors: list[float]) -> str:
    """Mean and greatest absolute error, and the mean error."""
    values = np.array(errors)
    return (
        f"| {name} | {len(values)} | {np.abs(values).mean():.1f} | {np.percentile(np.abs(values), 95):.1f} | "
        f"{np.abs(values).max():.1f} | {values.mean():+.1f} |"
    )


HEADER = "| | pictures | mean | 95 % below | greatest | mean, signed |\n|---|---|---|---|---|---|"


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("head_pose", "The angles of the head", f"`{NAME}`")
    clips = present(CLIPS)
    if len(clips) < len(CLIPS):
        page.absent(SEATED)
        return
    looker = Looker()
    mirrored: Errors = defaultdict(list)
    by_angle: dict[int, Errors] = {degrees: defaultdict(list) for degrees in ANGLES}

    def both(picture: Picture, plain: FaceObservation) -> None:
        mirror(looker, picture, plain, mirrored)
        for degrees in ANGLES:
            rotation(looker, picture, plain, degrees, by_angle[degrees])

    count = sum(each_picture(looker, path, both) for path in clips)
    looker.close()
    whole = {key: [e for errors in by_angle.values() for e in errors[key]] for key in ("roll", "yaw", "pitch")}
    lost = sum(len(errors["not measured"]) for errors in by_angle.values())
    page.say(
        f"{count} pictures out of {len(clips)} clips with a face. Nobody measured the heads in them, so only what "
        "follows from the picture itself is judged. Errors in degrees.",
        f"**Rotated** in its plane by {', '.join(map(str, ANGLES))}° about the face: the roll must change by the "
        f"angle, yaw and pitch not at all. In {lost} of {count * len(ANGLES)} no pose was told.",
        "\n".join([HEADER, *(row(key, whole[key]) for key in ("roll", "yaw", "pitch"))]),
        "Roll, by the angle:",
        "\n".join([HEADER, *(row(f"{degrees}°", errors["roll"]) for degrees, errors in by_angle.items())]),
        "**Mirrored**: yaw, roll and horizontal gaze must change their sign, pitch and vertical gaze stay. In "
        f"{len(mirrored['not measured'])} no pose was told.",
        "\n".join([HEADER, *(row(key, errors) for key, errors in mirrored.items() if key != "not measured")]),
        "Not measured: how far yaw, pitch and gaze are from the truth, for which a set with measured heads is needed; "
        "there is none here. A pitch that is wrong by the same amount in every picture would not be seen by this, and "
        "a camera above or below the screen adds its own.",
    )
    page.write()


if __name__ == "__main__":
    main()
