"""The least that observing one applicant could cost: the same detectors on a clip from a file, at a camera's pace.

    python -m bench.bare_watch PROFILE CLIP SECONDS

Prints the cores used, as JSON. One process, no socket, no database; the recogniser runs in it where speech is heard.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from actors.detectors.piece import PieceCutter
from actors.detectors.sound import SoundStream
from api.catalogue.documents import open_catalogue
from api.detectors import prosody_detector, sight_detector, voice_activity
from dialogue.vocabulary import vocabulary_of
from infra.models.pocketsphinx import PocketSphinx
from infra.rtc.recording import open_recording
from schemas.media import MICROSECONDS, AudioChunk, SessionTime, VideoFrame
from schemas.policy import Policy, Profile

JOB = "application-software-engineering"


class Watch:
    """All detectors of one applicant."""

    def __init__(self, profile: Profile) -> None:
        purposes = frozenset(Policy(profile).asked())
        self._sight, self._prosody = sight_detector(purposes), prosody_detector(False, purposes)
        self._stream, self._activity, self._cutter = SoundStream(), voice_activity(), PieceCutter()
        self._words = PocketSphinx(vocabulary_of(open_catalogue(None).job(JOB), "en"))

    def take(self, medium: VideoFrame | AudioChunk) -> None:
        """Observe one medium."""
        if isinstance(medium, VideoFrame):
            self._sight.observe(medium)
            return
        tuple(self._prosody.observe(medium))
        for span in self._stream.push(medium):
            for piece in self._cutter.push(span, self._activity.observe(span)):
                self._words.transcribe(piece.samples, piece.at)


def play(clip: Path, seconds: float, take: Callable[[VideoFrame | AudioChunk], None]) -> None:
    """Give the clip out again and again, each medium when it is due."""
    begun, offset = time.monotonic(), 0
    while offset < seconds * MICROSECONDS:
        last = 0
        for medium in open_recording(clip).read():
            last = max(last, medium.at)
            at = SessionTime(offset + medium.at)
            time.sleep(max(0.0, begun + at / MICROSECONDS - time.monotonic()))
            if isinstance(medium, VideoFrame):
                take(VideoFrame(at, medium.image, medium.media_time))
            else:
                take(AudioChunk(at, medium.rate, medium.samples))
        offset += last + 66_667


def main() -> None:
    profile, clip, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    watch = Watch(profile)  # type: ignore[arg-type]  # of the command line
    play(clip, 10, watch.take)  # loads and warms
    spent, begun = time.process_time(), time.monotonic()
    play(clip, seconds, watch.take)
    print(json.dumps((time.process_time() - spent) / (time.monotonic() - begun)))


if __name__ == "__main__":
    main()
