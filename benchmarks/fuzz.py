"""Every reader of strangers' files on mutated samples: is each exception one of ours?

    python benchmarks/fuzz.py [--seconds 50] [--seed 1] [--large]

Samples of each form are changed byte by byte, piece by piece, and, where they are JSON, value by
value; each is given to the door that takes such files. What is raised must be a `DepgraphError`
(or an `OSError` of the file itself), on one printable line. Lines that a reader stumbled over
without a word of its own (`what does not read`) are counted too: each is a place where a better
sentence could stand. The same seed gives the same inputs; the time only says how many of them.

With ``--large`` the inputs have 1 MB, each in a process of its own, of which CPU time and memory are
measured: more than 5 s or 500 MB is a fault. fuzz_guided.py searches the same targets with atheris.

Prints executions and faults by target, and ends with 1 if there was a fault.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import depgraph
from benchmarks.fuzz_parsers import RDAP_DOMAIN, WHOIS, mmdb, parsers
from depgraph import exchange, providers, recording, routes
from depgraph.collect import Endpoints
from depgraph.errors import DepgraphError
from depgraph.observations import Observation, Status
from depgraph.readers import BadLine, gather, interval, open_any
from depgraph.recording import Header, Recording

DAY = interval("2026-08-01")
SLOW = 5.0  # seconds of CPU time for an input
LARGE = 1 << 20  # bytes of a large input
HEAVY = 500 << 20  # bytes of memory that one may take
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 5, 1.5, 10**30, "", " ", ".", "\x1b[31m", "\u202e", "\ud800", "x" * 400, "a..b", "192.0.2.1",
    "ten mx", [], [[]], {}, [None], [5], {"a": 1}, ["192.0.2.1", 5], "99999999999999999999", "TYPE0", "ANY", "\\", '"', "@",
)  # fmt: skip
PIECES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\n", b"\r", b'"', b"(", b")", b";", b"\\", b"$", b"$ORIGIN ", b"$GENERATE 1-3 a$ A 192.0.2.$\n",
    b"$INCLUDE /etc/passwd\n", b"{", b"}", b"[", b"]", b",", b":", b"NaN", b"1e999", b"\xed\xa0\x80", b"IN", b" SOA ", b"TYPE65535 \\# 1 zz",
    b"9" * 30, b"<", b">", b"&", b"\x1f\x8b", b"PAR1", b"- ", b"&a *a", b"TTL", b"@",
)  # fmt: skip


def scans() -> dict[str, bytes]:
    """Return a sample of each form of files with recordings."""
    stamp = "2026-08-01T10:00:00Z"
    record = {"type": "A", "class": "IN", "name": "a.example", "ttl": 60}
    zdns = {
        "name": "a.example",
        "results": {
            "A": {"data": {"answers": [record | {"answer": "192.0.2.1"}], "resolver": "192.0.2.53:53", "flags": {"authoritative": True}}, "status": "NOERROR", "timestamp": stamp},
            "MXLOOKUP": {"data": {"exchanges": [{"name": "mx.example", "preference": 1, "ipv4_addresses": ["192.0.2.2"]}]}, "status": "NOERROR", "timestamp": stamp},
            "AXFR": {"data": {"servers": [{"server": "ns.example", "status": "SUCCESS", "records": [record | {"answer": "192.0.2.1"}]}]}, "status": "NOERROR", "timestamp": stamp},
        },
    }  # fmt: skip
    massdns = {"name": "a.example.", "type": "A", "class": "IN", "status": "NOERROR", "rx_ts": 10**18, "data": {"answers": [record | {"data": "192.0.2.1"}]}, "flags": ["rd"], "resolver": "192.0.2.53:53"}  # fmt: skip
    plain = {"domain": "a.example", "date": "2026-08-01", "records": {"A": ["192.0.2.1"], "MX": ["10 mx.example"], "ASN": [64500], "TXT_VERIFICATION": ["google=x"], "ALIAS": ['{"name": "b.example"}']}, "subrecords": [{"name": "b.a.example", "type": "CNAME", "values": ["c.example"]}], "ip_info": {"192.0.2.1": {"NetRange": "192.0.2.0 - 192.0.2.255", "OrgName": "X", "asn": "64500"}}, "rdap": {"objectClassName": "domain", "status": ["active"], "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "X"]]]}], "events": [{"eventAction": "expiration", "eventDate": stamp}]}, "whois_raw": "Registrar: X\n"}  # fmt: skip
    dnsx = {"host": "a.example", "resolver": ["192.0.2.53:53"], "a": ["192.0.2.1"], "mx": ["mx.example"], "soa": [{"name": "a.example", "ns": "n", "mailbox": "m", "serial": 1, "refresh": 2, "retry": 3, "expire": 4, "minttl": 5}], "status_code": "NOERROR", "timestamp": stamp}  # fmt: skip
    httpx = {"url": "https://a.example:443", "input": "a.example", "host": "192.0.2.1", "a": ["192.0.2.1"], "asn": {"as_number": "AS64500"}, "status_code": 200, "timestamp": stamp}  # fmt: skip
    old = {"query_name": "a.example.", "query_type": "A", "resp_name": "a.example.", "resp_type": "A", "data": "192.0.2.1"}  # fmt: skip
    route53 = {"ResourceRecordSets": [{"Name": "a.example.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}, {"Name": "b.a.example.", "Type": "A", "AliasTarget": {"DNSName": "c.example."}}]}  # fmt: skip
    azure = [{"id": "/x/dnszones/a.example/MX/@", "name": "@", "type": "Microsoft.Network/dnszones/MX", "ttl": 60, "MXRecords": [{"exchange": "mx.example", "preference": 10}]}]  # fmt: skip
    google = [{"name": "a.example.", "rrdatas": ["192.0.2.1"], "ttl": 60, "type": "A"}]
    dnscontrol = {"registrars": [], "dns_providers": [{"name": "cf", "type": "CLOUDFLAREAPI"}], "domains": [{"name": "a.example", "dnsProviders": {"cf": 1}, "records": [{"type": "MX", "name": "@", "mxpreference": 1, "target": "mx.example.", "meta": {"cloudflare_proxy": "on"}}]}]}  # fmt: skip
    terraform = {"version": 4, "terraform_version": "1", "resources": [{"mode": "managed", "type": "cloudflare_record", "instances": [{"attributes": {"name": "a.example", "type": "A", "value": "192.0.2.1", "proxied": True}}]}, {"mode": "managed", "type": "azurerm_dns_mx_record", "instances": [{"attributes": {"name": "@", "zone_name": "b.example", "record": [{"preference": 1, "exchange": "m.example"}]}}]}]}  # fmt: skip
    atlas = {"type": "dns", "msm_id": 1, "prb_id": 2, "timestamp": 1785585600, "dst_addr": "192.0.2.53", "result": {"abuf": "AASAAAABAAEAAAAAAWEHZXhhbXBsZQAAAQABwAwAAQABAAAAPAAEwAACAQ=="}, "resultset": []}  # fmt: skip
    ooni = {"test_name": "web_connectivity", "input": "https://a.example/", "measurement_start_time": "2026-08-01 12:00:00", "probe_cc": "GB", "probe_asn": "AS64501", "test_keys": {"queries": [{"hostname": "a.example", "query_type": "ANY", "failure": None, "answers": [{"answer_type": "A", "ipv4": "192.0.2.1", "ttl": None}]}], "control": {"dns": {"failure": None, "addrs": ["192.0.2.1"]}}, "blocking": False}}  # fmt: skip
    crtsh = {"issuer_ca_id": 1, "issuer_name": "C=US, O=X, CN=Y", "common_name": "a.example", "name_value": "a.example\n*.a.example", "id": 1, "not_before": "2026-07-07T15:46:43", "not_after": "2026-10-05T15:46:43"}  # fmt: skip
    as2rel = {"asn1": 6939, "asn2": 64500, "rel": 1}
    zone = b'$ORIGIN a.example.\n$TTL 1h\n@ IN SOA ns h ( 1 2\n 3 4 5 ) ; x\n  NS ns\nwww 60 IN A 192.0.2.1 ; cf_tags=cf-proxied:true\n@ TXT "a;b" "c"\n$GENERATE 1-3 h${0,2,d} A 192.0.2.$\n@ ALIAS b.example.\n@ DYNA x!y\nx [AGE:1] 60 AAAA 2001:db8::1\n'  # fmt: skip
    dig = b"; <<>> DiG 9.18 <<>> a.example\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; flags: qr aa; QUERY: 1\n;; QUESTION SECTION:\n;a.example.\tIN\tA\n\n;; ANSWER SECTION:\na.example.\t60\tIN\tA\t192.0.2.1\n\n;; SERVER: 192.0.2.53#53(192.0.2.53)\n;; WHEN: Sat Aug 01 10:00:00 UTC 2026\n"  # fmt: skip
    octodns = b"---\n'':\n  - type: A\n    values: [192.0.2.1]\n    octodns: {cloudflare: {proxied: true}}\n  - type: MX\n    value: {exchange: m.example., preference: 10}\nwww:\n  type: CNAME\n  value: a.example.\n"  # fmt: skip
    rows = {
        "zdns": zdns, "massdns": massdns, "plain": plain, "dnsx": dnsx, "httpx": httpx, "massdns-old": old, "route53": route53,
        "azure": azure, "google": google, "dnscontrol": dnscontrol, "terraform": terraform,
        "cloudflare": {"result": [{"zone_name": "a.example", "name": "b.a.example", "type": "A", "content": "192.0.2.1", "proxied": True, "ttl": 1}], "success": True},
        "gandi": [{"rrset_name": "@", "rrset_type": "MX", "rrset_ttl": 60, "rrset_values": ["10 mx"], "rrset_href": "https://x.example/v5/livedns/domains/a.example/records/%40/MX"}],
        "powerdns": {"name": "a.example.", "rrsets": [{"name": "a.example.", "type": "A", "ttl": 60, "records": [{"content": "192.0.2.1", "disabled": False}]}]},
        "records": {"domain_records": [{"id": 1, "type": "MX", "name": "@", "data": "mx.example.", "priority": 10, "ttl": 60}], "zone": "a.example"},
        "rdap": RDAP_DOMAIN | {"events": [{"eventAction": "last update of RDAP database", "eventDate": stamp}]},
        "doh": {"Status": 0, "RD": True, "RA": True, "Question": [{"name": "a.example.", "type": 1}], "Answer": [{"name": "a.example.", "type": 1, "TTL": 60, "data": "192.0.2.1"}], "Authority": [{"name": "example.", "type": 6, "TTL": 60, "data": "n. h. 1 2 3 4 5"}]},
        "atlas": atlas, "ooni": ooni, "crtsh": crtsh, "as2rel": as2rel, "har": {"log": {"version": "1.2", "entries": [{"startedDateTime": stamp, "serverIPAddress": "192.0.2.1", "request": {"url": "https://a.example/"}, "response": {"headers": [{"name": "server", "value": "x"}]}}]}},
    }  # fmt: skip
    texts = {
        "zone": zone,
        "dig": dig,
        "dig-trace": b"; <<>> DiG 9.18.24 <<>> +trace a.example\n;; global options: +cmd\n.\t\t9\tIN\tNS\ta.root-servers.net.\n;; Received 811 bytes from 192.0.2.53#53(192.0.2.53) in 1 ms\n\nexample.\t9\tIN\tNS\tns.nic.example.\nexample.\t9\tIN\tDS\t1 8 2 00\n;; Received 99 bytes from 192.0.2.1#53(a.root-servers.net) in 1 ms\n\na.example.\t9\tIN\tA\t192.0.2.2\n;; Received 99 bytes from 192.0.2.3#53(ns.nic.example) in 1 ms\n",
        "answers": b"a.example. A 192.0.2.1\na.example. 60 IN MX 10 mx.example.\n",
        "octodns": octodns,
        "passive": _line(
            {
                "rrname": "a.example.",
                "rrtype": "A",
                "rdata": ["192.0.2.1"],
                "time_first": 1785585600,
                "time_last": 1785585700,
                "bailiwick": "example.",
            }
        )
        + _line(
            {"timestamp": "1785585600", "name": "a.example", "type": "mx", "value": "10 mx.example"}
        ),
        "whois-file": WHOIS
        + b"\nDomain Name: b.example\nRegistrar: Y\n\n% no match for c.example\n",
        "google-yaml": b"---\nkind: dns#resourceRecordSet\nname: a.example.\nrrdatas:\n- 192.0.2.1\nttl: 60\ntype: A\n",
        "delv": b"; fully validated\na.example.\t60\tIN\tA\t192.0.2.1\na.example.\t60\tIN\tRRSIG\tA 8 2 60 20270101000000 20260101000000 1 a.example. AAAA\n;; resolution failed: ncache nxdomain\n",
        "html": b'<!doctype html><!-- saved from url=(0018)https://a.example/ --><base href="/x"><meta http-equiv="Content-Security-Policy" content="script-src https://*.b.example:443/x data:"><script src="https://c.example/x.js"></script><link rel="preload" as="style" href="//d.example/x"><img src=e.png>',
        "crawl": b"a.example,2026-08-01,192.0.2.1\nb.example,20260801123000,2001:db8::1\n",
        "crawl-index": b" CDX a b e\nhttp://a.example/ 20260801120000 192.0.2.1\n",
        "warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-08-01T12:00:00Z\r\nWARC-Target-URI: https://a.example/\r\nWARC-IP-Address: 192.0.2.1\r\nContent-Length: 45\r\n\r\nHTTP/1.1 200 OK\r\nServer: ddos-guard\r\n\r\n<html>\r\n\r\n",
        "memento": b'HTTP/2 200\nmemento-datetime: Sat, 01 Aug 2026 12:00:00 GMT\nlink: <http://a.example/>; rel="original"\nx-archive-orig-server: ddos-guard\n',
        "host": b'www.a.example is an alias for a.example.\na.example has address 192.0.2.1\na.example descriptive text "a;b"\na.example has no MX record\nHost b.example not found: 3(NXDOMAIN)\n',
        "nslookup": b'Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nName:\ta.example\nAddress: 192.0.2.1\na.example\n\torigin = n.example\n\tmail addr = h\n\tserial = 1\n\trefresh = 2\n\tretry = 3\n\texpire = 4\n\tminimum = 5\na.example\trdata_65 = 1 . alpn="h2"\n** server can\'t find b.example: NXDOMAIN\nName:    c.example\nAddresses:  192.0.2.2\n\t  192.0.2.3\nAliases:  d.example\n',
        "bind-cache": b"; Cache dump of view '_default' (cache _default)\n$DATE 20260801124954\n; glue\na.example.\t9\tNS\tns.example.\n; authanswer\n\t\t9\tSOA\tn. h. (\n1 2 3 4 5 )\n; answer\nb.example.\t9\t\\-ANY\t;-$NXDOMAIN\n",
        "unbound-cache": b"START_RRSET_CACHE\n;rrset 9 1 0 8 0\na.example.\t9\tIN\tA\t192.0.2.1\nEND_RRSET_CACHE\nSTART_MSG_CACHE\nmsg b.example. IN A 32899 1 9 0 0 1 0\nexample. IN SOA 4\nEND_MSG_CACHE\nEOF\n",
        "tinydns": b".a.example:192.0.2.53:a:259200\n+b.a.example:192.0.2.1:0:4000000038af1379\n@a.example::mx.example:10\n'a.example:x\\072y\n:a.example:28:\\040\\001\n6a.example:20010db8000000000000000000000002\nZb.example:n:h:1:2:3:4:5\n",
        "columns": b'name,type,value,ttl,priority\na.example,MX,mx.example,60,10\n@,TXT,"x, y",60,\n',
        "as-rel": b"# source:topology|BGP|20260801|x\n6939|64500|-1\n174|6939|0|bgp\n",
    }
    ours = {"recording": _bytes_of(sample())}
    alone = {"dnscontrol", "terraform", "records"}  # forms of which a file has one document
    lines = {name: _line(row) * (1 if name in alone else 2) for name, row in rows.items()}
    return lines | texts | ours


def _line(row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


def sample() -> Recording:
    """Return a small recording."""
    moment = datetime(2026, 8, 1, tzinfo=UTC)
    facts = (("A", "192.0.2.1"), ("NS", "ns.example.net"), ("MX", "10 mx.example.net"))
    return Recording(
        Header(subject="a.example", since=date(2026, 8, 1)),
        tuple(
            Observation(
                subject="a.example", type=kind, status=Status.ANSWER, values=(value,), time=moment
            )
            for kind, value in facts
        ),
    )


def _bytes_of(one: Recording) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x")
        recording.write(one, path)
        return path.read_bytes()


def others() -> dict[str, bytes]:
    """Return a sample of each other kind of file."""
    graph = depgraph.build(sample())
    return {
        "graph.json": exchange.to_json(graph).encode(),
        "graph.graphml": exchange.to_graphml(graph).encode(),
        "table": b"192.0.2.0\t24\t64500\n198.51.100.0\t24\t64501_64502\n",
        "table.json": _line({"syncToken": "1", "createDate": "2026-08-01-00-00-00", "prefixes": [{"ip_prefix": "192.0.2.0/24", "region": "r", "service": "S"}], "ipv6_prefixes": []}),
        "table.ranges": b"192.0.2.0\t192.0.2.255\t64500\tFR\tX, Y\n",
        "table.csv": b'192.0.2.0,192.0.2.255,64500,"X, Y"\n3221226240,3221226495,64501,Z\n',
        "table.names": b'{"64500": "X-AS - X, FR", "64501": "Y"}\n',
        "table.list": b"192.0.2.0/24 # x\n2001:db8::/32\n",
        "table.mmdb": mmdb(),
        "endpoints": _line({"dns": {"192.0.2.1": ["127.0.0.1", 5300]}, "roots": {"a.": ["192.0.2.1"]}, "http": {"a": "http://127.0.0.1"}, "closed": True}),
        "companies.csv": b"id,name,country,aliases,source\nx,X,US,,https://example.org/\n",
        "providers.csv": b"id,name,roles,company,runs_on,aliases,source\nx,X,host;dns,x,,Y,https://example.org/\n",
        "parents.csv": b"company,parent,since,until,source,checked\nx,y,2020-01,..2021,https://example.org/,2026-08-01\n",
        "laws.csv": b"company,country,basis,since,until,source,checked\nx,US,branch,,,https://example.org/,\n",
        "rules-x.csv": b"id,provider,role,signal,pattern,reason,source\nx-1,x,dns,ns-host,ns#.*.x.example,its servers,https://example.org/\n",
        "groups.toml": b'version = "2026-08-01"\n[big-tech]\nname = "X"\nmembers = ["x"]\n',
    }  # fmt: skip


def targets(folder: Path) -> dict[str, tuple[bytes, Callable[[bytes], Any]]]:
    """Return a sample and its door, by name."""

    def of_file(name: str, read: Callable[[Path], Any]) -> Callable[[bytes], Any]:
        path = folder / name

        def door(data: bytes) -> Any:
            path.write_bytes(data)
            return read(path)

        return door

    def entries(path: Path) -> list[Any]:
        found = list(open_any(path, undated=DAY, name="a.example"))
        if len(found) < 20 and path.stat().st_size % 7 == 0:
            several = [one for one in found if isinstance(one, Recording)]
            for one in gather(lambda: several, "a.example", lambda _: None)[:1]:
                depgraph.build(one)
        return found

    found = {name: (data, of_file("scan", entries)) for name, data in scans().items()}
    found["verify"] = (_bytes_of(sample()), lambda data: recording.verify(io.BytesIO(data)))
    doors: dict[str, Callable[[Path], Any]] = {
        "graph.json": exchange.load,
        "graph.graphml": exchange.load,
        "endpoints": Endpoints.read,
    }
    for name, data in others().items():
        if name.startswith("table"):
            doors[name] = routes.read_table
        if name in doors:
            found[name] = (data, of_file(name, doors[name]))
        else:
            apart = f"catalogue of {name}"
            (folder / apart).mkdir(exist_ok=True)
            load = of_file(f"{apart}/{name}", lambda path: providers.load(path.parent))
            found[name] = (data, load)
    return found | parsers(folder)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a sample a little, or not so little."""
    if chance.random() < 0.4 and (changed := _odd_value(data, chance)) is not None:
        data = changed
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 8, 40))
        piece = chance.choice(
            (b"", chance.choice(PIECES), chance.randbytes(size), data[at : at + size] * 3)
        )
        data = data[:at] + piece + data[at + (size if chance.random() < 0.5 else 0) :]
    kind = chance.random()
    if kind < 0.02:
        return gzip.compress(data, mtime=0)[: chance.choice((None, 30))]
    return data.decode("latin-1").encode("utf-16") if kind < 0.03 else data


