"""SPF: the terms of a record, and whom a policy lets send, against RFC 7208 sender by sender."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.records.spf import (
    LOOKUPS,
    Fault,
    Gap,
    evaluate,
    is_record,
    reached,
    terms,
    unquoted,
)


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


@pytest.mark.parametrize(
    "word",
    [
        *("redirect:a.example", "include:", "include", "-", "in", "all:a.example", "i796"),
        *("include:192.0.2.1", "include:a.example/24", "a:x.example/099", "a/24/24", "mx:a..b"),
        *("ip4:", "ip4:192.0.2.256", "ip4:2001:db8::1", "ip6:192.0.2.1", "ip4:192.0.2.0/"),
        *("ip4:192.0.2.0/255.255.255.0", "redirect=192.0.2.1", "redirect=a.example/24"),
    ],
)
def test_one_word_that_is_no_term_makes_the_record_an_error(word):
    text = f"v=spf1 include:a.example {word} -all"
    assert terms(text) is None
    policy = evaluate("shop.example", {"shop.example": [text]}.get)
    assert (policy.fault, dict(policy.included)) == (Fault.SYNTAX, {})


@pytest.mark.parametrize(
    "word",
    [
        *("a//64", "a/24//64", "mx:b.example/0", "ptr", "ptr:b.example", "x=y"),
        *("include=b.example", "exists:%{i}._spf.b.example", "ip6:2001:db8::/32", "exp=%{d}"),
        "a:%{d}/24",
    ],
)
def test_words_that_are_terms(word):
    assert terms(f"v=spf1 {word} -all") is not None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), []),
        (("v=spf1 -all",), [("all", "")]),
        (("v=spf1 a mx include:A.example. ~all a:b.example",), "a mx include all"),
        (("v=spf1 redirect=c.example include:a.example",), "include redirect"),
        (("v=spf1 redirect=c.example ?all",), "all"),
        (("v=spf10 include:a.example",), []),
        (("v=spf1 a", "v=spf1 mx"), []),
        (("v=spf1 redirect=a.example redirect=b.example",), []),
        (("hello", "V=SPF1 include:a.example"), "include"),
    ],
)
def test_what_evaluation_comes_to(texts, expected):
    names = [term.name for term in reached(texts)]
    assert names == (expected.split() if isinstance(expected, str) else [n for n, _ in expected])


def included(own, **others):
    records = {name.replace("_", "."): text for name, text in others.items()}
    texts = {"shop.example": [own]} | {
        name: [text] if text else [] for name, text in records.items()
    }
    return evaluate("shop.example", texts.get)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("v=spf1 include:b.example include:a.example -all", ["b.example", "a.example"]),
        ("v=spf1 +include:a.example ?include:b.example", ["a.example"]),
        ("v=spf1 -include:a.example ~include:b.example include:c.example", ["c.example"]),
        ("v=spf1 redirect=A.Example.", ["a.example"]),
        ("v=spf1 redirect=a.example ~all", []),
        ("v=spf1 -all include:a.example", []),
        ("v=spf1 +all include:a.example", []),
        ("v=spf1 include:%{i}._spf.a.example", []),
        ("v=spf1 include:a.example -all v=spf1 include:b.example -all", ["a.example"]),
        ("v=spf1 include:a.example include:a.example", ["a.example"]),
        # Every sender that the second could let through was refused by the first.
        ("v=spf1 -include:a.example include:a.example", []),
        ("v=spf10 include:a.example", []),
        ("v=spf1", []),
    ],
)
def test_whom_a_record_lets_send(text, names):
    assert list(included(text).included) == names


def test_each_included_name_comes_with_who_names_it():
    policy = included("v=spf1 include:a.example", a_example="v=spf1 redirect=b.example")
    assert dict(policy.included) == {"a.example": "shop.example", "b.example": "a.example"}
    assert policy.gaps == ((Gap.NOT_RECORDED, "b.example"),)


def test_a_policy_that_lets_nobody_send_names_nobody():
    policy = included("v=spf1 include:a.example", a_example="v=spf1 -include:b.example -all")
    assert (dict(policy.included), policy.fault, policy.gaps) == ({}, None, ())


def test_two_policies_are_an_error_and_none_is_read():
    both = ["v=spf1 include:a.example -all", "v=spf1 include:b.example -all"]
    policy = evaluate("shop.example", {"shop.example": both}.get)
    assert (policy.fault, dict(policy.included), policy.has_record) == (Fault.SEVERAL, {}, True)
    assert not evaluate("shop.example", {"shop.example": ["hello"]}.get).has_record


def test_an_included_name_without_a_policy_ends_evaluation():
    policy = included("v=spf1 include:a.example include:b.example include:c.example", b_example="")
    assert list(policy.included) == ["a.example"]
    assert (policy.fault, policy.missing) == (Fault.NO_RECORD, ("b.example",))


def test_what_only_the_sender_decides_is_a_gap():
    policy = included("v=spf1 exists:%{i}.a.example include:%{d}.b.example -exists:c.example -all")
    assert policy.gaps == ((Gap.EXISTS, "%{i}.a.example"), (Gap.MACRO, "%{d}.b.example"))


@pytest.mark.parametrize("count", [LOOKUPS, LOOKUPS + 1])
def test_the_eleventh_look_up_is_not_made(count):
    names = [f"a{n}.example" for n in range(count - 1)]
    text = f"v=spf1 {' '.join(f'include:{name}' for name in names)} mx include:last.example"
    policy = included(text)
    assert list(policy.included) == names[:LOOKUPS]
    assert policy.fault is Fault.LOOK_UPS


def test_look_ups_of_included_policies_count_too():
    policy = included(
        "v=spf1 include:a.example include:b.example -all", a_example="v=spf1 " + "a " * 9 + "-all"
    )
    assert (list(policy.included), policy.fault) == (["a.example"], Fault.LOOK_UPS)


def test_a_circle_ends_by_the_limit():
    policy = included("v=spf1 include:a.example -all", a_example="v=spf1 include:a.example -all")
    assert policy.fault is Fault.LOOK_UPS


def test_a_hostile_record_is_cut():
    assert list(included("v=spf1 " + "include:a.example " * 100_000).included) == ["a.example"]
    assert len(unquoted('"' + "x" * 100_000)) < 20_000


# -- against an evaluation of one sender at a time (RFC 7208, sections 4 to 6) -------------------

NAMES = ["shop.example", "a.example", "b.example", "c.example"]
QUALIFIERS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


class PermanentError(Exception):
    """Evaluation ends in an error."""


def check_host(sender, domain, records, count):
    """Return the result for one sender, and the names by whose policies it was decided."""
    texts = [text for text in records.get(domain, []) if text.split()[0] == "v=spf1"]
    if len(texts) > 1:
        raise PermanentError
    if not texts:
        return "none", []
    words = texts[0].split()[1:]
    redirect = None
    for word in words:
        qualifier, bare = (word[0], word[1:]) if word[0] in QUALIFIERS else ("+", word)
        name, _, value = bare.partition(":")
        if bare == "all":
            return QUALIFIERS[qualifier], []
        if name == "ip4" and value == sender:
            return QUALIFIERS[qualifier], []
        if name == "include":
            count[0] += 1
            if count[0] > 10:
                raise PermanentError
            result, path = check_host(sender, value, records, count)
            if result == "none":
                raise PermanentError
            if result == "pass":
                return QUALIFIERS[qualifier], [value, *path]
        if bare.startswith("redirect="):
            redirect = bare.partition("=")[2]
    if redirect is not None:
        count[0] += 1
        if count[0] > 10:
            raise PermanentError
        result, path = check_host(sender, redirect, records, count)
        if result == "none":
            raise PermanentError
        return result, [redirect, *path]
    return "neutral", []


@st.composite
def worlds(draw):
    """Draw the records of a few names; each has senders of its own."""
    records = {}
    for place, name in enumerate(NAMES):
        words = []
        for number in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(["ip4", "include", "include", "redirect", "all"]))
            qualifier = draw(st.sampled_from(["", "", "+", "-", "~", "?"]))
            other = draw(st.sampled_from(NAMES))
            if kind == "ip4":
                words.append(f"{qualifier}ip4:192.0.2.{place * 10 + number}")
            elif kind == "include":
                words.append(f"{qualifier}include:{other}")
            elif kind == "redirect" and not any("redirect" in word for word in words):
                words.append(f"redirect={other}")
            elif kind == "all":
                words.append(f"{qualifier}all")
        count = draw(st.sampled_from([1, 1, 1, 1, 0, 2]))
        records[name] = [" ".join(["v=spf1", *words])] * count
    return records


@settings(max_examples=500, deadline=None)
@given(worlds())
def test_whoever_may_send_does_so_by_an_included_name(records):
    policy = evaluate("shop.example", records.get)
    for number in range(50):
        try:
            result, path = check_host(f"192.0.2.{number}", "shop.example", records, [0])
        except PermanentError:
            # What errs for one sender errs for the policy, or comes after one that matched.
            assert policy.fault is not None
            continue
        if result == "pass":
            assert set(path) - {"shop.example"} <= set(policy.included)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["", "+", "-", "~", "?"]), min_size=3, max_size=3), st.booleans())
def test_exactly_those_who_may_send_are_included(qualifiers, closed):
    one, two, three = qualifiers
    records = {
        "shop.example": [f"v=spf1 {one}include:a.example {two}include:b.example -all"],
        "a.example": [f"v=spf1 ip4:192.0.2.1 {three}include:c.example -all"],
        "b.example": ["v=spf1 -all" if closed else "v=spf1 ip4:192.0.2.2 -all"],
        "c.example": ["v=spf1 ip4:192.0.2.3 -all"],
    }
    passing = set()
    for number in range(1, 4):
        result, path = check_host(f"192.0.2.{number}", "shop.example", records, [0])
        if result == "pass":
            passing |= set(path)
    assert set(evaluate("shop.example", records.get).included) == passing
