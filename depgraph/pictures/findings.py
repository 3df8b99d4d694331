"""What a picture says about who can stop what: computed on the whole graph, never on what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from depgraph.analysis import takedown
from depgraph.pictures.labels import heading, short_name, whole
from depgraph.pictures.texts import listed
from depgraph.schema import functions as function_nodes
from depgraph.schema import owner_chain

NAMED = 3  # a headline names so many companies, and counts more


@dataclass(frozen=True, slots=True)
class Findings:
    """Who can stop which functions alone.

    Parameters
    ----------
    subject
        The service.
    functions
        Ids of the function nodes that exist.
    alone
        For each provider or company id the functions that it certainly stops alone.
    own
        Which of them are the service's own.
    unknown
        Ids of the unknown nodes.
    open
        Functions of which some unknown may decide.
    names
        Labels of the actors.
    reported
        Actors that are only reported to be able to.
    between
        Companies with a parent, and the functions that a provider of theirs stops alone: they
        can do so too, and their parent, whom the headline names.
    """

    subject: str
    functions: tuple[str, ...]
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    reported: frozenset[str] = frozenset()
    between: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def stops(self, node: str) -> tuple[str, ...]:
        """Give the functions that an actor can stop alone."""
        return self.alone.get(node) or self.between.get(node, ())

    @property
    def companies(self) -> dict[str, tuple[str, ...]]:
        """The companies, other than the service's own, that can stop something alone."""
        return {
            node: stopped
            for node, stopped in self.alone.items()
            if node.startswith("company:") and node not in self.own
        }

    def sentence(self, node: str, table: Mapping[str, str]) -> str:
        """Say what an actor can stop alone; empty if nothing."""
        stopped = self.stops(node)
        return table["stops"].format(functions=heading(stopped, table)) if stopped else ""

    def headline(self, table: Mapping[str, str]) -> tuple[str, str]:
        """Say the finding in words: a headline and what goes with it."""
        found = self.companies
        everything = [n for n, stopped in found.items() if set(self.functions) <= set(stopped)]
        named = everything or list(found)
        key = ("stops all" if everything else "stops some") if named else "stops none"
        if not named and self.open:
            key = "stops unknown"
        count = "" if not named else " one" if len(named) == 1 else " many"
        title = table[key + count].format(
            names=self._listed(named, table), subject=self.subject, n=len(named)
        )
        return title, " ".join(self._details(everything, table))

    def _details(self, everything: list[str], table: Mapping[str, str]) -> list[str]:
        by_actors: dict[tuple[str, ...], list[str]] = {}
        for function in self.functions:
            more = [n for n, s in self.companies.items() if function in s and n not in everything]
            if more:
                by_actors.setdefault(tuple(more), []).append(function)
        parts = [
            table["also" if everything else "only"].format(
                function=capital(heading(stopped, table)), names=self._listed(actors, table)
            )
            for actors, stopped in by_actors.items()
        ]
        if self.unknown:
            parts.append(self._not_known(table))
        return parts

    def _not_known(self, table: Mapping[str, str]) -> str:
        if len(self.unknown) > NAMED - 1:
            return table["unknown many"].format(n=len(self.unknown))
        names = [node.partition(":")[2] for node in self.unknown]
        return table["unknown few"].format(names=listed(names, table))

    def _listed(self, nodes: Sequence[str], table: Mapping[str, str]) -> str:
        if len(nodes) > NAMED:
            return table["companies"].format(n=len(nodes))
        return listed([self._named(n, table) for n in nodes], table)

    def _named(self, node: str, table: Mapping[str, str]) -> str:
        name = self.names.get(node, node)
        return f"{name} ({table['reported']})" if node in self.reported else name


def capital(text: str) -> str:
    """Begin a sentence with a word."""
    return text[:1].upper() + text[1:]


def findings(graph: nx.MultiDiGraph[str]) -> Findings:
    """Compute who can stop what alone, at the level of companies and of providers."""
    present = {
        node.rpartition("/")[2]: node
        for node in function_nodes(graph)
        if not graph.nodes[node].get("absent")
    }
    alone: dict[str, dict[str, None]] = {}
    own: set[str] = set()
    undecided: dict[str, None] = {}
    reported: dict[str, bool] = {}
    for level in ("company", "provider"):
        for function in takedown(graph, level=level, upto=1).functions:
            node = present.get(function.function)
            if node is None:
                continue
            for cut in function.cut_sets:
                if cut.worst_case:
                    undecided[node] = None
                elif len(cut.members) == 1:
                    actor = cut.members[0]
                    said = actor.evidence == "reported"
                    reported[actor.id] = reported.get(actor.id, True) and said
                    alone.setdefault(actor.id, {})[node] = None
                    own |= {actor.id} if actor.own else set()
    between: dict[str, dict[str, None]] = {}
    for node, stopped in alone.items():
        if node.startswith("provider:"):
            for company in owner_chain(graph, node):
                if company.startswith("company:") and company not in alone:
                    between.setdefault(company, {}).update(stopped)
    return Findings(
        subject=str(graph.graph.get("subject", "")),
        functions=tuple(present.values()),
        alone={node: tuple(stopped) for node, stopped in sorted(alone.items())},
        own=frozenset(own),
        between={node: tuple(stopped) for node, stopped in sorted(between.items())},
        unknown=tuple(n for n, d in graph.nodes(data=True) if d["kind"] == "unknown"),
        open=tuple(undecided),
        reported=frozenset(node for node, only in reported.items() if only),
        names={
            n: short_name(whole(graph, n)) for n in graph if n.startswith(("company:", "provider:"))
        },
    )
