"""dnsx JSON (``dnsx -json``): one name a line, with the records of each type that it asked for.

The form as projectdiscovery's dnsx writes it: ``host``, ``a``, ``aaaa``, ``cname``, ``mx``,
``ns``, ``ptr``, ``txt``, ``srv``, ``caa`` (lists of texts), ``soa`` (objects), ``status_code``,
``timestamp``, ``resolver``, and ``all`` with the owner of each record. A list that is not there was not asked, or is empty: dnsx does not say
which, and nothing is concluded from it. It puts one question after the other, and ``status_code`` is that of the last of them
(``client.go`` of projectdiscovery's retryabledns), of which the line says the type in ``raw`` alone. Where a name has an alias the addresses are those of the
last name of the chain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final, TypeAlias

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical, registered_domain
from depgraph.observations import Observation, Status, parse_time
from depgraph.readers.answers import name_under, row_of, server_of, text_under, unread
from depgraph.readers.days import UNDATED, Interval
from depgraph.readers.extent import remarks
from depgraph.readers.lines import BadLine, among_keys, each
from depgraph.recording import Header, Recording
from depgraph.records.blocks import read_origin
from depgraph.records.rdata import ADDRESS, address, is_type
from depgraph.text_safety import quote

_KEYS: Final = ("cname", "a", "aaaa", "ns", "mx", "ptr", "txt", "srv", "caa")
_SOA: Final = ("ns", "mailbox", "serial", "refresh", "retry", "expire", "minttl")
_KNOWN: Final = frozenset(_KEYS) | frozenset(
    [
        "host",
        "ttl",
        "resolver",
        "soa",
        "all",
        "status_code",
        "timestamp",
        "raw",
        "raw_resp",
        "has_internal_ips",
        "internal_ips",
        "trace",
        "axfr",
        "hosts_file",
        "cdn",
        "cdn-name",
        "chain",
    ]
)
_FAILED: Final = {
    "SERVFAIL": Status.SERVFAIL,
    "REFUSED": Status.REFUSED,
    "FORMERR": Status.FORMERR,
    "NOTIMP": Status.NOTIMP,
}
_ANY: Final = "ANY"
"""Type of the denial of a name that does not exist: it has none of any type (RFC 8020)."""
_QUESTION: Final = re.compile(r"^;(?!;)\S+\s+IN\s+([A-Z0-9]+)\s*$", re.MULTILINE)
"""A line of the section of questions in ``raw``."""

_Answer: TypeAlias = Callable[..., Observation]
"""Makes an observation of the server and the time of a row."""


def read_dnsx(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read dnsx JSON, one recording a line, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for lines without ``timestamp``; without it they are bad lines.
    """
    return each(source, functools.partial(_recording, undated=undated))


def _recording(row: dict[str, Any], *, undated: Interval | None) -> Recording:
    name = canonical(text_under(row, "host").strip())
    time, until = _time(row, undated)
    resolvers = row.get("resolver") or [""]
    server = server_of(str(resolvers[0])) if isinstance(resolvers, list) else ""
    note = remarks("dnsx", server=server)
    answer = functools.partial(Observation, server=server, time=time, until=until, note=note)
    answers = [*_records(row, name, answer), *_soa(row, answer)] or _nothing(row, name, answer)
    origins = list(_origin(row, answer))
    answers += origins
    header = Header(subject=name, since=time.date(), until=(until or time).date(), source="dnsx")
    return Recording(
        header,
        tuple(answers),
        problems=unread(row, _KNOWN | {"asn"} if origins else _KNOWN, "dnsx"),
    )


