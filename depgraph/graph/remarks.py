"""Remarks on nodes and edges: coded reasons, and who shows each.

An edge to a name server rests on the answer that lists it. That it did not serve is shown by
another observation: such a remark is cited from that one (``shown_by``), not as its edge is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from depgraph.graph.answers import proof, text_of
from depgraph.vocabulary import Reason, coded, reasons

Remarks: TypeAlias = "str | Reason | Iterable[Reason]"

_CITED: Final = ("time", "server", "provenance", "citation")


def source_of(reason: Reason) -> dict[str, str]:
    """Return how the observation that shows a reason is cited; empty where none does by itself."""
    data = proof(reason.seen) if reason.seen else {}
    return {key: data[key] for key in _CITED if key in data}


def shown_by(several: Iterable[Reason]) -> str:
    """Return who shows some reasons: one coded text each, in their order.

    Empty where nobody shows any by itself, besides what the edge or the node stands on.
    """
    return _joined(map(_shown, several))


def remarks(
    several: Remarks, *, onto: Mapping[str, Any] | None = None, limit: int = 300
) -> dict[str, str]:
    """Return remarks as attributes of a node or an edge: what they say, and who shows each.

    Parameters
    ----------
    several
        Reasons, or a text of them.
    onto
        The attributes that are there; their remarks come first.
    limit
        Characters; whole remarks are kept as long as they fit.
    """
    if isinstance(several, Reason):
        several = (several,)
    given = reasons(several) if isinstance(several, str) else tuple(several)
    there = reasons(str((onto or {}).get("finding", "")))
    shown = str((onto or {}).get("shown_by", "")).split("; ")
    every = dict(zip(there, (*shown, *("" for _ in there)), strict=False))
    for one in given:
        every[one] = every.get(one) or _shown(one)
    text = text_of(every, limit=limit)
    first = list(every.items())[: len(reasons(text))]
    by = _joined(source or one.code.value for one, source in first)
    return {key: value for key, value in (("finding", text), ("shown_by", by)) if value}


def _shown(reason: Reason) -> str:
    evidence = proof(reason.seen)["evidence"] if reason.seen else ""
    return coded(reason.code.value, (("evidence", evidence), *source_of(reason).items()))


def _joined(shown: Iterable[str]) -> str:
    several = list(shown)
    return "; ".join(several) if any("?" in one for one in several) else ""
