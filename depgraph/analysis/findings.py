"""What is wrong with a service, or about to be: what a check of a delegation leads with.

Whoever builds a graph writes what it learnt of an edge, a node or an unknown there, as a coded
reason. Those that :data:`depgraph.vocabulary.FINDINGS` lists are findings; a function that
does not work as recorded is one, and so are name servers that all stand or fall together
(RFC 2182, section 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.clients import Client, classes, whom
from depgraph.analysis.evaluate import recorded
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.results import Result, about
from depgraph.analysis.verdicts import State
from depgraph.names import is_below, mixes_scripts, registered_domain, shown
from depgraph.parameters import checked
from depgraph.schema.access import function_rank
from depgraph.vocabulary import (
    FINDINGS,
    Advice,
    Confidence,
    Evidence,
    Function,
    Kind,
    Reason,
    ReasonCode,
    Relation,
    Urgency,
    What,
    reasons,
    urgency_of,
)

_HORIZON: Final = "30d"
_SOON: Final = timedelta(days=90)
"""Time before the end of a registration from which that is a finding: our choice."""
_DAYS: Final = ("date", "time")  # data of a reason that say when


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or worth knowing.

    Parameters
    ----------
    urgency, advice
        How urgent it is, and what to do.
    reason
        What it is (coded: see :class:`depgraph.vocabulary.Reason`).
    id, label
        The node that it is about, and its text for people.
    functions
        The functions that need it; empty where they only pass it.
    date
        ISO day or time from which it breaks, where one is known.
    clients
        For whom; empty: for everyone.
    evidence, time, server, citation
        Of what shows it: how it is known, since when, and by whom. That is the edge that it stands
        on, or another observation (a name server is listed by one, and does not serve as another
        says).
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"date", "clients", "evidence", "time", "server", "citation"}
    )

    urgency: Urgency
    advice: Advice
    reason: str
    id: str
    label: str
    functions: tuple[str, ...] = ()
    date: str = ""
    clients: tuple[Client, ...] = ()
    evidence: str = ""
    time: str = ""
    server: str = ""
    citation: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Findings(Result):
    """What is wrong with a service, the most urgent first.

    Parameters
    ----------
    findings
        One each; empty where nothing was found in what was looked at.
    looked_at
        Whether anything could be: whether the graph has one answer about the service at least.
    """

    NAME: ClassVar[str] = "findings"

    findings: tuple[Finding, ...]
    looked_at: bool = True

    def of(self, urgency: Urgency | str) -> tuple[Finding, ...]:
        """Return the findings of one urgency."""
        return tuple(one for one in self.findings if one.urgency == Urgency(urgency))

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per finding."""
        return [
            {
                "urgency": one.urgency.value,
                "reason": one.reason,
                "id": one.id,
                "label": one.label,
                "functions": ", ".join(one.functions),
                "date": one.date,
                "advice": one.advice.value,
                "clients": ", ".join(map(str, one.clients)),
                "evidence": one.evidence,
                "time": one.time,
                "server": one.server,
                "citation": one.citation,
            }
            for one in self.findings
        ]

    def _brief(self) -> str:
        counts = {urgency: len(self.of(urgency)) for urgency in Urgency}
        return ", ".join(f"{n} {urgency}" for urgency, n in counts.items() if n) or "none"


@checked()
def findings(graph: nx.MultiDiGraph[str] | Model) -> Findings:
    """Say what is wrong with a service, or about to be.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.

    Returns
    -------
    Findings
        The most urgent first; of one urgency those that functions need before others.

    Raises
    ------
    GraphError
        If the graph does not follow the schema.
    """
    model = model_of(graph)
    failing = tuple(_failing(model))
    told = {one.reason for one in failing}
    by_meaning = {(one.reason, one.label): one for one in failing}
    for one in (*_noted(model), *_unknown(model), *_together(model), *_misread(model)):
        if one.reason not in told and not _far_off(model, one):
            by_meaning.setdefault((one.reason, one.label), one)
    found = tuple(sorted(by_meaning.values(), key=_place))
    return Findings(**about(model), findings=found, looked_at=bool(found) or _looked_at(model))


