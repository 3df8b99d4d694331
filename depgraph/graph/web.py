"""The addresses of a web host, each under the front that answers there, if one does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from depgraph.graph import addresses, network, reports
from depgraph.graph.answers import FAMILIES, Answer, proof
from depgraph.graph.builder import Builder, Clues
from depgraph.graph.failure import absence
from depgraph.graph.reports import Report, last_known, reported
from depgraph.graph.text import address, host
from depgraph.graph.views import place
from depgraph.observations import Observation
from depgraph.providers import Attribution, Signal
from depgraph.vocabulary import Confidence, Reason, Strength, What

_NOBODY: Final = Attribution(provider=None)


@dataclass(frozen=True, slots=True)
class WebHost:
    """A host whose addresses are wanted, and what its names and reports tell of it.

    Parameters
    ----------
    name, names
        The host, and every name that leads to it, itself last.
    clues, named
        Its names as signals, and who answers there as far as they tell.
    fronts, hosts, transits
        Who is reported to stand before it, to host it, and to carry its traffic alone.
    """

    name: str
    names: Sequence[str]
    clues: Clues
    named: Attribution
    fronts: Sequence[Report]
    hosts: Sequence[Report]
    transits: Sequence[Report]

    @property
    def group(self) -> str:
        """The node of its addresses."""
        return f"addresses:{self.name}"

    def seen_bare(self) -> WebHost:
        """Return the same where the public is answered what a zone file says that a front hides."""
        left = [one for one in self.fronts if one.observation.source != "zone-file"]
        return replace(self, fronts=left)

    @property
    def named_host(self) -> bool:
        """Whether a name tells who hosts it."""
        return self.named.provider is not None and not self.named.is_front

    @property
    def aliased_host(self) -> bool:
        """Whether an alias leads into the names of a host: it is what a front there hides.

        The name of the service itself proves nothing of the kind.
        """
        deciding = self.named.signals[:1]
        by_alias = any(spoken.signal.kind == "cname" for spoken in deciding)
        return by_alias and not self.named.is_front


def note_uses(builder: Builder, names: Sequence[str]) -> None:
    """Note under which names of the web each address is reached, before anybody is named by it."""
    found = addresses.readable(addresses.answers_of(builder, names))
    for text in (*found, *addresses.hinted(builder, names[-1], found)):
        network.use(builder, text, "web", _clues(builder, names))
        if len(found) == 1:
            builder.pointers.setdefault(text, {}).update(_pointers(builder, names))


def expand(builder: Builder, name: str, names: Sequence[str]) -> None:
    """Add the addresses of a web host, the fronts there, and who hosts it by name or report."""
    draft = builder.draft
    draft.edge(f"host:{name}", "address", draft.node("addresses", name))
    web_host = _web_host(builder, name, names)
    answers = addresses.answers_of(builder, names)
    found = addresses.readable(answers)
    operators: list[Attribution] = []
    groups: list[str] = []
    bare = addresses.behind_front(builder, names)
    for text, (answer, value) in found.items():
        operator, clues = network.operator(builder, text)
        met = web_host.seen_bare() if text in bare else web_host
        group = _group_for(builder, met, operator, clues)
        if group == web_host.group:
            builder.unfronted.setdefault(text, []).append(web_host)
        reach = addresses.reach(builder, text, found)
        draft.edge(group, "address", f"address:{text}", answer.proof(value), **reach)
        operators.append(operator)
        groups.append(group)
    for text, (answer, value) in addresses.hinted(builder, name, found).items():
        draft.edge(
            web_host.group,
            "address",
            f"address:{text}",
            answer.proof(value),
            strength=Strength.EXPOSES,
            finding="https-record",
        )
    for group in dict.fromkeys((web_host.group, *groups)):
        addresses.note_views(builder, group, answers)
    _note_fronted(builder, web_host.group, answers)
    if found:
        addresses.add_gaps(builder, web_host.group, name, answers)
    else:
        for view, part in _by_view(web_host).items():
            group = _group_for(builder, part, _NOBODY, {}, view=view)
            _add_unknown_addresses(builder, part, group, answers)
            operators.append(_NOBODY)
            groups.append(group)
    _add_host(builder, web_host, operators, groups)


def _note_fronted(builder: Builder, group: str, answers: Sequence[Answer]) -> None:
    """Write on the way to each front who was led to an address there, where it is not everybody."""
    draft = builder.draft
    everybody = {view for answer in answers for view in answer.among}
    for front in draft.heads(group, "front"):
        led = [
            str(draft.edges[behind, one, "address"].get("vantage", ""))
            for behind in draft.heads(front, "address")
            for one in draft.heads(behind, "address")
        ]
        views = {view for several in led for view in several.split(",")}
        if all(led) and views < everybody:
            draft.edges[group, front, "front"]["vantage"] = ",".join(sorted(views))


def _by_view(web_host: WebHost) -> dict[str, WebHost]:
    """Return a host once for each of the groups of clients that different fronts are reported for.

    An operator that sends some to one front and others to another gives each client one of them.
    """
    views: dict[str, list[Report]] = {}
    for report in web_host.fronts:
        views.setdefault(
            place(report.observation) if report.observation.vantage else "", []
        ).append(report)
    if len(views) < 2 or "" in views:
        return {"": web_host}
    return {view: replace(web_host, fronts=several) for view, several in sorted(views.items())}


def _clues(builder: Builder, names: Sequence[str]) -> Clues:
    """Return the names that lead to a host as signals, the farthest first."""
    index = builder.index
    clues: dict[Signal, Sequence[Observation]] = {}
    for name in names:
        pointing = sorted(builder.aliases.get(name, ()))
        questions = [(alias, "CNAME") for alias in pointing]
        questions = questions or [(name, family) for family in FAMILIES]
        observations: list[Observation] = []
        for question in questions:
            for group in index.ask(*question).records.values():
                observations += group
        clues[Signal("cname" if pointing else "host", name)] = tuple(observations)
    return clues


def _pointers(builder: Builder, names: Sequence[str]) -> Clues:
    """Return what is a reverse name of a host's address, or an alias: it counts as the weaker."""
    clues: dict[Signal, Sequence[Observation]] = {}
    for name in names:
        for value, observations in builder.index.ask(name, "rdns-or-cname").records.items():
            pointer = host(value)
            if pointer is not None:
                clues[Signal("ptr", pointer)] = observations
    return clues


