"""Attribution in bulk: cases in, one JSON object a line, and their layers out.

A case is the plain form that other people's recordings come in: ``domain`` (or ``host``),
``date``, ``records`` (a DNS type or a word of the table below -> list of texts), and
optionally ``ip_info``, ``whois_raw`` and ``rdap`` as their sources gave them.

====================== ==========================================================
record                 meaning
====================== ==========================================================
NS_REGISTERED_DOMAIN   registered domains of the name servers only
DKIM_CNAME             ``owner target``, or the target
AUTODISCOVER_CNAME     the same; ``AUTODISCOVER_SRV`` too
MX_ASN, ASN            origin AS numbers of the exchangers, of the addresses
SPF_INCLUDES           names after ``include:``; otherwise read from ``TXT``
TXT_VERIFICATION       ``who=token``
RDNS_OR_CNAME, PTR     reverse names of the addresses
CERT_ISSUER            organisation that issued the certificate
REGISTRAR, REGISTRAR_IANA_ID
====================== ==========================================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from depgraph.names import canonical, public_suffix, registered_domain
from depgraph.providers.attribute import attribute, same_operator, slug
from depgraph.providers.catalogue import Catalogue, load
from depgraph.providers.signals import Attribution, Signal

LAYERS: Final = (
    "dns",
    "hosting",
    "front",
    "mx",
    "mailbox",
    "gateway",
    "ca",
    "registrar",
    "registry",
    "owner",
    "network",
    "holder",
)
_LONGEST: Final = 10_000_000  # characters of a line; a longer one is no case
_MOST: Final = 1000  # values of a record that are read
_INCLUDE: Final = re.compile(r"(?:include:|redirect=)([A-Za-z0-9_.-]+)", re.IGNORECASE)
_REGISTRAR: Final = re.compile(
    r"^\s*(?:Sponsoring )?Registrar(?: Name)?\s*:[ \t]*(\S[^\r\n]{0,200})",
    re.IGNORECASE | re.MULTILINE,
)
_IANA_ID: Final = re.compile(
    r"^\s*(?:Sponsoring )?Registrar IANA ID\s*:[ \t]*(\d{1,6})\s*$", re.IGNORECASE | re.MULTILINE
)
_REGISTRANT: Final = re.compile(
    r"^\s*Registrant Organi[sz]ation\s*:[ \t]*(\S[^\r\n]{0,200})", re.IGNORECASE | re.MULTILINE
)

Layers = dict[str, Any]
Origin = Callable[[str], int | None]
"""Gives the origin AS number of an address, None where no route is known."""


def attribute_cases(
    lines: Iterable[str | bytes],
    *,
    catalogue: Catalogue | None = None,
    origin: Origin | None = None,
) -> Iterator[str]:
    """Attribute cases, one line out for each line in.

    Parameters
    ----------
    lines
        JSON Lines of cases. An unreadable line gives ``{"line": N, "error": ...}`` and the
        run goes on; an empty line too.
    catalogue
        The shipped one by default.
    origin
        Where the cases carry no AS numbers: how to find that of an address.

    Yields
    ------
    str
        ``{"line": N, "id": ..., "domain": ..., "layers": {...}}`` without line break. A
        layer is a list of ``{provider, company, rule, confidence}`` (empty: nobody does it,
        such as no front and no gateway) or ``{"unknown": reason}``.
    """
    known = catalogue or load()
    for number, line in enumerate(lines, start=1):
        try:
            result: dict[str, Any] = _one(line, number, catalogue=known, origin=origin)
        except ValueError as error:
            result = {"line": number, "error": str(error)[:300]}
        yield json.dumps(result, ensure_ascii=True, separators=(",", ":"))


def _one(
    line: str | bytes, number: int, *, catalogue: Catalogue, origin: Origin | None
) -> dict[str, Any]:
    if len(line) > _LONGEST:
        raise ValueError(f"expected a case, found a line of {len(line)} characters")
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"expected a JSON object, found something else: {error}") from None
    if not isinstance(case, dict):
        msg = f"expected a JSON object, found {type(case).__name__}"
        raise ValueError(msg)  # noqa: TRY004 - what is wrong is the case, not a type in our code
    result: dict[str, Any] = {"line": number}
    for key in ("id", "domain", "date"):
        if isinstance(case.get(key), str):
            result[key] = case[key][:300]
    result["layers"] = layers(case, catalogue=catalogue, origin=origin)
    return result


def layers(
    case: Mapping[str, Any], *, catalogue: Catalogue, origin: Origin | None = None
) -> Layers:
    """Attribute every layer of one case.

    Raises
    ------
    ValueError
        Fields are not of the form that the module's docstring gives.
    """
    records = _records(case)
    name = case.get("domain") or case.get("host") or ""
    if not isinstance(name, str) or len(name) > 255:
        raise ValueError("expected domain to be a name of at most 255 characters")
    domain = canonical(name) if name else None
    at = _day(case.get("date"))

    def ask(role: str, signals: Iterable[Signal]) -> Attribution:
        return attribute(role, signals, catalogue=catalogue, at=at, service=domain)

    def show(found: Iterable[Attribution], *, none: str | None = None) -> Any:
        return _show(found, catalogue=catalogue, at=at, none=none)

    web = _web_signals(case, records, origin=origin)
    chain = [item for item in web if item.kind == "host"]
    places = [[*chain, *place] for place in _places(case, records, origin=origin)] or [web]
    mail = _mail_signals(records)
    exchangers = [item for item in mail if item.kind == "mx-host"]
    registrar = _registrar_signals(case, records)
    issuers = [Signal("issuer", text) for text in records.get("CERT_ISSUER", [])]
    suffix = [Signal("tld", public_suffix(domain))] if domain and "." in domain else []
    result: Layers = {
        "dns": show(_dns(records, ask)),
        "hosting": show([ask("hosting", place) for place in places]),
        "front": show((ask("front", place) for place in places), none="front" if web else None),
        "mx": show([ask("mx", [item, *_lone_asn(records)]) for item in exchangers]),
        "mailbox": show(_mailbox(mail, ask)),
        "gateway": show(
            (ask("gateway", [item, *_lone_asn(records)]) for item in exchangers),
            none="gateway" if exchangers else None,
        ),
        "ca": show([ask("ca", [item]) for item in issuers]),
        "registrar": show([ask("registrar", registrar)] if registrar else []),
        "registry": show([ask("registry", suffix)] if suffix else []),
        "owner": show(_owner(case, domain, catalogue)),
        "network": show([ask("network", _only(place, "asn")) for place in places]),
        "holder": show([ask("holder", _only(place, "holder")) for place in places]),
    }
    if records.get("MX") and not exchangers:
        for layer in ("mx", "mailbox", "gateway"):
            result[layer] = []  # the null MX of RFC 7505: this domain takes no mail
    return result


def _records(case: Mapping[str, Any]) -> dict[str, list[str]]:
    given = case.get("records", {})
    if not isinstance(given, dict):
        msg = "expected records to be an object of lists"
        raise ValueError(msg)  # noqa: TRY004 - what is wrong is the case, not a type in our code
    records: dict[str, list[str]] = {}
    for key, values in given.items():
        if isinstance(values, (list, tuple)):
            records[key] = [str(item)[:4000] for item in values[:_MOST]]
        elif isinstance(values, (str, int)) and not isinstance(values, bool):
            records[key] = [str(values)[:4000]]
    return records


def _day(text: object) -> date:
    """Read the day of a case; cases without one are taken as of the catalogue's first use."""
    match = re.match(r"(\d{4})-?(\d{2})?-?(\d{2})?", str(text or ""))
    if not match:
        return date.max
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return date.max


