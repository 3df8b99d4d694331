"""From the records of a case to the signals in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from depgraph.names import canonical
from depgraph.providers.signals import Signal

_INCLUDE: Final = re.compile(r"(?:include:|redirect=)([A-Za-z0-9_.-]+)", re.IGNORECASE)
_REGISTRAR: Final = re.compile(
    r"^[ \t]*(?:Sponsoring )?Registrar(?: Name)?[ \t]*:[ \t]*"
    r"(?:\r?\n[ \t]+(?:Name:[ \t]*)?)?(\S[^\r\n]{0,200})"
    r"|^[ \t]*(?:Registration Service Provider|Authorized Agency)[ \t]*:[ \t]*(\S[^\r\n]{0,200})",
    re.IGNORECASE | re.MULTILINE,
)
_REGISTRY_CODE: Final = re.compile(r"\s*\(?\bR\d{1,5}-[A-Z]{2,6}\)?\s*$")
"""What some registries write behind a registrar's name: ``MarkMonitor Inc R45-ME``."""
_IANA_ID: Final = re.compile(
    r"^\s*(?:Sponsoring )?Registrar IANA ID\s*:[ \t]*(\d{1,6})\s*$", re.IGNORECASE | re.MULTILINE
)

Origin = Callable[[str], int | None]
"""Gives the origin AS number of an address, None where no route is known."""


def web_signals(
    case: Mapping[str, Any], records: Mapping[str, list[str]], *, origin: Origin | None
) -> list[Signal]:
    """List what was seen of the web: names of the alias chain, then each address."""
    signals = [Signal("host", canonical(text)) for text in records.get("CNAME", [])]
    for key, values in records.items():
        if key.endswith("ALIAS"):  # a provider's own record; its target stands in JSON
            for text in values:
                target = re.search(r'"name":\s*"([A-Za-z0-9_.-]{1,255})"', text)
                if target:
                    signals.append(Signal("host", canonical(target.group(1))))
    for place in places(case, records, origin=origin):
        signals.extend(place)
    return list(dict.fromkeys(signals))


def places(
    case: Mapping[str, Any], records: Mapping[str, list[str]], *, origin: Origin | None
) -> list[list[Signal]]:
    """Give the signals of each address apart: each may have its own operator."""
    info = case.get("ip_info")
    addresses = [*records.get("A", []), *records.get("AAAA", [])]
    numbers = records.get("ASN", [])
    names = [*records.get("PTR", []), *records.get("RDNS_OR_CNAME", [])]
    found: list[list[Signal]] = []
    for address in addresses:
        place = [Signal("address", address)]
        asn = origin(address) if origin else None
        if asn is not None:
            place.append(Signal("asn", str(asn)))
        elif len(numbers) == 1 or len(addresses) == 1:
            place.extend(Signal("asn", text) for text in numbers)
        entry = info.get(address) if isinstance(info, dict) else None
        if isinstance(entry, dict):
            place.extend(
                Signal("holder-handle", str(entry[key])[:100])
                for key in ("OrgId", "org", "organisation")
                if entry.get(key)
            )
        if len(addresses) == 1:
            place.extend(Signal("ptr", canonical(text)) for text in names)
        found.append(place)
    return found or _network_object(case.get("rdap"))


def _network_object(rdap: object) -> list[list[Signal]]:
    """Read an RDAP answer about an address block, where that is the case itself."""
    if not isinstance(rdap, dict) or rdap.get("objectClassName") != "ip network":
        return []
    place: list[Signal] = []
    for entity in entities(rdap, "registrant"):
        if isinstance(entity.get("handle"), str):
            place.append(Signal("holder-handle", entity["handle"][:100]))
        place.extend(Signal("holder-name", text) for text in card_names(entity)[:1])
    return [place] if place else []


def _last_word(text: str) -> str:
    words = text.split()
    return canonical(words[-1]) if words else ""


