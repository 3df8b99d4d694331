"""What pictures of one graph rest on: computed once, on the whole graph, never on what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from depgraph.analysis.findings import Findings, findings
from depgraph.analysis.groups import companies
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.roles import Roles, roles
from depgraph.analysis.singles import Singles, singles
from depgraph.analysis.takedown import Takedown, takedown
from depgraph.analysis.unserved import unserved
from depgraph.providers.rules import called, short_name
from depgraph.reporting.existence import is_nonexistent, is_unregistered
from depgraph.reporting.report import functions_of
from depgraph.schema import Graph, require_graph
from depgraph.vocabulary import (
    Confidence,
    Function,
    Kind,
    Reason,
    Relation,
    function_of,
    host_of,
)


def of_one_store(function: str) -> bool:
    """Tell whether a function is an app as one store has it: pictures show the app as a whole."""
    return function_of(function) is Function.APP and bool(host_of(function))


@dataclass(frozen=True)
class Basis:
    """A graph, and the answers of the analyses that its pictures show.

    Parameters
    ----------
    graph
        Of today's schema.
    model
        The same graph compiled.
    """

    graph: Graph
    model: Model

    @classmethod
    def of(cls, graph: nx.MultiDiGraph[str] | Basis) -> Basis:
        """Return the basis of a graph; one that was made before is taken as it is.

        Raises
        ------
        GraphError
            If the graph does not follow the schema.
        """
        if isinstance(graph, Basis):
            return graph
        checked = require_graph(graph)
        return cls(checked, model_of(checked))

    @property
    def subject(self) -> str:
        """The service."""
        return str(self.model.about.get("subject", ""))

    @cached_property
    def roles(self) -> Roles:
        """Who does what for each function."""
        return roles(self.model)

    @cached_property
    def singles(self) -> Singles:
        """Who can stop what alone."""
        return singles(self.model)

    @cached_property
    def takedown(self) -> Takedown:
        """The sets of up to three companies that can stop each function."""
        return takedown(self.model, level="company", upto=3)

    @cached_property
    def findings(self) -> Findings:
        """What is wrong with the service."""
        return findings(self.model)

    @cached_property
    def nothing(self) -> str:
        """The text that says that there is no such name, or that it is not registered; empty otherwise."""
        functions = functions_of(self.model, self.roles)
        if is_unregistered(self.subject, functions):
            return "brief.unregistered"
        return "brief.nonexistent" if is_nonexistent(functions, self.findings.findings) else ""

    @property
    def unserved(self) -> Mapping[str, tuple[Reason, ...]]:
        """What only ways lead to that were seen not to serve, by node id, and how they failed."""
        return unserved(self.model)

    @cached_property
    def registries(self) -> frozenset[str]:
        """The companies that can stop something alone, and only as registries.

        They can stop every name below the same top-level domains alike: that is no news of
        this service.
        """
        return frozenset(actor for actor in self.singles.others if self.roles.is_registry(actor))

    @property
    def shown(self) -> tuple[str, ...]:
        """The functions that have a column; `name` only where the service has no other.

        The stores of an app stand in one.
        """
        every = tuple(name for name in self.model.functions if not of_one_store(name))
        others = tuple(name for name in every if name != "name")
        return every if self.roles.absent.issuperset(others) else others

    def called(self, company: str) -> tuple[str, str]:
        """Return by which name a reader knows a company, and its own where that is another.

        The brands are those that stand in a layer of the service: see
        :func:`depgraph.providers.rules.called`.
        """
        model = self.model
        name = short_name(model.label(model.number[company]))
        return called(name, self.brands(company))

    def brands(self, company: str) -> tuple[str, ...]:
        """Return the names of the providers of a company that stand in a layer of the service.

        Where none does, those of all that the service meets.
        """
        if company in self._brands:
            return self._brands[company]
        model, above = self.model, {Relation.OWNER, Relation.PARENT}
        names = {
            short_name(model.label(node))
            for node in range(len(model.ids))
            if model.kind(node) == Kind.PROVIDER
            and model.number[company] in model.closure([node], above)
        }
        return tuple(sorted(names))

    @cached_property
    def _brands(self) -> dict[str, tuple[str, ...]]:
        """The names of the providers below each company that stand in a layer of the service.

        Not of a company that is only possibly above them: it is no other name for theirs.
        """
        found: dict[str, dict[str, None]] = {}
        for several in self.roles.functions.values():
            for role in several:
                if role.known and role.kind is Kind.PROVIDER:
                    for owner in role.owners:
                        names = found.setdefault(owner.id, {})
                        if owner.confidence is not Confidence.POSSIBLE:
                            names[short_name(role.label)] = None
        return {company: tuple(sorted(names)) for company, names in found.items()}

    def node(self, function: str) -> str:
        """Return the id of the node of a function."""
        return self.model.ids[self.model.functions[function]]

    def filled(self, group: str) -> frozenset[str]:
        """Return the ids of the actors whose boxes are filled.

        Raises
        ------
        QuestionError
            If `group` means nobody.
        """
        return companies(self.model, group)
