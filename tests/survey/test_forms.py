"""The same scan gives the same services in whatever form a scanner writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from depgraph.readers.days import interval
from depgraph.survey.sources import Services, services_of

DAY = "2026-08-01"
ANSWERS: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    (
        "ville-a.fr",
        "NS",
        [("ville-a.fr", "NS", "ns1.dns-one.net."), ("ville-a.fr", "NS", "ns2.dns-one.net.")],
    ),
    ("ville-a.fr", "A", [("ville-a.fr", "A", "192.0.2.10")]),
    (
        "www.ville-a.fr",
        "A",
        [("www.ville-a.fr", "CNAME", "front-site.org."), ("front-site.org", "A", "192.0.2.20")],
    ),
    ("ns1.dns-one.net", "A", [("ns1.dns-one.net", "A", "192.0.2.1")]),
    ("ns2.dns-one.net", "A", [("ns2.dns-one.net", "A", "192.0.2.2")]),
]
"""Question, and its answer."""
EPOCH = 1785578400  # of that day, 10 o'clock


def massdns_j() -> str:
    lines = []
    for name, kind, records in ANSWERS:
        answers = [
            {"ttl": 60, "type": of, "class": "IN", "name": f"{owner}.", "data": data}
            for owner, of, data in records
        ]
        row = {"name": f"{name}.", "type": kind, "class": "IN", "status": "NOERROR"}
        row |= {"rx_ts": EPOCH * 10**9, "data": {"answers": answers}, "flags": ["rd", "ra"]}
        lines.append(json.dumps(row | {"resolver": "192.0.2.53:53", "proto": "UDP"}))
    return "\n".join(lines)


def massdns_s() -> str:
    return "\n".join(
        f"{owner}. {kind} {data}" for _, _, records in ANSWERS for owner, kind, data in records
    )


def massdns_f() -> str:
    lines = []
    for name, kind, records in ANSWERS:
        lines += [";; Server: 192.0.2.53:53", ";; Size: 60", f";; Unix time: {EPOCH}"]
        lines += [";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1"]
        lines += [
            f";; flags: qr rd ra ; QUERY: 1, ANSWER: {len(records)}, AUTHORITY: 0, ADDITIONAL: 0"
        ]
        lines += ["", ";; QUESTION SECTION:", f"{name}. IN {kind}", "", ";; ANSWER SECTION:"]
        lines += [f"{owner}. 60 IN {of} {data}" for owner, of, data in records] + [""]
    return "\n".join(lines)


def zdns() -> str:
    lines = []
    for name, kind, records in ANSWERS:
        answers = [
            {"type": of, "class": "IN", "name": owner, "ttl": 60, "answer": data.rstrip(".")}
            for owner, of, data in records
        ]
        data = {"answers": answers, "protocol": "udp", "resolver": "192.0.2.53:53", "flags": {}}
        result = {"data": data, "status": "NOERROR", "timestamp": f"{DAY}T10:00:00Z"}
        lines.append(json.dumps({"name": name, "results": {kind: result}}))
    return "\n".join(lines)


def dnsx() -> str:
    lines = []
    for name, kind, records in ANSWERS:
        row: dict[str, object] = {"host": name, "resolver": ["192.0.2.53:53"]}
        row |= {"status_code": "NOERROR", "timestamp": f"{DAY}T10:00:00Z"}
        for of in ("CNAME", kind):
            if values := [data.rstrip(".") for _, one, data in records if one == of]:
                row[of.lower()] = values
        lines.append(json.dumps(row))
    return "\n".join(lines)


def doh() -> str:
    numbers = {"A": 1, "NS": 2, "CNAME": 5}
    lines = []
    for name, kind, records in ANSWERS:
        answers = [
            {"name": owner, "type": numbers[of], "TTL": 60, "data": data}
            for owner, of, data in records
        ]
        row = {"Status": 0, "TC": False, "RD": True, "RA": True, "AD": False, "CD": False}
        question = [{"name": f"{name}.", "type": numbers[kind]}]
        lines.append(json.dumps(row | {"Question": question, "Answer": answers}))
    return "\n".join(lines)


def passive() -> str:
    rows = ((owner, of, data) for _, _, records in ANSWERS for owner, of, data in records)
    return "\n".join(
        json.dumps({"rrname": o, "rrtype": k, "rdata": d, "time_first": EPOCH, "time_last": EPOCH})
        for o, k, d in rows
        if o != "front-site.org"  # which has no question of its own to tell it from
    )


def rapid7() -> str:
    rows = ((owner, of, data) for _, _, records in ANSWERS for owner, of, data in records)
    return "\n".join(
        json.dumps({"timestamp": str(EPOCH), "name": o, "type": k.lower(), "value": d.rstrip(".")})
        for o, k, d in rows
        if o != "front-site.org"
    )


def host() -> str:
    words = {"NS": "name server", "A": "has address", "CNAME": "is an alias for"}
    return "\n".join(
        f"{owner} {words[kind]} {data}"
        for _, _, records in ANSWERS
        for owner, kind, data in records
        if owner != "front-site.org"
    )


FORMS: dict[str, Callable[[], str]] = {
    one.__name__: one
    for one in (massdns_j, massdns_s, massdns_f, zdns, dnsx, doh, passive, rapid7, host)
}


def read(tmp_path: Path, text: str, *only: str) -> Services:
    path = tmp_path / "scan"
    path.write_text(text + "\n")
    return services_of(path, undated=interval(DAY), only=only or None)


@pytest.mark.parametrize("form", FORMS)
def test_a_service_is_a_registered_domain_in_every_form(tmp_path: Path, form: str) -> None:
    found = read(tmp_path, FORMS[form]())
    assert found.names == ["ville-a.fr"]
    recording, note = found.recording("ville-a.fr", None)
    assert note is None
    seen = {(o.subject, o.type, one) for o in recording for one in o.values}
    assert {
        ("www.ville-a.fr", "CNAME", "front-site.org"),
        ("ns2.dns-one.net", "A", "192.0.2.2"),
    } <= seen


@pytest.mark.parametrize("form", FORMS)
def test_a_name_inside_one_is_a_service_where_it_is_asked_about(tmp_path: Path, form: str) -> None:
    found = read(tmp_path, FORMS[form](), "www.ville-a.fr")
    assert found.names == ["www.ville-a.fr"]
    assert len(found.recording("www.ville-a.fr", None)[0])


@pytest.mark.parametrize("form", FORMS)
def test_a_scan_of_web_sites_alone_is_of_these(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ANSWERS", ANSWERS[2:3])
    assert read(tmp_path, FORMS[form]()).names == ["www.ville-a.fr"]
