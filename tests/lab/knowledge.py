"""What an answer tells, and what must have been told before a question can be put.

A key is a thing that can be known: ``("name", N)`` that a name is of interest, ``("server", Z,
H)`` that host H serves zone Z, ``("address", H, A)`` its address, and a few more. Facts are kept
with the round trip after which they were known and the question whose answer told them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import dns.exception
import dns.flags
import dns.message
import dns.rdatatype

from depgraph import names

from .traffic import Asked
from .world import World, cymru_name, reverse_name

Key = tuple[str, ...]
Fact = tuple[int, int | None]  # known after so many round trips, told by which question

AT_THE_START: Fact = (0, None)
_HOST_IN_TEXT = re.compile(r"(?:include:|redirect=|exists:|a:|mx:)([A-Za-z0-9._-]+)")
_ORIGIN = re.compile(r'"(\d+(?: \d+)*) \|')
_BOOTSTRAP = "data.iana.org"
# Names that a collector brings along.
_CONSTANTS = ("origin.asn.cymru.com", "origin6.asn.cymru.com", "in-addr.arpa", "ip6.arpa")
_IANA = {_BOOTSTRAP, "rdap.iana.org", "whois.iana.org"}


class Knowledge:
    """What is known after how many round trips, and which question's answer told it.

    Parameters
    ----------
    told
        Everything that any answer of the log tells. What none tells may be known otherwise (a
        registry from a table of the collector's own); what one tells is known from then on.
    """

    def __init__(self, world: World, subject: str, *, told: frozenset[Key]) -> None:
        self._world = world
        self._subject = subject
        self._told = told
        self._facts: dict[Key, Fact] = {}
        known = (subject, *_CONSTANTS)
        start: list[Key] = [("name", parent) for name in known for parent in names.parents(name)]
        for host in world.by_name[names.ROOT].ns:
            start.append(("server", names.ROOT, host))
            start += [("address", host, address) for address in world.addresses(host)]
        self._put(start, AT_THE_START)

    def _put(self, keys: Iterable[Key], fact: Fact) -> None:
        for key in keys:
            if key not in self._facts or fact[0] < self._facts[key][0]:
                self._facts[key] = fact

    def learn(self, keys: Iterable[Key], at: int, question: int) -> None:
        """Take in what the answer to a question tells, after so many round trips."""
        self._put(keys, (at, question))

    def needs(self, asked: Asked) -> Fact | None:
        """Give when a question can be put at the earliest; None while that is not known."""
        if asked.proto == "http":
            return _latest(self._about_url(asked.name), self._rdap_server(asked))
        if asked.proto == "whois":
            server = AT_THE_START if asked.server in _IANA else self._or_own("whois", asked.server)
            return _latest(self._about_name(asked.name), server)
        truncated = self._or_own("truncated", *asked.question)
        before = truncated if asked.proto == "tcp" else AT_THE_START
        return _latest(before, self._about_name(asked.name), self._server(asked))

    def _or_own(self, *key: str) -> Fact | None:
        """Give when a thing was known; at the start, if no answer tells it."""
        return self._facts.get(key, None if key in self._told else AT_THE_START)

    def _about_name(self, name: str) -> Fact | None:
        """Give when a name was known: told, or made by convention from one that was."""
        if names.is_below(name, self._subject):
            return AT_THE_START
        if ("name", name) in self._told:
            return self._facts.get(("name", name))
        above = (p for p in names.parents(name) if p.count(".") >= 1)
        return next((f for p in above if (f := self._facts.get(("name", p)))), None)

    def _about_url(self, path: str) -> Fact | None:
        if "/domain/" in path:
            domain = names.canonical(path.rpartition("/")[2])
            return self._about_name(domain) or self._facts.get(("name", domain))
        if "/ip/" in path:
            return self._facts.get(("any-address", _address_in(path)))
        return AT_THE_START

    def _rdap_server(self, asked: Asked) -> Fact | None:
        """Give when it was known whom to ask.

        IANA at the start. The regional registry of an address is named by IANA's list or by
        Team Cymru's answer about it, the server for a domain by IANA's list.
        """
        if asked.server in _IANA:
            return AT_THE_START
        if "/ip/" not in asked.name:
            return self._or_own("bootstrap", "dns.json")
        address = _address_in(asked.name)
        ways = [("registry", address), ("bootstrap", f"ipv{6 if ':' in address else 4}.json")]
        known = [fact for way in ways if way in self._told and (fact := self._facts.get(way))]
        if known:
            return min(known, key=lambda fact: fact[0])
        return None if any(way in self._told for way in ways) else AT_THE_START

    def _server(self, asked: Asked) -> Fact | None:
        """Give when it was known that this address serves a zone above the name."""
        best: Fact | None = None
        for zone in names.parents(asked.name):
            for host in self._world.hosts:
                served = self._facts.get(("server", zone, host))
                address = self._facts.get(("address", host, asked.server))
                both = _latest(served, address)
                if both and (best is None or both[0] < best[0]):
                    best = both
        return best


def _latest(*facts: Fact | None) -> Fact | None:
    known = [fact for fact in facts if fact is not None]
    return max(known, key=lambda f: f[0]) if len(known) == len(facts) else None


def _address_in(path: str) -> str:
    return path.partition("/ip/")[2].partition("/")[0]


def said(asked: Asked, world: World) -> tuple[Key, ...]:
    """List what the answer to a question tells."""
    read = {"http": _said_by_rdap, "whois": _said_by_whois}.get(asked.proto)
    return tuple(read(asked) if read else _said_by_dns(asked, world))


def _said_by_rdap(asked: Asked) -> Iterator[Key]:
    if asked.server == _BOOTSTRAP:
        yield "bootstrap", asked.name.rpartition("/")[2]
    for host in re.findall(rb'"port43": *"([^"]+)"', asked.response):
        yield "whois", host.decode()


def _said_by_whois(asked: Asked) -> Iterator[Key]:
    for line in asked.response.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        if key in {"refer", "whois"}:
            yield "whois", value.strip()


def _said_by_dns(asked: Asked, world: World) -> Iterator[Key]:
    try:
        message = dns.message.from_wire(asked.response)
    except dns.exception.DNSException:
        return
    if message.flags & dns.flags.TC:
        yield "truncated", *asked.question
    origins = {cymru_name(a): a for found in world.hosts.values() for a in found}
    for section in (message.answer, message.authority, message.additional):
        for rrset in section:
            owner = names.canonical(rrset.name.to_text())
            kind = dns.rdatatype.to_text(rrset.rdtype)
            if kind == "TXT" and owner in origins:
                yield "registry", origins[owner]
            for rdata in rrset:
                yield from _said_by_record(owner, kind, rdata.to_text())


def _said_by_record(owner: str, kind: str, text: str) -> Iterator[Key]:
    if kind in {"A", "AAAA"}:
        yield "address", owner, text
        yield "any-address", text
        yield "name", cymru_name(text)
        yield "name", reverse_name(text)
    elif kind == "TXT":
        for number in origin.group(1).split() if (origin := _ORIGIN.match(text)) else ():
            yield "name", f"as{number}.asn.cymru.com"
        for host in _HOST_IN_TEXT.findall(text):
            yield from _names(host)
    elif kind in {"CNAME", "NS", "PTR", "DNAME", "MX", "SRV", "HTTPS", "SVCB"}:
        host = next((word for word in reversed(text.split()) if word.endswith(".")), ".")
        yield from _names(host)
        if kind == "NS":
            yield "server", owner, names.canonical(host)


def _names(host: str) -> Iterator[Key]:
    for parent in names.parents(names.canonical(host)):
        yield "name", parent
