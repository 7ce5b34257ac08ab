"""Tests in this folder start no Ray and no server: what they need of the outside, they make themselves on loopback."""

from typing import NoReturn

import pytest
import ray


@pytest.fixture(autouse=True)
def _no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> NoReturn:
        raise AssertionError("a unit test must not start Ray: test the plain class")

    monkeypatch.setattr(ray, "init", refuse)
