"""Samples and doors of what comes over the network, and of what people type: see fuzz.py."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.rrset
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

import depgraph
from depgraph import exchange, names
from depgraph.collect import web
from depgraph.collect.wire import Frame, read_reply
from depgraph.dnssec.anchors import read_anchors
from depgraph.errors import DepgraphError, RecordingError
from depgraph.intake import json_object
from depgraph.observations import Observation, Status
from depgraph.readers import interval, open_any
from depgraph.readers.lists import is_list, read_list
from depgraph.readers.relations import read_relations
from depgraph.readers.table import read_parquet, write_parquet
from depgraph.readers.world import read_world, verify_world, write_world
from depgraph.recording import Header, Recording
from depgraph.records import (
    caa,
    certificates,
    cymru,
    epp,
    rdap,
    rdata,
    reading,
    ripestat,
    spf,
    whois,
)
from depgraph.survey import files
from depgraph.survey.attribution import attribute_cases
from depgraph.survey.learn import learn
from depgraph.text_safety import one_line

Door = Callable[[bytes], Any]
MOMENT = datetime(2026, 8, 1, tzinfo=UTC)
READ = (dns.exception.DNSException, ValueError, IndexError, KeyError, TypeError)
"""What the client takes for a message that cannot be read."""

WHOIS = b"""Domain Name: A.EXAMPLE
Registrar: Example Registrar, Inc.
Registrar URL: https://registrar.example
Updated Date: 2026-01-02T03:04:05Z
Registry Expiry Date: 2027-01-02T03:04:05Z
Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
Registrant Organization: X
Name Server: NS1.A.EXAMPLE 192.0.2.1
DNSSEC: unsigned
>>> Last update of WHOIS database: 2026-08-01T00:00:00Z <<<
"""
IANA = b"domain:       EXAMPLE\norganisation: X Registry\ncountry:      FR\nwhois:        whois.nic.example\nstatus:       ACTIVE\n"
RDAP_DOMAIN = {
    "objectClassName": "domain", "ldhName": "A.EXAMPLE", "handle": "1", "status": ["client transfer prohibited"],
    "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.A.EXAMPLE"}],
    "entities": [{"roles": ["registrar"], "handle": "292", "publicIds": [{"type": "IANA Registrar ID", "identifier": "292"}], "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "X"], ["adr", {"cc": "FR"}, "text", ["", "", "", "", "", "", ""]]]], "links": [{"rel": "about", "href": "https://x.example"}]}],
    "events": [{"eventAction": "expiration", "eventDate": "2027-01-02T03:04:05Z"}], "secureDNS": {"delegationSigned": True}, "links": [{"rel": "related", "href": "https://rdap.x.example/domain/a.example"}],
}  # fmt: skip
RDAP_NETWORK = {
    "objectClassName": "ip network", "handle": "NET-192-0-2-0-1", "startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "name": "X-NET", "country": "FR", "type": "ALLOCATED PA", "ipVersion": "v4",
    "cidr0_cidrs": [{"v4prefix": "192.0.2.0", "length": 24}], "entities": [{"roles": ["registrant"], "handle": "ORG-X", "vcardArray": ["vcard", [["fn", {}, "text", "X SA"], ["kind", {}, "text", "org"]]]}],
    "remarks": [{"title": "description", "description": ["X"]}], "port43": "whois.ripe.net",
}  # fmt: skip
BOOTSTRAP = {"version": "1.0", "publication": "2026-08-01T00:00:00Z", "services": [[["example"], ["https://rdap.x.example/"]]]}  # fmt: skip
RIPESTAT = {"data": {"prefix": "192.0.2.0/24", "asns": [{"asn": 64500, "holder": "X - X SA"}], "resource": "192.0.2.1", "holder": "X - X SA"}, "status": "ok"}  # fmt: skip
CERTIFICATE = {"subject": [[["commonName", "a.example"]]], "issuer": [[["commonName", "E1"]], [["organizationName", "X CA"]]], "notBefore": "Jan  1 00:00:00 2026 GMT", "notAfter": "Jan  1 00:00:00 2027 GMT", "subjectAltName": [["DNS", "a.example"]]}  # fmt: skip
RDATA = (
    "A 192.0.2.1", "AAAA 2001:db8::1", "MX 10 mx.a.example.", "NS ns.a.example.", "SOA ns h 1 2 3 4 5", 'TXT "v=spf1 -all" "x"', "SRV 1 2 3 t.a.example.",
    'CAA 0 issue "x.example; a=b"', "HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1 ech=AAAA", "SVCB 0 s.example.", "TLSA 3 1 1 00ff", "DS 1 8 2 00ff", "DNSKEY 257 3 8 AwEA",
    "RRSIG A 8 2 60 20270101000000 20260101000000 1 a.example. AAAA", "NSEC b.a.example. A RRSIG", "NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A", 'NAPTR 1 1 "u" "x" "!a!b!" .', "LOC 1 N 1 E 1m", "APL 1:192.0.2.0/24", "TYPE65280 \\# 1 00",
)  # fmt: skip
CASE = {"id": "1", "domain": "a.example", "date": "2026-08-01", "records": {"A": ["192.0.2.1"], "MX": ["10 mx.example"], "NS": ["ns.example"]}, "ip_info": {"192.0.2.1": {"OrgName": "X", "asn": "64500"}}}  # fmt: skip
CLAIM = b"our web site is hosted in Europe and does not use Amazon, independent of big-tech"
LIST = b"domain,who\na.example,X\nwww.b.example,\xc3\xa9\nhttps://c.example/,Z\n"


def message() -> bytes:
    """Return a DNS message with an alias, a referral's parts, and a signature."""
    reply = dns.message.make_response(dns.message.make_query("a.example.", "A", want_dnssec=True))
    reply.flags |= dns.flags.AA
    rows: tuple[tuple[list[Any], str, str, str], ...] = (
        (reply.answer, "a.example.", "CNAME", "b.a.example."),
        (reply.answer, "b.a.example.", "A", "192.0.2.1"),
        (reply.answer, "a.example.", "RRSIG", "A 8 2 60 20270101000000 20260101000000 1 a.example. AAAA"),
        (reply.authority, "c.a.example.", "NS", "ns.c.a.example."),
        (reply.authority, "a.example.", "SOA", "ns.a.example. h.a.example. 1 2 3 4 5"),
        (reply.authority, "a.example.", "NSEC", "b.a.example. A RRSIG"),
        (reply.additional, "ns.c.a.example.", "A", "192.0.2.2"),
    )  # fmt: skip
    for section, owner, kind, data in rows:
        section.append(dns.rrset.from_text(owner, 60, "IN", kind, data))
    return bytes(reply.to_wire())


