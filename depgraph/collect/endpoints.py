"""Where each source is reached: the real Internet, a lab on loopback, or a proxy.

Maps from the server that is meant to the endpoint that is contacted. Observations always name
the server (its real address, the real URL), never the endpoint.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from depgraph.addresses import is_public
from depgraph.errors import CollectionError
from depgraph.intake import json_value, read_text
from depgraph.text_safety import one_line

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
                f"expected the fields of depgraph.collect.Endpoints as JSON in {path}: {one_line(str(error))}"
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
