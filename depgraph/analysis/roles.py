"""Who does what for a function: the one walk that every report, answer and picture rests on.

An actor that the walk from a function meets (:mod:`depgraph.analysis.ways`), or an unknown in
an actor's place, has a *role* in the layer that :func:`depgraph.vocabulary.layer_of` says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, takewhile
from typing import Any, ClassVar, Final, NamedTuple

import networkx as nx

from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.paths import law_basis
from depgraph.analysis.results import renamed
from depgraph.analysis.unknowns import unknown_part, unsure_part
from depgraph.analysis.unserved import how_failed
from depgraph.analysis.ways import (
    STATES,
    Vantages,
    Visit,
    Way,
    doubts,
    hidden_by,
    layer_of_way,
    vantages_of,
    walk,
)
from depgraph.limits import NAMED, MetLimit
from depgraph.vocabulary import (
    FUNCTIONS,
    KINDS,
    OPERATED,
    REPORTED_ONLY,
    UNDECIDED,
    UNTOLD,
    Confidence,
    Evidence,
    Function,
    Kind,
    LawBasis,
    Layer,
    Level,
    Limit,
    Part,
    Reason,
    ReasonCode,
    Relation,
    What,
    function_of,
    least_sure,
    reasons,
)

FUNCTION_LAYERS: Final = tuple(
    layer for layer in Layer if layer.brief and layer is not Layer.INVOLVEMENT
)
"""The layers of a function that short answers show, in the order of the vocabulary."""
ADDRESSES: Final = frozenset({What.ADDRESSES, What.IPV4_ADDRESSES, What.IPV6_ADDRESSES})
"""What is not known where a name is known, and not what lies behind it."""
Met = Mapping[tuple[int, int, str], set[Layer]]
"""Edge (:attr:`depgraph.analysis.model.Edge.key`) -> the layers in which it is met."""
_ABOVE: Final = frozenset({Relation.OWNER, Relation.PARENT, Relation.LAW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """How it is known that somebody has a role: an edge of the graph that names it.

    Parameters
    ----------
    subjects
        Labels of the nodes that the actor does it for: names, addresses, prefixes.
    evidence, confidence
        Class of the edge; the least sure step on the way from the function to the actor.
    provenance, citation, time, until, rule, finding, note, unverified
        Of the edge: see :mod:`depgraph.schema.tables`.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"provenance", "citation", "time", "until", "rule", "finding", "note"}
    )

    subjects: tuple[str, ...]
    evidence: Evidence
    confidence: Confidence
    provenance: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    rule: str = ""
    finding: str = ""
    note: str = ""
    unverified: bool = False


