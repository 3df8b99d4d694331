"""What registries say in the lab: RDAP objects and WHOIS texts, with the traps of real ones.

The shapes are those of real answers; names, handles and ids are the lab's own (IANA sets the
registrar ids 9994 to 9999 aside for tests) but for wikipedia.org: that is its WHOIS record
saved after 2020-10-15 (https://github.com/ninjauri, facts F054 and F057 of the recordings).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any

from .world import Network, World

Json = dict[str, Any]

RIRS = {
    "arin": ("rdap.arin.net", "/registry"),
    "ripencc": ("rdap.db.ripe.net", ""),
    "apnic": ("rdap.apnic.net", ""),
    "lacnic": ("rdap.lacnic.net", "/rdap"),
    "afrinic": ("rdap.afrinic.net", "/rdap"),
}
RDAP_OF_TLD = {
    "example": ("rdap.nic.example", "/rdap"),
    "org": ("rdap.publicinterestregistry.org", "/rdap"),
}
WHOIS_OF_TLD = {"test": "whois.nic.test"}
TLD_OPERATORS = {
    "example": "NIC Example Association",
    "test": "NIC Test Limited",
    "invalid": "NIC Invalid Foundation",
    "org": "Public Interest Registry (PIR)",
}
_WIKIMEDIA_AS = 14907


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One registered domain as its registry tells it; `trap` is how its RDAP answer is odd."""

    domain: str
    nameservers: tuple[str, ...]
    registrar: str = "Registrar Mike (example)"
    iana_id: str = "9995"
    registrant: str = ""
    status: tuple[str, ...] = ("client transfer prohibited",)
    created: str = "2010-01-01T00:00:00Z"
    changed: str = "2026-01-01T00:00:00Z"
    expires: str = "2030-01-01T00:00:00Z"
    trap: str = ""


_REGISTRARS = {"test": ("Registrar November (example)", "9996")}
_TRAP_OF = {
    "xn--bcher-kva.example": "no-name",
    "lame.example": "capital-roles",
    "six.example": "no-registrar",
    "drift.example": "null-entities",
    "hostile.example": "hostile",
}
HOSTILE = "<img src=x onerror=alert(1)>\x1b[2J Registrar\nIANA ID: 1"


def registrations(world: World) -> dict[str, Registration]:
    """Give every domain registered under the TLDs with RDAP or WHOIS, with its parent's NS set."""
    found = {}
    for z in world.zones:
        tld = z.name.rpartition(".")[2]
        if z.name.count(".") == 1 and tld in {"example", "test"}:
            registrar, iana_id = _REGISTRARS.get(tld, ("Registrar Mike (example)", "9995"))
            found[z.name] = Registration(
                domain=z.name,
                nameservers=z.delegated_to,
                registrar=registrar,
                iana_id=iana_id,
                trap=_TRAP_OF.get(z.name, ""),
            )
    found["wikipedia.org"] = Registration(
        domain="wikipedia.org",
        nameservers=world.by_name["wikipedia.org"].ns,
        registrar="MarkMonitor Inc.",
        iana_id="292",
        registrant="Wikimedia Foundation, Inc.",
        status=(),
        created="2001-01-13T00:12:14Z",
        changed="2020-10-15T22:29:57Z",
        expires="2023-01-13T00:12:14Z",
    )
    return found


def _vcard(*fields: tuple[str, str]) -> list[Any]:
    head: list[Any] = [["version", {}, "text", "4.0"]]
    return ["vcard", head + [[key, {}, "text", value] for key, value in fields]]


