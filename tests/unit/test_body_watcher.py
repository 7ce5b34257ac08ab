"""Which pictures are looked at, and that body and hands are told together."""

from collections.abc import Iterator

import numpy as np
import pytest

from actors.detectors.body_watcher import BodyWatcher
from schemas.body import Watched
from schemas.media import MICROSECONDS, Picture, SessionTime, VideoFrame
from schemas.observation import Box

RANDOM = np.random.default_rng(3)


@pytest.fixture
def watcher() -> Iterator[BodyWatcher]:
    opened = BodyWatcher()
    yield opened
    opened.close()
    opened.close()


def watched(watcher: BodyWatcher, times: list[float], image: Picture | None = None) -> list[Watched | None]:
    """What is said of pictures at these seconds: noise, where there is no `image`."""
    pictures = [RANDOM.integers(0, 256, (64, 64, 3), dtype=np.uint8) if image is None else image for _ in times]
    return [
        watcher.observe(VideoFrame(SessionTime(round(at * MICROSECONDS)), each))
        for at, each in zip(times, pictures, strict=True)
    ]


@pytest.mark.parametrize("rate", [10.0, 15.0, 30.0])
def test_five_pictures_a_second_are_looked_at(watcher: BodyWatcher, rate: float) -> None:
    said = watched(watcher, [100 + number / rate for number in range(round(4 * rate))])
    assert 20 <= sum(each is not None for each in said) <= 21


def test_all_pictures_are_looked_at_where_fewer_come(watcher: BodyWatcher) -> None:
    assert None not in watched(watcher, [0, 0.5, 0.9, 3, 3.2, 3.4])


def test_a_clock_that_jumps_goes_on_at_the_same_rate(watcher: BodyWatcher) -> None:
    said = watched(watcher, [50, 50.2, 7, 7.07, 7.2, 90, 90.07, 90.2])
    assert [each is not None for each in said] == [True, True, True, False, True, True, False, True]


def test_body_and_hands_are_told_of_the_same_moment(watcher: BodyWatcher, portrait: VideoFrame) -> None:
    said = watcher.observe(portrait)
    assert said is not None
    assert said.body.at == said.hands.at == portrait.at
    assert said.body.posture is not None
    assert (said.hands.looked, said.hands.left, said.hands.right, said.hands.problem) == (False, None, None, None)
    assert watcher.usual is None


def test_what_is_wrong_with_the_picture_is_wrong_for_the_hands(watcher: BodyWatcher, portrait: VideoFrame) -> None:
    (dark,) = watched(watcher, [1], np.zeros((64, 64, 3), dtype=np.uint8))
    assert dark is not None
    assert (dark.body.problem, dark.hands.problem, dark.hands.looked) == ("too-dark", "too-dark", False)
    other = watcher.observe(VideoFrame(SessionTime(2_000_000), portrait.image), Box(0.9, 0.0, 1.0, 0.1))
    assert other is not None
    assert (other.body.problem, other.hands.problem) == ("other-person", "other-person")
    (tiny,) = watched(watcher, [3], np.zeros((4, 4, 3), dtype=np.uint8))
    assert tiny is not None
    assert (tiny.body.problem, tiny.hands.problem) == ("unreadable", "unreadable")


def test_a_frozen_picture_tells_nothing_of_hands(watcher: BodyWatcher, portrait: VideoFrame) -> None:
    last = watched(watcher, [number / 5 for number in range(17)], portrait.image)[-1]
    assert last is not None
    assert (last.hands.problem, last.hands.looked) == ("frozen", False)


def test_without_a_body_hands_are_still_looked_for_now_and_then(watcher: BodyWatcher) -> None:
    said = watched(watcher, [number / 5 for number in range(10)])
    assert [each.hands.looked for each in said if each is not None].count(True) == 2
