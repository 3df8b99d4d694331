"""From the log of the lab: the longest chain of dependent questions, and repetitions.

A question can be put when three things are known: its name, the address of the server it is
put to, and that this server has a zone above the name. Each of them stood in some answer (or
is known at the start: the subject, the root servers, IANA's own services). So each question
has an earliest round trip at which it could have been answered, whatever the collector did in
between; the largest of them is the least number of round trips in which these questions can be
asked. It says nothing of whether fewer questions would have done: that is the count beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import dns.exception
import dns.flags
import dns.message
import dns.rdatatype

from depgraph import names

from .registrations import RIRS
from .traffic import Asked
from .world import World, cymru_name, reverse_name

_HOST_IN_TEXT = re.compile(r"(?:include:|redirect=|exists:|a:|mx:)([A-Za-z0-9._-]+)")
_FURTHER = ("CNAME", "NS", "PTR", "DNAME")
_BOOTSTRAP = "data.iana.org"
_IANA_WHOIS = "whois.iana.org"


@dataclass(frozen=True)
class Trace:
    """What a log shows.

    `round_trips` is the length of the longest chain and `chain` the questions on it, first
    to last; `orphans` are questions whose name or server no answer gave.
    """

    round_trips: int
    chain: tuple[Asked, ...]
    questions: int
    repeated: tuple[Asked, ...]
    orphans: tuple[Asked, ...]


def trace(log: Iterable[Asked], world: World, subject: str) -> Trace:
    """Compute the longest chain of dependent questions of one collection."""
    asked = list(log)
    knowledge = _Knowledge(world, subject)
    depth: dict[int, int] = {}
    why: dict[int, int | None] = {}
    changed = True
    while changed:
        changed = False
        for index, question in enumerate(asked):
            needed = knowledge.needs(question)
            if needed is None:
                continue
            at, cause = needed
            at += 2 if question.first else 1
            if index not in depth or at < depth[index]:
                depth[index], why[index] = at, cause
                knowledge.learn(question, at, index)
                changed = True
    last = max(depth, key=lambda i: (depth[i], -i), default=None)
    chain: list[Asked] = []
    at_index = last
    while at_index is not None:
        chain.append(asked[at_index])
        at_index = why[at_index]
    return Trace(
        round_trips=depth[last] if last is not None else 0,
        chain=tuple(reversed(chain)),
        questions=len(asked),
        repeated=repeated(asked),
        orphans=tuple(q for i, q in enumerate(asked) if i not in depth),
    )


def repeated(log: Iterable[Asked]) -> tuple[Asked, ...]:
    """Give the questions put again to the same server over the same transport, after an answer."""
    seen: Counter[tuple[object, ...]] = Counter()
    again = []
    for question in log:
        key = (*question.question, question.proto)
        if seen[key]:
            again.append(question)
        if question.answered is not None:
            seen[key] += 1
    return tuple(again)


Fact = tuple[int, int | None]  # known after so many round trips, from which question


@dataclass
class _Knowledge:
    """What is known after how many round trips, and which question's answer said it."""

    world: World
    subject: str
    facts: dict[tuple[str, ...], Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._name(self.subject, (0, None))
        for host in self.world.by_name[names.ROOT].ns:
            self._put(("server", names.ROOT, host), (0, None))
            for address in self.world.addresses(host):
                self._put(("address", host, address), (0, None))

    def _put(self, key: tuple[str, ...], fact: Fact) -> None:
        if key not in self.facts or fact[0] < self.facts[key][0]:
            self.facts[key] = fact

    def _name(self, name: str, fact: Fact) -> None:
        for parent in names.parents(name):
            self._put(("name", parent), fact)

    # -- what a question needs ---------------------------------------------------------

    def needs(self, asked: Asked) -> Fact | None:
        """Give when a question can be put at the earliest; None while that is not known."""
        if asked.proto == "http":
            return self._latest(self._about_url(asked.name), self._rdap_server(asked.server))
        if asked.proto == "whois":
            return self._latest(self._about_name(asked.name), self._whois_server(asked))
        facts = [self._about_name(asked.name), self._server(asked)]
        if asked.proto == "tcp" and ("truncated", *asked.question) in self.facts:
            facts.append(self.facts["truncated", *asked.question])
        return self._latest(*facts)

    @staticmethod
    def _latest(*facts: Fact | None) -> Fact | None:
        known = [fact for fact in facts if fact is not None]
        return max(known, key=lambda f: f[0]) if len(known) == len(facts) else None

    def _about_name(self, name: str) -> Fact | None:
        exact = self.facts.get(("name", name))
        if exact is not None:
            return exact
        above = (p for p in names.parents(name) if p.count(".") >= 1)
        return next((f for p in above if (f := self.facts.get(("name", p)))), None)

    def _about_url(self, path: str) -> Fact | None:
        if "/domain/" in path:
            return self._about_name(names.canonical(path.rpartition("/")[2]))
        if "/ip/" in path:
            address = path.partition("/ip/")[2].partition("/")[0]
            return self.facts.get(("any-address", address))
        return (0, None)

    def _rdap_server(self, host: str) -> Fact | None:
        known_at_start = {_BOOTSTRAP, "rdap.iana.org", *(h for h, _ in RIRS.values())}
        if host in known_at_start:
            return (0, None)
        return self.facts.get(("bootstrap",), (0, None))

    def _whois_server(self, asked: Asked) -> Fact | None:
        if asked.server == _IANA_WHOIS:
            return (0, None)
        return self.facts.get(("whois", asked.server), (0, None))

    def _server(self, asked: Asked) -> Fact | None:
        """Give when it was known that this address serves a zone above the name."""
        best: Fact | None = None
        for zone in names.parents(asked.name):
            for host in self.world.hosts:
                served = self.facts.get(("server", zone, host))
                address = self.facts.get(("address", host, asked.server))
                both = self._latest(served, address)
                if both and (best is None or both[0] < best[0]):
                    best = both
        return best

    # -- what an answer says -----------------------------------------------------------

    def learn(self, asked: Asked, at: int, index: int) -> None:
        """Take in what the answer to a question says."""
        fact = (at, index)
        if asked.proto == "http":
            if asked.server == _BOOTSTRAP:
                self._put(("bootstrap",), fact)
            for host in re.findall(rb'"port43": *"([^"]+)"', asked.response):
                self._put(("whois", host.decode()), fact)
            return
        if asked.proto == "whois":
            for line in asked.response.decode("utf-8", "replace").splitlines():
                key, _, value = line.partition(":")
                if key in {"refer", "whois"}:
                    self._put(("whois", value.strip()), fact)
            return
        try:
            message = dns.message.from_wire(asked.response)
        except dns.exception.DNSException:
            return
        if message.flags & dns.flags.TC:
            self._put(("truncated", *asked.question), fact)
        for section in (message.answer, message.authority, message.additional):
            for rrset in section:
                owner = names.canonical(rrset.name.to_text())
                for said in self._said(owner, dns.rdatatype.to_text(rrset.rdtype), rrset):
                    self._put(said, fact)

    def _said(self, owner: str, kind: str, rrset: Iterable[object]) -> Iterator[tuple[str, ...]]:
        for rdata in rrset:
            text = str(rdata)
            if kind in {"A", "AAAA"}:
                yield "address", owner, text
                yield "any-address", text
                yield "name", cymru_name(text)
                yield "name", reverse_name(text)
            elif kind in _FURTHER:
                host = names.canonical(text)
                yield from (("name", parent) for parent in names.parents(host))
                if kind == "NS":
                    yield "server", owner, host
            elif kind in {"MX", "SRV", "HTTPS", "SVCB"}:
                host = next((w for w in reversed(text.split()) if w.endswith(".")), ".")
                yield from (("name", p) for p in names.parents(names.canonical(host)))
            elif kind == "TXT":
                origin = re.match(r'"(\d+(?: \d+)*) \|', text)
                for number in origin.group(1).split() if origin else ():
                    yield "name", f"as{number}.asn.cymru.com"
                for host in _HOST_IN_TEXT.findall(text):
                    yield from (("name", p) for p in names.parents(names.canonical(host)))
