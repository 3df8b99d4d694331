"""Live collection: the only rooms of depgraph that meet the network."""

from depgraph.collect.budget import Budget
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.live import observe
from depgraph.collect.progress import Progress

__all__ = ["Budget", "Endpoints", "Progress", "observe"]
