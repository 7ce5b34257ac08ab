"""Clips for several applicants of whom one speaks at a time; the others are heard to breathe, as in a quiet room.

Made of the project's portrait, encoded as a browser encodes it (VP8 and Opus): a sender need not encode again, so what
it costs is next to nothing beside the server on the same machine.
"""

import fractions
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.video.frame import PictureType
from av.video.stream import VideoStream

from infra.rtc.recording import RATE, open_recording
from schemas.media import AudioChunk, Floats
from tests.media.fake_camera import PORTRAIT

LENGTH = 12.0
"""Seconds of the portrait, and of one speaker's turn."""
WIDTH, HEIGHT, FPS, KEY_EVERY = 320, 240, 15, 15
BIT_RATE = 400_000
BREATH_DB, BREATHS = -52.0, 0.25
"""dBFS of a breath at its loudest, and breaths per second."""

_PACKET = RATE // 50


def write_clips(folder: Path, speakers: int) -> list[Path]:
    """One Matroska file for each of `speakers`, as long as their turns together; each has a voice in their own turn."""
    pictures = _encoded_pictures()
    paths = [folder / f"speaker-{number}.mkv" for number in range(speakers)]
    for number, path in enumerate(paths):
        _write(path, pictures, _sound(number, speakers), speakers)
    return paths


def _write(path: Path, pictures: "list[av.Packet[VideoStream]]", sound: npt.NDArray[np.int16], turns: int) -> None:
    with av.open(str(path), "w", format="matroska") as container:
        video = container.add_stream("libvpx", rate=FPS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = container.add_stream("libopus", rate=RATE, layout="mono", options={"frame_duration": "20"})
        for number in range(turns * len(pictures)):
            packet = av.Packet(bytes(pictures[number % len(pictures)]))
            packet.pts = packet.dts = number
            packet.time_base, packet.stream = fractions.Fraction(1, FPS), video
            packet.is_keyframe = number % KEY_EVERY == 0
            container.mux(packet)
        for begin in range(0, len(sound), _PACKET):
            piece = av.AudioFrame.from_ndarray(sound[None, begin : begin + _PACKET], format="s16", layout="mono")
            piece.sample_rate, piece.pts, piece.time_base = RATE, begin, fractions.Fraction(1, RATE)
            container.mux(audio.encode(piece))
        container.mux(audio.encode(None))


def _encoded_pictures() -> "list[av.Packet[VideoStream]]":
    """The portrait's, each second beginning with a key frame; so they can be repeated."""
    coder = av.CodecContext.create("libvpx", "w")
    coder.width, coder.height, coder.pix_fmt, coder.bit_rate = WIDTH, HEIGHT, "yuv420p", BIT_RATE
    coder.time_base, coder.framerate = fractions.Fraction(1, FPS), fractions.Fraction(FPS)
    coder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    packets: list[av.Packet[VideoStream]] = []
    with av.open(str(PORTRAIT)) as portrait:
        for number, frame in enumerate(portrait.decode(video=0)):
            frame.pts, frame.time_base = number, fractions.Fraction(1, FPS)
            frame.pict_type = PictureType.I if number % KEY_EVERY == 0 else PictureType.NONE
            packets += coder.encode(frame)
    return packets + coder.encode(None)


def _sound(speaker: int, speakers: int) -> npt.NDArray[np.int16]:
    sound = _breathing(round(LENGTH * RATE) * speakers, seed=speaker)
    voice, first = _voice(), round(LENGTH * RATE) * speaker
    sound[first : first + len(voice)] += voice
    return np.clip(sound * 32_768, -32_768, 32_767).astype(np.int16)


def _voice() -> Floats:
    chunks = [medium.samples for medium in open_recording(PORTRAIT).read() if isinstance(medium, AudioChunk)]
    return np.concatenate(chunks)[: round(LENGTH * RATE)] / 32_768


def _breathing(count: int, seed: int) -> Floats:
    """Noise that swells and fades; falls by 6 dB per octave."""
    noise = np.random.default_rng(seed).standard_normal(count)
    spectrum = np.fft.rfft(noise)
    spectrum[1:] /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / RATE)[1:], 200.0) / 200.0) ** 2
    noise = np.fft.irfft(spectrum, count)
    swell = 0.05 + np.sin(np.pi * BREATHS * np.arange(count) / RATE) ** 2
    return np.asarray(noise / np.abs(noise).max() * swell * 10 ** (BREATH_DB / 20) * 3)
