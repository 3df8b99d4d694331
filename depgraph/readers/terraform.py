"""States of Terraform and OpenTofu: the DNS records of every provider whose form is documented.

Most providers say of a record the same things in other words: its zone (by name, or by the id of a
resource in the state), its owner, its type, and its data, whole or in fields. So the words are looked
for, whatever the provider. What else is called a record is named, and what no provider's document was
read of is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from depgraph.names import canonical
from depgraph.readers.lines import BadLine
from depgraph.readers.sets import (
    ALIASES,
    NO_TYPE,
    PRIVATE,
    Found,
    Item,
    Sets,
    Turn,
    by_policy,
    each_set,
    quoted,
    spoken,
    ttl_of,
    words_of,
)
from depgraph.readers.zones import is_known
from depgraph.text_safety import quote

_KNOWN: Final = frozenset(
    [
        "aws_route53_record",
        "cloudflare_dns_record",
        "cloudflare_record",
        "digitalocean_record",
        "dnsimple_record",
        "dnsimple_zone_record",
        "gandi_livedns_record",
        "google_dns_record_set",
        "hcloud_zone_record",
        "hcloud_zone_rrset",
        "hetznerdns_record",
        "inwx_nameserver_record",
        "linode_domain_record",
        "ns1_record",
        "ovh_domain_zone_record",
        "scaleway_domain_record",
        "vultr_dns_record",
    ]
)
_OF_A_SET: Final = frozenset(
    [
        "aws_route53_record",
        "gandi_livedns_record",
        "google_dns_record_set",
        "hcloud_zone_rrset",
        "ns1_record",
    ]
)
"""Resources that are a whole set of records; each of the others is one record."""
_AZURERM: Final = re.compile(r"azurerm_dns_(a|aaaa|cname|mx|ns|txt|srv|caa|ptr)_record")
_RECORD: Final = re.compile(r"(?:^|_)(?:records?|recordset|rrset|dns)(?:_|$)")
_ZONE_RESOURCE: Final = re.compile(r"zone$|_domain$|_zone_v\d$")
_PROVIDERS: Final = {  # first word of a resource -> who serves its records
    "aws": "Amazon Web Services",
    "azurerm": "Microsoft Azure",
    "cloudflare": "Cloudflare",
    "digitalocean": "DigitalOcean",
    "dnsimple": "DNSimple",
    "gandi": "Gandi",
    "google": "Google Cloud",
    "hcloud": "Hetzner",
    "hetznerdns": "Hetzner",
    "inwx": "INWX",
    "linode": "Linode (Akamai Connected Cloud)",
    "ns1": "NS1 (IBM NS1 Connect)",
    "ovh": "OVHcloud",
    "scaleway": "Scaleway (Online.net)",
    "vultr": "Vultr",
}
_TYPE: Final = ("type", "record_type", "fieldtype")
_ZONE_ID: Final = ("zone_id", "managed_zone", "zone_name", "domain_id", "zone")
_ZONE_NAME: Final = ("zone", "dns_zone", "zone_name", "domain")
_OWNER: Final = ("fqdn", "hostname", "name", "subdomain")
_SEVERAL: Final = ("records", "rrdatas", "values", "answers", "short_answers")
_SINGLE: Final = ("content", "value", "target", "data")
_INNER: Final = ("value", "answer")
_SERVERS: Final = ("name_servers", "authoritative_nameservers", "dns_servers")
_POLICIES: Final = (
    "weighted_routing_policy",
    "failover_routing_policy",
    "latency_routing_policy",
    "geolocation_routing_policy",
    "geoproximity_routing_policy",
    "cidr_routing_policy",
)
_PLACES: Final = (
    "type",
    "region",
    "subdivision",
    "country",
    "continent",
    "aws_region",
    "local_zone_group",
    "location_name",
)
"""Keys of whom a set of Route 53 is given to, the narrowest first."""
_BEFORE: Final = {  # fields before the data, where they stand apart
    "MX": (("priority", "prio"),),
    "SRV": (("priority", "prio"), ("weight",), ("port",)),
    "CAA": (("flags",), ("tag",)),
}
_AZURE_FIELDS: Final = {
    "MX": "preference exchange",
    "SRV": "priority weight port target",
    "CAA": "flags tag value",
}


@dataclass(frozen=True, slots=True)
class _Zones:
    """Names of the zones of a state by their ids and names, and those that only a network sees."""

    names: dict[str, str]
    private: frozenset[str]

    def name(self, a: dict[str, Any]) -> str:
        """Return the zone of a record; empty if the state does not tell."""
        for key in _ZONE_ID:
            if (found := self.names.get(str(a.get(key)))) is not None:
                return found
        words = (canonical(str(a[key])) for key in _ZONE_NAME if a.get(key))
        return next((word for word in words if "." in word.strip(".")), "")

    def is_private(self, a: dict[str, Any]) -> bool:
        return any(str(a.get(key)) in self.private for key in _ZONE_ID if a.get(key))


def read_state(document: Any) -> Iterator[Found]:
    """Read the record sets of a state, as it is kept or shown, and the name servers of its zones.

    Yields
    ------
    Each set, or what is left out, numbered by the resources' instances.
    """
    if "values" in document:
        document = {"resources": list(_shown(document["values"].get("root_module") or {}))}
    zones = _zones(document)
    served: list[Item] = []
    own: set[str] = set()  # zones whose NS records stand in the state themselves

    def read(number: int, given: tuple[Any, Any]) -> Sets:
        resource, instance = given
        of_type, mode = str(resource.get("type", "")), resource.get("mode", "managed")
        a = instance["attributes"] if of_type in _KNOWN else instance.get("attributes") or {}
        if _ZONE_RESOURCE.search(of_type):
            served.extend(_servers(number, of_type, a, zones))
        return _read(number, of_type, mode, a, zones)

    instances = (
        (resource, instance)
        for resource in document["resources"]
        for instance in resource.get("instances") or ()
    )
    for item in each_set(instances, read):
        if isinstance(item, Item) and item.kind == "NS":
            own.add(item.zone)
        yield item
    yield from (item for item in served if item.zone not in own)


def _shown(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the resources of a module, as ``terraform show -json`` has them, in the form of a state."""
    for one in module.get("resources") or ():
        yield {**one, "instances": [{"attributes": one.get("values")}]}
    for inner in module.get("child_modules") or ():
        yield from _shown(inner)


