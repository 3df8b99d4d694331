"""Of very many different answers, those of some clients are judged one by one, the others left open.

Each answer that only some get makes a graph of its own for these, and who writes a zone, or a
recording, can have one for every server and place. Those beyond the limit are one place,
:data:`depgraph.vocabulary.OTHERS`: what they are answered is unknown there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from depgraph.graph.draft import Draft
from depgraph.graph.views import NOWHERE
from depgraph.limits import NAMED, MetLimit
from depgraph.vocabulary import (
    OTHERS,
    VIA,
    ClientWord,
    Kind,
    Limit,
    Reason,
    Relation,
    Security,
    What,
)

_Mark: TypeAlias = str | tuple[str, str, str]  # a node, or an edge
JUDGED: Final = 48
"""Kinds of clients that each meet a graph of their own, in all."""
_FEWEST: Final = 8  # places, or givers, whose answers are told apart in any case


def bound(draft: Draft, service: str) -> list[MetLimit]:
    """Leave open what clients beyond the limit are answered; return the limit if it was met.

    Those stay whose answer most have, and of these the first by name.

    Parameters
    ----------
    draft
        The whole graph, which is changed.
    service
        Node id of the service: what nothing needs or meets any more is left out.
    """
    marks: dict[str, list[_Mark]] = defaultdict(list)  # by view: the edges and nodes that name it
    for edge, data in draft.edges.items():
        for view in _views(data):
            marks[view].append(edge)
    for node, data in draft.nodes.items():
        for view in _views(data):
            marks[view].append(node)
    alike: dict[tuple[_Mark, ...], list[str]] = defaultdict(list)
    for view in sorted(marks):
        alike[tuple(marks[view])].append(view)
    most = max(_FEWEST, JUDGED >> _doublings(draft))
    if len(alike) <= most:
        return []
    kinds = sorted(alike.values(), key=lambda views: (OTHERS in views, -len(views), views))
    left = frozenset(view for views in kinds[most - 1 :] for view in views)
    kept: dict[str, list[str]] = defaultdict(list)
    for view in sorted(marks.keys() - left):
        kept[_place(view)].append(view)
    nodes = {mark if isinstance(mark, str) else mark[0] for view in left for mark in marks[view]}
    of = sorted({draft.nodes[node]["label"] for node in nodes})
    _leave_open(
        draft,
        left,
        kept,
        Reason.of("many-answers", number=str(len(kinds) - most + 1), limit=str(most - 1)),
    )
    draft.keep_below(service)
    return [MetLimit(limit=Limit.VIEWS, most=str(most - 1), left=len(left), of=tuple(of[:NAMED]))]


def _views(data: dict[str, object]) -> list[str]:
    return [view for view in str(data.get("vantage", "")).split(",") if view]


def _doublings(draft: Draft) -> int:
    """Return in how many more ways clients differ: by family, by validation, by what they follow."""
    words = {
        word for data in draft.edges.values() for word in str(data.get("clients", "")).split(",")
    }
    validating = ClientWord.VALIDATING in words or any(
        data.get("dnssec") == Security.BOGUS for data in draft.nodes.values()
    )
    six = any(
        data["kind"] == Kind.ADDRESS and ":" in key.partition(":")[2]
        for key, data in draft.nodes.items()
    )
    return validating + (ClientWord.SVCB in words) + six


@lru_cache(maxsize=1 << 14)
def _place(view: str) -> str:
    """Return the place of a view, without who gives the answer there."""
    return f" {view} ".partition(f" {VIA} ")[0].strip() or NOWHERE


def _leave_open(
    draft: Draft, left: frozenset[str], kept: Mapping[str, Sequence[str]], reason: Reason
) -> None:
    """Put an unknown, which only the others meet, in the place of what some views were answered.

    Who is at the same place, and was answered by another, may have been answered the same.
    """
    relations: dict[str, str] = {}
    told: dict[str, set[str]] = defaultdict(set)
    for node, data in draft.nodes.items():
        if views := _views(data):
            told[node].update(views)
            open_ = {OTHERS} if not left.isdisjoint(views) else set()
            data["vantage"] = ",".join(sorted(set(views) - left | open_))
    for (tail, head, relation), data in list(draft.edges.items()):
        if not (views := _views(data)):
            continue
        relations.setdefault(tail, relation)
        told[tail].update(views)
        if staying := [view for view in views if view not in left]:
            data["vantage"] = ",".join(staying)
        else:
            draft.take_out(tail, head, relation)
    for node, relation in sorted(relations.items()):
        gone = told[node] & left
        if not gone:
            continue
        for place in {_place(view) for view in gone}:
            beside = kept.get(place, ())
            gone |= {view for view in beside if place in gone or view not in told[node]}
        kind, _, name = node.partition(":")
        as_what = Relation.ADDRESS.value if kind == Kind.ADDRESSES else relation
        met_by = ",".join(sorted({OTHERS, *gone} - (left - {OTHERS})))
        what = What.FURTHER_RECORDS
        draft.unknown(node, as_what, what, name, [reason], within=OTHERS, vantage=met_by)
