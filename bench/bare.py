"""The least that the live path could cost: the same models on the same pictures, with nothing around them."""

import asyncio
import json
import resource
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import uvloop

from actors.detectors.piece import PieceCutter
from actors.detectors.sound import SoundStream
from actors.parts import ProsodyDetector, SightDetector
from api.detectors import prosody_detector, sight_detector, vocabulary, voice_activity
from infra.cadence import Cadence
from infra.clock import wall_clock
from infra.models.pocketsphinx import PocketSphinx
from infra.rtc.peer import PICTURE_RATE, AnalysisPeer
from infra.rtc.recording import open_recording
from schemas.errors import StreamClosed
from schemas.media import MICROSECONDS, Medium, SessionTime, VideoFrame
from schemas.policy import STANDARD, Policy, Profile

JOB = "application-software-engineering"

PURPOSES = frozenset(STANDARD.asked())


def from_file(clip: Path, seconds: float, *, paced: bool) -> float:
    """Cores: CPU seconds per second of media, decoding `clip` again and again and running the detectors on it.

    As fast as it goes, or `paced` as a camera is: between two pictures the processor then sleeps and its caches go
    cold, as they do for the live path.
    """
    sight, prosody = sight_detector(PURPOSES), prosody_detector(False, PURPOSES)
    _once(clip, sight, prosody, paced=False)  # loads the models
    spent, played = time.process_time(), 0.0
    while played < seconds:
        played += _once(clip, sight, prosody, paced=paced)
    return (time.process_time() - spent) / played


def _once(clip: Path, sight: SightDetector, prosody: ProsodyDetector, *, paced: bool) -> float:
    last, begun = 0, time.monotonic()
    for medium in open_recording(clip).read():
        last = max(last, medium.at)
        if paced:
            time.sleep(max(0.0, begun + medium.at / MICROSECONDS - time.monotonic()))
        if isinstance(medium, VideoFrame):
            sight.observe(medium)
        else:
            tuple(prosody.observe(medium))
    return last / MICROSECONDS


def whole(clip: Path, seconds: float, profile: Profile) -> float:
    """Cores: CPU seconds per second of media for all that is observed of one applicant under a profile, in one process.

    At the pace of a camera, where the processor is fast enough.
    """
    purposes = frozenset(Policy(profile).asked())
    sight, prosody, activity = sight_detector(purposes), prosody_detector(False, purposes), voice_activity()
    words = PocketSphinx(vocabulary(None, JOB, "en"))
    stream, cutter = SoundStream(), PieceCutter()
    pictures = Cadence(PICTURE_RATE)
    begun = spent = 0.0
    for medium in _again_and_again(clip):
        if not begun:
            begun, spent = time.monotonic(), time.process_time()
        if medium.at > seconds * MICROSECONDS:
            break
        time.sleep(max(0.0, begun + medium.at / MICROSECONDS - time.monotonic()))
        if isinstance(medium, VideoFrame):
            if pictures.take(medium.at):
                sight.observe(medium)
            continue
        deque(prosody.observe(medium), maxlen=0)
        for span in stream.push(medium):
            for piece in cutter.push(span, activity.observe(span)):
                words.transcribe(piece.samples, piece.at)
    return (time.process_time() - spent) / seconds


def _again_and_again(clip: Path) -> Iterator[Medium]:
    begin = last = 0
    while True:
        for medium in open_recording(clip).read():
            last = max(last, begin + medium.at)
            yield replace(medium, at=SessionTime(begin + medium.at))
        begin = last + MICROSECONDS // 15


async def from_stream(clip: Path, seconds: float) -> tuple[float, int]:
    """Cores, and pictures seen, of one process that receives `clip` over WebRTC and runs the detectors on it."""
    sender = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.sender", "offer", str(clip), str(seconds + 20)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert sender.stdin is not None
    assert sender.stdout is not None
    now_us = wall_clock()
    offer = json.loads(await sender.stdout.readline())
    peer, answer = await AnalysisPeer.answer(offer, epoch_us=now_us(), now_us=now_us)
    sender.stdin.write(json.dumps(answer).encode() + b"\n")
    watching = [asyncio.create_task(_watch(peer)), asyncio.create_task(_listen(peer))]
    await asyncio.sleep(8)  # models are loaded, the connection stands
    before = resource.getrusage(resource.RUSAGE_SELF)
    seen = _watch.seen  # type: ignore[attr-defined]  # a counter of this benchmark
    await asyncio.sleep(seconds)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seen = _watch.seen - seen  # type: ignore[attr-defined]  # as above
    await peer.close()
    await asyncio.gather(*watching, return_exceptions=True)
    sender.terminate()
    await sender.wait()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent / seconds, seen


async def _watch(peer: AnalysisPeer) -> None:
    sight = sight_detector(PURPOSES)
    try:
        while True:
            sight.observe(await peer.next_frame())
            _watch.seen += 1  # type: ignore[attr-defined]  # as above
    except StreamClosed:
        sight.close()


_watch.seen = 0  # type: ignore[attr-defined]  # as above


async def _listen(peer: AnalysisPeer) -> None:
    prosody = prosody_detector(False, PURPOSES)
    try:
        while True:
            tuple(prosody.observe(await peer.next_sound()))
    except StreamClosed:
        return


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["file", clip, seconds]:
            print(json.dumps([from_file(Path(clip), float(seconds), paced=False), 0]))
        case ["paced", clip, seconds]:
            print(json.dumps([from_file(Path(clip), float(seconds), paced=True), 0]))
        case ["whole", clip, seconds, profile]:
            print(json.dumps([whole(Path(clip), float(seconds), Policy(profile).profile), 0]))  # type: ignore[arg-type]  # checked there
        case ["stream", clip, seconds]:
            print(json.dumps(uvloop.run(from_stream(Path(clip), float(seconds)))))
