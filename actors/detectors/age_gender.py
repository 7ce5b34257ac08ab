"""How old a face looks, and whether people would call it a woman's or a man's: a guess, with its measured error."""

from actors.detectors.alignment import Template, cut
from infra.models.age_gender import SIDE, WEIGHT, AgeGenderNetwork
from infra.models.face_mesh import Mesh
from schemas.media import VideoFrame
from schemas.observation import Age, AgeGenderObservation

NAME = f"age-gender/1 {WEIGHT.name}/{WEIGHT.version}"

TEMPLATE = Template(right_eye=(0.30, 0.30), left_eye=(0.69, 0.30), mouth=(0.49, 0.70), side=SIDE, smallest=16.0)
"""Means over 298 of UTKFace's pictures, those of 300 in which the face mesh found a face."""


class AgeGenderDetector:
    """Judges the face that the face mesh found. Not safe to share between threads."""

    def __init__(self) -> None:
        """Load the network. Raises `Misconfigured` where its weight is missing or altered."""
        self._network = AgeGenderNetwork()

    def observe(self, frame: VideoFrame, mesh: Mesh) -> AgeGenderObservation:
        """What the face in `frame` looks like, where `mesh` is what the face mesh said of the same picture."""
        found = cut(frame.image, mesh, TEMPLATE)
        if found.face is None:
            return AgeGenderObservation(at=frame.at, confidence=0.0, detector=NAME, problem=found.problem)
        said = self._network.look(found.face)
        return AgeGenderObservation(
            at=frame.at,
            confidence=mesh.score * max(said.female, 1 - said.female),
            detector=NAME,
            age=Age(said.years, said.spread),
            female=said.female,
        )
