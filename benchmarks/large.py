"""Files of 1 MB of each form, full of one kind of record: seconds and memory of ``report FILE``.

    python benchmarks/large.py [NAME ...]

benchmarks/fuzz.py --large repeats pieces of a sample; here each record is another and reads, for that
is what costs most. Each file has a process of its own, of which CPU time and memory are measured:
more than 5 s or 500 MB is a fault. The seconds on the clock stand beside them: others may use the
machine. With names (``zone/loc``, ``zone``) only these.

Prints a line for each, the slowest and the largest, and ends with 1 if there was a fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.fuzz import HEAVY, LARGE, SLOW
from depgraph.cli import main as depgraph
from depgraph.recording import Header

STAMP = "2026-08-01T10:00:00Z"
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
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def _said(subject: str, kind: str, *values: str, **more: Any) -> str:
    return json.dumps(_recording((subject, kind, "")) | {"values": values} | more) + "\n"


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
}  # fmt: skip


def shapes() -> Iterator[tuple[str, str]]:
    """Give name and text of files of which each line is another, and which are not names with a record each."""
    for name, (form, lines) in SHAPES.items():
        head, _, _, tail = FORMS[form]
        parts, size = [head], len(head) + len(tail)
        for n in count():
            size += len(lines(n).encode())
            if size > LARGE:
                break
            parts.append(lines(n))
        yield f"{form}/{name}", "".join(parts) + tail


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


def inputs(wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Give name and text of each file."""
    for form in FORMS:
        for kind in (*KINDS, ALL):
            name = f"{form}/{kind}"
            if not wanted or {form, name} & {*wanted}:
                yield name, content(form, kind)
    for name, text in (*shapes(), *whois_texts().items()):
        if not wanted or {name.split("/")[0], name} & {*wanted}:
            yield name, text


def measured(path: Path, told: Path, *options: str) -> tuple[float, float, int, str]:
    """Return CPU seconds and those on the clock, bytes of memory of a report, and its first words."""
    started = time.monotonic()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        with (
            told.open("w") as out,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            try:
                depgraph(["report", str(path), *options, "--name", "a.example"])
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
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as folder:
        path, told = Path(folder, "x.txt"), Path(folder, "told")
        for name, text in inputs(sys.argv[1:]):
            path.write_text(text)
            dated = () if name.split("/")[0] in DATED else ("--dated", STAMP[:10])
            found.append((*measured(path, told, *dated), name))
            print(_row(found[-1]), flush=True)
    print(f"{len(found)} files, {sum(map(is_fault, found))} faults")
    print(f"slowest  {_row(max(found))}\nlargest  {_row(max(found, key=lambda one: one[2]))}")
    return 1 if any(map(is_fault, found)) else 0


def is_fault(one: Measure) -> bool:
    """Tell whether a file took too much time, or memory."""
    return one[0] > SLOW or one[2] > HEAVY


def _row(one: Measure) -> str:
    took, passed, held, said, name = one
    times = f"{took:5.1f} s (clock {passed:5.1f} s)"
    return f"{name:30} {times} {held >> 20:4} MB {'FAULT ' * is_fault(one)}{said}"


if __name__ == "__main__":
    sys.exit(main())
