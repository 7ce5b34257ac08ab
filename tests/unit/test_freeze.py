"""A picture that stands still, with and without what a codec adds."""

import numpy as np
import pytest

from actors.detectors.freeze import FreezeWatch
from schemas.media import Picture, SessionTime

RANDOM = np.random.default_rng(5)
SCENE = RANDOM.integers(20, 230, (240, 320, 3), dtype=np.uint8)


def noisy(picture: Picture, levels: int) -> Picture:
    """The picture with noise of up to so many levels."""
    noise = RANDOM.integers(-levels, levels + 1, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def shown(watch: FreezeWatch, pictures: list[Picture], first: float = 0.0) -> list[bool]:
    """What is said of pictures at ten in a second."""
    return [watch.frozen(SessionTime(round(first * 1e6) + n * 100_000), each) for n, each in enumerate(pictures)]


@pytest.mark.parametrize("levels", [0, 3])
def test_the_same_picture_is_frozen_after_three_seconds(levels: int) -> None:
    found = shown(FreezeWatch(), [noisy(SCENE, levels) for _ in range(40)])
    assert found == [False] * 30 + [True] * 10


def test_a_sensor_is_never_still() -> None:
    assert not any(shown(FreezeWatch(), [noisy(SCENE, 12) for _ in range(50)]))


def test_a_part_that_moves_is_enough() -> None:
    pictures = [SCENE.copy() for _ in range(50)]
    for number, each in enumerate(pictures):
        each[100:120, 100:120] = 255 * (number % 2)
    assert not any(shown(FreezeWatch(), pictures))


def test_it_thaws_at_once() -> None:
    watch = FreezeWatch()
    assert shown(watch, [SCENE] * 40)[-1]
    assert shown(watch, [SCENE[::-1]], first=4.0) == [False]


def test_a_slow_change_is_a_change() -> None:
    pictures = [np.full((64, 64, 3), 60 + number, dtype=np.uint8) for number in range(60)]
    assert not any(shown(FreezeWatch(), pictures))


def test_another_size_is_another_picture() -> None:
    watch = FreezeWatch()
    assert shown(watch, [SCENE] * 40)[-1]
    assert not shown(watch, [SCENE[:120]], first=4.0)[0]


def test_what_was_shown_in_a_gap_is_not_known() -> None:
    watch = FreezeWatch()
    assert not any(shown(watch, [SCENE] * 20))
    assert not any(shown(watch, [SCENE] * 30, first=60.0))
    assert shown(watch, [SCENE] * 3, first=63.0) == [True] * 3
