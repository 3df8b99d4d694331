"""Zones as their operators and their tools hold them: exports of clouds, and of programs that keep DNS as code.

==============  ===================================================================================
form            from
==============  ===================================================================================
``route53``     ``aws route53 list-resource-record-sets``
``azure``       ``az network dns record-set list``
``google``      ``gcloud dns record-sets list --format=json``; ``google-yaml``: ``... export``
``octodns``     a zone of octoDNS (YAML), of the name of its file
``dnscontrol``  ``dnscontrol print-ir``
``terraform``   a state of Terraform or OpenTofu (version 4), or ``terraform show -json``
``cloudflare``  Cloudflare's API: the records of a zone
``gandi``       Gandi's LiveDNS API: the records of a domain
``powerdns``    the API of the PowerDNS Authoritative Server: a zone
``records``     records as the APIs of other providers list them
``tinydns``     the file ``data`` of tinydns
==============  ===================================================================================

Each becomes a :class:`~depgraph.readers.zones.Zone`, so that all say the same of a record, an alias
of the provider's, and a proxy of Cloudflare's. None of them says of which day it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.extras import missing
from depgraph.intake import DOCUMENT, json_values, read_bytes
from depgraph.names import canonical, parents, registered_domain
from depgraph.readers import tinydns
from depgraph.readers.days import Interval
from depgraph.readers.dnscontrol import read_ir
from depgraph.readers.extent import HOLDS, Part, Remark, gap, joined
from depgraph.readers.lines import BadLine
from depgraph.readers.listed import is_listed, read_listed
from depgraph.readers.sets import (
    ALIASES,
    BY_TURNS,
    NO_TYPE,
    PRIVATE,
    RESOURCE,
    Item,
    Sets,
    Turn,
    absolute,
    by_policy,
    each_set,
    in_turn,
    not_served_by_one,
    quoted,
    spoken,
    ttl_of,
    word_of,
)
from depgraph.readers.terraform import read_state, record
from depgraph.readers.zones import Draft, Zone, is_known, presented
from depgraph.records.rdata import ADDRESS, type_of
from depgraph.text_safety import one_line, quote

_AZURE_KEYS: Final = {  # type -> key of its records, and the fields that make up one of them
    "A": ("arecords", "ipv4Address"),
    "AAAA": ("aaaarecords", "ipv6Address"),
    "CNAME": ("cnamerecord", "cname"),
    "MX": ("mxrecords", "preference exchange"),
    "NS": ("nsrecords", "nsdname"),
    "PTR": ("ptrrecords", "ptrdname"),
    "SOA": ("soarecord", "host email serialNumber refreshTime retryTime expireTime minimumTTL"),
    "SRV": ("srvrecords", "priority weight port target"),
    "CAA": ("caarecords", "flags tag value"),
    "TXT": ("txtrecords", "value"),
}
_OCTODNS: Final = {  # type -> the fields of a value that is no text; older ones in their place
    "MX": (("preference", "priority"), ("exchange", "value")),
    "SRV": (("priority",), ("weight",), ("port",), ("target",)),
    "CAA": (("flags",), ("tag",), ("value",)),
    "DS": (("key_tag",), ("algorithm",), ("digest_type",), ("digest",)),
    "SSHFP": (("algorithm",), ("fingerprint_type",), ("fingerprint",)),
    "TLSA": (
        ("certificate_usage",),
        ("selector",),
        ("matching_type",),
        ("certificate_association_data",),
    ),
}
_PROVIDERS: Final = {  # form -> who serves the zone
    "route53": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "google": "Google Cloud",
    "google-yaml": "Google Cloud",
    "cloudflare": "Cloudflare",
    "gandi": "Gandi",
}
_PLACES: Final = (
    "SubdivisionCode",
    "CountryCode",
    "ContinentCode",
    "AWSRegion",
    "LocalZoneGroup",
    "LocationName",
)
"""Keys of where clients are whom a set of Route 53 is given to, the narrowest first."""
_LUA: Final = "the server computes the answer for each client (LUA)"
_PLACE: Final = "only clients of one place are answered"
_FEW: Final = 8  # zones that are named
_AZURE_TYPE: Final = re.compile(r"microsoft\.network/(private)?dnszones/", re.IGNORECASE)
_IN_YAML: Final = frozenset({"octodns", "google-yaml"})
_LARGEST_YAML: Final = 4 << 20  # bytes; its reader is slow


def form_of(document: Any) -> str:
    """Name the form of a JSON document by its keys; empty if it is none of these."""
    if isinstance(document, dict):
        if "ResourceRecordSets" in document:
            return "route53"
        if "values" in document and "terraform_version" in document:
            return "terraform"
        if "resources" in document and ("terraform_version" in document or "lineage" in document):
            return "terraform"
        if "domains" in document and ("dns_providers" in document or "registrars" in document):
            return "dnscontrol"
        if "rrsets" in document and str(document.get("name", "")).endswith("."):
            return "powerdns"
        if "rrsets" in document and not is_listed(document):
            return "google"
        if isinstance(document.get("result"), list) and "success" in document:
            return "cloudflare"
        if isinstance(document.get("value"), list):  # Azure's REST
            return "azure" if form_of(document["value"]) == "azure" else ""
    first = document[0] if isinstance(document, list) and document else document
    if isinstance(first, dict):
        if _AZURE_TYPE.match(str(first.get("type", ""))):
            return "azure"
        if "rrdatas" in first or "signatureRrdatas" in first:
            return "google"
        if "rrset_values" in first:
            return "gandi"
        if {"Name", "Type"} <= first.keys() and (
            "ResourceRecords" in first or "AliasTarget" in first
        ):
            return "route53"
        if {"type", "name", "content"} <= first.keys() and "proxied" in first:
            return "cloudflare"
    return ""


def read_export(
    path: Path,
    form: str,
    *,
    origin: str | None = None,
    name: str = "",
    day: Interval | None = None,
) -> Iterator[Zone]:
    """Read the zones of a file.

    Parameters
    ----------
    path, form
        The file, and a word of the table above.
    origin, name
        As for :func:`depgraph.readers.zones.load_zone`; most of these forms name their zone.
    day
        When it was exported: of tinydns, whose lines may hold for a time.

    Raises
    ------
    RecordingError
        If it does not read as that form, or has no record.
    """
    largest = _LARGEST_YAML if form in _IN_YAML else DOCUMENT
    data = read_bytes(path, error=RecordingError, largest=largest)
    try:
        document = _document(data, form, day)
    except ValueError as error:
        raise RecordingError(
            f"expected an export of the form {form}, found otherwise: {error}"
        ) from None
    items: list[Item] = []
    faults: list[BadLine] = []
    parts: dict[str, str] = {}
    try:
        read = _READERS.get(form) or partial(read_listed, origin=origin)
        for item in read(document):
            if isinstance(item, BadLine):
                faults.append(item)
            elif isinstance(item, Part):
                parts[item.zone] = item.why
            else:
                provider = item.provider or _PROVIDERS.get(form, "")
                single = item.single or HOLDS[form].single
                items.append(
                    item._replace(kind=type_of(item.kind), provider=provider, single=single)
                )
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise RecordingError(
            f"expected an export of the form {form} as documented, found a part of another type ({quote(str(error))})"
        ) from None
    if form == "octodns" and origin is None:
        origin = canonical(re.sub(r"\.ya?ml$", "", path.name))
        if "." not in origin:  # the zone is that of the name asked about, as of a zone file
            origin = (name and registered_domain(name)) or ""
        if not origin:
            raise RecordingError(
                f"expected a zone of octoDNS in a file of its name (shop.example.yaml), found {quote(path.name)}: "
                "give its origin (--origin on the command line)"
            )
    turns = list(in_turn(items))
    faults += [one for one in turns if isinstance(one, Remark)]
    items = [one for one in turns if isinstance(one, Item)]
    drafts = list(_zones(items, origin, name, faults))
    apexes = _apexes(items, origin)
    named = {origin, *(i.zone for i in items), *(canonical(i.owner) for i in items)}
    if not drafts:
        first = f": {faults[0].error}" if faults else ""
        raise RecordingError(
            f"expected DNS records in an export of the form {form}, found none{first}"
        )
    lost = any(not isinstance(fault, Remark) for fault in faults)
    gaps: dict[str, list[str]] = {}
    for draft in drafts:
        zone = draft.origin
        why = parts.get(zone) or gap(form, document, soa=zone in apexes, named=zone in named)
        draft.complete = not why
        draft.unplaced = draft.unplaced or lost
        if why:
            gaps.setdefault(why, []).append(zone)
    faults += _told_turns(items)
    drafts[0].faults += [*faults, *(_part(why, zones, len(drafts)) for why, zones in gaps.items())]
    for draft in drafts:
        made = draft.zone(name)
        yield (
            made if form == "tinydns" else replace(made, faults=tuple(map(_of_record, made.faults)))
        )


def _told_turns(items: Iterable[Item]) -> Iterator[Remark]:
    """Tell of which sets a policy chooses what each client is answered, and between what."""
    turns: dict[tuple[str, str], list[str]] = {}
    for item in items:
        if item.sent and item.turn:
            sets = turns.setdefault((canonical(item.owner), item.turn.of), [])
            sets.append(item.sent.removeprefix("to:"))
    for (owner, kind), sent in turns.items():
        several = ", ".join(dict.fromkeys(sent))
        yield Remark(0, one_line(BY_TURNS.format(quote(owner), quote(kind), several)))


def _part(why: str, zones: Sequence[str], of: int) -> Remark:
    """Tell that of zones a document has not all; of which, where it has others too."""
    named = f"{', '.join(map(quote, zones[:_FEW]))}: " if len(zones) < of else ""
    return Remark(0, f"{named}read as a part of the zone, of which names may be missing: {why}")


def _of_record(fault: BadLine) -> BadLine:
    """Name a record by its place, where the line on which it stands is not known."""
    return BadLine(0, f"record {fault.number}: {fault.error}") if fault.number else fault


def _document(data: bytes, form: str, day: Interval | None) -> Any:
    if form == "tinydns":
        return data.decode("utf-8", "replace").splitlines(), day
    if form in _IN_YAML:
        return _yaml(data)
    return joined(form, [value for _, value in json_values(data.decode())])


def _apexes(items: Iterable[Item], origin: str | None) -> set[str]:
    return {absolute(i.owner, origin or i.zone) for i in items if i.kind == "SOA"}


def _zones(
    items: Iterable[Item], origin: str | None, name: str, faults: list[BadLine]
) -> Iterator[Draft]:
    """Sort record sets into zones: the one that is said, else that of a SOA, else the registered domain.

    A name that is relative to a zone that nobody told is added to the faults.
    """
    all_items = list(items)
    apexes = _apexes(all_items, origin)
    drafts: dict[str, Draft] = {}
    providers: dict[str, set[str]] = {}
    for item in all_items:
        owner = absolute(item.owner, origin or item.zone)
        zone = origin or item.zone
        if not zone and apexes:
            zone = next((above for above in parents(owner) if above in apexes), "")
        if not zone and "." not in owner:
            error = (
                f"expected the name of the zone that {quote(item.owner)} is in, found none: give its "
                "origin (--origin on the command line)"
            )
            faults.append(BadLine(item.number, error))
            continue
        zone = zone or registered_domain(owner) or (name and registered_domain(name)) or owner
        draft = drafts.setdefault(zone, Draft(zone))
        if item.provider:
            providers.setdefault(zone, set()).add(item.provider)
        _add(draft, item, owner)
    for zone, draft in sorted(drafts.items()):
        several = sorted(providers.get(zone, ()))
        draft.provider = several[0] if len(several) == 1 else ""
        draft.is_cloudflares = draft.provider == "Cloudflare"
        read = draft.zone()
        if len(several) > 1 and read.get(zone, "NS") is None:
            faults.append(not_served_by_one(zone, several))
        if read.sets:
            yield draft


def _add(draft: Draft, item: Item, owner: str) -> None:
    # Of a zone of tinydns the file may leave out what its SOA record says.
    if not item.values and not item.chosen and item.kind != "SOA":
        kind = item.kind if is_known(item.kind) else ""
        error = f"expected values of {quote(owner)} {quote(item.kind)}, found none"
        draft.fault(item.number, error, owner=owner, kind=kind)
    if item.chosen:
        kinds = ADDRESS if item.kind in ALIASES else [item.kind]
        what = f"{'the rest of ' if item.values else ''}{quote(owner)} {quote(item.kind)}"
        error = f"left out {what}: {item.chosen}"
        draft.computed(item.number, owner, kinds, item.chosen, error)

    def add(kind: str, value: str, **more: Any) -> None:
        draft.add(item.number, owner, kind, item.ttl, value, sent=item.sent, **more)

    for value in item.values:
        try:
            if item.kind in ALIASES:
                target = absolute(value, "" if "." in value else draft.origin)
                add("ALIAS", target, front=item.front)
            elif not is_known(item.kind):
                error = f"{NO_TYPE.format(quote(item.kind))}: {quote(value)}"
                draft.odd(item.number, owner, error)
            else:
                # Names in these forms are absolute, with or without their dot.
                text = presented(item.kind, value, ".")
                front = item.front if item.kind in {"A", "AAAA", "CNAME"} else ""
                add(item.kind, text, front=front, single=item.single)
        except ValueError as fault:
            kind = item.kind if is_known(item.kind) else ""
            draft.fault(item.number, f"{fault}: {quote(value)}", owner=owner, kind=kind)


# -- each form ------------------------------------------------------------------------------


def _route53(document: Any) -> Sets:
    rows = (
        document.get("ResourceRecordSets", [document]) if isinstance(document, dict) else document
    )
    return each_set(rows, _route53_set)


def _route53_set(number: int, row: Any) -> Sets:
    owner, kind = str(row["Name"]).replace("\\052", "*"), str(row["Type"])
    turn = None if row.get("MultiValueAnswer") else _route53_turn(row, kind)
    alias = row.get("AliasTarget")
    if isinstance(alias, dict):
        target = str(alias["DNSName"])
        yield Item(number, "", owner, "ALIAS", None, (canonical(target),), turn=turn)
    else:
        values = tuple(str(one["Value"]) for one in row.get("ResourceRecords") or ())
        yield Item(number, "", owner, kind, ttl_of(row.get("TTL")), values, turn=turn)


def _route53_turn(row: Any, kind: str) -> Turn | None:
    """Read by what policy a set is chosen: each has a key of its own, and all an identifier."""
    named = row.get("SetIdentifier")
    if not named:
        return None
    place = (
        row.get("GeoLocation") or row.get("GeoProximityLocation") or row.get("CidrRoutingConfig")
    )
    words = [row.get("Failover"), row.get("Region")]
    words += [place.get(key) for key in _PLACES] if isinstance(place, dict) else []
    to = next((str(word) for word in words if word), str(named))
    return Turn(spoken(to), kind, row.get("Weight"))


def _azure(document: Any) -> Sets:
    inside = document.get("value") if isinstance(document, dict) else None
    rows = document if isinstance(document, list) else inside or [document]
    return each_set(rows, lambda number, row: [_azure_set(number, row)])


def _azure_set(number: int, given: dict[str, Any]) -> Item | BadLine:
    """Read one set: the fields stand in it or in its properties, in letters that differ by tool."""
    row = _lowered({**given, **(given.get("properties") or {})})
    kind, name = str(given["type"]).rpartition("/")[2].upper(), str(given.get("name", "@"))
    if (of := _AZURE_TYPE.match(str(given["type"]))) and of[1]:
        return BadLine(number, f"left out {quote(name)} {quote(kind)}: {PRIVATE}")
    if kind not in _AZURE_KEYS:
        return BadLine(number, NO_TYPE.format(quote(kind)))
    match = re.search(r"/dnszones/([^/]+)/", str(row.get("id", "")), re.IGNORECASE)
    item = Item(
        number, canonical(match[1]) if match else "", name, kind, ttl_of(row.get("ttl")), ()
    )
    key, fields = _AZURE_KEYS[kind]
    found = row.get(key) or []
    several = [found] if isinstance(found, dict) else found
    if (row.get("targetresource") or {}).get("id") and not several:
        return item._replace(chosen=f"an alias to {RESOURCE}")
    return item._replace(values=tuple(_azure_value(kind, one, fields) for one in several))


def _azure_value(kind: str, one: Any, fields: str) -> str:
    """Write the data of a record; what lacks a field does not read as data, and is told as such."""
    row = _lowered(one) if isinstance(one, dict) else {}
    if kind == "TXT":
        strings = row.get("value")
        return quoted("".join(map(str, strings if isinstance(strings, list) else [strings or ""])))
    return " ".join(word_of(f, row[f.lower()]) for f in fields.split() if f.lower() in row)


def _lowered(row: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in row.items()}


def _google(document: Any) -> Sets:
    rows = (
        document.get("rrsets") if isinstance(document, dict) and "rrsets" in document else document
    )
    return each_set(rows if isinstance(rows, list) else [rows], _google_set)


def _google_set(number: int, row: Any) -> Sets:
    values = tuple(map(str, row.get("rrdatas") or ()))
    owner, kind, ttl = str(row["name"]), str(row["type"]), ttl_of(row.get("ttl"))
    item = Item(number, "", owner, kind, ttl, values)
    if (policy := row.get("routingPolicy")) is None or values:
        yield item
    else:
        yield from by_policy(item, policy)


def _octodns(documents: Any) -> Sets:
    rows = (
        (owner, row)
        for owner, given in documents[0].items()
        for row in (given if isinstance(given, list) else [given])
    )
    return each_set(rows, _octodns_set)


def _octodns_set(number: int, given: tuple[Any, Any]) -> Sets:
    owner, row = given
    kind = str(row["type"]).upper()
    front = "Cloudflare" if _proxied(row.get("octodns")) else ""
    found = row.get("values", row.get("value"))
    several = found if isinstance(found, list) else [found]
    values = tuple(_octodns_value(kind, one) for one in several if one is not None)
    name, ttl = str(owner or "@"), ttl_of(row.get("ttl"))
    item = Item(number, "", name, kind, ttl, values, front)
    pools = [*_pools(kind, row.get("dynamic") or {})]
    if pools:
        yield from (item._replace(values=(value,), turn=Turn(to, kind)) for to, value in pools)
    else:
        chosen = "chosen from pools" if "dynamic" in row or "geo" in row else ""
        yield item._replace(chosen=chosen)


def _pools(kind: str, dynamic: Any) -> Iterator[tuple[str, str]]:
    """Give what the pools have to which rules send clients; where one has several, each by itself.

    What stands beside them is for servers that know no pools, and a fallback for when all of one fail.
    """
    for rule in dynamic.get("rules") or ():
        pool = str(rule["pool"])
        several = [_octodns_value(kind, one["value"]) for one in dynamic["pools"][pool]["values"]]
        for value in several:
            yield (pool if len(several) == 1 else f"{pool} {value}"), value


def _proxied(options: Any) -> bool:
    inner = options.get("cloudflare") if isinstance(options, dict) else None
    return isinstance(inner, dict) and inner.get("proxied") is True


def _octodns_value(kind: str, value: Any) -> str:
    if isinstance(value, dict):
        fields = _OCTODNS.get(kind, ())
        words = [next(((n, value[n]) for n in names if n in value), None) for names in fields]
        if not words or None in words:
            raise ValueError(f"the fields of {kind}, found {value!a}")
        return " ".join(word_of(n if kind == "CAA" else "", v) for n, v in filter(None, words))
    text = str(value)
    # octoDNS escapes semicolons in texts.
    return quoted(text.replace("\\;", ";")) if kind in {"TXT", "SPF"} else text


def _cloudflare(document: Any) -> Sets:
    """Read records as Cloudflare's API has them, which its provider of Terraform passes on."""
    rows = document["result"] if isinstance(document, dict) and "result" in document else document
    return each_set(rows if isinstance(rows, list) else [rows], _cloudflare_record)


