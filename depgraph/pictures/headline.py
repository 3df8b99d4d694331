"""The finding of a picture in words: who can stop the service alone, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from depgraph.analysis.clients import Client
from depgraph.analysis.roles import FUNCTION_LAYERS, Role
from depgraph.analysis.singles import Single, weakest_single
from depgraph.analysis.unknowns import unknown_part
from depgraph.pictures.basis import Basis
from depgraph.pictures.frame import deck
from depgraph.pictures.labels import heading
from depgraph.rendering.blocks import Paragraph
from depgraph.rendering.clients import whom
from depgraph.rendering.findings import urgent
from depgraph.rendering.phrases import shortened, the_function
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.texts.inline import own
from depgraph.texts.reasons import failing_line, what
from depgraph.vocabulary import Confidence, Evidence, Kind

NAMED: Final = 3  # a headline names so many companies, and counts more
_URGENT: Final = 2  # findings below it, before the rest is counted


def headline(basis: Basis, table: Words) -> tuple[str, str]:
    """Return the finding in words: a headline, and what goes with it.

    Parameters
    ----------
    basis
        The graph and its answers.
    table
        The words of a language.
    """
    if basis.nothing:
        return table.say(basis.nothing, subject=basis.subject), deck([basis.model], table)
    found = basis.singles
    others = _particular(basis)
    wanted = set(found.functions)
    everything = [actor for actor in others if wanted <= found.stops(actor)]
    named = everything or list(others)
    stopped = _same([found.stops(actor) for actor in named], found.functions)
    if named:
        key = "all" if everything else "these" if stopped else "some"
    elif _is_open(basis):
        key = "unknown"
    elif found.failing:
        key = "fails" if wanted == set(found.failing) else "rest"
    else:
        key = "none"
    layers = _unknown_layers(basis, table)
    if key == "unknown" and not layers:
        key = "open"
    besides = bool(basis.registries) and key in {"unknown", "open", "rest", "none"}
    title = table.say(
        f"picture.headline.{key}-besides" if besides else f"picture.headline.{key}",
        names=_listed(basis, [others[actor] for actor in named], table),
        subject=found.subject,
        functions=_the(stopped, found.functions, table) if stopped else "",
        layers=layers,
        n=len(named),
    )
    details = _details(basis, named if stopped else everything, table)
    return title, " ".join(filter(None, (deck([basis.model], table), *details)))


def _the(functions: Iterable[str], offered: Iterable[str], table: Words) -> str:
    """Return functions as part of a sentence: the web site and the mail."""
    w = Writer(table.lang)
    return table.listed([str(the_function(w, name)) for name in shortened(functions, offered)])


def _is_open(basis: Basis) -> bool:
    """Tell whether somebody else than those known may be able to stop a function alone."""
    return bool(basis.singles.undecided) or any(
        cut.worst_case and len(cut.members) < 2 and not cut.own
        for one in basis.takedown.functions
        for cut in one.cut_sets
    )


def _unknown_layers(basis: Basis, table: Words) -> str:
    """Return the first layers of which nobody is known, and how many more there are."""
    roles = basis.roles
    layers = [
        layer
        for layer in FUNCTION_LAYERS
        if any(_is_unknown(roles.by_layer(name).get(layer, ())) for name in basis.shown)
    ]
    return str(table.some([own(table.brief(f"layer.{layer.value}")) for layer in layers], NAMED))


def _is_unknown(several: Sequence[Role]) -> bool:
    return bool(several) and not any(role.known for role in several)


def _same(several: Sequence[frozenset[str]], functions: Iterable[str]) -> list[str]:
    """Return the functions that each of several can stop, if they are the same ones."""
    if len(set(several)) != 1:
        return []
    return [name for name in functions if name in several[0]]


def _particular(basis: Basis) -> dict[str, tuple[Single, ...]]:
    """Return who can stop something alone, those left out who can as registries only."""
    others = basis.singles.others
    return {actor: several for actor, several in others.items() if actor not in basis.registries}


def footnotes(basis: Basis, table: Words) -> tuple[str, ...]:
    """Return what stands below every picture of one service: what "can" means, and the registries."""
    return tuple(filter(None, (table["power-not-intention"], registry_note(basis, table))))


def wrong(basis: Basis, table: Words) -> list[str]:
    """Return what is wrong with the service, as the text of the findings leads with it."""
    blocks = urgent(basis.findings.findings, Writer(table.lang), most=_URGENT)
    return [str(block.text) for block in blocks if isinstance(block, Paragraph)]


def registry_note(basis: Basis, table: Words) -> str:
    """Return the footnote on the registries that can stop the service; empty where none can."""
    several = [basis.singles.of(actor) for actor in sorted(basis.registries)]
    if not several:
        return ""
    names = table.listed([_actor(basis, one, table) for one in several])
    return table.say("picture.registries", names=names, n=len(several))


def stops_words(basis: Basis, several: Sequence[Single], table: Words) -> str:
    """Return what an actor can stop alone, and how sure that is; empty if nothing."""
    alike: dict[tuple[Client, ...], list[Single]] = {}
    for one in several:
        alike.setdefault(one.clients, []).append(one)
    parts = []
    for group in alike.values():
        functions = heading([one.function for one in group], table, basis.singles.functions)
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
            for actor in _particular(basis)
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
        names = _listed(basis, several, table)
        parts.append(
            table.say(code, function=capital(heading(stopped, table, found.functions)), names=names)
        )
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


def _listed(basis: Basis, several: Sequence[Sequence[Single]], table: Words) -> str:
    if len(several) > NAMED:
        return table.say("picture.companies", n=len(several))
    return table.listed([_actor(basis, one, table) for one in several])


def _actor(basis: Basis, several: Sequence[Single], table: Words) -> str:
    """Return the name of an actor, in brackets its owner, and the words for how it is known."""
    name, owner = basis.called(several[0].actor)
    return _marked(name, several, table, owner=owner)


def _marked(text: str, several: Iterable[Single], table: Words, *, owner: str = "") -> str:
    """Return a text, with whom it is about, and the words for what is reported or only likely."""
    several = list(several)
    evidence, confidence = weakest_single(several)
    clients = {one.clients for one in several}
    marks = [str(whom(Writer(table.lang), only)) for only in clients if only and len(clients) == 1]
    marks = [owner, *marks] if owner else marks
    return marked(text, [*marks, *doubts(evidence, confidence, table)], table)


def doubts(evidence: Evidence | None, confidence: Confidence, table: Words) -> list[str]:
    """Return the words of a headline for what is reported or only likely."""
    marks = [table["evidence.reported"]] if evidence is Evidence.REPORTED else []
    if confidence is not Confidence.CERTAIN:
        marks.append(table[f"confidence.{confidence.value}"])
    return marks


def marked(text: str, marks: Sequence[str], table: Words) -> str:
    """Return a text with some words in brackets; as it is where there are none."""
    if not marks:
        return text
    return table.say("in-brackets", what=text, note=table["list.comma"].join(marks))
