"""RDAP objects (RFC 9083) with their contact cards (RFC 7095), read forgivingly.

Registries differ in capitals, leave fields out and put null where a list should be; whatever
is not in the expected form is passed over, and costs nothing else. Own reading rather than
that of whoisit (which fails on roles in capitals, and drops a registrar that has an IANA id but
no name) or ipwhois (which loses a whole network to one null on a card).
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from depgraph.names import ROOT, canonical, is_below
from depgraph.observations import Status, format_time
from depgraph.records.epp import epp_status
from depgraph.records.rdata import address, address_type
from depgraph.records.text import facts, field, is_withheld

_ERRORS = {
    401: Status.REFUSED,
    403: Status.REFUSED,
    404: Status.NOT_FOUND,
    429: Status.RATE_LIMITED,
}
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


# -- registrations --------------------------------------------------------------------------


def read_domain(data: Mapping[str, Any]) -> tuple[Status, tuple[str, ...]]:
    """Read a domain object.

    Parameters
    ----------
    data
        The JSON object of the answer.

    Returns
    -------
    How the question ended, and the values of a ``registration`` observation.

    Examples
    --------
    >>> read_domain({"objectClassName": "domain", "status": ["client hold"]})
    (<Status.ANSWER: 'answer'>, ('status clientHold',))
    >>> read_domain({"errorCode": 404})
    (<Status.NOT_FOUND: 'not-found'>, ())
    """
    code = str(data.get("errorCode") or "")
    if code.isdecimal() and "objectClassName" not in data:
        return _ERRORS.get(int(code), Status.ERROR), ()
    rows = list(_registrar(data))
    for role in ("reseller", "registrant"):
        rows += [(role, organisation(one)) for one in entities(data, role)[:1]]
    status = data.get("status")
    words = status if isinstance(status, list) else [status]
    rows += [("status", epp_status(field(word).lower())) for word in words]
    for server in _objects(data.get("nameservers")):
        name = canonical(field(server.get("ldhName")) or ".")
        rows.append(("nameserver", name if name != "." else ""))
    rows += [
        ("created", _event(data, "registration")),
        ("changed", _event(data, "last changed", "last update")),
        ("expires", _event(data, "expiration")),
    ]
    values = facts(rows)
    known = bool(values) or data.get("objectClassName") == "domain"
    return (Status.ANSWER if known else Status.MALFORMED), values


def read_glue(data: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Read the addresses that a registry has of the name servers of a domain (RFC 9083, section 5.2).

    Returns
    -------
    By server and type of record; what is no address is passed over.

    Examples
    --------
    >>> server = {"ldhName": "ns1.a.example", "ipAddresses": {"v4": ["192.0.2.1"], "v6": None}}
    >>> read_glue({"nameservers": [server]})
    {('ns1.a.example', 'A'): ('192.0.2.1',)}
    """
    found: dict[tuple[str, str], set[str]] = {}
    for server in _objects(data.get("nameservers")):
        name = canonical(field(server.get("ldhName")))
        for several in _objects(server.get("ipAddresses")):
            for key in ("v4", "v6"):
                given = several.get(key)
                for text in map(field, given if isinstance(given, list) else [given]):
                    if name != ROOT and (kind := address_type(text)) and (one := address(text)):
                        found.setdefault((name, kind), set()).add(one)
    return {key: tuple(sorted(several)) for key, several in sorted(found.items())}


def is_about(data: Mapping[str, Any], name: str) -> bool:
    """Tell whether an object is about a domain: it says so, or does not say about which.

    >>> is_about({"ldhName": "A.EXAMPLE."}, "a.example"), is_about({"ldhName": "b.example"}, "a.example")
    (True, False)
    """
    own = field(data.get("ldhName"))
    return not own or canonical(own) == name


