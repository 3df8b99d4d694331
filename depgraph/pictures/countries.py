"""Names of countries on pictures: those of :mod:`depgraph.countries`."""

from __future__ import annotations

from depgraph.countries import country

__all__ = ["country"]
