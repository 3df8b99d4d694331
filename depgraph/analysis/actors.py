"""From what a person names (a company, a country, a group, an AS, ``ipv6``) to nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from depgraph.analysis.model import Model
from depgraph.analysis.naming import SELF, Lexicon, Meaning, inside, network_of
from depgraph.errors import QuestionError
from depgraph.intake import read_text
from depgraph.providers import load as load_catalogue
from depgraph.providers.catalogue import Catalogue
from depgraph.text_safety import quote
from depgraph.texts.refusals import Said, refuse, said
from depgraph.vocabulary import Level

_LISTS: Final = (".txt", ".csv", ".list")
_CODE: Final = re.compile(r"[A-Z]{2}")
_LIKE_ADDRESSES: Final = frozenset({"address", "prefix", "block"})


class Ranges(Protocol):
    """What clouds publish of their addresses, as :class:`depgraph.routes.PublishedRanges`."""

    def lookup(self, address: str, /) -> tuple[Any, ...]:
        """Return the facts of an address, each with its `provider` and `region`."""


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
        """Return both together."""
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
    """Return the nodes that may be one of the chosen: the unknown, and the uncatalogued.

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
    catalogue: Catalogue | None = None,
    ranges: Ranges | None = None,
) -> Selection:
    """Return the nodes that one or several names mean.

    Parameters
    ----------
    wanted
        Each a node id (``company:amazon``), a group of the catalogue (``big-tech``, ``EU``),
        the name of a company, provider or country (``Amazon``, ``Germany``, ``États-Unis``,
        "a Russian company"), a country code (``US``), an AS (``AS16509``), an address, a
        prefix, a name server, ``ipv4`` or ``ipv6``, ``self``, a region of a cloud
        (``aws/us-east-1``), or a text file with one such name a line (a list of sanctions;
        ``#`` begins a comment): a `Path`, or its path as text.
    catalogue
        Groups and names; the shipped catalogue if None.
    ranges
        What clouds published for the day, by which addresses have regions:
        ``depgraph.routes.published_at``.

    Returns
    -------
    Selection
        All of them together; `absent` has those that the graph does not have.

    Raises
    ------
    QuestionError
        If a name means nobody, or may mean several: it lists the choices.
    """
    several = [wanted] if isinstance(wanted, (str, Path)) else list(_iterable(wanted))
    if not several:
        raise refuse(QuestionError, "actor.none")
    chooser = _Chooser(model, Lexicon(catalogue or load_catalogue(), model), ranges)
    return _together([chooser.one(one) for one in several])


