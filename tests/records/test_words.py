"""Words, names and labels that are read quickly are those that dnspython and IDNA make of them."""

import random
import sys

import dns.exception
import dns.name
import dns.rdata
import dns.tokenizer
import pytest

from depgraph import names
from depgraph.labels import a_label, punycode
from depgraph.records import words

PIECES = (
    '"', "\\", '\\"', "(", ")", ";", " ", "  ", "a", "b.c", "@", "\\#", "\\065", "12", "ü", "\t", "\n", "\r", "\u00a0",
    '""', '"a b"', '"x;y"', '"\\""', "-", ".", "'", "\x0b", "\\ ", '"a"b',
)  # fmt: skip
RECORDS = (
    ("NS", "NS.Example.net."), ("NS", "ns"), ("NS", "@"), ("NS", "."), ("NS", "a..b"), ("NS", "a\\.b"), ("NS", "bücher"), ("NS", "x" * 64),
    ("SOA", "n. h 1 2 3 4 5"), ("SOA", "n. h 1 2 3 4"), ("SOA", "n. h 1 2 3 4 1h"), ("SRV", "1 2 443 t"), ("SRV", "1 2 70000 t"),
    ("CAA", '0 issue "ca.example; a=1"'), ("CAA", '0 iss+e "x"'), ("LOC", "51 30 12.748 N 0 7 39.611 W 0.00m"), ("TXT", '"a\\"b" c'),
    ("HTTPS", '1 . alpn="h2,h3" ipv4hint=192.0.2.1'), ("NAPTR", '1 1 "u" "" "!a!b!" .'), ("DS", "1 8 2 " + "ab " * 32), ("A", "\\# 4 c0000201"),
    ("TYPE65280", "\\# 4 0a000001"), ("TLSA", "3 1 1 " + "0" * 64), ("MX", "10"), ("MX", "10 a b"), ("MX", ""), ("MX", " 10 a "),
)  # fmt: skip


def _tokens(tokenizer):
    found = []
    try:
        while not found or found[-1][0] not in {dns.tokenizer.EOF, dns.tokenizer.EOL}:
            token = tokenizer.get()
            found.append((token.ttype, token.value, token.has_escape, token.comment))
    except dns.exception.DNSException as error:
        found.append(type(error))
    return found


def test_words_are_those_of_dnspython():
    chance, quick = random.Random(12), 0
    for _ in range(6000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(9)))
        tokenizer = words.tokenizer(text)
        quick += type(tokenizer) is not dns.tokenizer.Tokenizer
        assert _tokens(tokenizer) == _tokens(dns.tokenizer.Tokenizer(text)), ascii(text)
    assert quick > 500


def _read(kind, data):
    origin = dns.name.from_text("a.example.")
    try:
        return dns.rdata.from_text("IN", kind, data, origin, False).to_text()
    except dns.exception.DNSException as error:
        return type(error)


@pytest.mark.parametrize(("kind", "data"), RECORDS)
def test_records_are_those_of_dnspython(kind, data):
    by_character = dns.tokenizer.Tokenizer(data, idna_codec=dns.name.IDNA_2008_Practical)
    assert _read(kind, words.tokenizer(data)) == _read(kind, by_character)


def _slow(label):
    try:
        return dns.name.IDNA_2008_Practical.encode(label).decode()
    except (dns.exception.DNSException, UnicodeError):
        return None


def test_labels_are_those_of_idna():
    """All 1,111,936 code points beyond ASCII, alone and beside seven others each, were held against it when this was written."""
    chance = random.Random(12)
    alone = [chr(code) for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    taken = [one for one in chance.sample(alone, 20_000) if a_label(one) is not None]
    assert len(taken) > 1000
    several = [
        "".join(chance.choice(taken + ["a", "9", "-"] * 300) for _ in range(chance.randrange(1, 5)))
        for _ in range(2000)
    ]
    for label in [*taken[:1000], *several]:
        assert (found := a_label(label)) is None or found == _slow(label), ascii(label)


def test_punycode_is_that_of_python():
    chance = random.Random(12)
    for _ in range(3000):
        most = chance.choice((0x7F, 0xFF, 0x5FF, 0xFFFF, sys.maxunicode))
        label = "".join(chr(chance.randrange(most)) for _ in range(chance.randrange(64)))
        if label.isprintable():
            assert punycode(label) == label.encode("punycode").decode(), ascii(label)


def test_names_are_encoded_as_before(monkeypatch):
    texts = ["bücher.example.", "ü.Ж.example", "a.*.é", "é..b", ".é", "é.", "Bücher", "-é", "é" * 60, "x" * 70 + ".é", "a_b.é", "a_é", "א.ü", "é\\.b", "ß", "e\u0301"]  # fmt: skip
    quick = list(map(names.canonical, texts))
    monkeypatch.setattr(names, "a_label", lambda _: None)
    assert quick == list(map(names.canonical, texts))
