"""Rules: frozen rows that say which signal names which provider.

Names are matched on label borders. A pattern is a domain suffix; within a label ``#``
stands for one or more digits and ``*`` for one or more characters that are no dot, so
``awsdns-#.co.uk`` matches ``ns-1.awsdns-12.co.uk`` and nothing else does. A pattern that
begins with ``=.`` matches the name itself only, not what lies below it. AS numbers,
handles, ids and names of organisations are compared whole; addresses by the longest
prefix.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Final

from depgraph.addresses import Network, PrefixMap
from depgraph.folding import fold

NAME_SIGNALS: Final = frozenset(
    {
        "ns-host",
        "ns-domain",
        "soa-mname",
        "cname",
        "host",
        "mx-host",
        "spf-include",
        "dkim",
        "autodiscover",
        "ptr",
        "rdap-host",
    }
)
TEXT_SIGNALS: Final = frozenset({"holder-name", "registrar-name", "issuer", "reported-name"})
EXACT_SIGNALS: Final = frozenset({"asn", "holder-handle", "registrar-id", "tld", "txt"})
EVERY_NAME: Final = "server"
"""A rule for signal ``server`` speaks to every kind of host name: the domain is used by its
operator for its own servers only."""

_ALSO: Final = {"soa-mname": "ns-host", "cname": "host"}
"""Signals whose value is a host name of another kind as well, so that its rules speak too: the
MNAME of a SOA is a name server, the target of an alias a web host."""

RULE_ROLES: Final = frozenset(
    {
        "dns",
        "hosting",
        "front",
        "mailbox",
        "gateway",
        "registrar",
        "registry",
        "back-end",
        "ca",
        "network",
        "holder",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: this signal with this pattern means this provider, in these roles.

    Parameters
    ----------
    id
        Stable; what the edges of a graph carry.
    provider
        Id in the catalogue.
    roles
        Words of :data:`RULE_ROLES`.
    signal
        A kind of signal, or ``server`` for every kind of host name.
    pattern
        See the module's docstring.
    reason, source
        One clause for people; where it is written, or how it was seen and when.
    """

    id: str
    provider: str
    roles: tuple[str, ...]
    signal: str
    pattern: str
    reason: str
    source: str


_LEGAL_FORMS: Final = (
    "inc incorporated llc ltd limited gmbh ag sa sas sarl bv nv ab as oy aps srl spa corp "
    "corporation co company plc pty kg kgaa ooo jsc llp lp se kk pte pvt sro zrt kft doo dba the"
)
_LEGAL: Final = frozenset(_LEGAL_FORMS.split())
LEGAL_FORMS: Final = _LEGAL - {"company", "dba", "the"}  # those are left out for comparing only
"""Legal forms of companies as they end a name, in small letters and without dots."""
_BRACKET: Final = re.compile(r" \([^()]*\)$")


def plain(text: str) -> str:
    """Fold the name of an organisation for comparing: no case, no punctuation, no legal form.

    >>> plain("MarkMonitor, Inc."), plain("DigiCert Inc"), plain("Let's Encrypt")
    ('markmonitor', 'digicert', 'lets encrypt')
    """
    words = fold(text).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


def short_name(text: str) -> str:
    """Return the name of an organisation without its legal form, and without a last bracket.

    >>> short_name("Cloudflare, Inc."), short_name("Alphabet Inc. (Google LLC)")
    ('Cloudflare', 'Alphabet')
    >>> short_name("Netcup Pty Ltd"), short_name("AG")
    ('Netcup', 'AG')
    """
    name = _BRACKET.sub("", text)
    while True:
        head, _, last = name.rpartition(" ")
        if not head or not LEGAL_FORMS.issuperset(fold(last).split()):
            return name
        name = head.rstrip(" ,")


def alike_names(name: str, company: str) -> bool:
    """Tell whether the company's name adds nothing to that of a service of its own.

    >>> alike_names("Verisign (.com)", "Verisign, Inc."), alike_names("RcodeZero (nic.at)", "nic.at")
    (True, True)
    >>> alike_names("Fundació puntCAT", "Fundacio puntCAT"), alike_names("Gandi", "Your.Online")
    (True, False)
    """
    words, of = fold(name).split(), plain(company).split()
    inside = any(words[at : at + len(of)] == of for at in range(len(words)))
    return words[:1] == of[:1] or inside


