"""Files of 1 MB of each form, full of one kind of record or of one shape: seconds and memory of a verb.

    python benchmarks/large.py [--verb report|takedown|draw] [NAME ...]

benchmarks/fuzz.py --large repeats pieces of a sample; here each record is another and reads, for that
is what costs most. Each file has a process of its own, of which CPU time and memory are measured:
more than 5 s (30 s of a picture) or 500 MB is a fault. The seconds on the clock stand beside them: others may use the
machine. With names (``zone/loc``, ``zone``) only these.

Prints a line for each, the slowest and the largest, and ends with 1 if there was a fault.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.fuzz import HEAVY, LARGE, SLOW, scans
from depgraph.cli import main as depgraph
from depgraph.observations import PERHAPS_OTHERS
from depgraph.recording import Header

STAMP = "2026-08-01T10:00:00Z"
VERBS = {"report": (), "takedown": ("--upto", "2"), "draw": ("-o", "drawn.svg")}
SLOWEST = {"draw": 30.0}
"""Seconds of CPU time that a verb may take, where they are others than those of an answer."""
KINDS: dict[str, tuple[str, str, str]] = {
    # kind: owner, type, data; {n} is the number of the record, {m} the next
    "addresses": ("h{n}.a.example", "A", "192.0.2.1"),
    "addresses-6": ("h{n}.a.example", "AAAA", "2001:db8::{n:x}"),
    "aliases": ("h{n}.a.example", "CNAME", "h{m}.a.example."),
    "servers": ("h{n}.a.example", "NS", "ns{n}.b{n}.example."),
    "exchanges": ("h{n}.a.example", "MX", "10 mx{n}.a.example."),
    "texts": ("h{n}.a.example", "TXT", '"v=spf1 include:s{n}.a.example" "x;{n}"'),
    "escapes": ("h\\{n:03}x{n}.a.example", "TXT", '"\\{o:03}\\"{n}"'),
    "services": ("_x{n}._tcp.a.example", "SRV", "1 2 443 t{n}.a.example."),
    "caa": ("h{n}.a.example", "CAA", '0 issue "ca{n}.example; a={n}"'),
    "loc": ("h{n}.a.example", "LOC", "51 {s} 0.{t} N 0 7 {s}.500 W {n}m 10m 10m 10m"),
    "https": ("h{n}.a.example", "HTTPS", "1 t{n}.a.example. alpn=h2 ipv4hint=192.0.2.1"),
    "soa": ("h{n}.a.example", "SOA", "ns{n}.a.example. h.a.example. {n} 2 3 4 5"),
    "digests": ("h{n}.a.example", "DS", "{p} 8 2 " + "{n:064x}"),
    "keys": ("h{n}.a.example", "TLSA", "3 1 1 {n:064x}"),
    "pointers": ("h{n}.a.example", "NAPTR", '1 1 "u" "x{n}" "!a!b{n}!" .'),
    "unknown": ("h{n}.a.example", "TYPE65280", "\\# 4 {n:08x}"),
    "foreign-owners": ("бücher{n}.a.example", "A", "192.0.2.1"),
    "foreign-data": ("h{n}.a.example", "CNAME", "бücher{n}.a.example."),
    "foreign-both": ("ü{n}.ж{n}.a.example", "MX", "10 é{n}.ß{n}.a.example."),
}  # fmt: skip
ALL = "all-kinds"
Row = tuple[str, str, str]
Measure = tuple[float, float, int, str, str]
"""CPU seconds, seconds on the clock, bytes of memory, first words, name of the file."""


def rows(kind: str) -> Iterator[Row]:
    """Give records of a kind without end."""
    several = [*KINDS.values()] if kind == ALL else [KINDS[kind]]
    for n in count():
        numbers = {"n": n, "m": n + 1, "o": n % 256, "p": n % 65536, "s": n % 60, "t": n % 1000}
        owner, of, data = several[n % len(several)]
        if "\\" in owner:
            numbers["n"] %= 256
            owner = owner.replace("x{n}", f"x{n}")
        yield owner.format(**numbers), of, data.format(**numbers | {"n": n})


def _massdns(one: Row) -> Any:
    owner, kind, data = one
    answer = {"ttl": 60, "type": kind, "class": "IN", "name": f"{owner}.", "data": data}
    return {"name": f"{owner}.", "type": kind, "class": "IN", "status": "NOERROR", "rx_ts": 1785578400 * 10**9, "data": {"answers": [answer]}, "flags": ["rd"], "resolver": "192.0.2.53:53"}  # fmt: skip


def _zdns(one: Row) -> Any:
    owner, kind, data = one
    answer = {"type": kind, "class": "IN", "name": owner, "ttl": 60, "answer": data}
    return {"name": owner, "results": {kind: {"data": {"answers": [answer], "resolver": "192.0.2.53:53"}, "status": "NOERROR", "timestamp": STAMP}}}  # fmt: skip


def _doh(one: Row) -> Any:
    import dns.rdatatype

    owner, kind, data = one
    number = int(dns.rdatatype.from_text(kind))
    return {"Status": 0, "RD": True, "RA": True, "Question": [{"name": f"{owner}.", "type": number}], "Answer": [{"name": f"{owner}.", "type": number, "TTL": 60, "data": data}]}  # fmt: skip


def _dig(one: Row) -> str:
    owner, kind, data = one
    return (
        f"; <<>> DiG 9.18 <<>> {owner} {kind}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n"
        f";; flags: qr aa; QUERY: 1\n;; QUESTION SECTION:\n;{owner}.\tIN\t{kind}\n\n;; ANSWER SECTION:\n"
        f"{owner}.\t60\tIN\t{kind}\t{data}\n\n;; SERVER: 192.0.2.53#53(192.0.2.53)\n"
        ";; WHEN: Sat Aug 01 10:00:00 UTC 2026\n\n"
    )


def _recording(one: Row) -> Any:
    owner, kind, data = one
    return {"subject": owner, "type": kind, "status": "answer", "values": [data], "time": STAMP, "source": "dns"}  # fmt: skip


def _line(make: Callable[[Row], Any]) -> Callable[[Row], str]:
    return lambda one: json.dumps(make(one), ensure_ascii=False) + "\n"


def _plain(one: Row) -> Any:
    owner, kind, data = one
    return {"domain": "a.example", "host": owner, "date": "2026-08-01", "records": {kind: [data]}}


FORMS: dict[str, tuple[str, Callable[[Row], str], str, str]] = {
    # form: what stands before the records, a record, what stands between, and behind
    "zone": ("$ORIGIN a.example.\n$TTL 1h\n@ IN SOA ns h 1 2 3 4 5\n@ NS ns\n", lambda r: f"{r[0]}. {r[1]} {r[2]}\n", "", ""),
    "zone-words": ("$ORIGIN a.example.\n$TTL 1h\n@ IN SOA ns h ( 1 2\n 3 4 5 )\n@ NS ns\n", lambda r: f"{r[0]}. 60 IN {r[1]} ( {r[2]} ) ; x\n", "", ""),
    "answers": ("", lambda r: f"{r[0]}. 60 IN {r[1]} {r[2]}\n", "", ""),
    "dig": ("", _dig, "", ""),
    "massdns": ("", _line(_massdns), "", ""),
    "massdns-text": ("", lambda r: f"{r[0]}. {r[1]} {r[2]}\n", "", ""),
    "zdns": ("", _line(_zdns), "", ""),
    "doh": ("", _line(_doh), "", ""),
    "plain": ("", _line(_plain), "", ""),
    "dnsx": ("", _line(lambda r: {"host": r[0], "resolver": ["192.0.2.53:53"], r[1].lower(): [r[2]], "status_code": "NOERROR", "timestamp": STAMP}), "", ""),
    "columns": ("name,type,value,ttl\n", lambda r: f'{r[0]},{r[1]},"{r[2].replace(chr(34), chr(34) * 2)}",60\n', "", ""),
    "route53": ('{"ResourceRecordSets": [', lambda r: json.dumps({"Name": f"{r[0]}.", "Type": r[1], "TTL": 60, "ResourceRecords": [{"Value": r[2]}]}), ",", "]}\n"),
    "google": ("[", lambda r: json.dumps({"name": f"{r[0]}.", "rrdatas": [r[2]], "ttl": 60, "type": r[1]}), ",", "]\n"),
    "recording": (json.dumps(Header(subject="a.example").to_dict()) + "\n", _line(_recording), "", ""),
    "unbound-cache": ("START_RRSET_CACHE\n", lambda r: f";rrset 9 1 0 8 0\n{r[0]}.\t9\tIN\t{r[1]}\t{r[2]}\n", "", "END_RRSET_CACHE\nSTART_MSG_CACHE\nEND_MSG_CACHE\nEOF\n"),
    "bind-cache": ("; Cache dump of view '_default' (cache _default)\n$DATE 20260801124954\n", lambda r: f"; answer\n{r[0]}.\t9\t{r[1]}\t{r[2]}\n", "", ""),
}  # fmt: skip


DATED = frozenset({"dig", "massdns", "zdns", "plain", "dnsx", "recording", "bind-cache", "whois"})
"""Forms that say themselves when they are from."""


def content(form: str, kind: str) -> str:
    """Return a file of 1 MB."""
    head, of_row, between, tail = FORMS[form]
    parts, size = [], len(head) + len(tail)
    for one in rows(kind):
        part = of_row(one)
        size += len(part.encode()) + len(between)
        if size > LARGE:
            break
        parts.append(part)
    return head + between.join(parts) + tail


def _ip(n: int) -> str:
    """Return an address of those for benchmarks (RFC 2544), which count as reached."""
    return f"198.{18 + (n >> 16 & 1)}.{n >> 8 & 255}.{n & 255}"


def _said(subject: str, kind: str, *values: str, **more: Any) -> str:
    return _json(_recording((subject, kind, "")) | {"values": values} | more)


def _day(n: int) -> str:
    return f"{1900 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}T10:00:00Z"


def _world_of(domain: str, n: int) -> str:
    return (
        _said(domain, "NS", f"ns.{domain}")
        + _said(f"ns.{domain}", "A", _ip(2 * n))
        + _said(f"m.{domain}", "A", _ip(2 * n + 1))
        + _said(_ip(2 * n), "origin", f"asn {n}", f"prefix {_ip(2 * n)}/31")
        + _said(_ip(2 * n), "holder", f"handle X{n}", f"organisation Y{n}", source="rdap")
        + _said(domain, "registration", f"registrar Z{n}", source="rdap")
    )


def _key(n: int) -> str:
    return base64.b64encode(n.to_bytes(4) * 16).decode()


def _signed(n: int, kind: str, *values: str, subject: str = "a.example") -> str:
    """Say something of a zone that the recording itself trusts."""
    if not n:
        return _said("a.example", "trust-anchor", f"1 13 2 {1:064x}", source="document")
    return _said(subject, kind, *values, zone="a.example", server=_ip(n), flags=["AA"])


SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    # what else is many of: the form of the file, and the lines of a number
    "front-chain": ("zone", lambda n: f"h{n} 60 IN CNAME h{n + 1} ; cf-proxied:true\n"),
    "alias-chain": ("zone", lambda n: f"{f'h{n}' if n else 'www'} CNAME h{n + 1}\n"),
    "wildcards": ("zone", lambda n: f"*.w{n} A 192.0.2.1\nh{n} CNAME x.w{n}\n"),
    "beside": ("zone", lambda n: f"h{n} CNAME x\nh{n} MX 10 y\n"),
    "named-twice": ("zone", lambda n: f"h{n} MX 10 m{n}.a.example\n"),
    "dot-missing": ("zone", lambda n: f"h{n} MX 10 m{n}.b.com\n"),
    "unreadable": ("zone", lambda n: f"h{n} A 192.0.2.1\nx{n} A 192.0.2.300\n"),
    "name-servers": ("zone", lambda n: f"@ NS ns{n}\nns{n} A {_ip(n)}\n"),
    "exchangers": ("zone", lambda n: f"@ MX {n % 1000} mx{n}\nmx{n} A {_ip(n)}\n"),
    "resolvers": ("massdns", lambda n: json.dumps(_massdns(("a.example", "A", _ip(n))) | {"resolver": f"{_ip(n)}:53"}) + "\n"),
    "places": ("recording", lambda n: _said("a.example", "A", _ip(n), vantage=f"v{n}")),
    "servers-of-one": ("recording", lambda n: _said("a.example", "A", "192.0.2.1", zone="a.example", server=_ip(n), flags=["AA"])),
    "operators": ("recording", lambda n: _said("a.example", "operator", "role host", f"name X{n}", source="document")),
    "server-chain": ("recording", lambda n: _said(f"b{n}.example" if n else "a.example", "NS", f"ns.b{n + 1}.example") + _said(f"ns.b{n}.example", "A", _ip(n))),
    "servers-of-each-other": ("recording", lambda n: _said("a.example", "NS", f"ns.b{n}.example") + _said(f"b{n}.example", "NS", f"ns.b{n + 1}.example") + _said(f"ns.b{n}.example", "A", _ip(n))),
    "places-of-two-answers": ("recording", lambda n: _said("a.example", "A", _ip(n % 2), vantage=f"v{n}")),
    "places-of-many-names": ("recording", lambda n: _said(f"h{n % 9}.a.example" if n else "a.example", "A", _ip(n), vantage=f"v{n % 500}") + _said("a.example", "CNAME", f"h{n % 9}.a.example", vantage=f"v{n % 500}")),
    "days": ("recording", lambda n: _said("a.example", "A", _ip(n), time=f"{1990 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}T10:00:00Z", until=STAMP, server=_ip(n))),
    "certificates": ("recording", lambda n: _said("a.example", "certificate", f"issuer X{n}", f"issuer-organisation Y{n}", source="tls")),
    "origins": ("recording", lambda n: _said("192.0.2.1" if n else "a.example", "origin" if n else "A", *([f"asn {n}", f"prefix 192.0.{n % 250}.0/24"] if n else ["192.0.2.1"]))),
    "policies": ("recording", lambda n: _said(f"s{n}.a.example" if n else "a.example", "TXT", f"v=spf1 include:s{n + 1}.a.example include:x{n}.b{n}.example -all") + _said("a.example", "MX", f"10 m{n}.b{n}.example")),
    "registrars": ("plain", lambda n: json.dumps({"domain": "a.example", "date": STAMP[:10], "whois_raw": f"Registrar: X{n}\nName Server: ns{n}.b.example\n"}) + "\n"),
    "many-of-a-domain": ("recording", lambda n: _said("a.example", "MX", f"10 m.b{n}.example") + _world_of(f"b{n}.example", n)),
    "servers-of-domains": ("recording", lambda n: _said("a.example", "NS", f"ns.b{n}.example") + _world_of(f"b{n}.example", n)),
    "places-of-servers": ("recording", lambda n: _said("a.example", "NS", f"ns{n % 9}.b{n}.example", vantage=f"v{n}") + _said(f"ns{n % 9}.b{n}.example", "A", _ip(n), vantage=f"v{n}")),
    "places-silent": ("recording", lambda n: _said("a.example", "A", _ip(n % 2), vantage=f"v{n}") + _said("a.example", "A", status="timeout", vantage=f"w{n}")),
    "subnets": ("recording", lambda n: _said("a.example", "A", _ip(n), subnet=f"{_ip(n)}/32", server="192.0.2.53")),
    "serials": ("recording", lambda n: _said("a.example", "SOA", f"ns.a.example. h.a.example. {n} 2 3 4 5", zone="a.example", server=_ip(n), server_name=f"ns{n}.a.example", flags=["AA"])),
    "serials-of-servers": ("recording", lambda n: _said("a.example", "NS", *[f"ns{m}.a.example" for m in range(200)]) if not n else _said("a.example", "SOA", f"ns.a.example. h.a.example. {n} 2 3 4 5", zone="a.example", server=_ip(n), server_name=f"ns{n % 200}.a.example", flags=["AA"])),
    "servers-that-fail": ("recording", lambda n: _said("a.example", "NS", f"ns{n % 200}.a.example") + _said(f"ns{n % 200}.a.example", "A", _ip(n % 200)) + _said("a.example", "MX", f"10 m{n}.a.example") + _said(f"m{n}.a.example", "A", "192.0.2.1", zone="a.example", server=_ip(n % 199), flags=["AA"]) + _said(f"m{n}.a.example", "A", status="timeout", zone="a.example", server=_ip((n + 1) % 200))),
    "servers-above-that-fail": ("recording", lambda n: _said("example", "NS", f"ns{n % 200}.example") + _said(f"ns{n % 200}.example", "A", _ip(n)) + _said("a.example", "NS", zone="example", status="timeout", server=_ip(n)) + _said("a.example", "NS", "ns.a.example", zone="example", status="referral", section="authority", server=_ip(n + 60_000))),
    "servers-that-answer-by-halves": ("recording", lambda n: (_said("a.example", "NS", *[f"ns{m}.a.example" for m in range(200)]) + "".join(_said(f"ns{m}.a.example", "A", _ip(m)) for m in range(200)) if not n else _said("a.example", "A", *([_ip(9)] if n % 2 else []), status="answer" if n % 2 else "timeout", zone="a.example", server=_ip(n % 200), vantage=f"v{n // 200}", flags=["AA"]))),
    "one-address-of-servers": ("recording", lambda n: _said("a.example", "NS", f"ns{n}.b{n}.example") + _said(f"ns{n}.b{n}.example", "A", "192.0.2.1") + _said(f"x{n}.a.example", "A", status="servfail", zone="a.example", server="192.0.2.1")),
    "failing": ("recording", lambda n: _said(f"h{n}.a.example", "A", status=("timeout", "servfail", "refused", "lame")[n % 4])),
    "failing-at-servers": ("recording", lambda n: _said("a.example", "A", status=("timeout", "servfail", "refused", "lame")[n % 4], zone="a.example", server=_ip(n), server_name=f"ns{n}.a.example")),
    "denied-and-answered": ("recording", lambda n: _said(f"h{n}.a.example", "A", "192.0.2.1") + _said(f"h{n}.a.example", "A", status="nxdomain", time=STAMP.replace("10:", "11:"))),
    "documents": ("recording", lambda n: _said("a.example", "NS", f"ns{n}.b.example", source="zone-file", evidence="published", zone="a.example", citation=f"c{n}") + (_said("a.example", "NS", "ns.c.example", section="authority") if not n else "")),
    "documents-of-zones": ("recording", lambda n: _said(f"z{n}.a.example", "NS", "ns.b.example", source="zone-file", evidence="published", zone=f"z{n}.a.example", citation="c") + _said(f"z{n}.a.example", "NS", "ns.c.example", section="authority")),
    "open-sets": ("recording", lambda n: _said("a.example", "A", _ip(n), note=PERHAPS_OTHERS) + _said("a.example", "A", "192.0.2.1", _ip(n + 60_000), server=_ip(n))),
    "within": ("recording", lambda n: _said(f"h{n}.a.example", "A", _ip(n), server="10.0.0.1") + _said(f"h{n}.a.example", "A", "192.0.2.1", server="192.0.2.53")),
    "keys": ("recording", lambda n: _signed(n, "DNSKEY", f"257 3 13 {_key(n)}")),
    "keys-of-one-set": ("recording", lambda n: _signed(n, *(("DNSKEY", *(f"257 3 13 {_key(m)}" for m in range(5000))) if n == 2 else ("A", "192.0.2.1")))),
    "digests-of-keys": ("recording", lambda n: _signed(n, *(("DNSKEY", *(f"257 3 13 {_key(m)}" for m in range(3000))) if n == 2 else ("DS", *(f"{m} 13 2 {m:064x}" for m in range(5000))) if n == 3 else ("A", "192.0.2.1")))),
    "signatures": ("recording", lambda n: _signed(n, "RRSIG", f"A 13 2 300 20260901000000 20260701000000 {n} a.example. {_key(n)}") + _signed(n, "A", _ip(n))),
    "denials-signed": ("recording", lambda n: _signed(n, "NSEC", f"h{n + 1}.a.example. A RRSIG", subject=f"h{n}.a.example")),
    "resources": ("recording", lambda n: _said("a.example", "resource", f"script s.b{n}.example", f"frame f{n}.a.example", source="document")),
    "steps": ("recording", lambda n: _said("a.example", "operator", ("role login", "role payment", "role sms", "role chat")[n % 4], f"name X{n}", "needed yes", source="document")),
    "roles": ("recording", lambda n: _said("a.example", "operator", f"role {('dns', 'mail', 'mailbox', 'ca', 'registrar', 'owner', 'network', 'transit', 'signer', 'front', 'other')[n % 11]}", f"name X{n}", source="document", evidence="reported", citation=f"c{n}")),
    "involved": ("recording", lambda n: _said("a.example", "operator", "role other", f"name X{n}", source="document", citation=f"c{n}", note=f"n{n}")),
    "stores": ("recording", lambda n: _said("a.example", "app-store", f"X{n}", source="document")),
    "holders": ("recording", lambda n: _said("a.example", "A", "192.0.2.1") + _said("192.0.2.1", "holder", f"handle X{n}", f"organisation Y{n}", f"prefix 192.0.2.0/{n % 9 + 24}", "country US", source="rdap")),
    "networks": ("recording", lambda n: _said("a.example", "A", _ip(n)) + _said(_ip(n), "origin", f"asn {n}", f"prefix {_ip(n)}/32") + _said(f"as{n}", "as", f"name X{n}", "country US")),
    "prefixes": ("recording", lambda n: _said("a.example", "A", _ip(n)) + _said(_ip(n), "origin", *(f"prefix {_ip(n)}/{m}" for m in range(8, 33)), *(f"asn {n * 9 + m}" for m in range(9)))),
    "upstreams": ("recording", lambda n: (_said("a.example", "A", "192.0.2.1") + _said("192.0.2.1", "origin", "asn 1") if not n else "") + _said("as1", "upstream", f"asn {n + 2}")),
    "upstream-chain": ("recording", lambda n: (_said("a.example", "A", "192.0.2.1") + _said("192.0.2.1", "origin", "asn 1") if not n else "") + _said(f"as{n + 1}", "upstream", f"asn {n + 2}")),
    "upstreams-of-all": ("recording", lambda n: (_said("a.example", "A", "192.0.2.1") + _said("192.0.2.1", "origin", "asn 1") if not n else "") + _said(f"as{n + 1}", "upstream", *(f"asn {m}" for m in range(n + 2, n + 40)))),
    "pointers": ("recording", lambda n: _said("a.example", "A", "192.0.2.1") + _said("192.0.2.1", "PTR", f"h{n}.b{n}.example")),
    "authorities": ("recording", lambda n: _said("a.example", "CAA", f'0 issue "ca{n}.example"')),
    "chains": ("recording", lambda n: _said(f"h{n}.a.example" if n else "a.example", "certificate", "issuer X", *(f"chain {m} CN=X{n}, O=Y{m}, C=US" for m in range(20)), f"not-after {2027 + n % 9}-01-01", f"name h{n}.a.example", source="tls")),
    "chains-of-one": ("recording", lambda n: _said("a.example", "certificate", f"issuer X{n % 50}", f"issuer-organisation Y{n % 49}", *(f"chain {m} CN=X{n}, O=Y{m}, C=US" for m in range(9)), f"not-after {2027 + n % 9}-01-01", source="tls", server=_ip(n))),
    "hints": ("recording", lambda n: _said("a.example", "HTTPS", f"{n % 9 + 1} h{n}.b{n}.example. ipv4hint={_ip(n)}")),
    "keys-of-mail": ("recording", lambda n: _said(f"s{n}._domainkey.a.example", *(("CNAME", f"s{n}.b{n}.example.") if n % 2 else ("TXT", f"v=DKIM1; p={n}")))),
    "tokens": ("recording", lambda n: _said("a.example", "TXT", f"x{n}-site-verification={n}") + _said("a.example", "verification", f"x{n}={n}")),
    "includes": ("recording", lambda n: (_said("a.example", "MX", "10 mx.a.example") if not n else "") + _said(f"s{n}.a.example" if n else "a.example", "TXT", "v=spf1 " + " ".join(f"include:s{n * 9 + m}.a.example" for m in range(1, 10)) + " -all")),
    "renamings": ("recording", lambda n: _said(f"r{n}.a.example" if n else "www.a.example", "DNAME", f"r{n + 1}.a.example") + _said("a.example", "MX", f"10 m.r{n}.a.example")),
    "aliases-by-turns": ("recording", lambda n: _said("a.example", "CNAME", f"c{n}.b.example", server=_ip(n)) + _said(f"c{n}.b.example", "CNAME", f"d{n}.b{n}.example") + _said(f"d{n}.b{n}.example", "A", _ip(n))),
    "fans": ("recording", lambda n: _said(f"h{n}.a.example" if n else "a.example", "CNAME", *(f"h{n * 9 + m}.a.example" for m in range(1, 10)))),
    "states": ("recording", lambda n: _said("a.example", "registration", f"status x{n}", f"nameserver ns{n}.b.example", f"expires {2027 + n % 999}-01-01", f"reseller R{n}", source="rdap")),
    "registrations": ("recording", lambda n: _said("a.example", "MX", f"10 m.b{n}.example") + _said(f"b{n}.example", "registration", f"registrar X{n}", "status client hold", f"expires 2026-08-0{n % 9 + 1}", source="rdap") + _said(f"b{n}.example", "NS", "ns.b.example")),
    "top-levels": ("recording", lambda n: _said("a.example", "MX", f"10 m.b.x{n}") + _said(f"x{n}", "registry", f"operator X{n}", source="whois") + _said(f"x{n}", "NS", f"ns{n}.y{n}")),
    "days-of-servers": ("recording", lambda n: _said("a.example", "NS", f"ns.b{n}.example", time=_day(n), until=STAMP, server=_ip(n)) + _said(f"ns.b{n}.example", "A", _ip(n), time=_day(n), until=STAMP)),
    "days-one-by-one": ("recording", lambda n: _said("a.example", "A", _ip(n), time=_day(n)) + _said("a.example", "MX", f"10 m{n}.a.example", time=_day(n))),
    "days-of-aliases": ("recording", lambda n: _said("a.example", *(("CNAME", f"c{n}.b.example") if n % 2 else ("A", _ip(n))), time=_day(n), until=_day(n + n % 64), server=_ip(n))),
    "citations": ("recording", lambda n: _said("a.example", "operator", "role other", f"name X{n}", source="document", citation=f"F{n} " + "x y; " * 700, note="z; " * 90)),
    "differing": ("recording", lambda n: _said("a.example", "MX", f"10 m{n}.b.example", zone="a.example", server=_ip(n), server_name=f"ns{n}.a.example", flags=["AA"])),
    "kinds-of-clients": ("recording", lambda n: _said(f"h{n % 40}.a.example", "AAAA", f"2001:db8::{n:x}", vantage=f"v{n // 40}") + _said("a.example", "CNAME", f"h{n % 40}.a.example", vantage=f"v{n // 40}") + _said("a.example", "HTTPS", f"1 h{n % 40}.a.example.", vantage=f"v{n // 40}")),
    "places-of-exchanges": ("recording", lambda n: _said("a.example", "MX", f"10 m{n % 30}.a.example", f"10 x{n % 30}.b{n % 30}.example", vantage=f"v{n // 30}") + _said(f"m{n % 30}.a.example", "A", _ip(n), vantage=f"v{n // 30}")),
    "no-names": ("zone", lambda n: f"h{n} MX 10 192.0.2.{n % 256}\nx{n} CNAME _\n"),
    "wild-aliases": ("zone", lambda n: f"*.w{n} CNAME x.w{n + 1}\n"),
    "wild-exchanges": ("zone", lambda n: f"*.w{n} A 192.0.2.1\n@ MX 10 m{n}.w{n}\n"),
    "cuts": ("zone", lambda n: f"c{n} NS ns.c{n}\nns.c{n} A {_ip(n)}\n"),
    "cuts-below-cuts": ("zone", lambda n: f"{'.'.join('x' * (n % 60 + 1))}.c{n // 60} NS ns{n}\n"),
    "renamed": ("zone", lambda n: f"d{n} DNAME d{n + 1}\n@ MX 10 m.d{n}\n"),
    "generated": ("zone", lambda n: f"$GENERATE 1-9 g{n}-$ A 192.0.2.$\n"),
    "origins-of-parts": ("zone", lambda n: f"$ORIGIN o{n}.a.example.\n@ A 192.0.2.1\n"),
    "front-fan": ("zone", lambda n: f"h{n} 60 IN CNAME h{n * 2 + 1} ; cf-proxied:true\nh{n} 60 IN A {_ip(n)} ; cf-proxied:true\n"),
}  # fmt: skip


def shapes(is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Give name and text of files of which each line is another, and which are not names with a record each."""
    for name, (form, lines) in SHAPES.items():
        head, _, _, tail = FORMS[form]
        if is_wanted(f"{form}/{name}"):
            yield f"{form}/{name}", head + _filled(lines, LARGE - len(head) - len(tail)) + tail


