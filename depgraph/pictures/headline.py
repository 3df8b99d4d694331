"""The finding of a picture in words: who can stop the service alone, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from depgraph.analysis.clients import Client
from depgraph.analysis.singles import Single, weakest_single
from depgraph.analysis.unknowns import unknown_part
from depgraph.pictures.basis import Basis
from depgraph.pictures.labels import heading
from depgraph.providers.rules import short_name
from depgraph.rendering.clients import whom
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.texts.reasons import failing_line, what
from depgraph.vocabulary import Confidence, Evidence, Kind

NAMED: Final = 3  # a headline names so many companies, and counts more


def headline(basis: Basis, table: Words) -> tuple[str, str]:
    """Return the finding in words: a headline, and what goes with it.

    Parameters
    ----------
    basis
        The graph and its answers.
    table
        The words of a language.
    """
    found = basis.singles
    others = found.others
    wanted = set(found.functions)
    everything = [actor for actor in others if wanted <= found.stops(actor)]
    named = everything or list(others)
    if named:
        key = "all" if everything else "some"
    elif found.undecided:
        key = "unknown"
    elif found.failing:
        key = "fails" if wanted == set(found.failing) else "rest"
    else:
        key = "none"
    title = table.say(
        f"picture.headline.{key}",
        names=_listed([others[actor] for actor in named], table),
        subject=found.subject,
        n=len(named),
    )
    return title, " ".join(_details(basis, everything, table))


def stops_words(several: Sequence[Single], table: Words) -> str:
    """Return what an actor can stop alone, and how sure that is; empty if nothing."""
    alike: dict[tuple[Client, ...], list[Single]] = {}
    for one in several:
        alike.setdefault(one.clients, []).append(one)
    parts = []
    for group in alike.values():
        functions = heading([one.function for one in group], table)
        parts.append(_marked(table.say("picture.stops", functions=functions), group, table))
    return table["list.semicolon"].join(parts)


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _details(basis: Basis, everything: Sequence[str], table: Words) -> list[str]:
    found = basis.singles
    by_actors: dict[tuple[str, ...], list[str]] = {}
    for function in found.functions:
        more = [
            actor
            for actor in found.others
            if function in found.stops(actor) and actor not in everything
        ]
        if more:
            by_actors.setdefault(tuple(more), []).append(function)
    code = "picture.headline.also" if everything else "picture.headline.only"
    parts = []
    for actors, stopped in by_actors.items():
        several = [
            [single for single in found.of(actor) if single.function in stopped] for actor in actors
        ]
        names = _listed(several, table)
        parts.append(table.say(code, function=capital(heading(stopped, table)), names=names))
    for function, reason in found.failing.items():
        parts.append(_failing(function, reason, table))
    return [*parts, *_not_known(basis, table)]


def _failing(function: str, reason: str, table: Words) -> str:
    """Return that a function does not work as recorded, and why."""
    told = failing_line(reason, table)
    return table.say(
        "full-stop", sentence=f"{capital(table.function(function))}{table['colon']}{told}"
    )


def _not_known(basis: Basis, table: Words) -> list[str]:
    """Return how much is not known, by name where it is little."""
    model = basis.model
    unknown = [node for node in range(len(model.ids)) if model.kind(node) == Kind.UNKNOWN]
    if not unknown:
        return []
    if len(unknown) >= NAMED:
        return [table.say("picture.headline.unknown-many", n=len(unknown))]
    parts = [unknown_part(model, node) for node in unknown]
    names = table.listed([what(part.what, part.of, table.lang) for part in parts])
    return [table.say("picture.headline.unknown-few", names=names)]


def _listed(several: Sequence[Sequence[Single]], table: Words) -> str:
    if len(several) > NAMED:
        return table.say("picture.companies", n=len(several))
    return table.listed([_marked(short_name(one[0].label), one, table) for one in several])


def _marked(text: str, several: Iterable[Single], table: Words) -> str:
    """Return a text, with whom it is about, and the words for what is reported or only likely."""
    several = list(several)
    evidence, confidence = weakest_single(several)
    clients = {one.clients for one in several}
    marks = [str(whom(Writer(table.lang), only)) for only in clients if only and len(clients) == 1]
    if evidence is Evidence.REPORTED:
        marks.append(table["evidence.reported"])
    if confidence is not Confidence.CERTAIN:
        marks.append(table[f"confidence.{confidence.value}"])
    if not marks:
        return text
    return table.say("in-brackets", what=text, note=table["list.comma"].join(marks))
