"""Reading what stands in records: names, addresses, preferences; None where it is malformed."""

from __future__ import annotations

import ipaddress
import re

_LABEL = r"[a-z0-9_-]{1,63}"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_SHORTEST = {4: 8, 6: 19}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def host(text: str) -> str | None:
    """Read a host name out of a record; None where it is none (an address, spaces, the root).

    >>> host("NS1.Example.NET."), host("192.0.2.1"), host("a b"), host(".")
    ('ns1.example.net', None, None, None)
    """
    name = text[:-1].lower() if text.endswith(".") else text.lower()
    if len(name) > 253 or not _HOST.fullmatch(name) or name.rsplit(".", 1)[-1].isdigit():
        return None
    return name


def exchange(text: str) -> str | None:
    """Read the host of an MX record, whose preference some sources drop; ``.`` is the null MX.

    >>> exchange("10 MX.example.net."), exchange("mx.example.net"), exchange("0 .")
    ('mx.example.net', 'mx.example.net', '.')
    >>> exchange("ten mx.example.net") is None
    True
    """
    words = text[:1024].split()
    if len(words) == 2 and words[0].isdecimal():
        del words[0]
    if len(words) != 1:
        return None
    return "." if words[0] == "." else host(words[0])


def last_word(text: str) -> str:
    """Give the last word of a record: the host of an SRV, with or without its numbers."""
    words = text[:1024].split()
    return words[-1] if words else ""


def address(text: str) -> str | None:
    """Read an address, in its canonical form.

    >>> address("2001:DB8:0::1"), address("192.0.2.256")
    ('2001:db8::1', None)
    """
    try:
        return (
            str(ipaddress.ip_address(text.strip())) if len(text) < 64 and "%" not in text else None
        )
    except ValueError:
        return None


def network(text: str) -> Network | None:
    """Read a prefix in CIDR form; host bits may be set."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False) if len(text) < 64 else None
    except ValueError:
        return None


def covering(prefixes: list[str], address_text: str) -> str | None:
    """Pick the narrowest of some prefixes that holds the address; None where none does.

    One shorter than /8 (IPv6: /19) is not believed: no registry ever gave one away, but
    poisoned feeds hold them.
    """
    here = ipaddress.ip_address(address_text)
    nets = [net for text in prefixes for one in text.split(",") if (net := network(one))]
    holding = [
        net
        for net in nets
        if net.version == here.version and here in net and net.prefixlen >= _SHORTEST[net.version]
    ]
    best = max(holding, key=lambda net: net.prefixlen, default=None)
    return str(best) if best is not None else None


def asn(text: str) -> str | None:
    """Read an AS number as decimal digits without leading zeros; None where it is none.

    >>> asn("AS064500"), asn("0"), asn("AS x")
    ('64500', None, None)
    """
    digits = text.strip().upper().removeprefix("AS")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        return None
    number = int(digits)
    return str(number) if 0 < number < 2**32 else None  # RFC 7607: AS 0 announces nothing


def version(address_or_prefix: str) -> int:
    """Give 4 or 6."""
    return 6 if ":" in address_or_prefix else 4
