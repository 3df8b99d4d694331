"""Example services, each with one phenomenon, under reserved names and addresses.

Names of RFC 2606 (``example``, ``test``, ``invalid``), addresses of RFC 5737 and RFC 3849, AS
numbers of RFC 5398: nothing here says anything about a real company. ``example`` has RDAP,
``test`` WHOIS only, ``invalid`` neither.
"""

from __future__ import annotations

from typing import Any

from .world import Network, Zone, zone

ALFA = "ns1.dns-alfa.test ns2.dns-alfa.test"
BRAVO = "ns1.dns-bravo.example ns2.dns-bravo.test"
REGISTRY = "a.nic.example b.nic.example"
SIXTY = " ".join(f"ns{i}.sixty.example" for i in range(1, 61))

REGISTRIES: tuple[Zone, ...] = (
    zone(
        "example",
        REGISTRY,
        """
        a.nic A    198.51.100.1
        a.nic AAAA 2001:db8:1::1
        b.nic A    198.51.100.2
        """,
    ),
    zone("test", REGISTRY),
    zone("invalid", "a.nic.invalid", "a.nic A 198.51.100.161"),
)

OPERATORS: tuple[Zone, ...] = (
    zone(
        "dns-alfa.test",
        ALFA,
        """
        ns1 A    198.51.100.17
        ns1 AAAA 2001:db8:2::17
        ns2 A    198.51.100.18
        """,
    ),
    zone(
        "dns-bravo.example",
        BRAVO,
        "ns1 A 198.51.100.33\nns1 AAAA 2001:db8:3::33",
    ),
    zone("dns-bravo.test", BRAVO, "ns2 A 198.51.100.34"),
    zone(
        "cdn-delta.test",
        "ns1.cdn-delta.test ns2.cdn-delta.test",
        """
        ns1 A 198.51.100.49
        ns2 A 198.51.100.50
        www.shop.example.map 60 CNAME e1234.x.edge-delta.example.
        """,
    ),
    zone(
        "edge-delta.example",
        "la1.edge-delta.example",
        "la1 A 198.51.100.51",
    ),
    zone(
        "x.edge-delta.example",
        "n0.x.edge-delta.example",
        """
        n0    A    198.51.100.52
        n0    AAAA 2001:db8:4::52
        e1234 20 A    198.51.100.57
        e1234 20 AAAA 2001:db8:4::57
        """,
    ),
    zone(
        "mail-echo.test",
        BRAVO,
        """
        mx1  A   198.51.100.65
        _spf TXT "v=spf1 ip4:198.51.100.64/28 -all"
        """,
    ),
    zone(
        "mail-foxtrot.example",
        "ns.mail-foxtrot.example",
        "ns A 198.51.100.81\nmx A 198.51.100.82\nmx AAAA 2001:db8:6::82",
    ),
    zone(
        "gateway-hotel.example",
        ALFA,
        'in A 198.51.100.113\n_spf TXT "v=spf1 ip4:198.51.100.112/28 ~all"',
    ),
    zone(
        "mailbox-india.test",
        "ns.mailbox-india.test",
        """
        ns A 198.51.100.129
        autodiscover A 198.51.100.130
        selector1._domainkey.tenant TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
        selector2._domainkey.tenant TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
        _spf TXT "v=spf1 ip4:198.51.100.128/28 -all"
        """,
    ),
    zone("six-kilo.example", "ns1.six-kilo.example", "ns1 AAAA 2001:db8:d::1"),
)