def _web_host(builder: Builder, name: str, names: Sequence[str]) -> WebHost:
    clues = _clues(builder, names)
    fronts: list[Report] = []
    hosts: list[Report] = []
    transits: list[Report] = []
    for one in names:
        fronts += reported(builder, one, "front")
        hosts += reported(builder, one, "host")
        transits += reported(builder, one, "transit")
    return WebHost(name, names, clues, builder.who("web", clues), fronts, hosts, transits)


def _add_host(
    builder: Builder,
    web_host: WebHost,
    operators: Sequence[Attribution],
    groups: Collection[str],
) -> None:
    """Add who hosts it by name; where nothing observed names anybody, by report.

    Behind a front a host by name is the origin and was added there.
    """
    node = f"host:{web_host.name}"
    unfronted = [group == web_host.group for group in groups]
    if any(unfronted):
        _add_transit(builder, web_host, node)
    if web_host.named_host:
        elsewhere = any(one.provider != web_host.named.provider for one in operators)
        if any(unfronted) and elsewhere:
            data = builder.proof(web_host.named, web_host.clues)
            builder.draft.edge(node, "operator", builder.provider(web_host.named), data)
    elif all(unfronted) and not any(builder.knows(one) for one in operators):
        networks: list[Report] = []
        for name in web_host.names:
            networks += reported(builder, name, "network")
        name = web_host.name
        reports.add(builder, node, "operator", "hosting", web_host.hosts, what=What.HOST, of=name)
        reports.add(builder, node, "operator", "network", networks, what=What.NETWORK, of=name)


def _add_unknown_addresses(
    builder: Builder, web_host: WebHost, group: str, answers: Sequence[Answer]
) -> None:
    """Say why a web host has no address: it is settled that there is none, or not known."""
    gone = absence(builder.index, web_host.name)
    if gone is not None:
        builder.draft.note(group, gone)
        return
    last = last_known(
        builder,
        "web",
        addresses.stale_of(answers),
        "address",
        names=web_host.names,
        roles=("host", "front"),
    )
    reasons = addresses.why(answers)
    builder.draft.unknown(group, "address", What.ADDRESSES, web_host.name, reasons, last=last)