def _cloudflare_record(number: int, row: Any) -> Sets:
    zone = canonical(str(row.get("zone_name") or "")).strip(".")
    yield record(number, "cloudflare_dns_record", str(row["type"]), row, zone)


def _gandi(document: Any) -> Sets:
    return each_set(document if isinstance(document, list) else [document], _gandi_set)


def _gandi_set(number: int, row: Any) -> Sets:
    domain = re.search(r"/domains/([^/]+)/", str(row.get("rrset_href", "")))
    zone = canonical(domain[1]) if domain else ""
    owner, kind = str(row["rrset_name"]), str(row["rrset_type"])
    values = [str(value) for value in row["rrset_values"]]
    if zone and kind in {"CNAME", "NS", "MX", "SRV", *ALIASES}:  # relative to the zone
        values = [_last_within(value, zone) for value in values]
    yield Item(number, zone, owner, kind, ttl_of(row.get("rrset_ttl")), tuple(values))


def _last_within(value: str, zone: str) -> str:
    """Return data whose last word is a name relative to a zone, with the name in full."""
    before, space, name = value.rpartition(" ")
    return f"{before}{space}{name if name.endswith('.') else f'{absolute(name, zone)}.'}"


def _powerdns(document: Any) -> Sets:
    before = 0
    for one in document if isinstance(document, list) else [document]:
        read = partial(_powerdns_set, zone=canonical(str(one["name"])))
        yield from each_set(one["rrsets"], read, first=before + 1)
        before += len(one["rrsets"])


