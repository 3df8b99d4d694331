"""What a word means: every actor that it may name, in the graph, the catalogue, or by number."""

from __future__ import annotations

import difflib
import ipaddress
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from depgraph import countries, names
from depgraph.analysis.model import Model
from depgraph.analysis.reserved import Network, reserved_as, reserved_network
from depgraph.errors import InvalidName, QuestionError
from depgraph.folding import fold
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rules import plain, short_name
from depgraph.text_safety import quote
from depgraph.texts import languages, words
from depgraph.texts.refusals import refuse

NAMED: Final = ("group", "company", "provider", "country")
"""Kinds of actors that have names; the others have numbers or addresses."""
NUMBERED: Final = ("asn", "prefix", "block", "address", "nameserver", "region")
SELF: Final = "self"
"""The service itself: its kind, and its name."""
_WITHOUT_KIND: Final = frozenset({"network", "family", SELF})
"""Kinds of meanings that are no node: their ids are written alone."""

_QUOTES: Final = re.compile("[\"“”„«»‹›]|^['‘’]|['‘’]$")
_AS: Final = re.compile(r"asn?:?\s*([0-9]+)", re.IGNORECASE)
_REGION: Final = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)")
_NO_ACTORS: Final = ("host", "exchange", "zone", "registration", "service")
"""Kinds of nodes that have the name of a host and act nowhere."""
_LONGEST: Final = 300
_DIGITS: Final = 10
_NEAR: Final = 0.6
"""Least likeness of a near miss, as :mod:`difflib` measures it."""
_SPELT, _SHORTEST = 0.87, 5
"""Least likeness of a name that a word of a sentence misspells, and letters of such a word."""
_CLOSE: Final = 20
"""Most names that are held against the kind asked for."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One actor, or set of actors, that a word may name.

    Parameters
    ----------
    kind
        ``group``, ``company``, ``provider``, ``country``, ``asn``, ``prefix``, ``block``,
        ``address``, ``nameserver``, ``region``, ``network`` (all addresses in a prefix),
        ``family`` (``ipv4`` or ``ipv6``) or ``self``.
    id
        What distinguishes it within its kind: ``big-tech``, ``amazon``, ``US``, ``16509``.
    name
        For people.
    """

    kind: str
    id: str
    name: str

    @property
    def node(self) -> str:
        """The id of its node in graphs; also how it is written so that it means nothing else."""
        return self.id if self.kind in _WITHOUT_KIND else f"{self.kind}:{self.id}"

    def __str__(self) -> str:
        return self.node if self.name in {self.id, self.node} else f"{self.node} ({self.name})"


