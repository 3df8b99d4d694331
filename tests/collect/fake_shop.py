"""A shop: four name servers at two operators, two aliases to a CDN, two mail exchanges."""

from __future__ import annotations

from fake_dns import World

# Operators' addresses are documentation addresses (RFC 5737) and a benchmark net (RFC 2544).
ROOT, TLD, DYN1, DYN2 = "198.41.0.4", "198.18.0.1", "198.51.100.1", "198.51.100.2"
ULTRA1, ULTRA2, CDN, CYMRU = "203.0.113.1", "203.0.113.2", "198.18.2.1", "198.18.4.1"


def _zone(apex: str, hosts: list[str], text: str) -> str:
    mailbox = "hostmaster" if apex == "." else f"hostmaster.{apex}"
    lines = [f"{apex} SOA {hosts[0]}. {mailbox}. 1 7200 900 1209600 60"]
    lines += [f"{apex} NS {host}" for host in hosts]
    return "\n".join(lines) + "\n" + text


def zones() -> dict[str, str]:
    table: dict[str, tuple[list[str], str]] = {
        ".": (
            ["a.root-servers.net"],
            f"""a.root-servers.net A {ROOT}
            com NS a.gtld.net
            net NS a.gtld.net
            arpa NS a.root-servers.net
            a.gtld.net A {TLD}""",
        ),
        "arpa": (["a.root-servers.net"], ""),
        "com": (
            ["a.gtld.net"],
            f"""shop.com NS ns1.dyn.com
            shop.com NS ns2.dyn.com
            shop.com NS ns1.ultra.com
            shop.com NS ns2.ultra.com
            shop.com DS 12345 13 2 {"ab" * 32}
            cymru.com NS ns1.cymru.com
            dyn.com NS ns1.dyn.com
            ultra.com NS ns1.ultra.com
            ns1.dyn.com A {DYN1}
            ns2.dyn.com A {DYN2}
            ns1.ultra.com A {ULTRA1}
            ns2.ultra.com A {ULTRA2}
            ns1.cymru.com A {CYMRU}""",
        ),
        "net": (
            ["a.gtld.net"],
            f"""edgekey.net NS ns1.ak.net
            edge.net NS ns1.ak.net
            ak.net NS ns1.ak.net
            gtld.net NS a.gtld.net
            ns1.ak.net A {CDN}
            a.gtld.net A {TLD}""",
        ),
        "gtld.net": (["a.gtld.net"], f"a.gtld.net A {TLD}"),
        "shop.com": (
            ["ns1.dyn.com", "ns2.dyn.com", "ns1.ultra.com", "ns2.ultra.com"],
            """shop.com A 192.0.2.34
            shop.com MX 10 mx1.shop.com.
            shop.com MX 20 mx2.shop.com.
            shop.com TXT "v=spf1 include:spf.dyn.com -all"
            shop.com CAA 0 issue "ca.example"
            mx1.shop.com A 192.0.2.101
            mx2.shop.com A 192.0.2.102
            www.shop.com CNAME www.shop.com.edgekey.net""",
        ),
        "dyn.com": (
            ["ns1.dyn.com"],
            f"""ns1.dyn.com A {DYN1}
            ns2.dyn.com A {DYN2}
            spf.dyn.com TXT "v=spf1 ip4:192.0.2.0/24 -all" """,
        ),
        "ultra.com": (["ns1.ultra.com"], f"ns1.ultra.com A {ULTRA1}\nns2.ultra.com A {ULTRA2}"),
        "ak.net": (["ns1.ak.net"], f"ns1.ak.net A {CDN}"),
        "edgekey.net": (["ns1.ak.net"], "www.shop.com.edgekey.net CNAME e1.edge.net"),
        "edge.net": (["ns1.ak.net"], "e1.edge.net A 198.18.3.7"),
        "cymru.com": (["ns1.cymru.com"], f"ns1.cymru.com A {CYMRU}\n{_origins()}"),
    }
    return {apex: _zone(apex, hosts, text) for apex, (hosts, text) in table.items()}


def _origins() -> str:
    rows = {
        "192.0.2.34": (64501, "192.0.2.0/24"),
        "192.0.2.101": (64501, "192.0.2.0/24"),
        "192.0.2.102": (64501, "192.0.2.0/24"),
        DYN1: (64502, "198.51.100.0/24"),
        DYN2: (64502, "198.51.100.0/24"),
        ULTRA1: (64503, "203.0.113.0/24"),
        ULTRA2: (64503, "203.0.113.0/24"),
        CDN: (64504, "198.18.2.0/23"),
        "198.18.3.7": (64504, "198.18.2.0/23"),
    }
    lines = []
    for address, (asn, prefix) in rows.items():
        reverse = ".".join(reversed(address.split(".")))
        lines.append(
            f'{reverse}.origin.asn.cymru.com TXT "{asn} | {prefix} | US | arin | 2010-01-01"'
        )
    for asn in (64501, 64502, 64503, 64504):
        lines.append(f'as{asn}.asn.cymru.com TXT "{asn} | US | arin | 2010-01-01 | EX{asn}, US"')
    return "\n".join(lines)


def shop() -> World:
    return World(
        zones(),
        {
            ROOT: (".", "arpa"),
            TLD: ("com", "net", "gtld.net"),
            DYN1: ("shop.com", "dyn.com"),
            DYN2: ("shop.com", "dyn.com"),
            ULTRA1: ("shop.com", "ultra.com"),
            ULTRA2: ("shop.com", "ultra.com"),
            CDN: ("ak.net", "edgekey.net", "edge.net"),
            CYMRU: ("cymru.com",),
        },
        roots={"a.root-servers.net": (ROOT,)},
    )
