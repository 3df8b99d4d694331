"""One name for an operator in a whole survey, where each graph has named it by itself.

An operator that the catalogue lacks is known by what it left (:mod:`depgraph.graph.identity`):
in one graph by its domain, in another by the network that all its servers were in there. Where
two graphs share one of its names they speak of the same one. No graph is changed: the table says
which name counts, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from depgraph.survey.tables import arrow

_KINDS: Final = ("provider", "company")


def operators_of(aliases: Any) -> Any:
    """Return the operators that have several names in a survey.

    Parameters
    ----------
    aliases
        The table of that name.

    Returns
    -------
    pyarrow.Table
        `actor` (a node id of some graph), `one` (that by which it is counted), `service` (in
        whose graph it was found to be the same), `reason` (coded). What counts is the
        registered domain where there is one: it is the same in every graph.
    """
    pairs = [
        (
            row["actor"].partition(":")[2],
            row["also"].partition(":")[2],
            row["service"],
            row["reason"],
        )
        for row in aliases.to_pylist()
    ]
    above: dict[str, str] = {}
    why: dict[str, tuple[str, str]] = {}
    for actor, also, service, reason in sorted(pairs):
        for one in (actor, also):
            why.setdefault(one, (service, reason))
        first, second = sorted((_top(above, actor), _top(above, also)), key=_rank)
        if first != second:
            above[second] = first
    rows = [
        (f"{kind}:{name}", f"{kind}:{top}", *why[name])
        for name in sorted(why)
        for kind in _KINDS
        if (top := _top(above, name)) != name
    ]
    return _table(rows)


def _table(rows: Iterable[tuple[str, str, str, str]]) -> Any:
    pa = arrow()
    names = ("actor", "one", "service", "reason")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(list(column), type=pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=list(names))


def _top(above: dict[str, str], name: str) -> str:
    while name in above:
        name = above[name]
    return name


def _rank(name: str) -> tuple[bool, str]:
    """Order names: registered domains first, which are the same in every graph."""
    return "." not in name or name.startswith("~NET-"), name


def named(operators: Any) -> Iterator[tuple[str, str]]:
    """Yield each actor that has another name in the survey, with that name."""
    for row in operators.to_pylist():
        yield row["actor"], row["one"]
