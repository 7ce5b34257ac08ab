"""All that looks at one participant's picture, each as often as it is worth: the face is searched once for all.

This module names no detector but takes factories of them, and imports none: what is not permitted is not given, so
its network and the library that runs it are never loaded.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from actors.detectors import age_estimate
from actors.detectors.age_estimate import AgeEstimate
from actors.detectors.shedding import LoadShedding
from infra.cadence import Cadence
from schemas.body import Watched
from schemas.media import VideoFrame
from schemas.observation import AgeGenderObservation, Box, ExpressionObservation, FaceObservation, RestingGaze
from schemas.seen import AgeGenderEstimate, Seen

if TYPE_CHECKING:  # MediaPipe is imported by whoever makes a face watcher
    from actors.detectors.face import FaceLook
    from infra.models.face_mesh import Mesh

FACES, EXPRESSIONS, AGES, BODIES = 10.0, 3.0, 1.0, 5.0
"""Pictures in a second, at most, for each."""


class FaceWatcher(Protocol):
    """Finds the face; `actors.detectors.face.FaceDetector`."""

    resting: RestingGaze | None

    def look(self, frame: VideoFrame) -> "FaceLook":
        """What one picture says, with the mesh."""
        ...

    def begin(self) -> None:
        """Forget what holds for one connection alone."""
        ...

    def close(self) -> None:
        """Give back the model."""
        ...


class ExpressionJudge(Protocol):
    """Judges the face that was found; `actors.detectors.expression.ExpressionDetector`."""

    def observe(self, frame: VideoFrame, mesh: "Mesh") -> ExpressionObservation:
        """What the face in `frame` shows."""
        ...


class AgeGenderJudge(Protocol):
    """Judges the face that was found; `actors.detectors.age_gender.AgeGenderDetector`."""

    def observe(self, frame: VideoFrame, mesh: "Mesh") -> AgeGenderObservation:
        """What the face in `frame` looks like."""
        ...


class BodyWatcher(Protocol):
    """Follows body and hands."""

    def observe(self, frame: VideoFrame, face: Box | None) -> Watched | None:
        """What one picture says, in which the face is at `face`, where it is known; None where it was not looked at."""
        ...

    def begin(self) -> None:
        """Forget what holds for one connection alone."""
        ...

    def close(self) -> None:
        """Give back the models."""
        ...


class SightWatcher:
    """Looks at the pictures of one camera. All rates are by the times of the pictures. One thread at a time."""

    def __init__(
        self,
        face: Callable[[], FaceWatcher],
        *,
        expression: Callable[[], ExpressionJudge] | None = None,
        age_gender: Callable[[], AgeGenderJudge] | None = None,
        body: Callable[[], BodyWatcher] | None = None,
    ) -> None:
        """Make what is given; raises what the factories raise (`Misconfigured`), and leaves nothing open then."""
        self._face = face()
        self._body: BodyWatcher | None = None
        try:
            self._expression = expression() if expression else None
            self._age_gender = age_gender() if age_gender else None
            self._body = body() if body else None
        except BaseException:
            self.close()
            raise
        self._estimate = AgeEstimate()
        self._faces, self._expressions = Cadence(FACES), Cadence(EXPRESSIONS)
        self._ages, self._bodies = Cadence(AGES), Cadence(BODIES)
        self._shedding, self._factor = LoadShedding(), 1

    @property
    def resting(self) -> RestingGaze | None:
        """The person's resting gaze: None until it is learnt."""
        return self._face.resting

    @resting.setter
    def resting(self, known: RestingGaze | None) -> None:
        """Keep one that is known; with None, learn it anew."""
        self._face.resting = known

    @property
    def estimate(self) -> AgeGenderEstimate | None:
        """Age and gender so far."""
        return self._estimate.value

    @estimate.setter
    def estimate(self, known: AgeGenderEstimate | None) -> None:
        """Keep one that is known: if it is steady, nobody is asked again."""
        self._estimate.value = known

    def observe(self, frame: VideoFrame, lost: int = 0) -> Seen | None:
        """What `frame` says; None where it comes too soon after the one before it and was not looked at.

        `lost` counts the pictures before it that came too fast for whoever looks: the body then gives way.
        """
        self._shed(self._shedding.factor(frame.at, lost))
        if not self._faces.take(frame.at):
            return None
        look = self._face.look(frame)
        face = look.observation
        return Seen(
            face=face,
            expression=self._judge_expression(frame, face, look.mesh),
            age_gender=self._judge_age(frame, face, look.mesh),
            estimate=self._estimate.value,
            body=self._watch_body(frame, face),
        )

    def begin(self) -> None:
        """Another connection begins, perhaps of another camera: all is learnt anew but the resting gaze and the age."""
        self._face.begin()
        if self._body is not None:
            self._body.begin()

    def close(self) -> None:
        """Give the models' memory back."""
        self._expression = self._age_gender = None
        self._face.close()
        if self._body is not None:
            self._body.close()

    def _judge_expression(self, frame: VideoFrame, face: FaceObservation, mesh: "Mesh") -> ExpressionObservation | None:
        """A face with which something is wrong is not judged: it may be another's, or not there."""
        if self._expression is None or face.problem is not None or not self._expressions.take(frame.at):
            return None
        return self._expression.observe(frame, mesh)

    def _judge_age(self, frame: VideoFrame, face: FaceObservation, mesh: "Mesh") -> AgeGenderObservation | None:
        """Only good pictures, and none once the estimate is steady: the network is then let go."""
        if self._estimate.steady:
            self._age_gender = None
        if self._age_gender is None or not age_estimate.good(face) or not self._ages.take(frame.at):
            return None
        said = self._age_gender.observe(frame, mesh)
        self._estimate.learn(said)
        return said

    def _shed(self, factor: int) -> None:
        if factor != self._factor:
            self._bodies, self._factor = Cadence(BODIES / factor), factor

    def _watch_body(self, frame: VideoFrame, face: FaceObservation) -> Watched | None:
        if self._body is None or face.problem == "unreadable" or not self._bodies.take(frame.at):
            return None
        return self._body.observe(frame, face.box)
