"""The report of one service: who is behind each function, and how we know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.clients import ALL, ClientsAsked
from depgraph.analysis.dependence import Dependence, dependence
from depgraph.analysis.findings import Finding, findings
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.results import Cite, Result, about, limited, of_function
from depgraph.analysis.roles import Role, Roles, roles
from depgraph.analysis.security import ZoneSecurity, zone_security
from depgraph.analysis.takedown import Takedown, takedown
from depgraph.errors import GraphError
from depgraph.observations import days_text
from depgraph.parameters import checked
from depgraph.vocabulary import Function, Kind, Layer, Relation, SteeringWord


@dataclass(frozen=True, slots=True)
class FunctionReport:
    """One function of the service, and who does what for it.

    Parameters
    ----------
    function, label
        ``web``, ``web-www``, ``mail``, ``name``; the text for people.
    absent, reason
        Whether the service does not have it, and why (coded: see
        :class:`depgraph.vocabulary.Reason`).
    roles
        Who does what: see :func:`depgraph.analysis.roles.roles`.
    """

    function: str
    label: str
    absent: bool
    reason: str
    roles: tuple[Role, ...]

    @property
    def direct(self) -> tuple[Role, ...]:
        """The roles that do not hang on another domain."""
        return tuple(role for role in self.roles if not role.through)

    @property
    def unknown(self) -> tuple[Role, ...]:
        """The roles that say something is not known."""
        return tuple(role for role in self.roles if role.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The state of the registration that the service's name rests on.

    Parameters
    ----------
    name
        The registered domain.
    status
        Its statuses, as EPP spells them.
    expires
        When it ends unless it is renewed, as the registry wrote it; empty if it did not.
    reseller
        Through whom it was bought at the registrar; empty if nobody is named.
    finding
        What there is to say of it (coded: see :class:`depgraph.vocabulary.Reason`).
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"status", "expires", "reseller", "finding"})

    name: str
    status: tuple[str, ...] = ()
    expires: str = ""
    reseller: str = ""
    finding: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Report(Result):
    """Who is behind a service, per function, with evidence and source of each role.

    Parameters
    ----------
    title, source, catalogue
        Of the graph: its title, what it was made from, the edition of the catalogue.
    vantages, differences, differences_left_out
        The vantages that the service was seen from, the questions that were answered differently
        there, and how many more of these there are.
    vantages_silent
        The vantages from which nothing that was asked about the service was answered.
    functions
        One part each.
    registration
        The state of the registration that the name rests on; None where there is none.
    dnssec
        What DNSSEC says of the zones of the service; empty where it was not examined.
    involved
        Who is reported to be involved in the service in a role that is not stated.
    not_examined
        Layers that nobody has looked at: app stores, third parties, unless a source reports on them.
    findings
        What is wrong, the most urgent first.
    takedown, dependence
        Who can stop each function, and the hold that a group has on it.
    cite
        How to cite it.
    """

    NAME: ClassVar[str] = "report"
    DERIVED: ClassVar[Mapping[str, str]] = {"citations": "citations"}

    title: str = ""
    source: str = ""
    catalogue: str = ""
    vantages: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    differences_left_out: int = 0
    vantages_silent: tuple[str, ...] = ()
    functions: tuple[FunctionReport, ...]
    registration: Registration | None = None
    dnssec: tuple[ZoneSecurity, ...] = ()
    involved: tuple[Role, ...] = ()
    not_examined: tuple[Layer, ...] = ()
    findings: tuple[Finding, ...] = ()
    takedown: Takedown
    dependence: Dependence
    cite: Cite

    def __getitem__(self, function: str) -> FunctionReport:
        return of_function(self.functions, function)

    @property
    def days(self) -> str:
        """The days that the report stands for, as text."""
        return days_text(self.since, self.until)

    @property
    def citations(self) -> tuple[str, ...]:
        """Every citation, in the order of first use; note [n] of a text is entry n - 1."""
        cited: list[str] = []
        for role in self._roles():
            cited += [role.citation, *(fact.citation for fact in role.others)]
        return tuple(dict.fromkeys(citation for citation in cited if citation))

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per role."""
        return [
            {
                "function": role.function,
                "layer": role.layer.value,
                "through": role.through,
                "actor": role.actor,
                "label": role.label,
                "company": role.company,
                "country": role.country,
                "needed": role.needed,
                "evidence": role.evidence.value,
                "confidence": role.confidence.value,
                "citation": role.citation,
                "time": role.time,
                "reason": role.reason,
            }
            for role in self._roles()
        ]

    def _roles(self) -> Iterator[Role]:
        yield from self.involved
        for function in self.functions:
            yield from function.roles

    def _brief(self) -> str:
        counts = ", ".join(
            f"{one.function}: {'absent' if one.absent else len(one.roles)}"
            for one in self.functions
        )
        return f"roles {counts}"


@checked()
def report(
    graph: nx.MultiDiGraph[str],
    *,
    on: str = "big-tech",
    upto: int = 2,
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Report:
    """Say, per function of the service, who is behind it, who can stop it, and how we know.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    on
        The group, country or actor whose hold on the service is told.
    upto
        Largest set of companies listed that can stop a function together.
    clients, steering
        For whom: as in :func:`depgraph.takedown`.

    Returns
    -------
    Report

    Raises
    ------
    GraphError
        If the graph has no function nodes, or does not follow the schema.
    QuestionError
        If `on` names nothing that is known.
    """
    model = model_of(graph)
    if not model.functions:
        raise GraphError(
            "expected a graph made by depgraph.build, found one without any function node"
        )
    who = roles(model)
    cuts = takedown(model, upto=upto, clients=clients, steering=steering)
    return Report(
        **limited(about(model), (*who.limits, *cuts.limits)),
        title=str(model.about.get("title", "")),
        source=str(model.about.get("source", "")),
        catalogue=str(model.about.get("catalogue", "")),
        vantages=tuple(filter(None, str(model.about.get("vantages", "")).split(","))),
        differences=tuple(filter(None, str(model.about.get("differences", "")).split("; "))),
        differences_left_out=int(model.about.get("differences_left_out", 0)),
        vantages_silent=tuple(filter(None, str(model.about.get("vantages_silent", "")).split(","))),
        functions=functions_of(model, who),
        registration=_registration(model),
        dnssec=zone_security(model),
        involved=who.involved,
        not_examined=who.not_examined,
        findings=findings(model).findings,
        takedown=cuts,
        dependence=dependence(model, on=on, clients=clients, steering=steering),
        cite=Cite.of(model.about),
    )


def functions_of(model: Model, who: Roles) -> tuple[FunctionReport, ...]:
    """Return each function of a service, and who does what for it."""
    return tuple(
        FunctionReport(
            function=name,
            label=model.label(node),
            absent=name in who.absent,
            reason=str(model.nodes[node].get("reason", "")),
            roles=who.functions[name],
        )
        for name, node in model.functions.items()
    )


def _registration(model: Model) -> Registration | None:
    """Return the state of the registration that the function `name` needs."""
    function = model.functions.get(Function.NAME)
    for edge in [] if function is None else model.needs(function):
        below = {needed.relation for needed in model.needs(edge.head)}
        if model.kind(edge.head) == Kind.REGISTRATION and Relation.REGISTRAR in below:
            data = model.nodes[edge.head]
            return Registration(
                name=model.label(edge.head),
                status=tuple(filter(None, str(data.get("status", "")).split(","))),
                expires=str(data.get("expires", "")),
                reseller=str(data.get("reseller", "")),
                finding=str(data.get("finding", "")),
            )
    return None
