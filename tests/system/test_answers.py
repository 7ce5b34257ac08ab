"""What applicants say and type, as the interviewer reads it."""

import asyncio
import json
import wave
from pathlib import Path

import av
import httpx
import numpy as np
import pytest
from playwright.async_api import Page, expect

from infra.rtc.recording import RATE
from tests.media.fake_camera import PORTRAIT
from tests.system.browser import open_page
from tests.system.room import room
from tests.system.server import RunningServer

SPOKEN = Path(__file__).parents[1] / "media" / "message_queue.wav"
"""Ends with the word "bottleneck"."""
TYPED = "I wrote the batch job myself."
PAUSE_SECONDS = 6
"""Longer than the pause that ends an answer."""


def write_clip(path: Path) -> None:
    """The sentence and a pause after it, as a clip with sound alone."""
    with wave.open(str(SPOKEN)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
        rate = file.getframerate()
    sound = np.concatenate([np.zeros(rate, np.int16), samples, np.zeros(PAUSE_SECONDS * rate, np.int16)])
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
        for resampled in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
