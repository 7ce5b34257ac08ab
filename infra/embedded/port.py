"""Ports on loopback."""

import errno
import socket

from schemas.errors import Misconfigured

HOST = "127.0.0.1"


def free_port() -> int:
    """A port on loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def check_free(host: str, port: int) -> None:
    """Raises `Misconfigured`, saying why, where this process could not listen on `port` of `host`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Misconfigured(_reason(host, port, error)) from error


def _reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Expected port {port} on {host} to be free, somebody listens there; set INTACT_PORT to another one."
    if error.errno == errno.EACCES:
        return f"Expected a port that this user may listen on, port {port} is none; set INTACT_PORT to another one."
    return f"Expected INTACT_HOST to be an address of this machine, got {host}."
