"""Team Cymru's tables: the most specific route, and nothing of what does not fit."""

import pytest

from depgraph.records.cymru import read_as, read_origin


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (
            ["64500 | 192.0.2.0/24 | US | arin | 2010-01-01"],
            "allocated 2010-01-01,asn 64500,country US,prefix 192.0.2.0/24,registry arin",
        ),
        (
            ["64500 | 192.0.0.0/16 | US | arin | ", "64501 64502 | 192.0.2.0/24 | US | ARIN | "],
            "asn 64501,asn 64502,country US,prefix 192.0.2.0/24,registry arin",
        ),
        (
            ["64500 | 192.0.2.0/24 |  |  | ", "64501 | 192.0.2.0/24 |  |  | "],
            "asn 64500,asn 64501,prefix 192.0.2.0/24",
        ),
        (["64500 | 2001:db8::/32 | US | arin | "], ""),
        (["64500 | 198.51.100.0/24 | US | arin | "], ""),
        (["64500 | 192.0.2.0/24"], ""),
        ([], ""),
    ],
)
def test_routes(texts, values):
    assert ",".join(read_origin("192.0.2.7", texts)) == values


def test_an_as_is_not_another():
    texts = ["64501 | US | arin | | OTHER", "64500 | | RIPENCC | | EXAMPLE | A, NL"]
    assert read_as("AS64500", texts) == ("name EXAMPLE | A, NL", "registry ripencc")
    assert read_as("AS64502", texts) == ()
