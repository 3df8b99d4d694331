"""Attacks by hostile zones and registries, each a row: live servers on loopback, all in one process.

A row says what the zone holds, how its server lies, and the bounds that hold all the same: the
questions put in all, those put to one address and to the victim (`shop.com`, whose servers and
names the zone points at), the rows recorded, the nodes built. And what may be said: the addresses
at which the web may be, and whether it may be called "not offered". A time-out of an honest server
on a busy machine makes an answer unknown, which is always allowed. No bound is one of time.
"""

from __future__ import annotations

import contextlib
import itertools
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

import dns.edns
import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rrset
import fake_shop
import pytest
from fake_dns import World

from depgraph.analysis import takedown
from depgraph.collect import Budget, observe
from depgraph.errors import CollectionError
from depgraph.graph import build
from depgraph.names import is_below
from depgraph.observations import Status
from depgraph.recording import to_bytes
from depgraph.vocabulary import Confidence

HONEST, POISON = "192.0.2.9", "192.0.2.66"
BUDGET = Budget(timeout=0.15, hedge=0.05, tries=1, retries=0)
VICTIM = (fake_shop.DYN1, fake_shop.DYN2, fake_shop.ULTRA1, fake_shop.ULTRA2)
_ROOTS = (fake_shop.ROOT, fake_shop.TLD)

