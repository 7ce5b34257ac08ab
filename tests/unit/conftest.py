"""Tests in this folder start no Ray and no server: what they need of the outside, they make themselves on loopback."""

import asyncio
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import ray

from schemas.media import VideoFrame

if TYPE_CHECKING:
    from infra.models.face_mesh import FaceMesh

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_ray(*arguments: object, **named: object) -> NoReturn:
        raise AssertionError("a unit test must not start Ray: test the plain class")

    def no_server(*arguments: object, **named: object) -> NoReturn:
        raise AssertionError("a unit test must not start a server: hold its module to its port in tests/contract")

    connect = socket.socket.connect

    def on_loopback(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a unit test must not reach beyond this machine, nor {address[0]}")
        connect(self, address)

    monkeypatch.setattr(ray, "init", no_ray)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", no_server)
    monkeypatch.setattr(socket.socket, "connect", on_loopback)


@pytest.fixture
def mesh() -> "Iterator[FaceMesh]":
    """A face mesh of one's own; MediaPipe is imported for those alone who ask."""
    from infra.models.face_mesh import FaceMesh

    opened = FaceMesh()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def portrait() -> VideoFrame:
    """The first picture of the project's clip: one face."""
    from infra.rtc.recording import open_recording
    from tests.media.fake_camera import PORTRAIT

    first = next(iter(open_recording(PORTRAIT).read()))
    assert isinstance(first, VideoFrame)
    return first
