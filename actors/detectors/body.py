"""How a person sits and moves, from the pictures of one camera."""

from dataclasses import replace

from actors.detectors import picture
from actors.detectors.freeze import FreezeWatch
from actors.detectors.movement import MovementMeter
from actors.detectors.posture import PostureLearner, posture
from actors.detectors.torso import Torso, torso_of
from infra.models.pose import VERSION, Body, Pose
from schemas.body import BodyBaseline, BodyObservation
from schemas.media import VideoFrame
from schemas.observation import Box

NAME = f"body/1 mediapipe-pose/{VERSION}"

SAME_SHAPE = 0.02
"""Relative change of a picture's height against its width from which on the camera shows another cut-out, in which the
person's usual place is another one."""


class BodyDetector:
    """Follows one body from picture to picture, and learns how it usually sits on the way.

    Not safe to share between threads. For a reconnect, make a new one: the camera may stand elsewhere.
    """

    def __init__(self) -> None:
        """Load the models. Raises `Misconfigured` where one is missing or altered."""
        self.usual: BodyBaseline | None = None
        """Learnt from the first half minute; None until then, and again after the picture changed its shape."""
        self.body: Body | None = None
        """What the network said of the last picture; None where it was not asked."""
        self.torso: Torso | None = None
        """What of it is worth measuring; None where the observation has a problem."""
        self._pose = Pose()
        self._freeze = FreezeWatch()
        self._shape: float | None = None
        self._forget()

    def observe(self, frame: VideoFrame, face: Box | None = None) -> BodyObservation:
        """What `frame` says. Any array is answered with an observation.

        `face` is where the person's face was found in it; without it, whoever is seen best is taken for the person.
        """
        self.body = self.torso = None
        nothing = BodyObservation(at=frame.at, confidence=0.0, detector=NAME)
        if not picture.is_picture(frame.image):
            return replace(nothing, problem="unreadable")
        if self._freeze.frozen(frame.at, frame.image):
            return replace(nothing, problem="frozen")
        height, width = frame.image.shape[:2]
        self._notice(height / width)
        self.body = self._pose.look(frame.image)
        torso = torso_of(self.body, width, height, face)
        if isinstance(torso, str):
            dark = picture.problem(frame.image) if torso == "no-body" else None
            return replace(nothing, problem=dark or torso)
        self.torso = torso
        self.usual = self._learner.learn(frame.at, torso)
        return replace(
            nothing,
            confidence=torso.confidence,
            posture=posture(torso, self.usual),
            movement=self._meter.observe(frame.at, torso),
        )

    def begin(self) -> None:
        """Another connection begins: how the person usually sits is learnt anew."""
        self._freeze = FreezeWatch()
        self._shape = None
        self._forget()

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        self._pose.close()

    def _notice(self, shape: float) -> None:
        """Begin anew where the picture's shape (height over width) is another one."""
        if self._shape is not None and abs(shape / self._shape - 1) > SAME_SHAPE:
            self._forget()
        self._shape = shape

    def _forget(self) -> None:
        self.usual = None
        self._learner = PostureLearner()
        self._meter = MovementMeter()
