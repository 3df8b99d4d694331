"""The former name of :mod:`depgraph.routes`, kept for one version."""

from depgraph import routes
from depgraph.former import former

__getattr__ = former(__name__, {name: f"depgraph.routes.{name}" for name in routes.__all__})
