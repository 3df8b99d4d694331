"""From a registered domain to its registrar and its registry."""

from __future__ import annotations

from depgraph.graph import reports
from depgraph.graph.answers import Answer
from depgraph.graph.builder import Builder
from depgraph.graph.network import fields
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.records.epp import epp_status
from depgraph.text_safety import one_line
from depgraph.vocabulary import Reason, What


def add(builder: Builder, tail: str, domain: str) -> None:
    """Add a registration, and make a node depend on it."""
    node = builder.draft.node("registration", domain)
    builder.draft.edge(tail, "registration", node)
    builder.later(expand, domain)


def expand(builder: Builder, domain: str) -> None:
    """Add who registers a domain and who keeps the registry it is in."""
    node = f"registration:{domain}"
    answer = builder.index.ask(domain, "registration")
    statuses = one_line(",".join(map(epp_status, fields(answer, "status"))))
    expires = next((value[8:] for value in answer.values if value.startswith("expires ")), "")
    builder.draft.node("registration", domain, status=statuses, expires=one_line(expires))
    _add_registrar(builder, node, domain, answer)
    suffix = domain.split(".", 1)[1] if "." in domain else domain
    add_registry(builder, node, suffix)


def _add_registrar(builder: Builder, node: str, domain: str, answer: Answer) -> None:
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for kind, key in (("registrar-id", "registrar-id"), ("registrar-name", "registrar")):
        for value, observations in fields(answer, key).items():
            clues[Signal(kind, value.strip())] = observations
    if clues and builder.operator(node, "registrar", "registrar", clues).provider is not None:
        return
    reported = reports.reported(builder, domain, "registrar")
    if reported:
        what = What.REGISTRAR
        reports.add(builder, node, "registrar", "registrar", reported, what=what, of=domain)
        return
    reasons = answer.reasons
    if answer.records:
        reasons = (Reason.of("registration-names-none"),)
    last = reports.last_known(
        builder,
        "registrar",
        answer.stale,
        "registrar-name",
        names=(domain,),
        roles=("registrar",),
    )
    builder.draft.unknown(node, "registrar", What.REGISTRAR, domain, reasons, last=last)


def add_registry(builder: Builder, node: str, suffix: str) -> None:
    """Add the provider of the registry of a public suffix (of its top-level domain, if need be)."""
    top = suffix.rsplit(".", 1)[-1]
    named: dict[Signal, tuple[Observation, ...]] = {}
    for domain in dict.fromkeys((suffix, top)):
        answer = builder.index.ask(domain, "registry")
        for value, observations in fields(answer, "operator").items():
            named.setdefault(Signal("reported-name", value.strip()), observations)
    clues = {Signal("tld", top): next(iter(named.values()), ()), **named}
    attribution = builder.operator(node, "registry", "registry", clues)
    if attribution.provider is None:
        reasons = builder.index.ask(top, "registry").reasons
        builder.draft.unknown(node, "registry", What.REGISTRY, suffix, reasons)
