"""Watches body and hands of one person, at the rate that they change."""

from dataclasses import replace

from actors.detectors.body import BodyDetector
from actors.detectors.hands import NAME as HANDS
from actors.detectors.hands import HandsDetector
from actors.detectors.strokes import StrokeCounter
from schemas.body import BodyBaseline, BodyObservation, HandsObservation, Watched
from schemas.media import MICROSECONDS, SessionTime, VideoFrame
from schemas.observation import Box

RATE = 5.0
"""Pictures per second that are looked at. Movements there and back faster than half of it are not seen as such."""
UNTOLD = ("unreadable", "too-dark", "frozen", "other-person")
"""What is wrong with a picture for the hands too."""


class BodyWatcher:
    """Takes all pictures of one camera and looks at some of them. Not safe to share between threads.

    For a reconnect, make a new one.
    """

    def __init__(self, rate: float = RATE) -> None:
        """Load the models. Raises `Misconfigured` where one is missing or altered."""
        self._period = round(MICROSECONDS / rate)
        self._due = self._last = SessionTime(0)
        self._body = BodyDetector()
        self._hands = HandsDetector()
        self._strokes = StrokeCounter()

    @property
    def usual(self) -> BodyBaseline | None:
        """How the person usually sits; None until that is learnt."""
        return self._body.usual

    def is_due(self, at: SessionTime) -> bool:
        """Whether a picture of this time would be looked at. One a little too early is, else the rate would beat."""
        return at >= self._due - self._period // 4 or at < self._last

    def observe(self, frame: VideoFrame, face: Box | None = None) -> Watched | None:
        """What `frame` says, in which the person's face was found at `face`; None where it is not due."""
        if not self.is_due(frame.at):
            return None
        is_regular = abs(frame.at - self._due) < self._period
        self._due = SessionTime((self._due if is_regular else frame.at) + self._period)
        self._last = frame.at
        body = self._body.observe(frame, face)
        return Watched(body, self._watch_hands(frame, face, body))

    def begin(self) -> None:
        """Another connection begins: how the person usually sits is learnt anew."""
        self._due = self._last = SessionTime(0)
        self._body.begin()
        self._strokes = StrokeCounter()

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        self._body.close()
        self._hands.close()

    def _watch_hands(self, frame: VideoFrame, face: Box | None, body: BodyObservation) -> HandsObservation:
        if self._body.body is None or body.problem in UNTOLD:
            return HandsObservation(frame.at, 0.0, HANDS, looked=False, problem=body.problem)
        hands = self._hands.observe(frame, self._body.body, self._body.torso, face)
        if self._body.torso is None:
            return hands
        return replace(hands, gesture_rate=self._strokes.observe(frame.at, self._body.torso))
