"""What stood here is in :mod:`depgraph.rendering`; kept for one version."""

from depgraph.former import former

__getattr__ = former(
    __name__, {name: f"depgraph.rendering.{name}" for name in ("to_html", "to_page")}
)
