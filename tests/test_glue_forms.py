"""Glue that differs is told whatever forms the two sides were read from."""

import json

import pytest

from depgraph.analysis import findings
from depgraph.graph import build
from depgraph.readers import BadLine, interval, open_any
from depgraph.recording import Header, Recording

DAY = interval("2026-08-01")
ZONE = "paper.com"
NS = [(ZONE, "NS", "ns1.paper.com."), (ZONE, "NS", "ns2.paper.com.")]
GLUE = [("ns1.paper.com", "A", "192.0.2.53"), ("ns2.paper.com", "A", "192.0.2.54")]
OWN = [("ns1.paper.com", "A", "192.0.2.99"), ("ns2.paper.com", "A", "192.0.2.54")]
SOA = (ZONE, "SOA", "ns1.paper.com. h.paper.com. 1 7200 900 1209600 300")
APEX = [SOA, *NS, (ZONE, "A", "192.0.2.10")]


def lines(rows):
    return "".join(f"{name}. 300 IN {kind} {value}\n" for name, kind, value in rows)


def dig(name, kind, server, flags="qr", **sections):
    counts = ", ".join(
        f"{one}: {len(sections.get(one, []))}" for one in ("ANSWER", "AUTHORITY", "ADDITIONAL")
    )
    printed = "".join(f";; {one} SECTION:\n{lines(rows)}\n" for one, rows in sections.items())
    return (
        f"\n; <<>> DiG 9.18.24 <<>> +norec {name} {kind}\n;; Got answer:\n"
        f";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4400\n"
        f";; flags: {flags}; QUERY: 1, {counts}\n\n"
        f";; QUESTION SECTION:\n;{name}.\t\tIN\t{kind}\n\n{printed}"
        f";; Query time: 12 msec\n;; SERVER: {server}#53({server}) (UDP)\n"
        ";; WHEN: Sat Aug 01 10:00:08 UTC 2026\n;; MSG SIZE  rcvd: 99\n"
    )


def zdns(name, kind, answers, additionals=(), *, authoritative=True):
    def rows(several):
        return [{"ttl": 60, "type": k, "class": "IN", "name": n, "answer": v} for n, k, v in several]  # fmt: skip

    flags = {"response": True, "authoritative": authoritative, "recursion_desired": not authoritative, "recursion_available": not authoritative}  # fmt: skip
    data = {"answers": rows(answers), "additionals": rows(additionals), "authorities": [], "protocol": "udp", "resolver": "192.0.2.54:53", "flags": flags}  # fmt: skip
    return json.dumps({"name": name, "class": "IN", "status": "NOERROR", "timestamp": "2026-08-01T10:00:00Z", "data": data})  # fmt: skip


def route53(rows):
    sets = [
        {"Name": f"{name}.", "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": v} for n, k, v in rows if (n, k) == (name, kind)]}
        for name, kind in dict.fromkeys((name, kind) for name, kind, _ in rows)
    ]  # fmt: skip
    return json.dumps({"ResourceRecordSets": sets, "IsTruncated": False})


GTLD = "192.5.6.30"
PARENTS = {
    "zone": ("com.zone", lines([("com", "SOA", "a.nic.com. h.nic.com. 1 2 3 4 5"), ("com", "NS", "a.nic.com."), *NS, *GLUE])),
    "dig": ("parent.txt", dig(ZONE, "NS", GTLD, AUTHORITY=NS, ADDITIONAL=GLUE)),
}  # fmt: skip
CHILDREN = {
    "zone": ("paper.com.zone", lines([*APEX, *OWN])),
    "axfr": ("axfr.txt", f"\n; <<>> DiG 9.18.24 <<>> @192.0.2.54 {ZONE} AXFR\n;; global options: +cmd\n{lines([*APEX, *OWN, SOA])};; Query time: 12 msec\n;; SERVER: 192.0.2.54#53(192.0.2.54) (TCP)\n;; WHEN: Sat Aug 01 10:00:00 UTC 2026\n;; XFR size: 7 records (messages 1, bytes 300)\n"),
    "dig": ("dig.txt", dig("ns1.paper.com", "A", "192.0.2.54", "qr aa", ANSWER=OWN[:1])),
    "dig of NS": ("dig.txt", dig(ZONE, "NS", "192.0.2.54", "qr aa", ANSWER=NS, ADDITIONAL=OWN)),
    "zdns": ("zdns.json", zdns("ns1.paper.com", "A", OWN[:1], authoritative=False)),
    "zdns of NS": ("zdns.json", zdns(ZONE, "NS", NS, OWN)),
    "route53": ("zone.json", route53([*APEX, *OWN])),
    "host": ("host.txt", "ns1.paper.com has address 192.0.2.99\n"),
}  # fmt: skip