def _dns(
    records: Mapping[str, list[str]], ask: Callable[[str, Iterable[Signal]], Attribution]
) -> list[Attribution]:
    soa = [
        Signal("soa-mname", canonical(text.split()[0]))
        for text in records.get("SOA", [])
        if text.split()
    ]
    hosts = [Signal("ns-host", canonical(text)) for text in records.get("NS", [])]
    if not hosts:
        hosts = [
            Signal("ns-domain", canonical(text)) for text in records.get("NS_REGISTERED_DOMAIN", [])
        ]
    found = [ask("dns", [host, *soa]) for host in hosts]
    # one operator under several top-level domains
    tail = [
        item.provider[1:] for item in found if item.provider and item.rule == "registered-domain"
    ]
    stands = same_operator(tail)
    return [
        item
        if not item.provider or item.rule != "registered-domain"
        else Attribution(
            provider="~" + stands[item.provider[1:]],
            name=stands[item.provider[1:]],
            confidence=item.confidence,
            rule=item.rule,
            signals=item.signals,
            reason=item.reason,
        )
        for item in found
    ]


def _web_signals(
    case: Mapping[str, Any], records: Mapping[str, list[str]], *, origin: Origin | None
) -> list[Signal]:
    signals = [Signal("host", canonical(text)) for text in records.get("CNAME", [])]
    for key, values in records.items():
        if key.endswith("ALIAS"):  # a provider's own record; its target stands in JSON
            for text in values:
                target = re.search(r'"name":\s*"([A-Za-z0-9_.-]{1,255})"', text)
                if target:
                    signals.append(Signal("host", canonical(target.group(1))))
    for place in _places(case, records, origin=origin):
        signals.extend(place)
    return list(dict.fromkeys(signals))


def _places(
    case: Mapping[str, Any], records: Mapping[str, list[str]], *, origin: Origin | None
) -> list[list[Signal]]:
    """Give the signals of each address apart: each may have its own operator."""
    info = case.get("ip_info")
    addresses = [*records.get("A", []), *records.get("AAAA", [])]
    numbers = records.get("ASN", [])
    names = [*records.get("PTR", []), *records.get("RDNS_OR_CNAME", [])]
    places: list[list[Signal]] = []
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
        places.append(place)
    return places


