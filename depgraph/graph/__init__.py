"""From observations to the dependency graph: :func:`build`.

One room for one thing: ``evidence`` sorts observations into answers; ``hosts``,
``addresses``, ``network``, ``zones``, ``registration``, ``mail``, ``certificates`` and
``owners`` each add one kind of node and what it needs; ``work`` is what they share and
``draft`` the graph in the making. The schema is :mod:`depgraph.schema`.
"""

from depgraph.graph.build import build

__all__ = ["build"]