def mmdb() -> bytes:
    """Return a database in MaxMind's format (https://maxmind.github.io/MaxMind-DB/) of 192.0.0.0/8."""

    def packed(value: object) -> bytes:
        if isinstance(value, str):
            return bytes([0x40 | len(value)]) + value.encode()
        if isinstance(value, int):
            return b"\xc4" + value.to_bytes(4)
        if isinstance(value, dict):
            return bytes([0xE0 | len(value)]) + b"".join(
                packed(key) + packed(inner) for key, inner in value.items()
            )
        return b"\x00\x04"  # an empty array

    bits, record = "11000000", {"autonomous_system_number": 64500, "name": "X"}
    tree = b""
    for place, bit in enumerate(bits, 1):  # the last bit leads to the data
        ends = [len(bits).to_bytes(4)] * 2  # nothing is known
        ends[int(bit)] = (place if place < len(bits) else place + 16).to_bytes(4)
        tree += b"".join(ends)
    about = {"binary_format_major_version": 2, "binary_format_minor_version": 0, "build_epoch": 1785585600, "database_type": "ASN", "description": {"en": "x"}, "ip_version": 4, "languages": [], "node_count": len(bits), "record_size": 32}  # fmt: skip
    return tree + bytes(16) + packed(record) + b"\xab\xcd\xefMaxMind.com" + packed(about)