SERVICES: tuple[Zone, ...] = (
    # The latency case: 4 name servers at 2 operators, 2 links to a CDN, 2 MX at 2 operators.
    zone(
        "shop.example",
        f"{ALFA} {BRAVO}",
        """
        @      A     198.51.100.97
        @      AAAA  2001:db8:7::97
        @      MX    10 mx1.mail-echo.test.
        @      MX    20 mx.mail-foxtrot.example.
        @      TXT   "v=spf1 include:_spf.mail-echo.test -all"
        @      CAA   0 issue "ca-lima.example"
        _dmarc TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@shop.example"
        www    CNAME www.shop.example.map.cdn-delta.test.
        """,
    ),
    # bücher.example: a name that people type in Unicode.
    zone(
        "xn--bcher-kva.example",
        ALFA,
        "@ A 198.51.100.98\n@ MX 10 mx1.mail-echo.test.\nwww CNAME xn--bcher-kva.example.",
    ),
    # One of four name servers refuses the zone.
    zone(
        "lame.example",
        f"{ALFA} ns1.dns-bravo.example ns.mailbox-india.test",
        "@ A 198.51.100.99\nwww A 198.51.100.99",
        lame="ns.mailbox-india.test",
    ),
    # The parent still names a server that the zone has left, and not the one it has joined.
    zone(
        "drift.example",
        "ns1.dns-alfa.test ns1.dns-bravo.example",
        "@ A 198.51.100.100\nwww A 198.51.100.100",
        parent_ns="ns1.dns-alfa.test ns2.dns-alfa.test",
    ),
    zone(
        "loop.example",
        ALFA,
        "@ A 198.51.100.101\nwww CNAME a.loop.example.\na CNAME b.loop.example.\nb CNAME a.loop.example.",
    ),
    # Each zone's only server is named in the other, and neither parent has glue for it.
    zone("cycle-a.example", "ns.cycle-b.invalid", "ns A 198.51.100.145\n@ A 198.51.100.102"),
    zone("cycle-b.invalid", "ns.cycle-a.example", "ns A 198.51.100.146"),
    # No mail (RFC 7505), no www.
    zone("nullmx.example", ALFA, '@ A 198.51.100.103\n@ MX 0 .\n@ TXT "v=spf1 -all"'),
    # A gateway takes the mail; the mailboxes are another's.
    zone(
        "gateway.example",
        BRAVO,
        """
        @ A  198.51.100.104
        @ MX 10 in.gateway-hotel.example.
        @ TXT "v=spf1 include:_spf.gateway-hotel.example include:_spf.mailbox-india.test -all"
        www A 198.51.100.104
        autodiscover CNAME autodiscover.mailbox-india.test.
        selector1._domainkey CNAME selector1._domainkey.tenant.mailbox-india.test.
        selector2._domainkey CNAME selector2._domainkey.tenant.mailbox-india.test.
        """,
    ),
    # 20 strings of 200 bytes: too large for UDP, so TCP it is.
    zone(
        "bigtxt.example",
        ALFA,
        "@ A 198.51.100.105\n" + "".join(f'@ TXT "{i:03d} {"x" * 196}"\n' for i in range(20)),
    ),
    zone(
        "sixty.example",
        SIXTY,
        "@ A 203.0.113.62\n" + "".join(f"ns{i} A 203.0.113.{i}\n" for i in range(1, 61)),
    ),
    # Its only name server has an IPv6 address and no other.
    zone("six.example", "ns1.six-kilo.example", "@ AAAA 2001:db8:d::80\nwww AAAA 2001:db8:d::80"),
    zone(
        "wild.example", ALFA, "@ A 198.51.100.106\n* A 198.51.100.107\n* MX 10 mx1.mail-echo.test."
    ),
    # A service on a host name three zones down.
    zone("deep.example", ALFA, "@ A 198.51.100.108\nwww CNAME www.a.b.deep.example."),
    zone("a.b.deep.example", BRAVO, "www A 198.51.100.109"),
    zone("split.example", ALFA, "@ A 198.51.100.110\nwww A 198.51.100.110"),
    # Text from the network is hostile: markup, terminal escapes, a line break.
    zone(
        "hostile.example",
        ALFA,
        '@ A 198.51.100.110\n@ TXT "<script>alert(1)</script>\\027[31m\\010rm"\nwww A 198.51.100.110',
    ),
    zone("whoisonly.test", ALFA, "@ A 198.51.100.147\nwww A 198.51.100.147"),
    zone("dark.invalid", ALFA, "@ A 198.51.100.148\nwww A 198.51.100.148"),
)

ZONES = REGISTRIES + OPERATORS + SERVICES


def _network(number: int, name: str, prefix4: str, *, registry: str = "arin") -> list[Network]:
    """Give an operator's IPv4 and IPv6 prefix; its number gives AS and IPv6 prefix."""
    common: dict[str, Any] = {
        "asn": 64495 + number,
        "as_name": f"{name.upper().replace(' ', '-')}-AS",
        "country": {"arin": "US", "ripencc": "NL", "lacnic": "BR", "apnic": "AU"}[registry],
        "registry": registry,
        "holder": f"{name.title()} (example)",
        "allocated": "2010-01-01",
    }
    return [
        Network(prefix=prefix4, handle=f"LAB-{number}-4", **common),
        Network(prefix=f"2001:db8:{number:x}::/48", handle=f"LAB-{number}-6", **common),
    ]


NETWORKS: tuple[Network, ...] = (
    *_network(1, "nic", "198.51.100.0/28"),
    *_network(2, "dns alfa", "198.51.100.16/28"),
    *_network(3, "dns bravo", "198.51.100.32/28", registry="ripencc"),
    *_network(4, "cdn delta", "198.51.100.48/28"),
    *_network(5, "mail echo", "198.51.100.64/28"),
    *_network(6, "mail foxtrot", "198.51.100.80/28", registry="lacnic"),
    *_network(7, "host golf", "198.51.100.96/28"),
    *_network(8, "gateway hotel", "198.51.100.112/28", registry="apnic"),
    *_network(9, "mailbox india", "198.51.100.128/28"),
    *_network(10, "host juliett", "198.51.100.144/28"),
    *_network(11, "nic invalid", "198.51.100.160/28"),
    *_network(12, "sixty lima", "203.0.113.0/26"),
    *_network(14, "arpa", "198.51.100.224/28"),
    *_network(15, "cymru", "198.51.100.240/28"),
    *_network(16, "mail whisky", "203.0.113.240/28"),
    *_network(13, "six kilo", "203.0.113.64/28"),
)
