"""Where a name of a stranger's may lead: it is resolved first, and each address is checked.

RDAP servers, redirects, the WHOIS servers that IANA or a recording names, and the addresses of
tables come from others. A name among them may lead to the machines beside us (a router, the
metadata server of a cloud), today or only the second time that it is looked up. So the address
that was checked is the one that is connected to. Name servers and TLS are contacted by address:
:meth:`depgraph.collect.endpoints.Endpoints.for_dns` checks those.
"""

from __future__ import annotations

import asyncio
import socket
import urllib.request
from typing import Any

import httpx2

from depgraph.addresses import is_public
from depgraph.text_safety import quote

_ADDRESSES = 4  # of one name tried


class ForbiddenError(OSError):
    """A name that leads to no address of the public Internet; nothing was sent."""

    def __init__(self, host: str) -> None:
        super().__init__(0, f"not contacted: {host[:80]} leads to no public address")


def allowed(host: str, found: list[tuple[Any, ...]]) -> list[str]:
    """Return the public ones of the addresses that ``getaddrinfo`` found, the best first.

    Raises
    ------
    ForbiddenError
        If there is none.
    """
    addresses = dict.fromkeys(str(row[4][0]) for row in found)
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise ForbiddenError(host)
    return public[:_ADDRESSES]


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses at which a host may be contacted; see :func:`allowed`.

    Raises
    ------
    OSError
        If it leads to no public address, or nowhere, or can be no name.
    """
    loop = asyncio.get_running_loop()
    try:
        return allowed(host, await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except ValueError:  # of the IDNA codec: a label too long, an empty one
        raise _no_name(host) from None


def _no_name(host: str) -> OSError:
    return OSError(0, f"not contacted: {quote(host)} is no host name")


def proxied(host: str = "") -> bool:
    """Tell whether the environment names a proxy for HTTPS: the user's own, which looks names up."""
    proxies = urllib.request.getproxies()
    named = bool(proxies.get("https") or proxies.get("all"))
    return named and not (host and urllib.request.proxy_bypass(host))


async def check(host: str, own_hosts: frozenset[str]) -> None:
    """Check a host that the user's proxy connects to, or that is connected to beside it.

    Without a proxy there is nothing to do: see :func:`guarded`. The proxy looks names up where
    we do not see it, so of those it gets only an address is judged.

    Raises
    ------
    OSError
        If it leads to no public address, or nowhere.
    """
    if not proxied() or host in own_hosts:
        return
    if not proxied(host):
        await resolve(host, 443)
    elif _is_literal(host) and not is_public(host):
        raise ForbiddenError(host)


def _is_literal(host: str) -> bool:
    """Tell whether a host is an address in any form that a resolver reads (``0x7f.1``), or this machine."""
    if ":" in host or host.endswith("localhost"):
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def guarded(verify: Any, own_hosts: frozenset[str]) -> httpx2.AsyncHTTPTransport | None:
    """Return a transport that connects to public addresses and to `own_hosts` only.

    None where a proxy connects instead.
    """
    if proxied():
        return None
    transport = httpx2.AsyncHTTPTransport(verify=verify)
    pool: Any = transport._pool  # noqa: SLF001  (httpx has no parameter for it)
    pool._network_backend = _Backend(pool._network_backend, own_hosts)  # noqa: SLF001
    return transport


def guarded_sync(own_hosts: frozenset[str]) -> httpx2.HTTPTransport | None:
    """Return :func:`guarded` for a client that waits."""
    if proxied():
        return None
    transport = httpx2.HTTPTransport()
    pool: Any = transport._pool  # noqa: SLF001
    pool._network_backend = _SyncBackend(pool._network_backend, own_hosts)  # noqa: SLF001
    return transport


class _Backend:
    """The network of a pool of connections, every name being checked before it is contacted."""

    def __init__(self, inner: Any, own_hosts: frozenset[str]) -> None:
        self._inner = inner
        self._own_hosts = own_hosts

    async def connect_tcp(self, host: str, port: int, **options: Any) -> Any:
        """Connect to the first address of a host that answers."""
        if host in self._own_hosts:
            return await self._inner.connect_tcp(host, port, **options)
        failure: Exception = ForbiddenError(host)
        try:
            for address in await resolve(host, port):
                try:
                    return await self._inner.connect_tcp(address, port, **options)
                except _connect_errors() as error:
                    failure = error
        except OSError as error:
            failure = error
        raise _as_connect_error(failure)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


class _SyncBackend:
    """:class:`_Backend` for a client that waits."""

    def __init__(self, inner: Any, own_hosts: frozenset[str]) -> None:
        self._inner = inner
        self._own_hosts = own_hosts

    def connect_tcp(self, host: str, port: int, **options: Any) -> Any:
        """Connect to the first address of a host that answers."""
        if host in self._own_hosts:
            return self._inner.connect_tcp(host, port, **options)
        failure: Exception = ForbiddenError(host)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            for address in allowed(host, found):
                try:
                    return self._inner.connect_tcp(address, port, **options)
                except _connect_errors() as error:
                    failure = error
        except OSError as error:
            failure = error
        except ValueError:
            failure = _no_name(host)
        raise _as_connect_error(failure)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._inner.sleep(seconds)


def _connect_errors() -> tuple[type[Exception], ...]:
    import httpcore2  # noqa: PLC0415  (httpx loads it late, too)

    return (httpcore2.ConnectError, httpcore2.ConnectTimeout)


def _as_connect_error(error: Exception) -> Exception:
    import httpcore2  # noqa: PLC0415

    if isinstance(error, _connect_errors()):
        return error
    text = error.strerror if isinstance(error, OSError) else str(error)
    return httpcore2.ConnectError(text or type(error).__name__)