def _records(row: dict[str, Any], name: str, answer: _Answer) -> Iterator[Observation]:
    """Yield the records under each type; behind aliases they are of the last, as resolvers answer.

    The name of a zone can be no alias (RFC 1034, section 3.6.2): what it leads to the operator
    resolves by itself.
    """
    end = name  # of the chain of aliases
    apex = registered_domain(name) == name or any(
        isinstance(soa, dict) and soa.get("name") == name for soa in row.get("soa") or ()
    )
    for key in _KEYS:
        kind = key.upper()
        home = name if apex and kind not in ADDRESS else end
        told = _owners(row, kind)
        found: dict[tuple[str, str], list[str]] = {}
        for one in [row_of(name, kind, None, text) for text in _texts(row, key)]:
            owners = told.get(one.value, {home})
            if one.fault:  # beside what is left of the set
                yield answer(subject=home, type=kind, status=Status.MALFORMED, note=one.fault)
            elif owners.isdisjoint({name, end}):
                continue
            elif kind == "CNAME":
                found[end, "alias" if apex else kind] = [one.value]
                end = one.value
            else:
                of = next(o for o in (home, name, end) if o in owners or kind in ADDRESS)
                found.setdefault((of, kind), []).append(one.value)
        for (subject, of_type), values in found.items():
            yield answer(subject=subject, type=of_type, status=Status.ANSWER, values=tuple(values))


def _owners(row: dict[str, Any], kind: str) -> dict[str, set[str]]:
    """Return whose the values of a type are, as far as ``all`` says.

    dnsx puts the records of all sections under one key: with a referral, the name servers of the
    child zone, and their glue.
    """
    owners: dict[str, set[str]] = {}
    for text in _texts(row, "all"):
        words = text.split(maxsplit=4)
        if len(words) == 5 and words[3].upper() == kind:
            one = row_of(canonical(words[0]), kind, None, words[4])
            owners.setdefault(one.value, set()).add(one.owner)
    return owners


def _soa(row: dict[str, Any], answer: _Answer) -> Iterator[Observation]:
    for soa in row.get("soa") or ():
        if isinstance(soa, dict) and all(key in soa for key in ("name", *_SOA)):
            owner = name_under(soa)
            one = row_of(owner, "SOA", None, " ".join(str(soa[key]) for key in _SOA))
            status = Status.MALFORMED if one.fault else Status.ANSWER
            values = () if one.fault else (one.value,)
            yield answer(subject=owner, type="SOA", status=status, values=values, note=one.fault)


def _origin(row: dict[str, Any], answer: _Answer) -> Iterator[Observation]:
    """Yield the AS that announces the address; of several it is not said whose it is."""
    addresses = {*_texts(row, "a"), *_texts(row, "aaaa")}
    asn = row.get("asn")
    if len(addresses) == 1 and isinstance(asn, dict):
        values = read_origin({"asn": str(asn.get("as-number", ""))})
        subject = address(*addresses)
        if values and subject:
            yield answer(subject=subject, type="origin", status=Status.ANSWER, values=values)


def _nothing(row: dict[str, Any], name: str, answer: _Answer) -> list[Observation]:
    """Return what the status of a row without records says of the last question that dnsx put."""
    status = text_under(row, "status_code", "NOERROR").upper()
    kind = next(reversed(_QUESTION.findall(text_under(row, "raw", ""))), "")
    if status == "NXDOMAIN":
        return [answer(subject=name, type=kind or _ANY, status=Status.NXDOMAIN)]
    if status in _FAILED:
        if not is_type(kind):
            raise RecordingError(
                f"expected the type of what was asked of {quote(name)}, found {status} alone: "
                "dnsx writes it with -raw"
            )
        return [answer(subject=name, type=kind, status=_FAILED[status])]
    if not row.get("soa"):
        raise RecordingError(
            f"expected records of dnsx ({', '.join(_KEYS)}), found {among_keys(sorted(row))}"
        )
    return []


def _texts(row: dict[str, Any], key: str) -> list[str]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise RecordingError(f"expected a list of texts under {key!r}, found {quote(values)}")
    return values


def _time(row: dict[str, Any], undated: Interval | None) -> tuple[datetime, datetime | None]:
    stamp = row.get("timestamp")
    if isinstance(stamp, str) and stamp:
        # Go writes nanoseconds, of which six digits are kept.
        whole, dot, rest = stamp.partition(".")
        digits = "".join(one for one in rest if one.isdigit() and one.isascii())[:6]
        zone = rest.lstrip("0123456789") if dot else ""
        return parse_time(f"{whole}.{digits}{zone}" if dot and digits else stamp), None
    if undated is not None:
        return undated
    raise RecordingError(f"expected a 'timestamp', found {among_keys(row)}: {UNDATED}")
