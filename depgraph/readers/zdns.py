"""zdns JSON: the answers of raw modules (A, MX, ...), look-up modules, and traces.

The form as zdns documents it (github.com/zmap/zdns): ``{"name", "results": {MODULE: {"data",
"status", "timestamp"}}}``; before version 2 one module a line, at the top. ``data`` holds
``answers``, ``authorities``, ``additionals``, ``flags``, ``resolver``; of ALOOKUP the
addresses, of MXLOOKUP ``exchanges``, of NSLOOKUP ``servers``, of SPF and DMARC the text;
with ``--all-nameservers`` a list of ``results``. With ``--iterative --result-verbosity=trace``
each step of the way from the root is read too: these are delegations and glue.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Observation, Status, parse_time
from depgraph.readers.answers import (
    Answer,
    Row,
    name_under,
    named,
    objects_under,
    row_of,
    server_of,
    text_under,
    ttl_under,
    unread,
)
from depgraph.readers.days import UNDATED, Interval
from depgraph.readers.lines import BadLine, among_keys, each
from depgraph.recording import Header, Recording
from depgraph.records.ede import listed
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote

_FLAGS = {
    "authoritative": "AA",
    "authenticated": "AD",
    "recursion_available": "RA",
    "recursion_desired": "RD",
    "truncated": "TC",
}
_PARTS = {  # records whose data zdns takes apart, put together again
    "MX": ("preference", "answer"),
    "SRV": ("priority", "weight", "port", "target"),
    "DS": ("key_tag", "algorithm", "digest_type", "digest"),
    "SOA": ("ns", "mbox", "serial", "refresh", "retry", "expire", "min_ttl"),
}
_SELECTING = frozenset({"SPF", "DMARC"})  # modules that pick one record out of a set
_KEYS = frozenset(
    [
        "name",
        "results",
        "altered_name",
        "class",
        "status",
        "timestamp",
        "data",
        "trace",
        "error",
        "alexa_rank",
        "metadata",
        "nameserver",
        "duration",
        "protocol",
        "flags",
    ]
)
_MODULES = {"ALOOKUP": "A", "MXLOOKUP": "MX", "NSLOOKUP": "NS", "SPF": "TXT", "DMARC": "TXT"}


def read_zdns(
    source: Source, *, module: str = "", undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read zdns JSON, one recording a line, in constant memory.

    Parameters
    ----------
    module
        The module of lines that do not name it (zdns before version 2): ``A``, ``MXLOOKUP``...
    undated
        First and last moment for lines without a timestamp; without it they are bad lines.
    """
    return each(source, functools.partial(_recording, module=module.upper(), undated=undated))


def _recording(row: dict[str, Any], *, module: str, undated: Interval | None) -> Recording:
    name = name_under(row)
    results = row.get("results")
    if results is None:
        results = {module or _guess(row): row}
    if not isinstance(results, dict) or not all(isinstance(r, dict) for r in results.values()):
        raise RecordingError(f"expected an object under 'results', found {quote(results)}")
    # With zdns --prefix the name that was asked is another than the one of the line.
    asked = canonical(text_under(row, "altered_name", "")) if row.get("altered_name") else name
    observations: list[Observation] = []
    hosts: list[tuple[str, str]] = []
    left_out: dict[str, str] = {}  # module -> why
    for key, result in results.items():  # one that does not read costs none of the others
        try:
            observations += list(_result(asked, str(key).upper(), result, undated))
            hosts += _named(result)
        except RecordingError as error:
            if len(results) == 1:
                raise
            left_out[str(key)] = f"left out the result of {quote(key)}: {error}"
    observations += _left_out(asked, left_out, observations)
    days = [moment.date() for o in observations for moment in (o.time, o.end)]
    header = Header(
        subject=name,
        since=min(days, default=None),
        until=max(days, default=None),
        source="zdns",
    )
    if not observations:
        if left_out:
            raise RecordingError("; ".join(list(left_out.values())[:3]))
        keys = ", ".join(quote(key) for key in [*row, *results][:12])
        raise RecordingError(f"expected records of {quote(name)}, found only the keys {keys}")
    problems = (*unread(row, _KEYS, "zdns"), *left_out.values())
    found = tuple(dict.fromkeys(observations))
    return Recording(header, found, problems=problems, named=tuple(hosts))


