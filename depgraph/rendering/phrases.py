"""Words and phrases that the texts of several questions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Final

from depgraph.analysis.naming import SELF
from depgraph.analysis.results import Cite, Result
from depgraph.limits import MetLimit
from depgraph.names import display
from depgraph.providers import load as load_catalogue
from depgraph.providers.rules import short_name
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join, own
from depgraph.vocabulary import (
    ANY_AUTHORITY,
    FUNCTIONS,
    Confidence,
    Evidence,
    Kind,
    LawBasis,
    Layer,
    Limit,
    Onset,
    Part,
    function_of,
    host_of,
)

FEW: Final = 4  # names in a sentence before the rest is counted
_UNITS: Final[Mapping[str, float]] = {"days": 86_400, "hours": 3600, "minutes": 60}


def some(w: Writer, lines: Iterable[Inline], most: int = FEW) -> Inline:
    """Return the first few of some lines, and how many more there are."""
    return w.words.some(lines, most)


def names(w: Writer, labels: Iterable[str], most: int = FEW) -> Inline:
    """Return the first few of some names, and how many more there are."""
    return w.words.some(map(foreign, labels), most)


def full_stop(w: Writer, sentence: Inline) -> Inline:
    """Return a sentence with its end."""
    return w.say("full-stop", sentence=sentence)


# --- Functions, actors, nodes --------------------------------------------------------------


def function(w: Writer, name: str) -> Inline:
    """Return the name of a function, as the first words of a line."""
    return _function(w, f"function.{_word(name)}", name).capitalized()


def functions(w: Writer, several: Iterable[str]) -> Inline:
    """Return the names of several functions; of none that it is the whole service."""
    lines = [_function(w, f"function.{_word(name)}", name) for name in several if name]
    return w.words.enumerated(lines) if lines else w.say("function.whole")


_WITHOUT_LABEL: Final[Mapping[str, str]] = {"web": "web-apex"}
"""The word for a function at the name itself, where it is not meant at its label as well."""


def shortened(several: Iterable[str], offered: Iterable[str] = ()) -> list[str]:
    """Return functions for a short text, where web stands for both of its names.

    Where the service offers it at both and only one is meant, the word says which.

    >>> shortened(["web", "web-www", "mail"])
    ['web', 'mail']
    >>> shortened(["web", "mail"], ["web", "web-www", "mail"])
    ['web-apex', 'mail']
    """
    every = list(several)
    labelled = {FUNCTIONS[function_of(name)].part for name in offered if _host_label(name)}
    met = {FUNCTIONS[function_of(name)].part for name in every if _host_label(name)}
    kept = _without_label(every)
    parts = {name: FUNCTIONS[function_of(name)].part for name in kept}
    return [
        _WITHOUT_LABEL.get(name, name) if parts[name] in labelled - met else name for name in kept
    ]


def _without_label(every: Sequence[str]) -> list[str]:
    """Return functions without those at a label whose name itself is among them too."""
    whole = {FUNCTIONS[function_of(name)].part for name in every if not _host_label(name)}
    return [
        name
        for name in every
        if not _host_label(name) or FUNCTIONS[function_of(name)].part not in whole
    ]


def _host_label(function: str) -> str:
    """Return the label under which a function is offered; none for one at another host name."""
    return "" if host_of(function) else FUNCTIONS[function_of(function)].label


def the_function(w: Writer, name: str) -> Inline:
    """Return the name of a function as part of a sentence."""
    return _function(w, f"the.{_word(name)}", name)


def its(w: Writer, name: str, subject: str, layer: Layer | None = None) -> Inline:
    """Return a function of a service as part of a sentence: the web site of parler.com.

    Or a layer of it, which is that of the name that it is offered at.
    """
    if layer:
        at = host_of(name) or FUNCTIONS[function_of(name)].name_at(subject)
        return w.say(f"its.{layer.value}", subject=foreign(at))
    code = f"its.{_word(name)}"
    if code not in w.words:
        return foreign(name)
    other = host_of(name)
    if FUNCTIONS[function_of(name)].part is Part.APP and other:  # a store, and no other name
        text = w.say(code, subject=foreign(subject))
        return w.say("function.at", function=text, host=foreign(other))
    return w.say(code, subject=foreign(other or subject))


def _word(name: str) -> str:
    """Return the word of a function, without the other host name that it is offered at."""
    return name.partition(":")[0]


def _function(w: Writer, code: str, name: str) -> Inline:
    """Return the text of a function, with the other host name where it has one."""
    text = w.say(code) if code in w.words else foreign(_word(name))
    host = host_of(name)
    return w.say("function.at", function=text, host=foreign(host)) if host else text


def label(w: Writer, node: str, text: str) -> Inline:
    """Return the text of a node for people; what has a word in the language by that word."""
    kind = _kind(node)
    if kind == Kind.FUNCTION:
        name = node.rpartition("/")[2]
        return _function(w, f"function.{_word(name)}", name)
    if kind == Kind.COUNTRY:
        return country(w, text)
    if kind == Kind.ANYONE and node != ANY_AUTHORITY:
        return w.say("named.stranger", name=foreign(text))
    return w.say("named.anyone") if kind == Kind.ANYONE else foreign(text)


def country(w: Writer, text: str) -> Inline:
    """Return the name of a country in the language; what is none of its codes as it is."""
    name = w.words.country(text)
    return own(name) if name != text else foreign(text)


def actor(w: Writer, node: str, text: str, basis: LawBasis | None = None) -> Inline:
    """Return an actor as the subject of a sentence; a country is the companies under its law.

    Parameters
    ----------
    basis
        By what the law binds them, where that is known.
    """
    shown = label(w, node, text)
    if _kind(node) != Kind.COUNTRY:
        return shown
    return w.say(f"actor.country.{basis.value}" if basis else "actor.country", name=shown)


def asked(w: Writer, several: str) -> Inline:
    """Return whom was asked about, as an answer has it: countries and groups by their names."""
    return join(w.words["list.comma"], (_asked(w, one) for one in several.split(", ")))


def _asked(w: Writer, one: str) -> Inline:
    if one == SELF:
        return w.say("self")
    name = w.words.group(w.words.country(one))
    return own(name) if name != one else foreign(one)


def named(w: Writer, node: str, text: str) -> Inline:
    """Return the text of a node, with its kind where the text alone would not tell."""
    if _kind(node) == Kind.ANYONE:
        return label(w, node, text)
    code = f"named.{_kind(node)}"
    return w.say(code, name=label(w, node, text)) if code in w.words else label(w, node, text)


def _kind(node: str) -> str:
    return node.partition(":")[0]


# --- Days and spans ------------------------------------------------------------------------


def period(w: Writer, since: str, until: str) -> Inline:
    """Return the days that a graph stands for."""
    if not since:
        return w.say("day.none")
    if since == until or not until:
        return w.say("day", since=since)
    return w.say("days", since=since, until=until)


def span(w: Writer, seconds: float) -> Inline:
    """Return a length of time in the largest unit that leaves it whole enough."""
    for unit, length in _UNITS.items():
        if seconds >= 2 * length:
            return w.say(f"span.{unit}", n=_short(seconds / length))
    return w.say("span.seconds", n=_short(seconds))


def _short(number: float) -> float:
    """Return a number in three digits, whole where it is."""
    rounded = float(f"{number:.3g}")
    return int(rounded) if rounded == int(rounded) else rounded


def within(w: Writer, horizon: float) -> Inline:
    """Return within which time a lever has to work."""
    if horizon == inf:
        return w.say("horizon.none")
    return w.say("horizon", span=span(w, horizon))


def starts(w: Writer, onset: Onset | None, seconds: float | None) -> Inline:
    """Return when something sets in; empty where that was not examined."""
    if onset is None:
        return Inline()
    length = seconds or 0.0
    return w.say(f"onset.{onset.value}", seconds=round(length), span=span(w, length))


# --- How it is known -----------------------------------------------------------------------


def sure(w: Writer, answer: Inline, confidence: Confidence) -> Inline:
    """Return an answer, with the word where it is likely; what is only possible decides nothing."""
    if confidence is not Confidence.LIKELY:
        return answer
    return w.say("in-brackets", what=answer, note=w.say(f"confidence.{confidence.value}"))


def evidence(w: Writer, known: Evidence | str | None) -> Inline:
    """Return the word for a class of evidence; of none that the steps were not examined."""
    return w.say("not-examined") if known is None else w.say(f"evidence.{known}")


def how(
    w: Writer,
    known: Evidence | None,
    confidence: Confidence,
    *,
    unverified: bool = False,
    time: str = "",
    citation: str = "",
) -> Inline:
    """Return how something is known: class, confidence where not certain, day, citation."""
    parts = [evidence(w, known)]
    if confidence is not Confidence.CERTAIN:
        parts.append(w.say(f"confidence.{confidence.value}"))
    if unverified:
        parts.append(w.say("unverified"))
    parts += [foreign(time[:10]), w.cite(citation)]
    return join(w.words["list.comma"], parts)


# --- What stands above a text --------------------------------------------------------------


def head(w: Writer, result: Result, title: Inline) -> list[Block]:
    """Return the title of an answer, and which limits were met."""
    return [Heading(1, title), *map(Paragraph, limit_lines(w, result.limits))]


_OF_A_GRAPH: Final = frozenset({Limit.RECORDS, Limit.DOMAINS, Limit.WAYS, Limit.VIEWS})
"""Limits of what is followed in a graph, each told with a number and names."""
_OF_ITS_OWN: Final = frozenset(
    {Limit.CHANGED, Limit.INTERRUPTED, Limit.DAY, *_OF_A_GRAPH, Limit.SETS}
)
"""Limits that have a sentence of their own."""
_DAYS: Final = 3  # of `Limit.DAY`: the one asked for, and the first and last of the recording


def limit_lines(w: Writer, limits: Iterable[MetLimit]) -> list[Inline]:
    """Return which limits were met, and what they leave unknown, a sentence each kind."""
    several = list(limits)
    words = {Limit.CHANGED: "changed", Limit.INTERRUPTED: "incomplete"}
    lines = [w.say(words[one.limit]) for one in several if one.limit in words]
    lines += [
        w.say("another-day", day=period(w, one.of[0], one.of[0]), days=period(w, *one.of[1:]))
        for one in several
        if one.limit is Limit.DAY and len(one.of) == _DAYS
    ]
    unasked = [_limit(w, one) for one in several if one.limit not in _OF_ITS_OWN]
    if unasked:
        lines.append(w.say("limits.met", limits=join(w.words["list.semicolon"], unasked)))
    lines += [
        w.say(
            f"limit.{one.limit.value}",
            n=one.left,
            most=foreign(one.most),
            names=join(w.words["list.comma"], map(foreign, map(display, one.of))),
        )
        for one in several
        if one.limit in _OF_A_GRAPH
    ]
    lines += [
        w.say("limit.sets", most=foreign(one.most), functions=functions(w, one.of))
        for one in several
        if one.limit is Limit.SETS
    ]
    return lines


def cited(w: Writer, cite: Cite, what: str = "recording") -> Inline:
    """Return how to cite an answer that was made of a recording, or a survey."""
    return w.say(
        f"cite.{what}" if cite.sha256 else "cite.unfiled",
        version=foreign(cite.depgraph),
        catalogue=foreign(cite.catalogue),
        sha256=foreign(cite.sha256),
    )


def _limit(w: Writer, one: MetLimit) -> Inline:
    limit = w.say(f"limit.{one.limit.value}", most=foreign(one.most))
    if not one.left:
        return limit
    return w.say(
        "limit.left",
        limit=limit,
        n=one.left,
        names=join(w.words["list.comma"], map(foreign, map(display, one.of))),
    )


def definition(w: Writer, name: str, text: str, source: str) -> list[Block]:
    """Return what a group of actors is, and who says so; nothing where it is not a group."""
    if not text:
        return []
    defined = w.say("definition", name=asked(w, name), definition=w.words.defined(text))
    blocks: list[Block] = [Paragraph(defined)]
    if source:
        blocks.append(Paragraph(w.say("source", source=w.words.sourced(source))))
    return blocks


def missing(w: Writer, absent: Iterable[str]) -> list[Block]:
    """Return who of those asked about is not in the graph; nothing where all are."""
    labels = [_absent(w, node) for node in absent]
    return [Paragraph(w.say("not-here", names=some(w, labels, 8)))] if labels else []


def _absent(w: Writer, node: str) -> Inline:
    """Return the text of what is not in the graph: an id, or a word that is none (a prefix)."""
    kind, _, name = node.partition(":")
    if kind not in set(Kind):
        return w.say("self") if node == SELF else foreign(node)
    if kind == Kind.ASN:
        return foreign(f"AS{name}")
    if kind == Kind.COMPANY and (company := load_catalogue().companies.get(name)):
        name = short_name(company.name)
    if kind == Kind.PROVIDER and (provider := load_catalogue().providers.get(name)):
        name = provider.name
    return label(w, node, name)