def _odd_value(data: bytes, chance: random.Random) -> bytes | None:
    """Put an odd value somewhere into a document, None if it is no JSON."""
    try:
        document = json.loads(data.splitlines()[0])
    except (ValueError, IndexError):
        return None
    node: Any = {"": document}
    key: Any = ""
    for _ in range(chance.randrange(8)):
        inner = node[key]
        if isinstance(inner, dict) and inner:
            node, key = inner, chance.choice(sorted(inner))
        elif isinstance(inner, list) and inner:
            node, key = inner, chance.randrange(len(inner))
    value = chance.choice(ODD)
    if node is not document and key == "":
        return None
    node[key] = value
    return json.dumps(document).encode("utf-8", "replace") + b"\n" + data


def fuzz(
    seed: int, *, rounds: int | None = None, seconds: float | None = None
) -> Iterator[tuple[str, str, bytes]]:
    """Give each input with a fault: the target, what went wrong, and the input; and each execution.

    Parameters
    ----------
    seed
        Of the mutations.
    rounds, seconds
        How many inputs for each target, or for how long.

    Yields
    ------
    Target, fault (empty: none; ``unread`` for a line without a word of ours), input.
    """
    chance = random.Random(seed)
    until = time.monotonic() + seconds if seconds is not None else None
    with tempfile.TemporaryDirectory() as folder:
        doors = targets(Path(folder))
        done = 0
        while done < rounds if rounds is not None else time.monotonic() < (until or 0):
            done += 1
            for name, (sample_bytes, door) in doors.items():
                data = mutated(sample_bytes, chance)
                yield name, fault_of(door, data), data


