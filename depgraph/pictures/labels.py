"""What a box says: a short form by kind; the whole text goes to the tooltip and the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from depgraph.analysis.model import Model
from depgraph.analysis.naming import Lexicon
from depgraph.analysis.unknowns import unknown_part
from depgraph.names import display, registered_domain
from depgraph.pictures.engine.measure import drawable
from depgraph.pictures.layout.columns import Tile
from depgraph.pictures.layout.condense import Chip, Need
from depgraph.providers import load as load_catalogue
from depgraph.providers.rules import short_name
from depgraph.rendering.phrases import shortened
from depgraph.rendering.unknowns import Days, Unknown, alike, unknown
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.texts.inline import foreign
from depgraph.vocabulary import (
    ANY_AUTHORITY,
    Evidence,
    Kind,
    Onset,
    Reason,
    Relation,
    What,
    reasons,
)

_MANY: Final = {
    Kind.ADDRESS: "picture.addresses",
    Kind.BLOCK: "picture.blocks",
    Kind.ASN: "picture.networks",
    Kind.ZONE: "picture.zones",
    Kind.REGISTRATION: "picture.registrations",
}
"""What several folded records of a kind are called."""
_NAMED: Final = {
    Kind.NAMESERVER: "picture.name-server-of",
    Kind.EXCHANGE: "picture.exchange-of",
}
_UNITS: Final = ((3600, 7200, "hours"), (60, 120, "minutes"))
"""Seconds of a unit, seconds from which a span is told in it, and its word."""
_MOST_KINDS: Final = 2  # of unknown things that one box names


# --- Functions and groups ------------------------------------------------------------------


def heading(functions: Iterable[str], table: Words, offered: Iterable[str] = ()) -> str:
    """Return the words for several functions; web stands for both of its names.

    `offered` are those that the service has, for words that stand by themselves: at the head of
    a column, that of the other name is beside it.
    """
    return table.listed([table.function(name) for name in shortened(functions, offered)])


def with_owner(brand: str, owner: str, table: Words) -> str:
    """Return a company by the name that a reader knows, in brackets its own where that differs."""
    return table.say("in-brackets", what=brand, note=owner) if owner else brand


def group_name(group: str, table: Words) -> str:
    """Return the name for people of those whose boxes are filled.

    Parameters
    ----------
    group
        As for :func:`depgraph.analysis.groups.companies`.
    table
        Words of a language (:func:`depgraph.texts.words`).

    Returns
    -------
    str
        The name that the catalogue has, in the language where there is one; else the word
        itself, which one of the graphs explains.
    """
    meanings = Lexicon(load_catalogue()).meanings(group)
    if len(meanings) != 1:
        return group
    if meanings[0].kind == "country":
        return table.country(meanings[0].id)
    return table.get(f"group.{meanings[0].id}", meanings[0].name)


# --- What is not known ---------------------------------------------------------------------


def days_of(model: Model) -> Days:
    """Return the days that a graph stands for."""
    return Days(str(model.about.get("since", "")), str(model.about.get("until", "")))


def unknown_word(what: What | None, table: Words) -> str:
    """Return that something is not known, without its name: "network unknown"."""
    return table.say("unknown.what", what=table[f"what.{what or What.OTHER}"])


def unknown_phrases(parts: Iterable[Unknown], days: Days, table: Words) -> list[str]:
    """Return what is not known, of which names, why, and what was known once, as the texts do.

    Parameters
    ----------
    parts
        Roles or parts of an answer that are unknown; alike ones are told at once.
    days
        Those that the picture is of.
    table
        The words of a language.
    """
    writer = Writer(table.lang)
    return [
        str(unknown(writer, several[0], days, of=[part.of for part in several]))
        for several in alike(parts)
    ]


def told_apart(model: Model, tiles: Sequence[Tile], table: Words) -> list[Tile]:
    """Return boxes of which no two have one name: what is not known is told with whose it is."""
    shown = Counter((tile.label, tile.suffix) for tile in tiles)
    found = []
    for tile in tiles:
        unknown = [node for node in tile.members if node in model.number]
        unknown = [node for node in unknown if model.kind(model.number[node]) == Kind.UNKNOWN]
        of = dict.fromkeys(unknown_part(model, model.number[node]).of for node in unknown)
        if unknown and all(of) and shown[tile.label, tile.suffix] > 1:
            found.append(replace(tile, label=what_of(tile.label, list(of), table)))
        else:
            found.append(tile)
    return found


def what_of(what: str, names: Sequence[str], table: Words) -> str:
    """Return what is not known, of the first of some names: "addresses of a.example, and 2 more"."""
    named = table.some([foreign(display(name)) for name in names], 1)
    return drawable(table.say("picture.takedown.what-of", what=what, name=str(named)), limit=200)


# --- What was seen not to work -------------------------------------------------------------


def failed_words(several: Iterable[Reason], table: Words) -> str:
    """Return in few words how something was seen to fail; empty if nothing is told.

    >>> from depgraph.texts import words
    >>> from depgraph.vocabulary import reasons
    >>> failed_words(reasons("did-not-serve?reason=refused; no-authority"), words("en"))
    'refused, without authority'
    """
    codes = [one.code for reason in several for one in _innermost(reason)]
    said = (table.get(f"picture.failed.{code}", table["picture.failed.other"]) for code in codes)
    return table["list.comma"].join(dict.fromkeys(said))


def _innermost(reason: Reason) -> Iterator[Reason]:
    """Give how each question ended, of a reason that is about several."""
    inner = reasons(reason.get("reason"))
    for one in inner:
        yield from _innermost(one)
    if not inner:
        yield reason


def noted(label: str, note: str, table: Words) -> str:
    """Return a label with a note in brackets; as it is where there is none."""
    return table.say("in-brackets", what=label, note=note) if note else label


# --- Onsets --------------------------------------------------------------------------------


def onset_word(onset: Onset | None, seconds: float | None, table: Words) -> str:
    """Return when something sets in, in a few letters; of what was not examined a dash."""
    if onset is None:
        return "–"
    code = f"picture.onset.{onset.value}"
    return table.say(code, span=span_word(seconds or 0.0, table))


def span_word(seconds: float, table: Words) -> str:
    """Return a length of time in a few letters: "24 h"; the page's script says the same."""
    for length, least, unit in _UNITS:
        if seconds >= least:
            return table.say(f"page.{unit}", n=round(seconds / length))
    return table.say("page.seconds", n=round(seconds))


