"""Whether a server could listen, and if not, why."""

import socket

import pytest

from infra.embedded.port import HOST, check_free, free_port
from schemas.errors import Misconfigured


def test_a_free_port_is_free() -> None:
    check_free(HOST, free_port())


def test_a_port_where_somebody_listens_is_taken() -> None:
    with socket.create_server((HOST, 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"port {port} on {HOST} to be free"):
            check_free(HOST, port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(Misconfigured, match=f"address of this machine, got {host}"):
        check_free(host, free_port())


def test_a_port_for_the_superuser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(Misconfigured, match="port 80 is none"):
        check_free(HOST, 80)
