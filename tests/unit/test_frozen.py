"""Pictures that stand still, and those that only look so."""

import numpy as np

from actors.detectors.frozen import AFTER, FrozenWatch
from schemas.media import MICROSECONDS, Picture, SessionTime, VideoFrame

RANDOM = np.random.default_rng(5)


def noise(side: int = 64) -> Picture:
    return RANDOM.integers(0, 256, (side, side, 3), dtype=np.uint8)


def frame(second: float, image: Picture) -> VideoFrame:
    return VideoFrame(SessionTime(round(second * MICROSECONDS)), image)


def test_equal_pictures_are_frozen_after_a_while() -> None:
    watch, still = FrozenWatch(), noise()
    found = [watch.observe(frame(number / 5, still.copy())) for number in range(15)]
    assert found.index(True) == 5 * AFTER
    assert all(found[round(5 * AFTER) :])


def test_one_other_picture_ends_it() -> None:
    watch, still = FrozenWatch(), noise()
    assert [watch.observe(frame(second, still)) for second in (0, 1, 2, 3)][-1]
    assert not watch.observe(frame(4, noise()))
    assert not watch.observe(frame(5, still))


def test_noise_is_not_frozen() -> None:
    watch = FrozenWatch()
    assert not any(watch.observe(frame(number, noise())) for number in range(10))


def test_another_size_is_another_picture() -> None:
    watch = FrozenWatch()
    assert not any(watch.observe(frame(number, np.zeros((64 + 4 * number, 64, 3), np.uint8))) for number in range(5))


def test_a_clock_that_jumps_back_begins_anew() -> None:
    watch, still = FrozenWatch(), noise()
    assert [watch.observe(frame(second, still)) for second in (5, 6, 7, 1, 2, 3)] == [False, False, True] + [
        False
    ] * 2 + [True]
