"""From observations to the dependency graph: :func:`build`.

One room for one thing: ``answers`` sorts observations into answers; ``hosts``, ``web``,
``addresses``, ``network``, ``blocks``, ``zones``, ``registration``, ``mail``,
``certificates`` and ``owners`` each add one kind of node and what it needs; ``reports`` adds
what was only reported; ``identity`` brings together the names of one operator; ``builder`` is
what they share and ``draft`` the graph in the making. The schema is :mod:`depgraph.schema`.
"""

from depgraph.graph.build import build

__all__ = ["build"]