def _read(
    number: int, of_type: str, mode: str, a: dict[str, Any], zones: _Zones
) -> Iterator[Found]:
    """Give the record set of an instance, if it is one."""
    azure = _AZURERM.fullmatch(of_type)
    provider = _PROVIDERS.get(of_type.partition("_")[0], "")
    if mode == "managed" and (azure or of_type in _KNOWN):
        if zones.is_private(a):
            yield BadLine(number, f"left out {quote(str(a.get('name')))}: {PRIVATE}")
            return
        kind = azure[1].upper() if azure else str(a[next((k for k in _TYPE if k in a), _TYPE[0])])
        made = record(number, of_type, kind, a, zones.name(a))
        single = not azure and of_type not in _OF_A_SET
        made = made._replace(provider=provider, single=single)
        policies = a.get("routing_policy") if not made.values else None
        if policies:
            yield from by_policy(made, _as_in_api(policies[0]))
        else:
            yield made
    elif of_type == "cloudflare_load_balancer" and mode == "managed":
        name, chosen = str(a["name"]), "chosen from pools"
        item = Item(number, zones.name(a), name, "ALIAS", None, (), chosen=chosen)
        yield item._replace(provider=provider)
    elif _looks_like_a_record(of_type, a):
        yield BadLine(number, NO_TYPE.format(quote(of_type)))


def _as_in_api(policy: dict[str, Any]) -> dict[str, Any]:
    """Return a routing policy of Google's in the words of its API."""
    named: dict[str, Any] = {
        key: {"items": _checked(policy[key])} for key in ("wrr", "geo") if policy.get(key)
    }
    backups = [
        row for one in policy.get("primary_backup") or () for row in one.get("backup_geo") or ()
    ]
    if policy.get("primary_backup"):
        named["primaryBackup"] = {"backupGeoTargets": {"items": _checked(backups)}}
    return named


def _checked(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "healthCheckedTargets": row.get("health_checked_targets")} for row in rows]


def _looks_like_a_record(of_type: str, a: dict[str, Any]) -> bool:
    """Tell whether a resource that is not known is one of DNS: called so, with a type of the DNS."""
    if not _RECORD.search(of_type) or _ZONE_RESOURCE.search(of_type):
        return False
    kinds = [str(a[key]).upper() for key in (*_TYPE, "rtype") if a.get(key)]
    return any(map(is_known, kinds)) or ("record" in of_type and "dns" in of_type)


def record(number: int, of_type: str, kind: str, a: dict[str, Any], zone: str) -> Item:
    """Read one record set by the attributes that its provider gives it."""
    owner = next((str(a[key]) for key in _OWNER if a.get(key)), "@")
    if of_type == "ns1_record":  # whose owner is the domain
        owner = f"{canonical(str(a['domain']))}."
    item = Item(number, zone, owner, kind, ttl_of(a.get("ttl")), (), turn=_turn(a, kind))
    alias = a.get("alias")
    if isinstance(alias, list) and alias:
        return item._replace(kind="ALIAS", values=(canonical(str(alias[0]["name"])),))
    if _AZURERM.fullmatch(of_type):
        return _azurerm(kind, a, item)
    values = _values(kind, a)
    if kind in {"CNAME", "NS", "MX", "SRV", *ALIASES}:  # with Gandi all names are relative
        gandi = of_type.startswith("gandi")
        # A host of one label is relative wherever it stands: the public has none.
        values = [
            _within(v, zone) if gandi or "." not in v.rpartition(" ")[2] else v for v in values
        ]
    chosen = "chosen by filters" if a.get("filters") else ""
    front = "Cloudflare" if a.get("proxied") in {True, "true"} else ""
    return item._replace(values=tuple(values), front=front, chosen=chosen)


