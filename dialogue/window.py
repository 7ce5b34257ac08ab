"""One second of observations, summed up for the record.

A window is what is kept of a second; the observations themselves are not. A value is None where nothing was measured,
never a guess.
"""

from collections.abc import Sequence
from math import log10

from dialogue.summary import NO_DETECTOR, mean, middle, prevailing, rounded, share
from schemas.events import ProsodyObserved, SightObserved
from schemas.ids import ParticipantId
from schemas.observation import FaceObservation, SoundObservation

SILENCE = -100.0
"""dBFS; the floor of `SoundObservation.loudness`."""


def sight_window(
    participant: ParticipantId, second: int, observations: Sequence[FaceObservation], dropped: int
) -> SightObserved:
    """Sum up the pictures of one second: shares over all pictures, medians over those in which a value was measured."""
    poses = [o.pose for o in observations if o.pose is not None]
    gazes = [o.gaze for o in observations if o.gaze is not None]
    return SightObserved(
        participant=participant,
        second=second,
        frames=len(observations),
        dropped=dropped,
        presence=share([o.face for o in observations]) or 0.0,
        confidence=mean([o.confidence for o in observations]) or 0.0,
        yaw=middle((pose.yaw for pose in poses), 2),
        pitch=middle((pose.pitch for pose in poses), 2),
        roll=middle((pose.roll for pose in poses), 2),
        gaze_horizontal=middle((gaze.horizontal for gaze in gazes), 2),
        gaze_vertical=middle((gaze.vertical for gaze in gazes), 2),
        gaze_confidence=mean([gaze.confidence for gaze in gazes]),
        toward_screen=share([gaze.toward_screen for gaze in gazes if gaze.toward_screen is not None]),
        problem=prevailing([o.problem for o in observations]),
        detector=observations[-1].detector if observations else NO_DETECTOR,
    )


def prosody_window(
    participant: ParticipantId, second: int, observations: Sequence[SoundObservation]
) -> ProsodyObserved:
    """Sum up the sound of one second: loudness is the level of the mean power, weighted by duration."""
    heard = sum(o.duration for o in observations)
    return ProsodyObserved(
        participant=participant,
        second=second,
        loudness=_level(observations, heard),
        clipped=rounded(sum(o.clipped * o.duration for o in observations) / heard, 4) if heard > 0 else 0.0,
        heard=rounded(min(heard, 1.0), 3),
        detector=observations[-1].detector if observations else NO_DETECTOR,
    )


def _level(observations: Sequence[SoundObservation], heard: float) -> float:
    if heard <= 0:
        return SILENCE
    power = sum(10 ** (o.loudness / 10) * o.duration for o in observations) / heard
    return rounded(max(10 * log10(power), SILENCE), 2) if power > 0 else SILENCE
