"""Names: what people type, what they get, and the one line they get for bad input."""

import idna
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from depgraph.errors import InvalidName
from depgraph.names import (
    ROOT,
    canonical,
    display,
    is_below,
    parents,
    parse,
    public_suffix,
    registered_domain,
    written,
)

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

BAD = [
    ("empty", "", "expected a domain name, found nothing: give one, such as example.org"),
    ("blank", " \t\r\n", "expected a domain name, found nothing: give one, such as example.org"),
    (
        "300 characters",
        "a" * 300,
        "expected a domain name of at most 253 characters, found 300: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...'",
    ),
    (
        "300 characters in labels",
        ".".join(["abcdefghi"] * 30),
        "expected a domain name of at most 253 characters, found 299: 'abcdefghi.abcdefghi.abcdefghi.abcdefghi.abcdefghi.abcdefghi.abcdefghi.abcde...'",
    ),
    (
        "long label",
        "a" * 64 + ".com",
        "expected labels of at most 63 characters, found 64 in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com'",
    ),
    (
        "long IDNA label",
        "ü" * 60 + ".de",
        "expected an IDNA 2008 label, found 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü': it is too long when encoded (at most 63 characters)",
    ),
    (
        "10 MB",
        "x" * 10_000_000,
        "expected a domain name, found 10000000 characters: a name has at most 253",
    ),
    (
        "two dots",
        "a..b",
        "expected a domain name, found an empty label in 'a..b': two dots in a row or one in front",
    ),
    (
        "leading dot",
        ".example.com",
        "expected a domain name, found an empty label in '.example.com': two dots in a row or one in front",
    ),
    (
        "two trailing dots",
        "example.com..",
        "expected a domain name, found an empty label in 'example.com..': two dots in a row or one in front",
    ),
    ("root", ".", "expected a domain name, found the root: give a name below it"),
    (
        "only dots",
        "...",
        "expected a domain name, found an empty label in '...': two dots in a row or one in front",
    ),
    (
        "bare TLD",
        "com",
        "expected a registered domain or a name below one, found the public suffix 'com': give a name under it, such as example.com",
    ),
    (
        "bare TLD with dot",
        "com.",
        "expected a registered domain or a name below one, found the public suffix 'com': give a name under it, such as example.com",
    ),
    (
        "bare two-level suffix",
        "co.uk",
        "expected a registered domain or a name below one, found the public suffix 'co.uk': give a name under it, such as example.co.uk",
    ),
    (
        "bare IDN TLD",
        "рф",
        "expected a registered domain or a name below one, found the public suffix 'xn--p1ai': give a name under it, such as example.xn--p1ai",
    ),
    (
        "bare label",
        "localhost",
        "expected a registered domain or a name below one, found the single label 'localhost': give the whole name, such as localhost.org",
    ),
    (
        "bare word",
        "parler",
        "expected a registered domain or a name below one, found the single label 'parler': give the whole name, such as parler.org",
    ),
    (
        "IPv4",
        "10.0.0.1",
        "expected a domain name, found the IP address 10.0.0.1: ask about the name it serves",
    ),
    (
        "IPv4 with dot",
        "10.0.0.1.",
        "expected a domain name, found the IP address 10.0.0.1: ask about the name it serves",
    ),
    (
        "IPv4 network",
        "10.0.0.0/8",
        "expected a domain name, found the IP address 10.0.0.0: ask about the name it serves",
    ),
    (
        "IPv4 with port",
        "192.0.2.1:8080",
        "expected a domain name, found the IP address 192.0.2.1: ask about the name it serves",
    ),
    (
        "IPv4 in a URL",
        "http://192.0.2.1/x",
        "expected a domain name, found the IP address 192.0.2.1: ask about the name it serves",
    ),
    (
        "IPv4 full width",
        "１９２．０．２．１",
        "expected a domain name, found the IP address 192.0.2.1: ask about the name it serves",
    ),
    (
        "IPv6",
        "2001:db8::1",
        "expected a domain name, found the IP address 2001:db8::1: ask about the name it serves",
    ),
    (
        "IPv6 loopback",
        "::1",
        "expected a domain name, found the IP address ::1: ask about the name it serves",
    ),
    (
        "IPv6 in brackets",
        "[2001:db8::1]",
        "expected a domain name, found the IP address 2001:db8::1: ask about the name it serves",
    ),
    (
        "IPv6 URL with port",
        "https://[2001:db8::1]:8443/x",
        "expected a domain name, found the IP address 2001:db8::1: ask about the name it serves",
    ),
    (
        "IPv6 zone id",
        "fe80::1%eth0",
        "expected a domain name, found the IP address fe80::1: ask about the name it serves",
    ),
    (
        "unfinished IPv6 URL",
        "http://[2001:db8::1/",
        "expected a domain name, found an unfinished IP literal in 'http://[2001:db8::1/'",
    ),
    (
        "rubbish after IPv6",
        "[::1]x.com",
        "expected a domain name, found an unfinished IP literal in '[::1]x.com'",
    ),
    (
        "bad IPv4",
        "256.256.256.256",
        "expected a domain name, found '256.256.256.256', which ends in a number: no top-level domain does",
    ),
    (
        "short IPv4",
        "127.1",
        "expected a domain name, found '127.1', which ends in a number: no top-level domain does",
    ),
    (
        "number",
        "1234567",
        "expected a domain name, found '1234567', which ends in a number: no top-level domain does",
    ),
    (
        "hexadecimal address",
        "0x7f000001",
        "expected a domain name, found '0x7f000001', which ends in a number: no top-level domain does",
    ),
    (
        "numeric TLD",
        "example.123",
        "expected a domain name, found 'example.123', which ends in a number: no top-level domain does",
    ),
    ("space", "exa mple.com", "expected a domain name, found a space in 'exa mple.com': remove it"),
    (
        "no-break space",
        "exa\u00a0mple.com",
        "expected a domain name, found a space in 'exa\\xa0mple.com': remove it",
    ),
    (
        "ideographic space",
        "exa\u3000mple.com",
        "expected a domain name, found a space in 'exa\\u3000mple.com': remove it",
    ),
    (
        "newline",
        "example.com\nevil.com",
        "expected a domain name, found the control character U+000A in it: remove it",
    ),
    (
        "null",
        "exam\x00ple.com",
        "expected a domain name, found the control character U+0000 in it: remove it",
    ),
    (
        "terminal escape",
        "\x1b[31mexample.com",
        "expected a domain name, found the control character U+001B in it: remove it",
    ),
    (
        "delete",
        "exam\x7fple.com",
        "expected a domain name, found the control character U+007F in it: remove it",
    ),
    (
        "C1 control",
        "exam\x9bple.com",
        "expected a domain name, found the control character U+009B in it: remove it",
    ),
    (
        "line separator",
        "exam\u2028ple.com",
        "expected a domain name, found a space in 'exam\\u2028ple.com': remove it",
    ),
    (
        "bidi override",
        "\u202emoc.elpmaxe",
        "expected a domain name, found the control character U+202E in it: remove it",
    ),
    (
        "bidi isolate",
        "exam\u2066ple.com",
        "expected a domain name, found the control character U+2066 in it: remove it",
    ),
    (
        "zero width space",
        "exam\u200bple.com",
        "expected a domain name, found the control character U+200B in it: remove it",
    ),
    (
        "byte order mark",
        "\ufeffexample.com",
        "expected a domain name, found the control character U+FEFF in it: remove it",
    ),
    (
        "soft hyphen",
        "exam\u00adple.com",
        "expected a domain name, found the control character U+00AD in it: remove it",
    ),
    (
        "lone surrogate",
        "\ud800.com",
        "expected a domain name, found the control character U+D800 in it: remove it",
    ),
    (
        "joiner out of place",
        "ex\u200dample.com",
        "expected an IDNA 2008 label, found 'ex\\u200dample': it has a character where its script does not allow it",
    ),
    (
        "right to left mixed",
        "\u05d0a.com",
        "expected an IDNA 2008 label, found '\\u05d0a': it mixes writing directions",
    ),
    (
        "emoji",
        "💩.la",
        "expected an IDNA 2008 label, found '💩': it has a character that names cannot hold (a symbol, an emoji...): if a registry took it, give xn--ls8h",
    ),
    (
        "snowman",
        "☃.com",
        "expected an IDNA 2008 label, found '☃': it has a character that names cannot hold (a symbol, an emoji...): if a registry took it, give xn--n3h",
    ),
    (
        "combining mark first",
        "\u0301a.com",
        "expected an IDNA 2008 label, found '\\u0301a': it is not well formed",
    ),
    (
        "broken A-label",
        "xn--a.com",
        "expected an IDNA 2008 label, found 'xn--a': it has a character that names cannot hold (a symbol, an emoji...)",
    ),
    (
        "empty A-label",
        "xn--.com",
        "expected an IDNA 2008 label, found 'xn--': it is not well formed",
    ),
    (
        "A-label of ASCII",
        "xn--abc-.com",
        "expected an IDNA 2008 label, found 'xn--abc-': it is not well formed",
    ),
    (
        "hyphens in 3 and 4",
        "äb--cd.com",
        "expected an IDNA 2008 label, found 'äb--cd': it is not well formed",
    ),
    (
        "leading hyphen",
        "-example.com",
        "expected letters, digits and inner hyphens, found the label '-example'",
    ),
    (
        "trailing hyphen",
        "example-.com",
        "expected letters, digits and inner hyphens, found the label 'example-'",
    ),
    (
        "wildcard",
        "*.example.com",
        "expected letters, digits and inner hyphens, found the label '*'",
    ),
    (
        "percent-encoding",
        "ex%61mple.com",
        "expected a domain name, found percent-encoding in 'ex%61mple.com': write the character itself",
    ),
    (
        "percent-encoded URL",
        "https://ex%C3%A9.com/",
        "expected a domain name, found percent-encoding in 'ex%C3%A9.com': write the character itself",
    ),
    ("HTML", "<b>x.com", "expected letters, digits and inner hyphens, found the label '<b>x'"),
    ("quote", "it's.com", 'expected letters, digits and inner hyphens, found the label "it\'s"'),
    (
        "comma",
        "a.com,b.com",
        "expected a domain name, found a comma in 'a.com,b.com': give one name",
    ),
    (
        "unknown scheme",
        "javascript:alert(1)",
        "expected letters, digits and inner hyphens, found the label 'javascript:alert(1)'",
    ),
    (
        "two ports",
        "example.com:80:90",
        "expected letters, digits and inner hyphens, found the label 'com:80:90'",
    ),
    (
        "port of letters",
        "example.com:http",
        "expected letters, digits and inner hyphens, found the label 'com:http'",
    ),
    ("scheme only", "https://", "expected a domain name, found none in 'https://'"),
    ("URL without host", "http:///path", "expected a domain name, found none in 'http:///path'"),
    ("URL with port only", "http://:80/", "expected a domain name, found none in 'http://:80/'"),
    ("path only", "/etc/passwd", "expected a domain name, found none in '/etc/passwd'"),
    ("user only", "user@", "expected a domain name, found none in 'user@'"),
    ("mailto only", "mailto:", "expected a domain name, found none in 'mailto:'"),
    (
        "unassigned character",
        "͸a.com",
        "expected a domain name, found '\\u0378a.com': it has a character that names cannot hold",
    ),
    (
        "slashed fraction",
        "1⁄2.com",
        "expected an IDNA 2008 label, found '1⁄2': it has a character that names cannot hold (a symbol, an emoji...): if a registry took it, give xn--12-c6t",
    ),
    (
        "full-width slash",
        "example.com／x",
        "expected letters, digits and inner hyphens, found the label 'com/x'",
    ),
]