def _turn(a: dict[str, Any], kind: str) -> Turn | None:
    """Read by what policy a set of Route 53 is chosen: each is a block of its own."""
    named = a.get("set_identifier")
    if not named or a.get("multivalue_answer_routing_policy"):
        return None
    blocks = (block for key in _POLICIES for block in a.get(key) or ())
    policy = next((block for block in blocks if isinstance(block, dict)), {})
    to = next((str(policy[key]) for key in _PLACES if policy.get(key)), str(named))
    return Turn(spoken(to), kind, policy.get("weight"))


def _values(kind: str, a: dict[str, Any]) -> list[str]:
    several = next((a[key] for key in _SEVERAL if a.get(key)), None)
    if several is None:
        text = next((str(a[key]) for key in _SINGLE if a.get(key)), "")
        several = [_with_fields(kind, text, a)] if text else []
    values = [str(_inner(one)) for one in several]
    if kind in {"TXT", "SPF"}:
        values = [v if v.startswith('"') else quoted(v.replace('""', "")) for v in values]
    return values


def _inner(one: Any) -> Any:
    return next((one[key] for key in _INNER if key in one), one) if isinstance(one, dict) else one


def _with_fields(kind: str, text: str, a: dict[str, Any]) -> str:
    """Put the fields of a record that stand apart before its data, where the data lack them."""
    fields = _BEFORE.get(kind, ())
    if kind == "CAA" and a.get("tag"):
        text = f'"{text}"'
    elif kind == "CAA":
        return text
    lacking = len(fields) + 1 - len(text.split()) if kind != "CAA" else len(fields)
    words = [next((str(a[key]) for key in keys if a.get(key) is not None), "") for keys in fields]
    return " ".join([*filter(None, words[: max(lacking, 0)]), text])


def _within(value: str, zone: str) -> str:
    """Return data whose last word is a name relative to a zone, with the name in full."""
    before, space, name = value.rpartition(" ")
    if name.endswith(".") or not zone:
        return value
    return f"{before}{space}{zone if name == '@' else f'{name}.{zone}'}."


def _zones(document: Any) -> _Zones:
    found: dict[str, str] = {}
    private = set()
    for resource in document["resources"]:
        of_type = str(resource.get("type", ""))
        if not _ZONE_RESOURCE.search(of_type):
            continue
        for instance in resource.get("instances") or ():
            a = instance.get("attributes") or {}
            name = _zone_name(a)
            for key in ("id", "zone_id", "name"):
                if a.get(key) and name:
                    found[str(a[key])] = name
                    if a.get("vpc") or a.get("visibility") == "private" or "private" in of_type:
                        private.add(str(a[key]))
    return _Zones(found, frozenset(private))


def _zone_name(a: dict[str, Any]) -> str:
    words = (a.get(key) for key in ("dns_name", "zone", "domain", "name"))
    return next((canonical(w) for w in words if isinstance(w, str) and "." in w), "")


def _servers(number: int, of_type: str, a: dict[str, Any], zones: _Zones) -> Iterator[Item]:
    """Give the name servers that the provider gave a zone, as its NS records."""
    given = next((a[key] for key in _SERVERS if a.get(key)), ())
    if isinstance(given, dict):
        given = given.get("assigned") or ()
    names = given.split(",") if isinstance(given, str) else given
    servers = tuple(canonical(str(name).strip()) for name in names if "." in str(name))
    zone = _zone_name(a)
    if servers and zone and not any(str(a.get(key)) in zones.private for key in ("id", "zone_id")):
        provider = _PROVIDERS.get(of_type.partition("_")[0], "")
        yield Item(number, zone, f"{zone}.", "NS", None, servers, provider=provider)


def _azurerm(kind: str, a: dict[str, Any], item: Item) -> Item:
    single = a.get("record")
    found = [single] if isinstance(single, str) and single else a.get("records") or single or ()
    values = []
    for one in found:
        if kind == "TXT":
            values.append(quoted(str(one["value"] if isinstance(one, dict) else one)))
        elif isinstance(one, dict):
            values.append(words_of(one, _AZURE_FIELDS[kind].split()))
        else:
            values.append(str(one))
    if not values:
        return item._replace(chosen="an alias to a resource of Azure, not a name")
    return item._replace(values=tuple(values))


__all__ = ["read_state", "record"]