def _powerdns_set(number: int, row: Any, *, zone: str) -> Sets:
    values = tuple(str(one["content"]) for one in row["records"] if one.get("disabled") is not True)
    if not values and row["records"]:  # a set of which all is disabled is not served
        return
    owner, kind, ttl = str(row["name"]), str(row["type"]), ttl_of(row.get("ttl"))
    if kind == "LUA" and values:  # the type that is answered, and a program
        computed = values[0].partition(" ")[0].upper()
        yield Item(number, zone, owner, computed, ttl, (), chosen=_LUA)
    else:
        yield Item(number, zone, owner, kind, ttl, values)


def _tinydns(document: tuple[list[str], Interval]) -> Sets:
    made = list(tinydns.records(*document))
    apexes = {one.owner for _, one in made if isinstance(one, tinydns.Made) and one.kind == "SOA"}
    for number, one in made:
        if isinstance(one, BadLine):
            yield one
        elif apexes.isdisjoint(parents(one.owner)):
            yield BadLine(
                number, f"left out {quote(one.owner)} {one.kind}: in none of the zones of the file"
            )
        else:
            values = (one.value,) if one.value else ()
            item = Item(number, "", f"{one.owner}.", one.kind, one.ttl, values)
            yield item._replace(chosen=_PLACE if one.some and values else "")


