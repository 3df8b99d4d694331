"""From what a person names (a company, a country, a group, an AS, ``ipv6``) to nodes."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from depgraph import names
from depgraph.analysis.model import Model
from depgraph.errors import InvalidName, QuestionError
from depgraph.providers import catalogue as catalogues
from depgraph.providers.rules import plain
from depgraph.vocabulary import Level

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_KINDS = ("company", "provider", "country", "asn", "prefix", "block", "address", "nameserver")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"(?:region:)?([a-z0-9-]+)/([a-z0-9-]+)")
_AS = re.compile(r"(?:asn?:?\s*)(\d{1,10})", re.IGNORECASE)


class Group(Protocol):
    """A named set of actors with a written definition (as the catalogue has them)."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def definition(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def members(self) -> tuple[str, ...]: ...  # noqa: D102


class Groups(Protocol):
    """What is used of a catalogue: its groups, and the names of companies and providers."""

    @property
    def groups(self) -> Mapping[str, Group]: ...  # noqa: D102
    @property
    def companies(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def providers(self) -> Mapping[str, Any]: ...  # noqa: D102


class Ranges(Protocol):
    """What clouds publish of their addresses, as :class:`depgraph.providers.tables.PublishedRanges`."""

    def lookup(self, address: str, /) -> tuple[Any, ...]:
        """Give the facts of an address, each with its `provider` and `region`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Actors that were named.

    Parameters
    ----------
    label
        For people.
    nodes
        Numbers of the nodes that are withdrawn.
    levels
        The levels at which they act; what is unknown there may be one of them.
    absent
        Ids that were named and are not in the graph.
    definition, source
        Of a group, as the catalogue writes them.
    """

    label: str
    nodes: frozenset[int] = frozenset()
    levels: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()
    definition: str = ""
    source: str = ""

    def joined(self, other: Selection) -> Selection:
        """Give both together."""
        return Selection(
            label=", ".join(part for part in (self.label, other.label) if part),
            nodes=self.nodes | other.nodes,
            levels=self.levels | other.levels,
            absent=tuple(dict.fromkeys((*self.absent, *other.absent))),
            definition=" ".join(part for part in (self.definition, other.definition) if part),
            source="; ".join(part for part in (self.source, other.source) if part),
        )


def unknown_to(
    model: Model, chosen: Selection, *, uncatalogued: str = "own"
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """List the nodes that may be one of the chosen: the unknown, and the uncatalogued.

    Parameters
    ----------
    uncatalogued
        ``"own"``: a company that is not in the catalogue is a company of its own, as in the
        graph. ``"unknown"``: who owns it is not known, so that it may be one of the chosen.
    """
    unknown = sorted({node for level in chosen.levels for node in model.unknown(level)})
    strangers: list[int] = []
    if uncatalogued == "unknown":
        for level in sorted(chosen.levels & {"provider", "company"}):
            strangers += [
                node
                for node in range(len(model.ids))
                if model.kind(node) == level
                and model.nodes[node].get("catalogued") is False
                and not model.own(node)
                and node not in chosen.nodes
            ]
    return tuple(unknown), tuple(strangers)


def select(
    model: Model,
    wanted: str | Path | Iterable[str | Path],
    *,
    catalogue: Groups | None = None,
    ranges: Ranges | None = None,
) -> Selection:
    """Find the nodes that one or several names mean.

    Parameters
    ----------
    wanted
        Each a node id (``company:amazon``), the name of a provider or company, a country
        code (``US``), a group of the catalogue (``big-tech``), an AS (``AS16509``), an
        address, a prefix, a name server, ``ipv4`` or ``ipv6``, ``self``, a region of a cloud
        (``aws/us-east-1``), or the path of a text file with one such name a line (a list of
        sanctions; ``#`` begins a comment).
    catalogue
        Groups and names; the shipped catalogue if None.
    ranges
        What clouds published for the day, by which addresses have regions:
        ``depgraph.providers.tables.published_at``.

    Raises
    ------
    QuestionError
        If a name means nothing here: it lists the nearest names that do.
    """
    several = [wanted] if isinstance(wanted, (str, Path)) else list(wanted)
    chooser = _Chooser(model, catalogue or catalogues.load(), ranges)
    chosen = Selection("")
    for one in several:
        chosen = chosen.joined(chooser.one(one))
    return chosen if chosen.levels else replace(chosen, levels=frozenset({"provider"}))


def slug(text: str) -> str:
    """Give a name as a group id is written.

    >>> slug("so-called Big Tech")
    'big-tech'
    """
    words = re.sub(r"[^0-9a-z]+", "-", text.casefold()).strip("-")
    return re.sub(r"^(?:the-|so-called-|any-|all-)+", "", words)


@dataclass(frozen=True, slots=True)
class _Chooser:
    model: Model
    catalogue: Groups
    ranges: Ranges | None

    def one(self, wanted: str | Path) -> Selection:
        if isinstance(wanted, Path):
            return self._file(wanted)
        text = wanted.strip()
        for found in self._readings(text):
            if found is not None:
                return found
        if ("/" in text or text.endswith((".txt", ".csv", ".list"))) and Path(text).is_file():
            return self._file(Path(text))
        raise QuestionError(self._refusal(text))

    def _readings(self, text: str) -> Iterator[Selection | None]:
        yield self._id(text)
        yield self._word(text)
        yield self._group(text)
        yield self._address(text)
        yield self._region(text)
        yield self._named(text)
        yield self._nameserver(text)

    def _id(self, text: str) -> Selection | None:
        kind, colon, name = text.partition(":")
        if not colon or kind not in _KINDS:
            return None
        return self._nodes(self._label(text, name), [text])

    def _word(self, text: str) -> Selection | None:
        lowered = text.casefold()
        if lowered in {"ipv4", "ipv6"}:
            family = int(lowered[-1])
            return self._where("IPv" + lowered[-1], lambda n: _family(n) == family)
        if lowered == "self":
            own = [n for n in range(len(self.model.ids)) if self.model.own(n)]
            return self._numbers("self", own, {"provider", "company"})
        if match := _AS.fullmatch(text):
            return self._nodes(f"AS{match[1]}", [f"asn:{match[1]}"])
        if _COUNTRY.fullmatch(text):
            return self._nodes(text, [f"country:{text}"])
        return None

    def _group(self, text: str) -> Selection | None:
        key = text if text in self.catalogue.groups else slug(text)
        group = self.catalogue.groups.get(key)
        if group is None:
            return None
        kind = {"companies": "company", "providers": "provider", "countries": "country"}[group.kind]
        found = self._nodes(group.name, [f"{kind}:{member}" for member in group.members])
        return Selection(
            found.label,
            found.nodes,
            found.levels | {kind},
            found.absent,
            group.definition,
            group.source,
        )

    def _address(self, text: str) -> Selection | None:
        try:
            network = ipaddress.ip_network(text)
        except ValueError:
            return None
        if "/" not in text:
            return self._nodes(text, [f"address:{network.network_address}"])
        return self._within(text, [network])

    def _region(self, text: str) -> Selection | None:
        match = _REGION.fullmatch(text)
        if match is None or match[1] not in self.catalogue.providers:
            return None
        if self.ranges is None:
            raise QuestionError(
                f"expected published ranges to know which addresses are in {text!r}, found none: "
                "give ranges=depgraph.providers.tables.published_at(...)"
            )
        told = self.ranges.lookup

        def inside(node: str) -> bool:
            name = node.partition(":")[2]
            return "/" not in name and any(
                fact.provider == match[1] and fact.region == match[2] for fact in told(name)
            )

        return self._where(f"{match[1]}/{match[2]}", inside)

    def _within(self, label: str, networks: list[Network]) -> Selection:
        return self._where(
            label, lambda n: (own := _network(n)) is not None and _inside(own, networks)
        )

    def _named(self, text: str) -> Selection | None:
        key = plain(text)
        rows = [
            f"{kind}:{row.id}"
            for kind, table in (
                ("company", self.catalogue.companies),
                ("provider", self.catalogue.providers),
            )
            for row in table.values()
            if key in map(plain, (row.id, row.name, *row.aliases))
        ]
        rows += [
            self.model.ids[n]
            for n in range(len(self.model.ids))
            if self.model.kind(n) in {"company", "provider", "country"}
            and key in map(plain, (self.model.label(n), self.model.ids[n].partition(":")[2]))
        ]
        kinds = [kind for kind in _KINDS if any(row.startswith(f"{kind}:") for row in rows)]
        if not key or not kinds:
            return None
        # The company rather than its brand of the same name: it decides.
        chosen = dict.fromkeys(row for row in rows if row.startswith(f"{kinds[0]}:"))
        return self._nodes(self._label(next(iter(chosen)), text), list(chosen))

    def _nameserver(self, text: str) -> Selection | None:
        try:
            name = names.parse(text)
        except InvalidName:
            return None
        found = f"nameserver:{name}"
        return self._nodes(name, [found]) if found in self.model.number else None

    def _file(self, path: Path) -> Selection:
        try:
            lines = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise QuestionError(
                f"expected a file with one actor a line at {path}: {error.strerror}"
            ) from None
        chosen = Selection("")
        for line in lines:
            if text := line.partition("#")[0].strip():
                chosen = chosen.joined(self.one(text))
        if not chosen.levels:
            raise QuestionError(f"expected one actor a line in {path}, found none")
        return Selection(
            path.name, chosen.nodes, chosen.levels, chosen.absent, chosen.definition, chosen.source
        )

    def _nodes(self, label: str, ids: list[str]) -> Selection:
        present = [self.model.number[one] for one in ids if one in self.model.number]
        absent = tuple(one for one in ids if one not in self.model.number)
        kinds = {one.partition(":")[0] for one in ids}
        found = self._numbers(label, present, kinds)
        return Selection(found.label, found.nodes, found.levels, absent)

    def _where(self, label: str, test: Any) -> Selection:
        chosen = [
            n
            for n in range(len(self.model.ids))
            if self.model.kind(n) in {"address", "prefix", "block"} and test(self.model.ids[n])
        ]
        return self._numbers(label, chosen, {"address"})

    def _numbers(self, label: str, nodes: Iterable[int], kinds: Iterable[str]) -> Selection:
        levels = {kind if kind in set(Level) else "prefix" for kind in kinds}
        return Selection(label, frozenset(nodes), frozenset(levels))

    def _label(self, node: str, otherwise: str) -> str:
        number = self.model.number.get(node)
        if number is not None:
            return self.model.label(number)
        kind, _, name = node.partition(":")
        table = {"company": self.catalogue.companies, "provider": self.catalogue.providers}
        row = table.get(kind, {}).get(name)
        return str(row.name) if row else otherwise

    def _refusal(self, text: str) -> str:
        here = [
            self.model.label(n) for n in range(len(self.model.ids)) if self.model.kind(n) in _KINDS
        ]
        choices = sorted({*here, *self.catalogue.groups})
        near = difflib.get_close_matches(text, choices, n=3, cutoff=0.6)
        hint = f"the nearest are {', '.join(near)}" if near else "write it as company:NAME"
        return (
            "expected a provider, company, country code, group, AS, prefix, address, name server, "
            f"ipv4 or ipv6, found {text!r}: {hint}"
        )


def _family(node: str) -> int | None:
    network = _network(node)
    return network.version if network else None


def _network(node: str) -> Network | None:
    try:
        return ipaddress.ip_network(node.partition(":")[2])
    except ValueError:
        return None


def _inside(network: Network, networks: Iterable[Network]) -> bool:
    return any(
        network.version == other.version and network.subnet_of(other)  # type: ignore[arg-type]
        for other in networks
    )