# --- Nodes ---------------------------------------------------------------------------------


def node_title(model: Model, node: str, table: Words) -> str:
    """Return the whole text of a node; of an unknown what it is, and why."""
    number = model.number[node]
    if model.kind(number) == Kind.UNKNOWN:
        return unknown_phrases([unknown_part(model, number)], days_of(model), table)[0]
    if model.kind(number) == Kind.ANYONE:
        return anyone(node, table)
    if model.kind(number) == Kind.FUNCTION:
        return table.function(node.rpartition("/")[2])
    label = model.label(number)
    return table.country(label) if model.kind(number) == Kind.COUNTRY else label


def owns(model: Model, node: str) -> bool:
    """Tell whether a company is the parent of another."""
    edges = (model.edges[number] for number in model.into[model.number[node]])
    return any(edge.relation == Relation.PARENT for edge in edges)


def known_words(need: Need, table: Words) -> tuple[str, str]:
    """Return how a line is known and how sure; of something unknown only that."""
    evidence = table[f"evidence.{need.evidence.value}"]
    if need.evidence is Evidence.UNKNOWN:
        return evidence, ""
    return evidence, table[f"confidence.{need.confidence.value}"]


def suffix(chip: Chip, table: Words) -> str:
    """Return how many records a chip stands for; empty of one."""
    return table.say("picture.times", n=chip.count) if chip.count > 1 else ""