def parsers(folder: Path) -> dict[str, tuple[bytes, Door]]:
    """Return a sample and the door of each parser, by name."""

    def of_json(read: Callable[[dict[str, Any]], Any]) -> Door:
        return lambda data: read(json_object(data, error=RecordingError))

    def of_text(read: Callable[[str], Any]) -> Door:
        return lambda data: read(data.decode("utf-8", "surrogateescape"))

    def of_file(name: str, read: Callable[[Path], Any]) -> Door:
        path = folder / name

        def door(data: bytes) -> Any:
            path.write_bytes(data)
            return read(path)

        return door

    def network(row: dict[str, Any]) -> None:
        rdap.read_network(row, registry="x")
        rdap.read_blocks(row)

    def domain(row: dict[str, Any]) -> None:
        rdap.read_domain(row)
        rdap.is_about(row, "a.example")
        rdap.read_top_level(row, rdap="https://x.example/")

    def stat(row: dict[str, Any]) -> None:
        ripestat.read_origin("192.0.2.1", row)
        ripestat.read_as("AS64500", row)

    def lists(path: Path) -> None:
        is_list(path)
        read_list(path)

    judged = depgraph.build(Recording(Header(subject="a.example"), ()))
    rows: dict[str, tuple[bytes, Door]] = {
        "message": (message(), _message),
        "whois": (WHOIS, lambda data: _whois(whois.decode(data))),
        "whois iana": (IANA, lambda data: whois.read_iana(whois.decode(data))),
        "rdap domain": (_json(RDAP_DOMAIN), of_json(domain)),
        "rdap network": (_json(RDAP_NETWORK), of_json(network)),
        "bootstrap": (_json(BOOTSTRAP), of_json(lambda row: rdap.base_for_domain(row, "a.example"))),
        "ripestat": (_json(RIPESTAT), of_json(stat)),
        "certificate": (_json(CERTIFICATE | {"issuer": "C=US, O=X, CN=Y"}), of_json(certificates.read_certificate)),
        "cymru": (b"64500 | 192.0.2.0/24 | FR | ripencc | 2020-01-01\n64500 | FR | ripencc | 2020-01-01 | X, FR", of_text(_cymru)),
        "spf": (b'"v=spf1 include:_spf.%{d} a:b.example/24//64 mx ip4:192.0.2.0/24 exists:%{ir}.x ptr redirect=c.example -all"', of_text(_spf)),
        "caa": (b'0 issue "x.example; account=1"', of_text(lambda text: (caa.read_property(text), caa.issuer(text)))),
        "epp": (b"clientTransferProhibited https://icann.org/epp#x", of_text(lambda text: (epp.epp_status(text), epp.locks(text.split()), epp.not_delegated(text.split())))),
        "rdata": ("\n".join(RDATA).encode(), of_text(_rdata)),
        "names": ("a.example\nhttps://Www.B\u00fccher.example:8/x\n*.c.example\nxn--80ak6aa92e.com\n".encode(), of_text(_names)),
        "days": (b"2026-08-01\n2026-08\n2026-08-01T10:00:00+02:00\n2026-08-01/2026-08-03", of_text(_days)),
        "retry after": (b"120\nSat, 01 Aug 2026 12:00:00 GMT", lambda data: [web._retry_after(line) for line in data.decode("latin-1").splitlines()]),  # noqa: SLF001
        "case": (_json(CASE), lambda data: list(attribute_cases(data.splitlines()[:50]))),
        "learn": (_json(CASE), lambda data: learn(data.splitlines()[:50])),
        "claim": (CLAIM, of_text(lambda text: depgraph.check(judged, text))),
        "list": (LIST, of_file("list", lists)),
        "anchors": (b". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D ; x\n", of_file("anchors", read_anchors)),
        "relations": (b"# source:topology|BGP|20260801|x\n6939|64500|-1\n174|6939|0|bgp\n", of_file("relations", lambda path: read_relations(path, {64500}, time=MOMENT))),
        "analysis": (exchange.to_json(judged).encode(), of_file("graph", _analysis)),
    }  # fmt: skip
    return rows | _packed(folder, of_file)