@pytest.mark.parametrize(("typed", "line"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_gives_its_line(typed, line):
    with pytest.raises(InvalidName) as caught:
        parse(typed)
    assert str(caught.value) == line


def test_the_table_is_long_and_its_lines_are_lines():
    assert len(BAD) >= 40
    assert len({row[0] for row in BAD}) == len(BAD)
    for _, _, line in BAD:
        assert len(line.splitlines()) == 1
        assert line.isprintable()
        assert len(line) < 200


def test_only_text_is_a_name():
    with pytest.raises(InvalidName, match=r"^expected a domain name as text, found bytes$"):
        parse(b"example.com")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("example.com", "example.com"),
        ("  Example.COM.\n", "example.com"),
        ("www.parler.com", "www.parler.com"),
        ("_dmarc.example.com", "_dmarc.example.com"),
        ("under_score.example.com", "under_score.example.com"),
        ("a--b.com", "a--b.com"),
        ("ab--cd.com", "ab--cd.com"),
        ("1.example.com", "1.example.com"),
        ("3com.com", "3com.com"),
        ("faß.de", "xn--fa-hia.de"),  # IDNA 2008 keeps it; IDNA 2003 wrote fass.de
        ("FAẞ.de", "xn--fa-hia.de"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),  # decomposed
        ("βόλος.com", "xn--nxasmm1c.com"),
        ("نامه‌ای.com", "xn--mgba3gch31f060k.com"),  # a joiner where Persian needs one
        ("例え。テスト。com", "xn--r8jz45g.xn--zckzah.com"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("xn--fa-hia.de", "xn--fa-hia.de"),
        ("XN--FA-HIA.DE", "xn--fa-hia.de"),
        ("аррӏе.com", "xn--80ak6aa92e.com"),  # all Cyrillic: a registered name of its own
        ("https://example.com", "example.com"),
        ("HTTPS://Example.com:8443/a?b=//c#d", "example.com"),
        ("https://user:pass@example.com/", "example.com"),
        ("https://user%40home@example.com/", "example.com"),
        ("//example.com/x", "example.com"),
        ("example.com/path//twice", "example.com"),
        ("example.com?next=https://other.example", "example.com"),
        ("example.com#https://other.example", "example.com"),
        ("example.com/@someone", "example.com"),
        ("example.com:443", "example.com"),
        ("example.com:", "example.com"),
        ("http:\\\\example.com\\@evil.example", "example.com"),
        ("someone@example.org", "example.org"),
        ("mailto:someone@example.org?subject=Hi", "example.org"),
        ("a@b@example.org", "example.org"),
        ("co.uk.com", "co.uk.com"),
        ("someone.github.io", "someone.github.io"),
        ("github.io", "github.io"),  # a registration, though a private suffix
        ("a" * 63 + ".com", "a" * 63 + ".com"),
        (".".join(["a" * 49] * 5)[:249] + ".com", ".".join(["a" * 49] * 5)[:249] + ".com"),
    ],
)
def test_good_input(typed, name):
    assert parse(typed) == name
    assert parse(name) == name


TYPED = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="abzA.-_0:/@[]%?#\\ ß\u200d\u05d0\u0301💩xn\x1b\u202e。", max_size=40),
    st.from_regex(
        r"(https?://)?([a-z]+@)?[a-zA-Zäß0-9_-]{1,20}(\.[a-z]{2,8}){1,3}(:[0-9]+)?(/.*)?"
    ),
    st.text(max_size=30).map(lambda label: f"xn--{label}.com"),
)


