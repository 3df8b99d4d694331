"""Witnesses in words: a line per step, like steps as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from depgraph.analysis.witness import Step
from depgraph.rendering.blocks import Block, Paragraph
from depgraph.rendering.phrases import how, label, named, some
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline
from depgraph.vocabulary import RELATIONS, Kind, Relation

_MOST: Final = 12  # lines of one witness before the rest is counted
_ACTORS: Final = frozenset({Kind.PROVIDER, Kind.COMPANY, Kind.COUNTRY})


def witness(w: Writer, steps: Sequence[Step], *, indent: int = 1) -> list[Block]:
    """Return a witness; steps that differ in one end only stand in one line.

    What holds by definition (a host name lies in its zone) is left out.
    """
    merged: dict[tuple[str, ...], list[Step]] = {}
    for one in steps:
        if not one.told:
            continue
        end = one.head if _leads_to_actor(one) else one.tail
        known = (one.evidence, one.confidence, one.time[:10], one.citation, one.basis)
        ends = (one.tail.partition(":")[0], one.head.partition(":")[0])
        merged.setdefault((one.relation, end, *ends, *known), []).append(one)
    lines = [_line(w, group) for group in list(merged.values())[:_MOST]]
    if len(merged) > _MOST:
        lines.append(w.say("more", n=len(merged) - _MOST))
    return [Paragraph(line, indent) for line in lines]


def _leads_to_actor(one: Step) -> bool:
    return any(head in _ACTORS for _, head in RELATIONS[Relation(one.relation)].joins)


def _line(w: Writer, group: Sequence[Step]) -> Inline:
    one = group[0]
    relation = w.say(f"relation.{one.relation}")
    if one.basis:
        relation = w.say("in-brackets", what=relation, note=w.say(f"basis.{one.basis}"))
    return w.say(
        "step",
        tail=_ends(w, [(step.tail, step.tail_label) for step in group]),
        relation=relation,
        head=_ends(w, [(step.head, step.head_label) for step in group]),
        how=how(
            w,
            one.evidence,
            one.confidence,
            unverified=one.unverified,
            time=one.time,
            citation=one.citation,
        ),
    )


def _ends(w: Writer, nodes: Sequence[tuple[str, str]]) -> Inline:
    """Return the nodes at one end; the first one with its kind."""
    (node, text), *others = dict.fromkeys(nodes)
    return some(w, [named(w, node, text), *(label(w, *other) for other in others)])