def _looked_at(model: Model) -> bool:
    """Tell whether anything was answered: what the catalogue knows of a suffix has no time."""
    answered = any(
        edge.data.get("time") and edge.data["evidence"] != Evidence.UNKNOWN for edge in model.edges
    )
    return answered or any(model.nodes[node].get("absent") for node in model.functions.values())


def _far_off(model: Model, one: Finding) -> bool:
    """Tell whether a registration ends so late that it is only a fact about it."""
    until = str(model.about.get("until", ""))
    if not (until and one.date and one.advice is Advice.REGISTER):
        return False
    return date.fromisoformat(one.date) > date.fromisoformat(until) + _SOON


def _place(one: Finding) -> tuple[object, ...]:
    first = min(map(function_rank, one.functions), default=(len(FINDINGS),))
    return (one.urgency.rank, not one.functions, one.date, first, one.label, one.reason)


def _made(model: Model, reason: Reason, node: int, **more: Any) -> Finding:
    urgency = urgency_of(reason)
    return Finding(
        urgency=urgency,
        advice=FINDINGS[reason.code].advice,
        reason=str(reason),
        id=model.ids[node],
        label=model.label(node),
        date=next(filter(None, map(reason.get, _DAYS)), "") if urgency is Urgency.DATED else "",
        **({"functions": _needing(model, node)} | more),
    )


def _needing(model: Model, node: int) -> tuple[str, ...]:
    """Return the functions that need a node, in their order."""
    if "needing" not in model.remembered:
        reached = {name: model.reach(start) for name, start in model.functions.items()}
        model.remembered["needing"] = reached
    sets: Mapping[str, set[int]] = model.remembered["needing"]
    return tuple(name for name, nodes in sets.items() if node in nodes)


def _listed(text: object) -> list[Reason]:
    """Return those of some coded reasons that are findings."""
    return [one for one in reasons(str(text or "")) if one.code in FINDINGS]


_CITED: Final = ("evidence", "time", "server", "citation")


def _remarked(
    data: Mapping[str, Any], attribute: str = "finding"
) -> Iterator[tuple[Reason, dict[str, str]]]:
    """Yield the findings of a node or an edge, each with who shows it besides what it stands on."""
    shown = reasons(str(data.get("shown_by") or ""))
    for reason, by in zip_longest(reasons(str(data.get(attribute) or "")), shown):
        if reason is not None and reason.code in FINDINGS:
            yield reason, {key: by.get(key) for key in _CITED} if by and by.data else {}


def _failing(model: Model) -> Iterator[Finding]:
    """List why functions do not work as recorded, each reason once, for everyone or for some."""
    several = classes(model)
    states = [recorded(one.model, seconds_of(_HORIZON)) for one in several]
    functions: dict[tuple[Reason, tuple[Client, ...]], list[str]] = {}
    for name, node in model.functions.items():
        by_reason: dict[Reason, list[int]] = {}
        for n, one in enumerate(several):
            if states[n][name] is State.FAILS:
                for reason in _listed(one.model.why_failing.get(node)):
                    by_reason.setdefault(reason, []).append(n)
        for reason, failing in by_reason.items():
            clients = whom(several, failing, range(len(several)))
            functions.setdefault((reason, clients), []).append(name)
    for (reason, clients), names in functions.items():
        first = model.functions[names[0]]
        by = _shown(model, reason)
        yield _made(model, reason, first, functions=tuple(names), clients=clients, **by)


