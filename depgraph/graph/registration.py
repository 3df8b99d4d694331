"""From a registered domain to its registrar and its registry."""

from __future__ import annotations

from depgraph.graph.work import Work
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.text_safety import one_line


def add(work: Work, source: str, domain: str) -> None:
    """Add the registration of a domain, as what a node needs."""
    node = work.draft.node("registration", domain)
    work.draft.edge(source, "registration", node)
    work.later(expand, domain)


def expand(work: Work, domain: str) -> None:
    """Add who registers a domain and who keeps the registry it is in."""
    node = f"registration:{domain}"
    _registrar(work, node, domain)
    suffix = domain.split(".", 1)[1] if "." in domain else domain
    add_registry(work, node, suffix)


def _registrar(work: Work, node: str, domain: str) -> None:
    answer = work.index.ask(domain, "registration")
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for kind, key in (("registrar-id", "registrar-id "), ("registrar-name", "registrar ")):
        for value, seen in answer.seen.items():
            if value.startswith(key) and value[len(key) :].strip():
                clues[Signal(kind, value[len(key) :].strip())] = seen
    status = [v[7:] for v in answer.values if v.startswith("status ")]
    expires = next((v[8:] for v in answer.values if v.startswith("expires ")), "")
    work.draft.node(
        "registration", domain, status=one_line(",".join(status)), expires=one_line(expires)
    )
    if clues and work.operator(node, "registrar", "registrar", clues).provider is not None:
        return
    reported = work.reports(domain, "registrar")
    work.report(node, "registrar", "registrar", reported, what=f"registrar of {domain}")
    if reported:
        return
    reason = "the registration names none" if answer.seen else answer.reason
    last = work.last_known(
        "registrar", answer.stale, "registrar-name", names=(domain,), roles=("registrar",)
    )
    work.draft.unknown(node, "registrar", f"registrar of {domain}", reason=reason, last=last)


def add_registry(work: Work, node: str, suffix: str) -> None:
    """Add the provider of the registry of a public suffix (of its top-level domain, if need be)."""
    top = suffix.rsplit(".", 1)[-1]
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for domain in dict.fromkeys((suffix, top)):
        answer = work.index.ask(domain, "registry")
        for value, seen in answer.seen.items():
            if value.startswith("operator ") and value[9:].strip():
                clues.setdefault(Signal("reported-name", value[9:].strip()), seen)
    clues = {Signal("tld", top): next(iter(clues.values()), ()), **clues}
    if work.operator(node, "registry", "registry", clues).provider is None:
        reason = work.index.ask(top, "registry").reason
        work.draft.unknown(node, "registry", f"registry of {suffix}", reason=reason)
