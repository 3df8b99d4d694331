"""What the steps of a build share: the evidence, the catalogue, the draft, and what is left to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from depgraph import names
from depgraph.graph import owners
from depgraph.graph.draft import Draft
from depgraph.graph.evidence import Index, proof
from depgraph.graph.text import last_word
from depgraph.observations import Observation, Status, format_time
from depgraph.providers import Attribution, Catalogue, Signal, attribute
from depgraph.text_safety import one_line

Clues: TypeAlias = Mapping[Signal, Sequence[Observation]]
"""What speaks for an operator, and the observations that each signal was taken from."""

Report: TypeAlias = tuple[str, Observation]
"""Who is reported to do something, by name, and the report."""

_NAMED_BY_RECORD = frozenset({"registrar", "registry", "holder", "network", "certificate"})

# A step of a later phase runs when no step of an earlier one is left: which addresses a host
# shares, and under which names it is reached, is known only when every name has been walked.
NAMES, USES, SETS, ADDRESSES, NETWORKS, JOINS, OWNERS = range(7)


@dataclass(slots=True)
class Work:
    """One build under way."""

    subject: str
    at: date
    index: Index
    catalogue: Catalogue
    draft: Draft = field(default_factory=Draft)
    aliases: dict[str, list[str]] = field(default_factory=dict)  # target -> names that lead there
    web: set[str] = field(default_factory=set)  # the host names that the web functions begin with
    sightings: dict[str, Sequence[Observation]] = field(default_factory=dict)  # of a server's name
    uses: dict[str, dict[str, Clues]] = field(default_factory=dict)  # address -> role -> names
    registered_as: dict[str, set[str]] = field(default_factory=dict)  # provider node -> its names
    _queues: tuple[deque[tuple[Callable[[Work, str], None], str]], ...] = field(
        default_factory=lambda: tuple(deque() for _ in range(7))
    )
    _done: set[tuple[Any, str]] = field(default_factory=set)
    _said: dict[tuple[str, tuple[Signal, ...]], Attribution] = field(default_factory=dict)
    _registered: dict[str, str | None] = field(default_factory=dict)

    def later(self, step: Callable[[Work, str], None], name: str, *, phase: int = NAMES) -> None:
        """Put off a step for one name; each is done once, however often it is asked for."""
        if (step, name) not in self._done:
            self._done.add((step, name))
            self._queues[phase].append((step, name))

    def run(self) -> None:
        """Do every step that is left, and those that follow from them."""
        while (queue := next((q for q in self._queues if q), None)) is not None:
            step, name = queue.popleft()
            step(self, name)

    def registered(self, name: str) -> str | None:
        """Give the registered domain of a name; None for a public suffix."""
        if name not in self._registered:
            self._registered[name] = names.registered_domain(name)
        return self._registered[name]

    def who(self, role: str, clues: Clues) -> Attribution:
        """Ask the rules who does something."""
        key = (role, tuple(clues))
        if key not in self._said:
            self._said[key] = attribute(
                role, clues, catalogue=self.catalogue, at=self.at, service=self.subject
            )
        return self._said[key]

    def proof(self, said: Attribution, clues: Clues, *, direct: bool = False) -> dict[str, Any]:
        """Give the evidence of an edge made by a rule: the rule, and where its input is from.

        `direct` says that the record itself names the party (a registration its registrar), and
        the rule only which row of the catalogue that is: then the evidence is the record's.
        """
        rule = said.rule or "as recorded"
        decided = [clues[s.signal] for s in said.signals if s.rule == rule and s.signal in clues]
        seen = next((o for o in (*decided, *clues.values()) if o), ())
        return {**proof(seen), "rule": rule} if direct and seen else proof(seen, rule=rule)

    def provider(self, said: Attribution) -> str:
        """Add the node of an attributed provider, and its owners later."""
        key = said.provider or ""
        if key == "self":
            key = f"~{self.registered(self.subject) or self.subject}"
        catalogued = key in self.catalogue.providers
        node = self.draft.node(
            "provider",
            key,
            label=said.name or key,
            catalogued=catalogued,
            own=said.is_self or None,
        )
        return self._owned(node)

    def catalogued(self, provider: str) -> str:
        """Add the node of a provider that the catalogue has, and its owners later."""
        name = self.catalogue.provider(provider).name
        return self._owned(self.draft.node("provider", provider, label=name, catalogued=True))

    def _owned(self, node: str) -> str:
        self.later(owners.expand, node.split(":", 1)[1], phase=OWNERS)
        return node

    def operator(
        self, source: str, relation: str, role: str, clues: Clues, **more: Any
    ) -> Attribution:
        """Add the edge to who does something, if the rules know; the caller says what if not."""
        said = self.who(role, clues)
        if said.provider is not None:
            proved = self.proof(said, clues, direct=relation in _NAMED_BY_RECORD)
            self.draft.edge(source, relation, self.provider(said), proved, **more)
        return said

    def knows(self, said: Attribution) -> bool:
        """Tell whether the catalogue has the provider (the service's own one may be in it)."""
        return said.provider in self.catalogue.providers

    def reports(self, name: str, *roles: str) -> list[Report]:
        """List who is reported to do something for a name on the days asked for, with the report."""
        return [
            (reported, o)
            for reported, o in _reports(self.index.group(name, "operator"), roles)
            if self.index.current(o)
        ]

    def report(
        self, source: str, relation: str, role: str, found: Sequence[Report], *, what: str
    ) -> None:
        """Add the edge to a reported operator.

        Reports that name several do not say whether all of them are needed or one of them is
        wrong: each then only exposes, and who it is stays unknown.
        """
        named: dict[str, list[Observation]] = {}
        for reported, o in found:
            said = self.who(role, {Signal("reported-name", reported): (o,)})
            named.setdefault(self.provider(said), []).append(o)
        strength = "needs" if len(named) == 1 else "exposes"
        for node, seen in named.items():
            self.draft.edge(
                source, relation, node, proof(seen), strength=strength, role=seen[0].first("role")
            )
        if len(named) > 1:
            labels = ", ".join(self.draft.nodes[node]["label"] for node in named)
            self.draft.unknown(source, relation, what, reason=f"reports name several: {labels}")

    def last_known(
        self,
        role: str,
        stale: Iterable[Observation],
        kind: str,
        *,
        names: Sequence[str] = (),
        roles: tuple[str, ...] = (),
    ) -> dict[str, str]:
        """Say what the nearest other day told: attributes of an unknown node, empty if nothing did.

        `kind` is that of the signal which an old value makes; `names` and `roles` say which
        reports of other days count besides.
        """
        groups = [self.index.group(name, "operator") for name in names]
        facts = [(o, value, kind) for o in stale for value in o.values[:1]]
        facts += [
            (o, reported, "reported-name")
            for group in groups
            for reported, o in _reports(group, roles)
            if not self.index.current(o)
        ]
        if not facts:
            return {}
        o, value, kind = min(
            facts, key=lambda f: (self.index.distance(f[0]), -f[0].time.timestamp(), f[1:])
        )
        last = {
            "last_known": one_line(value),
            "last_known_time": format_time(o.end),
            "last_known_evidence": o.evidence.value,
        }
        said = self.who(role, dict.fromkeys(_signals(kind, o, value), (o,)))
        if said.provider is not None:
            last |= {
                "last_known": one_line(said.name or value),
                "last_known_id": one_line(said.provider),
            }
        return last


def _signals(kind: str, o: Observation, value: str) -> list[Signal]:
    """Make the signals of a value of another day; registrations and the like speak by fields."""
    if kind in _FIELDS:
        pairs = [(k, text) for k, key in _FIELDS[kind] for text in o.fields().get(key, ())]
    elif kind == "reported-name":
        pairs = [(kind, value)]
    else:
        pairs = [(kind, last_word(value).rstrip(".").lower())]
    return [Signal(k, text.strip()) for k, text in pairs if text.strip()]


_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "registrar-name": (("registrar-id", "registrar-id"), ("registrar-name", "registrar")),
    "asn": (("asn", "asn"),),
    "holder-name": (("holder-handle", "organisation-handle"), ("holder-name", "organisation")),
    "issuer": (("issuer", "issuer-organisation"), ("issuer", "issuer")),
}


def _reports(group: list[Observation], roles: tuple[str, ...]) -> list[Report]:
    out = []
    for o in group:
        if o.status is Status.ANSWER:
            fields = o.fields()
            if set(roles) & set(fields.get("role", ())):
                out += [(reported, o) for reported in fields.get("name", ()) if reported.strip()]
    return out
