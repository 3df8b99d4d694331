"""When two graphs of one service are the same: what is compared, and what is not, and why.

Compared: every node with its kind, label, `needs`, and whether a function is absent or a
provider the service's own; every edge with relation, strength and role.

Not compared: how it is known (`evidence`, `rule`, `source`, `server`, `citation`, `time`,
`until`, `vantage`), for one graph is observed and the other published; `ttl`, since a server
and a file may be asked of the parent's or the child's set; and the words of a `reason` or `note`
(a server says NXDOMAIN of a name that a set of files just does not have).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from depgraph.schema import Graph

NODE = ("kind", "label", "needs", "absent", "own", "catalogued", "level")
EDGE = ("strength", "role")

Shape = frozenset[tuple[str, ...]]


def shape(graph: Graph) -> Shape:
    """Give what is compared: one row per node, one per edge."""
    rows = {("node", str(n), *_words(d, NODE)) for n, d in graph.nodes(data=True)}
    rows |= {
        ("edge", str(u), str(v), str(relation), *_words(d, EDGE))
        for u, v, relation, d in graph.edges(keys=True, data=True)
    }
    return frozenset(rows)


def _words(data: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{key}={data[key]}" for key in keys if key in data)


def differences(left: Graph, right: Graph) -> list[str]:
    """List what only one of two graphs has, sorted; empty if they are the same."""
    one, two = shape(left), shape(right)
    rows = [("left only", row) for row in sorted(one - two)]
    rows += [("right only", row) for row in sorted(two - one)]
    return [f"{side}: {' '.join(row)}" for side, row in rows]
