"""Why a function fails, and when: the edges that prove it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import ClassVar

from depgraph.analysis.levers import MOST, UNOBSERVED, observed, onset
from depgraph.analysis.model import Case, Edge, Model
from depgraph.analysis.results import renamed
from depgraph.vocabulary import Confidence, Evidence, Lever, Onset, Relation, weakest_evidence

_TEXTS = (
    *("provenance", "citation", "time", "until", "server", "vantage"),
    *("rule", "role", "basis", "note"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a witness, with how we know it.

    Parameters
    ----------
    tail, head, relation
        The edge: `tail` needs `head`.
    tail_label, head_label
        The two for people.
    evidence, confidence, provenance, citation, time, until, server, vantage, rule, role, basis, note
        As on the edge of the graph; empty where it has none.
    unverified
        Whether no public document confirms the row of the catalogue that it rests on.
    ttl
        Seconds; None where none was observed.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({*_TEXTS, "unverified", "ttl"})

    tail: str
    head: str
    relation: str
    tail_label: str = field(metadata=renamed(""))
    head_label: str = field(metadata=renamed(""))
    evidence: Evidence
    confidence: Confidence
    provenance: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    server: str = ""
    vantage: str = ""
    rule: str = ""
    role: str = ""
    basis: str = ""
    note: str = ""
    unverified: bool = False
    ttl: int | None = None

    @property
    def told(self) -> bool:
        """Whether it rests on evidence, rather than holding by definition."""
        return self.evidence is not Evidence.DEFINITION


def step(model: Model, edge: Edge) -> Step:
    """Return an edge as a step of a witness."""
    data = edge.data
    texts = {key: str(data[key]) for key in _TEXTS if key in data}
    return Step(
        tail=model.ids[edge.tail],
        head=model.ids[edge.head],
        relation=edge.relation,
        tail_label=model.label(edge.tail),
        head_label=model.label(edge.head),
        evidence=Evidence(data["evidence"]),
        confidence=edge.confidence,
        unverified=edge.unverified,
        ttl=data.get("ttl"),
        **texts,
    )


def weakest_of(steps: Iterable[Step]) -> Evidence:
    """Return the weakest class of evidence among steps; what holds by definition rests on none."""
    return weakest_evidence(step.evidence for step in steps)


def times(
    model: Model, withdrawn: Iterable[int], case: Case, *, of: int | None = None
) -> list[float]:
    """Return for each node the seconds after which it stops working; infinite: never.

    Every cache is taken to be filled at the moment of the withdrawal. A node that needs
    all fails with the first of what it needs, one with alternatives with the last; a
    record in a cache bridges the time until its TTL ends. Among the solutions it is the
    least, as circles do not keep themselves alive.

    With `of` a node, of that and what it needs alone, which takes the less time; the others never stop.
    """
    gone = set(withdrawn)
    blocks = model.blocks_below(of)
    if not gone:
        return _settled(model, blocks, gone, [inf] * (len(model.ids) + 1), case)
    key = f"times {case} {of}"
    if key not in model.remembered:
        place = {node: n for n, (block, _) in enumerate(blocks) for node in block}
        model.remembered[key] = place, times(model, (), case, of=of)
    place, untouched = model.remembered[key]
    above = sorted({place[node] for node in _above(model, gone, place)})
    return _settled(model, [blocks[number] for number in above], gone, [*untouched], case)


def _settled(
    model: Model,
    blocks: Iterable[tuple[tuple[int, ...], bool]],
    gone: set[int],
    value: list[float],
    case: Case,
) -> list[float]:
    """Work out some blocks anew, in their order; the circuit has one more node than the graph."""
    for block, circle in blocks:
        for node in block:
            value[node] = 0.0
        while _advance(model, block, gone, value, case) and circle:
            pass
    return value


def _above(model: Model, nodes: Iterable[int], known: Container[int]) -> set[int]:
    """Return those of the known nodes that may stop working sooner where some nodes do."""
    found = {node for node in nodes if node in known}
    stack = [*found]
    while stack:
        tails = {model.edges[e].tail for e in model.into[stack.pop()]}
        new = {tail for tail in tails - found if tail in known}
        found |= new
        stack += new
    return found


def _advance(
    model: Model, block: Sequence[int], gone: set[int], value: list[float], case: Case
) -> bool:
    changed = False
    for node in block:
        felt = [model.felt(edge, value[edge.head], case) for edge in model.needs(node)]
        if node in gone:
            new = 0.0
        elif model.either(node):
            new = max(felt, default=0.0)
        else:
            new = min(felt, default=inf)
        new = new if new <= max(case.horizon, case.unobserved) else inf
        changed |= new != value[node]
        value[node] = new
    return changed


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a node fails: edges from it down to what was withdrawn.

    Parameters
    ----------
    edges
        In the order of a walk from the node.
    seconds, at_most
        When it fails after the withdrawal: at the soonest, and at the latest, which differ if that
        hangs on a TTL nobody observed.
    circles
        Nodes at which the proof ends because they only support each other.
    unsure
        Those of the edges at which it ends because they are not sure, in the worst case, and
        those of which it is not sure that they are felt.
    """

    edges: tuple[Edge, ...]
    seconds: float
    at_most: float
    circles: tuple[int, ...] = ()
    unsure: tuple[Edge, ...] = ()

    @property
    def onset(self) -> Onset:
        """When the failure sets in; not known where a lock has to be lifted first."""
        if any(edge.data.get("locked") and edge.doubtful(Confidence.LIKELY) for edge in self.edges):
            return Onset.UNKNOWN
        by_expiry = {edge.delay for edge in self.edges if edge.relation == Relation.PRIMARY}
        return Onset.EXPIRE if self._moment in by_expiry else onset(self._moment)

    @property
    def length(self) -> float | None:
        """Seconds until it sets in; None where nobody knows them."""
        return None if self.onset is Onset.UNKNOWN else observed(self._moment)

    @property
    def _moment(self) -> float:
        return self.seconds if self.seconds == self.at_most else UNOBSERVED

    def into(self, node: int) -> list[Edge]:
        """List the edges of the proof that lead to a node."""
        return [edge for edge in self.edges if edge.head == node]

    def controlled(self, model: Model) -> Mapping[int, list[tuple[Lever, tuple[Edge, ...]]]]:
        """Return for each node the levers through which it is felt in this proof.

        Each lever with the edges that say so: the one into who pulls it, and those of
        ownership and law from there to the node.
        """
        below: dict[int, list[Edge]] = {}
        for edge in self.edges:
            below.setdefault(edge.tail, []).append(edge)
        found: dict[int, list[tuple[Lever, tuple[Edge, ...]]]] = {}
        for edge in self.edges:
            lever = model.lever(edge)
            if lever is None:
                continue
            way = [edge]
            met = {edge.head}
            found.setdefault(edge.head, []).append((lever, tuple(way)))
            while (onward := below.get(way[-1].head)) and onward[0].head not in met:
                way.append(onward[0])
                met.add(onward[0].head)
                found.setdefault(onward[0].head, []).append((lever, tuple(way)))
        return found


