"""What is wrong with the face that is followed: it is not alone, or it is upside down.

Neither is told by the mesh itself, so the face detector is asked on the first picture of a face and once a second from
then on: for a second face, and for whether it likes the picture better when it is turned by 180°.
"""

from actors.detectors.cadence import Cadence
from infra.models.face_detection import FaceFinder
from schemas.media import Picture, SessionTime

PER_SECOND = 1.0
SURE = 0.7
"""Score that a second face, and an upside-down one turned upright, must have. A skull on a shirt has 0.67; a second
face half as large as the first has 0.73."""
MARGIN = 0.1
"""By how much the turned picture must score higher. Upright faces score lower when turned, or at most 0.04 higher."""


class FaceCheck:
    """Looks now and then, and holds its judgement between."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where the model is missing or altered."""
        self._finder = FaceFinder()
        self._cadence = Cadence(PER_SECOND)
        self._problem: str | None = None

    def problem(self, at: SessionTime, picture: Picture) -> str | None:
        """`upside-down`, `two-faces` or None, of a picture in which there is a face."""
        if self._cadence.take(at):
            self._problem = self._judge(picture)
        return self._problem

    def forget(self) -> None:
        """There is no face: the next one is looked at at once."""
        self._cadence = Cadence(PER_SECOND)
        self._problem = None

    def close(self) -> None:
        """Give the model's memory back."""
        self._finder.close()

    def _judge(self, picture: Picture) -> str | None:
        upright = self._finder.scores(picture)
        turned = self._finder.scores(picture[::-1, ::-1])
        if turned and turned[0] >= SURE and turned[0] - max(upright, default=0.0) >= MARGIN:
            return "upside-down"
        return "two-faces" if len(upright) > 1 and upright[1] >= SURE else None
