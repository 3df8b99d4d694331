"""What a picture says about who can stop what: computed on the whole graph, never on what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from depgraph.analysis import takedown
from depgraph.pictures.labels import heading, short_name, whole
from depgraph.schema import functions as function_nodes
from depgraph.schema import owner_chain
from depgraph.texts import Words

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

    def sentence(self, node: str, table: Words) -> str:
        """Say what an actor can stop alone; empty if nothing."""
        stopped = self.stops(node)
        return table.say("picture.stops", functions=heading(stopped, table)) if stopped else ""

    def headline(self, table: Words) -> tuple[str, str]:
        """Say the finding in words: a headline and what goes with it."""
        found = self.companies
        everything = [n for n, stopped in found.items() if set(self.functions) <= set(stopped)]
        named = everything or list(found)
        key = ("all" if everything else "some") if named else "none"
        if not named and self.open:
            key = "unknown"
        title = table.say(
            f"picture.headline.{key}",
            names=self._listed(named, table),
            subject=self.subject,
            n=len(named),
        )
        return title, " ".join(self._details(everything, table))

    def _details(self, everything: list[str], table: Words) -> list[str]:
        by_actors: dict[tuple[str, ...], list[str]] = {}
        for function in self.functions:
            more = [n for n, s in self.companies.items() if function in s and n not in everything]
            if more:
                by_actors.setdefault(tuple(more), []).append(function)
        parts = [
            table.say(
                "picture.headline.also" if everything else "picture.headline.only",
                function=capital(heading(stopped, table)),
                names=self._listed(actors, table),
            )
            for actors, stopped in by_actors.items()
        ]
        if self.unknown:
            parts.append(self._not_known(table))
        return parts

    def _not_known(self, table: Words) -> str:
        if len(self.unknown) > NAMED - 1:
            return table.say("picture.headline.unknown-many", n=len(self.unknown))
        names = [node.partition(":")[2] for node in self.unknown]
        return table.say("picture.headline.unknown-few", names=table.listed(names))

    def _listed(self, nodes: Sequence[str], table: Words) -> str:
        if len(nodes) > NAMED:
            return table.say("picture.companies", n=len(nodes))
        return table.listed([self._named(n, table) for n in nodes])

    def _named(self, node: str, table: Words) -> str:
        name = self.names.get(node, node)
        return f"{name} ({table['evidence.reported']})" if node in self.reported else name


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
