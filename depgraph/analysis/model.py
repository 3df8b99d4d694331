"""A graph compiled once into numbers; every analysis works on this form.

The compiled form keeps the two kinds of edges apart (``needs`` and ``exposes``), gives each
edge the delay with which the failure of its target is felt, and knows for every level who
the actors are and what is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from math import inf
from operator import attrgetter
from typing import Any, Final, TypeVar

import networkx as nx

from depgraph.analysis.circuit import Circuit, Game, Step, cut_down
from depgraph.analysis.levers import LAPSE, UNOBSERVED
from depgraph.errors import GraphError, QuestionError
from depgraph.limits import MetLimit, in_order, split
from depgraph.records.epp import not_delegated
from depgraph.schema import function_rank, require_graph
from depgraph.texts.refusals import refuse
from depgraph.vocabulary import (
    ACTORS,
    GROUPS,
    LEVERS,
    PARTIES,
    RELATIONS,
    Confidence,
    Kind,
    Layer,
    Level,
    Lever,
    Limit,
    Reason,
    ReasonCode,
    Relation,
    Strength,
    What,
    hidden_levels,
    lever_of,
    reasons,
)

_CACHED: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("host", "zone"): frozenset({"addresses", "front"}),
    ("function", "zone"): GROUPS,
    ("lookup", "zone"): frozenset({"nameserver", "addresses"}),
    ("zone", "parent"): frozenset({"nameservers"}),
    ("zone", "registration"): frozenset({"nameservers"}),
}
"""Edges that a cache bridges -> the groups behind whose edges the TTLs of its records stand."""
_BROKEN: Final = frozenset(
    {
        *(ReasonCode.NONEXISTENT, ReasonCode.NO_ADDRESS, ReasonCode.NO_GLUE),
        *(ReasonCode.ALIAS_LOOP, ReasonCode.LOOP),
    }
)
"""Findings of a node all of whose alternatives fail that say why."""
_PARTS: Final[Mapping[Layer, tuple[Relation, ...]]] = {
    Layer.DNS: (Relation.HOST, Relation.ZONE),
    Layer.CERTIFICATE: (Relation.CERTIFICATE,),
}
"""Layers of a function of which it can be asked who stops them, and how each is reached."""
_T = TypeVar("_T")
_NOT_RECORDS: Final = frozenset({"zone", "parent", "registration", "certificate", "mailbox"})


@dataclass(frozen=True, slots=True)
class Case:
    """What is assumed where something takes time or is not sure.

    Parameters
    ----------
    horizon
        Seconds; what sets in later does not count.
    confidence
        A step that is less sure than this is taken as unknown.
    failing
        The levels asked about, in the worst case: such a step fails if who is at its end could
        be anyone at one of them. Empty in the best case, in which it holds.
    unobserved
        Seconds that a TTL lasts which nobody observed; within every horizon.
    """

    horizon: float = inf
    confidence: Confidence = Confidence.POSSIBLE
    failing: frozenset[Level] = frozenset()
    unobserved: float = UNOBSERVED

    @property
    def worst(self) -> bool:
        """Whether what is not sure may fail."""
        return bool(self.failing)


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of the graph.

    Parameters
    ----------
    tail, head
        Node numbers.
    relation
        Word of the schema.
    delay
        Seconds after which the failure of the head is felt at the tail.
    needed
        Whether the tail needs the head, rather than only meeting it on a path.
    confidence
        How sure the step is.
    hides
        The levels at which its head could be anyone if the step is taken as unknown.
    effect
        How sure it is that the tail feels it when the head fails. Who is at its end is another
        question: a registrar is known that a lock keeps from acting.
    data
        The attributes of the edge in the graph.
    """

    tail: int
    head: int
    relation: str
    delay: float
    needed: bool
    confidence: Confidence
    hides: frozenset[Level]
    effect: Confidence
    data: Mapping[str, Any]

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells it from the other edges of a graph."""
        return self.tail, self.head, self.relation

    @property
    def unverified(self) -> bool:
        """Whether no public document confirms the row of the catalogue that it rests on."""
        return bool(self.data.get("unverified", False))

    def unsure(self, confidence: Confidence) -> bool:
        """Tell whether the step is less sure than a confidence."""
        return self.confidence.weaker_than(confidence)

    def doubtful(self, confidence: Confidence) -> bool:
        """Tell whether it is less sure than a confidence that its tail feels it at all."""
        return self.effect.weaker_than(confidence)

    @property
    def reach(self) -> Confidence:
        """How sure it is that its head is on the path.

        One that a lock keeps from acting is, and one that stands above an authority.
        """
        if self.contradicted:  # it is one of several, whatever is felt if it is all of them
            return Confidence.POSSIBLE
        if self.data.get("locked") or self._told(ReasonCode.ABOVE_ISSUER):
            return self.confidence
        return self.confidence.with_(self.effect)

    @property
    def contradicted(self) -> Reason | None:
        """Why it is not known who is at its head: other answers of that day name another, or nobody."""
        return self._told(ReasonCode.ANSWERS_DIFFER)

    @property
    def left_open(self) -> Reason | None:
        """Why somebody else may be at its head: not all that was asked about is known."""
        return self._told(ReasonCode.QUESTION)

    def _told(self, code: ReasonCode) -> Reason | None:
        told = reasons(str(self.data.get("finding", "")))
        return next((one for one in told if one.code is code), None)

    def holds(self, case: Case) -> bool:
        """Tell whether its tail goes on in a case whatever becomes of its head.

        In the best case that is so of every step that is not sure enough; in the worst, of one
        at whose end there can be nobody of whom is asked.
        """
        if self.unsure(case.confidence):
            return self.hides.isdisjoint(case.failing)
        return self.doubtful(case.confidence) and not case.worst


@dataclass(frozen=True, eq=False)
class Model:
    """The graph in numbers. Nodes are numbered in the order of their ids.

    `remembered` holds what several analyses need of it and one of them has computed.
    `whole` is the graph that this one is a restriction of (:meth:`restricted`), `broken` what
    fails in it, `unseen` what in it is not known.
    """

    about: Mapping[str, Any]
    ids: tuple[str, ...]
    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Edge, ...]
    out: tuple[tuple[int, ...], ...]
    functions: Mapping[str, int]
    remembered: dict[str, Any] = field(default_factory=dict, repr=False)
    whole: Model | None = field(default=None, repr=False)
    broken: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    _circuits: dict[Case, Circuit] = field(default_factory=dict, repr=False)

    def restricted(
        self, unused: Collection[int], broken: frozenset[int], unseen: frozenset[int]
    ) -> Model:
        """Return the same graph as it is for some clients; its nodes and edges keep their numbers.

        Parameters
        ----------
        unused
            Edges that are not there for them.
        broken
            Nodes that fail for them, whoever withdraws or not.
        unseen
            Nodes of which it is not known what they lead to for them.
        """
        gone = frozenset(unused)
        return replace(
            self,
            out=tuple(
                row if gone.isdisjoint(row) else tuple(e for e in row if e not in gone)
                for row in self.out
            ),
            remembered={},
            whole=self,
            broken=broken,
            unseen=unseen,
            _circuits={},
        )

    def of_layer(self, layer: Layer) -> Model:
        """Return the same graph, asked about a layer of its functions: each without it is left out."""
        found = {name: self._part(node, layer) for name, node in self.functions.items()}
        return replace(
            self,
            functions={name: node for name, node in found.items() if node is not None},
            remembered={},
        )

    def _part(self, function: int, layer: Layer) -> int | None:
        """Return the node that a layer of a function works by, if it has one."""
        *through, last = _PARTS[layer]
        at = [function]
        for relation in through:
            at += [
                edge.head for node in at for edge in self.needs(node) if edge.relation == relation
            ]
        found = (edge.head for node in at for edge in self.needs(node) if edge.relation == last)
        return next(found, None)

    @cached_property
    def _other(self) -> Collection[int]:
        """The nodes that are not as they are in the whole graph; of the whole graph itself all."""
        if self.whole is None:
            return range(len(self.ids))
        rows = zip(self.out, self.whole.out, strict=True)
        other = (node for node, (own, row) in enumerate(rows) if own is not row)
        return {*other, *(self.broken ^ self.whole.broken), *(self.unseen ^ self.whole.unseen)}

    def _of_each(
        self, own: Callable[[int], _T], known: Callable[[Model], Iterable[_T]]
    ) -> tuple[_T, ...]:
        """Return something of each node, as it is `known` of the whole graph where it is the same there.

        Clients of 48 kinds each meet a graph of their own, in which few nodes are others.
        """
        found = dict(enumerate(known(self.whole))) if self.whole is not None else {}
        for node in self._other:
            found[node] = own(node)
        return tuple(found.values())

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Node id -> number."""
        return {name: n for n, name in enumerate(self.ids)}

    @cached_property
    def into(self) -> tuple[tuple[int, ...], ...]:
        """For each node the numbers of the edges that lead to it."""
        found: list[list[int]] = [[] for _ in self.ids]
        for e in sorted(e for row in self.out for e in row):
            found[self.edges[e].head].append(e)
        return tuple(map(tuple, found))

    @cached_property
    def held(self) -> Mapping[int, str]:
        """Registrations whose name is not delegated -> the statuses that say so.

        A name with clientHold or serverHold (RFC 5731, section 2.3), or one that was deleted,
        is not delegated: it does not work, whoever withdraws or not. One whose statuses and
        delegation contradict each other may.
        """
        known = self.whole.held if self.whole is not None else {}
        found = {node: why for node, why in known.items() if node not in self._other}
        for node in self._other:
            data = self.nodes[node]
            if data["kind"] == Kind.REGISTRATION and not self._contradicted(node):
                holds = data.get("hold") or ",".join(
                    not_delegated(str(data.get("status", "")).split(","))
                )
                if holds:
                    found[node] = str(holds).replace(",", ", ")
        return found

    def _contradicted(self, node: int) -> bool:
        return any(self.edges[e].relation == Relation.DELEGATION for e in self.out[node])

    @cached_property
    def unserved(self) -> tuple[int, ...]:
        """The unknown nodes that say of an alternative that it was tried and did not serve us."""
        if self.whole is not None:
            return self.whole.unserved
        return tuple(
            node
            for node, data in enumerate(self.nodes)
            if data["kind"] == Kind.UNKNOWN and data.get("what") == What.SERVICE
        )

    def by_itself(self, confidence: Confidence) -> Sequence[int]:
        """Return which nodes fail at a confidence, nobody withdrawn, without what did not serve us.

        Returns
        -------
        Sequence of int
            By node number, not 0 for those that fail.
        """
        key = f"by itself {confidence}"
        if key not in self.remembered:
            circuit = self.circuit(self.case(inf, confidence))
            self.remembered[key] = circuit.failing(dict.fromkeys(self.unserved, 1))
        found: Sequence[int] = self.remembered[key]
        return found

    @cached_property
    def why_failing(self) -> Mapping[int, str]:
        """Functions that do not work as recorded, whoever withdraws or not -> why (coded).

        That is so where a function cannot be built up at all, or cannot be by the
        alternatives that served whoever asked. Nobody is to blame for it.
        """
        failing = self.circuit(self.case(inf, Confidence.LIKELY)).failing({})
        unresolved = self.by_itself(Confidence.LIKELY)
        found = {}
        for node in self.functions.values():
            if self.nodes[node].get("absent"):
                continue
            if failing[node]:
                found[node] = self._held_for(node) or self._why_broken(node, failing)
            elif unresolved[node]:
                found[node] = self._why_unresolved(node, unresolved)
        return found

    def _held_for(self, function: int) -> str:
        """Return the reason of a function that needs names on hold; empty if none is."""
        if not self.held:
            return ""
        below = [n for n in sorted(self.held) if n in self.reach(function)]
        names = ", ".join(f"{self.label(n)} ({self.held[n]})" for n in below)
        return str(Reason.of("on-hold", names=names)) if names else ""

    def _why_broken(self, function: int, failing: Sequence[int]) -> str:
        """Return what does not exist or has no glue, else the names that need each other first."""
        below = [n for n in sorted(self.reach(function)) if failing[n]]
        groups = [n for n in below if self.either(n)]
        findings = [str(self.nodes[n].get("finding", "")) for n in groups]
        findings += [
            str(self.edges[e].data.get("finding", "")) for n in groups for e in self.out[n]
        ]
        every = dict.fromkeys(one for text in findings for one in reasons(text))
        told = [str(one) for one in every if one.code in _BROKEN]
        if not told and self.whole is not None:
            hollow = {self.label(n): None for n in groups if self._hollow(n)}
            told = [str(Reason.of("nothing-there", names=", ".join(hollow)))] if hollow else []
        if told or self.whole is not None or not self.broken.isdisjoint(below):
            return "; ".join(told)  # for some clients other ways than a circle are not there
        zones = [self.label(n) for n in below if self.kind(n) == Kind.ZONE]
        hosts = [self.label(n) for n in below if self.kind(n) == Kind.HOST]
        return str(Reason.of("circle", names=", ".join(zones or hosts)))

    def _hollow(self, group: int) -> bool:
        """Tell whether some clients are answered that there is nothing, and others what there is."""
        assert self.whole is not None
        others = [edge for edge in self.whole.needs(group) if "vantage" in edge.data]
        return bool(others) and not self.needs(group)

    def _why_unresolved(self, function: int, failing: Sequence[int]) -> str:
        """Return the zones none of whose servers served us, and how these failed."""
        below = [n for n in sorted(self.reach(function)) if failing[n]]
        groups = [n for n in below if self.kind(n) == Kind.NAMESERVERS]
        attempts = {
            e.head for n in groups for e in self.needs(n) if self.kind(e.head) == Kind.ATTEMPT
        }
        unknown = [
            e.head for n in sorted(attempts) for e in self.needs(n) if e.head in self.unserved
        ]
        told = [str(self.nodes[n].get("reason", "")) for n in unknown or self.unserved]
        how = [one.get("reason") or str(one) for text in told for one in reasons(text)]
        every = "; ".join(dict.fromkeys(one for text in how for one in text.split("; ")))
        names = ", ".join(map(self.label, groups))
        return str(Reason.of("unresolved", names=names, reason=every))

    def reach(self, start: int) -> set[int]:
        """Return a node and all that it needs, directly or not."""
        stack = [start]
        found = {start}
        while stack:
            for edge in self.needs(stack.pop()):
                if edge.head not in found:
                    found.add(edge.head)
                    stack.append(edge.head)
        return found

    @property
    def complete(self) -> bool:
        """Whether the collection that the graph was built from came to its end."""
        return bool(self.about.get("complete", True))

    @cached_property
    def limits(self) -> tuple[MetLimit, ...]:
        """Which limits that collection met; that it was interrupted is one."""
        met = split(str(self.about.get("limits", "")))
        return met if self.complete else in_order((MetLimit(limit=Limit.INTERRUPTED), *met))

    def kind(self, node: int) -> str:
        """Return the kind of a node, a word of the schema."""
        return self._kinds[node]

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return self._of_each(lambda node: str(self.nodes[node]["kind"]), attrgetter("_kinds"))

    def label(self, node: int) -> str:
        """Return the text for people of a node."""
        return str(self.nodes[node].get("label") or self.ids[node].partition(":")[2])

    def own(self, node: int) -> bool:
        """Whether an actor is the service itself."""
        return bool(self.nodes[node].get("own", False))

    def either(self, node: int) -> bool:
        """Whether a node needs one of its alternatives only.

        One that is out of order has none left; one of which it is not known what it leads to,
        and of which nothing is known, has one that nobody knows.
        """
        return self._either[node]

    @cached_property
    def _either(self) -> tuple[bool, ...]:
        return self._of_each(self._has_alternatives, attrgetter("_either"))

    def _has_alternatives(self, node: int) -> bool:
        unknown = node in self.unseen and not self.needs(node)
        several = self.nodes[node].get("needs") == "any"
        return self.out_of_order(node) or (several and not unknown)

    def out_of_order(self, node: int) -> bool:
        """Tell whether a node fails by itself: a registration on hold, what is broken for some."""
        return node in self.held or node in self.broken

    def needs(self, node: int) -> tuple[Edge, ...]:
        """Return the edges to what a node needs; of one that is out of order nothing is left."""
        return self._needs[node]

    @cached_property
    def _needs(self) -> tuple[tuple[Edge, ...], ...]:
        return self._of_each(self._needed, attrgetter("_needs"))

    def _needed(self, node: int) -> tuple[Edge, ...]:
        if self.out_of_order(node):
            return ()
        return tuple(edge for e in self.out[node] if (edge := self.edges[e]).needed)

    def lever(self, edge: Edge) -> Lever | None:
        """Return the lever of an edge that leads to an actor; None for other edges."""
        return _lever(self.kind(edge.tail), self.kind(edge.head), edge.relation, edge.data)

    @cached_property
    def doubts(self) -> tuple[Confidence, ...]:
        """The confidences below certain that some needed step has, the surest first."""
        if self.whole is not None:
            return self.whole.doubts
        needed = [edge for edge in self.edges if edge.needed]
        found = {edge.confidence for edge in needed} | {edge.effect for edge in needed}
        return tuple(word for word in Confidence if word in found - {Confidence.CERTAIN})

    def case(self, horizon: float, confidence: Confidence, *, worst: Iterable[str] = ()) -> Case:
        """Return a case, the same one for all that assume the same of this graph.

        Parameters
        ----------
        worst
            The levels asked about, for the worst case; none for the best.
        """
        unsure = any(doubt.weaker_than(confidence) for doubt in self.doubts)
        if not unsure:
            return Case(horizon, Confidence.POSSIBLE)
        return Case(horizon, confidence, frozenset(map(Level, worst)))

    def felt(self, edge: Edge, value: float, case: Case) -> float:
        """Return when the failure of a head is felt at the tail; infinite: never.

        Parameters
        ----------
        value
            Seconds after which the head fails.
        """
        if edge.delay > case.horizon or edge.holds(case):
            return inf
        delay = case.unobserved if edge.delay == UNOBSERVED else edge.delay
        return delay if edge.unsure(case.confidence) else max(value, delay)

    def circuit(self, case: Case) -> Circuit:
        """Return the failure circuit of a case; its last node, past those of the graph, fails.

        A step that does not count (too slow, or unsure in the best case) holds: where it is
        one of several alternatives, the node cannot fail by those. One that is unsure fails
        in the worst case: it leads to the node that fails.
        """
        if case not in self._circuits:
            failed = len(self.ids)
            self._circuits[case] = self.order.like([*self.steps(case), (failed, True, ())])
        return self._circuits[case]

    def steps(self, case: Case) -> tuple[Step, ...]:
        """Return the rules of a case, by node."""
        key = f"steps {case}"
        if key not in self.remembered:
            self.remembered[key] = self._of_each(
                lambda node: self._step(node, case), lambda whole: whole.steps(case)
            )
        found: tuple[Step, ...] = self.remembered[key]
        return found

    def _step(self, node: int, case: Case) -> Step:
        sure = self.sure[node]
        if sure is not None and sure[0] <= case.horizon:
            return node, self.either(node), sure[1]
        failed = len(self.ids)
        heads = []
        holding = False
        for edge in self.needs(node):
            if edge.delay > case.horizon or edge.holds(case):
                holding = True
            else:
                heads.append(failed if edge.unsure(case.confidence) else edge.head)
        if self.either(node) and holding:
            return node, False, ()
        return node, self.either(node), tuple(dict.fromkeys(heads))

    @cached_property
    def sure(self) -> tuple[tuple[float, tuple[int, ...]] | None, ...]:
        """The longest delay, and where they lead, of the steps of a node that are all certain."""
        return self._of_each(self._sure, attrgetter("sure"))

    def _sure(self, node: int) -> tuple[float, tuple[int, ...]] | None:
        certain, needs = Confidence.CERTAIN, self.needs(node)
        if not all(edge.confidence is certain and edge.effect is certain for edge in needs):
            return None
        delay = max((edge.delay for edge in needs), default=0.0)
        return delay, tuple(dict.fromkeys(edge.head for edge in needs))

    @cached_property
    def order(self) -> Circuit:
        """The nodes in an order that serves every case, and every restriction of the graph."""
        if self.whole is not None:
            return self.whole.order
        failed = len(self.ids)
        needs = [
            (*dict.fromkeys(self.edges[e].head for e in row if self.edges[e].needed), failed)
            for row in self.out
        ]
        return Circuit.of([False] * (failed + 1), [*needs, ()])

    def blocks_below(self, node: int | None) -> Sequence[tuple[tuple[int, ...], bool]]:
        """Return what a node needs (None: all nodes) in that order, and of each block whether it is a circle."""
        key = f"blocks below {node}"
        if key not in self.remembered:
            below = range(len(self.ids)) if node is None else self.reach(node)
            parts: dict[int, list[int]] = {}
            for one in sorted(below, key=self.order.places.__getitem__):
                parts.setdefault(self.order.places[one][0], []).append(one)
            circles = self.order.circles
            self.remembered[key] = [(tuple(part), circles[n]) for n, part in parts.items()]
        found: Sequence[tuple[tuple[int, ...], bool]] = self.remembered[key]
        return found

    def actors(self, level: str) -> tuple[int, ...]:
        """List the nodes that act at a level.

        At level `company` these are the companies that nobody in the graph is known to own:
        what a subsidiary can do its parent can, and the parent decides. A provider of which no
        company is known acts for itself, as who it may belong to cannot do less; so does one that
        another possibly owns, and so may the other. At level `country` all companies under one law
        act together.

        Raises
        ------
        QuestionError
            If there is no such level.
        """
        if level_of(level) is not Level.COMPANY:
            return tuple(n for n in range(len(self.ids)) if self.kind(n) == level)
        several = (Kind.PROVIDER, Kind.COMPANY)
        return tuple(
            n for n in range(len(self.ids)) if self.kind(n) in several and not self.owned(n)
        )

    def owned(self, node: int) -> bool:
        """Tell whether a company is known that a provider or company belongs to."""
        return any(
            edge.relation in {Relation.OWNER, Relation.PARENT}
            and self.kind(edge.head) == Kind.COMPANY
            and not edge.unsure(Confidence.LIKELY)
            for edge in self.needs(node)
        )

    def closure(self, nodes: Iterable[int], relations: Collection[str]) -> set[int]:
        """Return the nodes and all that they reach over edges of these relations."""
        stack = list(nodes)
        found = set(stack)
        while stack:
            for e in self.out[stack.pop()]:
                edge = self.edges[e]
                if edge.relation in relations and edge.head not in found:
                    found.add(edge.head)
                    stack.append(edge.head)
        return found

    def unknown(self, level: str) -> tuple[int, ...]:
        """List the nodes that may hide anyone, or anything, at a level.

        These are the unknown nodes that say so (`hides`), the nodes of which an operator
        is known by report and nothing else (the infrastructure it runs was not seen), and those
        of which it is not known what they lead to for some clients.
        """
        key = f"unknown {level}"
        if key not in self.remembered:
            self.remembered[key] = self._may_hide(level_of(level))
        found: tuple[int, ...] = self.remembered[key]
        return found

    def _may_hide(self, wanted: Level) -> tuple[int, ...]:
        known = self.whole.unknown(wanted.value) if self.whole is not None else ()
        found = {node for node in known if node not in self._other}
        found.update(node for node in self._other if self._hides(node, wanted))
        return tuple(sorted(found))

    def _hides(self, node: int, wanted: Level) -> bool:
        data = self.nodes[node]
        if node in self.unseen:
            return True
        if data["kind"] == Kind.UNKNOWN:
            return wanted.value in str(data["hides"]).split(",")
        return wanted not in PARTIES and self._unseen(node, wanted)

    def _unseen(self, node: int, level: Level) -> bool:
        return any(
            self.kind(edge.head) == Kind.PROVIDER
            and level in hidden_levels(edge.relation, self.kind(node))
            for edge in self.needs(node)
            if edge.relation in {Relation.OPERATOR, Relation.ORIGIN}
        )

    def game(self, level: str, case: Case, *, dead: Iterable[int] = ()) -> Game:
        """Return the game of the actors of a level over all functions, in their order.

        Parameters
        ----------
        dead
            What is withdrawn in any case: in the worst, all that may hide somebody at the level
            (:meth:`unknown`).
        """
        roots = tuple(self.functions.values())
        return cut_down(self.circuit(case), self.actors(level), dead, roots)


