"""What RIPEstat says of an address and of an AS, and what is not of its form."""

import pytest

from depgraph.records.ripestat import read_as, read_origin


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({"asns": ["64500"], "prefix": "192.0.2.0/24"}, ("asn 64500", "prefix 192.0.2.0/24")),
        (
            {"asns": [64500, 64501], "prefix": "192.0.2.0/24"},
            ("asn 64500", "asn 64501", "prefix 192.0.2.0/24"),
        ),
        ({"asns": [], "prefix": ""}, ()),
        ({"asns": ["64500"], "prefix": "198.51.100.0/24"}, None),  # not around the address
        ({"asns": ["64500"], "prefix": "192.0.2.7/24"}, None),
        ({"asns": ["64500"]}, None),
        ({"asns": ["x"], "prefix": "192.0.2.0/24"}, None),
        ({"asns": [None], "prefix": "192.0.2.0/24"}, None),
        ({"asns": "64500", "prefix": "192.0.2.0/24"}, None),
        ({}, None),
        (None, None),
        ([], None),
    ],
)
def test_an_origin(data, values):
    assert read_origin("192.0.2.7", {"data": data}) == values


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({"resource": "64500", "holder": "EX - Example"}, ("name EX - Example",)),
        ({"resource": "AS64500", "holder": "EX - Example"}, ("name EX - Example",)),
        ({"resource": 64500, "holder": None}, ()),
        ({"resource": "64501", "holder": "EX"}, None),
        ({"holder": "EX"}, None),
        (None, None),
    ],
)
def test_an_as(data, values):
    assert read_as("AS64500", {"data": data}) == values


def test_a_document_without_data_is_of_another_form():
    assert read_origin("192.0.2.7", {}) is None
    assert read_as("AS64500", {"status": "error"}) is None