def _shown(model: Model, reason: Reason) -> dict[str, str]:
    """Return who shows why a function fails: as where the graph has that, or how servers failed."""
    if "shown" not in model.remembered:
        told = [pair for one in model.nodes for pair in _remarked(one)]
        told += [
            (one, by or _source(edge)) for edge in model.edges for one, by in _remarked(edge.data)
        ]
        model.remembered["shown"] = {one: by for one, by in reversed(told) if by}
        tried = [pair for n in model.unserved for pair in _remarked(model.nodes[n], "reason")]
        model.remembered["tried"] = [pair for pair in tried if pair[1]]
    shown: Mapping[Reason, dict[str, str]] = model.remembered["shown"]
    if reason.code is ReasonCode.UNRESOLVED:
        how = set(reasons(reason.get("reason")))
        tried = model.remembered["tried"]
        return next((by for one, by in tried if how.issuperset(reasons(one.get("reason")))), {})
    return shown.get(reason, {})


def _noted(model: Model) -> Iterator[Finding]:
    """List what stands on nodes and edges."""
    name = model.functions.get(Function.NAME)
    if name is not None and model.nodes[name].get("absent"):  # what is not there serves nothing
        for reason, by in _remarked(model.nodes[name], "reason"):
            yield _made(model, reason, name, functions=(Function.NAME.value,), **by)
    told = set()
    for node, data in enumerate(model.nodes):
        for reason, by in _remarked(data):
            told.add(reason)
            yield _made(model, reason, node, **by)
        for reason in _listed(data.get("dnssec_reason")):
            yield _made(model, reason, node)
    for edge in model.edges:
        for reason, by in _remarked(edge.data):
            if reason.code is ReasonCode.ANSWERS_DIFFER and reason in told:
                continue  # of the whole registration, and of each registrar that it is about
            functions = _needing(model, edge.head) if edge.needed else ()
            yield _made(model, reason, edge.head, functions=functions, **(by or _source(edge)))


def _unknown(model: Model) -> Iterator[Finding]:
    """List the unknown nodes whose reason is a finding: what was tried, and did not serve."""
    for node, data in enumerate(model.nodes):
        if data["kind"] != Kind.UNKNOWN:
            continue
        into = [model.edges[e] for e in model.into[node]]
        for reason, by in _remarked(data, "reason"):
            made = _made(model, reason, node, **(by or (_source(into[0]) if into else {})))
            yield replace(made, label=str(data.get("of", made.label)))


_NAMED: Final = frozenset({Kind.ZONE, Kind.HOST, Kind.NAMESERVER, Kind.EXCHANGE})


def _misread(model: Model) -> Iterator[Finding]:
    """List the names that mix letters of several scripts, of each domain the shortest."""
    found: dict[str, list[int]] = {}
    for node, data in enumerate(model.nodes):
        if data["kind"] in _NAMED and mixes_scripts(name := _name_of(model, node)):
            domain = registered_domain(name)
            mixed = domain if domain and mixes_scripts(domain) else name
            found.setdefault(mixed, []).append(node)
    for name, nodes in found.items():
        needing = {one for node in nodes for one in _needing(model, node)}
        functions = tuple(one for one in model.functions if one in needing)
        reason = Reason.of(ReasonCode.MIXED_SCRIPTS, name=name)
        yield replace(_made(model, reason, nodes[0], functions=functions), label=shown(name))


def _name_of(model: Model, node: int) -> str:
    """Return the name in the DNS that a node is of."""
    return model.ids[node].partition(":")[2]


def _source(edge: Edge) -> dict[str, str]:
    return {name: str(edge.data.get(name, "")) for name in _CITED}


# --- Name servers that stand or fall together ---------------------------------------------


def _together(model: Model) -> Iterator[Finding]:
    """List the zones of the service whose name servers are one, or in one prefix or network."""
    subject = str(model.about.get("subject", ""))
    for zone, data in enumerate(model.nodes):
        if data["kind"] != Kind.ZONE or not is_below(subject, _name_of(model, zone)):
            continue
        if _heads(model, [zone], {Relation.REGISTRY}):
            continue  # a registry's own: it is on the way to every name below it
        for reason in _alone(model, zone):
            yield _made(model, reason, zone)