def mail_signals(records: Mapping[str, list[str]]) -> list[Signal]:
    """List what was seen of the mail; nothing where no exchanger is."""
    signals = [
        Signal("mx-host", host)
        for text in records.get("MX", [])
        if (host := _last_word(text)) not in {"", "."}
    ]
    signals.extend(
        Signal("dkim", target)
        for text in records.get("DKIM_CNAME", [])
        if (target := _last_word(text))
    )
    for key in ("AUTODISCOVER_CNAME", "AUTODISCOVER_SRV"):
        signals.extend(
            Signal("autodiscover", target)
            for text in records.get(key, [])
            if (target := _last_word(text))
        )
    includes = list(records.get("SPF_INCLUDES", []))
    for text in records.get("TXT", []):
        if text.lower().lstrip('"').startswith("v=spf1"):
            includes.extend(_INCLUDE.findall(text))
        elif "=" in text:
            signals.append(Signal("txt", text.strip('"')[:200]))
    signals.extend(Signal("spf-include", canonical(name)) for name in includes)
    for text in records.get("TXT_VERIFICATION", []):
        who, _, token = text.partition("=")
        # data sets write the owner of the token; the record itself says MS= or google-site-...
        word = {"microsoft": "ms", "google": "google-site-verification"}.get(
            who.strip().lower(), who
        )
        signals.append(Signal("txt", f"{word}={token}"[:200]))
    if not any(item.kind == "mx-host" for item in signals):
        return []
    return list(dict.fromkeys((*signals, *lone_asn(records))))


def lone_asn(records: Mapping[str, list[str]]) -> list[Signal]:
    """Give the origin AS of the exchangers where they have but one."""
    numbers = records.get("MX_ASN", [])
    return [Signal("asn", numbers[0])] if len(numbers) == 1 else []


def registrar_signals(case: Mapping[str, Any], records: Mapping[str, list[str]]) -> list[Signal]:
    """List ids and names of the registrar, from records, WHOIS text and RDAP."""
    ids = [text for text in records.get("REGISTRAR_IANA_ID", []) if text.isdigit()]
    names = list(records.get("REGISTRAR", []))
    raw = case.get("whois_raw")
    if isinstance(raw, str):
        ids.extend(_IANA_ID.findall(raw))
        found = [a or b for a, b in _REGISTRAR.findall(raw)]
        names.extend(_REGISTRY_CODE.sub("", text) for text in found)
    for entity in entities(case.get("rdap"), "registrar"):
        for public in entity.get("publicIds") or []:
            if isinstance(public, dict) and "IANA" in str(public.get("type", "")):
                text = str(public.get("identifier", ""))
                ids.extend([text] if text.isdigit() else [])
        names.extend(card_names(entity))
    return [
        *(Signal("registrar-id", text) for text in dict.fromkeys(ids[:5])),
        *(
            Signal("registrar-name", text.strip())
            for text in dict.fromkeys(names[:5])
            if text.strip()
        ),
    ]


def entities(rdap: object, role: str) -> Iterator[dict[str, Any]]:
    """Give the entities of an RDAP answer that have a role."""
    given = rdap.get("entities") if isinstance(rdap, dict) else None
    for entity in given if isinstance(given, list) else []:
        if isinstance(entity, dict) and role in (entity.get("roles") or []):
            yield entity


def card_names(entity: Mapping[str, Any]) -> list[str]:
    """Give the names on the card of an RDAP entity (jCard: ``fn`` and ``org``)."""
    card = entity.get("vcardArray")
    if not (isinstance(card, list) and len(card) == 2 and isinstance(card[1], list)):
        return []
    return [
        field[3][:200]
        for field in card[1]
        if isinstance(field, list)
        and len(field) >= 4
        and field[0] in {"fn", "org"}
        and isinstance(field[3], str)
    ]


def only(signals: Iterable[Signal], kind: str) -> list[Signal]:
    """Keep the signals of a kind, or of a family of kinds (``holder``: handle and name)."""
    return [item for item in signals if item.kind == kind or item.kind.startswith(kind + "-")]
