"""A media file read as pictures and sound in the order of time, and what is said of one that cannot be."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from infra.rtc.recording import CHUNK, LONGEST_SIDE, RATE, Recording, open_recording
from schemas.errors import MediaUnreadable
from schemas.media import AudioChunk, VideoFrame
from tests.media.fake_camera import PORTRAIT

QUARTER_TURN = PORTRAIT.with_name("quarter_turn.mp4")


def video_file(path: Path, *, width: int = 64, height: int = 48, frames: int = 30, fps: int = 30) -> Path:
    """Red pictures without sound."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        picture = np.full((height, width, 3), (200, 30, 30), dtype=np.uint8)
        for _ in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def sound_file(path: Path, *, rate: int = 8000, seconds: float = 1.0) -> Path:
    """A tone in stereo."""
    tone = (np.sin(np.arange(int(rate * seconds)) * 2 * np.pi * 440 / rate) * 16_000).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(tone, 2).tobytes())
    return path


def read(recording: Recording) -> tuple[list[VideoFrame], list[AudioChunk]]:
    media = list(recording.read())
    assert [medium.at for medium in media] == sorted(medium.at for medium in media)
    return (
        [medium for medium in media if isinstance(medium, VideoFrame)],
        [medium for medium in media if isinstance(medium, AudioChunk)],
    )


def test_a_clip_is_read_whole_and_in_the_order_of_time() -> None:
    recording = open_recording(PORTRAIT)
    pictures, sound = read(recording)
    assert recording.kinds == ("video", "audio")
    assert recording.duration == pytest.approx(12.0, abs=0.1)
    assert len(pictures) == 180
    assert {picture.image.shape for picture in pictures} == {(240, 320, 3)}
    assert sum(len(chunk.samples) for chunk in sound) == pytest.approx(12 * RATE, rel=0.01)
    assert {len(chunk.samples) for chunk in sound[:-1]} == {CHUNK}
    assert (recording.damaged, recording.cut_off) == (0, False)


def test_a_recording_can_be_read_twice() -> None:
    recording = open_recording(QUARTER_TURN)
    first, second = read(recording)[0], read(recording)[0]
    assert [picture.at for picture in first] == [picture.at for picture in second]


def test_a_picture_filmed_on_its_side_is_set_upright() -> None:
    pictures, _ = read(open_recording(QUARTER_TURN))
    upright = next(iter(open_recording(PORTRAIT).read()))
    assert isinstance(upright, VideoFrame)
    turned = pictures[0].image
    assert turned.shape == (320, 240, 3)
    difference = np.abs(turned.astype(int) - np.rot90(upright.image).astype(int)).mean()
    assert difference < 8


def test_video_without_sound(tmp_path: Path) -> None:
    recording = open_recording(video_file(tmp_path / "silent.mp4"))
    pictures, sound = read(recording)
    assert recording.kinds == ("video",)
    assert (len(pictures), sound) == (15, [])


def test_sound_without_video_becomes_one_channel_at_48_khz(tmp_path: Path) -> None:
    recording = open_recording(sound_file(tmp_path / "voice.wav"))
    pictures, sound = read(recording)
    assert (recording.kinds, pictures) == (("audio",), [])
    assert {chunk.rate for chunk in sound} == {RATE}
    samples = np.concatenate([chunk.samples for chunk in sound])
    assert len(samples) == pytest.approx(RATE, rel=0.01)
    assert np.sqrt(np.mean(samples.astype(float) ** 2)) == pytest.approx(16_000 / np.sqrt(2), rel=0.05)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (16, 16), (62, 1000)])
def test_large_pictures_are_scaled_and_keep_their_shape(tmp_path: Path, width: int, height: int) -> None:
    pictures, _ = read(open_recording(video_file(tmp_path / "clip.mp4", width=width, height=height, frames=2)))
    rows, columns, _ = pictures[0].image.shape
    assert max(rows, columns) == min(LONGEST_SIDE, max(width, height))
    assert columns / rows == pytest.approx(width / height, rel=0.05)
    assert pictures[0].image[rows // 2, columns // 2].tolist() == pytest.approx([200, 30, 30], abs=12)


@pytest.mark.parametrize(
    ("fps", "seconds", "expected"), [(60, 2, 30), (30, 2, 30), (25, 2, 30), (15, 2, 30), (5, 2, 10)]
)
def test_pictures_are_taken_at_the_rate_of_a_live_stream(tmp_path: Path, fps: int, seconds: int, expected: int) -> None:
    path = video_file(tmp_path / "clip.mp4", frames=fps * seconds, fps=fps)
    assert len(read(open_recording(path))[0]) == pytest.approx(expected, abs=1)


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    part = tmp_path / "part.mp4"
    whole = PORTRAIT.read_bytes()
    part.write_bytes(whole[: len(whole) // 2])
    recording = open_recording(part)
    pictures, sound = read(recording)
    assert pictures
    assert sound
    assert 2 < recording.until < 10
    assert recording.cut_off


def test_damage_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    hurt = tmp_path / "hurt.mp4"
    whole = bytearray(PORTRAIT.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 4000] = np.random.default_rng(1).bytes(4000)
    hurt.write_bytes(bytes(whole))
    recording = open_recording(hurt)
    pictures, _ = read(recording)
    assert len(pictures) > 100
    assert recording.until > 11


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match="no file"):
        open_recording(tmp_path / "absent.mp4")
    with pytest.raises(MediaUnreadable, match="no file"):
        open_recording(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty file"),
        (b"This is a letter and no film. " * 40, "Expected a media file"),
        (bytes(range(256)) * 64, "Expected a media file"),
        (PORTRAIT.read_bytes()[:2000], "Expected a media file"),
    ],
    ids=["empty", "text", "noise", "head of a clip"],
)
def test_what_is_no_media_file(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "Jane Doe.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaUnreadable, match=said) as caught:
        open_recording(path)
    assert "Jane" not in caught.value.message


def test_a_playlist_cannot_make_the_reader_fetch(tmp_path: Path) -> None:
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/piece.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaUnreadable):
        list(open_recording(path).read())


def test_the_header_of_a_wav_without_sound(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable):
        list(open_recording(sound_file(tmp_path / "nothing.wav", seconds=0)).read())
