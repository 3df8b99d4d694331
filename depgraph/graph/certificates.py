"""Which certification authorities can give a web host its certificate: seen, and allowed by CAA."""

from __future__ import annotations

from depgraph import names
from depgraph.graph import hosts
from depgraph.graph.evidence import Answer, proof
from depgraph.graph.work import SETS, Work
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.records import caa

ANYONE = "certificate authority"


def add(work: Work, function: str, name: str) -> None:
    """Add the set of authorities of a host."""
    node = work.draft.node("authorities", name)
    work.draft.edge(function, "certificate", node)
    work.later(expand, name, phase=SETS)


def expand(work: Work, name: str) -> None:
    """Add who may issue: those whom CAA allows (RFC 8659), or anyone where it says nothing.

    The authority of the certificate in use is one of them, unless CAA names others only.
    """
    node = f"authorities:{name}"
    issuers = _seen_issuers(work, name)
    answer, relevant, gap = _relevant(work, name)
    allowed = _allowed(answer)
    restricted = relevant and allowed is not None
    strength = "needs" if not restricted else "exposes"
    for clues in issuers:
        note = "in use; CAA does not name it" if restricted else None
        said = work.operator(node, "certificate", "ca", clues, strength=strength, note=note)
        if said.provider is None:
            what = f"issuer of the certificate of {name}"
            work.draft.unknown(node, "certificate", what, reason=said.reason, strength=strength)
    reported = work.reports(name, "ca")
    if not issuers:
        work.report(node, "certificate", "ca", reported, what=f"issuer of {name}")
    if restricted:
        for domain, seen in (allowed or {}).items():
            clues = {Signal("issuer", domain): seen}
            said = work.operator(node, "certificate", "ca", clues)
            if said.provider is None:
                work.draft.unknown(node, "certificate", f"authority {domain}", reason=said.reason)
        if not allowed:
            reason = "CAA lets no authority issue"
            work.draft.unknown(node, "certificate", f"authorities of {name}", reason=reason)
    elif relevant or not gap:
        anyone = work.draft.node("anyone", ANYONE, label="any certificate authority")
        said_so = [o for group in answer.seen.values() for o in group] or answer.empty
        work.draft.edge(node, "certificate", anyone, proof(said_so, rule="CAA restricts nothing"))
    if gap:
        stale = work.index.ask(name, "certificate").stale
        last = work.last_known("ca", stale, "issuer", names=(name,), roles=("ca",))
        reason = f"CAA: {gap}"
        if not issuers:
            reason += f"; certificate: {work.index.ask(name, 'certificate').reason}"
        work.draft.unknown(node, "certificate", f"authorities of {name}", reason=reason, last=last)


def _seen_issuers(work: Work, name: str) -> list[dict[Signal, tuple[Observation, ...]]]:
    """Give the signals of each certificate that was seen, the organisation before the name."""
    found: list[dict[Signal, tuple[Observation, ...]]] = []
    for o in work.index.group(name, "certificate"):
        if not work.index.current(o):
            continue
        fields = o.fields()
        texts = [*fields.get("issuer-organisation", ()), *fields.get("issuer", ())]
        clues: dict[Signal, tuple[Observation, ...]] = {
            Signal("issuer", text.strip()): (o,) for text in texts if text.strip()
        }
        if clues and clues.keys() not in [c.keys() for c in found]:
            found.append(clues)
    return found


def _relevant(work: Work, name: str) -> tuple[Answer, bool, str]:
    """Climb to the CAA set that counts: the nearest, up to the registered domain.

    Gives the answer, whether it holds records, and why a nearer name is not settled.
    """
    registered = work.registered(name)
    gap = ""
    answer = _caa(work, name)
    for one in names.parents(name):
        answer = _caa(work, one)
        if answer.seen:
            return answer, True, gap
        if not answer.is_empty:
            gap = gap or answer.reason
        if one == registered:
            break
    return answer, False, gap


def _caa(work: Work, name: str) -> Answer:
    """Give the CAA set of a name; the query follows its aliases (RFC 8659 section 3)."""
    answer = work.index.ask(name, "CAA")
    end = hosts.chain(work.index, name).names[-1]
    # A server that failed says nothing of a name that another showed to be an alias.
    return answer if answer.seen or answer.empty or end == name else work.index.ask(end, "CAA")


def _allowed(answer: Answer) -> dict[str, tuple[Observation, ...]] | None:
    """Give the domains of the authorities that may issue; None where any may."""
    found: dict[str, tuple[Observation, ...]] = {}
    restricted = False
    for value, seen in answer.seen.items():
        domain = caa.issuer(value)
        restricted = restricted or domain is not None
        if domain:
            found.setdefault(domain, seen)
    return found if restricted else None
