"""Witnesses as text: a line per step, like steps as one, and long citations as numbered sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from depgraph.analysis.prose.words import listed, named
from depgraph.text_safety import one_line
from depgraph.texts import known, say

if TYPE_CHECKING:
    from depgraph.analysis.witness import Step

_SHORT = 40  # a citation this long stays in its line
_LONGEST = 1500
_PARTIES = frozenset(
    {
        *("operator", "registrar", "registry", "network", "holder", "allocation"),
        *("certificate", "owner", "parent", "law"),
    }
)


class Sources:
    """The citations of one text, numbered in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def cite(self, citation: str, lang: str) -> str:
        """Give a short citation itself, a long one as its number."""
        if len(citation) <= _SHORT:
            return one_line(citation)
        number = self._numbers.setdefault(citation, len(self._numbers) + 1)
        return say("cite", lang, number=number)

    def lines(self, lang: str) -> list[str]:
        """List the numbered ones, under their heading."""
        if not self._numbers:
            return []
        return [
            "",
            say("sources", lang),
            *(f"  {n}  {one_line(text, limit=_LONGEST)}" for text, n in self._numbers.items()),
        ]


def witness(steps: Sequence[Step], lang: str, *, sources: Sources, most: int = 12) -> list[str]:
    """Write a witness: steps that differ in one end only stand in one line.

    What holds by definition (a host name lies in its zone) is left out.
    """
    merged: dict[tuple[str, ...], list[Step]] = {}
    for one in steps:
        if not one.told:
            continue
        end = one.head if one.relation in _PARTIES else one.tail
        how = (one.evidence, one.time[:10], one.citation or one.source)
        ends = (one.tail.partition(":")[0], one.head.partition(":")[0])
        merged.setdefault((one.relation, end, *ends, *how), []).append(one)
    lines = [f"    {_line(alike, lang, sources)}" for alike in merged.values()]
    if len(lines) > most:
        return [*lines[:most], "    " + say("more", lang, count=len(lines) - most)]
    return lines


def _line(alike: Sequence[Step], lang: str, sources: Sources) -> str:
    one = alike[0]
    code = f"relation.{one.relation}"
    word = say(code if known(code, lang) else "relation.other", lang)
    how = [say(f"evidence.{one.evidence}", lang), one.time[:10]]
    how.append(sources.cite(one.citation or one.source, lang))
    tails = _ends([(step.tail, step.tail_label) for step in alike], lang)
    heads = _ends([(step.head, step.head_label) for step in alike], lang)
    return f"{tails} → {word} → {heads} [{one_line(', '.join(filter(None, how)))}]"


def _ends(nodes: Sequence[tuple[str, str]], lang: str) -> str:
    (node, label), *others = dict.fromkeys(nodes)
    return listed([named(node, label, lang), *(label for _, label in others)], lang)