def _last_word(text: str) -> str:
    words = text.split()
    return canonical(words[-1]) if words else ""


def _mail_signals(records: Mapping[str, list[str]]) -> list[Signal]:
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
    return list(dict.fromkeys((*signals, *_lone_asn(records))))


def _mailbox(
    mail: list[Signal], ask: Callable[[str, Iterable[Signal]], Attribution]
) -> list[Attribution]:
    """Name the one operator, or each of several exchangers that the catalogue does not know."""
    if not mail:
        return []
    held = ask("mailbox", mail)
    each = [ask("mx", [item]) for item in mail if item.kind == "mx-host"]
    if held.provider is None and all(item.rule in {"registered-domain", "self"} for item in each):
        return [item for item in each if not item.is_self] or each
    return [held]


def _lone_asn(records: Mapping[str, list[str]]) -> list[Signal]:
    numbers = records.get("MX_ASN", [])
    return [Signal("asn", numbers[0])] if len(numbers) == 1 else []


def _registrar_signals(case: Mapping[str, Any], records: Mapping[str, list[str]]) -> list[Signal]:
    ids = [text for text in records.get("REGISTRAR_IANA_ID", []) if text.isdigit()]
    names = list(records.get("REGISTRAR", []))
    raw = case.get("whois_raw")
    if isinstance(raw, str):
        ids.extend(_IANA_ID.findall(raw))
        names.extend(_REGISTRAR.findall(raw))
    for entity in _entities(case.get("rdap"), "registrar"):
        for public in entity.get("publicIds") or []:
            if isinstance(public, dict) and "IANA" in str(public.get("type", "")):
                text = str(public.get("identifier", ""))
                ids.extend([text] if text.isdigit() else [])
        names.extend(_card_names(entity))
    return [
        *(Signal("registrar-id", text) for text in dict.fromkeys(ids[:5])),
        *(
            Signal("registrar-name", text.strip())
            for text in dict.fromkeys(names[:5])
            if text.strip()
        ),
    ]


def _entities(rdap: object, role: str) -> Iterator[dict[str, Any]]:
    given = rdap.get("entities") if isinstance(rdap, dict) else None
    for entity in given if isinstance(given, list) else []:
        if isinstance(entity, dict) and role in (entity.get("roles") or []):
            yield entity


def _card_names(entity: Mapping[str, Any]) -> list[str]:
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


def _only(signals: Iterable[Signal], kind: str) -> list[Signal]:
    return [item for item in signals if item.kind == kind or item.kind.startswith(kind + "-")]


def _owner(case: Mapping[str, Any], domain: str | None, catalogue: Catalogue) -> list[Attribution]:
    """Name who holds the registration: an operator by its own domain, or the registrant."""
    names = [
        name for entity in _entities(case.get("rdap"), "registrant") for name in _card_names(entity)
    ]
    raw = case.get("whois_raw")
    if isinstance(raw, str):
        names.extend(_REGISTRANT.findall(raw))
    held = registered_domain(domain) if domain else None
    rule = next(catalogue.rules.match("host", held), None) if held else None
    if rule is not None and domain != held and rule.signal == "host":
        # a name that the operator gives its customers: whose it is, is not told by it
        rule = None
    if rule is not None:
        provider = catalogue.provider(rule.provider)
        return [
            Attribution(
                provider=provider.id,
                name=provider.name,
                confidence="fair",
                rule=rule.id,
                reason=f"{held} is a domain of {provider.name}",
            )
        ]
    for text in names:
        words = text.strip()
        if words and not re.search(r"redacted|privacy|proxy|not disclosed", words, re.IGNORECASE):
            known = catalogue.provider_named(words)
            return [
                Attribution(
                    provider=known.id if known else slug(words),
                    name=known.name if known else words,
                    confidence="weak",
                    rule="registrant",
                    reason=f"registered to {words[:100]!r}",
                )
            ]
    return []


def _show(
    found: Iterable[Attribution], *, catalogue: Catalogue, at: date, none: str | None
) -> list[dict[str, Any]] | dict[str, str]:
    items = list(found)
    named = [item for item in items if item.provider is not None]
    if not named:
        if none is not None and not any(
            item.reason.startswith("the signals contradict") for item in items
        ):
            return []
        reasons = dict.fromkeys(item.reason for item in items)
        return {
            "unknown": "; ".join(reasons)[:500] or "the case carries nothing that could name one"
        }
    shown: dict[str, dict[str, Any]] = {}
    for item in named:
        assert item.provider is not None
        owners = catalogue.owners(item.provider, at)
        entry: dict[str, Any] = {
            "provider": item.provider,
            "company": owners[-1] if owners else item.provider,
            "owners": list(owners) or [item.provider],
            "rule": item.rule,
            "confidence": item.confidence,
        }
        if item.is_self:
            entry["self"] = True
        shown.setdefault(item.provider, entry)
    return [shown[key] for key in sorted(shown)]