Lie = Callable[[dns.message.Message, str], "bytes | None"]


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One attack of the zone ``NAME.com``; in its lines ``@`` stands for that.

    Parameters
    ----------
    text
        Lines ``owner type data`` of the zone beside SOA, NS and an honest address.
    lie
        Given the name, returns what its server does with a question; None answers honestly.
    delegation
        Lines of ``com`` in place of one name server with glue.
    more
        Further zones, ``name: lines``, served by the same server.
    may, absent, named
        The addresses at which the web may be said to be; whether it may be "not offered"; who, beside
        the registry of ``com``, may be said to be able to stop a function, alone and for certain.
    questions, party, victim, received, rows, held, nodes
        Bounds: of all questions (with those that are put twice), of those put to one address
        other than a root's and a registry's, of those about names of the victim or to its
        servers, of bytes received, of rows written and the bytes they have, of nodes built.
    """

    text: str = ""
    lie: Callable[[str], Lie] | None = None
    delegation: str = ""
    more: dict[str, str] = field(default_factory=dict)
    may: frozenset[str] = frozenset({HONEST})
    absent: bool = False
    named: frozenset[str] = frozenset()
    questions: int = 80
    party: int = 50
    victim: int = 0
    received: int = 10_000
    rows: int = 120
    held: int = 30_000
    nodes: int = 90


# -- lies: what a server does with a question ------------------------------------------------


def _asks(query: dns.message.Message, *kinds: str) -> bool:
    return dns.rdatatype.to_text(query.question[0].rdtype) in kinds


def added(section: str, *records: str, to: tuple[str, ...] = ("A",), rcode: int = 0):
    """Answer honestly to the question, and add records ``owner type data`` to a section."""

    def of(name: str) -> Lie:
        def lie(query: dns.message.Message, _: str) -> bytes | None:
            if not _asks(query, *to):
                return b"go on"
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.AA
            reply.set_rcode(rcode)
            owner = query.question[0].name.to_text()
            if section != "answer" and not rcode and owner == f"{name}.com.":
                reply.answer.append(dns.rrset.from_text(owner, 300, "IN", "A", HONEST))
            for record in records:
                at, kind, data = record.replace("@", f"{name}.com").split(None, 2)
                rrset = dns.rrset.from_text(f"{at}.", 300, "IN", kind, data)
                getattr(reply, section).append(rrset)
            return reply.to_wire(max_size=65535)

        return lie

    return of


def altered(change: Callable[[dns.message.Message], bytes | None], *kinds: str):
    """Make the wire of the reply from the question itself, of some types or of all."""

    def of(_: str) -> Lie:
        return lambda query, _: change(query) if not kinds or _asks(query, *kinds) else b"go on"

    return of


def _poisoned(query: dns.message.Message) -> dns.message.Message:
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    reply.answer.append(dns.rrset.from_text(query.question[0].name, 300, "IN", "A", POISON))
    return reply


def other_id(query: dns.message.Message) -> bytes:
    reply = _poisoned(query)
    reply.id ^= 0x5555
    return reply.to_wire()


def other_question(query: dns.message.Message) -> bytes:
    return _poisoned(dns.message.make_query("www.shop.com", "A", id=query.id)).to_wire()


def other_type(query: dns.message.Message) -> bytes:
    wire = bytearray(_poisoned(query).to_wire())
    end = 12 + len(query.question[0].name.to_wire() or b"")
    wire[end : end + 2] = struct.pack("!H", 99)
    return bytes(wire)


def without_question(query: dns.message.Message) -> bytes:
    reply = _poisoned(query)
    reply.question = []
    return reply.to_wire()


def two_questions(query: dns.message.Message) -> bytes:
    reply = _poisoned(query)
    reply.question = reply.question * 2
    return reply.to_wire()


def a_query_again(query: dns.message.Message) -> bytes:
    reply = _poisoned(query)
    reply.flags &= ~dns.flags.QR
    return reply.to_wire()


def header(query: dns.message.Message, counts: tuple[int, ...], tail: bytes = b"") -> bytes:
    """Make a reply by hand: QR and AA, the question, these counts, and any bytes after it."""
    name = query.question[0].name.to_wire() or b""
    asked = name + struct.pack("!HH", query.question[0].rdtype, 1)
    return struct.pack("!6H", query.id, 0x8400, *counts) + asked + tail


def truncated(query: dns.message.Message) -> bytes:
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.TC
    return reply.to_wire()


def over_tcp(answer: Callable[[dns.message.Message], bytes | None]):
    """Say over UDP that it does not fit, and answer something over TCP."""

    def of(_: str) -> Lie:
        return lambda query, proto: answer(query) if proto == "tcp" else truncated(query)

    return of


def with_rcode(code: int, *kinds: str):
    def change(query: dns.message.Message) -> bytes:
        reply = dns.message.make_response(query)
        reply.set_rcode(code)
        return reply.to_wire()

    return altered(change, *kinds)


def referral(to: Callable[[str, str], tuple[str, str, str]]):
    """Refer each question on: to a zone, a host and its address."""

    def of(name: str) -> Lie:
        def lie(query: dns.message.Message, _: str) -> bytes:
            asked = query.question[0].name.to_text(omit_final_dot=True)
            zone, host, address = to(f"{name}.com", asked)
            reply = dns.message.make_response(query)
            reply.authority.append(dns.rrset.from_text(f"{zone}.", 300, "IN", "NS", f"{host}."))
            if address:
                reply.additional.append(dns.rrset.from_text(f"{host}.", 300, "IN", "A", address))
            return reply.to_wire()

        return lie

    return of


def deeper(apex: str, asked: str) -> tuple[str, str, str]:
    """Refer to the longest name that encloses the question and was not referred to yet."""
    return asked if is_below(asked, apex) else apex, f"ns.{asked}", "198.18.77.1"


def extended_error(query: dns.message.Message) -> bytes:
    reply = dns.message.make_response(query)
    reply.use_edns(0, options=[dns.edns.EDEOption(22, "\x1b]0;evil\x07\u202e<script>" * 40)])
    reply.set_rcode(dns.rcode.SERVFAIL)
    return reply.to_wire()


def recursive(query: dns.message.Message) -> bytes:
    reply = _poisoned(query)
    reply.flags = (reply.flags & ~dns.flags.AA) | dns.flags.RA
    return reply.to_wire()


def other_class(query: dns.message.Message) -> bytes:
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    reply.answer.append(dns.rrset.from_text(query.question[0].name, 1, "CH", "TXT", '"evil"'))
    return reply.to_wire()


def endless(query: dns.message.Message) -> bytes:
    """Answer each name with an alias to another that was never asked for."""
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    name = query.question[0].name.to_text()
    label, _, rest = name.partition(".")
    number = int(label[1:]) + 1 if label[1:].isdigit() else 1
    rest = rest if label[1:].isdigit() else name
    reply.answer.append(dns.rrset.from_text(name, 300, "IN", "CNAME", f"n{number}.{rest}"))
    return reply.to_wire()


TURNS = tuple(f"192.0.2.{n}" for n in range(100, 200))


def turning(name: str) -> Lie:
    """Give another address each time that an address is asked for."""
    several = itertools.cycle(TURNS)

    def lie(query: dns.message.Message, _: str) -> bytes:
        if not _asks(query, "A") or query.question[0].name.to_text().startswith("ns."):
            return b"go on"
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.AA
        rrset = dns.rrset.from_text(f"{name}.com.", 0, "IN", "A", next(several))
        rrset.name = query.question[0].name
        reply.answer.append(rrset)
        return reply.to_wire()

    return lie


def sideways(apex: str, _: str) -> tuple[str, str, str]:
    return "shop.com", f"ns.{apex}", POISON


def silent(_: dns.message.Message) -> None:
    return None


def many(line: str, count: int) -> str:
    """Repeat a line so many times, ``#`` being the number."""
    return "\n".join(line.replace("#", str(n)) for n in range(count))