def domain_object(r: Registration) -> Json:
    """Write the RDAP object of a domain (RFC 9083)."""
    name = HOSTILE if r.trap == "hostile" else r.registrar
    role = "Registrar" if r.trap == "capital-roles" else "registrar"
    registrar: Json = {
        "objectClassName": "entity",
        "handle": r.iana_id,
        "roles": [role],
        "publicIds": [{"type": "IANA Registrar ID", "identifier": r.iana_id}],
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["abuse"],
                "vcardArray": _vcard(("fn", "Abuse Desk"), ("email", "abuse@registrar.example")),
            }
        ],
    }
    if r.trap != "no-name":
        registrar["vcardArray"] = _vcard(("fn", name))
    entities: list[Json] | None = [] if r.trap == "no-registrar" else [registrar]
    if entities is not None and r.registrant:
        entities.append(
            {
                "objectClassName": "entity",
                "roles": ["registrant"],
                "vcardArray": _vcard(("fn", ""), ("org", r.registrant)),
            }
        )
    if r.trap == "null-entities":
        entities = None
    return {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "handle": f"LAB-{r.domain}",
        "ldhName": f"{r.domain.upper()}.",
        "status": list(r.status),
        "events": [
            {"eventAction": "registration", "eventDate": r.created},
            {"eventAction": "last changed", "eventDate": r.changed},
            {"eventAction": "expiration", "eventDate": r.expires},
        ],
        "nameservers": [
            {"objectClassName": "nameserver", "ldhName": host} for host in r.nameservers
        ],
        "entities": entities,
    }


def organisation_handle(n: Network) -> str:
    """Give the handle of a holder; its IPv4 and IPv6 blocks have the same."""
    return f"{n.handle.rpartition('-')[0]}-ORG"


def network_object(n: Network) -> Json:
    """Write the RDAP object of an address block, in the manner of its registry."""
    first, last = n.network[0], n.network[-1]
    registrant: Json = {
        "objectClassName": "entity",
        "handle": organisation_handle(n),
        "roles": ["registrant"],
        "vcardArray": _vcard(("kind", "org"), ("fn", n.holder)),
    }
    row: Json = {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "ip network",
        "handle": n.handle,
        "startAddress": str(first),
        "endAddress": str(last),
        "ipVersion": f"v{n.network.version}",
        "name": n.as_name,
        "type": "DIRECT ALLOCATION",
        "events": [{"eventAction": "registration", "eventDate": "2010-01-01T00:00:00Z"}],
        "entities": [registrant],
        "cidr0_cidrs": [{f"v{n.network.version}prefix": str(first), "length": n.network.prefixlen}],
    }
    if n.registry != "arin":  # ARIN gives no country with a network
        row["country"] = n.country
    if n.registry == "apnic":  # some have no contact at all
        row["entities"] = None
    return row


def bootstrap(world: World, kind: str) -> Json | None:
    """Write IANA's bootstrap file for ``dns``, ``ipv4``, ``ipv6`` or ``asn`` (RFC 9224)."""
    services: list[list[list[str]]]
    if kind == "dns":
        services = [
            [[tld], [f"https://{host}{base}/"]] for tld, (host, base) in RDAP_OF_TLD.items()
        ]
    elif kind == "ipv4":
        services = [[["208.0.0.0/8"], [_base("arin")]], *_blocks(world, 4)]
    elif kind == "ipv6":
        services = [[["2620::/23"], [_base("arin")]], *_blocks(world, 6)]
    elif kind == "asn":
        services = [[["14907-14907", "64496-64511"], [_base("arin")]]]
    else:
        return None
    return {"version": "1.0", "publication": "2026-01-01T00:00:00Z", "services": services}


def _blocks(world: World, version: int) -> list[list[list[str]]]:
    """List the documentation blocks under their registries; one has moved since, as some do."""
    rows: dict[str, list[str]] = {}
    for network in world.networks:
        if network.network.version == version and network.asn != _WIKIMEDIA_AS:
            moved = network.registry == "apnic"
            rows.setdefault("arin" if moved else network.registry, []).append(network.prefix)
    return [[prefixes, [_base(registry)]] for registry, prefixes in rows.items()]


def _base(registry: str) -> str:
    host, path = RIRS[registry]
    return f"https://{host}{path}/"


def rdap(world: World, host: str, path: str) -> Json | None:
    """Answer an RDAP question as the server of that host name does; None: no such object."""
    if host == "stat.ripe.net":
        return ripestat(world, path)
    parts = [part for part in path.split("?", maxsplit=1)[0].split("/") if part]
    if host == "data.iana.org":
        return bootstrap(world, parts[-1].removesuffix(".json")) if parts[:1] == ["rdap"] else None
    if len(parts) >= 2 and parts[-2] == "domain":
        return _domain(world, host, parts[-1].lower().rstrip("."))
    if "ip" in parts:
        return _network(world, host, "/".join(parts[parts.index("ip") + 1 :]))
    return None