@STEADY
@given(TYPED)
@example("xn--\u0661.com")
@example("[" * 3000)
@example("\u2488com")
def test_anything_gives_a_name_or_one_clean_line(typed):
    try:
        name = parse(typed)
    except InvalidName as error:
        line = str(error)
        assert line.isprintable()
        assert line.startswith("expected ")
        return
    assert parse(name) == name == canonical(name)
    assert name.isascii()
    assert len(name) <= 253
    assert all(0 < len(label) <= 63 for label in name.split("."))
    assert registered_domain(name) is not None
    assert parse(written(name)) == name


@STEADY
@given(st.text(alphabet="aB.\\-_", max_size=20).filter(lambda text: not text.endswith("..")))
def test_canonical_is_idempotent(text):
    assert canonical(canonical(text)) == canonical(text)


def test_canonical_keeps_an_escaped_dot():
    assert canonical("foo\\..") == "foo\\."
    assert canonical("foo\\.") == "foo\\."


def test_families():
    assert parents("a.co.uk") == ["a.co.uk", "co.uk", "uk", "."]
    assert parents(ROOT) == [ROOT]
    assert parents("john\\.doe.example.com")[:2] == ["john\\.doe.example.com", "example.com"]
    assert registered_domain("ns-1.awsdns-07.co.uk") == "awsdns-07.co.uk"
    assert registered_domain("a.b.github.io") == "github.io"
    assert registered_domain("uk") is None
    assert registered_domain(ROOT) is None
    assert public_suffix("a.b.co.uk") == "co.uk"
    assert public_suffix(ROOT) == ROOT
    assert public_suffix("host.unknown-tld") == "unknown-tld"