def _group_for(
    builder: Builder, web_host: WebHost, operator: Attribution, clues: Clues, *, view: str = ""
) -> str:
    """Return the node under which an address belongs: a front's where one answers there.

    A front by name decides; else one that the address tells, even where a name tells of a
    host, for then that host is what stands behind it; else one that is reported.
    """
    if web_host.named.is_front:
        data = builder.proof(web_host.named, web_host.clues)
        return _add_front(builder, web_host, web_host.named, data)
    if operator.is_front:
        # The address is needed, and what carries it, whoever answers there: how sure it is
        # that a front does is said by the edge to the operator of that.
        data = builder.proof(operator, clues)
        return _add_front(builder, web_host, operator, data, step={"confidence": "certain"})
    named = web_host.named.provider is not None and web_host.aliased_host
    if not named and web_host.fronts and not builder.knows(operator):
        fronts = [
            builder.who("front", {Signal("reported-name", report.name): (report.observation,)})
            for report in web_host.fronts
        ]
        contested = len({front.provider for front in fronts}) > 1
        confidence = Confidence.POSSIBLE if contested else Confidence.CERTAIN
        same = zip(web_host.fronts, fronts, strict=True)
        told = [report.observation for report, one in same if one.provider == fronts[0].provider]
        data = proof(told, confidence=confidence)
        seen_by = {"vantage": view} if view else {}
        if view:
            node = builder.draft.nodes[web_host.group]
            known = set(filter(None, str(node.get("vantage", "")).split(",")))
            node["vantage"] = ",".join(sorted({*known, view}))
        return _add_front(builder, web_host, fronts[0], {**data, "role": "front"}, step=seen_by)
    return web_host.group


def _add_published_origin(builder: Builder, web_host: WebHost, front: str) -> bool:
    """Add what a front passes on to, where the operator's own file says so; tell whether it does.

    It is worth more than anything seen from outside, where the front hides it.
    """
    draft = builder.draft
    origin = f"{web_host.name}/origin"
    found = False
    for name in web_host.names:
        answer = builder.index.ask(name, "behind-front")
        for value in answer.values:
            text, target = address(value), host(value)
            if text is not None:
                group = draft.node("addresses", origin, label=web_host.name)
                draft.edge(front, "origin", group, answer.proof(value))
                node = network.use(builder, text, "web", _clues(builder, web_host.names))
                builder.unfronted.setdefault(text, []).append(web_host)
                draft.edge(group, "address", node, answer.proof(value))
            elif target is not None:
                draft.edge(front, "origin", f"host:{target}", answer.proof(value))
            found = found or text is not None or target is not None
        builder.further(front, "origin", name, "behind-front", answer)
    return found


def _add_front(
    builder: Builder,
    web_host: WebHost,
    front: Attribution,
    data: Mapping[str, Any],
    *,
    step: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """Add a front, its operator and the origin behind it; returns the node of its addresses.

    Parameters
    ----------
    builder, web_host
        What is built, and the host before whose addresses it stands.
    front
        Who it is.
    data
        Attributes of the edges to it and to its operator.
    step
        Those that only the edge to it has.
    """
    draft = builder.draft
    node = draft.node("front", f"{front.provider}/{web_host.name}", label=front.name)
    draft.edge(web_host.group, "front", node, {**data, **step})
    draft.edge(node, "operator", builder.provider(front), data)
    group = draft.node("addresses", f"{web_host.name}/{front.provider}", label=web_host.name)
    draft.edge(node, "address", group)
    _add_transit(builder, web_host, node)
    if _add_published_origin(builder, web_host, node):
        return group
    if web_host.aliased_host:
        proved = builder.proof(web_host.named, web_host.clues)
        draft.edge(node, "origin", builder.provider(web_host.named), proved)
    elif web_host.hosts:
        hosts, name = web_host.hosts, web_host.name
        reports.add(builder, node, "origin", "hosting", hosts, what=What.ORIGIN, of=name)
    else:
        reason = Reason.of("hidden-by-front")
        draft.unknown(node, "origin", What.ORIGIN, web_host.name, [reason])
    return group


def _add_transit(builder: Builder, web_host: WebHost, node: str) -> None:
    """Add who is reported to carry the traffic of a host alone."""
    if web_host.transits:
        reports.add(
            builder,
            node,
            "transit",
            "network",
            web_host.transits,
            what=What.NETWORK,
            of=web_host.name,
        )