def _packed(
    folder: Path, of_file: Callable[[str, Callable[[Path], Any]], Door]
) -> dict[str, tuple[bytes, Door]]:
    """Return a sample and the door of each form that is no text."""
    one = Recording(
        Header(subject="a.example", since=MOMENT.date()),
        tuple(
            Observation(
                subject="a.example", type=kind, status=Status.ANSWER, values=(value,), time=MOMENT
            )
            for kind, value in (("A", "192.0.2.1"), ("MX", "10 mx.example.net"))
        ),
    )
    parquet, packed, book = (folder / name for name in ("x.parquet", "x.world", "x.xlsx"))
    write_parquet([one], parquet)
    write_world([one], packed)
    measured = folder / "measured.parquet"
    row = {"query_type": "MX", "query_name": "a.example.", "response_type": "MX", "response_name": "a.example.", "timestamp": 1785585600000, "status_code": 0, "mx_address": "mx.example.", "mx_preference": 10, "as": "64500"}  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), measured)
    workbook = openpyxl.Workbook()
    for row in (("domain", "who"), ("a.example", "X")):
        workbook.worksheets[0].append(row)
    workbook.save(book)
    folder_of_survey = folder / "survey"
    files.save(depgraph.survey([one]), folder_of_survey)
    services = folder_of_survey / "services.parquet"

    def worlds(path: Path) -> None:
        if not verify_world(path):
            list(read_world(path))

    return {
        "parquet": (parquet.read_bytes(), of_file("parquet", lambda path: list(read_parquet(path)))),
        "openintel": (measured.read_bytes(), of_file("measured", lambda path: list(open_any(path)))),
        "world": (packed.read_bytes(), of_file("world", worlds)),
        "workbook": (book.read_bytes(), of_file("book.xlsx", read_list)),
        "survey": (services.read_bytes(), of_file("survey/services.parquet", lambda path: files.load(path.parent))),
    }  # fmt: skip


def _json(row: object) -> bytes:
    return json.dumps(row).encode()


def _message(data: bytes) -> None:
    every: list[Any] = []
    for kind, zone in itertools.product(("A", "NS", "MX", "TXT", "HTTPS"), ("example", "")):
        try:
            read = dns.message.from_wire(data, ignore_trailing=True)
            frame = Frame(zone=zone, server="192.0.2.53", server_name="ns.example", time=MOMENT)
            reply = read_reply(read, "a.example", kind, frame)
        except READ:
            return
        every += [reply.primary, *reply.rest]
    if len(data) < 300:
        depgraph.build(Recording(Header(subject="a.example"), tuple(every)))


def _whois(text: str) -> None:
    whois.read_whois(text)
    whois.is_about(text, "a.example")


def _cymru(text: str) -> None:
    cymru.read_origin("192.0.2.1", text.splitlines())
    cymru.read_as("AS64500", text.splitlines())


def _spf(text: str) -> None:
    spf.is_record(text)
    spf.terms(text)
    spf.reached([text])
    spf.evaluate("a.example", lambda _: [spf.unquoted(text)])


def _rdata(text: str) -> None:
    for line in text.splitlines()[:200]:
        kind, _, words = line.partition(" ")
        with contextlib.suppress(DepgraphError):
            reading.from_text(kind, words)
        with contextlib.suppress(DepgraphError, dns.exception.DNSException, ValueError):
            reading.read_rdata(kind, words)
        for read in (rdata.host, rdata.exchange, rdata.preference, rdata.address, rdata.asn, rdata.is_type, rdata.last_word):  # fmt: skip
            read(words)


def _names(text: str) -> None:
    for line in text.splitlines()[:200]:
        one_line(line)
        for read in (names.parse, names.canonical):
            with contextlib.suppress(DepgraphError):
                read(line)


def _days(text: str) -> None:
    for line in text.splitlines()[:200]:
        with contextlib.suppress(DepgraphError):
            interval(line)


def _analysis(path: Path) -> None:
    graph = exchange.load(path)
    depgraph.takedown(graph, level="provider", upto=1)
    depgraph.dependence(graph, on="big-tech")
