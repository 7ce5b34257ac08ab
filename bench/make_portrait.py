"""Makes `tests/media/portrait.mp4`: a still portrait that moves, looks about and speaks.

The picture is NASA's portrait of Eileen Collins (public domain) as scikit-image carries it; scikit-image is needed for
this script alone: `pip install scikit-image pooch`. The voice is made by `espeak-ng`, which must be on the PATH.
Run: `python -m bench.make_portrait`. Every movement ends where it began, so that the clip can be looped.
"""

import subprocess
import tempfile
import wave
from dataclasses import dataclass
from math import pi, radians, sin
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

TARGET = Path(__file__).parents[1] / "tests" / "media" / "portrait.mp4"
SECONDS, FPS, WIDTH, HEIGHT = 12, 15, 320, 240
RATE = 48_000

FACE = (226.0, 112.0)
"""Middle of the face in the portrait, pixels."""
NECK = (228.0, 190.0)
"""The point about which the head tilts."""
EYES = ((203.5, 103.0), (247.0, 103.0))
HALF_FACE = (52.0, 68.0)
"""Half width and half height of the head, pixels."""
VIEW = 1.55
"""Size of the portrait's pixels in the clip at middle zoom."""

SPEECH = (
    (0.7, "Hello, I am glad to be here."),
    (3.6, "In my last job I led a small team of four engineers."),
    (7.9, "When a deadline slipped, I asked everyone what they needed."),
)
"""When each sentence begins (seconds), and its words."""


@dataclass(frozen=True)
class Move:
    """Where the head is at one moment."""

    yaw: float
    pitch: float
    roll: float
    gaze: tuple[float, float]
    zoom: float
    pan: tuple[float, float]


def move(at: float) -> Move:
    """The head at `at` seconds: calm at first, then turning and tilting; degrees, and pixels of the portrait."""

    def wave_of(times: int, shift: float = 0.0) -> float:
        return sin(2 * pi * times * at / SECONDS + shift)

    lively = 0.25 + 0.75 * max(0.0, sin(pi * (at - 4) / 8)) if at > 4 else 0.25
    return Move(
        yaw=16 * wave_of(2) * lively,
        pitch=7 * wave_of(3, 0.6) * lively,
        roll=11 * wave_of(1, 3.6) * lively,
        gaze=(3.2 * lively if 6.0 < at < 7.2 else 0.0, 0.0),
        zoom=1 + 0.10 * wave_of(1),
        pan=(9 * wave_of(1, 0.4), 4 * wave_of(2, 1.0)),
    )


def render(portrait: npt.NDArray[np.uint8], now: Move) -> npt.NDArray[np.uint8]:
    """One picture of the clip: every pixel is fetched from where it lies in the portrait."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x = (columns - WIDTH / 2) / (VIEW * now.zoom) + FACE[0] + now.pan[0]
    y = (rows - HEIGHT / 2) / (VIEW * now.zoom) + FACE[1] + 8 + now.pan[1]
    x, y = tilted(x, y, now.roll)
    x, y = turned(x, y, now.yaw, now.pitch)
    for eye_x, eye_y in EYES:
        near = np.exp(-(((x - eye_x) / 7) ** 2) - ((y - eye_y) / 5) ** 2)
        x, y = x - now.gaze[0] * near, y - now.gaze[1] * near
    fetched = cv2.remap(portrait, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    return np.ascontiguousarray(fetched, dtype=np.uint8)


def tilted(x: Any, y: Any, roll: float) -> tuple[Any, Any]:
    """Tilt the head about the neck; the shoulders keep still."""
    weight = 1 / (1 + np.exp((y - NECK[1] + 6) / 12))
    angle = radians(roll) * weight
    dx, dy = x - NECK[0], y - NECK[1]
    return NECK[0] + np.cos(angle) * dx + np.sin(angle) * dy, NECK[1] - np.sin(angle) * dx + np.cos(angle) * dy


def turned(x: Any, y: Any, yaw: float, pitch: float) -> tuple[Any, Any]:
    """Turn the head as if it were a smooth bulge: what is nearer moves further, the outline keeps still."""
    across, down = (x - FACE[0]) / (1.1 * HALF_FACE[0]), (y - FACE[1]) / (1.1 * HALF_FACE[1])
    depth = 1.4 * HALF_FACE[0] * np.clip(1 - across**2 - down**2, 0, None)
    return x - depth * sin(radians(yaw)), y + depth * sin(radians(pitch))


def speak() -> npt.NDArray[np.int16]:
    """The sentences at their times, 48 kHz mono, with silence between them."""
    sound = np.zeros(SECONDS * RATE, dtype=np.float64)
    with tempfile.TemporaryDirectory() as folder:
        for start, words in SPEECH:
            path = Path(folder) / "voice.wav"
            subprocess.run(["espeak-ng", "-v", "en-us+f3", "-s", "150", "-w", str(path), words], check=True)
            voice = read_wav(path)
            first = int(start * RATE)
            sound[first : first + len(voice)] += voice[: len(sound) - first]
    return np.clip(sound * 0.6, -32768, 32767).astype(np.int16)


def read_wav(path: Path) -> npt.NDArray[np.float64]:
    """A mono wav file at 48 kHz."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
        rate = file.getframerate()
    times = np.arange(int(len(samples) * RATE / rate)) * rate / RATE
    return np.asarray(np.interp(times, np.arange(len(samples)), samples))


def write(target: Path, pictures: list[npt.NDArray[np.uint8]], sound: npt.NDArray[np.int16]) -> None:
    """H.264 and AAC in an MP4 that starts to play before it is loaded."""
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FPS, options={"crf": "21", "preset": "veryslow"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = container.add_stream("aac", rate=RATE, layout="mono")
        audio.bit_rate = 64_000
        for picture in pictures:
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(video.encode(None))
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def main() -> None:
    """Make the clip anew."""
    from skimage import data  # noqa: PLC0415  no dependency of the project: needed here alone

    portrait = np.asarray(data.astronaut(), dtype=np.uint8)
    pictures = [render(portrait, move(number / FPS)) for number in range(SECONDS * FPS)]
    write(TARGET, pictures, speak())
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