def called(company: str, brands: Iterable[str]) -> tuple[str, str]:
    """Return by which name a reader knows a company, and its own where that is another.

    The brand that a service meets; of several that begin alike what they have in common. A
    company of brands that have nothing in common is called by its own name.

    Parameters
    ----------
    company
        Its short name.
    brands
        The short names of those of its providers that are met.

    >>> called("Your.Online", ["Gandi"]), called("Alphabet", ["Google Cloud", "Google Play"])
    (('Gandi', 'Your.Online'), ('Google', 'Alphabet'))
    >>> called("Cloudflare", ["Cloudflare"]), called("GoDaddy", ["Domain Factory", "Media Temple"])
    (('Cloudflare', ''), ('GoDaddy', ''))
    """
    several = sorted(set(brands))
    if not several or any(alike_names(brand, company) for brand in several):
        return company, ""
    words = zip(*(brand.split() for brand in several), strict=False)
    brand = " ".join(here[0] for here in takewhile(lambda here: len(set(here)) == 1, words))
    if not brand or fold(company).startswith(fold(brand)):
        return company, ""
    return brand, company


def slug(text: str) -> str:
    """Return the id of an operator that is known by a text only: ``~open-contact``.

    >>> slug("Open Contact, Ltd")
    '~open-contact'
    """
    return "~" + "-".join(plain(text).split())[:80]


@dataclass(slots=True)
class _Node:
    """One label of the trie of names, read from the right."""

    plain: dict[str, _Node] = field(default_factory=dict)
    wild: list[tuple[re.Pattern[str], _Node]] = field(default_factory=list)
    below: list[Rule] = field(default_factory=list)
    exact: list[Rule] = field(default_factory=list)


def _wild(label: str) -> re.Pattern[str]:
    parts = (
        r"[0-9]+" if part == "#" else r"[^.]+" if part == "*" else re.escape(part)
        for part in re.split(r"([#*])", label)
    )
    return re.compile("".join(parts))