def _registrar(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Iterate over name and number of the first registrar; its handle if it has neither."""
    for registrar in entities(data, "registrar")[:1]:
        number = _iana_id(registrar)
        name = card_name(registrar)
        yield "registrar", name if name or number else field(registrar.get("handle"))
        yield "registrar-id", number


def _iana_id(registrar: Mapping[str, Any]) -> str:
    """Return the IANA id of a registrar entity, empty if it has none.

    Registries of generic TLDs also use it as the handle; a handle that is a number is taken
    only where no public id is given.
    """
    for row in _objects(registrar.get("publicIds")):
        number = field(row.get("identifier"))
        if "iana" in field(row.get("type")).lower() and number.isdigit():
            return number
    handle = field(registrar.get("handle"))
    return handle if re.fullmatch(r"[0-9]{1,4}", handle) else ""


def read_top_level(data: Mapping[str, Any], *, rdap: str = "") -> tuple[str, ...]:
    """Read IANA's object of a top-level domain.

    Parameters
    ----------
    data
        The JSON object.
    rdap
        Base URL of its RDAP service, which stands in another table of IANA's.

    Returns
    -------
    The values of a ``registry`` observation.
    """
    rows: list[tuple[str, str]] = []
    for role in ("registrant", "sponsor"):
        for entity in entities(data, role)[:1]:
            rows += [("operator", organisation(entity)), ("country", _country(entity))]
        if rows:
            break
    whois = canonical(field(data.get("port43")) or ".")
    return facts([*rows, ("rdap", rdap), ("whois", whois if whois != "." else "")])


# -- address blocks -------------------------------------------------------------------------


def read_network(data: Mapping[str, Any], *, registry: str = "") -> tuple[str, ...]:
    """Read an IP network object.

    Parameters
    ----------
    data
        The JSON object.
    registry
        The regional registry that it came from in the end, as the routing tables write it.

    Returns
    -------
    The values of a ``holder`` observation; empty if it is no network.

    Examples
    --------
    >>> read_network({"startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "handle": "NET-1"})
    ('handle NET-1', 'prefix 192.0.2.0/24')
    """
    prefixes = _prefixes(data)
    if not prefixes:
        return ()
    rows = [("prefix", prefix) for prefix in prefixes]
    rows += [(key, field(data.get(key))) for key in ("handle", "name", "country")]
    rows += [("registry", registry)]
    rows += _holder(data)
    rows += [
        ("registered", _event(data, "registration")),
        ("changed", _event(data, "last changed")),
    ]
    return facts(rows)


def _prefixes(data: Mapping[str, Any]) -> list[str]:
    """List the blocks: what the registry says itself (cidr0), else from first to last address."""
    found = []
    for row in _objects(data.get("cidr0_cidrs")):
        base = row.get("v4prefix") or row.get("v6prefix")
        with contextlib.suppress(ValueError):
            found.append(str(ipaddress.ip_network(f"{base}/{row.get('length')}")))
    if found:
        return found
    with contextlib.suppress(ValueError, TypeError):  # TypeError: one of each version
        first, last = (_end(data.get(key)) for key in ("startAddress", "endAddress"))
        found = [str(net) for net in ipaddress.summarize_address_range(first, last)]
    return found


def _end(value: Any) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Read an end of a block; some registries write ``074.125.000.000`` or add ``/32``."""
    text = field(value).partition("/")[0]
    if ":" not in text:
        text = _LEADING_ZEROS.sub("", text)
    return ipaddress.ip_address(text)


def _holder(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Choose the registrant: an organisation before a person, and either before a maintainer."""
    ranked = []
    for entity in entities(data, "registrant"):
        handle, name = field(entity.get("handle")), card_name(entity)
        if name:
            rank = 0 if _card(entity, "kind") == "org" else 1
        else:
            rank = 3 if handle.upper().endswith("-MNT") else 2
        if handle or name:
            ranked.append((rank, handle, name))
    if not ranked:
        return []
    _, handle, name = min(ranked)
    return [("organisation-handle", handle), ("organisation", name)]


# -- who serves which object (RFC 9224) -----------------------------------------------------


def base_for_domain(data: Mapping[str, Any], name: str) -> str:
    """Find the base URL for a name in IANA's table of domains.

    Parameters
    ----------
    data
        The table, as JSON.
    name
        Canonical name.

    Returns
    -------
    The URL of the longest entry that holds the name, with TLS and a slash at its end; empty
    if there is none.

    Examples
    --------
    >>> table = {"services": [[["example"], ["https://rdap.example/v1/"]]]}
    >>> base_for_domain(table, "a.example")
    'https://rdap.example/v1/'
    """
    fitting = [(len(entry), url) for entry, url in _services(data) if is_below(name, entry.lower())]
    return max(fitting, default=(0, ""))[1]


def read_blocks(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Read IANA's table of the registries of address blocks.

    Parameters
    ----------
    data
        The table, as JSON.

    Returns
    -------
    Values ``"rdap BLOCK URL"``; rows that are no blocks are left out.

    Examples
    --------
    >>> read_blocks({"services": [[["192.0.0.0/8", "x"], ["https://rdap.example/"]]]})
    ('rdap 192.0.0.0/8 https://rdap.example/',)
    """
    rows = []
    for entry, url in _services(data):
        with contextlib.suppress(ValueError):
            rows.append(("rdap", f"{ipaddress.ip_network(entry)} {field(url)}"))
    return facts(rows)


def _services(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Iterate over (entry, base URL ending in a slash), those with TLS only."""
    found = data.get("services")
    for service in found if isinstance(found, list) else []:
        if not (isinstance(service, list) and len(service) > 1):
            continue
        entries, urls = service[0], service[1]
        if not (isinstance(entries, list) and isinstance(urls, list)):
            continue
        secure = [u for u in urls if isinstance(u, str) and u.startswith("https://")]
        if secure:
            url = secure[0] if secure[0].endswith("/") else f"{secure[0]}/"
            yield from ((entry, url) for entry in entries if isinstance(entry, str))


# -- entities and their cards ---------------------------------------------------------------


def entities(data: Mapping[str, Any], role: str) -> list[dict[str, Any]]:
    """List the entities of an object that have a role, whatever capitals the registry uses.

    >>> [e["handle"] for e in entities({"entities": [{"handle": "A", "roles": ["Abuse"]}]}, "abuse")]
    ['A']
    """
    return [entity for entity in _objects(data.get("entities")) if role in _roles(entity)]


def card_name(entity: Mapping[str, Any]) -> str:
    """Return the name on an entity's card: full name, else organisation; empty if withheld."""
    return _card(entity, "fn") or _card(entity, "org")


def organisation(entity: Mapping[str, Any]) -> str:
    """Return the organisation on an entity's card, else its name; empty if withheld."""
    return _card(entity, "org") or card_name(entity)


def _roles(entity: Mapping[str, Any]) -> set[str]:
    found = entity.get("roles")
    if isinstance(found, str):
        found = [found]
    return {role.lower() for role in found if isinstance(role, str)} if found else set()


def _card(entity: Mapping[str, Any], key: str) -> str:
    """Return the first text under a property of the card that is not withheld."""
    for entry in _properties(entity, key):
        value = entry[3]
        text = field(value[0] if isinstance(value, list) and value else value)
        if text and not is_withheld(text):
            return text
    return ""


def _country(entity: Mapping[str, Any]) -> str:
    """Return the country code of an entity's address (RFC 8605), empty if it has none."""
    for entry in _properties(entity, "adr"):
        code = entry[1].get("cc") if isinstance(entry[1], dict) else None
        value = entry[3]
        last = value[-1] if isinstance(value, list) and value else None
        for text in (field(code), field(last)):
            if re.fullmatch("[A-Za-z]{2}", text):
                return text.upper()
    return ""


def _properties(entity: Mapping[str, Any], key: str) -> Iterator[list[Any]]:
    """Iterate over the properties of a card: ``[name, parameters, type, value, ...]``."""
    card = entity.get("vcardArray")
    if not (isinstance(card, list) and len(card) > 1 and isinstance(card[1], list)):
        return
    for entry in card[1]:
        if not (isinstance(entry, list) and len(entry) > 3):
            continue
        if isinstance(entry[0], str) and entry[0].lower() == key:
            yield entry


# -- parts of every object ------------------------------------------------------------------


def moment(date: str) -> str:
    """Return a date in one form, ISO 8601 in UTC, where it says its zone; else as it stands.

    >>> moment("2012-02-24T09:44:34-05:00")
    '2012-02-24T14:44:34Z'
    """
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return date
    return date if found.tzinfo is None else format_time(found.replace(microsecond=0))


def _event(data: Mapping[str, Any], *actions: str) -> str:
    """Return the date of the first of these events that an object tells of."""
    for action in actions:
        for row in _objects(data.get("events")):
            date = field(row.get("eventDate"))
            if field(row.get("eventAction")).lower() == action and date:
                return moment(date)
    return ""


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Iterate over the objects of what should be a list of objects, or is one without a list."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))
