"""Nothing but loopback: refuse every other connection, datagram and look-up of this process.

To guard `connect` alone is not enough: a UDP client such as dnspython's calls `sendto` on a
socket that was never connected. So every way out of `socket.socket` is wrapped, and the
resolver functions of the C library too, for those ask name servers by themselves.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable
from typing import Any

_WAYS_OUT = {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}  # where the address stands
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo")

refused: list[str] = []  # what was refused, even if the code under test swallowed the error


class OutsideError(RuntimeError):
    """A test tried to leave the loopback interface."""


def is_loopback(host: object) -> bool:
    """Tell whether a host (address or name) is this machine's loopback.

    >>> is_loopback("127.53.0.9"), is_loopback("::1"), is_loopback("198.51.100.1")
    (True, True, False)
    """
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def install() -> None:
    """Guard this process from now on; a second call changes nothing."""
    if getattr(socket, "_depgraph_guard", False):
        return
    socket._depgraph_guard = True  # type: ignore[attr-defined]
    for name, position in _WAYS_OUT.items():
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name), name, position))
    # pytest-socket puts "the true connect" of the time it was imported back around each test.
    if (plugin := sys.modules.get("pytest_socket")) is not None:
        plugin._true_connect = socket.socket.connect  # type: ignore[attr-defined]
    for name in _LOOKUPS:
        setattr(socket, name, _guarded_lookup(getattr(socket, name), name))


def _guarded(original: Callable[..., Any], name: str, position: int) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        given = len(args) > position if position >= 0 else bool(args)
        if self.family in {socket.AF_INET, socket.AF_INET6} and given:
            address = args[position]
            if isinstance(address, tuple) and not is_loopback(address[0]):
                if name == "connect":
                    self.close()  # `create_connection` closes it after an OSError only
                _refuse(f"{name} to {address[0]} port {address[1]}")
        return original(self, *args)

    return guarded


def _guarded_lookup(original: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **named: Any) -> Any:
        literal = host[0] if isinstance(host, tuple) else host
        if not (is_loopback(literal) or _is_address(literal) or literal == socket.gethostname()):
            _refuse(f"{name} of {literal!r}")
        return original(host, *args, **named)

    return guarded


def _is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def _refuse(what: str) -> None:
    refused.append(what)
    raise OutsideError(
        f"expected loopback only in tests, found {what}: pass endpoints of the lab, closed"
    )