def short(model: Model, chip: Chip, table: Words) -> str:
    """Return the short form of a chip's label.

    Parameters
    ----------
    model
        Where its members live.
    chip
        What is drawn.
    table
        The words of the language.
    """
    name = chip.id.partition(":")[2]
    subject = str(model.about.get("subject", ""))
    label = model.label(model.number[chip.id])
    kind = Kind(chip.kind)
    if chip.count > 1 and kind in _MANY:
        return _many(chip, table)
    if kind in {Kind.HOST, Kind.NAMESERVER, Kind.EXCHANGE}:
        return _host(name, subject, kind, table, count=chip.count)
    if kind is Kind.SERVICE:
        return display(subject) if label == subject else label
    if kind is Kind.FUNCTION:
        return _function(model, chip, table)
    if kind is Kind.ZONE:
        return table["picture.zone"] if name == subject else display(name)
    if kind is Kind.REGISTRATION:
        return _registration(name, subject, table)
    if kind is Kind.UNKNOWN:
        return _unknown(model, chip, table)
    return _plain(kind, name, label, table)


def anyone(node: str, table: Words) -> str:
    """Return the text of a node that stands for no one in particular."""
    if node == ANY_AUTHORITY:
        return table["picture.any-authority"]
    return table.say("named.stranger", name=display(node.partition(":")[2]))


def _plain(kind: Kind, name: str, label: str, table: Words) -> str:
    """Return the short form of a kind whose label or name says all."""
    if kind is Kind.MAILBOX:
        return table["picture.mailboxes"]
    if kind is Kind.ANYONE:
        return anyone(f"{kind.value}:{name}", table)
    if kind is Kind.ASN:
        return f"AS{name}" if name.isdigit() else label
    if kind in {Kind.ADDRESS, Kind.PREFIX, Kind.BLOCK}:
        return name
    if kind is Kind.FRONT:
        return label.partition("/")[0]
    if kind in {Kind.COMPANY, Kind.PROVIDER}:
        return short_name(label)
    return table.country(label) if kind is Kind.COUNTRY else label


def _function(model: Model, chip: Chip, table: Words) -> str:
    number = model.number[chip.id]
    name = chip.id.rpartition("/")[2]
    word = table.function(name)
    absent = model.nodes[number].get("absent")
    return table.say("picture.not-offered", function=word) if absent else word


def _registration(name: str, subject: str, table: Words) -> str:
    if name == (registered_domain(subject) or subject):
        return table["picture.registration"]
    return table.say("picture.registration-of", name=display(name))


def _unknown(model: Model, chip: Chip, table: Words) -> str:
    unknown = [m for m in chip.members if model.kind(model.number[m]) == Kind.UNKNOWN]
    kinds = dict.fromkeys(unknown_part(model, model.number[m]).what for m in unknown)
    if len(kinds) > _MOST_KINDS:  # more words than a chip has room for
        return table["evidence.unknown"]
    return table["list.comma"].join(table[f"what.{kind}"] for kind in kinds)


def _many(chip: Chip, table: Words) -> str:
    names = [m.partition(":")[2] for m in chip.members if m.startswith(f"{chip.kind}:")]
    if chip.kind == Kind.ADDRESS and all("." in name for name in names):
        stems = {name.rpartition(".")[0] for name in names}
        if len(stems) == 1:
            return f"{stems.pop()}.*"
    return table[_MANY[Kind(chip.kind)]]


def _host(name: str, subject: str, kind: Kind, table: Words, *, count: int) -> str:
    if count == 1 or kind not in _NAMED:
        if name == subject:
            return table["picture.apex"]
        if name.endswith("." + subject):
            below = name.removesuffix("." + subject)
            return name if below == "*" else below
    if kind not in _NAMED:
        return display(registered_domain(name) or name)
    return table.say(_NAMED[kind], name=display(registered_domain(name) or name))