def level_of(word: str) -> Level:
    """Return a level by its word.

    Raises
    ------
    QuestionError
        If there is no such level.
    """
    if word not in set(Level):
        raise refuse(QuestionError, "level", levels=", ".join(Level), found=repr(word))
    return Level(word)


def compile_graph(graph: nx.MultiDiGraph[str]) -> Model:
    """Compile a graph that follows the schema.

    The delay of an edge is that of its lever, or, where resolvers keep records, the longest
    TTL observed: on the edge from a host, a name server to look up or the mail function to
    its zone, that of the records it has there; on the edge from a zone to its parent or registration,
    that of its delegation. On the edge to who signs a zone it is the time that the signatures
    leave. Where no TTL was observed it is
    :data:`~depgraph.analysis.levers.UNOBSERVED`. That of the edge from a zone to its primary is
    its SOA EXPIRE (RFC 1035, section 3.3.13): so long its secondaries go on without it.

    Raises
    ------
    GraphError
        If a node has no kind, or an edge leads to a node that is not there.
    """
    ids = tuple(sorted(graph.nodes))
    number = {name: n for n, name in enumerate(ids)}
    for name in ids:
        if "kind" not in graph.nodes[name]:
            raise GraphError(f"expected a node with a kind, found {name!r} with none: see validate")
    edges: list[Edge] = []
    out: list[list[int]] = [[] for _ in ids]
    rows = sorted(graph.edges(keys=True, data=True), key=lambda row: (row[0], str(row[2]), row[1]))
    for tail, head, key, data in rows:
        relation = str(data.get("relation", key))
        out[number[tail]].append(len(edges))
        edges.append(
            Edge(
                number[tail],
                number[head],
                relation,
                _delay(graph, tail, head, relation, data),
                needed=data["strength"] == Strength.NEEDS,
                confidence=_CONFIDENCES[data["confidence"]],
                hides=_hides(relation, graph.nodes[tail]["kind"], graph.nodes[head]["kind"]),
                effect=_CONFIDENCES[data.get("effect", Confidence.CERTAIN.value)],
                data=dict(data),
            )
        )
    functions = {
        name.rpartition("/")[2]: number[name]
        for name in ids
        if graph.nodes[name]["kind"] == Kind.FUNCTION
    }
    return Model(
        about=dict(graph.graph),
        ids=ids,
        nodes=tuple(dict(graph.nodes[name]) for name in ids),
        edges=tuple(edges),
        out=tuple(map(tuple, out)),
        functions={name: functions[name] for name in sorted(functions, key=function_rank)},
    )


