"""Collecting by rounds closes, and asks no question twice."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import depgraph
from depgraph.cli import main

ANSWERS = {
    ("shop.example.com", "NS"): ["ns1.dns-one.net.", "ns2.dns-one.net."],
    ("example.com", "NS"): ["ns1.dns-one.net.", "ns2.dns-one.net."],
    ("dns-one.net", "NS"): ["ns1.dns-one.net.", "ns2.dns-one.net."],
    ("ns1.dns-one.net", "A"): ["192.0.2.1"],
    ("ns2.dns-one.net", "A"): ["192.0.2.2"],
    ("example.com", "A"): ["192.0.2.10"],
    ("www.example.com", "CNAME"): ["edge.cdn.org."],
    ("edge.cdn.org", "A"): ["192.0.2.20"],
    ("cdn.org", "NS"): ["ns1.dns-one.net."],
    ("example.com", "MX"): ["10 mx.mail.org."],
    ("mx.mail.org", "A"): ["192.0.2.30"],
    ("mail.org", "NS"): ["ns1.dns-one.net."],
    ("example.com", "TXT"): ['"v=spf1 include:mail.org -all"'],
}


def massdns(name: str, kind: str) -> str:
    """Answer as massdns writes what a resolver said: the chain of aliases, and its end."""
    answers = []
    owner = name
    while kind != "CNAME" and (owner, "CNAME") in ANSWERS:
        (target,) = ANSWERS[owner, "CNAME"]
        answers.append({"ttl": 60, "type": "CNAME", "class": "IN", "name": owner, "data": target})
        owner = target.rstrip(".")
    for value in ANSWERS.get((owner, kind), ()):
        answers.append({"ttl": 60, "type": kind, "class": "IN", "name": owner, "data": value})
    row = {
        "name": f"{name}.",
        "type": kind,
        "class": "IN",
        "status": "NOERROR",
        "rx_ts": 1767600000000000000,
        "data": {"answers": answers},
        "flags": ["rd", "ra"],
        "resolver": "192.0.2.53:53",
        "proto": "UDP",
    }
    return json.dumps(row)


def test_rounds_close_and_no_question_is_put_twice(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "0.ndjson").write_text(massdns("example.com", "NS") + "\n")
    only = tmp_path / "names.txt"
    only.write_text("example.com\n")
    words = ["frontier", str(scans), "--only", str(only), "-o", str(tmp_path / "ask")]
    asked: set[tuple[str, str]] = {("example.com", "NS")}
    for turn in range(1, 8):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        new = {
            (name, path.stem)
            for path in (tmp_path / "ask").glob("*.names")
            for name in path.read_text().split()
        }
        assert not new & asked
        if not new:
            break
        asked |= new
        (scans / f"{turn}.ndjson").write_text(
            "\n".join(massdns(*one) for one in sorted(new)) + "\n"
        )
    assert not new
    assert turn <= 6
    survey = depgraph.survey(scans, only=["example.com"])
    layers = survey.layers.to_pylist()
    mine = {
        row["layer"]
        for row in layers
        if row["service"] == "example.com" and row["kind"] != "unknown"
    }
    assert {"dns", "mail"} <= mine