class Counted(NamedTuple):
    """Who is counted for a role at some level: node id, text for people, and how sure that is."""

    id: str
    label: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """One above an actor: its company, a parent of that, or the country whose law binds it.

    Parameters
    ----------
    id, label, kind
        Of the node; an ``unknown`` stands where nobody says who it is.
    relation
        ``owner``, ``parent`` or ``law``.
    evidence, unverified
        Of the edge that says so.
    confidence
        Of the least sure step from the actor to it.
    basis
        Of a country: by what its law binds the actor; None where the graph does not say.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"basis"})

    id: str
    label: str
    kind: Kind
    relation: Relation
    evidence: Evidence
    confidence: Confidence
    unverified: bool = False
    basis: LawBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One actor in one layer of one function, or what is not known of that layer.

    Parameters
    ----------
    function
        ``web``, ``web-www``, ``mail``, ``name``; empty where it is of the whole service.
    layer
        What the actor does.
    actor, kind, label
        Node id, kind (``provider``, ``unknown``, ``anyone``) and text for people.
    through
        The registered domain on whose own dependencies this one hangs; empty where the
        service depends on it directly.
    subjects
        What the actor does it for (labels): names, addresses, prefixes.
    evidence, provenance, citation, time, until, rule, finding, note, unverified
        Of the edge that names the actor there, at the end of the surest way; of several ways
        that are as sure, of the one whose evidence is best.
    confidence
        Of that way.
    needed
        Whether the function needs it on some way; else it only meets it on a path.
    own
        Whether the actor is the service itself.
    owners
        Who stands above the actor, the nearest first.
    reaching
        Countries whose law reaches one of them by a branch or a listing: whether it is acted on
        beyond these is not known.
    what, of, reason
        What is not known, of which name, and why (coded: see
        :class:`depgraph.vocabulary.Reason`): of an unknown, of an actor that is only
        possible, and of one who is involved.
    last_known, last_known_time, last_known_evidence, last_known_id
        Of an unknown: what was known of it on another day.
    vantage
        The vantages from which alone the way was met, comma-separated; empty where all met it.
    path
        Node ids from the function to the actor, a shortest way.
    others
        What else names the actor there, known in another way.
    hidden
        Layers of which not all is known because of this role.
    unserved
        How each way on which the function needs it was seen to fail (coded); empty where one was
        not.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {
            *("through", "provenance", "citation", "time", "until", "rule", "finding", "note"),
            *(
                "what",
                "of",
                "reason",
                "last_known",
                "last_known_time",
                "last_known_evidence",
                "last_known_id",
            ),
            *("vantage", "others", "company", "parents", "country", "owners", "reaching"),
            "unserved",
        }
    )
    DERIVED: ClassVar[Mapping[str, str]] = {
        "company": "company",
        "parents": "parents",
        "country": "country",
    }

    function: str
    layer: Layer
    actor: str
    kind: Kind
    label: str
    through: str = ""
    subjects: tuple[str, ...] = ()
    evidence: Evidence
    confidence: Confidence
    provenance: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    rule: str = ""
    finding: str = ""
    note: str = ""
    unverified: bool = False
    needed: bool = True
    own: bool = field(default=False, metadata=renamed("self"))
    owners: tuple[Owner, ...] = ()
    reaching: tuple[Owner, ...] = ()
    what: What | None = None
    of: str = ""
    reason: str = ""
    last_known: str = ""
    last_known_time: str = ""
    last_known_evidence: str = ""
    last_known_id: str = ""
    vantage: str = ""
    path: tuple[str, ...] = ()
    others: tuple[Fact, ...] = ()
    hidden: frozenset[Layer] = field(default=frozenset(), metadata=renamed(""))
    unserved: str = ""

    @property
    def unknown(self) -> bool:
        """Whether it says that something is not known."""
        return self.kind is Kind.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether it names somebody who certainly or likely has the role.

        One who is reported to be involved is: only what the role is is not known.
        """
        sure = self.confidence is not Confidence.POSSIBLE or self.layer is Layer.INVOLVEMENT
        return sure and not self.unknown

    def only(self, code: ReasonCode) -> bool:
        """Tell whether all that names the actor there says this of it (`finding`)."""
        several = (self.finding, *(fact.finding for fact in self.others))
        return all(any(one.code is code for one in reasons(text)) for text in several)

    @property
    def known_owners(self) -> tuple[Owner, ...]:
        """Those above the actor who certainly or likely are, the nearest first."""
        return tuple(one for one in self.owners if one.confidence is not Confidence.POSSIBLE)

    @property
    def companies(self) -> tuple[Owner, ...]:
        """The companies among these: that of the actor, and its parents."""
        return tuple(one for one in self.known_owners if one.kind is Kind.COMPANY)

    @property
    def countries(self) -> tuple[Owner, ...]:
        """The countries among these; the last is that whose law binds the topmost company."""
        return tuple(one for one in self.known_owners if one.kind is Kind.COUNTRY)

    @property
    def company(self) -> str:
        """Label of the company of the actor; empty where it is not known."""
        return self.companies[0].label if self.companies else ""

    @property
    def parents(self) -> tuple[str, ...]:
        """Labels of the companies above that company, the nearest first."""
        return tuple(one.label for one in self.companies[1:])

    @property
    def country(self) -> str:
        """Label of the country whose law binds the topmost company; empty where not known."""
        return self.countries[-1].label if self.countries else ""

    def counted(self, level: Level) -> Counted:
        """Return who counts for it at a level: no surer than that the actor has it, and is theirs.

        At that of companies the topmost one; the actor itself where none is known, as
        :meth:`depgraph.analysis.model.Model.actors` has it. At that of countries the one whose law
        binds that company; empty where it is not known.
        """
        own = Counted(self.actor, self.label, self.confidence)
        if level is Level.PROVIDER:
            return own
        above = self.companies if level is Level.COMPANY else self.countries
        if not above:
            return own if level is Level.COMPANY else own._replace(id="", label="")
        return Counted(above[-1].id, above[-1].label, own.confidence.with_(above[-1].confidence))

    @property
    def chain(self) -> tuple[str, ...]:
        """Labels of the actor and of all above it; a company called like it is left out."""
        labels = [self.label]
        for label in (self.company, *self.parents, self.country):
            if label and label != labels[-1]:
                labels.append(label)
        return tuple(labels)


