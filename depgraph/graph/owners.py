"""From a provider to its company, the company's parents, and the countries whose law binds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from depgraph.graph.evidence import proof
from depgraph.providers import is_unverified

if TYPE_CHECKING:
    from depgraph.graph.work import Work

_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = frozenset(
    {"EU", "AP", "ZZ", "UK"}
)  # registries write these; none is a country's code


def expand(work: Work, provider: str) -> None:
    """Add the company of a provider, on the day of the graph."""
    node = f"provider:{provider}"
    if node not in work.draft.nodes:
        return  # another stands for it
    if provider not in work.catalogue.providers:
        _uncatalogued(work, node, provider)
        return
    company = work.catalogue.company_of(provider, work.at)
    if company is None:
        work.draft.unknown(
            node,
            "owner",
            f"company of {provider}",
            reason="the catalogue names no company",
            level="company",
        )
        return
    own = bool(work.draft.nodes[node].get("own"))
    known = work.catalogue.provider(provider)
    work.draft.edge(node, "owner", _company(work, company, own=own), _row(known.source))
    for cloud in known.runs_on:
        _platform(work, node, cloud, known.source)


def _platform(work: Work, node: str, cloud: str, source: str) -> None:
    """Add a cloud that a provider says it runs on.

    Such statements are undated and seldom say for which part, so they expose and no more;
    where the addresses seen are the cloud's, network and block say that it is needed.
    """
    note = "undated: as documented"
    target = work.catalogued(cloud)
    work.draft.edge(node, "platform", target, _row(source), strength="exposes", note=note)


def _company(work: Work, company: str, *, own: bool) -> str:
    """Add a company and everything above it; gives its node."""
    known = work.catalogue.companies.get(company)
    node = work.draft.node(
        "company",
        company,
        label=known.name if known else company,
        catalogued=known is not None,
        own=own or None,
    )
    if known is None or known.country is None:
        work.draft.unknown(
            node,
            "law",
            f"country of {company}",
            reason="the catalogue names no country",
            level="country",
        )
    else:
        country = work.draft.node("country", known.country)
        work.draft.edge(node, "law", country, _row(known.source))
    parent = work.catalogue.parent_of(company, work.at)
    if parent is not None and (node, f"company:{parent}", "parent") not in work.draft.edges:
        work.draft.edge(node, "parent", f"company:{parent}", _row(_parent_source(work, company)))
        _company(work, parent, own=own)
    return node


def _parent_source(work: Work, company: str) -> str:
    rows = (r for r in work.catalogue.parents if r.company == company and r.holds(work.at))
    return next((row.source for row in rows), "")


def _row(source: str) -> dict[str, Any]:
    """Give the evidence of an edge that a row of the catalogue makes.

    A row whose source nobody has read (`unverified:`) is a report and no more.
    """
    evidence = "reported" if is_unverified(source) else "published"
    data = {"evidence": evidence, "source": "catalogue", "citation": source}
    return {key: value for key, value in data.items() if value}


def _uncatalogued(work: Work, node: str, provider: str) -> None:
    """Take an operator that no catalogue knows for a company of its own, of unknown country.

    The country in which an AS is registered is a hint only, and is said to be one.
    """
    data = work.draft.nodes[node]
    company = work.draft.node(
        "company", provider, label=data["label"], catalogued=False, own=data.get("own")
    )
    work.draft.edge(
        node, "owner", company, {"evidence": "inferred", "rule": "uncatalogued: its own company"}
    )
    if provider.startswith("~AS"):
        answer = work.index.ask(provider[1:], "as")
        for value in answer.values:
            key, _, code = value.partition(" ")
            if key == "country" and _COUNTRY.fullmatch(code) and code not in _NO_COUNTRY:
                country = work.draft.node("country", code)
                rule = "country of the AS registration"
                work.draft.edge(company, "law", country, proof(answer.seen[value], rule=rule))
                return
    work.draft.unknown(
        company,
        "law",
        f"country of {provider}",
        reason="not in the catalogue",
        level="country",
    )
