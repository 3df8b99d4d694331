"""From a provider to its company, the company's parents, and the countries whose law binds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from depgraph import countries
from depgraph.graph.answers import proof
from depgraph.providers import is_by_delegation, is_by_registry, is_unverified
from depgraph.vocabulary import Confidence, Evidence, LawBasis, Reason, SourceKind, Strength, What

if TYPE_CHECKING:
    from datetime import date

    from depgraph.graph.builder import Builder
    from depgraph.providers.rows import Company, Law, Parent


def expand(builder: Builder, provider: str) -> None:
    """Add the company of a provider, on the day of the graph."""
    node = f"provider:{provider}"
    if node not in builder.draft.nodes:
        return  # another stands for it
    if provider not in builder.catalogue.providers:
        _uncatalogued(builder, node, provider)
        return
    company = builder.catalogue.company_of(provider, builder.at)
    if company is None:
        reason = Reason.of("no-company")
        builder.draft.unknown(node, "owner", What.COMPANY, provider, [reason])
        return
    own = bool(builder.draft.nodes[node].get("own"))
    row = builder.catalogue.provider(provider)
    builder.draft.edge(node, "owner", _company(builder, company, own=own), stated(row.source))
    for cloud in row.runs_on:
        _platform(builder, node, cloud, row.source)


def _platform(builder: Builder, node: str, cloud: str, source: str) -> None:
    """Add a cloud that a provider says it runs on.

    Such statements are undated and seldom say for which part, so they expose and no more;
    where the addresses seen are the cloud's, network and block say that it is needed.
    """
    builder.draft.edge(
        node,
        "platform",
        builder.catalogued(cloud),
        stated(source),
        strength=Strength.EXPOSES,
        finding="undated",
    )


def _company(builder: Builder, company: str, *, own: bool) -> str:
    """Add a company and everything above it; returns its node."""
    draft = builder.draft
    row = builder.catalogue.companies.get(company)
    node = draft.node(
        "company",
        company,
        label=row.name if row else company,
        catalogued=row is not None,
        own=own or None,
    )
    if row is None or row.country is None:
        draft.unknown(node, "law", What.COUNTRY, company, [Reason.of("no-country")])
    else:
        draft.edge(node, "law", draft.node("country", row.country), _bound(row.source))
    for law in builder.catalogue.laws_over(company, builder.at):
        if row is None or law.country != row.country:
            draft.edge(
                node, "law", draft.node("country", law.country), _reached(law, row, builder.at)
            )
    above = builder.catalogue.ownership(company, builder.at)
    perhaps = builder.catalogue.perhaps_owned(company, builder.at)
    for one in (*filter(None, [above]), *perhaps):
        if (node, f"company:{one.parent}", "parent") not in draft.edges:
            draft.edge(node, "parent", f"company:{one.parent}", _belongs(one, builder.at))
            _company(builder, one.parent, own=own)
    return node


def _bound(source: str) -> dict[str, Any]:
    """Return the attributes of an edge to the country of a seat.

    Likely, where the code of a registry or of a top-level domain stands for it.
    """
    data = {**stated(source), "basis": LawBasis.SEAT.value}
    if is_by_registry(source) or is_by_delegation(source):
        data["confidence"] = Confidence.LIKELY.value
    return data


def _reached(law: Law, company: Company | None, day: date) -> dict[str, Any]:
    """Return the attributes of an edge to a country whose law reaches a company seated elsewhere.

    That it reaches the company is known; whether the company acts on it beyond its branch or
    listing there is not. Microsoft, of the United States, did so in the EU (fact F159).
    """
    name = company.name if company else law.company
    data = {
        **stated(law.source),
        "basis": law.basis.value,
        "effect": Confidence.POSSIBLE.value,
        "finding": str(Reason.of("law-reaches", name=name)),
    }
    if law.unsure(day):
        data["confidence"] = Confidence.LIKELY.value
    return data


def _belongs(row: Parent, day: date) -> dict[str, Any]:
    """Return the attributes of an edge to a parent; not certain where the day is in doubt.

    In the month or year in which the company came to it, it may have been there or not.
    """
    data = stated(row.source)
    if not row.holds(day):
        data["confidence"] = Confidence.POSSIBLE.value
    elif row.unsure(day):
        data["confidence"] = Confidence.LIKELY.value
    return data


def stated(source: str) -> dict[str, Any]:
    """Return the attributes of an edge that a row of the catalogue makes.

    A row whose source nobody has read (`unverified:`) is a report and no more, and not certain.
    """
    unverified = is_unverified(source)
    data: dict[str, Any] = {
        "evidence": Evidence.REPORTED.value if unverified else Evidence.PUBLISHED.value,
        "confidence": Confidence.LIKELY.value if unverified else Confidence.CERTAIN.value,
        "provenance": SourceKind.CATALOGUE.value,
    }
    if source:
        data["citation"] = source
    if unverified:
        data["unverified"] = True
    return data


def _uncatalogued(builder: Builder, node: str, provider: str) -> None:
    """Take an operator that no catalogue knows for a company of its own, of unknown country.

    The country in which an AS is registered is a hint only, and is said to be one.
    """
    draft = builder.draft
    data = draft.nodes[node]
    company = draft.node(
        "company", provider, label=data["label"], catalogued=False, own=data.get("own")
    )
    draft.edge(node, "owner", company)
    if provider.startswith("~AS"):
        answer = builder.index.ask(provider[1:], "as")
        for value in answer.values:
            key, _, code = value.partition(" ")
            if key == "country" and code in countries.codes():  # registries write EU and AP, too
                registered_in = proof(
                    answer.records[value], rule="as-country", confidence=Confidence.LIKELY
                )
                bound = {**registered_in, "basis": LawBasis.SEAT.value}
                draft.edge(company, "law", draft.node("country", code), bound)
                return
    draft.unknown(company, "law", What.COUNTRY, provider, [Reason.of("not-in-catalogue")])