@dataclass(frozen=True)
class Standing:
    """Who is in a layer of a function on the days of a graph, and whether that is all.

    Parameters
    ----------
    roles
        The roles in the layer on which the service depends directly, needed or only met.
    hiding
        The roles because of which not all of the layer is known: unknowns, and what is only
        possible. They may stand in another layer: unknown addresses hide a front as well.
    unasked
        IPv6 addresses that nobody asked for: the layer is told as it is over IPv4, and others may
        be met over IPv6.
    elsewhere
        Actors who are known to do this or another thing, where nobody says which.
    named
        What somebody other than the service itself is known to do it for: names, addresses.
    complete
        Whether no more is missing of the layer than `hiding` says.
    examined
        Whether anybody looked at it, or spoke of it.
    """

    roles: tuple[Role, ...] = ()
    hiding: tuple[Role, ...] = ()
    unasked: tuple[Role, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    complete: bool = True
    examined: bool = True

    @property
    def fully_known(self) -> bool:
        """Whether nobody else can be in the layer, as far as it was asked for."""
        return self.complete and self.examined and not self.hiding

    def shows(self, other: Standing) -> bool:
        """Tell whether whoever is in the layer on another day would be known here, too.

        Not so where IPv6 was asked for on that day only.
        """
        return self.fully_known and (not self.unasked or bool(other.unasked))

    def shows_replaced(self, other: Standing, actor: str) -> bool:
        """Tell whether an actor of another day is there by names that this day had others instead of.

        A set of name servers or exchanges, or an alias, is replaced whether or not anybody asked for
        the addresses behind it. That holds where all that is not known on this day are addresses
        behind names that somebody is known to run (the service's own names say nothing of who that
        is), and none of them is known on the other day.
        """
        hidden = (*self.hiding, *self.unasked)
        if not (self.complete and self.examined and hidden and self.roles):
            return False
        path = other.known[actor].path
        by_names = {node.partition(":")[2] for node in path}
        still = {role.actor for role in (*other.hiding, *other.unasked)}
        for role in hidden:
            told_since = role.path[-2] in other._nodes and role.actor not in still
            of_others = role.unknown and role.what in ADDRESSES and role.of not in by_names
            if told_since or not of_others or not self.named.issuperset(role.subjects):
                return False
        new = next((n for n, node in enumerate(path) if node not in self._nodes), 0)
        return new > 0 and path[new - 1] not in {role.path[-2] for role in hidden}

    @cached_property
    def _nodes(self) -> frozenset[str]:
        """The nodes on the ways to those in the layer, and to what hides others; no actor."""
        every = (*self.roles, *self.hiding, *self.unasked)
        return frozenset(node for role in every for node in role.path[:-1])

    @property
    def known(self) -> Mapping[str, Role]:
        """The roles of those known to be in the layer, by actor."""
        return {role.actor: role for role in self.roles if role.known}


@dataclass(frozen=True)
class Roles:
    """Who does what for each function of a service.

    Parameters
    ----------
    functions
        The roles of each function, in order: direct ones first, needed ones before those
        only met, then by layer. None of a function that the service does not have.
    involved
        Who is reported to be involved in the service in a role that is not stated.
    absent
        Functions that the service does not have.
    complete
        Whether the collection behind the graph came to its end.
    not_examined
        Layers that no record of the DNS tells of, and that no source reports on.
    limits
        That not every way to a role is told, if so.
    met
        By function, in which layers it meets the edges that it needs and that name somebody.
    """

    functions: Mapping[str, tuple[Role, ...]]
    involved: tuple[Role, ...] = ()
    absent: frozenset[str] = frozenset()
    complete: bool = True
    not_examined: tuple[Layer, ...] = ()
    limits: tuple[MetLimit, ...] = ()
    met: Mapping[str, Met] = field(default_factory=dict, repr=False, compare=False)

    def direct(self, function: str) -> tuple[Role, ...]:
        """Return what short answers show: direct, needed, and in a layer that is brief."""
        return direct(self.functions[function])

    def by_layer(self, function: str) -> dict[Layer, tuple[Role, ...]]:
        """Return :meth:`direct` layer by layer, in the order of the vocabulary."""
        return by_layer(self.direct(function))

    def standing(self, function: str, layer: Layer) -> Standing:
        """Return who is in a layer of a function, and whether that is all.

        Of a function that is not in the graph nothing is known; of one that the service
        does not have it is known that nobody is there.
        """
        if layer is Layer.INVOLVEMENT:  # nobody ever reports all who are involved
            return Standing(self.involved, complete=False)
        if function not in self.functions:
            return Standing(complete=False)
        near = self._near[function]
        either = UNDECIDED.get(layer, ())  # who is hidden in one of these may stand in this one
        there = tuple(role for role in near if role.layer is layer)
        layers = {layer, *either}
        hiding = [role for role in self._hiding[function] if not role.hidden.isdisjoint(layers)]
        named = layers.union(role.layer for role in hiding)
        return Standing(
            roles=there,
            hiding=tuple(role for role in hiding if not _ipv6_not_asked(role)),
            unasked=tuple(filter(_ipv6_not_asked, hiding)),
            elsewhere=frozenset(role.actor for role in near if role.layer in either and role.known),
            named=frozenset(
                subject
                for role in near
                if role.layer in named and role.known and not role.own
                for subject in role.subjects
            ),
            complete=self.complete,
            examined=bool(there) or layer not in UNTOLD or function in self.absent,
        )

    def is_registry(self, actor: str) -> bool:
        """Tell whether the functions need an actor as a registry only.

        What it can do then it can do to every name below the same top-level domains alike.

        Parameters
        ----------
        actor
            Node id, of a provider or of a company that owns one.
        """
        shared = [
            self._shared[key] for one in self.functions if (key := (one, actor)) in self._shared
        ]
        return bool(shared) and all(shared)

    @cached_property
    def _shared(self) -> Mapping[tuple[str, str], bool]:
        """By function and node id, whether whoever is needed there is so as a registry only."""
        found: dict[tuple[str, str], bool] = {}
        for function, several in self.functions.items():
            for role in several:
                if role.needed and role.known:
                    for node in (role.actor, *(owner.id for owner in role.owners)):
                        found[function, node] = (
                            found.get((function, node), True) and role.layer.shared
                        )
        return found

    @cached_property
    def _near(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles of each function on which it depends directly."""
        return {
            name: tuple(takewhile(lambda role: not role.through, several))
            for name, several in self.functions.items()
        }

    @cached_property
    def _hiding(self) -> Mapping[str, tuple[Role, ...]]:
        """Those of them because of which not all of some layer is known."""
        return {
            # Addresses of IPv6 are needed by those who have nothing else.
            name: tuple(
                role
                for role in near
                if role.hidden and (role.needed or role.what is What.IPV6_ADDRESSES)
            )
            for name, near in self._near.items()
        }


def _ipv6_not_asked(role: Role) -> bool:
    """Tell whether a role is of IPv6 addresses that nobody asked for."""
    return role.what is What.IPV6_ADDRESSES and role.reason == ReasonCode.NOT_ASKED


def direct(several: Iterable[Role]) -> tuple[Role, ...]:
    """Return the roles that short answers show: direct, needed, and in a layer that is brief."""
    return tuple(role for role in several if role.needed and role.layer.brief and not role.through)


def by_layer(several: Iterable[Role]) -> dict[Layer, tuple[Role, ...]]:
    """Return roles layer by layer, in the order of the vocabulary."""
    ordered = sorted(several, key=lambda role: role.layer.rank)
    return {layer: tuple(part) for layer, part in groupby(ordered, key=lambda role: role.layer)}


def roles(graph: nx.MultiDiGraph[str] | Model) -> Roles:
    """Tell for each function of a service who does what for it.

    Parameters
    ----------
    graph
        A graph that follows the schema.

    Returns
    -------
    Roles
        One role for each actor in each layer at each distance: direct, or through another
        domain. Several edges that name the actor there are one role, which has the best
        class of evidence, and is needed if one of them is.
    """
    model = model_of(graph)
    if "roles" not in model.remembered:
        model.remembered["roles"] = _roles(model, distant_unknowns=True)
    found: Roles = model.remembered["roles"]
    return found


def known_or_direct(model: Model) -> Roles:
    """Tell the same, but for what is unknown of other domains on which the service hangs.

    That is most of what there is to tell, and of many services nobody asks it.
    """
    return _roles(model, distant_unknowns=False)


def _roles(model: Model, *, distant_unknowns: bool) -> Roles:
    absent = {name for name, node in model.functions.items() if model.nodes[node].get("absent")}
    once: set[str] = set()
    met: dict[str, dict[tuple[int, int, str], set[Layer]]] = {name: {} for name in model.functions}
    return Roles(
        functions={
            name: ()
            if name in absent
            else roles_of(
                model, name, distant_unknowns=distant_unknowns, told_once=once, met=met[name]
            )
            for name in model.functions
        },
        involved=_involved(model),
        absent=frozenset(absent),
        complete=model.complete,
        not_examined=_not_examined(model),
        limits=_limits(once),
        met=met,
    )


def _limits(told_once: Collection[str]) -> tuple[MetLimit, ...]:
    """Return the limit of the ways that are told, if it was met."""
    if not told_once:
        return ()
    of = tuple(sorted(told_once)[:NAMED])
    return (MetLimit(limit=Limit.WAYS, most=str(STATES), left=len(told_once), of=of),)


def _not_examined(model: Model) -> tuple[Layer, ...]:
    kinds = {model.kind(edge.head) for edge in model.edges}
    looked_at = {OPERATED[part] for kind in kinds if (part := KINDS[Kind(kind)].part) is not None}
    if any(function_of(name) is Function.APP for name in model.functions):
        looked_at.add(Layer.APP)
    return tuple(layer for layer in REPORTED_ONLY if layer not in looked_at)


def roles_of(
    model: Model,
    function: str,
    *,
    distant_unknowns: bool = True,
    told_once: set[str] | None = None,
    met: dict[tuple[int, int, str], set[Layer]] | None = None,
) -> tuple[Role, ...]:
    """Return the roles of one function (``web``): see :func:`roles` and :func:`ways.walk`.

    `met` takes in which layers edges are met: see :attr:`Roles.met`.
    """
    start = Visit(model.functions[function], FUNCTIONS[function_of(function)].part)
    ways = walk(model, start, told_once)
    if not distant_unknowns:
        unknown = Kind.UNKNOWN
        ways = (way for way in ways if not way.end.through or model.kind(way.end.node) != unknown)
    return _merged(model, function, ways, met)


def _involved(model: Model) -> tuple[Role, ...]:
    """Return the roles of those reported to be involved in the service, no one says how."""
    ways = [
        Way(((edge, Part.WEB),), Visit(edge.head, Part.WEB, "", not edge.needed, edge.confidence))
        for edge in model.edges
        if edge.relation == Relation.INVOLVEMENT
    ]
    return _merged(model, "", ways)


# --- From ways to roles --------------------------------------------------------------------


def _merged(
    model: Model,
    function: str,
    ways: Iterable[Way],
    met: dict[tuple[int, int, str], set[Layer]] | None = None,
) -> tuple[Role, ...]:
    """Bring the ways to one actor in one layer, at one distance, together as one role."""
    groups: dict[tuple[Layer, str, int], list[Way]] = {}
    for way in ways:
        layer = layer_of_way(model, way)
        groups.setdefault((layer, way.end.through, way.end.node), []).append(way)
        if met is not None and way.needed:
            met.setdefault(way.last.key, set()).add(layer)
    vantages = vantages_of(model)
    merged = [
        _role(model, function, layer, group, vantages) for (layer, _, _), group in groups.items()
    ]
    return tuple(sorted(merged, key=order_of))


def order_of(role: Role) -> tuple[Any, ...]:
    """Return the place of a role among those of its function; the actor decides last."""
    return (
        role.through != "",
        not role.needed,
        role.through,
        role.layer.rank,
        role.unknown,
        not role.known,
        role.actor,
    )


def _role(
    model: Model, function: str, layer: Layer, group: Sequence[Way], vantages: Vantages
) -> Role:
    needed = [way for way in group if way.needed]
    ways = needed or group
    shortest = ways[0]
    if len(ways) > 1:
        ways = sorted(ways, key=lambda way: _rank(model, way))
        shortest = min(ways, key=lambda way: (len(way.steps), _ids(model, way)))
    actor = ways[0].end.node
    best, *others = _facts(model, ways)
    above = _above(model, actor)
    stands = model.kind(actor) != Kind.UNKNOWN and best.confidence is not Confidence.POSSIBLE
    hidden = {one for way in ways for one in hidden_by(model, way, layer, stands=stands)}
    return Role(
        function=function,
        layer=layer,
        actor=model.ids[actor],
        kind=Kind(model.kind(actor)),
        label=model.label(actor),
        through=ways[0].end.through,
        subjects=_subjects(model, ways) if others else best.subjects,
        evidence=best.evidence,
        confidence=best.confidence,
        provenance=best.provenance,
        citation=best.citation,
        time=best.time,
        until=best.until,
        rule=best.rule,
        finding=best.finding,
        note=best.note,
        unverified=best.unverified,
        needed=bool(needed),
        own=model.own(actor),
        owners=above.owners,
        reaching=above.reaching,
        vantage=vantages.of(ways),
        path=_ids(model, shortest),
        others=() if model.kind(actor) == Kind.UNKNOWN else tuple(others),
        hidden=frozenset(hidden),
        unserved=_unserved(model, needed),
        **_unknown(model, actor, best.confidence, ways[0]),
    )


def _unserved(model: Model, ways: Iterable[Way]) -> str:
    """Return how some ways were seen to fail; empty where one of them was not."""
    told = [how_failed(model, (edge for edge, _ in way.steps)) for way in ways]
    return "; ".join(dict.fromkeys(str(one) for why in told for one in why)) if all(told) else ""


def _rank(model: Model, way: Way) -> tuple[Any, ...]:
    """Return the place of a way among those to one actor: the surest first, then the best known.

    What is observed at the end of a way that is only possible is no observation that the actor
    has the role, where a report says so for certain.
    """
    return (
        way.end.confidence.rank,
        way.evidence.rank,
        len(way.steps),
        _ids(model, way),
        way.last.relation,
    )


def _ids(model: Model, way: Way) -> tuple[str, ...]:
    """Return the ids of the nodes of a way, from the function to the actor."""
    ids = model.ids
    return (ids[way.steps[0][0].tail], *[ids[edge.head] for edge, _ in way.steps])


_NAMED_BY: Final = ("provenance", "citation", "rule", "finding", "note")


def _facts(model: Model, ways: Sequence[Way]) -> list[Fact]:
    """Bring ways whose last edges are known alike together; the order of the ways stays."""
    if len(ways) == 1:
        return [_fact(model, ways)]
    alike: dict[tuple[Any, ...], list[Way]] = {}
    for way in ways:
        words = tuple(str(way.last.data.get(key, "")) for key in _NAMED_BY)
        key = (way.evidence, way.end.confidence, way.last.unverified, *words)
        alike.setdefault(key, []).append(way)
    return [_fact(model, group) for group in alike.values()]


def _fact(model: Model, ways: Sequence[Way]) -> Fact:
    data = ways[0].last.data
    return Fact(
        subjects=_subjects(model, ways),
        evidence=ways[0].evidence,
        confidence=ways[0].end.confidence,
        unverified=ways[0].last.unverified,
        **{key: str(data.get(key, "")) for key in (*_NAMED_BY, "time", "until")},
    )


def _subjects(model: Model, ways: Sequence[Way]) -> tuple[str, ...]:
    """Return the labels of what an actor does its work for, names first."""
    labels = {model.label(way.last.tail) for way in ways}
    if len(labels) == 1:
        return tuple(labels)
    return tuple(sorted(labels, key=lambda label: (_is_number(label), label)))


def _is_number(label: str) -> bool:
    """Tell whether a label is that of an address or prefix."""
    return ":" in label or label.replace(".", "").replace("/", "").isdigit()


def _unknown(model: Model, actor: int, confidence: Confidence, way: Way) -> dict[str, Any]:
    """Return what is not known, and why: of an unknown, or of a way that is only possible."""
    if model.kind(actor) == Kind.UNKNOWN:
        part = unknown_part(model, actor)
        return {
            "what": part.what,
            "of": part.of,
            "reason": part.reason,
            "last_known": part.last_known,
            "last_known_time": part.last_known_time,
            "last_known_evidence": part.last_known_evidence,
            "last_known_id": str(model.nodes[actor].get("last_known_id", "")),
        }
    if way.last.relation == Relation.INVOLVEMENT:
        label = model.label(actor)
        return {"what": What.ROLE, "of": label, "reason": str(Reason.of("involved", names=label))}
    if confidence is not Confidence.POSSIBLE:
        return {}
    edge, _ = doubts(model, way)[0]
    part = unsure_part(model, edge)
    return {"what": part.what, "of": part.of, "reason": part.reason}


@dataclass(frozen=True, slots=True)
class _Above:
    """Who stands above an actor, and whose law reaches one of these besides."""

    owners: tuple[Owner, ...]
    reaching: tuple[Owner, ...]


def owners_of(model: Model, actor: str) -> tuple[Owner, ...]:
    """Return who stands above a provider or company, the nearest first."""
    return _above(model, model.number[actor]).owners


def _above(model: Model, actor: int) -> _Above:
    """Follow ownership from an actor upward: companies, their parents, and the laws they are under."""
    key = f"above {actor}"
    if key not in model.remembered:
        model.remembered[key] = _followed(model, actor)
    found: _Above = model.remembered[key]
    return found


def _followed(model: Model, actor: int) -> _Above:
    owners: list[Owner] = []
    reaching: list[Owner] = []
    ways: dict[int, tuple[Edge, ...]] = {actor: ()}
    queue = deque([actor])
    while queue:
        node = queue.popleft()
        for number in model.out[node]:
            edge = model.edges[number]
            if edge.relation not in _ABOVE or edge.head in ways:
                continue
            way = (*ways[node], edge)
            if edge.relation == Relation.LAW and edge.doubtful(Confidence.LIKELY):
                reaching.append(_owner(model, way))
                continue
            ways[edge.head] = way
            owners.append(_owner(model, way))
            queue.append(edge.head)
    return _Above(tuple(owners), tuple(reaching))


def _owner(model: Model, way: tuple[Edge, ...]) -> Owner:
    edge = way[-1]
    return Owner(
        id=model.ids[edge.head],
        label=model.label(edge.head),
        kind=Kind(model.kind(edge.head)),
        relation=Relation(edge.relation),
        evidence=Evidence(edge.data["evidence"]),
        confidence=least_sure(step.confidence for step in way),
        unverified=edge.unverified,
        basis=law_basis(way),
    )
