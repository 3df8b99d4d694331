"""Attributions as rows of a table."""

import csv
import json

from depgraph.survey import attribute_cases, csv_lines

CASES = [
    json.dumps(
        {
            "id": "=x1",
            "domain": "shop.com",
            "date": "2026-04-01",
            "records": {"MX": ["20 mx.other.net", "10 aspmx.l.google.com"], "A": ["192.0.2.1"]},
            "ip_info": [{"ip": "192.0.2.1", "asn": "AS13335"}],
            "tls": {"issuer": "C=US, O=Let's Encrypt, CN=R3", "chain": ["CN=shop.com", "CN=R3"]},
        }
    ),
    "no case",
]


def test_each_entry_of_a_layer_is_a_row_with_its_rule_and_confidence():
    head, *rows = csv.reader(csv_lines(attribute_cases(CASES)))
    table = [dict(zip(head, row, strict=True)) for row in rows]
    by_layer = {}
    for row in table[:-1]:
        by_layer.setdefault(row["layer"], []).append(row)
    (front,) = by_layer["front"]
    assert (front["provider"], front["rule"], front["confidence"]) == (
        "cloudflare",
        "cloudflare/asn/13335",
        "likely",
    )
    assert [(row["provider"], row["needed"]) for row in by_layer["mx"]] == [
        ("google-workspace", ""),
        ("~other.net", "false"),
    ]
    assert [row["provider"] for row in by_layer["ca"]] == ["lets-encrypt"]
    assert by_layer["dns"][0]["unknown"] == "not-asked"
    assert [row["provider"] for row in by_layer["gateway"]] == [""]
    assert table[0]["id"] == "'=x1"  # no formula in a spreadsheet
    assert table[-1]["line"] == "2"
    assert table[-1]["error"].startswith("expected")


def test_a_row_is_one_line():
    case = json.dumps({"domain": "shop.com", "id": 'a "quoted"\nname, of two lines'})
    assert all("\n" not in line for line in csv_lines(attribute_cases([case])))
