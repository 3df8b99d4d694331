"""Ranges that operators publish: AWS, Google, Azure, Cloudflare, Fastly, Oracle, plain lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from depgraph.errors import TableError
from depgraph.intake import json_value
from depgraph.routes.lines import at_line, day_in, lines, shown
from depgraph.routes.model import Parsed, Service
from depgraph.routes.prefix import parse_prefix
from depgraph.text_safety import quote

Document: TypeAlias = dict[str, Any]


def read_document(text: str, form: str | None = None) -> tuple[str, Parsed]:
    """Read the JSON document of an operator.

    Parameters
    ----------
    text
        The document.
    form
        A key of :data:`DOCUMENTS`; None: told from the keys of the document.

    Returns
    -------
    tuple
        The form, and what the document says.

    Raises
    ------
    TableError
        If it is not JSON, of another form, or a part is missing or of another type than
        documented.
    """
    try:
        document = json_value(text)
    except ValueError as error:
        raise TableError(
            f"expected a JSON document, found a fault ({error}): the file is damaged or was cut off"
        ) from None
    keys = set(document) if isinstance(document, dict) else set()
    found = next((name for name, (needed, _) in DOCUMENTS.items() if needed <= keys), None)
    if found is None:
        raise TableError(
            "expected the ranges of AWS, Google, Azure, Cloudflare, Fastly or Oracle, found a JSON "
            f"document with the keys {quote(', '.join(sorted(keys))) if keys else 'of none of them'}"
        )
    if form not in {None, found}:
        raise TableError(f"expected the form {form}, found that of {found}")
    try:
        return found, DOCUMENTS[found][1](document)
    except (KeyError, TypeError, AttributeError) as error:
        raise TableError(
            f"expected the ranges of {found} as documented, found a part missing or of another "
            f"type: {error!r:.80}"
        ) from None


def read_list(text: str) -> Parsed:
    """Read a plain list: a prefix or an address a line, comments after ``#`` or ``;``.

    Raises
    ------
    TableError
        If a line is not a prefix.
    """
    parsed = Parsed([])
    for number, line in lines(text):
        bare = line.partition("#")[0].partition(";")[0].strip()
        try:
            parsed.pairs.append((parse_prefix(bare), (Service("", ""),)))
        except TableError as error:
            raise at_line(number, line, error) from None
    return parsed


def _aws(document: Document) -> Parsed:
    # https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html
    rows = [
        (row[key], row.get("service", ""), row.get("region", ""))
        for part, key in (("prefixes", "ip_prefix"), ("ipv6_prefixes", "ipv6_prefix"))
        for row in document.get(part, [])
    ]
    return _parsed(rows, "aws", day=document.get("createDate", ""))


def _google(document: Document) -> Parsed:
    # https://cloud.google.com/compute/docs/faq#find_ip_range: cloud.json has the ranges of
    # customers, with their region; goog.json all of Google's
    rows = [
        (row.get("ipv4Prefix") or row["ipv6Prefix"], row.get("service", ""), row.get("scope", ""))
        for row in document["prefixes"]
    ]
    of_customers = any(service or region for _, service, region in rows)
    provider = "google-cloud" if of_customers else "google"
    return _parsed(rows, provider, day=document["creationTime"])


def _azure(document: Document) -> Parsed:
    # https://learn.microsoft.com/azure/virtual-network/service-tags-overview
    rows = []
    for tag in document["values"]:
        properties = tag["properties"]
        service = properties.get("systemService") or str(tag.get("name", "")).partition(".")[0]
        region = properties.get("region", "")
        rows += [(prefix, service, region) for prefix in properties["addressPrefixes"]]
    in_china = "china" in str(document.get("cloud", "")).lower()
    return _parsed(rows, "azure-china" if in_china else "azure")


def _cloudflare(document: Document) -> Parsed:
    # https://developers.cloudflare.com/api/resources/ips/methods/list/
    prefixes = [*document["result"]["ipv4_cidrs"], *document["result"]["ipv6_cidrs"]]
    return _parsed([(prefix, "", "") for prefix in prefixes], "cloudflare")


def _fastly(document: Document) -> Parsed:
    # https://www.fastly.com/documentation/reference/api/utils/public-ip-list/
    prefixes = [*document["addresses"], *document["ipv6_addresses"]]
    return _parsed([(prefix, "", "") for prefix in prefixes], "fastly")


def _oracle(document: Document) -> Parsed:
    # https://docs.oracle.com/en-us/iaas/Content/General/Concepts/addressranges.htm: the tags of a
    # range (OCI, OSN, OBJECT_STORAGE) are services
    rows = [
        (row["cidr"], tag, region["region"])
        for region in document["regions"]
        for row in region["cidrs"]
        for tag in row.get("tags") or [""]
    ]
    return _parsed(rows, "oracle-cloud", day=document["last_updated_timestamp"])


DOCUMENTS: dict[str, tuple[set[str], Callable[[Document], Parsed]]] = {
    "aws": ({"syncToken", "createDate", "prefixes"}, _aws),
    "google": ({"creationTime", "prefixes"}, _google),
    "azure": ({"changeNumber", "values"}, _azure),
    "cloudflare": ({"result", "success"}, _cloudflare),
    "fastly": ({"addresses", "ipv6_addresses"}, _fastly),
    "oracle": ({"last_updated_timestamp", "regions"}, _oracle),
}
"""The keys by which each form is told, and its reader."""


def _parsed(rows: list[tuple[str, str, str]], provider: str, *, day: object = "") -> Parsed:
    """Return what rows of prefix, service and region say."""
    pairs = [
        (parse_prefix(str(prefix)), (Service(shown(service), shown(region)),))
        for prefix, service, region in rows
    ]
    return Parsed(pairs, date=day_in(str(day)), provider=provider)
