"""One person's apparent age and gender, from the first good pictures of them: it settles, and is then left alone."""

from math import sqrt
from statistics import fmean

from schemas.observation import AgeGenderObservation, FaceObservation
from schemas.seen import AgeGenderEstimate

PICTURES = 30
"""After so many good pictures the mean has settled: half a minute, at one in a second."""
SURE = 0.9
"""Confidence of the face from which on a picture is good."""
FRONTAL = 25.0
"""Degrees of yaw and pitch up to which it is; the pictures that the network learnt from look into the camera."""


def good(face: FaceObservation) -> bool:
    """Whether a face is seen well enough to be judged by this picture."""
    if face.problem is not None or face.pose is None or face.confidence < SURE:
        return False
    return max(abs(face.pose.yaw), abs(face.pose.pitch)) <= FRONTAL


class AgeEstimate:
    """Gathers judgements until there are `PICTURES` of them."""

    def __init__(self) -> None:
        self.value: AgeGenderEstimate | None = None
        """The estimate so far; may be set to one that was known before, and is then kept if it was steady."""
        self._judged: list[tuple[float, float, float]] = []

    @property
    def steady(self) -> bool:
        """Whether nobody needs to be asked any more."""
        return self.value is not None and self.value.steady

    def learn(self, said: AgeGenderObservation) -> None:
        """Take one judgement. What says nothing, and what comes after it is steady, changes nothing."""
        if self.steady or said.age is None or said.female is None:
            return
        self._judged.append((said.age.years, said.age.spread, said.female))
        years, spreads, female = zip(*self._judged, strict=True)
        self.value = AgeGenderEstimate(
            years=fmean(years),
            spread=sqrt(fmean(spread**2 for spread in spreads)),
            female=fmean(female),
            pictures=len(self._judged),
            steady=len(self._judged) >= PICTURES,
            detector=said.detector,
        )
