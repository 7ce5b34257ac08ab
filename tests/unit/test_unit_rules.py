"""What a unit test may not touch is refused, not merely asked for."""

import socket
import sys

import pytest
import ray

from infra.embedded.child import spawn


def test_ray_is_refused() -> None:
    with pytest.raises(AssertionError, match="plain class"):
        ray.init()


async def test_a_server_is_refused() -> None:
    with pytest.raises(AssertionError, match="start a server"):
        await spawn(sys.executable, "-c", "")


def test_another_machine_is_refused() -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match="beyond this machine"):
        outward.connect(("192.0.2.1", 9))


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as inward:
        inward.connect(listening.getsockname())
