"""The top of the tree and wikipedia.org, from recorded real records; each with its source.

Sources
-------
- Root, com, net, org, info, arpa name servers and addresses: IANA root zone database as of
  2026-08-08 (case/iana-data, MIT); two servers of each set are kept, for size.
- wikipedia.org, wikimedia.org servers: wikimedia/operations-dns, the operator's own zone, at
  the last commits before 2021-01-10 and 2021-02-15 (one site, eqiad, of its geo-DNS).
- Origin of Wikimedia's addresses: AS14907, prefixes of the RouteViews-derived
  ``@ip-location-db/asn`` of 2026-06-17 (CC BY 4.0).

Stand-ins, where no record was found or the real thing would add servers and no question: the
host names of root and TLD servers are answered by the zone above them rather than by zones of
their own; Team Cymru's name server, Wikimedia's two mail hosts and the servers of
in-addr.arpa and ip6.arpa have documentation addresses (RFC 5737, RFC 3849).
"""

from __future__ import annotations

from typing import Any

from .world import Network, Zone, zone

ROOT_SERVERS = "a.root-servers.net k.root-servers.net"
GTLD_SERVERS = "a.gtld-servers.net b.gtld-servers.net"
ORG_SERVERS = "a0.org.afilias-nst.info b0.org.afilias-nst.org"
INFO_SERVERS = "a0.info.afilias-nst.info b0.info.afilias-nst.org"
WIKIMEDIA_SERVERS = "ns0.wikimedia.org ns1.wikimedia.org ns2.wikimedia.org"

ZONES: tuple[Zone, ...] = (
    zone(".", ROOT_SERVERS),
    zone(
        "com",
        GTLD_SERVERS,
    ),
    zone(
        "net",
        GTLD_SERVERS,
        """
        a.root-servers.net. A    198.41.0.4
        a.root-servers.net. AAAA 2001:503:ba3e::2:30
        k.root-servers.net. A    193.0.14.129
        k.root-servers.net. AAAA 2001:7fd::1
        a.gtld-servers.net. A    192.5.6.30
        a.gtld-servers.net. AAAA 2001:503:a83e::2:30
        b.gtld-servers.net. A    192.33.14.30
        b.gtld-servers.net. AAAA 2001:503:231d::2:30
        """,
    ),
    zone(
        "org",
        ORG_SERVERS,
        """
        b0.org.afilias-nst.org.  A    199.19.54.1
        b0.org.afilias-nst.org.  AAAA 2001:500:c::1
        b0.info.afilias-nst.org. A    199.254.48.1
        b0.info.afilias-nst.org. AAAA 2001:500:1a::1
        """,
    ),
    zone(
        "info",
        INFO_SERVERS,
        """
        a0.org.afilias-nst.info.  A    199.19.56.1
        a0.org.afilias-nst.info.  AAAA 2001:500:e::1
        a0.info.afilias-nst.info. A    199.254.31.1
        a0.info.afilias-nst.info. AAAA 2001:500:19::1
        """,
    ),
    zone("arpa", "a.ns.arpa", "a.ns.arpa. A 198.41.0.4\na.ns.arpa. AAAA 2001:503:ba3e::2:30"),
    zone("in-addr.arpa", "a.in-addr-servers.arpa"),
    zone("ip6.arpa", "a.ip6-servers.arpa"),
    zone(
        "in-addr-servers.arpa",
        "a.in-addr-servers.arpa",
        "a A 198.51.100.233\na AAAA 2001:db8:e::1",
    ),
    zone(
        "ip6-servers.arpa",
        "a.ip6-servers.arpa",
        "a A 198.51.100.234\na AAAA 2001:db8:e::2",
    ),
    zone(
        "wikipedia.org",
        WIKIMEDIA_SERVERS,
        """
        @ 600 A    208.80.154.224
        @ 600 AAAA 2620:0:861:ed1a::1
        @ 3600 MX  10 mx1001.wikimedia.org.
        @ 3600 MX  50 mx2001.wikimedia.org.
        @ 600 TXT  "v=spf1 include:wikimedia.org ~all"
        @ 600 CAA  0 issue "globalsign.com"
        @ 600 CAA  0 issue "digicert.com"
        @ 600 CAA  0 issue "letsencrypt.org"
        _dmarc 600 TXT "v=DMARC1; p=none; sp=none; rua=mailto:dmarc-rua@wikimedia.org; ruf=mailto:dmarc-ruf@wikimedia.org;"
        www 600 A    208.80.154.224
        www 600 AAAA 2620:0:861:ed1a::1
        """,
    ),
    zone(
        "wikimedia.org",
        WIKIMEDIA_SERVERS,
        """
        ns0 A 208.80.154.238
        ns1 A 208.80.153.231
        ns2 A 91.198.174.239
        @ TXT "v=spf1 ip4:91.198.174.0/24 ip4:208.80.152.0/22 ip6:2620:0:860::/46 include:_spf.google.com ip4:74.121.51.111 ~all"
        mx1001 A 203.0.113.250
        mx2001 A 203.0.113.251
        """,
    ),
    zone(
        "cymru.com",
        "ns1.cymru.com",
        "ns1 A 198.51.100.241\nns1 AAAA 2001:db8:f::1",
    ),
)

WIKIMEDIA: dict[str, Any] = {
    "asn": 14907,
    "as_name": "WIKIMEDIA",
    "country": "US",
    "registry": "arin",
    "holder": "Wikimedia Foundation Inc.",
}
# The handles are the lab's own; 91.198.174.0/24 has no row in the source and stays unknown.
NETWORKS: tuple[Network, ...] = (
    Network(prefix="208.80.152.0/22", handle="LAB-WIKIMEDIA-4", **WIKIMEDIA),
    Network(prefix="2620:0:860::/47", handle="LAB-WIKIMEDIA-6", **WIKIMEDIA),
)