def one_meaning(lexicon: Lexicon, text: str) -> Meaning:
    """Return the one actor, or set of actors, that a word means.

    Raises
    ------
    QuestionError
        If it means nobody (the message has the nearest), or may mean several (the choices).
    """
    found = lexicon.meanings(text)
    if not found:
        raise _nobody(lexicon, text)
    if len(found) > 1:
        groups = all(one.kind == "group" for one in found)
        raise _which(text, list(map(str, found)), said("refused.actor.members") if groups else "")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Chooser:
    model: Model
    lexicon: Lexicon
    ranges: Ranges | None

    def one(self, wanted: str | Path) -> Selection:
        """Select what one name means, which may be that of a file."""
        if isinstance(wanted, Path):
            return self._file(wanted)
        if not isinstance(wanted, str):
            raise QuestionError(
                f"expected the name of an actor as text, found {type(wanted).__name__}"
            )
        path = _path(wanted)
        if path is None:
            return self._meant(one_meaning(self.lexicon, wanted))
        if meanings := self.lexicon.meanings(wanted):
            file = said("refused.actor.file", path=path)
            raise _which(wanted, list(map(str, meanings)), file)
        return self._file(path)

    def _file(self, path: Path) -> Selection:
        try:
            lines = read_text(path, error=QuestionError).splitlines()
        except (OSError, QuestionError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise refuse(QuestionError, "actor.no-file", path=path, why=why) from None
        found = []
        for number, line in enumerate(lines, 1):
            if text := line.partition("#")[0].strip():
                found.append(self._line(path, number, text))
        if not found:
            raise refuse(QuestionError, "actor.empty-file", path=path)
        return replace(_together(found), label=path.name)

    def _line(self, path: Path, number: int, text: str) -> Selection:
        try:
            return self._meant(one_meaning(self.lexicon, text))
        except QuestionError as error:
            why = error.said or str(error)
            raise refuse(QuestionError, "actor.line", path=path, number=number, why=why) from None

    def _meant(self, meaning: Meaning) -> Selection:
        """Select the nodes of one actor or set of actors."""
        if meaning.kind == "group":
            return self._group(meaning.id)
        if meaning.kind == SELF:
            own = [n for n in range(len(self.model.ids)) if self.model.own(n)]
            absent = () if own else (SELF,)
            return Selection(SELF, frozenset(own), frozenset({"provider", "company"}), absent)
        test = self._test(meaning)
        if test is not None:
            return self._where(meaning, test)
        label = meaning.id if meaning.kind == "country" else meaning.name
        return self._nodes(label, [meaning.node])

    def _group(self, key: str) -> Selection:
        group = self.lexicon.catalogue.groups[key]
        if not group.members:
            raise refuse(QuestionError, "actor.no-members", group=repr(key))
        found = self._nodes(group.name, group.nodes)
        return replace(found, definition=group.definition, source=group.source)

    def _nodes(self, label: str, ids: Sequence[str]) -> Selection:
        present = [self.model.number[one] for one in ids if one in self.model.number]
        absent = tuple(one for one in ids if one not in self.model.number)
        kinds = {one.partition(":")[0] for one in ids}
        levels = frozenset(kind if kind in set(Level) else "prefix" for kind in kinds)
        return Selection(label, frozenset(present), levels, absent)

    def _where(self, meaning: Meaning, test: Callable[[str], bool]) -> Selection:
        """Select the addresses and prefixes that pass a test of their ids."""
        chosen = frozenset(
            n
            for n, node in enumerate(self.model.ids)
            if self.model.kind(n) in _LIKE_ADDRESSES and test(node)
        )
        absent = () if chosen else (meaning.node,)
        return Selection(meaning.name, chosen, frozenset({"address"}), absent)

    def _test(self, meaning: Meaning) -> Callable[[str], bool] | None:
        """Return the test of what is a set of addresses; None for what is a node."""
        if meaning.kind == "network":
            wanted = network_of(f"prefix:{meaning.id}")
            assert wanted is not None
            return lambda node: (own := network_of(node)) is not None and inside(own, wanted)
        if meaning.kind == "family":
            family = int(meaning.id[-1])
            return lambda node: (own := network_of(node)) is not None and own.version == family
        return self._region(meaning.id) if meaning.kind == "region" else None

    def _region(self, text: str) -> Callable[[str], bool]:
        if self.ranges is None:
            raise refuse(QuestionError, "actor.no-ranges", region=repr(text))
        told = self.ranges.lookup
        provider, _, region = text.partition("/")

        def within(node: str) -> bool:
            name = node.partition(":")[2]
            return "/" not in name and any(
                fact.provider == provider and fact.region == region for fact in told(name)
            )

        return within


def _together(found: list[Selection]) -> Selection:
    joined = found[0]
    for one in found[1:]:
        joined = joined.joined(one)
    return joined


def _iterable(wanted: Iterable[str | Path]) -> Iterable[str | Path]:
    if not isinstance(wanted, Iterable):
        raise QuestionError(f"expected the name of an actor, found {type(wanted).__name__}")
    return wanted


def _path(text: str) -> Path | None:
    """Return the path that a text is; None if it is the name of an actor only."""
    named = text.strip().lower().endswith(_LISTS)
    if not named and "/" not in text:
        return None
    path = Path(text.strip())
    try:
        there = path.is_file()
    except (OSError, ValueError):  # too long for a path, or a zero byte in it
        there = False
    return path if there or named else None


def _which(text: str, choices: list[str], last: Said | str) -> QuestionError:
    several = [*choices, *([last] if last else [])]
    choice, other = ", ".join(map(str, several[:-1])), several[-1]
    return refuse(QuestionError, "actor.several", found=quote(text), choices=choice, last=other)


def _nobody(lexicon: Lexicon, text: str) -> QuestionError:
    if kind := lexicon.no_actor(text.strip()):
        what = said(f"refused.what.{kind}")
        return refuse(QuestionError, "actor.no-actor", found=quote(text), kind=what)
    hints = []
    if _CODE.fullmatch(text.strip()):
        hints.append(said("refused.actor.no-country"))
    if near := [str(meaning) for meaning in lexicon.nearest(text)]:
        hints.append(said("refused.actor.nearest", n=len(near), names=", ".join(near)))
    if not hints:
        hints.append(said("refused.actor.catalogue"))
    groups = ", ".join(sorted(lexicon.catalogue.groups))
    return refuse(
        QuestionError, "actor.nobody", groups=groups, found=quote(text), hints=tuple(hints)
    )
