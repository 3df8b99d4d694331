"""Where each source is reached: the real Internet, a lab on loopback, or a proxy.

Maps from the server that is meant to the endpoint that is contacted. Observations always name
the server (its real address, the real URL), never the endpoint.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from depgraph.errors import CollectionError
from depgraph.intake import json_value, read_text

Network = IPv4Network | IPv6Network

_NONE: Mapping[str, tuple[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where each source is reached; the default is the real Internet.

    Parameters
    ----------
    dns
        Real server address -> (address, port) to contact instead.
    roots
        Root servers instead of the shipped root hints: host name -> addresses.
    anchors
        Data of the DS records that DNSSEC begins with under these roots: zone -> records.
        Without them the Internet's root is validated with IANA's, another root not at all.
    http
        Host of an ``https`` URL -> base URL to contact instead, such as
        ``{"rdap.arin.net": "http://127.0.0.1:8080"}``. The ``Host`` header stays.
    whois
        WHOIS server name -> (address, port).
    tls
        Address -> (address, port) for the certificate on port 443.
    closed
        What is not in the maps is unreachable: nothing ever leaves. For labs and tests.
    """

    dns: Mapping[str, tuple[str, int]] = field(default_factory=lambda: _NONE)
    roots: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    anchors: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    http: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    whois: Mapping[str, tuple[str, int]] = field(default_factory=lambda: _NONE)
    tls: Mapping[str, tuple[str, int]] = field(default_factory=lambda: _NONE)
    closed: bool = False

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """Read a JSON file with these fields, such as ``{"dns": {"192.0.2.1": ["127.0.0.1", 5300]}}``.

        Returns
        -------
        Endpoints
            What the file says.

        Raises
        ------
        CollectionError
            If it is not such a file.
        """
        try:
            maps = json_value(read_text(path, error=CollectionError))
            for key in {"dns", "whois", "tls"} & maps.keys():
                maps[key] = {
                    name: (str(host), int(port)) for name, (host, port) in maps[key].items()
                }
            for key in {"roots", "anchors"} & maps.keys():
                maps[key] = {name: tuple(several) for name, several in maps[key].items()}
            return cls(**maps)
        except (ValueError, TypeError, AttributeError) as error:
            raise CollectionError(
                f"expected the fields of depgraph.collect.Endpoints as JSON in {path}: {error}"
            ) from None

    @property
    def signed(self) -> bool:
        """Whether there is an anchor to validate from."""
        return bool(self.anchors) or not self.roots

    def for_dns(
        self, address: str, port: int = 53, *, chosen: bool = False
    ) -> tuple[str, int] | None:
        """Return the (address, port) at which a name server is contacted, None if closed.

        An address that is not one of the public Internet is contacted only when a map says
        where, where roots of a lab are given, or when it is `chosen` by the user or the system
        as the resolver: a hostile zone shall not aim our questions at the machines beside us.
        """
        if (mapped := self.dns.get(address)) is not None:
            return mapped
        if self.closed or not (is_public(address) or self.roots or chosen):
            return None
        return address, port

    def for_http(self, host: str) -> str | None:
        """Return the base URL at which an HTTPS host is contacted, None if closed.

        Where a name that is not in the map leads is for :mod:`depgraph.collect.guard` to judge.
        """
        mapped = self.http.get(host)
        if mapped is not None:
            return mapped.rstrip("/")
        return None if self.closed else f"https://[{host}]" if ":" in host else f"https://{host}"

    def for_whois(self, host: str) -> tuple[str, int] | None:
        """Return the (address or name, port) at which a WHOIS server is contacted, None if closed.

        Where a name that is not in the map leads is for :mod:`depgraph.collect.guard` to judge.
        """
        mapped = self.whois.get(host)
        return mapped if mapped is not None or self.closed else (host, 43)

    def for_tls(self, address: str) -> tuple[str, int] | None:
        """Return the (address, port) at which a certificate is fetched, None if closed."""
        mapped = self.tls.get(address)
        if mapped is not None:
            return mapped
        return (address, 443) if is_public(address) and not self.closed else None

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts that the maps name: the user's own, which no guard keeps from being asked."""
        web = {urlsplit(base).hostname or "" for base in self.http.values()}
        return frozenset(web | {host for host, _ in self.whois.values()})


def is_inward(address: str) -> bool:
    """Tell whether an address lies inside (loopback, private, link-local, multicast...).

    Also one that stands in an IPv6 address: mapped (RFC 4291), translated (RFC 6052), 6to4
    (RFC 3056). Documentation addresses (RFC 5737) do not count: examples are made of them.

    >>> is_inward("127.0.0.1"), is_inward("64:ff9b::10.0.0.1"), is_inward("198.51.100.7")
    (True, True, False)
    """
    ip = _plain(address)
    return ip is None or ip.is_multicast or _within(ip, _INWARD)


def is_public(address: str) -> bool:
    """Tell whether a stranger may make us send to an address: one that anybody can reach.

    >>> is_public("198.41.0.4"), is_public("10.0.0.1"), is_public("198.51.100.7")
    (True, False, False)
    """
    ip = _plain(address)
    return ip is not None and not is_inward(address) and not _within(ip, _OF_NOBODY)


def _plain(address: str) -> IPv4Address | IPv6Address | None:
    """Read an address, that inside it if there is one; None if it is none or has a zone index."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, IPv4Address):
        return ip
    if ip.scope_id is not None:
        return None
    translated = any(ip in net for net in _TRANSLATED)
    inner = IPv4Address(int(ip) & 0xFFFFFFFF) if translated else None
    return ip.ipv4_mapped or ip.sixtofour or inner or ip


def _within(ip: IPv4Address | IPv6Address, networks: tuple[Network, ...]) -> bool:
    return any(ip in net for net in networks if net.version == ip.version)


# Of IANA's registries of special-purpose addresses (RFC 6890) those that are not globally
# reachable; 240.0.0.0/4 is reserved (RFC 1112), and fec0::/10 was site-local (RFC 3879).
_INWARD = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "240.0.0.0/4",
        "::/128",
        "::1/128",
        "64:ff9b:1::/48",
        "100::/64",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)
# For documentation (RFC 5737, RFC 3849, RFC 9637) and for benchmarks (RFC 2544, RFC 5180).
_OF_NOBODY = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.2.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001:2::/48",
        "2001:db8::/32",
        "3fff::/20",
    )
)
# An IPv4 address in the last 32 bits: translated by NAT64 (RFC 6052), and "IPv4-compatible",
# which RFC 4291 gave up. ``::`` and ``::1`` are in the second, and inward either way.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
