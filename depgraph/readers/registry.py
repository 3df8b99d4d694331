"""What registries said, as other people's data sets keep it: WHOIS text, RDAP, address blocks.

Only what decides who is behind a name is read: the registrar and its IANA id, statuses,
name servers, dates; of an address block its holder and extent. The collecting room asks
registries itself and reads more.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any

from depgraph.names import canonical
from depgraph.observations import Status
from depgraph.values import escaped

_WORDS = {
    "registrar": ("registrar", "sponsoring registrar", "registrar name"),
    "registrar-id": ("registrar iana id",),
    "registrant": ("registrant organization", "registrant organisation"),
    "status": ("domain status", "status"),
    "nameserver": ("name server", "name servers", "nserver", "nameserver", "nameservers"),
    "created": ("creation date", "created", "created on", "registered on", "registered"),
    "changed": ("updated date", "last updated", "last updated on", "changed", "last-update"),
    "expires": (
        "registry expiry date",
        "registrar registration expiration date",
        "expiry date",
        "expiration date",
        "expires",
    ),
}
_FIELD = {word: field for field, words in _WORDS.items() for word in words}
_ONCE = frozenset({"registrar", "registrar-id", "registrant", "created", "changed", "expires"})
_NOT_FOUND = re.compile(
    r"^\W*(no match|not found|no entries found|no data found|domain not found|no object found"
    r"|nothing found|the queried object does not exist)",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"([A-Za-z][A-Za-z /_-]{0,50}?)[. ]*:[ \t]*(.*)")
_BLOCK = {
    "handle": ("NetHandle", "handle"),
    "name": ("NetName", "netname", "name"),
    "organisation": ("OrgName", "CustName", "org-name", "organisation", "organization", "owner"),
    "organisation-handle": ("OrgId", "org", "ownerid"),
    "country": ("Country", "country"),
    "registered": ("RegDate", "created"),
    "changed": ("Updated", "last-modified", "changed"),
}
_EXTENT = ("CIDR", "route", "route6", "inetnum", "inet6num", "NetRange", "prefix")
_MOST_PREFIXES = 64


def registration_of_whois(text: str) -> tuple[Status, tuple[str, ...]]:
    """Read the answer of a WHOIS server about a domain.

    Returns
    -------
    Status and values of a ``registration`` observation: ``not-found`` if the server knows no
    such domain, ``malformed`` if the text names no registrar in a form we read.
    """
    found: dict[str, list[str]] = {}
    pending = ""  # a field whose values stand indented below it
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _LINE.match(line.strip())
        field = _FIELD.get(match[1].strip().lower(), "") if match else ""
        if match and field:
            value = match[2].strip()
            pending = "" if value else field
            if value:
                found.setdefault(field, []).append(value)
        elif pending and line.startswith((" ", "\t")) and line.strip():
            found.setdefault(pending, []).append(line.strip())
        else:
            pending = ""
    values = _values(found)
    if any(value.startswith("registrar ") for value in values):
        return Status.ANSWER, values
    return (Status.NOT_FOUND if _NOT_FOUND.search(text) else Status.MALFORMED), ()


def _values(found: Mapping[str, list[str]]) -> tuple[str, ...]:
    values = []
    for field, texts in found.items():
        for text in texts[:1] if field in _ONCE else texts:
            word = text
            if field in {"status", "nameserver"}:  # addresses and explanations may follow
                word = text.split()[0]
            values.append(f"{field} {canonical(word) if field == 'nameserver' else escaped(word)}")
    return tuple(dict.fromkeys(values))


def registration_of_rdap(answer: Mapping[str, Any]) -> tuple[Status, tuple[str, ...]]:
    """Read an RDAP answer about a domain (RFC 9083) as a ``registration`` observation."""
    if answer.get("errorCode") == 404:
        return Status.NOT_FOUND, ()
    found: dict[str, list[str]] = {}
    for entity in _dicts(answer.get("entities")):
        roles = [role.lower() for role in _texts(entity.get("roles"))]
        name = _card_name(entity.get("vcardArray"))
        if "registrar" in roles:
            if name:
                found.setdefault("registrar", []).append(name)
            for public in _dicts(entity.get("publicIds")):
                if public.get("type") == "IANA Registrar ID":
                    found.setdefault("registrar-id", []).append(str(public.get("identifier")))
        elif "registrant" in roles and name:
            found.setdefault("registrant", []).append(name)
    found["status"] = [text.replace(" ", "-") for text in _texts(answer.get("status"))]
    found["nameserver"] = [
        server["ldhName"]
        for server in _dicts(answer.get("nameservers"))
        if isinstance(server.get("ldhName"), str) and server["ldhName"].strip()
    ]
    words = {"registration": "created", "last changed": "changed", "expiration": "expires"}
    for event in _dicts(answer.get("events")):
        field = words.get(str(event.get("eventAction")))
        if field and isinstance(event.get("eventDate"), str):
            found.setdefault(field, []).append(event["eventDate"])
    values = _values({field: texts for field, texts in found.items() if texts})
    return (Status.ANSWER if values else Status.MALFORMED), values


def _card_name(card: Any) -> str:
    """Find the name in a jCard (RFC 7095): ``["vcard", [["fn", {}, "text", "Name"], ...]]``."""
    if not (isinstance(card, list) and len(card) == 2 and isinstance(card[1], list)):
        return ""
    for item in card[1]:
        if (
            isinstance(item, list)
            and len(item) >= 4
            and item[0] == "fn"
            and isinstance(item[3], str)
        ):
            return item[3].strip()
    return ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def holder_of(block: Mapping[str, Any]) -> tuple[str, ...]:
    """Read what a registry keeps of an address block, as values of a ``holder`` observation.

    The words of ARIN (``NetRange``, ``OrgName``), RIPE, APNIC and LACNIC (``inetnum``,
    ``netname``) are understood. Country is the holder's, as registered.
    """
    values = []
    for field, words in _BLOCK.items():
        for word in words:
            text = block.get(word)
            if isinstance(text, str) and text.strip():
                values.append(f"{field} {escaped(text.strip())}")
                break
    values += [f"prefix {prefix}" for prefix in prefixes_of(block)]
    return tuple(values)


def origin_of(block: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the origin AS that a data set gives for an address: ``asn 64500`` and its prefix."""
    number = block.get("asn", block.get("ASN"))
    digits = str(number).upper().removeprefix("AS") if number is not None else ""
    if not digits.isdecimal() or isinstance(number, bool):
        return ()
    values = [f"asn {int(digits)}"]
    for word in ("asn_cidr", "prefix", "bgp_prefix"):
        values += [f"prefix {net}" for net in _networks(str(block.get(word) or ""))[:1]]
    return tuple(values)


def prefixes_of(block: Mapping[str, Any]) -> list[str]:
    """List the prefixes of a block, from the first of its fields that gives any."""
    for word in _EXTENT:
        text = block.get(word)
        networks = _networks(text) if isinstance(text, str) else []
        if networks:
            return networks[:_MOST_PREFIXES]
    return []


def _networks(text: str) -> list[str]:
    try:
        if " - " in text:
            first, last = (ipaddress.ip_address(end.strip()) for end in text.split(" - ", 1))
            return [str(net) for net in ipaddress.summarize_address_range(first, last)]
        return [str(ipaddress.ip_network(part.strip(), strict=False)) for part in text.split(",")]
    except (TypeError, ValueError):
        return []


def covers(prefixes: Iterable[str], address: str) -> bool:
    """Tell whether one of the prefixes holds the address."""
    ip = ipaddress.ip_address(address)
    nets = map(ipaddress.ip_network, prefixes)
    return any(net.version == ip.version and ip in net for net in nets)