def _alone(model: Model, zone: int) -> Iterator[Reason]:
    groups = _heads(model, [zone], {Relation.NAMESERVER})
    ways = [e.head for e in _listing(model, groups) if e.needed and not _is_unreached(e)]
    # Also one that was seen not to serve, behind an attempt at it: it is among all.
    reached = dict.fromkeys([*ways, *_below(model, ways, {Relation.NAMESERVER})])
    servers = [n for n in reached if model.kind(n) == Kind.NAMESERVER]
    below = _below(model, servers, _TO_NETWORK)
    if not servers or any(model.kind(n) == Kind.UNKNOWN for n in ways):
        return
    names = {model.label(n) for n in servers}
    if len(names) == 1 and not any(name.startswith("*.") for name in names):
        among = "unreached" if _unreached(model, groups) else ""
        yield Reason.of(ReasonCode.ONE_SERVER, name=model.label(servers[0]), among=among)
    unknown = {model.nodes[n].get("what") for n in below if model.kind(n) == Kind.UNKNOWN}
    addresses = [n for n in below if model.kind(n) == Kind.ADDRESS]
    if len(names) > 1 and len(addresses) == 1 and unknown <= _OF_NETWORKS:
        yield Reason.of(ReasonCode.ONE_ADDRESS, name=model.label(addresses[0]))
    if unknown:
        return
    prefixes = {n for n in below if model.kind(n) == Kind.PREFIX}
    networks = {n for n in below if model.kind(n) == Kind.ASN}
    if len(addresses) > 1 and all(_heads(model, [n], {Relation.PREFIX}) for n in addresses):
        if len(prefixes) == 1:
            yield Reason.of(ReasonCode.ONE_PREFIX, name=model.label(min(prefixes)))
        elif len(networks) == 1:
            yield Reason.of(ReasonCode.ONE_NETWORK, name=model.label(min(networks)))


_UNREACHED: Final = frozenset({ReasonCode.INWARD_ADDRESS, ReasonCode.NONEXISTENT})


def _listing(model: Model, groups: Iterable[int]) -> Iterator[Edge]:
    """Yield the edges by which sets of name servers list each."""
    every = (model.edges[e] for group in groups for e in model.out[group])
    return (edge for edge in every if edge.relation == Relation.NAMESERVER)


def _unreached(model: Model, groups: Iterable[int]) -> bool:
    """Tell whether the name servers of a zone are more than those that the Internet reaches."""
    return any(map(_is_unreached, _listing(model, groups)))


def _is_unreached(edge: Edge) -> bool:
    """Tell whether the name server of an edge is, at least likely, one that nobody reaches."""
    if edge.needed and edge.effect is Confidence.CERTAIN:
        return False
    told = reasons(str(edge.data.get("finding") or ""))
    return any(one.code in _UNREACHED for one in told)


_OF_NETWORKS: Final = frozenset({What.ORIGIN, What.NETWORK, What.HOLDER, What.ADDRESS_REGISTRY})
"""What may be unknown where every address is known."""
_TO_NETWORK: Final = frozenset(
    {Relation.ADDRESS, Relation.ALIAS, Relation.PREFIX, Relation.ORIGIN, Relation.HOST}
)


def _below(model: Model, tails: Iterable[int], relations: Iterable[str]) -> list[int]:
    """List what some nodes lead to by some relations, step by step."""
    stack = list(tails)
    found: dict[int, None] = {}
    while stack:
        for head in _heads(model, [stack.pop()], relations):
            if head not in found:
                found[head] = None
                stack.append(head)
    return list(found)


def _heads(model: Model, tails: Iterable[int], relations: Iterable[str]) -> list[int]:
    wanted = set(relations)
    return [edge.head for tail in tails for edge in model.needs(tail) if edge.relation in wanted]
