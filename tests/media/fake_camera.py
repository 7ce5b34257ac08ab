"""Turns a clip into the two files that Chromium plays as camera and microphone.

`--use-file-for-fake-video-capture` wants YUV4MPEG2, `--use-file-for-fake-audio-capture` wants a wav file; both are
played in a loop.
"""

import wave
from pathlib import Path

import av

from infra.rtc.recording import RATE, open_recording
from schemas.media import AudioChunk

PORTRAIT = Path(__file__).parent / "portrait.mp4"
"""12 s of one face, with a voice."""


def write_y4m(clip: Path, path: Path) -> None:
    """The pictures of `clip`, uncompressed 4:2:0, about 1.7 MB for a second of 320×240 at 15 per second."""
    with av.open(str(clip)) as container, path.open("wb") as file:
        stream = container.streams.video[0]
        rate = stream.average_rate
        if rate is None:
            raise ValueError("expected a clip with a constant picture rate")
        header = f"YUV4MPEG2 W{stream.width} H{stream.height} F{rate.numerator}:{rate.denominator} Ip A1:1 C420jpeg\n"
        file.write(header.encode())
        for frame in container.decode(stream):
            file.write(b"FRAME\n")
            file.write(frame.to_ndarray(format="yuv420p").tobytes())


def write_wav(clip: Path, path: Path) -> None:
    """The sound of `clip`: 48 kHz, mono, 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for medium in open_recording(clip).read():
            if isinstance(medium, AudioChunk):
                file.writeframes(medium.samples.tobytes())