def _named(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the addresses that the servers added unasked."""
    data = result.get("data") or {}
    for one in (data, *(server.get("result") for server in objects_under(data, "results"))):
        if isinstance(one, dict):
            yield from named(_rows(one, "additionals"))


def _left_out(
    name: str, left_out: dict[str, str], others: list[Observation]
) -> Iterator[Observation]:
    """Yield that a question was answered with what does not read, at the time of the others.

    What it says of no one type stays in `left_out`.
    """
    if not others:
        return
    time, until = min(o.time for o in others), max(o.end for o in others)
    for module in list(left_out):
        kind = _MODULES.get(module.upper(), module.upper())
        if is_type(kind) and module.upper() not in _SELECTING:
            yield Observation(
                subject=name,
                type=kind,
                status=Status.MALFORMED,
                note=left_out.pop(module),
                time=time,
                until=until if until != time else None,
            )


def _guess(row: dict[str, Any]) -> str:
    """Find the module of an old line from the type of its first answer, or of its last question."""
    data = row.get("data")
    answers = data.get("answers") if isinstance(data, dict) else None
    if isinstance(answers, list) and answers and isinstance(answers[0], dict):
        return str(answers[0].get("type"))
    asked = [step.get("type") for step in objects_under(row, "trace")]
    if asked and type(asked[-1]) is int and 0 < asked[-1] < 2**16:
        return dns.rdatatype.to_text(dns.rdatatype.RdataType.make(asked[-1]))
    raise RecordingError(
        f"expected 'results', found {among_keys(row)}: of a line without them give module='A'"
    )


def _result(
    name: str, module: str, result: dict[str, Any], undated: Interval | None
) -> Iterator[Observation]:
    time, until = _time(result, undated)
    kind = _MODULES.get(module, module)
    data = result.get("data") or {}
    if not isinstance(data, dict):
        raise RecordingError(f"expected an object under 'data', found {quote(data)}")
    if module in _SELECTING and text_under(result, "status") in {"NO_RECORD", "NO_ANSWER"}:
        return  # no such policy: of other TXT records it says nothing
    base = Answer(
        name=f"_dmarc.{name}" if module == "DMARC" and not name.startswith("_dmarc.") else name,
        kind=kind,
        status=text_under(result, "status"),
        time=time,
        until=until,
        form="zdns",
        follows=module in _MODULES,
        note=text_under(result, "error", ""),
    )
    for step in objects_under(result, "trace"):
        yield from _step(step, base)
    if "results" in data:
        for each_server in objects_under(data, "results"):
            inner = each_server.get("result") or {}
            server = server_of(text_under(each_server, "nameserver", ""))
            one = replace(base, status=text_under(each_server, "status"), server=server)
            yield from _with(one, inner).observations()
    elif module == "AXFR":
        yield from _transferred(base, data)
    elif data.keys() & {"exchanges", "servers", "ipv4_addresses", "ipv6_addresses", "spf", "dmarc"}:
        yield from _looked_up(base, data)
    else:
        yield from _with(base, data).observations()


def _time(result: dict[str, Any], undated: Interval | None) -> tuple[datetime, datetime | None]:
    if "timestamp" in result:
        return parse_time(result["timestamp"]), None
    if undated is not None:
        return undated
    raise RecordingError(f"expected a 'timestamp', found {among_keys(result)}: {UNDATED}")


def _with(base: Answer, data: Any) -> Answer:
    """Fill in what one server sent."""
    if not isinstance(data, dict):
        raise RecordingError(f"expected an object with answers, found {quote(data)}")
    flags = data.get("flags")
    known = flags if isinstance(flags, dict) else {}
    errors = [note for one in objects_under(data, "additionals") for note in listed(one.get("ede"))]
    return replace(
        base,
        note="; ".join(filter(None, (base.note, *errors))),
        server=base.server or server_of(text_under(data, "resolver", "")),
        flags=tuple(word for key, word in _FLAGS.items() if known.get(key) is True)
        if isinstance(flags, dict) and flags
        else None,
        answers=_rows(data, "answers"),
        authorities=_rows(data, "authorities"),
        additionals=_rows(data, "additionals") if "additionals" in data else None,
    )


def _step(step: dict[str, Any], base: Answer) -> Iterator[Observation]:
    """Read one question on the way from the root."""
    data = step.get("results")
    number = step.get("type")
    if not isinstance(data, dict) or type(number) is not int or step.get("cached") is True:
        return
    answer = _with(
        replace(
            base,
            name=name_under(step),
            kind=dns.rdatatype.to_text(dns.rdatatype.RdataType.make(number)),
            status="NOERROR",
            note="",
            server=server_of(text_under(step, "name_server", "")),
            zone=canonical(text_under(step, "layer", "") or "."),
        ),
        data,
    )
    if answer.answers or answer.authorities:
        yield from answer.observations()


def _transferred(base: Answer, data: dict[str, Any]) -> Iterator[Observation]:
    """Read a zone transfer: every record that each server gave, or why it gave none."""
    for each_server in objects_under(data, "servers"):
        status = text_under(each_server, "status")
        one = replace(base, server=text_under(each_server, "server", ""), zone=base.name)
        if status in {"SUCCESS", "NOERROR"}:
            yield from replace(
                one, status="NOERROR", answers=_rows(each_server, "records")
            ).records()
        else:
            yield from replace(one, status=status).observations()


def _looked_up(base: Answer, data: dict[str, Any]) -> Iterator[Observation]:
    """Read what the look-up modules found: addresses with the names they belong to."""
    groups: dict[tuple[str, str], list[Row]] = {}

    def found(owner: str, kind: str, text: str, ttl: int | None) -> None:
        groups.setdefault((owner, kind), []).append(row_of(owner, kind, ttl, text))

    def addresses(owner: str, holder: dict[str, Any]) -> None:
        for key, kind in (("ipv4_addresses", "A"), ("ipv6_addresses", "AAAA")):
            texts = holder.get(key) or []
            if not isinstance(texts, list):
                raise RecordingError(f"expected a list under {key!r}, found {quote(texts)}")
            for text in texts:
                found(owner, kind, str(text), None)

    addresses(base.name, data)
    for key, kind in (("exchanges", "MX"), ("servers", "NS")):
        for entry in objects_under(data, key):
            host, ttl = name_under(entry), ttl_under(entry)
            text = f"{entry['preference']} {host}." if "preference" in entry else host
            found(base.name, kind, text, ttl)
            addresses(host, entry)
    for key in ("spf", "dmarc"):
        if isinstance(data.get(key), str) and data[key]:
            found(base.name, "TXT", data[key], None)
    for (owner, kind), rows in groups.items():
        # ALOOKUP and its kin follow aliases without saying so.
        note = "looked up through any alias" if kind in {"A", "AAAA"} else ""
        one = replace(base, name=owner, kind=kind, status="NOERROR", answers=tuple(rows), note=note)
        yield from one.observations()
    if not groups:
        yield from base.observations()


def _rows(data: dict[str, Any], section: str) -> tuple[Row, ...]:
    return tuple(
        _row(record) for record in objects_under(data, section) if is_type(str(record.get("type")))
    )


def _row(record: dict[str, Any]) -> Row:
    owner, kind, ttl = name_under(record), text_under(record, "type"), ttl_under(record)
    try:
        return row_of(owner, kind, ttl, _data(kind, record))
    except RecordingError as error:
        return Row(owner, kind, ttl, fault=str(error))


def _data(kind: str, record: dict[str, Any]) -> str:
    """Put the data of a record together again that zdns took apart."""
    if kind in _PARTS:
        words = [
            record.get("minttl" if p == "min_ttl" and "minttl" in record else p)
            for p in _PARTS[kind]
        ]
        if None in words:
            raise RecordingError(
                f"expected {', '.join(_PARTS[kind])} of {kind}, found {quote(record)}"
            )
        hosts = {"MX": (1,), "SRV": (3,), "SOA": (0, 1)}.get(kind, ())
        return " ".join(_absolute(str(w)) if i in hosts else str(w) for i, w in enumerate(words))
    if kind == "CAA":
        return f'{record.get("flag")} {record.get("tag")} "{record.get("value")}"'
    if kind in {"HTTPS", "SVCB"}:
        params = record.get("svcparams")
        return " ".join(
            [
                str(record.get("priority")),
                _absolute(str(record.get("target"))),
                *(
                    _parameter(k, v)
                    for k, v in (params.items() if isinstance(params, dict) else ())
                ),
            ]
        )
    return text_under(record, "answer")


def _absolute(name: str) -> str:
    return name if name.endswith(".") else f"{name}."


def _parameter(key: str, value: Any) -> str:
    if value is True:
        return key
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'{key}="{text}"'