@dataclass(frozen=True)
class Lexicon:
    """What words mean for one catalogue and one graph.

    Parameters
    ----------
    catalogue
        Groups, companies and providers by name.
    model
        The graph; None: what the words mean without one.
    """

    catalogue: Catalogue
    model: Model | None = None

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """Return everything that a word may mean.

        All readings are made. Those that name the same actor count as one: a company and its
        brand of the same name are the company, for it decides. A group goes before a country
        code. Articles, "so-called" and quotation marks are left out where the word as it is
        written names nobody.

        Returns
        -------
        tuple of Meaning
            Empty if the word names nobody; several if it is not clear whom.

        Raises
        ------
        QuestionError
            If it is an AS number or address that no network has, and the graph has it neither.
        """
        word = " ".join(_QUOTES.sub(" ", text).split())
        if len(word) > _LONGEST:
            return ()
        kind, colon, rest = word.partition(":")
        if colon and kind.casefold() in {*NAMED, *NUMBERED}:
            return self._of_kind(kind.casefold(), rest.strip())
        for shorter in _without_articles(word):
            if found := self._readings(shorter):
                return self._distinct(found)
        for land in _lands(word):
            if found := [*self._by_name(land, ("group",)), *_country(land)]:
                return self._distinct(found)
        return tuple(self._absent_server(word))

    def nearest(self, text: str, *, most: int = 3) -> tuple[Meaning, ...]:
        """Return the actors whose names are most like a word that names nobody."""
        kind, colon, rest = text[:_LONGEST].partition(":")
        wanted = (kind,) if colon and kind in NAMED else NAMED
        word = fold(rest if wanted == (kind,) else text)
        choices = {*self._labels, *self.catalogue.by_name, *countries.by_name()}
        likely = difflib.get_close_matches(word, sorted(choices), n=_CLOSE, cutoff=_NEAR)
        near = [
            m
            for key in likely
            for m in self._distinct([*self._by_name(key, wanted), *_country(key)])
        ]
        return tuple(dict.fromkeys(m for m in near if m.kind in wanted))[:most]

    def misspelt(self, text: str, *, ordinary: Collection[str] = ()) -> tuple[str, ...]:
        """Return names that a word of a sentence, or two together, nearly spell.

        `ordinary` words are none that somebody misspelt.

        >>> from depgraph.providers import load as load_catalogue
        >>> Lexicon(load_catalogue()).misspelt("not hosted by amazzon")
        ('Amazon.com',)
        """
        known = {**self.catalogue.by_name, **dict.fromkeys(self._labels)}
        parts = text[:_LONGEST].split()
        several = [*parts, *(" ".join(pair) for pair in itertools.pairwise(parts))]
        likely: list[str] = []
        for word in map(fold, several):
            if len(word) < _SHORTEST or not set(word.split()).isdisjoint(ordinary):
                continue
            likely += difflib.get_close_matches(word, sorted(known), n=1, cutoff=_SPELT)
        return tuple(dict.fromkeys(short_name(self.meanings(key)[0].name) for key in likely))

    def no_actor(self, text: str) -> str:
        """Return the kind of a name in the graph that is no actor there: a host, a zone; or nothing."""
        name = text.casefold()
        return next((kind for kind in _NO_ACTORS if f"{kind}:{name}" in self._nodes), "")

    # -- readings -----------------------------------------------------------------------

    def _readings(self, word: str) -> list[Meaning]:
        """Make every reading of a word, before those that mean the same are joined."""
        return [
            *_fixed(word),
            *self._by_name(word, NAMED),
            *_country(word),
            *self._number(word),
            *self._region(word),
            *(server for server in _server(word) if server.node in self._nodes),
        ]

    def _of_kind(self, kind: str, rest: str) -> tuple[Meaning, ...]:
        """Read a word that says its kind: a node id, or a name of that kind only."""
        if f"{kind}:{rest}" in self._nodes or rest in self._tables.get(kind, {}):
            return (Meaning(kind, rest, self._name(kind, rest)),)
        if kind in NUMBERED:
            return self._numbered(kind, rest)
        if kind == "country":
            return tuple(_country(rest.upper() if len(rest) == 2 else rest))
        return self._distinct(self._by_name(rest, (kind,)))

    def _by_name(self, word: str, kinds: Iterable[str]) -> list[Meaning]:
        """Find groups, companies and providers of the catalogue, and actors of the graph."""
        key = plain(word)
        rows = [Meaning(k, i, self._name(k, i)) for k, i in self.catalogue.by_name.get(key, ())]
        return [m for m in (*rows, *self._labels.get(key, ())) if m.kind in kinds]

    def _number(self, word: str) -> list[Meaning]:
        if match := _AS.fullmatch(word):
            return [self._as(match[1])]
        try:
            network = ipaddress.ip_network(word, strict=False)
        except ValueError:
            return []
        return [self._addresses("network" if "/" in word else "address", word, network)]

    def _numbered(self, kind: str, text: str) -> tuple[Meaning, ...]:
        """Read what follows the kind of something that has a number or an address."""
        if kind == "region":
            return tuple(self._region(text))
        if kind == "asn":
            return (self._as(text[2:] if text[:2].upper() == "AS" else text),)
        if kind == "nameserver":
            try:
                name = names.parse(text)
            except InvalidName as error:
                raise QuestionError(str(error)) from None
            return (Meaning(kind, name, name),)
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise refuse(QuestionError, "number.ip", kind=kind, found=quote(text)) from None
        if kind == "address" and network.num_addresses > 1:
            raise refuse(QuestionError, "number.prefix", found=network)
        return (self._addresses(kind, text, network),)

    def _as(self, digits: str) -> Meaning:
        """Read an AS number that a network has, or the graph."""
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise refuse(QuestionError, "number.as", found=quote(digits))
        number = int(digits)
        meaning = Meaning("asn", str(number), f"AS{number}")
        if (why := reserved_as(number)) and meaning.node not in self._nodes:
            raise _not_in_use(meaning, why)
        return meaning

    def _addresses(self, kind: str, text: str, network: Network) -> Meaning:
        """Read an address or prefix where services can be, or where the graph has one."""
        if ipaddress.ip_interface(text).ip != network.network_address:
            raise refuse(QuestionError, "number.bits", found=quote(text), network=network)
        own = str(network.network_address if kind == "address" else network)
        meaning = Meaning(kind, own, own)
        if (why := reserved_network(network)) and not self._has(meaning, network):
            raise _not_in_use(meaning, why)
        return meaning

    def _has(self, meaning: Meaning, network: Network) -> bool:
        """Tell whether the graph has a number; of a prefix, whether it has an address in it."""
        if meaning.kind != "network":
            return meaning.node in self._nodes
        there = (network_of(node) for node in self._nodes)
        return any(inside(own, network) for own in there if own is not None)

    def _region(self, word: str) -> Iterator[Meaning]:
        match = _REGION.fullmatch(word)
        if match and match[1] in self.catalogue.providers:
            yield Meaning("region", word, word)

    def _absent_server(self, word: str) -> Iterator[Meaning]:
        """Read the host name of a name server that the graph does not have.

        A registered domain is none: "example.com" is said of whoever runs it. What the graph
        has in another place (a host, a zone) is none either, for it does not act.
        """
        for server in _server(word):
            if names.registered_domain(server.id) != server.id and not self.no_actor(server.id):
                yield server

    # -- joining ------------------------------------------------------------------------

    def _distinct(self, found: Iterable[Meaning]) -> tuple[Meaning, ...]:
        """Join the readings that name the same actor."""
        several = tuple({m.node: m for m in found}.values())
        if any(m.kind == "group" for m in several):
            several = tuple(m for m in several if m.kind != "country")
        companies = {m.node for m in several if m.kind == "company"}
        return tuple(
            m for m in several if m.kind != "provider" or not companies & self._owners(m.id)
        )

    def _owners(self, provider: str) -> set[str]:
        """List the companies above a provider, on whatever day, in the catalogue and the graph."""
        known = self.catalogue.providers.get(provider)
        above = {known.company} if known and known.company else set()
        grown = True
        while grown:
            more = {row.parent for row in self.catalogue.parents if row.company in above} - above
            above |= more
            grown = bool(more)
        nodes = {f"company:{company}" for company in above}
        number = self.model.number.get(f"provider:{provider}") if self.model else None
        if self.model is not None and number is not None:
            up = self.model.closure([number], {"owner", "parent"})
            nodes |= {self.model.ids[n] for n in up}
        return nodes

    # -- tables -------------------------------------------------------------------------

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[str, object]]:
        known = self.catalogue
        return {"group": known.groups, "company": known.companies, "provider": known.providers}

    @cached_property
    def _nodes(self) -> Mapping[str, int]:
        return self.model.number if self.model is not None else {}

    @cached_property
    def _labels(self) -> Mapping[str, tuple[Meaning, ...]]:
        """The companies, providers and countries of the graph by folded label and id.

        A label of two letters that is a country's code is not folded: "IT" is no "it".
        """
        found: dict[str, list[Meaning]] = {}
        for node, number in self._nodes.items():
            kind, _, own = node.partition(":")
            if self.model is None or kind not in NAMED:
                continue
            label = self.model.label(number)
            for text in (label, own):
                if kind != "country" or countries.code_of(text) is None:
                    found.setdefault(plain(text), []).append(
                        Meaning(kind, own, self._name(kind, own))
                    )
        found.pop("", None)
        return {text: tuple(several) for text, several in found.items()}

    def _name(self, kind: str, own: str) -> str:
        """Return the name for people of what has one: that of the graph first."""
        if kind == "country":
            return words("en").country(own)
        number = self._nodes.get(f"{kind}:{own}")
        if self.model is not None and number is not None:
            return self.model.label(number)
        row = self._tables.get(kind, {}).get(own)
        return str(getattr(row, "name", own))


