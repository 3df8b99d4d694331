"""What dnscontrol compiles its source to (``dnscontrol print-ir``): domains, their providers and records.

A domain may stand several times, once for each of its views: its tag is in its name
(``shop.example!internal``) or beside it. Fields that are 0 are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from depgraph.names import canonical
from depgraph.readers.extent import Part
from depgraph.readers.lines import BadLine
from depgraph.readers.sets import (
    ALIASES,
    RESOURCE,
    Item,
    Sets,
    absolute,
    each_set,
    not_served_by_one,
    quoted,
    ttl_of,
)
from depgraph.text_safety import quote

_BEFORE: Final = {  # fields of a record that stand beside the target, before it
    "MX": ("mxpreference",),
    "SRV": ("srvpriority", "srvweight", "srvport"),
    "CAA": ("caaflag", "caatag"),
    "DS": ("dskeytag", "dsalgorithm", "dsdigesttype", "dsdigest"),
    "HTTPS": ("svcpriority",),
    "SVCB": ("svcpriority",),
    "TLSA": ("tlsausage", "tlsaselector", "tlsamatchingtype"),
    "SSHFP": ("sshfpalgorithm", "sshfpfingerprint"),
}
_AFTER: Final = {"HTTPS": "svcparams", "SVCB": "svcparams"}
_OWN: Final = "its provider adds name servers of its own"
_PROVIDERS: Final = {  # type of a provider in lower case -> who
    "route53": "Amazon Web Services",
    "azure_dns": "Microsoft Azure",
    "gcloud": "Google Cloud",
    "cloudflareapi": "Cloudflare",
    "gandi_v5": "Gandi",
    "bunny_dns": "bunny.net",
    "cloudns": "ClouDNS",
    "desec": "deSEC",
    "digitalocean": "DigitalOcean",
    "dnsimple": "DNSimple",
    "exoscale": "Exoscale",
    "gcore": "Gcore",
    "hedns": "Hurricane Electric",
    "hetzner": "Hetzner",
    "hetzner_v2": "Hetzner",
    "inwx": "INWX",
    "loopia": "Loopia",
    "mythicbeasts": "Mythic Beasts",
    "namecheap": "Namecheap",
    "namedotcom": "Name.com",
    "netcup": "netcup",
    "netlify": "Netlify",
    "ovh": "OVHcloud",
    "porkbun": "Porkbun",
    "realtimeregister": "Realtime Register",
    "transip": "TransIP",
    "vultr": "Vultr",
}
"""https://docs.dnscontrol.org/provider"""


def read_ir(document: Any) -> Sets:
    """Read the record sets of each domain; raises KeyError and the like where it is none of these.

    Yields
    ------
    Each record, the name servers that are given by name, what is left out, and of which domain others
    have records that are not there.
    """
    before = 0
    domains = [(domain, *_view(domain)) for domain in document["domains"]]
    tags: dict[str, set[str]] = {}
    for _, name, tag in domains:
        tags.setdefault(name, set()).add(tag)
    types = {str(p.get("name")): str(p.get("type")) for p in document.get("dns_providers") or ()}
    for domain, name, tag in domains:
        rows = domain.get("records") or ()
        zone = canonical(name)
        if unseen := _unseen(tag, tags[name]):
            yield BadLine(
                before + len(rows), f"left out {quote(f'{name}!{tag}' if tag else name)}: {unseen}"
            )
        else:
            if why := _others(domain, tag):
                yield Part(zone, why)
            served = domain.get("dnsProviders") or {}
            provider = _provider(served, types)
            if served and not provider:
                yield not_served_by_one(zone, [types.get(one, "") for one in served])
            read = partial(_record, zone=zone, provider=provider)
            yield from each_set(rows, read, first=before + 1)
            yield from _servers(before + len(rows), domain, zone, provider)
        before += len(rows)


def _view(domain: dict[str, Any]) -> tuple[str, str]:
    """Return the name of a domain, and the tag of its view; empty if it has none."""
    name, _, tag = str(domain["name"]).partition("!")
    return name, tag or str((domain.get("meta") or {}).get("dnscontrol_tag") or "")


def _unseen(tag: str, tags: set[str]) -> str:
    """Return why a view of a domain is left out: one without a tag is what the public sees."""
    if tag and "" in tags:
        return "one view of the domain; the public is taken to see the one without a tag"
    if tag and len(tags) > 1:
        return "one of several views of the domain; it is not said which the public sees"
    return ""


def _others(domain: dict[str, Any], tag: str) -> str:
    """Return why the public may be answered records that are not there; empty if it is not."""
    if tag:
        return "one view of the domain; others may be answered otherwise"
    if domain.get("keepunknown"):
        return "what it does not hold is kept (NO_PURGE)"
    return "some records are left to others (IGNORE)" if domain.get("unmanaged") else ""


def _provider(served: Any, types: dict[str, str]) -> str:
    """Return who serves a domain; empty if several do, or it is none that is known."""
    of_type = [types.get(name, "") for name in served]
    return _PROVIDERS.get(of_type[0].lower(), "") if len(of_type) == 1 else ""


def _servers(number: int, domain: dict[str, Any], zone: str, provider: str) -> Iterator[Item]:
    """Give the name servers that the source names; providers add theirs, unless told to add none (0)."""
    names = tuple(f"{canonical(str(one['name']))}." for one in domain.get("nameservers") or ())
    if names:
        counts = domain.get("dnsProviders") or {}
        added = not isinstance(counts, dict) or any(count != 0 for count in counts.values())
        item = Item(number, zone, f"{zone}.", "NS", None, names, provider=provider)
        yield item._replace(chosen=_OWN if added else "")


def _record(number: int, row: Any, *, zone: str, provider: str) -> Sets:
    kind, target = str(row["type"]), str(row.get("target", ""))
    meta = row.get("meta") or {}
    front = "Cloudflare" if meta.get("cloudflare_proxy") in {"on", "full"} else ""
    # Where the data stand together, nothing is said by a field that is not there.
    default = {} if "rdata" in row else dict.fromkeys(_BEFORE.get(kind, ()), "0")
    words = {**default, **row}
    before = [str(words[field]) for field in _BEFORE.get(kind, ()) if field in words]
    if kind in {"TXT", "SPF"}:
        target = quoted("".join(map(str, row.get("txtstrings") or [target])))
    elif kind == "CAA":
        target = f'"{target}"'
    owner = str(row.get("name", "@"))
    name = zone if owner == "@" else f"{canonical(owner)}.{zone}"
    if kind == "AZURE_ALIAS" and target.startswith("/"):
        chosen = f"an alias to {RESOURCE}"
        yield Item(number, zone, name, kind, None, (), provider=provider, chosen=chosen)
        return
    if kind in {"CNAME", "NS", "MX", "SRV", *ALIASES}:
        target = absolute(target, zone)
    elif kind == "DS":
        target = ""
    value = " ".join([*before, target, str(row.get(_AFTER.get(kind, ""), ""))]).strip()
    yield Item(number, zone, name, kind, ttl_of(row.get("ttl")), (value,), front, provider)


__all__ = ["read_ir"]