def ripestat(world: World, path: str) -> Json | None:
    """Answer as RIPEstat does: ``network-info`` of an address, ``as-overview`` of an AS."""
    call, _, resource = path.removeprefix("/data/").partition("/data.json?resource=")
    data: Json
    if call == "network-info":
        network = world.network_of(resource)
        data = {
            "asns": [str(network.asn)] if network else [],
            "prefix": network.prefix if network else f"{resource}/32",
        }
    elif call == "as-overview":
        number = resource.removeprefix("AS")
        names = {str(n.asn): n.as_name for n in world.networks}
        data = {"type": "as", "resource": number, "holder": names.get(number)}
    else:
        return None
    return {"status": "ok", "status_code": 200, "data_call_name": call, "data": data}


def _domain(world: World, host: str, domain: str) -> Json | None:
    if host == "rdap.iana.org":
        return _tld_object(domain) if domain in TLD_OPERATORS else None
    server = RDAP_OF_TLD.get(domain.rpartition(".")[2], ("", ""))[0]
    found = registrations(world).get(domain)
    return domain_object(found) if found and host == server else None


def _tld_object(tld: str) -> Json:
    port43 = {"port43": WHOIS_OF_TLD[tld]} if tld in WHOIS_OF_TLD else {}
    return {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "ldhName": tld,
        **port43,
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["registrant"],
                "vcardArray": _vcard(("fn", TLD_OPERATORS[tld]), ("org", TLD_OPERATORS[tld])),
            }
        ],
    }


def _network(world: World, host: str, wanted: str) -> Json | None:
    try:
        address = str(ipaddress.ip_network(wanted, strict=False).network_address)
    except ValueError:
        return None
    network = world.network_of(address)
    if network is None or RIRS[network.registry][0] != host:
        return None
    return network_object(network)


def whois(world: World, host: str, query: str) -> str:
    """Answer a WHOIS question (RFC 3912) as the server of that host name does."""
    asked = query.strip().lower().rstrip(".")
    if host == "whois.iana.org":
        return _iana(asked)
    found = registrations(world).get(asked)
    if found is None or WHOIS_OF_TLD.get(asked.rpartition(".")[2]) != host:
        return f'No match for "{asked.upper()}".\r\n'
    rows = [
        ("Domain Name", found.domain.upper()),
        ("Registry Domain ID", f"LAB-{found.domain}"),
        ("Updated Date", found.changed),
        ("Creation Date", found.created),
        ("Registry Expiry Date", found.expires),
        ("Registrar", found.registrar),
        ("Registrar IANA ID", found.iana_id),
        ("Registrar Abuse Contact Email", "abuse@registrar.example"),
        *(
            ("Domain Status", f"{_epp(word)} https://icann.org/epp#{_epp(word)}")
            for word in found.status
        ),
        *(("Name Server", server.upper()) for server in found.nameservers),
        ("DNSSEC", "unsigned"),
    ]
    text = "".join(f"   {key}: {value}\r\n" for key, value in rows)
    return text + ">>> Last update of whois database: 2026-01-01T00:00:00Z <<<\r\n"


def _epp(words: str) -> str:
    first, *rest = words.split()
    return first + "".join(word.capitalize() for word in rest)


def _iana(asked: str) -> str:
    tld = asked.rpartition(".")[2]
    if tld not in TLD_OPERATORS:
        return f"% IANA WHOIS server\n\n% This query returned 0 objects for {asked}\n"
    lines = ["% IANA WHOIS server", "% This query returned 1 object", ""]
    if tld in WHOIS_OF_TLD:
        lines += [f"refer:        {WHOIS_OF_TLD[tld]}", ""]
    lines += [f"domain:       {tld.upper()}", "", f"organisation: {TLD_OPERATORS[tld]}"]
    lines += [
        "address:      1 Example Street",
        "address:      Utrecht",
        "address:      Netherlands (the)",
        "",
    ]
    lines += [f"whois:        {WHOIS_OF_TLD.get(tld, '')}".rstrip(), "", "status:       ACTIVE"]
    lines += ["created:      1999-06-01", "changed:      2026-01-01", "source:       IANA", ""]
    return "\n".join(lines)