REGISTRY = frozenset({"provider:verisign", "company:verisign"})
NS = "@ NS ns.@\nns.@ A {server}"
NOWHERE: frozenset[str] = frozenset()
NXDOMAIN = 3

ATTACKS: dict[str, Attack] = {
    # -- facts about others (RFC 2181, section 5.4.1; RFC 5452, section 6) ---------------------
    "control": Attack(),
    "additional": Attack(lie=added("additional", f"ns1.dyn.com A {POISON}")),
    "additional-www": Attack(lie=added("additional", f"www.shop.com A {POISON}")),
    "authority-victim": Attack(lie=added("authority", "shop.com NS ns.@.")),
    "authority-parent": Attack(lie=added("authority", "com NS ns.@.")),
    "authority-root": Attack(lie=added("authority", ". NS ns.@.".replace(". NS", "x NS"))),
    "authority-soa": Attack(lie=added("authority", "shop.com SOA ns.@. x.@. 1 2 3 4 5", to=("AAAA",))),
    "answer-unrelated": Attack(lie=added("answer", f"www.shop.com A {POISON}", "@ A " + HONEST)),
    "answer-alias-out": Attack(
        lie=added("answer", "@ CNAME www.shop.com.", f"www.shop.com A {POISON}"),
        may=frozenset({"192.0.2.34", "198.18.2.10"}),
        questions=170, victim=60, rows=260, nodes=200, received=16_000, held=60_000, named=frozenset({"provider:akamai", "company:akamai", "provider:~AS64504", "company:~AS64504"})),
    "dname-above": Attack(lie=added("answer", "com DNAME @.", to=("AAAA", "TXT")), absent=True, rows=260, held=210_000),
    "signatures": Attack(lie=added("answer", f"@ A {HONEST}", "@ RRSIG A 13 2 300 20300101000000 20200101000000 1 shop.com. AAAA")),
    "denial-of-others": Attack(lie=added("authority", "www.shop.com NSEC zzz.shop.com. A", to=("AAAA",))),
    "glue-of-victim": Attack(text=f"sub.@ NS ns1.dyn.com\nns1.dyn.com A {POISON}\nwww.@ CNAME a.sub.@", victim=12),
    # -- packets that are no answer ------------------------------------------------------------
    "other-id": Attack(lie=altered(other_id), may=NOWHERE),
    "other-question": Attack(lie=altered(other_question), may=NOWHERE),
    "other-type": Attack(lie=altered(other_type), may=NOWHERE),
    "without-question": Attack(lie=altered(without_question), may=NOWHERE),
    "two-questions": Attack(lie=altered(two_questions), may=NOWHERE),
    "query-again": Attack(lie=altered(a_query_again), may=NOWHERE),
    "empty-packet": Attack(lie=altered(lambda _: b""), may=NOWHERE),
    "eleven-bytes": Attack(lie=altered(lambda q: header(q, (1, 0, 0, 0))[:11]), may=NOWHERE),
    "garbage": Attack(lie=altered(lambda q: header(q, (1, 1, 1, 1), b"\xff" * 90)), may=NOWHERE),
    "pointer-to-itself": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xc0\x0c\xc0\x0c" * 9)), may=NOWHERE),
    "pointer-beyond": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xff\xff\0\1\0\1\0\0\0\0\0\4")), may=NOWHERE),
    "record-beyond-the-end": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xc0\x0c\0\1\0\1\0\0\0\1\xff\xff\1")), may=NOWHERE),
    "counts-without-records": Attack(lie=altered(lambda q: header(q, (1, 65535, 65535, 65535))), may=NOWHERE),
    "address-of-three-bytes": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xc0\x0c\0\1\0\1\0\0\0\1\0\3abc")), may=NOWHERE),
    "other-class": Attack(lie=altered(other_class), may=NOWHERE, absent=True),
    "echo": Attack(lie=altered(lambda q: q.to_wire()), may=NOWHERE),
    # -- TCP -----------------------------------------------------------------------------------
    "tcp-closes": Attack(lie=over_tcp(silent), may=NOWHERE),
    "tcp-other-id": Attack(lie=over_tcp(other_id), may=NOWHERE),
    "tcp-truncated-again": Attack(lie=over_tcp(truncated), may=NOWHERE, absent=True),
    "tcp-garbage": Attack(
        lie=over_tcp(lambda q: header(q, (1, 9, 9, 9), b"\0" * 60_000)), may=NOWHERE, absent=True,
        questions=120, party=100, received=2_768_000,
    ),
    # -- how much one answer may cause ---------------------------------------------------------
    "five-hundred-addresses": Attack(
        text=many("www.@ A 203.0.113.#", 250) + "\n" + many("www.@ A 198.51.100.#", 250),
        questions=150, party=75, rows=440, nodes=2300, received=32_000, held=110_000,
    ),
    "name-servers": Attack(text=many("@ NS n#.@", 300), questions=210, party=180, rows=620, nodes=1400, received=30_000, held=140_000),
    "name-servers-of-the-victim": Attack(text=many("@ NS n#.shop.com", 300), questions=150, victim=60, rows=700, nodes=1500, received=26_000, held=155_000),
    "nxns": Attack(text=many("www.@ NS n#.shop.com", 100), questions=150, party=60, victim=60, rows=600, nodes=500, received=24_000, held=155_000),
    "nxns-many-zones": Attack(
        text=many("@ HTTPS # s#.@.", 4) + "\n" + "\n".join(many(f"s{n}.@ NS x{n}-#.shop.com", 30) for n in range(4)),
        questions=150, victim=60, rows=400, nodes=400, received=16_000, held=85_000,
    ),
    "exchanges-of-the-victim": Attack(text=many("@ MX # m#.shop.com.", 300), questions=150, victim=60, rows=460, nodes=1500, received=26_000, held=100_000),
    "bindings-of-the-victim": Attack(text=many("@ HTTPS # h#.shop.com.", 200), questions=140, victim=60, rows=200, nodes=160, received=26_000, held=55_000),
    "policies-of-the-victim": Attack(
        text='@ TXT "v=spf1" ' + " ".join(f'" include:p{n}.shop.com"' for n in range(25)) + ' " -all"',
        questions=90, victim=12, rows=180, held=40_000,
    ),
    "policy-of-itself": Attack(text='@ TXT "v=spf1 include:@ include:a.@ -all"\na.@ TXT "v=spf1 include:@ -all"'),
    "glue-at-the-victim": Attack(
        delegation=many("@ NS g#.@", 30) + "\n" + many(f"g#.@ A {fake_shop.ULTRA2}", 30),
        may=NOWHERE,
        victim=10, rows=280, nodes=220, held=75_000,
    ),
    "glue-at-a-stranger": Attack(
        delegation=many("@ NS g#.@", 30) + "\n" + many("g#.@ A 198.18.77.2", 30),
        may=NOWHERE,
        rows=280, nodes=220, held=75_000,
    ),
    "text-of-60-kilobytes": Attack(text=many('@ TXT "' + "x" * 240 + '#"', 240), received=140_000, held=140_000),
    "every-name-exists": Attack(lie=altered(lambda q: _poisoned(q).to_wire(), "A"), may=frozenset({POISON})),
    # -- ways without an end -------------------------------------------------------------------
    "circle-of-aliases": Attack(text="www.@ CNAME a.@\na.@ CNAME www.@", held=30_000),
    "alias-of-itself": Attack(text="www.@ CNAME www.@"),
    "aliases-without-an-end": Attack(
        lie=altered(endless, "A", "AAAA", "HTTPS", "CAA"), may=NOWHERE,
        questions=320, party=290, rows=440, nodes=140, received=26_000, held=125_000,
    ),
    "chain-of-a-hundred": Attack(
        text="www.@ CNAME c0.@\n" + "\n".join(f"c{n}.@ CNAME c{n + 1}.@" for n in range(100)),
        questions=90, party=60, rows=260, nodes=120, received=12_000, held=70_000,
    ),
    "names-that-grow": Attack(text="www.@ CNAME a.d.@\nd.@ DNAME a.d.@"),
    "bottomless-delegation": Attack(lie=referral(deeper), may=NOWHERE, questions=110, rows=200, held=50_000),
    "referral-to-itself": Attack(lie=referral(lambda apex, _: (apex, f"ns.{apex}", "")), may=NOWHERE),
    "referral-up": Attack(lie=referral(lambda *_: ("com", "a.gtld.net", "")), may=NOWHERE),
    "referral-aside": Attack(lie=referral(sideways), may=NOWHERE),
    "circle-without-glue": Attack(delegation="@ NS ns.second-@\nsecond-@ NS ns.@", may=NOWHERE),
    "chain-without-glue": Attack(
        delegation="@ NS ns.g0-@\n" + "\n".join(f"g{n}-@ NS ns.g{n + 1}-@" for n in range(30)), may=NOWHERE,
        rows=220, nodes=220, held=50_000,
    ),
    "binding-to-itself": Attack(text="@ HTTPS 0 @.\nwww.@ HTTPS 0 @."),
    # -- contradictions and failures: unknown, never "not offered" ------------------------------
    "refused": Attack(lie=with_rcode(5), may=NOWHERE),
    "servfail": Attack(lie=with_rcode(2), may=NOWHERE),
    "formerr-for-ever": Attack(lie=with_rcode(1), may=NOWHERE),
    "notimp": Attack(lie=with_rcode(4), may=NOWHERE),
    "bad-version": Attack(lie=with_rcode(16), may=NOWHERE),
    "an-unknown-code": Attack(lie=with_rcode(11), may=NOWHERE),
    "silent": Attack(lie=altered(silent), may=NOWHERE),
    "recursion": Attack(lie=altered(recursive, "A"), may=frozenset({POISON})),
    "silent-beside-no-such-name": Attack(lie=lambda name: lambda q, p: None if _asks(q, "A") else with_rcode(NXDOMAIN, "AAAA")(name)(q, p), may=NOWHERE),
    "no-such-name-but-mail": Attack(text="@ MX 10 mx.@.\nmx.@ A 192.0.2.10", lie=with_rcode(NXDOMAIN, "A", "AAAA", "HTTPS"), may=NOWHERE),
    "errors-with-words": Attack(lie=altered(extended_error), may=NOWHERE, received=12_000),
    # -- names and values that are none --------------------------------------------------------
    "exchange-with-escapes": Attack(text="@ MX 10 \\027\\091m.@.\n@ MX 20 a\\032b.@."),
    "exchange-at-an-address": Attack(text="@ MX 10 10.0.0.1.\n@ MX 20 127.0.0.1."),
    "server-at-an-address": Attack(text="@ NS 169.254.169.254.\n@ NS localhost.", held=30_000),
    "alias-of-the-root": Attack(text="www.@ CNAME ."),
    "alias-with-escapes": Attack(text="www.@ CNAME \\060script\\062.@."),
    "text-with-escapes": Attack(text='@ TXT "\\027]0;evil\\007\\226\\128\\174" "=cmd|x"'),
    "authority-with-escapes": Attack(
        text='@ CAA 0 issue "\\027[31m;<script>"\n' + many('@ CAA 0 issue "ca#.@"', 200),
        nodes=800, received=28_000, held=45_000,
    ),
    "addresses-inside": Attack(text="www.@ A 127.0.0.1\nwww.@ A 169.254.169.254\nwww.@ AAAA ::ffff:10.0.0.1\nwww.@ AAAA fd00::1"),
    "primary-of-the-victim": Attack(text="@ SOA ns1.dyn.com. x.@. 1 2 3 4 5", questions=100, victim=12, rows=140, held=30_000),
    "dates-without-an-end": Attack(text="@ DNSKEY 257 3 13 AAAA\n@ DS 1 13 2 " + "ab" * 32),
    # -- more of each ----------------------------------------------------------------------------
    "alias-to-nothing-of-the-victim": Attack(text="www.@ CNAME gone.shop.com", victim=60, questions=170, received=20_000, held=40_000),
    "tree-renamed-to-the-victim": Attack(text="www.@ DNAME shop.com\nmail.@ DNAME shop.com\n@ MX 1 mx.mail.@.", victim=60),
    "servers-that-are-aliases": Attack(text=many("@ NS a#.@", 20) + "\n" + many("a#.@ CNAME v#.shop.com", 20), party=90, victim=60, questions=180, received=20_000, nodes=200, rows=400, held=100_000),
    "servers-that-are-aliases-twice": Attack(
        text=many("@ NS a#.@", 20) + "\n" + many("a#.@ CNAME b#.@", 20) + "\n" + many("b#.@ CNAME v#.shop.com", 20),
        party=90, victim=60, questions=180, received=20_000, nodes=200, rows=450, held=130_000,
    ),
    "zones-that-others-serve": Attack(
        text=many("@ MX # a#.@.", 30) + "\n" + many("a#.@ NS v#.shop.com", 30),
        party=130, victim=40, questions=300, received=30_000, nodes=400, rows=600, held=150_000,
    ),
    "zones-that-others-serve-who-exist": Attack(
        text=many("@ MX # a#.@.", 30) + "\n" + many("a#.@ NS there#.shop.com", 30),
        party=130, victim=120, questions=350, received=30_000, nodes=480, rows=600, held=160_000,
    ),
    "zones-that-others-serve-beside-us": Attack(
        text=many("@ MX # a#.@.", 30) + "\n" + many("a#.@ NS ns.@", 30) + "\n" + many("a#.@ NS v#.shop.com", 30),
        party=200, victim=50, questions=300, received=35_000, nodes=550, rows=600, held=160_000,
    ),
    "exchanges-that-are-aliases-of-others": Attack(
        text=many("@ MX # a#.@.", 30) + "\n" + many("a#.@ CNAME v#.shop.com", 30),
        party=130, victim=50, questions=300, received=30_000, nodes=300, rows=500, held=130_000,
    ),
    "policies-that-lead-to-policies-of-others": Attack(
        text='@ TXT "v=spf1" ' + " ".join(f'" include:p{n}.@"' for n in range(5)) + ' " -all"\n' + many('p#.@ TXT "v=spf1 include:v#.shop.com -all"', 5),
        questions=120, victim=30, rows=200, held=50_000,
    ),
    "zones-glued-to-the-victim": Attack(
        text=many("@ MX # a#.@.", 30) + "\n" + many("a#.@ NS n.a#.@", 30) + "\n" + many(f"n.a#.@ A {fake_shop.ULTRA2}", 30),
        party=130, victim=24, questions=250, received=20_000, nodes=400, rows=500, held=140_000,
    ),
    "exchange-of-itself": Attack(text="@ MX 1 m.@.\nm.@ CNAME n.@\nn.@ CNAME m.@"),
    "no-exchange-beside-others": Attack(text="@ MX 0 .\n" + many("@ MX 1 m#.shop.com.", 40), victim=60, questions=150, rows=300, held=70_000, nodes=300),
    "bindings-in-a-circle": Attack(text="@ HTTPS 0 b.@.\nb.@ HTTPS 0 c.@.\nc.@ HTTPS 0 b.@."),
    "hints-inside-and-of-others": Attack(text="@ HTTPS 1 . ipv4hint=127.0.0.1,10.0.0.1,169.254.169.254 ipv6hint=::1,fd00::1"),
    "policy-that-leads-to-itself": Attack(text='@ TXT "v=spf1 redirect=@"\n@ TXT "v=spf1 redirect=b.@"\nb.@ TXT "v=spf1 redirect=@"'),
    "policy-of-exists-and-macros": Attack(text='@ TXT "v=spf1 ' + "exists:%{i}.%{s}.shop.com " * 3 + 'ptr:shop.com mx:shop.com a:shop.com/0 -all"', victim=60, questions=120, rows=200, nodes=160, held=50_000),
    "keys-without-number": Attack(text=many("@ DNSKEY 257 3 13 AAA#", 200) + "\n" + many("@ RRSIG A 13 2 300 20300101000000 20200101000000 # @. AAAA", 200), received=70_000, held=120_000),
    "signatures-of-everything": Attack(lie=added("answer", f"@ A {HONEST}", *(f"@ RRSIG A 13 2 300 20300101000000 20200101000000 {n} @. AAAA" for n in range(300))), received=240_000, held=90_000),
    "no-name-servers-of-its-own": Attack(lie=with_rcode(NXDOMAIN, "NS", "SOA", "DS", "DNSKEY"), received=46_000),
    "names-of-253-characters": Attack(text=many("@ MX 1 " + ".".join(["x" * 61] * 3) + ".y#.@.", 40), questions=160, party=140, rows=300, held=140_000, nodes=400, received=64_000),
    "everything-under-one-star": Attack(text='*.@ A 192.0.2.9\n*.@ MX 1 x.y.z.@.\n*.@ NS ns.@\n*.@ TXT "v=spf1 include:q.@ -all"', rows=200, held=60_000),
    "another-answer-each-time": Attack(lie=turning, may=frozenset(TURNS), rows=200, nodes=260, held=60_000, named=frozenset({"provider:~AS64501", "company:~AS64501"})),
    "records-for-ever": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xc0\x0c\0\1\0\1\xff\xff\xff\xff\0\4\xc0\0\2\x09"), "A")),
    "records-of-no-time": Attack(lie=altered(lambda q: header(q, (1, 1, 0, 0), b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4\xc0\0\2\x09"), "A")),
    "a-type-nobody-knows": Attack(lie=added("answer", f"@ A {HONEST}", "@ TYPE65280 \\# 2 00ff")),
}  # fmt: skip


def _apex(name: str) -> str:
    return f"{name}.com"


def _server(number: int) -> str:
    return f"198.18.{100 + number // 200}.{1 + number % 200}"


class Hostile(World):
    """The shop's world with the zones of all attacks beside it."""

    sent = 0
    known: ClassVar[dict[tuple[str, str], dns.message.Message]] = {}

    @classmethod
    def make(cls) -> Hostile:
        shop, zones = fake_shop.shop(), fake_shop.zones()
        zones["shop.com"] += "\n" + many("there#.shop.com A 192.0.2.#", 30)
        servers = dict(shop.servers) | {"198.18.77.1": (), "198.18.77.2": ()}
        lies = {"198.18.77.2": silent_to_all}
        for number, (name, attack) in enumerate(ATTACKS.items()):
            apex, server = _apex(name), _server(number)
            cut = attack.delegation or NS.replace("{server}", server)
            zones["com"] += "\n" + cut.replace("@", apex)
            lines = f"@ SOA ns.@. x.@. 1 2 3 4 5\n@ NS ns.@\nns.@ A {server}\n@ A {HONEST}\n"
            if "@ SOA" in attack.text:
                lines = lines.split("\n", 1)[1]
            zones[apex] = (lines + attack.text).replace("@", apex)
            servers[server] = (apex,)
            if attack.lie is not None:
                lies[server] = attack.lie(name)
        world = cls(zones, servers, roots=shop.roots)
        world.faults.update(lies)
        return world

    def _wire(self, data: bytes, address: str, *, tcp: bool) -> bytes | None:
        wire = super()._wire(data, address, tcp=tcp)
        self.sent += len(wire or b"")
        return wire

    def answer(self, query: dns.message.Message, address: str) -> dns.message.Message:
        """Answer; the same question once, for some of these answers are large."""
        key = (query.question[0].to_text(), address)
        if key not in self.known:
            self.known[key] = super().answer(query, address)
        reply = self.known[key]
        reply.id = query.id
        return reply


def silent_to_all(_query: dns.message.Message, _proto: str) -> None:
    return None


@pytest.fixture(scope="module")
def world() -> Iterator[Hostile]:
    with Hostile.make() as running:
        yield running


def web_of(graph, name):
    """Give the addresses that the graph gives the web, None where it says that there is no web."""
    node = f"function:{name}/web"
    if graph.nodes[node].get("absent"):
        return None
    found, todo = set(), [node]
    while todo:
        for _, head, relation in graph.out_edges(todo.pop(), keys=True):
            if relation in {"host", "alias", "address"} and head not in found:
                found.add(head)
                todo.append(head)
    return {head.removeprefix("address:") for head in found if head.startswith("address:")}


def certain(graph):
    """Give who can stop a function alone, for certain."""
    return {
        name
        for level in ("provider", "company")
        for function in takedown(graph, level=level, upto=1).functions
        for cut in function.cut_sets
        if not cut.worst_case and cut.confidence is Confidence.CERTAIN
        for name in cut.ids
    }


def collected(world, apex):
    """Observe; once more with patience where the machine was too busy for honest servers."""
    for patience in (1, 10, 60):
        world.asked.clear()
        world.sent = 0
        budget = replace(BUDGET, timeout=BUDGET.timeout * patience)
        with contextlib.suppress(CollectionError):
            recording = observe(
                apex, endpoints=world.endpoints, budget=budget, registration=False, progress=False
            )
            late = {o.server for o in recording if o.status is Status.TIMEOUT}
            if patience > 1 or not late & {*_ROOTS, *VICTIM}:
                return recording
    raise AssertionError("no honest server answered")


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_bounded_and_says_nothing_that_is_not_so(world, name):
    attack, apex = ATTACKS[name], _apex(name)
    recording = collected(world, apex)
    graph = build(recording)
    found = web_of(graph, apex)
    asked = Counter(server for _, _, server, _ in world.asked)
    party = max([n for server, n in asked.items() if server not in _ROOTS], default=0)
    victim = sum(
        server in VICTIM or (is_below(question, "shop.com") and server not in _ROOTS)
        for question, _, server, _ in world.asked
    )
    cost = {
        "questions": len(world.asked), "party": party, "victim": victim, "received": world.sent,
        "rows": len(recording), "held": len(to_bytes(recording)), "nodes": len(graph),
    }  # fmt: skip
    assert not {what: n for what, n in cost.items() if n > getattr(attack, what)}
    assert certain(graph) <= REGISTRY | attack.named
    assert found is not None or attack.absent
    assert (found or set()) <= attack.may
    if POISON not in attack.may:
        assert f"address:{POISON}" not in graph
    assert not [o for o in recording if "fault of depgraph" in o.note]
