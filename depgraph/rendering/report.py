"""Text of a report: who is behind each function, layer by layer, and how that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from depgraph.analysis.clients import UNNAMED
from depgraph.analysis.roles import Owner, Role
from depgraph.analysis.security import ZoneSecurity
from depgraph.analysis.takedown import CutSet, FunctionCuts
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, State
from depgraph.names import display
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.clients import asked_for, over_ipv4, place, re_steered, whom
from depgraph.rendering.dependence import stops
from depgraph.rendering.findings import leading
from depgraph.rendering.phrases import (
    asked,
    cited,
    country,
    full_stop,
    function,
    functions,
    head,
    how,
    label,
    names,
    period,
    some,
    sure,
    within,
)
from depgraph.rendering.roles import involvement, layer, not_examined
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, alike, notes, unknown
from depgraph.rendering.writer import Writer
from depgraph.reporting.existence import is_nonexistent, is_unregistered
from depgraph.reporting.report import FunctionReport, Registration, Report
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import what_line, why_line
from depgraph.vocabulary import Confidence, Function, Kind, LawBasis, Layer, What, sent_of

_SUBJECTS: Final = 3  # names in one row before the rest is counted
_GROUPS: Final = 25  # other domains of one function of which it is told what stands behind them
_UNDECIDED: Final = 8  # unknown parts below the summary
_ZONES: Final = 6  # of which it is told what DNSSEC says
_ROWS: Final = 50  # of one layer in one table, before the rest is counted
_COLUMNS: Final = ("layer", "who", "for", "evidence")
_WEIGHTS: Final = (2, 5, 4, 4)


def report(result: Report, w: Writer) -> Iterator[Block]:
    """Write who is behind each function of a service."""
    w.number(result.citations)
    days = period(w, result.since, result.until)
    title = w.say("report.title", subject=foreign(display(result.subject)), days=days)
    yield from head(w, result, title)
    unregistered = is_unregistered(result.subject, result.functions)
    if unregistered or is_nonexistent(result.functions, result.findings):
        code = "brief.unregistered" if unregistered else "brief.nonexistent"
        subject = foreign(display(result.subject))
        yield Paragraph(full_stop(w, w.say(code, subject=subject)))
    yield from asked_for(w, result.takedown.clients)
    yield from _made_from(result, w)
    yield from involvement(w, result.involved)
    yield Paragraph(w.say("report.dnssec", zones=_dnssec(result, w)))
    yield from not_examined(w, result.not_examined)
    yield from leading(result.findings, w)
    yield from _summary(result, w)
    groups = _Groups(w)
    for one in result.functions:
        yield Heading(2, _heading(one, w))
        cuts = result.takedown[one.function]
        if cuts.state in {State.ABSENT, State.FAILS}:
            yield Paragraph(full_stop(w, out_of_order(w, cuts.state, cuts.reason)), 1)
        yield from groups.blocks(one, Days.of(result))
        if one.function == Function.NAME and result.registration is not None:
            yield from _registration(result.registration, w)
    yield from w.sources()
    yield Paragraph(cited(w, result.cite))


def _registration(found: Registration, w: Writer) -> Iterator[Block]:
    """Yield the state of a registration: what follows from it first, then its statuses."""
    lines = [why_line(found.finding, w.words)] if found.finding else []
    if found.status:
        statuses = join(w.words["list.comma"], map(foreign, found.status))
        lines.append(w.say("report.status", statuses=statuses))
    if lines:
        told = join(w.words["list.semicolon"], lines)
        yield Paragraph(w.say("about", what=foreign(display(found.name)), text=told), 1)


def _dnssec(result: Report, w: Writer) -> Inline:
    """Return what DNSSEC says of the zones of the service."""
    if not result.dnssec:
        return w.say("dnssec.not-examined")
    told = [_security(one, w) for one in result.dnssec[:_ZONES]]
    if len(result.dnssec) > _ZONES:
        told.append(w.say("more", n=len(result.dnssec) - _ZONES))
    return join(w.words["list.semicolon"], told)


def _security(one: ZoneSecurity, w: Writer) -> Inline:
    state = one.security.value if one.security else "not-examined"
    code = f"dnssec.{state}"
    if one.until:
        code = f"{code}.until"
    elif one.reason:
        code = f"{code}.reason"
    return w.say(
        code,
        name=foreign(display(one.name)),
        time=foreign(one.until[:16].replace("T", " ")),
        reason=why_line(one.reason, w.words),
    )


def _made_from(result: Report, w: Writer) -> Iterator[Block]:
    """Yield what the report was made from, on what places differ, and which saw nothing."""
    if result.title:
        yield Paragraph(w.words.titled(result.title))
    if result.source:
        yield Paragraph(w.say("source", source=w.words.records(result.source)))
    if result.differences:
        questions: list[Inline] = [foreign(question) for question in result.differences]
        if result.differences_left_out:
            questions.append(w.say("more", n=result.differences_left_out))
        named = (place(w, one) for one in result.vantages if one != UNNAMED)
        places = join(w.words["list.comma"], named)
        told = join(w.words["list.comma"], questions)
        yield Paragraph(w.say("report.differences", places=places, questions=told))
    if result.vantages_silent:
        silent = join(w.words["list.comma"], (place(w, one) for one in result.vantages_silent))
        yield Paragraph(w.say("report.silent", places=silent))


# --- The answers in short ------------------------------------------------------------------


def _summary(result: Report, w: Writer) -> Iterator[Block]:
    """Yield who can stop each function, and once what is unknown that may decide it."""
    group = asked(w, result.dependence.on)
    extent = within(w, result.takedown.horizon)
    heads = (
        w.say("column.function"),
        w.say("report.alone", within=extent),
        w.say("report.group-stops", group=group).capitalized(),
        w.say("report.group-passes", group=group).capitalized(),
    )
    yield Heading(2, re_steered(w, w.say("report.summary"), result.takedown.steering))
    yield Table(heads, tuple(_summary_row(result, one, w) for one in result.functions))
    yield Paragraph(w.say("power-not-intention"))
    ipv4 = over_ipv4(w, result.takedown.ipv6_unknown, Days.of(result))
    yield from (Paragraph(full_stop(w, one)) for one in ipv4)
    undecided = _undecided(result)
    if undecided:
        yield Paragraph(w.say("report.undecided"))
    for several, parts in undecided.items():
        groups = alike(parts)
        lines = [
            unknown(w, group[0], Days.of(result), of=[part.of for part in group])
            for group in groups[:_UNDECIDED]
        ]
        if len(groups) > _UNDECIDED:
            lines.append(w.say("more", n=len(groups) - _UNDECIDED))
        told = join(w.words["list.semicolon"], lines)
        yield Paragraph(w.say("about", what=functions(w, several).capitalized(), text=told), 1)


def _summary_row(result: Report, one: FunctionReport, w: Writer) -> Row:
    name = function(w, one.function)
    if one.absent:
        return Row((name, w.say("state.absent"), Inline(), Inline()))
    held = result.dependence[one.function]
    return Row(
        (
            name,
            _alone(result.takedown[one.function], w),
            stops(held, w),
            sure(w, w.say(f"answer.{held.exposure.value}"), held.exposure_confidence),
        )
    )


def _alone(cuts: FunctionCuts, w: Writer) -> Inline:
    """Return who can stop a function alone, the service itself last."""
    if cuts.state is State.FAILS:
        return w.say("state.fails")
    who = [_stopper(w, cut) for cut in (*cuts.alone_sets, *cuts.exceptions)]
    itself = any(len(cut.members) == 1 and cut.own and not cut.worst_case for cut in cuts.cut_sets)
    who += [w.say("self")] if itself else []
    if cuts.fails_for:
        who.append(w.say("report.unserved", whom=whom(w, cuts.fails_for)))
    if who:
        return join(w.words["list.semicolon"], who)
    if cuts.alone is Answer.NO:
        return sure(w, w.say("report.nobody"), cuts.confidence)
    return w.say("answer.undetermined")


def _stopper(w: Writer, cut: CutSet) -> Inline:
    who = label(w, cut.members[0].id, cut.members[0].label)
    if cut.clients:
        who = w.say("in-brackets", what=who, note=whom(w, cut.clients))
    return sure(w, who, cut.confidence)


def _undecided(result: Report) -> dict[tuple[str, ...], list[UnknownPart]]:
    """Return what is unknown that may stop functions alone, by those functions."""
    found: dict[UnknownPart, dict[str, None]] = {}
    for one in result.takedown.functions:
        for cut in one.cut_sets:
            if cut.worst_case and len(cut.members) < 2 and not cut.own:
                for part in cut.unknown:
                    found.setdefault(part, {})[one.function] = None
    by_functions: dict[tuple[str, ...], list[UnknownPart]] = {}
    for part, several in found.items():
        by_functions.setdefault(tuple(several), []).append(part)
    return by_functions


# --- Layer by layer ------------------------------------------------------------------------


def _heading(one: FunctionReport, w: Writer) -> Inline:
    """Return the name of a function, with how much of it is unknown."""
    name = function(w, one.function)
    if one.absent:
        return name
    missing = len(one.unknown)
    if not missing:
        return name
    return w.say("about", what=name, text=w.say("report.unknown-count", n=missing))


class _Groups:
    """Tells what stands behind other domains once, and not again under a later function."""

    def __init__(self, w: Writer) -> None:
        self._w = w
        self._told: dict[tuple[object, ...], str] = {}

    def blocks(self, one: FunctionReport, days: Days) -> Iterator[Block]:
        """Yield the roles of a function: the direct ones, then those behind each other domain."""
        w = self._w
        near: list[tuple[str, list[Role]]] = []
        elsewhere: dict[str, list[str]] = {}
        for domain, several in _by_domain(one.roles).items():
            key = (domain, *(replace(role, path=(), function="") for role in several))
            if not domain:
                near.append((domain, several))
            elif key in self._told:
                elsewhere.setdefault(self._told[key], []).append(display(domain))
            else:
                self._told[key] = one.function
                near.append((domain, several))
        for domain, several in near[:_GROUPS]:
            if domain:
                yield Heading(3, w.say("report.behind", domain=foreign(display(domain))))
            yield _table(several, w, days)
        if len(near) > _GROUPS:
            yield Paragraph(w.say("report.behind-more", n=len(near) - _GROUPS), 1)
        for other, domains in elsewhere.items():
            told = names(w, domains, _GROUPS)
            where = function(w, other)
            yield Paragraph(w.say("report.as-under", domains=told, function=where), 1)


def _by_domain(several: Iterable[Role]) -> Mapping[str, list[Role]]:
    found: dict[str, list[Role]] = {}
    for role in several:
        found.setdefault(role.through, []).append(role)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """Roles that are told in one row: one, or several unknowns that are alike."""

    role: Role
    of: tuple[str, ...]
    subjects: tuple[str, ...]


def _table(several: Sequence[Role], w: Writer, days: Days) -> Table:
    heads = tuple(w.say(f"column.{name}") for name in _COLUMNS)
    return Table(heads, tuple(_rows(_folded(several), w, days)), _WEIGHTS)


def _rows(lines: Sequence[_Line], w: Writer, days: Days) -> Iterator[Row]:
    """Yield a row for each line; of a layer that has too many for anybody to read, how many more."""
    names = [layer(w, line.role) for line in lines]
    every, yielded = Counter(names), Counter[Inline]()
    for name, line in zip(names, lines, strict=True):
        yielded[name] += 1
        if yielded[name] <= _ROWS:
            yield Row(_cells(line, w, days), line.role.unknown)
        elif yielded[name] == every[name]:
            yield Row((name, w.say("more", n=every[name] - _ROWS), Inline(), Inline()))


def _folded(several: Iterable[Role]) -> list[_Line]:
    """Return roles, those that are unknown in the same layer for the same reason as one line."""
    groups: dict[tuple[object, ...], list[Role]] = {}
    for role in several:
        known = (role.last_known, role.last_known_time, role.last_known_evidence)
        key: tuple[object, ...] = (role,)
        if role.unknown:
            key = (role.layer, role.needed, role.what, role.reason, role.vantage, *known)
        groups.setdefault(key, []).append(role)
    return [
        _Line(
            role=group[0],
            of=tuple(dict.fromkeys(role.of for role in group)),
            subjects=tuple(dict.fromkeys(name for role in group for name in role.subjects)),
        )
        for group in groups.values()
    ]


def _cells(line: _Line, w: Writer, days: Days) -> tuple[Inline, ...]:
    """Return the four cells of a line: layer, who, what for, how it is known."""
    role = line.role
    return (
        layer(w, role),
        _who(line, w, days),
        some(w, map(foreign, line.subjects), _SUBJECTS),
        known_by(role, w),
    )


def _who(line: _Line, w: Writer, days: Days) -> Inline:
    role = line.role
    if role.unknown:
        what = what_line(role.what or What.OTHER, line.of, w.words)
        who = w.say("report.unknown", what=what)
        because = notes(w, role, days)
        who = w.say("in-brackets", what=who, note=because) if because else who
    else:
        who = _chain(role, w)
    if not role.needed:
        who = w.say("mark", text=who, mark=w.say("exposed"))
    if role.unserved and not role.unknown:
        who = w.say("mark", text=who, mark=why_line(role.unserved, w.words))
    if role.vantage and not role.unknown:
        several = role.vantage.split(",")
        code = "report.only-for" if all(map(sent_of, several)) else "report.only-at"
        seen = w.words.enumerated([place(w, one) for one in several])
        who = w.say("mark", text=who, mark=w.say(code, place=seen))
    return who


def _steps(role: Role, w: Writer) -> list[Inline]:
    """Return what a third party does, or what the page has from it."""
    if role.layer is not Layer.THIRD_PARTY:
        return []
    several = dict.fromkeys((role.finding, *(fact.finding for fact in role.others)))
    return [why_line(finding, w.words) for finding in several if finding]


def _chain(role: Role, w: Writer) -> Inline:
    """Return an actor and who stands above it."""
    chain = [label(w, role.actor, role.label)]
    companies = {one.label: one for one in role.owners if one.kind is Kind.COMPANY}
    companies.pop(role.label, None)  # a company that is called like its provider
    chain += [_owner(w, foreign(name), one) for name, one in companies.items()]
    if role.countries:
        chain.append(_owner(w, country(w, role.country), role.countries[-1]))
    elif role.kind is Kind.PROVIDER:
        chain.append(w.say("report.country-unknown"))
    who = join(w.words["above"], chain)
    if role.reaching:
        several = [_owner(w, country(w, one.label), one) for one in role.reaching]
        reached = join(w.words["list.comma"], several)
        who = w.say("report.reached", who=who, countries=reached)
    if role.confidence is not Confidence.POSSIBLE:
        return who
    because = why_line(role.reason, w.words)
    named = w.say("possibly", name=who)
    return w.say("in-brackets", what=named, note=because) if because else named


def _owner(w: Writer, name: Inline, owner: Owner) -> Inline:
    """Return a name of a chain; of one who is not certain how sure that is."""
    doubts = []
    if owner.basis not in {None, LawBasis.SEAT}:
        doubts.append(w.say(f"basis.{owner.basis}"))
    if owner.confidence is not Confidence.CERTAIN:
        doubts.append(w.say(f"confidence.{owner.confidence.value}"))
    if owner.unverified:
        doubts.append(w.say("unverified"))
    mark = join(w.words["list.comma"], doubts)
    return w.say("mark", text=name, mark=mark) if doubts else name


def known_by(role: Role, w: Writer) -> Inline:
    """Return how a role is known: class, confidence, source, days, rule and citation."""
    parts = [w.say(f"evidence.{role.evidence.value}")]
    if role.confidence is not Confidence.CERTAIN:
        parts.append(w.say(f"confidence.{role.confidence.value}"))
    if role.unverified:
        parts.append(w.say("unverified"))
    parts.append(w.words.source(role.provenance))
    days = list(dict.fromkeys(day[:10] for day in (role.time, role.until) if day))
    parts.append(foreign("…".join(days)))
    parts.append(foreign(role.rule))
    parts.append(w.cite(role.citation))
    for other in role.others:
        again = how(
            w,
            other.evidence,
            other.confidence,
            unverified=other.unverified,
            citation=other.citation,
        )
        parts.append(w.say("report.also", how=again))
    parts += _steps(role, w)
    return join(w.words["list.comma"], {str(part): part for part in parts}.values())
