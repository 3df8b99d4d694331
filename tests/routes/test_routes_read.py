"""Each format in its documented form, written by us; and what is refused."""

import bz2
import gzip
import json
import lzma
from datetime import date

import pytest

from depgraph.errors import TableError
from depgraph.routes import FORMS, Kind, Service, read_table

PFX2AS = "192.0.2.0\t24\t64500\n198.51.100.0\t24\t64501_64502\n203.0.113.0\t25\t64503,64504_64505\n2001:db8::\t32\t64500\n"
PYASN = "; IP-ASN32-DAT file\n; Original file : rib.20210115.1200.bz2\n; Converted on  : Sat Jan 16\n192.0.2.0/24\t64500\n2001:db8::/32\t64501\n"
IPTOASN = "192.0.2.0\t192.0.2.255\t64500\tDE\tEXAMPLE - Example, GmbH\n192.0.3.0\t192.0.3.255\t0\tNone\tNot routed\n198.51.100.0\t198.51.101.127\t64501\tFR\tAUTRE\n2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t64500\tDE\tEXAMPLE\n"
IP_LOCATION = '192.0.2.0,192.0.2.255,64500,"Example, Inc."\n198.51.100.0,198.51.100.3,64501,Plain\n'
AWS = {
    "syncToken": "1610147658",
    "createDate": "2021-01-08-23-14-18",
    "prefixes": [
        {"ip_prefix": "192.0.2.0/24", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
        {"ip_prefix": "192.0.2.0/24", "region": "eu-west-1", "service": "EC2", "network_border_group": "eu-west-1"},
        {"ip_prefix": "198.51.100.0/24", "region": "GLOBAL", "service": "CLOUDFRONT", "network_border_group": "GLOBAL"},
    ],
    "ipv6_prefixes": [{"ipv6_prefix": "2001:db8::/36", "region": "us-east-1", "service": "S3", "network_border_group": "us-east-1"}],
}  # fmt: skip
GOOGLE = {
    "syncToken": "1", "creationTime": "2026-08-22T10:00:00.0",
    "prefixes": [{"ipv4Prefix": "192.0.2.0/24", "service": "Google Cloud", "scope": "europe-west1"},
                 {"ipv6Prefix": "2001:db8::/44", "service": "Google Cloud", "scope": "us-west1"}],
}  # fmt: skip
AZURE = {
    "changeNumber": 300, "cloud": "Public",
    "values": [
        {"name": "AzureCloud.westeurope", "id": "AzureCloud.westeurope", "properties": {
            "changeNumber": 1, "region": "westeurope", "regionId": 18, "platform": "Azure", "systemService": "",
            "addressPrefixes": ["192.0.2.0/24", "2001:db8::/44"], "networkFeatures": []}},
        {"name": "AzureFrontDoor.Frontend", "id": "AzureFrontDoor.Frontend", "properties": {
            "changeNumber": 1, "region": "", "regionId": 0, "platform": "Azure", "systemService": "AzureFrontDoor",
            "addressPrefixes": ["192.0.2.0/24"], "networkFeatures": []}},
    ],
}  # fmt: skip
CLOUDFLARE = {
    "result": {"ipv4_cidrs": ["192.0.2.0/24"], "ipv6_cidrs": ["2001:db8::/32"], "etag": "x"},
    "success": True,
    "errors": [],
    "messages": [],
}
FASTLY = {"addresses": ["192.0.2.0/24"], "ipv6_addresses": ["2001:db8::/32"]}
ORACLE = {
    "last_updated_timestamp": "2026-08-20T14:49:01.000000",
    "regions": [
        {
            "region": "eu-frankfurt-1",
            "cidrs": [
                {"cidr": "192.0.2.0/24", "tags": ["OCI", "OSN"]},
                {"cidr": "198.51.100.0/25", "tags": ["OBJECT_STORAGE"]},
            ],
        }
    ],
}
CIDR = "# our ranges\n192.0.2.0/24\n198.51.100.7 # one\n\n2001:db8::/32 ; six"


def write(tmp_path, content, name="table"):
    path = tmp_path / name
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pairs(table):
    return [tuple(match) for match in table.prefixes]


def test_pfx2as(tmp_path):
    table = read_table(write(tmp_path, PFX2AS, "routeviews-rv2-20210115-1200.pfx2as"))
    assert (table.kind, table.form, table.date) == (Kind.ROUTING, "pfx2as", date(2021, 1, 15))
    assert pairs(table) == [
        ("192.0.2.0/24", (64500,)),
        ("198.51.100.0/24", (64501, 64502)),
        ("203.0.113.0/25", (64503, 64504, 64505)),
        ("2001:db8::/32", (64500,)),
    ]


def test_pfx2as_keeps_the_order_of_origins_and_joins_lines_of_one_prefix(tmp_path):
    table = read_table(write(tmp_path, "192.0.2.0\t24\t30_10_20\n192.0.2.0\t24\t{7,10}\n"))
    assert pairs(table) == [("192.0.2.0/24", (30, 10, 20, 7))]


def test_pyasn(tmp_path):
    table = read_table(write(tmp_path, PYASN))
    assert (table.form, table.date) == ("pyasn", date(2021, 1, 15))
    assert pairs(table) == [("192.0.2.0/24", (64500,)), ("2001:db8::/32", (64501,))]


def test_iptoasn(tmp_path):
    table = read_table(write(tmp_path, IPTOASN, "ip2asn-2021-01-15.tsv"))
    assert (table.form, table.date) == ("iptoasn", date(2021, 1, 15))
    assert pairs(table) == [
        ("192.0.2.0/24", (64500,)),
        ("198.51.100.0/24", (64501,)),
        ("198.51.101.0/25", (64501,)),
        ("2001:db8::/32", (64500,)),
    ]
    assert table.names == {64500: "EXAMPLE - Example, GmbH", 64501: "AUTRE"}


def test_ip_location_db(tmp_path):
    table = read_table(write(tmp_path, IP_LOCATION))
    assert (table.form, table.date) == ("ip-location-db", None)
    assert pairs(table) == [("192.0.2.0/24", (64500,)), ("198.51.100.0/30", (64501,))]
    assert table.names[64500] == "Example, Inc."


def test_ip_location_db_in_numbers(tmp_path):
    low, high = 0x20010DB8 << 96, (0x20010DB8 << 96) + 2**96 - 1
    table = read_table(write(tmp_path, f"3221225984,3221226239,64500,X\n{low},{high},64501,Y\n"))
    assert pairs(table) == [("192.0.2.0/24", (64500,)), ("2001:db8::/32", (64501,))]


def test_aws(tmp_path):
    table = read_table(write(tmp_path, AWS))
    assert (table.kind, table.form, table.provider) == (Kind.PUBLISHED, "aws", "aws")
    assert table.date == date(2021, 1, 8)
    assert pairs(table) == [
        ("192.0.2.0/24", (Service("AMAZON", "eu-west-1"), Service("EC2", "eu-west-1"))),
        ("198.51.100.0/24", (Service("CLOUDFRONT", "GLOBAL"),)),
        ("2001:db8::/36", (Service("S3", "us-east-1"),)),
    ]


def test_google(tmp_path):
    table = read_table(write(tmp_path, GOOGLE))
    assert (table.form, table.provider, table.date) == ("google", "google-cloud", date(2026, 8, 22))
    assert pairs(table)[0] == ("192.0.2.0/24", (Service("Google Cloud", "europe-west1"),))
    whole = {**GOOGLE, "prefixes": [{"ipv4Prefix": "192.0.2.0/24"}]}
    assert read_table(write(tmp_path, whole)).provider == "google"


def test_azure(tmp_path):
    table = read_table(write(tmp_path, AZURE, "ServiceTags_Public_20260817.json"))
    assert (table.form, table.provider, table.date) == ("azure", "azure", date(2026, 8, 17))
    assert pairs(table) == [
        ("192.0.2.0/24", (Service("AzureCloud", "westeurope"), Service("AzureFrontDoor", ""))),
        ("2001:db8::/44", (Service("AzureCloud", "westeurope"),)),
    ]
    assert read_table(write(tmp_path, {**AZURE, "cloud": "AzureChina"})).provider == "azure-china"


@pytest.mark.parametrize(("document", "provider"), [(CLOUDFLARE, "cloudflare"), (FASTLY, "fastly")])
def test_lists_without_services(tmp_path, document, provider):
    table = read_table(write(tmp_path, document))
    assert (table.form, table.provider, table.date) == (provider, provider, None)
    assert pairs(table) == [
        ("192.0.2.0/24", (Service("", ""),)),
        ("2001:db8::/32", (Service("", ""),)),
    ]


def test_oracle(tmp_path):
    table = read_table(write(tmp_path, ORACLE))
    assert (table.form, table.provider, table.date) == ("oracle", "oracle-cloud", date(2026, 8, 20))
    assert pairs(table)[0] == (
        "192.0.2.0/24",
        (Service("OCI", "eu-frankfurt-1"), Service("OSN", "eu-frankfurt-1")),
    )


def test_plain_lists(tmp_path):
    table = read_table(write(tmp_path, CIDR), provider="hetzner")
    assert (table.kind, table.form, table.provider) == (Kind.PUBLISHED, "cidr", "hetzner")
    assert [p for p, _ in pairs(table)] == ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/32"]
    with pytest.raises(TableError, match="whose ranges"):
        read_table(write(tmp_path, CIDR))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed(tmp_path, pack):
    data = pack(PFX2AS.encode())
    assert pairs(read_table(write(tmp_path, data)))[0] == ("192.0.2.0/24", (64500,))
    with pytest.raises(TableError, match="cut off"):
        read_table(write(tmp_path, data[:-9]))


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("depgraph.intake.LARGEST", 1000)
    with pytest.raises(TableError, match="at most"):
        read_table(write(tmp_path, gzip.compress(b"192.0.2.0/24\n" * 1000)), provider="x")


def test_the_hash_is_checked(tmp_path):
    path = write(tmp_path, PFX2AS)
    digest = read_table(path).sha256
    assert read_table(path, sha256=digest.upper()).sha256 == digest
    path.write_text(PFX2AS.replace("64500", "64999"))
    with pytest.raises(TableError, match="expected SHA-256"):
        read_table(path, sha256=digest)


WHOLE = {
    "pfx2as": PFX2AS, "pyasn": PYASN, "iptoasn": IPTOASN, "ip-location-db": IP_LOCATION,
    **{name: json.dumps(doc) for name, doc in
       {"aws": AWS, "google": GOOGLE, "azure": AZURE, "cloudflare": CLOUDFLARE, "fastly": FASTLY, "oracle": ORACLE}.items()},
}  # fmt: skip


def test_every_form_is_tested():
    assert {*WHOLE, "as-names", "cidr", "mmdb"} == set(FORMS)


@pytest.mark.parametrize("form", WHOLE)
def test_a_file_cut_anywhere_in_a_line_is_refused(tmp_path, form):
    text = WHOLE[form]
    for cut in range(1, len(text)):
        if text[cut - 1] == "\n":
            continue  # cut between two lines: the manifest's hash and the count tell
        with pytest.raises(TableError):
            read_table(write(tmp_path, text[:cut]), form=form)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.0.0.0\t0\t64500\n192.0.2.0\t24\t64500\n", "poisoned"),
        ("192.0.2.0\t24\t64500\n::\t0\t64500\n", "poisoned"),
        ("128.0.0.0\t1\t64500\n", "poisoned"),
        ("192.0.2.1\t24\t64500\n", "line 1: .*behind the prefix length"),
        ("192.0.2.0\t24\t64500\n192.0.2.0\t33\t64500\n", "line 2"),
        ("192.0.2.0\t24\t64500\nx\n", "line 2"),
        ("192.0.2.0\t24\tevil\n", "AS number"),
        ("192.0.2.0\t24\t4294967296\n", "AS number"),
        ("192.0.2.0\t24\t0\n", "found none"),
        ("192.0.2.0\t24\t64500\n192.0.2.1\t24\t0\n", "line 2: .*behind the prefix length"),
        ("192.0.2.9\t192.0.2.1\t0\tNone\tNot routed\n", "first address first"),
        ("; only comments\n192.0.2.0/24\t0\n", "found none"),
        ("192.0.2.9,192.0.2.1,64500,X\n", "first address first"),
        ("0.0.0.0,255.255.255.255,64500,X\n", "poisoned"),
        ("".join(f"10.{i}.0.0,10.{i + 1}.9.9,{i + 1},X\n" for i in range(9)), "do not cross"),
        ('192.0.2.0,192.0.2.255,64500,"X\n', "CSV"),
        ("192.0.2.0,192.0.2.255,64500\n198.51.100.0,198.51.100.1,1,X\n", "expected one of"),
        ("192.0.2.0,192.0.2.255,64500,X,Y\n", "4 fields"),
        ("192.0.2.0,2001:db8::,64500,X\n", "one family"),
        ("192.0.2.0\t192.0.2.255\tx\tDE\tX\n", "AS number"),
        ("<!DOCTYPE html><html>", "web page"),
        ("", "empty"),
        ("\n\n", "empty"),
        ("hello world\n", "expected one of"),
        ("{}", "keys"),
        ("[1]", "keys"),
        ('{"syncToken": 1', "JSON"),
        ('{"syncToken": "1", "createDate": "x", "prefixes": [{"ip_prefix": "0.0.0.0/0"}]}', "poisoned"),
        ('{"syncToken": "1", "createDate": "x", "prefixes": [{}]}', "as documented"),
        ('{"syncToken": "1", "createDate": "x", "prefixes": []}', "found none"),
        ('{"result": null, "success": false}', "as documented"),
        ("[" * 100_000, "JSON"),
        ("\x00\x01\x02garbage", "expected one of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_whole_and_said_in_one_short_line(tmp_path, text, said):
    with pytest.raises(TableError, match=said) as caught:
        read_table(write(tmp_path, text, "the-file"))
    message = str(caught.value)
    assert message.startswith("the-file: ")
    assert len(message) < 400
    assert message.isprintable()


def test_a_wrong_provider_or_form(tmp_path):
    path = write(tmp_path, FASTLY)
    with pytest.raises(TableError, match="those of fastly"):
        read_table(path, provider="cloudflare")
    with pytest.raises(TableError, match="that of fastly"):
        read_table(path, form="aws")
    with pytest.raises(TableError, match="expected a format"):
        read_table(path, form="zip")
    assert read_table(path, form="fastly", provider="fastly").provider == "fastly"


def test_names_from_outside_are_one_printable_line(tmp_path):
    text = f"192.0.2.0\t192.0.2.255\t64500\tDE\t\x1b[31mred\x07 {'x' * 500}\n"
    name = read_table(write(tmp_path, text)).names[64500]
    assert name.isprintable()
    assert len(name) <= 120


def test_windows_line_ends_and_a_byte_order_mark(tmp_path):
    text = "\ufeff" + PFX2AS.replace("\n", "\r\n")
    assert pairs(read_table(write(tmp_path, text)))[0] == ("192.0.2.0/24", (64500,))


@pytest.mark.parametrize(
    "text",
    [
        "64500 EXAMPLE-AS - Example, US\n64501 OTHER-AS, DE\n",
        "# a comment\nAS64500  EXAMPLE-AS - Example, US\nAS64501 OTHER-AS, DE\n",
        '{"64500": "EXAMPLE-AS - Example, US", "64501": "OTHER-AS, DE", "64502": ""}',
    ],
)
def test_a_list_of_names_has_no_prefixes(tmp_path, text):
    table = read_table(write(tmp_path, text, "asnames-2026-06-17.txt"))
    assert (table.form, table.kind, len(table.prefixes)) == ("as-names", Kind.ROUTING, 0)
    assert table.names == {64500: "EXAMPLE-AS - Example, US", 64501: "OTHER-AS, DE"}
    assert table.date == date(2026, 6, 17)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("64500 EXAMPLE-AS\n64501 OTH", "cut off"),
        ("64500 EXAMPLE-AS\nsomething\n", "line 2: expected an AS number"),
        ("4294967296 EXAMPLE-AS\n", "expected an AS number, found"),
        ('{"64500": "EXAMPLE-AS", "64501": ', "cut off"),
        ('{"64500": "EXAMPLE-AS", "64501": 7}', "expected a name"),
    ],
)
def test_a_list_of_names_is_taken_whole_or_not_at_all(tmp_path, text, said):
    with pytest.raises(TableError, match=said):
        read_table(write(tmp_path, text, "asnames-2026-06-17.txt"))