_CONFIDENCES: Final[Mapping[str, Confidence]] = {word.value: word for word in Confidence}


@cache
def _hides(relation: str, tail: str, head: str) -> frozenset[Level]:
    """Return the levels at which the end of a step could be anyone if the step is not sure.

    Where it leads to a piece of infrastructure, it may be another of that kind; where it leads
    to anyone, it hides nobody in particular.
    """
    if head == Kind.ANYONE:
        return frozenset()
    same_kind = frozenset(level for level in Level if level.value == head) - PARTIES
    return same_kind.union(hidden_levels(relation, tail))


def _delay(
    graph: nx.MultiDiGraph[str], tail: str, head: str, relation: str, data: Mapping[str, Any]
) -> float:
    kind = graph.nodes[tail]["kind"]
    if (kind, relation) in _CACHED:
        ttl = _ttl(graph, tail, _CACHED[kind, relation])
        return UNOBSERVED if ttl is None else float(ttl)
    if relation == Relation.PRIMARY:
        return float(data.get("expire", 0))
    lever = _lever(kind, graph.nodes[head]["kind"], relation, data)
    if lever is Lever.LET_LAPSE:
        return float(data.get("ttl", 0)) + LAPSE
    return 0.0 if lever is None else LEVERS[lever].delay


def _lever(tail: str, head: str, relation: str, data: Mapping[str, Any]) -> Lever | None:
    """Return the lever of an edge from what is no actor to one, or to one who is not known."""
    if tail in ACTORS or relation in {Relation.INVOLVEMENT, Relation.FUNCTION}:
        return None
    if head == Kind.ANYONE and data["strength"] == Strength.EXPOSES:
        return lever_of(relation, tail)  # whoever takes a free name
    acting = RELATIONS[Relation(relation)].acting_from if head == Kind.UNKNOWN else ()
    if head not in ACTORS and tail not in acting:
        return None
    locked = filter(None, str(data.get("locked", "")).split(","))
    return lever_of(relation, tail, role=str(data.get("role", "")), locked=map(Lever, locked))


def _ttl(graph: nx.MultiDiGraph[str], tail: str, groups: frozenset[str]) -> int | None:
    """Return the longest TTL of the records that a name has in its zone (or its parent's)."""
    found: list[int] = []
    stack = [tail]
    seen = {tail}
    while stack:
        for _, head, key, data in graph.out_edges(stack.pop(), keys=True, data=True):
            relation = data.get("relation", key)
            if relation in _NOT_RECORDS or data["strength"] != Strength.NEEDS:
                continue
            if "ttl" in data:
                found.append(int(data["ttl"]))
            if graph.nodes[head]["kind"] in groups and head not in seen:
                seen.add(head)
                stack.append(head)
    return max(found, default=None)


def model_of(graph: nx.MultiDiGraph[str] | Model) -> Model:
    """Compile a graph, or take a model that was compiled before.

    Every analysis and picture comes through here: a graph of an older schema is upgraded, and
    one that does not follow the schema is refused.

    Raises
    ------
    GraphError
        If it is no graph of ours, or has faults: it says what :func:`depgraph.validate` says.
    """
    if isinstance(graph, Model):
        return graph
    return compile_graph(require_graph(graph))
