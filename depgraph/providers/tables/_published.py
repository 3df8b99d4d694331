"""Ranges that operators publish: AWS, Google, Azure, Cloudflare, Fastly, Oracle, plain lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from depgraph.errors import TableError
from depgraph.providers.prefixes import parse_prefix
from depgraph.providers.tables._model import Kind, Service
from depgraph.providers.tables._text import Pair, Parsed, clean, day_in, lines, prefix_at

Row = tuple[str, str, str]
"""Prefix, service, region."""


def document(text: str) -> tuple[str, dict[str, Any]]:
    """Read a JSON document and tell which operator's form it has.

    Returns
    -------
    tuple
        A key of :data:`READERS`, and the document.

    Raises
    ------
    TableError
        If it is not JSON, or of no form known here.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TableError(
            f"expected a JSON document, found a fault ({error}): the file is damaged or was cut off"
        ) from None
    keys = set(found) if isinstance(found, dict) else set()
    for form, wanted in _KEYS:
        if wanted <= keys:
            return form, found
    raise TableError(
        "expected the ranges of AWS, Google, Azure, Cloudflare, Fastly or Oracle, found a JSON "
        f"document with the keys {', '.join(sorted(map(str, keys)))[:80] or 'of none of them'}"
    )


def aws(found: dict[str, Any]) -> Parsed:
    """Read ``ip-ranges.json``.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html
    """
    rows = [
        (row[key], row.get("service", ""), row.get("region", ""))
        for part, key in (("prefixes", "ip_prefix"), ("ipv6_prefixes", "ipv6_prefix"))
        for row in found.get(part, [])
    ]
    return _parsed(rows, provider="aws", day=str(found.get("createDate", "")))


def google(found: dict[str, Any]) -> Parsed:
    """Read ``cloud.json`` (customers' ranges, with region) or ``goog.json`` (all of Google's).

    Source: https://cloud.google.com/compute/docs/faq#find_ip_range
    """
    rows = [
        (row.get("ipv4Prefix") or row["ipv6Prefix"], row.get("service", ""), row.get("scope", ""))
        for row in found["prefixes"]
    ]
    customers = any(row[1] or row[2] for row in rows)
    return _parsed(
        rows, provider="google-cloud" if customers else "google", day=str(found["creationTime"])
    )


def azure(found: dict[str, Any]) -> Parsed:
    """Read Azure's service tags. The region and the system service are as Microsoft says them.

    Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview
    """
    rows: list[Row] = []
    for tag in found["values"]:
        said = tag["properties"]
        name = said.get("systemService") or str(tag.get("name", "")).partition(".")[0]
        rows += [(prefix, name, said.get("region", "")) for prefix in said["addressPrefixes"]]
    china = "china" in str(found.get("cloud", "")).lower()
    return _parsed(rows, provider="azure-china" if china else "azure", day="")


def cloudflare(found: dict[str, Any]) -> Parsed:
    """Read the answer of ``/client/v4/ips``.

    Source: https://developers.cloudflare.com/api/resources/ips/methods/list/
    """
    said = found["result"]
    rows = [(prefix, "", "") for key in ("ipv4_cidrs", "ipv6_cidrs") for prefix in said[key]]
    return _parsed(rows, provider="cloudflare", day="")


def fastly(found: dict[str, Any]) -> Parsed:
    """Read ``public-ip-list``.

    Source: https://www.fastly.com/documentation/reference/api/utils/public-ip-list/
    """
    rows = [(prefix, "", "") for key in ("addresses", "ipv6_addresses") for prefix in found[key]]
    return _parsed(rows, provider="fastly", day="")


def oracle(found: dict[str, Any]) -> Parsed:
    """Read ``public_ip_ranges.json``; the tags of a range (OCI, OSN, OBJECT_STORAGE) are services.

    Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/addressranges.htm
    """
    rows = [
        (row["cidr"], tag, region["region"])
        for region in found["regions"]
        for row in region["cidrs"]
        for tag in row.get("tags") or [""]
    ]
    return _parsed(rows, provider="oracle-cloud", day=str(found["last_updated_timestamp"]))


READERS: dict[str, Callable[[dict[str, Any]], Parsed]] = {
    "aws": aws,
    "google": google,
    "azure": azure,
    "cloudflare": cloudflare,
    "fastly": fastly,
    "oracle": oracle,
}
_KEYS = (
    ("aws", {"syncToken", "createDate", "prefixes"}),
    ("google", {"creationTime", "prefixes"}),
    ("azure", {"changeNumber", "values"}),
    ("cloudflare", {"result", "success"}),
    ("fastly", {"addresses", "ipv6_addresses"}),
    ("oracle", {"last_updated_timestamp", "regions"}),
)


def read_document(form: str, found: dict[str, Any]) -> Parsed:
    """Read a document of a known form.

    Raises
    ------
    TableError
        If a part is missing or of another type than documented.
    """
    try:
        return READERS[form](found)
    except (KeyError, TypeError, AttributeError) as error:
        raise TableError(
            f"expected the ranges of {form} as documented, found a part missing or of another "
            f"type: {error!r:.80}"
        ) from None


def cidr(text: str) -> Parsed:
    """Read a plain list: a prefix or an address a line, comments after ``#`` or ``;``."""
    pairs: list[Pair] = []
    for number, line in lines(text, comment="#;"):
        bare = line.partition("#")[0].partition(";")[0].strip()
        pairs.append((prefix_at(number, line, bare), (Service("", ""),)))
    return Parsed(Kind.PUBLISHED, pairs, [])


def _parsed(rows: Iterable[Row], *, provider: str, day: str) -> Parsed:
    return Parsed(Kind.PUBLISHED, list(_pairs(rows)), [], day_in(day), provider)


def _pairs(rows: Iterable[Row]) -> Iterator[Pair]:
    known: dict[tuple[str, str], tuple[Service, ...]] = {}
    for prefix, name, region in rows:
        if (said := known.get((name, region))) is None:
            said = known[name, region] = (Service(clean(str(name)), clean(str(region))),)
        yield parse_prefix(str(prefix)), said