def network_of(node: str) -> Network | None:
    """Return the addresses that a node stands for; None if it is none of them."""
    try:
        return ipaddress.ip_network(node.partition(":")[2])
    except ValueError:
        return None


def inside(network: Network, other: Network) -> bool:
    """Tell whether a prefix lies within another."""
    return network.version == other.version and network.subnet_of(other)  # type: ignore[arg-type]


def _not_in_use(meaning: Meaning, why: str) -> QuestionError:
    return refuse(QuestionError, "number.unused", found=meaning.name, why=why)


def _fixed(word: str) -> Iterator[Meaning]:
    lowered = word.casefold()
    if lowered in {"ipv4", "ipv6"}:
        yield Meaning("family", lowered, f"IP{lowered[2:]}")
    if lowered == SELF:
        yield Meaning(SELF, SELF, SELF)


def _country(word: str) -> list[Meaning]:
    code = countries.code_of(word)
    found = {code} if code else countries.named(word)
    return [Meaning("country", code, words("en").country(code)) for code in sorted(found)]


def _server(word: str) -> Iterator[Meaning]:
    """Read a host name; not a URL, an address of mail, or a public suffix."""
    if not re.fullmatch(r"[^\s/@:]+\.[^\s/@:]+", word):
        return
    try:
        name = names.parse(word)
    except InvalidName:
        return
    yield Meaning("nameserver", name, name)


@cache
def _article() -> re.Pattern[str]:
    """Return what may stand before a name and is no part of it, in all languages."""
    several = "|".join(words(lang).claims.articles for lang in languages())
    return re.compile(rf"(?:{several})(?=\S)", re.IGNORECASE)


@cache
def _under_law() -> tuple[re.Pattern[str], ...]:
    """Return how the companies, or the law, of a country are called, in all languages."""
    several = [pattern for lang in languages() for pattern in words(lang).claims.law]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in several)


def _without_articles(word: str) -> Iterator[str]:
    """Yield a word as it is written, then with one article after the other left out."""
    while word:
        yield word
        match = _article().match(word)
        if match is None:
            return
        word = word[match.end() :]


def _lands(word: str) -> Iterator[str]:
    """Yield what may be the country in "a Russian company", "companies under the law of ..."."""
    while word:
        *_, bare = _without_articles(word)
        matches = (pattern.fullmatch(bare) for pattern in _under_law())
        match = next(filter(None, matches), None)
        if match is None:
            return
        word = match["land"]
        yield from _without_articles(word)
