"""One name for an operator in a whole survey, where each graph has named it by itself.

An operator that the catalogue lacks is known by what it left (:mod:`depgraph.graph.identity`):
in one graph by its domain, in another by the network that all its servers were in there. Where
two graphs share one of its names they speak of the same one. No graph is changed: the table says
which name counts, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from depgraph.providers import same_operator
from depgraph.survey.tables import arrow, batch

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
    return arrow().Table.from_batches([batch("operators", rows)])


def because(name: str, one: str) -> str:
    """Return why a graph takes two names for those of one operator: a word for it.

    Each is an inference (:mod:`depgraph.graph.identity`), and the names may be those of two.

    >>> because("~golf-dns.net", "~golf-dns.com"), because("~AS65010", "~golf.example")
    ('suffix', 'addresses')
    >>> because("~GOLF-1", "~AS65010")
    'registered'
    """
    names = [name.removeprefix("~"), one.removeprefix("~")]
    domains = [text for text in names if "." in text]
    if len(domains) > 1 and len(set(same_operator(domains).values())) == 1:
        return "suffix"
    return "addresses" if domains else "registered"


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
