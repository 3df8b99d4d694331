"""How much a file holds: all of a zone or a part of it, all of an answer or some of its records.

What a whole zone does not hold is not there, and each of its sets is the whole set. Of a part of one a
name may be missing that has records, and where a row is one record, a set may have others too. Which
of the two a document is depends on its form; :data:`HOLDS` has each. What the output of a tool says of an
answer, and of whom it asked, :data:`ANSWERS` has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

from depgraph.observations import GIVER_UNSAID, PERHAPS_OTHERS, RESOLVER_UNSAID
from depgraph.readers.lines import BadLine
from depgraph.text_safety import one_line


class By(Enum):
    """What tells that a document of a form holds all of a zone."""

    SOA = "no SOA record, which stands in every whole zone"
    """Its SOA record: it is one of the rows."""
    CONTRACT = "what it says"
    """That it is one: what it does not hold is removed, or not served, unless it says otherwise."""
    COUNT = "nothing says that all records of the zone are there"
    """The number of all records that it gives, where no filter shows in them."""
    NEVER = "what was made by other means is not in it"
    """Nothing: others may have been made beside it."""


class Form(NamedTuple):
    """What tells that a document is whole; whether a row is one record, not a set; who says so."""

    by: By
    single: bool
    source: str


HOLDS: Final[Mapping[str, Form]] = {
    # The master file of a zone has its SOA record, once.
    "zone": Form(By.SOA, False, "RFC 1035, section 5.2"),
    # Made with the zone, listed with the others, and cannot be deleted.
    "route53": Form(By.SOA, False, "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html"),
    "azure": Form(By.SOA, False, "https://learn.microsoft.com/azure/dns/dns-zones-records#soa-records"),
    "google": Form(By.SOA, False, "https://cloud.google.com/dns/docs/records-overview"),
    "google-yaml": Form(By.SOA, False, "https://cloud.google.com/dns/docs/records-overview"),
    # `rrsets` has all of them, unless the request names some (rrset_name, rrset_type).
    "powerdns": Form(By.SOA, False, "https://doc.powerdns.com/authoritative/http-api/zone.html"),
    # A line that begins with "." or "Z" makes the SOA record of its zone; the file is all that is served.
    "tinydns": Form(By.SOA, True, "https://cr.yp.to/djbdns/tinydns-data.html"),
    # What a provider has besides is deleted.
    "octodns": Form(By.CONTRACT, False, "https://github.com/octodns/octodns"),
    "dnscontrol": Form(By.CONTRACT, True, "https://docs.dnscontrol.org/language-reference/domain-modifiers/no_purge"),
    # The SOA record is not listed, and the NS records only where somebody added them.
    "cloudflare": Form(By.COUNT, True, "https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/"),
    # Pages and filters (page, per_page, rrset_type) leave no trace in the rows.
    "gandi": Form(By.COUNT, False, "https://api.gandi.net/docs/livedns/"),
    # Pages and filters as well, and most name no zone.
    "records": Form(By.COUNT, False, "https://docs.digitalocean.com/reference/api/"),
    # Some resources are a record, some a set: their reader says which.
    "terraform": Form(By.NEVER, False, "https://developer.hashicorp.com/terraform/language/state/purpose"),
}  # fmt: skip
"""Form of a zone or an export -> what tells that it is whole."""


class Sets(Enum):
    """How much of an answered set the form of an answer holds."""

    WHOLE = "each record of an answer"
    STATED = "each record where it says so: in a list, or below the line that dig begins with"
    LINES = "a record a line, of which others may have been left out without a trace"
    MET = "the address that answered, of perhaps several"


class Asks(Enum):
    """Whom a tool asked, as far as what it writes says it."""

    SAID = "it says whom, or asks for the public"
    MACHINE = "the resolver of its machine, unless it names another"
    NOBODY = "nobody need have been asked: somebody may have written it"


class Told(NamedTuple):
    """What the output of a tool says of an answer, and whether aliases on the way to a denial are in it."""

    sets: Sets
    asks: Asks = Asks.SAID
    aliases: bool = True


ANSWERS: Final[Mapping[str, Told]] = {
    # Prints every record of a reply. Of A, AAAA and MX, which it asks for by itself, it is silent where there
    # is none, and never asks for NS; "has no ... record" is of the one type of -t. That a question failed it says
    # without the type. Where a name is an alias of one that does not exist it prints "not found: 3(NXDOMAIN)" of the
    # name as it was typed, and no alias: it returns before it comes to the answer section. unbound-host, too.
    # https://github.com/isc-projects/bind9, bin/dig/host.c
    "host": Told(Sets.WHOLE, Asks.MACHINE, aliases=False),
    # The same of A and AAAA; "No answer" is of one type, or of both. The same repository, bin/dig/nslookup.c
    "nslookup": Told(Sets.WHOLE, Asks.MACHINE, aliases=False),
    # Messages, printed whole or counted in their headers. Whom dig asked stands in a line that +nostats leaves out.
    "dig": Told(Sets.WHOLE, Asks.MACHINE),
    # From the root down.
    "dig-trace": Told(Sets.WHOLE),
    # The resolver is the host of the URL, which is not in what it gives.
    "doh": Told(Sets.WHOLE, Asks.MACHINE),
    # `resolver` is there of messages, and not of what the look-up modules put together.
    "zdns": Told(Sets.WHOLE, Asks.MACHINE),
    "massdns": Told(Sets.WHOLE, Asks.MACHINE),
    "massdns-old": Told(Sets.WHOLE, Asks.MACHINE),
    "atlas": Told(Sets.WHOLE, Asks.MACHINE),
    # `resolver_address` is empty of a look-up of the operating system; `answers` is empty where it failed.
    "ooni": Told(Sets.WHOLE, Asks.MACHINE, aliases=False),
    # What a resolver was answered by others, and keeps: it is that of whoever dumps it.
    "bind-cache": Told(Sets.WHOLE),
    "unbound-cache": Told(Sets.WHOLE),
    "parquet": Told(Sets.WHOLE),
    # A list of each type; one that is missing was not asked for, or is empty.
    "dnsx": Told(Sets.WHOLE, Asks.MACHINE),
    # `a` and `aaaa` are lists; without them there is the address that the page came from.
    "httpx": Told(Sets.STATED, Asks.MACHINE),
    "plain": Told(Sets.STATED),
    # draft-dulaunoy-dnsop-passive-dns-cof, section 3: `rdata` is a text, or a list for a whole set.
    "passive": Told(Sets.STATED),
    # dig +noall +answer, delv, q, massdns -o S: only the first two begin with a line of their own.
    "answers": Told(Sets.STATED, Asks.NOBODY),
    "columns": Told(Sets.LINES, Asks.NOBODY),
    "warc": Told(Sets.MET),
    "har": Told(Sets.MET),
    "crawl": Told(Sets.MET),
}  # fmt: skip
"""Form of an answer -> what it says of it. Of no form is the silence about a type an answer."""


def remarks(form: str, *, stated: bool = False, server: str = "") -> str:
    """Return what is to be noted of each set of a form: that there may be others, that nobody says who gave it.

    Parameters
    ----------
    form
        A word of :data:`ANSWERS`.
    stated
        Whether this set, or what stands before it, says that it is whole.
    server
        Who was asked, where it is named.

    Examples
    --------
    >>> remarks("columns")
    'whether there are others is not said; who answered so is not said'
    >>> remarks("answers", stated=True), remarks("host", server="192.0.2.53")
    ('which resolver answered is not said', '')
    """
    sets, asks, _ = ANSWERS[form]
    found = []
    if sets is not Sets.WHOLE and not (stated and sets is Sets.STATED):
        found.append(PERHAPS_OTHERS)
    if asks is not Asks.SAID and not server:
        machine = asks is Asks.MACHINE or stated
        found.append(RESOLVER_UNSAID if machine else GIVER_UNSAID)
    return "; ".join(found)


_MORE: Final = frozenset(
    {
        "istruncated",  # Route 53, and what it gives beside
        "nextrecordname",
        "nexttoken",  # the AWS command line, --max-items
        "nextlink",  # Azure
        "@odata.nextlink",
        "nextpagetoken",  # Google
        "next_page_token",
    }
)
"""Keys, in lower case, by which APIs say that more follows."""
_NO_MORE: Final = (None, False, "", "false")
_FILTERS: Final = ("type", "name")
"""By which Cloudflare's list is filtered on request: the number that it gives is then that of these."""


