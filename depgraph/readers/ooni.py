"""Measurements of OONI (web_connectivity): what a name was answered at a place, and at the control.

Form: https://github.com/ooni/spec, df-000-base (``probe_cc``, ``probe_asn``,
``measurement_start_time``), df-002-dnst (``queries``) and ts-017-web-connectivity (``control``,
``blocking``). Blocking is told apart from absence: where OONI finds that the DNS of the place
blocks (``blocking`` is ``dns``), what was answered there is none of the service's records, and a
name that the place denies is not absent; the question is kept as not settled, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Observation, Status, parse_time
from depgraph.readers.answers import Answer, Row, objects_under, row_of, server_of, text_under
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.records.rdata import address, address_type
from depgraph.text_safety import one_line, quote

_CONTROL: Final = "ooni-control"
"""Place of the answers that the test helper got."""
_UNKNOWN_CC: Final = "ZZ"
_CC: Final = re.compile(r"[A-Z]{2}")
_ASN: Final = re.compile(r"AS(\d{1,10})")
_HELD_IN: Final = {"A": "ipv4", "AAAA": "ipv6", "CNAME": "hostname"}
_FAILURES: Final = {
    "dns_nxdomain_error": "NXDOMAIN",
    "dns_no_answer": "NOERROR",
    "dns_refused_error": "REFUSED",
    "dns_server_failure": "SERVFAIL",
    "generic_timeout_error": "TIMEOUT",
}


def read_ooni(source: Source) -> Iterator[Recording | BadLine]:
    """Read measurements of OONI, one recording each."""
    return each(source, _recording)


def _recording(row: dict[str, Any]) -> Recording:
    if row.get("test_name") != "web_connectivity":
        raise RecordingError(f"expected web_connectivity, found {quote(row.get('test_name'))}")
    host = urlsplit(text_under(row, "input")).hostname
    if not host or address(host):
        raise RecordingError(f"expected the URL of a name, found {quote(row.get('input'))}")
    name = canonical(host)
    time = parse_time(text_under(row, "measurement_start_time").replace(" ", "T") + "Z")
    keys = row.get("test_keys")
    if not isinstance(keys, dict):
        raise RecordingError(f"expected an object under 'test_keys', found {quote(keys)}")
    blocking = keys.get("blocking")
    found: list[Observation] = []
    for query in objects_under(keys, "queries"):
        for answer in _answers(query, time):
            if blocking == "dns" and answer.name == name:
                found.append(_blocked(answer, query))
            else:
                found += answer.observations()
    where = _place(row)
    note = f"OONI: blocked by {blocking}" if isinstance(blocking, str) else ""
    found = [replace(o, vantage=where, note=o.note or note) for o in found]
    found += _control(keys, name, time)
    if not found:
        raise RecordingError("expected DNS queries or answers of the control, found neither")
    citation = f"OONI {row['report_id']}" if isinstance(row.get("report_id"), str) else "OONI"
    day = time.date()
    return Recording(
        Header(subject=name, since=day, until=day, source="ooni"),
        tuple(dict.fromkeys(replace(o, citation=citation) for o in found)),
    )


def _place(row: dict[str, Any]) -> str:
    """Return the country and the network of a probe, as far as it told them."""
    country = _CC.fullmatch(str(row.get("probe_cc") or ""))
    network = _ASN.fullmatch(str(row.get("probe_asn") or ""))
    words = [country[0].lower()] if country and country[0] != _UNKNOWN_CC else []
    words += [f"as{network[1]}"] if network and network[1] != "0" else []
    return "-".join(words) or "ooni"


def _answers(query: dict[str, Any], time: datetime) -> Iterator[Answer]:
    """Yield an answer for each type that was asked.

    A look-up of the operating system stands as one query of type ANY for A and AAAA together; what
    it does not have of the two it does not say to be absent, unless it has neither.
    """
    name = canonical(text_under(query, "hostname").strip())
    kind = text_under(query, "query_type").upper()
    failure = query.get("failure")
    rows = tuple(_rows(name, objects_under(query, "answers")))
    kinds: tuple[str, ...] = ("A", "AAAA") if kind == "ANY" else (kind,)
    if kind == "ANY" and failure is None:
        kinds = tuple(one for one in kinds if any(row.kind == one for row in rows))
    for one in kinds:
        status = "NOERROR" if failure is None else _FAILURES.get(str(failure), "ERROR")
        kept = tuple(row for row in rows if row.kind in {one, "CNAME"})
        server = query.get("resolver_address")
        yield Answer(
            name=name,
            form="ooni",
            kind=one,
            status=status,
            time=time,
            server=server_of(server) if isinstance(server, str) else "",
            answers=kept,
            note="" if failure is None else one_line(str(failure), limit=200),
        )


def _rows(name: str, answers: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Yield the records of a query; addresses are of the last name of the chain of aliases."""
    owner = name
    for one in sorted(answers, key=lambda one: one.get("answer_type") != "CNAME"):
        kind = str(one.get("answer_type") or "").upper()
        value = one.get(_HELD_IN.get(kind, ""))
        if not isinstance(value, str) or not value:
            continue
        ttl = one.get("ttl")
        row = row_of(owner, kind, ttl if type(ttl) is int and ttl >= 0 else None, value)
        yield row
        if kind == "CNAME" and not row.fault:
            owner = row.value


def _blocked(answer: Answer, query: dict[str, Any]) -> Observation:
    """Return that a question could not be settled, because the place's own DNS blocks the name."""
    told = ", ".join(row.value for row in answer.answers if row.value) or str(query.get("failure"))
    return Observation(
        subject=answer.name,
        type=answer.kind,
        status=Status.ERROR,
        time=answer.time,
        server=answer.server,
        note=one_line(f"OONI: blocked by dns, which answered {told}", limit=300),
    )


def _control(keys: dict[str, Any], name: str, time: datetime) -> Iterator[Observation]:
    """Yield the addresses that the test helper was answered, from where nothing blocks."""
    control = keys.get("control")
    lookup = control.get("dns") if isinstance(control, dict) else None
    if not isinstance(lookup, dict) or lookup.get("failure"):
        return
    addresses = lookup.get("addrs") or []
    if not isinstance(addresses, list):
        raise RecordingError(f"expected a list under 'addrs', found {quote(addresses)}")
    for kind in ("A", "AAAA"):
        values = [one for one in addresses if isinstance(one, str) and address_type(one) == kind]
        if values:
            yield Observation(
                subject=name,
                type=kind,
                status=Status.ANSWER,
                values=tuple(dict.fromkeys(values)),
                time=time,
                vantage=_CONTROL,
            )
