"""Graphs of older schemas, brought up to the present one when they are read or asked.

Schema 1 had no confidence, kept the kind of source in an edge attribute `source`, wrote a
definition as a rule, said from which level up something is unknown (`level`), and gave
reasons and findings as English text. Schema 2 lacks words and attributes that came later, and
has a mailbox only where it is known to be elsewhere than the mail exchanges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx

from depgraph.schema.tables import SCHEMA, Graph
from depgraph.vocabulary import (
    Confidence,
    Evidence,
    Function,
    Kind,
    Level,
    Reason,
    ReasonCode,
    Relation,
    What,
    hidden_levels,
)

_REASONS: Final[Mapping[str, ReasonCode]] = {
    "not asked": ReasonCode.NOT_ASKED,
    "not-asked: budget": ReasonCode.NOT_ASKED_BUDGET,
    "not-asked: depth": ReasonCode.NOT_ASKED_DEPTH,
    "not-asked: no server": ReasonCode.NOT_ASKED_NO_SERVER,
    "not-asked: no source": ReasonCode.NOT_ASKED_NO_SOURCE,
    "searched, not found": ReasonCode.SEARCHED,
    "known of another day only": ReasonCode.OTHER_DAY,
    "not in the catalogue": ReasonCode.NOT_IN_CATALOGUE,
    "not recorded": ReasonCode.NOT_RECORDED,
    "not named": ReasonCode.NOT_NAMED,
    "nothing names it": ReasonCode.NOTHING_NAMES_IT,
    "a front hides it, and nothing proves it": ReasonCode.HIDDEN_BY_FRONT,
    "the registration names none": ReasonCode.REGISTRATION_NAMES_NONE,
    "the catalogue names no company": ReasonCode.NO_COMPANY,
    "the catalogue names no country": ReasonCode.NO_COUNTRY,
    "the delegation was not seen": ReasonCode.DELEGATION_UNSEEN,
    "several AS and no prefix recorded": ReasonCode.SEVERAL_AS,
    "CAA lets no authority issue": ReasonCode.CAA_NOBODY,
    "null MX (RFC 7505)": ReasonCode.NULL_MX,
} | {code.value: code for code in ReasonCode}
_FINDINGS: Final[Mapping[str, Reason]] = {
    "listed by the zone, not by its parent": Reason(ReasonCode.NOT_DELEGATED),
    "HTTPS record": Reason(ReasonCode.HTTPS_RECORD),
    "in use; CAA does not name it": Reason(ReasonCode.NOT_IN_CAA),
    "undated: as documented": Reason(ReasonCode.UNDATED),
    "announced by several AS": Reason(ReasonCode.SEVERAL_ORIGINS),
    "lame: lame": Reason.of("lame", reason="lame"),
    "lame: refused": Reason.of("lame", reason="refused"),
    "lame: lame, refused": Reason.of("lame", reason="lame; refused"),
}
"""Notes that schema 1 wrote by itself, among those of observations."""
_SURE: Final = frozenset({Evidence.OBSERVED, Evidence.PUBLISHED, Evidence.DEFINITION})


def upgrade(graph: Graph) -> Graph:
    """Return a graph as the present schema writes it; the same object where it is up to date.

    What schema 1 did not say stays unsaid: the confidence of a step is *possible* unless it
    was observed, published, or holds by definition.
    """
    version = graph.graph.get("schema")
    if version not in {1, 2}:
        return graph
    upgraded: Graph = nx.MultiDiGraph()
    if version == 2:
        upgraded = graph.copy()
        upgraded.graph["schema"] = SCHEMA
        _add_mailboxes(upgraded)
        return upgraded
    upgraded.graph.update(graph.graph, schema=SCHEMA)
    for node in graph:
        upgraded.add_node(node, **_node(graph, node))
    for tail, head, key, data in graph.edges(keys=True, data=True):
        upgraded.add_edge(tail, head, key)
        upgraded.edges[tail, head, key].update(_edge(data))  # attributes may bear any name
    _add_mailboxes(upgraded)
    return upgraded


def _add_mailboxes(graph: Graph) -> None:
    """Add the mailboxes of mail functions that have none: it was not said who holds them."""
    for function in list(graph):
        data = graph.nodes[function]
        subject, _, word = function.partition(":")[2].rpartition("/")
        if data.get("kind") != Kind.FUNCTION or word != Function.MAIL or data.get("absent"):
            continue
        heads = [head for _, head, key in graph.out_edges(function, keys=True) if key == "mailbox"]
        if heads or not graph.out_degree(function):
            continue
        mailbox, unknown = f"mailbox:{subject}", f"unknown:{What.MAILBOX_OPERATOR} of {subject}"
        if mailbox not in graph:
            graph.add_node(mailbox, kind="mailbox", label=subject, needs="all")
        graph.add_node(
            unknown,
            kind="unknown",
            label=unknown.partition(":")[2],
            needs="all",
            what=What.MAILBOX_OPERATOR.value,
            of=subject,
            reason=ReasonCode.NOT_RECORDED.value,
            hides=hides([(Relation.OPERATOR, Kind.MAILBOX)]),
        )
        by_definition = {"strength": "needs", "evidence": "definition", "confidence": "certain"}
        graph.add_edge(function, mailbox, "mailbox", relation="mailbox", **by_definition)
        not_known = {**by_definition, "evidence": "unknown"}
        graph.add_edge(mailbox, unknown, "operator", relation="operator", **not_known)


def _edge(data: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(data)
    if "source" in row:
        row["provenance"] = row.pop("source")
    if row.get("rule") in {"definition", "uncatalogued: its own company"}:
        row["evidence"] = Evidence.DEFINITION.value
        del row["rule"]
    _move_note(row)
    evidence = row.get("evidence")
    sure = evidence in _SURE or evidence == Evidence.UNKNOWN
    row.setdefault("confidence", (Confidence.CERTAIN if sure else Confidence.POSSIBLE).value)
    return row


def _move_note(row: dict[str, Any]) -> None:
    """Tell a finding of ours from the note of an observation."""
    finding = _FINDINGS.get(str(row.get("note", "")))
    if finding is not None:
        row["finding"] = str(finding)
        del row["note"]


def _node(graph: Graph, node: str) -> dict[str, Any]:
    row = dict(graph.nodes[node])
    _move_note(row)
    if "reason" in row:
        row["reason"] = "; ".join(map(str, _reasons(str(row["reason"]))))
    if row.get("kind") == "unknown":
        what, of = what_of(str(row.get("label") or node.partition(":")[2]))
        row["what"] = what.value
        if of:
            row["of"] = of
        relations = [
            (str(key), str(graph.nodes[tail].get("kind")))
            for tail, _, key in graph.in_edges(node, keys=True)
        ]
        level = row.pop("level", None)
        since = Level(level) if level in set(Level) else Level.PROVIDER
        row["hides"] = hides(relations, since=since)
    return row


def what_of(label: str) -> tuple[What, str]:
    """Read what an unknown is, and of what, from its id or label: ``registrar of example.com``.

    >>> what_of("registrar of example.com")
    (<What.REGISTRAR: 'registrar'>, 'example.com')
    """
    word, _, name = label.partition(" of ")
    if word in set(What) and name:
        return What(word), name
    return What.OTHER, label


def hides(edges: Iterable[tuple[str, str]], *, since: Level = Level.PROVIDER) -> str:
    """Return the levels that an unknown hides at the end of some edges, comma-separated.

    Parameters
    ----------
    edges
        The relation of each, and the kind of its tail. Words that are none hide nothing:
        what is wrong with them, :func:`depgraph.validate` says.
    since
        Of provider, company and country the first that is not known.
    """
    levels: set[Level] = set()
    for relation, tail in edges:
        if relation in set(Relation) and tail in set(Kind):
            levels.update(hidden_levels(relation, tail))
    known = list(Level)[: list(Level).index(since)]
    return ",".join(level.value for level in Level if level in levels and level not in known)


def _reasons(text: str) -> list[Reason]:
    found = []
    for part in text.split("; "):
        question, colon, rest = part.partition(": ")
        if part in _REASONS:
            found.append(Reason(_REASONS[part]))
        elif colon and rest in _REASONS:
            found.append(Reason.of("question", question=question, reason=_REASONS[rest].value))
        elif all(word in _REASONS for word in part.split(", ")):
            found += [Reason(_REASONS[word]) for word in part.split(", ")]
        else:
            found.append(Reason.of("other", text=part))
    return found
