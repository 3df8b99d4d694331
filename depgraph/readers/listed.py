"""Records as the APIs of DNS providers list them: one a row, whose fields are named much alike.

DigitalOcean, DNSimple, deSEC, GoDaddy, Hetzner, Linode, Netlify, NS1, OVHcloud, Porkbun, Scaleway, Vercel,
Vultr and others: a name, a type, the data, perhaps a TTL and a priority. Where names are relative, the zone
has to be told unless the rows have it. Nothing says that all records of a zone are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from depgraph.names import canonical
from depgraph.readers.lines import BadLine
from depgraph.readers.sets import Sets, each_set
from depgraph.readers.terraform import record
from depgraph.readers.zones import is_known

_ROWS: Final = ("records", "domain_records", "data", "rrsets", "dnsrecords")
"""Under which key, in lower case, a list stands."""
_TYPE: Final = ("type", "fieldtype", "record_type", "rrset_type")
_OWNER: Final = ("name", "hostname", "subdomain", "subname", "domain")
_DATA: Final = ("content", "data", "value", "target", "records", "short_answers")
_ZONE: Final = ("zone", "zone_name", "domain", "zone_id")
_TTL: Final = ("ttl", "ttl_sec")
_SOA_WORDS: Final = 7  # of its data; DigitalOcean's has the TTL alone


def is_listed(document: Any) -> bool:
    """Tell whether a document, or a row of one, is such a list."""
    return any(map(_is_record, _rows_of(document)[0][:1]))


def read_listed(document: Any, *, origin: str | None) -> Sets:
    """Read the record sets of a list, in a zone if it is given.

    Yields
    ------
    Each record, or set of them; what does not say its zone is told.
    """
    rows, zone = _rows_of(document)
    return _read([row for row in map(_lowered, rows) if row is not None], origin or zone)


def _read(rows: list[dict[str, Any]], zone: str) -> Iterator[Any]:
    # One relative name shows that all are relative, "a.b" too.
    relative = not zone and any("." not in _owner(row) for row in rows if not _zone(row))

    def one(number: int, row: dict[str, Any]) -> Sets:
        kind = str(next((row[key] for key in _TYPE if key in row), "")).upper()
        within, owner = zone or _zone(row), _owner(row)
        if (
            kind == "SOA"
            and len(str(next((row[k] for k in _DATA if k in row), "")).split()) < _SOA_WORDS
        ):
            return
        if relative and not within and not owner.endswith("."):
            yield BadLine(
                number,
                f"expected the name of the zone that {owner!a} is in, found none: give its origin "
                "(--origin on the command line)",
            )
            return
        several = isinstance(next((row[key] for key in _DATA if row.get(key)), None), list)
        ttl = next((row[key] for key in _TTL if row.get(key)), None)
        ttl = int(ttl) if isinstance(ttl, str) and ttl.isdecimal() else ttl
        values = {key: row[key] for key in row if key not in {*_OWNER, "fqdn"}}
        item = record(number, "", kind, values | {"name": owner, "ttl": ttl}, within)
        yield item._replace(single=not several)

    yield from each_set(rows, one)


def _rows_of(document: Any) -> tuple[list[Any], str]:
    """Return the rows of a document, and its zone if it says it for all."""
    if isinstance(document, list):
        return document, ""
    if not isinstance(document, dict):
        return [], ""
    for key, value in document.items():
        if (
            key.lower() in _ROWS
            and isinstance(value, list)
            and value
            and isinstance(value[0], dict)
        ):
            return value, _zone({k.lower(): v for k, v in document.items()})
    return [document], ""


def _lowered(row: Any) -> dict[str, Any] | None:
    return {key.lower(): value for key, value in row.items()} if isinstance(row, dict) else None


def _is_record(row: Any) -> bool:
    own = _lowered(row)
    if own is None or not any(key in own for key in _OWNER):
        return False
    kind = next((own[key] for key in _TYPE if key in own), None)
    data = any(isinstance(own.get(key), str | list) for key in _DATA)
    return data and isinstance(kind, str) and is_known(kind.upper())


def _owner(row: dict[str, Any]) -> str:
    """Return the owner of a row; that of NS1 stands where others have the zone."""
    keys = _OWNER if "short_answers" in row else _OWNER[:-1]
    return next((str(row[key]) for key in keys if row.get(key)), "@")


def _zone(row: dict[str, Any]) -> str:
    if "short_answers" in row:
        return ""
    words = (canonical(row[key]) for key in _ZONE if isinstance(row.get(key), str) and row[key])
    return next((word for word in words if "." in word), "")


__all__ = ["is_listed", "read_listed"]
