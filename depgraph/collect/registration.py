"""Who registered a name and where: RDAP answers of registries and of IANA, read.

Own parser rather than whoisit's: that fails on roles in capitals, and drops a registrar that
has an IANA id but no name.
"""

from __future__ import annotations

import re
from typing import Any

from depgraph.collect import jcard
from depgraph.names import canonical, is_below

IANA_BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
IANA_DOMAIN = "https://rdap.iana.org/domain/"


def read_bootstrap(data: dict[str, Any], name: str) -> str:
    """Find the RDAP base URL for a name in IANA's table (RFC 9224); empty if there is none.

    The longest entry wins; of several URLs the first with TLS.

    >>> read_bootstrap({"services": [[["example"], ["https://rdap.example/v1/"]]]}, "a.example")
    'https://rdap.example/v1/'
    """
    fitting = [
        (len(entry), url) for entry, url in jcard.services(data) if is_below(name, entry.lower())
    ]
    return max(fitting, default=(0, ""))[1]


def read_domain(data: dict[str, Any]) -> tuple[str, ...]:
    """Read an RDAP domain object as values of a ``registration`` observation."""
    values: list[tuple[str, str]] = []
    for registrar in jcard.entities(data, "registrar")[:1]:
        number = iana_id(registrar)
        named = jcard.name(registrar)
        if not named and not number:
            named = jcard.text(registrar.get("handle"))
        values += [("registrar", named), ("registrar-id", number)]
    for registrant in jcard.entities(data, "registrant")[:1]:
        values.append(("registrant", jcard.organisation(registrant)))
    status = data.get("status")
    for word in status if isinstance(status, list) else []:
        values.append(("status", jcard.text(word).lower()))
    for server in jcard.rows(data.get("nameservers")):
        values.append(("nameserver", canonical(jcard.text(server.get("ldhName")) or ".")))
    values += [
        ("created", jcard.event(data, "registration")),
        ("changed", jcard.event(data, "last changed", "last update")),
        ("expires", jcard.event(data, "expiration")),
    ]
    return _values(values)


def iana_id(registrar: dict[str, Any]) -> str:
    """Give the IANA id of a registrar entity, empty if it has none.

    Registries of generic TLDs also use it as the handle; a handle that is a number is taken
    only where no public id is given.
    """
    for row in jcard.rows(registrar.get("publicIds")):
        number = jcard.text(row.get("identifier"))
        if "iana" in jcard.text(row.get("type")).lower() and number.isdigit():
            return number
    handle = jcard.text(registrar.get("handle"))
    return handle if re.fullmatch(r"[0-9]{1,4}", handle) else ""


def read_top_level(data: dict[str, Any], *, rdap: str = "") -> tuple[str, ...]:
    """Read IANA's RDAP object of a TLD as values of a ``registry`` observation."""
    values: list[tuple[str, str]] = []
    for role in ("registrant", "sponsor"):
        for entity in jcard.entities(data, role)[:1]:
            values += [
                ("operator", jcard.organisation(entity)),
                ("country", jcard.country(entity)),
            ]
        if values:
            break
    whois = canonical(jcard.text(data.get("port43")) or ".")
    return _values([*values, ("rdap", rdap), ("whois", whois)])


def _values(rows: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({f"{key} {value}" for key, value in rows if value not in {"", "."}}))