@STEADY
@given(st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), min_size=1, max_size=6))
def test_parents_and_is_below_agree(labels):
    name = ".".join(labels)
    family = parents(name)
    assert family[0] == name
    assert family[-1] == ROOT
    assert all(is_below(name, ancestor) for ancestor in family)
    assert not is_below("x" + name, name)


def test_display_shows_what_idna_refuses_as_it_is():
    assert display("xn--fa-hia.de") == "faß.de"
    assert display("xn--ls8h.la") == "xn--ls8h.la"
    assert display(ROOT) == ROOT
    with pytest.raises(idna.IDNAError):
        idna.decode("xn--ls8h")


@pytest.mark.parametrize(
    "name",
    [
        "аррӏе.com",  # all Cyrillic
        "gооgle.com",  # mixed: two Cyrillic letters
        "ɡoogle.com",  # a Latin letter of phonetics
        "paypaı.com",  # without its dot
        "βόλος.com",
    ],
)
def test_a_name_that_may_pass_for_another_is_shown_in_both_forms(name):
    encoded = parse(name)
    assert display(encoded) == f"{name} [{encoded}]"


@pytest.mark.parametrize("name", ["bücher.example", "faß.de", "café.fr", "łódź.pl", "example.org"])
def test_a_name_of_common_letters_is_shown_as_it_is_written(name):
    assert display(parse(name)) == name