def fault_of(door: Callable[[bytes], Any], data: bytes) -> str:
    """Give an input to a door: what went wrong, empty if nothing did."""
    try:
        found = door(data)
    except DepgraphError as error:
        text = str(error)
        return "" if text.isprintable() else f"not printable: {text!a}"
    except OSError as error:  # of the file itself, such as a name that is too long
        return "" if error.errno is not None else traceback.format_exc(limit=-3)
    except Exception:  # noqa: BLE001  (this is what is looked for)
        return traceback.format_exc(limit=-3)
    lines = [one for one in found if isinstance(one, BadLine)] if isinstance(found, list) else []
    if any(not str(line).isprintable() for line in lines):
        return f"not printable: {[str(line) for line in lines]!a}"
    return "unread" if any("what does not read" in line.error for line in lines) else ""


def enlarged(data: bytes, chance: random.Random) -> bytes:
    """Make an input of 1 MB: a piece of the sample, or an odd one, over and over in its place."""
    if chance.random() < 0.3 and (grown := _long_document(data, chance)) is not None:
        return grown
    at = chance.randrange(len(data) + 1)
    lines = data.splitlines(keepends=True)
    piece = chance.choice(
        (chance.choice(PIECES), data[at : at + chance.choice((1, 2, 8, 40))], chance.choice(lines), data, b" ", b"a", b"1,", b"a.")
    )  # fmt: skip
    return data[:at] + (piece or b" ") * (LARGE // max(1, len(piece))) + data[at:]


def _long_document(data: bytes, chance: random.Random) -> bytes | None:
    """Repeat an element of a JSON array, or a value under many keys, None if it is no JSON."""
    try:
        document = json.loads(data.splitlines()[0])
    except (ValueError, IndexError):
        return None
    inner, several = [document], list[Any]()
    while inner:
        node = inner.pop()
        if isinstance(node, dict | list) and node:
            several.append(node)
            inner += node.values() if isinstance(node, dict) else node
    if not several:
        return None
    node = chance.choice(several)
    one = chance.choice(list(node.values() if isinstance(node, dict) else node))
    count = LARGE // (len(json.dumps(one)) + 10)
    if isinstance(node, dict):
        node.update({f"k{number}": one for number in range(count)})
    else:
        node += [one] * count
    return json.dumps(document).encode() + b"\n"


def large(seed: int, *, seconds: float) -> Iterator[tuple[str, str, bytes]]:
    """Give inputs of 1 MB, each to a process of its own, and what went wrong: as :func:`fuzz`."""
    chance, until = random.Random(seed), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        doors = targets(Path(folder))
        while time.monotonic() < until:
            for name, (sample_bytes, door) in doors.items():
                data = enlarged(sample_bytes, chance)
                yield name, _apart(door, data, Path(folder, "fault")), data


def _apart(door: Callable[[bytes], Any], data: bytes, told: Path) -> str:
    told.write_text("killed")
    before = _resident()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        told.write_text(fault_of(door, data))
        os._exit(0)
    *_, used = os.wait4(child, 0)
    took, held = used.ru_utime + used.ru_stime, (used.ru_maxrss << 10) - before
    if took > SLOW:
        return f"slow: {took:.1f} s"
    if held > HEAVY:
        return f"heavy: {held >> 20} MB"
    return told.read_text()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="inputs of 1 MB: time and memory")
    options = parser.parse_args()
    play = large if options.large else fuzz
    runs: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    faults: dict[str, tuple[str, bytes]] = {}
    for name, fault, data in play(options.seed, seconds=options.seconds):
        runs[name] += 1
        if fault == "unread":
            unread[name] += 1
        elif fault:
            faults.setdefault(f"{name}: {fault.splitlines()[-1][:40]}", (fault[:2000], data))
    for name, count in sorted(runs.items()):
        print(f"{name:16} {count:8} executions, {unread[name]:5} lines without a word of ours")
    print(f"{sum(runs.values())} executions, {len(faults)} kinds of fault")
    for what, (fault, data) in faults.items():
        print(f"\n{what}\n{fault}\ninput: {data[:500]!a}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
