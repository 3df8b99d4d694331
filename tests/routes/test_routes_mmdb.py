"""MMDB files, written here after https://maxmind.github.io/MaxMind-DB/ (version 2.0)."""

import ipaddress
import sys
from datetime import date

import pytest

from depgraph.errors import TableError
from depgraph.routes import Kind, read_table

pytest.importorskip("maxminddb")


def write(tmp_path, content):
    path = tmp_path / "table"
    path.write_bytes(content)
    return path


def control(kind, size):
    assert size < 285
    head = (kind if kind < 8 else 0) << 5 | min(size, 29)
    return (
        bytes([head])
        + (bytes([kind - 7]) if kind >= 8 else b"")
        + (bytes([size - 29]) if size >= 29 else b"")
    )


def encode(value):
    if isinstance(value, str):
        raw = value.encode()
        return control(2, len(raw)) + raw
    if isinstance(value, int):
        raw = value.to_bytes((value.bit_length() + 7) // 8)
        return control(6 if value < 1 << 32 else 9, len(raw)) + raw
    if isinstance(value, dict):
        return control(7, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    return control(11, len(value)) + b"".join(encode(v) for v in value)


def mmdb(pairs, *, epoch=1610668800):
    """Give the bytes of a database of IPv4 and IPv6 prefixes (disjoint), 32-bit records."""
    nodes = [[None, None]]
    data = b""
    for prefix, record in pairs:
        network = ipaddress.ip_network(prefix)
        start = int(network.network_address)
        bits = network.prefixlen + (96 if network.version == 4 else 0)
        at = 0
        for place in range(127, 127 - bits + 1, -1):
            bit = start >> place & 1
            if nodes[at][bit] is None:
                nodes.append([None, None])
                nodes[at][bit] = len(nodes) - 1
            at = nodes[at][bit]
        nodes[at][start >> (128 - bits) & 1] = ("data", len(data))
        data += encode(record)
    count = len(nodes)

    def pointer(record):
        if record is None:
            return count
        return count + 16 + record[1] if isinstance(record, tuple) else record

    tree = b"".join(pointer(record).to_bytes(4) for node in nodes for record in node)
    metadata = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": epoch,
        "database_type": "Test-ASN",
        "description": {"en": "test"},
        "ip_version": 6,
        "languages": ["en"],
        "node_count": count,
        "record_size": 32,
    }
    return tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + encode(metadata)


def test_mmdb(tmp_path):
    data = mmdb(
        [
            ("192.0.2.0/24", {"autonomous_system_number": 64500, "autonomous_system_organization": "Example"}),
            ("198.51.100.0/25", {"asn": "AS64501", "name": "Other"}),
            ("203.0.113.0/24", {"country": "DE"}),
            ("2001:db8::/32", {"autonomous_system_number": 64502}),
        ]
    )  # fmt: skip
    table = read_table(write(tmp_path, data))
    assert (table.kind, table.form, table.date) == (Kind.ROUTING, "mmdb", date(2021, 1, 15))
    assert [tuple(match) for match in table.prefixes] == [
        ("192.0.2.0/24", (64500,)),
        ("198.51.100.0/25", (64501,)),
        ("2001:db8::/32", (64502,)),
    ]
    assert table.names == {64500: "Example", 64501: "Other", 64502: ""}
    for cut in (len(data) - 30, len(data) - 200, 40):
        with pytest.raises(TableError):
            read_table(write(tmp_path, data[:cut]), form="mmdb")
    root_leads_to_itself = b"\0" * 4 + data[4:]
    keys = (
        data.replace(b"record_size", key.encode()) for key in ("record_sizf", "record\u07b6ize")
    )
    for damaged in (*keys, root_leads_to_itself):
        with pytest.raises(TableError, match="a damaged one") as told:
            read_table(write(tmp_path, damaged), form="mmdb")
        assert str(told.value).isprintable()


def test_mmdb_of_countries_and_without_the_package(tmp_path, monkeypatch):
    path = write(tmp_path, mmdb([("192.0.2.0/24", {"country": "DE"})]))
    with pytest.raises(TableError, match="country or city"):
        read_table(path)
    monkeypatch.setitem(sys.modules, "maxminddb", None)
    with pytest.raises(TableError, match="pip install maxminddb"):
        read_table(path)