def prove(model: Model, node: int, withdrawn: Iterable[int], case: Case) -> Proof:
    """Find the edges by which a failing node fails: the soonest ones, then the shortest way."""
    gone = set(withdrawn)
    value = times(model, gone, case, of=node)
    rank = _ranks(model, gone, value, case, of=node)
    stack = [node]
    seen = {node}
    chosen: list[Edge] = []
    circles: list[int] = []
    while stack:
        here = stack.pop()
        if here in gone:
            continue
        edges = [e for e in model.needs(here) if model.felt(e, value[e.head], case) < inf]
        if not model.either(here):
            edges = sorted(
                edges,
                key=lambda e: (
                    model.felt(e, value[e.head], case),
                    0 if e.unsure(case.confidence) else rank.get(e.head, len(rank) + 1),
                    e.relation == "parent",  # the name itself before those above it
                ),
            )[:1]
        if here not in rank:
            circles.append(here)
        chosen += edges
        for edge in reversed(edges):
            if edge.head not in seen and not edge.unsure(case.confidence):
                seen.add(edge.head)
                stack.append(edge.head)
    unsure = tuple(
        edge for edge in chosen if edge.unsure(case.confidence) or edge.doubtful(Confidence.LIKELY)
    )
    at_most = value[node]
    if any(edge.delay == UNOBSERVED for edge in chosen):
        at_most = times(model, gone, replace(case, unobserved=MOST), of=node)[node]
    walk = tuple(_walk(chosen, node))
    return Proof(walk, value[node], at_most, tuple(sorted(circles)), unsure)


def joined(proofs: Sequence[Proof]) -> Proof:
    """Return several proofs as one: that all of what they prove fails, at the latest when.

    Parameters
    ----------
    proofs
        One or more.
    """
    first, *others = proofs
    if not others:
        return first
    return Proof(
        edges=_once(edge for proof in proofs for edge in proof.edges),
        seconds=max(proof.seconds for proof in proofs),
        at_most=max(proof.at_most for proof in proofs),
        circles=tuple(sorted({node for proof in proofs for node in proof.circles})),
        unsure=_once(edge for proof in proofs for edge in proof.unsure),
    )


def _once(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple({(edge.tail, edge.relation, edge.head): edge for edge in edges}.values())


def _walk(edges: Sequence[Edge], root: int) -> list[Edge]:
    """Return the edges in the order in which a walk from the root comes by them."""
    below: dict[int, list[Edge]] = {}
    for edge in edges:
        below.setdefault(edge.tail, []).append(edge)
    found: list[Edge] = []
    stack = list(reversed(below.get(root, [])))
    seen = {root}
    while stack:
        edge = stack.pop()
        found.append(edge)
        if edge.head not in seen:
            seen.add(edge.head)
            stack += reversed(below.get(edge.head, []))
    return found


def _follows(edge: Edge, case: Case) -> bool:
    """Tell whether the failure of the tail of an edge follows from that of its head."""
    return not edge.unsure(case.confidence) and not edge.holds(case)


def _ranks(
    model: Model, gone: set[int], value: Sequence[float], case: Case, *, of: int
) -> dict[int, int]:
    """Return in how many steps its failure follows, for each failing node that one needs; circles have none."""
    below = [node for block, _ in model.blocks_below(of) for node in block]
    rank = dict.fromkeys(filter(gone.__contains__, below), 0)
    waiting: dict[int, int] = {}
    first: list[int] = []  # nodes that fail by an unsure step, or have nothing left
    for node in below:
        if value[node] == inf or node in gone:
            continue
        edges = model.needs(node)
        sure = {edge.head for edge in edges if _follows(edge, case)}
        if model.either(node):
            waiting[node] = len(sure)
            if not waiting[node]:
                first.append(node)
        elif any(edge.unsure(case.confidence) and edge.hides & case.failing for edge in edges):
            first.append(node)
    rank |= dict.fromkeys(first, 0)
    front = list(rank)
    while front:
        following: list[int] = []
        for head in front:
            tails = [model.edges[e] for e in model.into[head]]
            for tail in dict.fromkeys(
                edge.tail for edge in tails if edge.needed and _follows(edge, case)
            ):
                if tail in rank or value[tail] == inf:
                    continue
                if tail in waiting:
                    waiting[tail] -= 1
                    if waiting[tail]:
                        continue
                rank[tail] = rank[head] + 1
                following.append(tail)
        front = following
    return rank