class Part(NamedTuple):
    """That a document says itself that more of a zone stands elsewhere, and how it says so."""

    zone: str
    why: str


class Remark(BadLine):
    """What is told of a document, by which no record of it was lost."""


_ROWS: Final[Mapping[str, str]] = {
    "route53": "ResourceRecordSets",
    "cloudflare": "result",
    "google": "rrsets",
    "azure": "value",
}
"""Form -> under which key a page has its rows."""


def joined(form: str, values: list[Any]) -> Any:
    """Return the document that the JSON values of a file make: one, its pages, or its rows.

    Pages of Route 53 say which record comes next, those of Cloudflare how many there are. What does
    not say how it goes on stays a part of a zone.
    """
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    key = _ROWS.get(form, "")
    pages = [one for one in flat if isinstance(one, dict) and isinstance(one.get(key), list)]
    if len(pages) != len(flat) or not pages:
        return values[0] if len(values) == 1 else flat
    rows = [row for page in pages for row in page[key]]
    if len(pages) == 1 or form == "cloudflare":
        info = pages[0].get("result_info")
        several = {"count": len(rows)} | ({"page": 1, "total_pages": 1} if len(pages) > 1 else {})
        counted = {"result_info": info | several} if isinstance(info, dict) else {}
        return {**pages[0], key: rows, **counted}
    ends = [page for page in pages if not _leads(page, pages)]
    return {**(pages[0] if form != "route53" or len(ends) != 1 else ends[0]), key: rows}