def _yaml(data: bytes) -> list[dict[str, Any]]:
    """Read the documents of a YAML file, without anchors, which make an endless text of a short one."""
    try:
        import yaml  # noqa: PLC0415  (optional)
    except ImportError:
        raise RecordingError(missing("PyYAML", "reads this form", "yaml")) from None
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Plain(loader):  # type: ignore[misc]
        """A safe loader whose keys are the texts that are written (``no`` is Norwegian, not false)."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:  # noqa: ARG002, FBT001, FBT002
            row: dict[str, Any] = {}
            for key, value in node.value:
                if str(key.value) in row:
                    raise yaml.YAMLError(f"the key {quote(key.value)} stands twice")
                row[str(key.value)] = self.construct_object(value, deep=True)
            return row

    Plain.add_constructor("tag:yaml.org,2002:map", Plain.construct_mapping)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(data, Loader=loader)):
            raise ValueError("it has YAML aliases, which are not read")
        documents = [one for one in yaml.load_all(data, Loader=Plain) if one is not None]
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).replace("\n", " ")[:200]) from None
    if not documents or not all(isinstance(one, dict) for one in documents):
        raise ValueError("it is no mapping of names")
    return documents


_READERS: Final[dict[str, Callable[[Any], Sets]]] = {
    "route53": _route53,
    "azure": _azure,
    "google": _google,
    "google-yaml": _google,
    "octodns": _octodns,
    "dnscontrol": read_ir,
    "terraform": read_state,
    "cloudflare": _cloudflare,
    "gandi": _gandi,
    "powerdns": _powerdns,
    "tinydns": _tinydns,
}
FORMS: Final = (*_READERS, "records")
"""The forms that are read."""
