"""CAA: who may issue, and for which certificates."""

import pytest

from depgraph.records.caa import Property, issuer, read_property


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('0 issue "ca.example"', Property(False, "issue", "ca.example")),
        ("0 ISSUE ca.example; account=1", Property(False, "issue", "ca.example; account=1")),
        ('128 issuewild ""', Property(True, "issuewild", "")),
        ('0 iodef "mailto:a@b.example"', Property(False, "iodef", "mailto:a@b.example")),
        ('256 issue "ca.example"', None),
        ('0 issue "ca.example" more', None),
        ("issue ca.example", None),
        ("", None),
    ],
)
def test_properties(text, found):
    assert read_property(text) == found


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ('0 issue "CA.Example."', "ca.example"),
        ('0 issue "ca.example; validationmethods=dns-01"', "ca.example"),
        ('0 issue ";"', ""),
        ('0 issue ""', ""),
        ('0 issue "%%%%"', ""),  # malformed: allows nobody (RFC 8659, section 4.2)
        ('0 iodef "mailto:a@b.example"', None),
        ('0 issuewild "ca.example"', None),
    ],
)
def test_who_may_issue(text, domain):
    assert issuer(text) == domain


def test_wildcards_have_a_tag_of_their_own():
    assert issuer('0 issuewild "ca.example"', tag="issuewild") == "ca.example"
    assert issuer('0 issue "ca.example"', tag="issuewild") is None