class Rules:
    """All rules, indexed so that a look-up does not depend on how many there are."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rows: tuple[Rule, ...] = tuple(rules)
        self._root = _Node()
        self._whole: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.rows:
            self._add(rule)
        self._by_prefix = PrefixMap(_prefixes(self.rows))

    def _add(self, rule: Rule) -> None:
        if rule.signal == EVERY_NAME or rule.signal in NAME_SIGNALS:
            only = rule.pattern.startswith("=.")
            node = self._root
            for label in reversed(rule.pattern.removeprefix("=.").split(".")):
                node = _child(node, label)
            (node.exact if only else node.below).append(rule)
        elif rule.signal != "address":
            for key in _keys(rule.signal, rule.pattern):
                self._whole.setdefault((rule.signal, key), []).append(rule)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in self.rows}

    @cached_property
    def _under(self) -> dict[str, dict[str, Rule]]:
        """Registered domain -> provider -> a rule for name servers at or below it."""
        from depgraph.names import registered_domain  # noqa: PLC0415  (slow to import)

        table: dict[str, dict[str, Rule]] = {}
        for rule in self.rows:
            if rule.signal in {"ns-host", EVERY_NAME} and "dns" in rule.roles:
                domain = registered_domain(rule.pattern.removeprefix("=."))
                if domain and "#" not in domain and "*" not in domain:
                    table.setdefault(domain, {}).setdefault(rule.provider, rule)
        return table

    def match(self, kind: str, value: str) -> Iterator[Rule]:
        """Give the rules that speak to a signal, the most specific first.

        Parameters
        ----------
        kind, value
            As in :class:`~depgraph.providers.signals.Signal`.
        """
        if kind in NAME_SIGNALS:
            yield from self._of_kind(kind, value, self._met(value))
        elif kind == "address":
            yield from self._match_address(value)
        elif kind == "tld":
            from depgraph.names import is_registry_below  # noqa: PLC0415  (slow to import)

            above = () if is_registry_below(value) else (value.rsplit(".", 1)[-1],)
            for name in dict.fromkeys((value, *above)):
                yield from self._whole.get((kind, name), ())
        else:
            for key in _keys(kind, value):
                if (kind, key) in self._whole:
                    yield from self._whole[kind, key]
                    break

    def of_name(self, name: str) -> Iterator[Rule]:
        """Give every rule that speaks to a name, of whatever kind of signal it is."""
        met = self._met(name)
        for kind in sorted(NAME_SIGNALS):
            yield from self._of_kind(kind, name, met)

    def extend(self, name: str) -> bool:
        """Tell whether a rule is about names below a name only: its pattern goes on past that."""
        nodes = [self._root]
        for label in reversed(name.lower().rstrip(".").split(".")):
            nodes = [
                child
                for node in nodes
                for child in (
                    *((node.plain[label],) if label in node.plain else ()),
                    *(child for test, child in node.wild if test.fullmatch(label)),
                )
            ]
        return any(node.plain or node.wild for node in nodes)

    def _of_kind(self, kind: str, name: str, met: Sequence[list[Rule]]) -> Iterator[Rule]:
        """Give those of the rules met on the way to a name that speak to a signal of a kind."""
        if kind != "ns-domain":
            yield from _speaking(met, kind)
            return
        yield from _speaking(met, "ns-host")
        # Servers deeper than their registered domain: of one provider only, or of none.
        under = self._under.get(name, {})
        if len(under) == 1:
            yield from under.values()

    def _met(self, name: str) -> list[list[Rule]]:
        """Return the rules on the way down to a name, those of each node together."""
        if len(name) > 255:
            return []
        found: list[list[Rule]] = []
        nodes = [self._root]
        labels = name.lower().rstrip(".").split(".")
        for depth, label in enumerate(reversed(labels), start=1):
            reached: list[_Node] = []
            for node in nodes:
                child = node.plain.get(label)
                if child is not None:
                    reached.append(child)
                reached.extend(child for test, child in node.wild if test.fullmatch(label))
            if not reached:
                break
            nodes = reached
            for node in nodes:
                here = node.below + node.exact if depth == len(labels) else node.below
                if here:
                    found.append(here)
        return found

    def _match_address(self, value: str) -> Iterator[Rule]:
        try:
            address = ipaddress.ip_address(value)
        except ValueError:
            return
        for _, rule in self._by_prefix.covering(address):
            yield rule


def _speaking(met: Iterable[list[Rule]], kind: str) -> list[Rule]:
    """Return those rules whose signal is of a kind, the most specific first."""
    speaking = {kind, _ALSO.get(kind, kind), EVERY_NAME}
    found: list[Rule] = []
    for here in met:
        rules = [rule for rule in here if rule.signal in speaking]
        found.extend(sorted(rules, key=lambda rule: rule.signal == kind))
    return found[::-1]


def _prefixes(rules: Iterable[Rule]) -> Iterator[tuple[Network, Rule]]:
    """Yield the prefix of each rule about addresses; one that is none never matches."""
    for rule in rules:
        if rule.signal == "address":
            with suppress(ValueError):  # the checker of the catalogue says what is wrong
                yield ipaddress.ip_network(rule.pattern), rule


def _child(node: _Node, label: str) -> _Node:
    if "#" not in label and "*" not in label:
        return node.plain.setdefault(label, _Node())
    test = _wild(label)
    for known, child in node.wild:
        if known.pattern == test.pattern:
            return child
    child = _Node()
    node.wild.append((test, child))
    return child


def _keys(kind: str, value: str) -> tuple[str, ...]:
    """Give the forms in which a value is compared whole, the exact one first."""
    if kind in TEXT_SIGNALS:
        words = plain(value)
        # data sets squeeze names ("starfieldtechnologiesinc"); the legal form stays in
        squeezed = "".join(
            char for char in unicodedata.normalize("NFKD", value[:300]) if char.isalnum()
        )
        return tuple(dict.fromkeys((words, squeezed.casefold())))
    if kind == "txt":  # what stands before the "=" of a verification record
        return (value.split("=", 1)[0].strip().lower()[:100],)
    if kind == "asn":
        return (value.strip().upper().removeprefix("AS"),)
    if kind == "holder-handle":
        return (value.strip().upper(),)
    return (value.strip().lower(),)
