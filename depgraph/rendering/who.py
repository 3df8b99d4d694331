"""Text of who somebody is, who owned it on a day, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from depgraph.analysis.who import Actor, Happened, Owned, Reaching, Who
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.phrases import country, head, names, period
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.vocabulary import LawBasis

_PATTERNS: Final = 6  # of one kind that are written out


def who(result: Who, w: Writer) -> Iterator[Block]:
    """Write who owned each actor on the day, what happened, and by which rules it is known."""
    days = period(w, result.since, result.until)
    yield from head(w, result, w.say("who.title", subject=foreign(result.subject), days=days))
    if result.begins:
        yield Paragraph(w.say("who.begins", day=foreign(result.begins)))
    if not result.actors:
        yield Paragraph(w.say(f"who.nobody.{result.asked}", subject=foreign(result.subject)))
    for actor in result.actors:
        yield from _actor(actor, w)
    yield from w.sources()


def _actor(actor: Actor, w: Writer) -> Iterator[Block]:
    yield Heading(2, w.say("who.actor", name=foreign(actor.label), id=foreign(actor.id)))
    if actor.roles:
        roles = join(w.words["list.comma"], [w.say(f"role.{role}") for role in actor.roles])
        yield Paragraph(w.say("who.roles", roles=roles), 1)
    if actor.aliases:
        yield Paragraph(w.say("who.aliases", names=names(w, actor.aliases)), 1)
    if actor.providers:
        yield Paragraph(w.say("who.runs", names=names(w, actor.providers, _PATTERNS)), 1)
    if not actor.owners:
        yield Paragraph(w.say("who.no-company"), 1)
    for number, one in enumerate(actor.owners):
        yield Paragraph(_owner(one, w, first=number == 0), 1)
        for law in one.reaching:
            said = w.say(
                "who.reached",
                name=foreign(one.label),
                country=reached(w, law),
                source=w.cite(law.source),
                mark=_mark(w, unverified=law.unverified),
            )
            yield Paragraph(said, 2)
    for later, told in groupby(actor.changes, key=lambda one: one.later):
        yield Heading(3, w.say("who.since" if later else "who.before"))
        for change in told:
            yield Paragraph(_change(change, w), 1)
    yield Heading(3, w.say("who.rules", count=len(actor.rules)))
    for signal, several in groupby(actor.rules, key=lambda rule: rule.signal):
        patterns = names(w, [rule.pattern for rule in several], _PATTERNS)
        yield Paragraph(w.say("who.rule", kind=w.say(f"signal.{signal}"), patterns=patterns), 1)
    mark = _mark(w, unverified=actor.unverified)
    said = w.say("who.source", source=w.cite(actor.source), day=foreign(actor.checked), mark=mark)
    yield Paragraph(said, 1)


def _owner(one: Owned, w: Writer, *, first: bool) -> Inline:
    data = {
        "name": foreign(one.label),
        "country": seat(w, one.country, one.basis),
        "source": w.cite(one.source),
        "mark": _mark(w, unverified=one.unverified),
    }
    if first:
        return w.say("who.company", **data)
    began = since(one.since, w)
    until = w.say("who.owned-until", day=foreign(one.until)) if one.until else Inline()
    unsure = w.say("who.unsure") if one.unsure else Inline()
    when = join(w.words["list.comma"], [began, until, unsure])
    owned = w.cite(one.owned_source)
    mark = _mark(w, unverified=one.owned_unverified)
    return w.say("who.owner", when=when, owned=owned, owned_mark=mark, **data)


def since(day: str, w: Writer) -> Inline:
    """Return since when it was an owner's; after ``..`` the day by which it was."""
    if not day:
        return w.say("who.no-day")
    by = day.startswith("..")
    return w.say("who.owned-by" if by else "who.owned-since", day=foreign(day.removeprefix("..")))


def seat(w: Writer, code: str, basis: LawBasis | None) -> Inline:
    """Return the country of a company's seat, and by what its law binds the one who is told of."""
    if not code or basis is None:
        return w.say("report.country-unknown")
    return w.say("in-brackets", what=country(w, code), note=w.say(f"basis.{basis.value}"))


def reached(w: Writer, law: Reaching) -> Inline:
    """Return a country whose law reaches a company besides, and by what."""
    return w.say(
        "in-brackets", what=country(w, law.country), note=w.say(f"basis.{law.basis.value}")
    )


def _change(one: Happened, w: Writer) -> Inline:
    code = f"who.{one.what}" if one.other or one.what != "ended" else "who.ended.alone"
    told = w.say(code, of=foreign(one.of), other=foreign(one.other))
    mark = _mark(w, unverified=one.unverified)
    return w.say(
        "who.change", day=foreign(one.day), told=told, source=w.cite(one.source), mark=mark
    )


def _mark(w: Writer, *, unverified: bool) -> Inline:
    return w.say("who.unverified") if unverified else Inline()
