"""MediaPipe's detector of faces up to five metres away, asked for all faces of a picture and not for one to follow.

The same weight as the one with which the face mesh looks for distant faces. One picture takes it about 6 ms. The one
for faces at arm's length is three times as fast and tells worse: it takes less notice of which way up a face is, and
finds a skull on a shirt.

Not safe to share between threads.
"""

import numpy as np
from mediapipe.python.solutions.face_detection import FaceDetection

from infra.models.registry import check, model
from schemas.media import Picture

WEIGHT = "face-detection-far"
LEAST = 0.3
"""Score from which on a face is heard of."""
_FAR = 1
"""MediaPipe's number of the model."""


class FaceFinder:
    """The loaded model."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where the model is missing or altered."""
        check(model(WEIGHT))
        self._detection: FaceDetection | None = FaceDetection(LEAST, model_selection=_FAR)

    def scores(self, picture: Picture) -> tuple[float, ...]:
        """The scores (0..1, the best first) of the faces in a picture of height × width × 3, RGB.

        Boxes of one face are counted once. A score is not a probability.
        """
        if self._detection is None:
            raise ValueError("expected an open model, got one that was closed")
        found = self._detection.process(np.ascontiguousarray(picture)).detections or ()
        return tuple(sorted((float(each.score[0]) for each in found), reverse=True))

    def close(self) -> None:
        """Give the model's memory back. Closing twice changes nothing."""
        if self._detection is not None:
            self._detection.close()
            self._detection = None