def told(tmp_path, *files):
    rows = []
    for number, (name, text) in enumerate(files):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_text(text)
        entries = open_any(path, undated=DAY)
        rows += [o for one in entries if not isinstance(one, BadLine) for o in one.observations]
    graph = build(Recording(Header(subject=ZONE), tuple(rows)))
    return [one.reason for one in findings(graph).findings if "glue" in one.reason]


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize("parent", PARENTS)
def test_whatever_the_forms_glue_that_differs_is_told(tmp_path, parent, child):
    found = told(tmp_path, PARENTS[parent], CHILDREN[child])
    assert "glue-differs?names=192.0.2.53&target=192.0.2.99" in found


def test_of_records_alone_only_what_the_glue_lacks_differs(tmp_path):
    both = [*GLUE, ("ns1.paper.com", "A", "192.0.2.99")]
    parent = ("parent.txt", dig(ZONE, "NS", GTLD, AUTHORITY=NS, ADDITIONAL=both))
    assert told(tmp_path, parent, ("list.txt", "ns1.paper.com. 300 IN A 192.0.2.99\n")) == []


def test_what_a_resolver_adds_and_what_is_outside_the_zone_says_nothing(tmp_path):
    cached = dig(ZONE, "NS", "9.9.9.9", "qr rd ra", ANSWER=NS, ADDITIONAL=OWN)
    assert told(tmp_path, PARENTS["dig"], ("dig.txt", cached)) == []
    foreign = [("ns.other.net", "A", "192.0.2.66")]
    text = dig(ZONE, "MX", "192.0.2.54", "qr aa", ANSWER=[(ZONE, "MX", "10 ns.other.net.")], AUTHORITY=NS, ADDITIONAL=foreign)  # fmt: skip
    (tmp_path / "dig.txt").write_text(text)
    (one,) = open_any(tmp_path / "dig.txt")
    assert "ns.other.net" not in {o.subject for o in one.observations}


WHOIS = {
    "denic": "Domain: paper.de\nNserver: ns1.paper.de {} {}\nNserver: ns.other.example\nStatus: connect\n",
    "afnic": "domain: paper.fr\nstatus: ACTIVE\nregistrar: OVH\n\nnserver: ns1.paper.fr [{} {}]\n",
    "nask": "DOMAIN NAME: paper.pl\nregistrant type: x\nnameservers: ns1.paper.pl. [{}][{}]\nREGISTRAR: X\n",
    "nic.cz": "domain: paper.cz\nregistrar: REG-X\nnserver: ns1.paper.cz ({}, {})\nnserver: ns.paper.com\n",
    "switch": "Domain name: paper.ch\n\nRegistrar:\nX\n\nName servers:\nns1.paper.ch\t[{}, {}]\nns.paper.com\n",
    "nominet": (
        "    Domain name:\n        paper.co.uk\n\n    Registrar:\n        X\n\n    Name servers:\n"
        "        ns1.paper.co.uk         {}  {}\n        ns.other.example\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", WHOIS.values(), ids=WHOIS)
def test_whois_has_the_glue_of_its_registry(tmp_path, text):
    path = tmp_path / "answer.whois"
    path.write_text(text.format("192.0.2.53", "2001:db8::53"))
    (found,) = open_any(path, undated=DAY)
    server = f"ns1.{found.subject}"
    assert {(o.subject, o.type, o.values) for o in found if o.section == "additional"} == {
        (server, "A", ("192.0.2.53",)),
        (server, "AAAA", ("2001:db8::53",)),
    }
    (registration,) = (o for o in found if o.type == "registration")
    assert f"nameserver {server}" in registration.values


def test_of_a_server_elsewhere_and_of_what_a_registrar_writes_whois_has_no_glue(tmp_path):
    path = tmp_path / "answer.whois"
    elsewhere = "Domain: paper.de\nNserver: ns1.paper.com 192.0.2.53\nStatus: connect\n"
    registry = "Domain Name: PAPER.COM\nRegistrar: X\nName Server: NS1.PAPER.COM\n\n"
    registrar = "Domain Name: paper.com\nRegistrar: X\nName Server: ns1.paper.com 192.0.2.53\n"
    for text in (elsewhere, registry + registrar):
        path.write_text(text)
        (found,) = open_any(path, undated=DAY)
        assert {o.type for o in found} == {"registration"}
