"""Who is reported to do something for a name, and what was last known of another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from depgraph.graph.answers import FOLLOWED, proof
from depgraph.graph.builder import Builder
from depgraph.graph.text import last_word
from depgraph.observations import Observation, Status, format_time
from depgraph.providers import Signal
from depgraph.text_safety import one_line
from depgraph.vocabulary import SERVING, Confidence, Reason, ReportedRole, Strength, What

_STATED: Final = frozenset(ReportedRole) - {ReportedRole.OTHER}


class Report(NamedTuple):
    """Somebody, by name, and the observation that reports them."""

    name: str
    observation: Observation


def reported(builder: Builder, name: str, *roles: str, ever: bool = False) -> list[Report]:
    """List who is reported to do something for a name on the days asked for, or on any (`ever`)."""
    found = _of_roles(builder, name, roles)
    return [report for report in found if ever or builder.index.current(report.observation)]


def followed(builder: Builder, several: Sequence[Report], of: str) -> tuple[Sequence[Report], int]:
    """Return which reports of one role are followed, of too many names the first; and how many names are left."""
    every = list(dict.fromkeys(report.name for report in several))
    left = frozenset(every[FOLLOWED["operator"] :])
    if left:
        builder.beyond[of, "operator"] = len(left)
    return [report for report in several if report.name not in left], len(left)


def add(
    builder: Builder,
    tail: str,
    relation: str,
    role: str,
    reports: Sequence[Report],
    *,
    what: What,
    of: str,
    **more: Any,
) -> None:
    """Add the edge to a reported operator; `more` are more of its attributes.

    Reports that name several do not say whether all of them are needed or one of them is
    wrong: each then only exposes, and who it is stays unknown. One who is reported to host
    and is known to stand in front of hosts may do either; who hosts stays unknown.
    """
    named: dict[str, list[Observation]] = {}
    fronts: dict[str, str] = {}
    # Contested, so who else it may be is unknown already.
    reports, _ = followed(builder, reports, of)
    for report in reports:
        clues = {Signal("reported-name", report.name): (report.observation,)}
        attribution = builder.who(role, clues)
        if attribution.provider is None:
            attribution = builder.who("front", clues)
            fronts[builder.provider(attribution)] = attribution.name
        named.setdefault(builder.provider(attribution), []).append(report.observation)
    contested = len(named) > 1
    for node, observations in named.items():
        sure = Confidence.POSSIBLE if contested else Confidence.CERTAIN
        builder.draft.edge(
            tail,
            relation,
            node,
            proof(observations, confidence=sure),
            strength=Strength.EXPOSES if contested else Strength.NEEDS,
            role=SERVING if node in fronts else observations[0].first("role"),
            **more,
        )
    if contested:
        labels = ", ".join(builder.draft.nodes[node]["label"] for node in named)
        reason = Reason.of("several-reports", names=labels)
        builder.draft.unknown(tail, relation, what, of, [reason])
    elif fronts:
        (name,) = fronts.values()
        reason = Reason.of("front-reported", name=one_line(name))
        builder.draft.unknown(tail, relation, what, of, [reason])


def add_involvement(builder: Builder, service: str) -> None:
    """Add who is reported to be involved in a role that is not stated, or in one nobody knows.

    It belongs to the service and to none of its functions. Reports of other days are left
    out: there is no gap in a function that they could be the last known answer to.
    """
    several = [
        Report(reported_name, o)
        for name in sorted({builder.subject, *builder.web})
        for o in builder.index.group(name, "operator")
        if o.status is Status.ANSWER and builder.index.current(o)
        if _STATED.isdisjoint(o.fields().get("role", ()))
        for reported_name in _names_in(o)
    ]
    kept, _ = followed(builder, several, builder.subject)
    involved: dict[str, list[Observation]] = {}
    for one in kept:
        # In whatever role: the name alone decides who that is.
        clues = {Signal("reported-name", one.name): (one.observation,)}
        node = builder.provider(builder.who("network", clues))
        involved.setdefault(node, []).append(one.observation)
    for node, observations in involved.items():
        data = proof(observations, confidence=Confidence.POSSIBLE)
        data |= _joined(observations)
        builder.draft.edge(service, "involvement", node, data, strength=Strength.EXPOSES)


def _joined(observations: Sequence[Observation]) -> dict[str, str]:
    """Return the citations and notes of several reports, each once."""
    texts = {
        "citation": one_line(
            "; ".join(dict.fromkeys(o.citation for o in observations)), limit=4000
        ),
        "note": one_line(
            "; ".join(dict.fromkeys(o.note for o in observations if o.note)), limit=600
        ),
    }
    return {word: text for word, text in texts.items() if text}


def last_known(
    builder: Builder,
    role: str,
    stale: Iterable[Observation],
    kind: str,
    *,
    names: Sequence[str] = (),
    roles: tuple[str, ...] = (),
) -> dict[str, str]:
    """Return what the nearest other day told, as attributes of an unknown; empty if nothing did.

    Parameters
    ----------
    builder, role
        The build, and the question who does what.
    stale
        Answers of other days.
    kind
        Of the signal that an old value makes.
    names, roles
        Which reports of other days count besides: of which names, in which roles.
    """
    facts = [(o, value, kind) for o in stale for value in o.values[:1] if value]
    for name in names:
        facts += [
            (report.observation, report.name, "reported-name")
            for report in _of_roles(builder, name, roles)
            if not builder.index.current(report.observation)
        ]
    if not facts:
        return {}

    def nearness(fact: tuple[Observation, str, str]) -> tuple[Any, ...]:
        o = fact[0]
        return builder.index.distance(o), -o.time.timestamp(), fact[1:]

    o, value, kind = min(facts, key=nearness)
    last = {
        "last_known": one_line(value),
        "last_known_time": format_time(o.end),
        "last_known_evidence": o.evidence.value,
    }
    attribution = builder.who(role, dict.fromkeys(_signals(kind, o, value), (o,)))
    if attribution.provider is not None:
        last["last_known"] = one_line(attribution.name or value)
        last["last_known_id"] = one_line(attribution.provider)
    return last


# Of answers that are lists of fields: the signals to be made, and the field of each.
_FIELDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "registrar-name": (("registrar-id", "registrar-id"), ("registrar-name", "registrar")),
    "asn": (("asn", "asn"),),
    "holder-name": (("holder-handle", "organisation-handle"), ("holder-name", "organisation")),
    "issuer": (("issuer", "issuer-organisation"), ("issuer", "issuer")),
}


def _signals(kind: str, o: Observation, value: str) -> list[Signal]:
    """Make the signals of a value of another day."""
    if kind not in _FIELDS:
        text = value if kind == "reported-name" else last_word(value).rstrip(".").lower()
        return [Signal(kind, text.strip())] if text.strip() else []
    signals = []
    for signal_kind, key in _FIELDS[kind]:
        texts = [text.strip() for text in o.fields().get(key, ())]
        signals += [Signal(signal_kind, text) for text in texts if text]
    return signals


def _of_roles(builder: Builder, name: str, roles: Iterable[str]) -> list[Report]:
    if name not in builder.reports:
        by_role: dict[str, list[Report]] = {}
        for o in builder.index.group(name, "operator"):
            for role in set(o.fields().get("role", ())) if o.status is Status.ANSWER else ():
                by_role.setdefault(role, []).extend(Report(one, o) for one in _names_in(o))
        builder.reports[name] = by_role
    wanted = [builder.reports[name].get(role, []) for role in dict.fromkeys(roles)]
    if sum(map(bool, wanted)) < 2:
        return [report for several in wanted for report in several]
    of_several = {id(report.observation) for several in wanted for report in several}
    group = builder.index.group(name, "operator")
    return [Report(one, o) for o in group if id(o) in of_several for one in _names_in(o)]


def _names_in(o: Observation) -> list[str]:
    return [name for name in o.fields().get("name", ()) if name.strip()]
