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
from depgraph.providers.attribute import attribute
from depgraph.providers.case_signals import (
    Origin,
    card_names,
    entities,
    lone_asn,
    mail_signals,
    only,
    places,
    registrar_signals,
    web_signals,
)
from depgraph.providers.catalogue import Catalogue, load
from depgraph.providers.longtail import same_operator
from depgraph.providers.rules import slug
from depgraph.providers.signals import Attribution, Signal
from depgraph.vocabulary import Confidence, Reason, ReasonCode

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
_REGISTRANT: Final = re.compile(
    r"^\s*Registrant Organi[sz]ation\s*:[ \t]*(\S[^\r\n]{0,200})", re.IGNORECASE | re.MULTILINE
)

Layers = dict[str, Any]


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
        such as no front and no gateway) or ``{"unknown": reasons}``. ``confidence`` is
        ``certain``, ``likely`` or ``possible``, with the measured ``share`` of right answers
        where there is one; ``unverified``: the rule is not confirmed yet; ``serving``: whether
        it hosts or stands in front is not known. Reasons are those of
        :class:`depgraph.vocabulary.Reason`.
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

    web = web_signals(case, records, origin=origin)
    chain = [item for item in web if item.kind == "host"]
    at_places = [[*chain, *place] for place in places(case, records, origin=origin)] or [web]
    mail = mail_signals(records)
    exchangers = [item for item in mail if item.kind == "mx-host"]
    registrar = registrar_signals(case, records)
    issuers = [Signal("issuer", text) for text in records.get("CERT_ISSUER", [])]
    suffix = [Signal("tld", public_suffix(domain))] if domain and "." in domain else []
    result: Layers = {
        "dns": show(_dns(records, ask)),
        "hosting": show([ask("hosting", place) for place in at_places]),
        "front": show((ask("front", place) for place in at_places), none="front" if web else None),
        "mx": show([ask("mx", [item, *lone_asn(records)]) for item in exchangers]),
        "mailbox": show(_mailbox(mail, ask)),
        "gateway": show(
            (ask("gateway", [item, *lone_asn(records)]) for item in exchangers),
            none="gateway" if exchangers else None,
        ),
        "ca": show([ask("ca", [item]) for item in issuers]),
        "registrar": show([ask("registrar", registrar)] if registrar else []),
        "registry": show([ask("registry", suffix)] if suffix else []),
        "owner": show(_owner(case, domain, catalogue)),
        "network": show([ask("network", only(place, "asn")) for place in at_places]),
        "holder": show([ask("holder", only(place, "holder")) for place in at_places]),
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
    """Read the day of a case; one without a day is taken as of the latest owners known."""
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
            reasons=item.reasons,
        )
        for item in found
    ]


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


def _owner(case: Mapping[str, Any], domain: str | None, catalogue: Catalogue) -> list[Attribution]:
    """Name who holds the registration: an operator by its own domain, or the registrant."""
    names = [
        name for entity in entities(case.get("rdap"), "registrant") for name in card_names(entity)
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
                confidence=Confidence.LIKELY,
                rule=rule.id,
                reasons=(Reason.of("rule", kind="host", value=held or "", text=rule.reason),),
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
                    confidence=Confidence.POSSIBLE,
                    rule="registrant",
                    reasons=(Reason.of("record", kind="registrant", value=words[:100]),),
                )
            ]
    return []


def _show(
    found: Iterable[Attribution], *, catalogue: Catalogue, at: date, none: str | None
) -> list[dict[str, Any]] | dict[str, str]:
    items = list(found)
    named = [item for item in items if item.provider is not None]
    if not named:
        reasons = dict.fromkeys(reason for item in items for reason in item.reasons)
        if none is not None and all(r.code is not ReasonCode.CONTRADICTION for r in reasons):
            return []
        return {"unknown": "; ".join(map(str, reasons)) or ReasonCode.NOT_RECORDED.value}
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
        if item.share is not None:
            entry["share"] = item.share
        if item.unverified:
            entry["unverified"] = True
        if item.serving:
            entry["serving"] = True
        if item.is_self:
            entry["self"] = True
        elif item.rule == "registered-domain":
            entry["self"] = None  # its owner may have the service's name too: nobody said
        shown.setdefault(item.provider, entry)
    return [shown[key] for key in sorted(shown)]
