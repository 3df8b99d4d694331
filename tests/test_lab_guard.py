"""Nothing leaves loopback in any test, whichever way it tries."""

import asyncio
import contextlib
import socket

import dns.message
import dns.query
import pytest

from tests.lab import guard

OUTSIDE = "198.51.100.1"
OUTSIDE6 = "2001:db8::1"


def _udp(*, connect: bool = False) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        if connect:
            s.connect((OUTSIDE, 53))
        s.sendto(b"x", (OUTSIDE, 53))


def _udp_with_flags() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"x", 0, (OUTSIDE, 53))


def _udp6() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as s:
        s.sendto(b"x", (OUTSIDE6, 53, 0, 0))


def _message() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendmsg([b"x"], [], 0, (OUTSIDE, 53))


def _tcp() -> None:
    socket.create_connection((OUTSIDE, 443), timeout=1)


def _tcp_ex() -> None:
    with socket.socket() as s:
        s.connect_ex((OUTSIDE, 443))


def _asyncio() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(OUTSIDE, 443), 1))


def _asyncio_datagram() -> None:
    async def send() -> None:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0)
        )
        try:
            transport.sendto(b"x", (OUTSIDE, 53))
        finally:
            transport.close()
            await asyncio.sleep(0)

    asyncio.run(send())


def _dnspython() -> None:
    dns.query.udp(dns.message.make_query("example.org", "A"), OUTSIDE, timeout=1)


def _lookup() -> None:
    socket.getaddrinfo("example.org", 53)


@pytest.mark.parametrize(
    "way",
    [
        _udp,
        lambda: _udp(connect=True),
        _udp_with_flags,
        _udp6,
        _message,
        _tcp,
        _tcp_ex,
        _asyncio,
        _dnspython,
        _lookup,
    ],
)
def test_every_way_out_is_refused(way):
    with pytest.raises(guard.OutsideError, match="loopback only"):
        way()
    assert guard.refused
    guard.refused.clear()


def test_a_datagram_from_a_loop_is_refused_even_where_asyncio_swallows_the_error():
    with contextlib.suppress(guard.OutsideError):
        _asyncio_datagram()
    assert any(OUTSIDE in what for what in guard.refused)
    guard.refused.clear()


def test_loopback_itself_is_free():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        s.sendto(b"x", s.getsockname())
        assert s.recv(1) == b"x"
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_refusal_that_is_swallowed_is_still_known():
    """The fixture in conftest.py fails a test at whose end this list is not empty."""
    with contextlib.suppress(Exception):
        _udp()
    assert guard.refused == [f"sendto to {OUTSIDE} port 53"]
    guard.refused.clear()
