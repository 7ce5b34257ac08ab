"""What is wrong with the face in a picture that the mesh does not tell: it is not alone, or it is upside down.

While the mesh follows a face it looks for no other, and on a face that is upside down it lays an upright one and is
sure of it, or finds none. So the face detector is asked on the first picture of a face, and every other second from
then on: for a second face, and for whether it likes the picture better when it is turned by 180°.
"""

from infra.cadence import Cadence
from infra.models.face_detection import FaceFinder
from schemas.media import Picture, SessionTime

PER_SECOND = 0.5
SECOND = 0.7
"""Score that a second face must have. Lettering has up to 0.7, a second person mostly more: `bench/bad_pictures.py`."""
TURNED = 0.75
"""Score that the face must have when it is turned upright; the half of one that is cut off has up to 0.72."""
MARGIN = 0.2
"""By how much that must be higher. No face in the clips of `bench/bad_pictures.py` scores higher upside down at all."""


class FaceCheck:
    """Looks now and then, and holds its judgement between."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where the model is missing or altered."""
        self._finder = FaceFinder()
        self._cadence = Cadence(PER_SECOND)
        self._face = False
        self._problem: str | None = None

    def problem(self, at: SessionTime, picture: Picture, face: bool) -> str | None:
        """`upside-down`, `two-faces` or None; `face` is whether the mesh found one, which must be so for two."""
        if face and not self._face:
            self._cadence = Cadence(PER_SECOND)
        if not face and self._problem == "two-faces":
            self._problem = None
        self._face = face
        if self._cadence.take(at):
            self._problem = self._judge(picture, face)
        return self._problem

    def close(self) -> None:
        """Give the model's memory back."""
        self._finder.close()

    def _judge(self, picture: Picture, face: bool) -> str | None:
        upright = self._finder.scores(picture)
        turned = self._finder.scores(picture[::-1, ::-1])
        if turned and turned[0] >= TURNED and turned[0] - max(upright, default=0.0) >= MARGIN:
            return "upside-down"
        return "two-faces" if face and len(upright) > 1 and upright[1] >= SECOND else None
