"""MMDB files, written here after https://maxmind.github.io/MaxMind-DB/ (version 2.0)."""

import ipaddress
import sys
from datetime import date

import pytest

from depgraph.errors import TableError
from depgraph.routes import Kind, read_table
from depgraph.routes.origins import _children

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


def mmdb(pairs, *, size=32, alias=False):
    """Give the bytes of a database of IPv4 and IPv6 prefixes (disjoint), records of a size.

    With an `alias` those of IPv4 stand below ``::ffff:0:0/96``, too.
    """
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
    if alias:
        nodes[_on_the_way(nodes, 80 * [0] + 15 * [1])][1] = _on_the_way(nodes, 96 * [0])
    return written(nodes, data, size=size)


def _on_the_way(nodes, way):
    at = 0
    for bit in way:
        if nodes[at][bit] is None:
            nodes.append([None, None])
            nodes[at][bit] = len(nodes) - 1
        at = nodes[at][bit]
    return at


def written(nodes, data, *, size=32, version=6):
    """Give the bytes of a database: pairs of a node, None, or the place of a record in `data`."""
    count = len(nodes)

    def pointer(record):
        if record is None:
            return count
        return count + 16 + record[1] if isinstance(record, tuple) else record

    def packed(left, right):
        if (
            size == 28
        ):  # https://maxmind.github.io/MaxMind-DB/#28-bits-medium-database-one-node-is-7-bytes
            between = bytes([left >> 24 << 4 | right >> 24])
            return left.to_bytes(4)[1:] + between + right.to_bytes(4)[1:]
        return left.to_bytes(size // 8) + right.to_bytes(size // 8)

    tree = b"".join(packed(*map(pointer, node)) for node in nodes)
    metadata = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1610668800,
        "database_type": "Test-ASN",
        "description": {"en": "test"},
        "ip_version": version,
        "languages": ["en"],
        "node_count": count,
        "record_size": size,
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


@pytest.mark.parametrize("size", [24, 28, 32])
def test_mmdb_of_each_size_and_with_ipv4_below_ipv6(tmp_path, size):
    several = [
        ("192.0.2.0/24", {"asn": 64500}),
        ("198.51.100.0/24", {"asn": 64501}),
        ("2001:db8::/32", {"asn": 64502}),
    ]
    table = read_table(write(tmp_path, mmdb(several, size=size, alias=True)))
    assert [tuple(match) for match in table.prefixes] == [
        (prefix, (record["asn"],)) for prefix, record in several
    ]


ASN = encode({"asn": 64500})
LEAF = ("data", 0)


def test_mmdb_of_ipv4_alone_and_large_numbers_of_nodes(tmp_path):
    below = [[1, None], *([n, None] for n in range(2, 10)), [LEAF, None]]
    table = read_table(write(tmp_path, written(below, ASN, version=4)))
    assert [tuple(match) for match in table.prefixes] == [("0.0.0.0/10", (64500,))]
    # The first four bits of a record of 28 bits stand apart from the others.
    assert _children(bytes.fromhex("abcdef12345678")) == (0x1ABCDEF, 0x2345678)


@pytest.mark.parametrize(
    "nodes",
    [
        # 2^100 ways to the last node, of a file of 1 kB
        [*([n, n] for n in range(1, 101)), [LEAF, LEAF]],
        [*([n, n] for n in range(1, 101)), [None, None]],
        [[1, None], [LEAF, 1]],
        [[1, None], [2, LEAF], [0, LEAF]],
        # each node once, and more of them than an address has bits
        [*([None, n] for n in range(1, 2000)), [LEAF, LEAF]],
    ],
    ids=["shared", "shared-of-nothing", "circle", "circle-of-the-first", "deep"],
)
@pytest.mark.parametrize("version", [4, 6])
def test_an_mmdb_whose_tree_is_none_is_refused(tmp_path, nodes, version):
    with pytest.raises(TableError, match="search tree leads to a node on two ways"):
        read_table(write(tmp_path, written(nodes, ASN, version=version)))


def tree_of(leaves):
    """Give the nodes of a tree that leads to records (a power of two)."""
    nodes = []
    level = leaves
    while len(level) > 1:
        nodes += [[*pair] for pair in zip(level[::2], level[1::2], strict=True)]
        level = range(len(nodes) - len(level) // 2, len(nodes))
    last = len(nodes) - 1
    turned = {n: last - n for n in range(len(nodes))}  # the first is the one above all
    return [[turned[one] if isinstance(one, int) else one for one in node] for node in nodes[::-1]]


def test_an_mmdb_whose_records_hold_each_other_is_refused(tmp_path):
    long = control(11, 200) + 200 * control(6, 0)
    each = control(11, 1) + b"\x20\x00"  # a list of one: what stands at 0
    leaves = [("data", len(long) + n * len(each)) for n in range(256)]
    data = long + 256 * each
    with pytest.raises(TableError, match="hold each other over and over"):
        read_table(write(tmp_path, written(tree_of(leaves), data, version=4)))


def test_an_mmdb_of_another_version_of_ip_is_refused(tmp_path):
    with pytest.raises(TableError, match="its version of IP is 5"):
        read_table(write(tmp_path, written([[LEAF, None]], ASN, version=5)))
