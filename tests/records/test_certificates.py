"""Certificates as scanners and data sets write them."""

import pytest

from depgraph.records.certificates import read_certificate


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ("Let's Encrypt", ("issuer Let's Encrypt",)),
        ("C=US, O=Example CA, CN=E1", ("issuer E1", "issuer-organisation Example CA")),
        ("/C=US/O=Example CA/CN=E1", ("issuer E1", "issuer-organisation Example CA")),
        (
            {"issuer": {"CN": "E1", "O": "Example CA"}, "subject": {"CN": "a.example"}},
            ("issuer E1", "issuer-organisation Example CA", "subject a.example"),
        ),
        (
            {
                "issuer_organization": "Example CA",
                "names": ["A.example"],
                "not_after": "2026-05-01T00:00:00Z",
                "chain": ["CN=a.example", "CN=E1, O=Example CA"],
            },
            (
                "chain 0 a.example",
                "chain 1 E1, Example CA",
                "issuer-organisation Example CA",
                "name a.example",
                "not-after 2026-05-01T00:00:00Z",
            ),
        ),
        ({"subject": "a.example"}, ()),
        ({"issuer": None, "chain": None}, ()),
        ({"issuer": 7}, ()),
        (None, ()),
        ([], ()),
    ],
)
def test_a_certificate(given, values):
    assert read_certificate(given) == values


def test_names_are_kept_up_to_a_bound():
    assert (
        len(read_certificate({"issuer": "E1", "names": [f"n{n}.example" for n in range(999)]}))
        == 101
    )
