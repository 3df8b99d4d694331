"""SPF: the terms of a record, and whom it lets send."""

import pytest

from depgraph.records.spf import authorized, is_record, terms, unquoted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("v=spf1 -all", "v=spf1 -all"),
        ('"v=spf1 -all"', "v=spf1 -all"),
        ('"v=spf1 inc" "lude:a.example -all"', "v=spf1 include:a.example -all"),
        ('"say \\"hi\\""', 'say \\"hi\\"'),
        ('"open', '"open'),
    ],
)
def test_strings_are_joined(value, text):
    assert unquoted(value) == text


def test_versions():
    assert is_record("v=spf1")
    assert is_record("V=SPF1 a")
    assert not any(map(is_record, ["v=spf10 a", "v=spf1a", " v=spf1", "spf", ""]))


def test_terms_in_their_order():
    text = "v=spf1 a/24 MX:b.example ip4:192.0.2.0/24 ?include:C.example. exp=e.example ~all"
    assert [(t.qualifier, t.name, t.value) for t in terms(text)] == [
        ("+", "a", "/24"),
        ("+", "mx", "b.example"),
        ("+", "ip4", "192.0.2.0/24"),
        ("?", "include", "c.example"),
        ("", "exp", "e.example"),
        ("~", "all", ""),
    ]
    assert [t.name for t in terms(text) if t.looks_up] == ["a", "mx", "include"]


@pytest.mark.parametrize("word", ["include=a.example", "redirect:a.example", "include:", "-", "in"])
def test_what_is_no_term_is_left_out(word):
    assert terms(f"v=spf1 {word}") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("v=spf1 include:b.example include:a.example -all", ("b.example", "a.example")),
        ("v=spf1 +include:a.example ?include:b.example", ("a.example", "b.example")),
        # forbidden is not allowed (RFC 7208, section 8)
        ("v=spf1 -include:a.example ~include:b.example include:c.example", ("c.example",)),
        ("v=spf1 redirect=A.Example.", ("a.example",)),
        ("v=spf1 include:%{i}._spf.a.example include:192.0.2.1", ()),
        ("v=spf1 include:a.example -all v=spf1 include:b.example -all", ("a.example", "b.example")),
        ("v=spf1 include:a.example include:a.example", ("a.example",)),
    ],
)
def test_whom_a_record_lets_send(text, names):
    assert authorized(text) == names


def test_a_hostile_record_is_cut():
    assert len(authorized("v=spf1 " + "include:a.example " * 100_000)) == 1
    assert len(unquoted('"' + "x" * 100_000)) < 20_000