def _leads(page: dict[str, Any], pages: list[dict[str, Any]]) -> bool:
    """Tell whether the record that a page of Route 53 says comes next is the first of another."""
    following = page.get("NextRecordName")
    firsts = (one["ResourceRecordSets"][:1] for one in pages if one is not page)
    return bool(following) and any(row[0].get("Name") == following for row in firsts if row)


def gap(form: str, document: Any, *, soa: bool, named: bool) -> str:
    """Return why a document may not have all of a zone that stands in it; empty if it has.

    Parameters
    ----------
    form
        A word of :data:`HOLDS`.
    document
        The document; pages of one are joined.
    soa
        Whether the zone has its SOA record there.
    named
        Whether the document says which zone it is.
    """
    by = HOLDS[form].by
    if more := more_follows(document):
        return f"one page of several ({more})"
    if by is By.SOA:
        return "" if soa else str(by.value)
    if by is By.NEVER or (by is By.COUNT and not _is_counted(document)):
        return str(by.value)
    return "" if named else "which zone it is is not said"


def more_follows(document: Any) -> str:
    """Return how a document says that it is one page of several; empty if it does not."""
    if not isinstance(document, dict):
        return ""
    for key, value in document.items():
        if key.lower() in _MORE and value not in _NO_MORE:
            return one_line(f"{key}: {json.dumps(value)}", limit=100)
    pages = document.get("result_info")
    if isinstance(pages, dict):
        for part, whole in (("count", "total_count"), ("page", "total_pages")):
            have, all_ = pages.get(part), pages.get(whole)
            if type(have) is int and type(all_) is int and have < all_:
                return f"{part} {have} of {all_}"
    return ""


def _is_counted(document: Any) -> bool:
    """Tell whether a list of Cloudflare's has as many records as the zone, and shows no filter."""
    rows = document.get("result") if isinstance(document, dict) else None
    pages = document.get("result_info") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not isinstance(pages, dict):
        return False
    several = all(
        len({str(row.get(key)) for row in rows if isinstance(row, dict)}) > 1 for key in _FILTERS
    )
    return pages.get("total_count") == len(rows) and several


__all__ = [
    "ANSWERS",
    "HOLDS",
    "Asks",
    "By",
    "Form",
    "Part",
    "Remark",
    "Sets",
    "Told",
    "gap",
    "more_follows",
    "remarks",
]
