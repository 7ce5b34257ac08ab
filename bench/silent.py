"""A clip without its voice: the same pictures, and sound in which nobody speaks."""

from pathlib import Path

import av
import numpy as np

RATE = 48_000
NOISE = 8.0
"""Standard deviation of 16-bit samples: a quiet room."""


def silent(clip: Path, out: Path) -> Path:
    """Write `clip` with room noise for its sound to `out`; returns `out`."""
    random = np.random.default_rng(1)
    with av.open(str(clip)) as source, av.open(str(out), "w") as target:
        pictures = source.streams.video[0]
        video = target.add_stream_from_template(pictures)
        sound = target.add_stream("aac", rate=RATE, layout="mono")
        last = 0.0
        for packet in source.demux(pictures):
            if packet.dts is None:
                continue
            last = max(last, float((packet.pts or 0) * pictures.time_base))
            packet.stream = video
            target.mux(packet)
        for start in range(0, round(last * RATE), 1024):
            samples = random.normal(0, NOISE, (1, 1024)).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.rate, frame.pts = RATE, start
            target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
    return out
