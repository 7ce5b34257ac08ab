"""A recogniser in a process of its own: it answers, dies, comes back and ends."""

import os
from collections.abc import Iterator

import numpy as np
import psutil
import pytest

from infra.models.apart import NICE, Apart
from schemas.errors import Misconfigured, Unavailable
from schemas.media import SessionTime
from tests.fakes.transcriber import DEADLY, ProcessNamed, dying, misconfigured

AT = SessionTime(5)


@pytest.fixture
def apart() -> Iterator[Apart]:
    opened = Apart(ProcessNamed)
    yield opened
    opened.close()


def process_of(apart: Apart) -> int:
    heard = apart.transcribe(np.zeros(160), AT)
    assert heard is not None
    assert heard.start == AT
    return int(heard.text)


def test_it_answers_from_another_process_that_is_nicer(apart: Apart) -> None:
    process = process_of(apart)
    assert process != os.getpid()
    assert psutil.Process(process).nice() == psutil.Process().nice() + NICE
    assert apart.languages == ("en",)
    assert apart.transcribe(np.zeros(0), AT) is None


def test_a_process_that_died_is_started_again_for_the_next_piece(apart: Apart) -> None:
    before = process_of(apart)
    with pytest.raises(Unavailable) as raised:
        apart.transcribe(np.zeros(DEADLY), AT)
    assert raised.value.retryable
    assert process_of(apart) != before


def test_a_process_that_was_killed_between_two_pieces_is_started_again(apart: Apart) -> None:
    before = psutil.Process(process_of(apart))
    before.kill()
    psutil.wait_procs([before], timeout=5)
    for _ in range(2):  # whether the death is noticed before or after asking
        try:
            assert process_of(apart) != before.pid
            break
        except Unavailable:
            continue
    else:
        pytest.fail("it was not started again")


def test_closing_ends_the_process() -> None:
    apart = Apart(ProcessNamed)
    process = process_of(apart)
    apart.close()
    assert not psutil.pid_exists(process)


def test_what_cannot_be_made_there_is_told_here() -> None:
    with pytest.raises(Misconfigured, match="weight"):
        Apart(misconfigured)


def test_a_process_that_ends_at_once_is_told() -> None:
    with pytest.raises(Unavailable, match="start"):
        Apart(dying)