def _filled(part: Callable[[int], str], size: int) -> str:
    """Return the parts of one number after the other, as many as have a size together."""
    parts: list[str] = []
    for n in count():
        size -= len(part(n).encode())
        if size < 0:
            return "".join(parts)
        parts.append(part(n))
    raise AssertionError


def samples(is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Give the samples of benchmarks/fuzz.py over and over, each of another name, or address.

    Of those that are one document each begins anew, which not every reader takes.
    """
    for form, data in scans().items():
        text = data.decode()
        several = {
            f"{form}-sample/names": ("a.example", "h{n}.a.example"),
            f"{form}-sample/values": ("192.0.2.1", "{ip}"),
        }
        for name, (old, new) in several.items():
            if is_wanted(name):
                parts = text.split(old)
                yield (
                    name,
                    _filled(lambda n, p=parts, new=new: new.format(n=n, ip=_ip(n)).join(p), LARGE),
                )


def documents() -> Iterator[tuple[str, str]]:
    """Give documents of 1 MB that are one answer, or one of whose parts is long."""
    # fmt: off
    hosts = tuple(f"h{n}.a.example" for n in range(40_000))
    start, address = _header(), _said("a.example", "A", _ip(1))
    yield "recording/hosts", _header(hosts=hosts) + address
    for kind, value in VALUES.items():
        values = (value.format(n=n, ip=_ip(n)) for n in range(LARGE // len(value) * 4 // 5))
        yield f"recording/one-{kind}", start + _said("a.example", kind, *values)
    includes = " ".join(f"include:{host}" for host in hosts)
    yield "recording/long-policy", start + _said("a.example", "TXT", f"v=spf1 {includes} -all")
    yield "recording/long-name", start + _said("a.example", "operator", "role host", "name " + "x, " * 300_000)
    for part in ("answers", "authorities", "additionals"):
        row = {"ttl": 60, "type": "A", "class": "IN"}
        rows = [row | {"name": f"{host}.", "data": _ip(n)} for n, host in enumerate(hosts[:10_000])]
        yield f"massdns/one-{part}", _json(_massdns(("a.example", "A", _ip(1))) | {"data": {part: rows}})
        one = _zdns(("a.example", "A", _ip(1)))
        rows = [row | {"name": host, "answer": _ip(n)} for n, host in enumerate(hosts[:10_000])]
        one["results"]["A"]["data"] = {part: rows, "resolver": "192.0.2.53:53"}
        yield f"zdns/one-{part}", _json(one)
    head, _, answer = _dig(("a.example", "A", _ip(1))).partition("a.example.\t60")
    lines = "".join(f"{host}.\t60\tIN\tA\t{_ip(n)}\n" for n, host in enumerate(hosts[:25_000]))
    yield "dig/one", f"{head}{lines}a.example.\t60{answer}"
    hop = "z{n}.a.example.\t9\tIN\tNS\tns.z{n}.a.example.\n;; Received 99 bytes from {ip}#53(ns{n}.example) in 1 ms\n\n"
    hops = _filled(lambda n: hop.format(n=n, ip=_ip(n)), LARGE)
    yield "dig/trace", f"; <<>> DiG 9.18.24 <<>> +trace a.example\n;; global options: +cmd\n{hops}"
    entity = {"objectClassName": "entity", "roles": ["registrar", "reseller", "registrant"]}
    entities = [entity | {"handle": f"H{n}", "vcardArray": ["vcard", [["fn", {}, "text", f"X{n}"]]]} for n in range(6000)]
    servers = [{"ldhName": f"ns{n}.b.example"} for n in range(25_000)]
    domain = {"domain": "a.example", "date": STAMP[:10]}
    rdap = {"objectClassName": "domain", "ldhName": "a.example"}
    yield "plain/rdap-entities", _json(domain | {"rdap": rdap | {"entities": entities}})
    yield "plain/rdap-servers", _json(domain | {"rdap": rdap | {"nameservers": servers}})
    below = [{"name": host, "type": "CNAME", "values": [f"c.{host}"]} for host in hosts[:12_000]]
    yield "plain/names-of-one", _json(domain | {"records": {"A": [_ip(1)]}, "subrecords": below})
    networks = {_ip(n): {"NetRange": f"{_ip(n)} - {_ip(n)}", "OrgName": f"X{n}", "asn": str(n)} for n in range(10_000)}
    yield "plain/networks-of-one", _json(domain | {"records": {"A": [*networks]}, "ip_info": networks})
    # fmt: on
    yield from whois_texts().items()


VALUES = {
    # type: one of very many values of one answer
    "A": "{ip}",
    "MX": "10 m{n}.b{n}.example",
    "NS": "ns{n}.b{n}.example",
    "CNAME": "h{n}.b{n}.example",
    "HTTPS": "1 h{n}.b{n}.example. ipv4hint={ip}",
    "CAA": '0 issue "ca{n}.example"',
    "TXT": "v=spf1 include:s{n}.b{n}.example",
    "registration": "k{n} x",
    "certificate": "chain {n} CN=X{n}, O=Y{n}",
}


def _header(**more: Any) -> str:
    return _json(Header(subject="a.example", **more).to_dict())


def _json(document: Any) -> str:
    return json.dumps(document) + "\n"


def whois_texts() -> dict[str, str]:
    """Return WHOIS answers of 1 MB, in lines of plain JSON and as recordings have them."""
    lines = {
        "keys": "".join(f"Key {n}: value {n}\n" for n in range(50_000)),
        "servers": "".join(f"Name Server: ns{n}.b.example\n" for n in range(34_000)),
        "states": "Domain Status: clientTransferProhibited https://icann.org/epp#x\n" * 16_000,
        "spaces": "Registrar:" + " " * 1_000_000 + "X\n",
        "blanks": "\n" * 900_000,
    }
    return {
        f"whois/{kind}": json.dumps({"domain": "a.example", "date": "2026-08-01", "whois_raw": text[:LARGE - 2000]}) + "\n"
        for kind, text in lines.items()
    }  # fmt: skip


def inputs(wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give name and text of each file."""

    def is_wanted(name: str) -> bool:
        return not wanted or not {name.split("/", maxsplit=1)[0], name}.isdisjoint(wanted)

    for form in FORMS:
        for kind in (*KINDS, ALL):
            if is_wanted(name := f"{form}/{kind}"):
                yield name, content(form, kind)
    for name, text in chain(shapes(is_wanted), samples(is_wanted), documents()):
        if is_wanted(name):
            yield name, text


def measured(path: Path, told: Path, verb: str, *options: str) -> tuple[float, float, int, str]:
    """Return CPU seconds and those on the clock, bytes of memory of a verb, and its first words."""
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.chdir(told.parent)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        with (
            told.open("w") as out,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            try:
                depgraph([verb, str(path), *options, *VERBS[verb], "--name", "a.example"])
            except SystemExit:
                out.flush()
        os._exit(0)
    *_, used = os.wait4(child, 0)
    passed = time.monotonic() - started
    words = told.read_text(errors="replace").split("\n\n")[0]
    took = used.ru_utime + used.ru_stime
    return took, passed, used.ru_maxrss << 10, " ".join(words.split())[:60]


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--verb", choices=VERBS, default="report")
    options = parser.parse_args()
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as folder:
        path, told = Path(folder, "x.txt"), Path(folder, "told")
        for name, text in inputs(options.names):
            path.write_text(text)
            form = name.split("/")[0].removesuffix("-sample")
            dated = () if form in DATED else ("--dated", STAMP[:10])
            found.append((*measured(path, told, options.verb, *dated), name))
            print(_row(found[-1], options.verb), flush=True)
    faults = sum(is_fault(one, options.verb) for one in found)
    print(f"{len(found)} files, {faults} faults")
    for word, one in ("slowest", max(found)), ("largest", max(found, key=lambda one: one[2])):
        print(f"{word}  {_row(one, options.verb)}")
    return 1 if faults else 0


def is_fault(one: Measure, verb: str) -> bool:
    """Tell whether a file took too much time, or memory."""
    return one[0] > SLOWEST.get(verb, SLOW) or one[2] > HEAVY


def _row(one: Measure, verb: str) -> str:
    took, passed, held, said, name = one
    times = f"{took:5.1f} s (clock {passed:5.1f} s)"
    return f"{name:30} {times} {held >> 20:4} MB {'FAULT ' * is_fault(one, verb)}{said}"


if __name__ == "__main__":
    sys.exit(main())
