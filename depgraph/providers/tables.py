"""The former name of :mod:`depgraph.routes`, kept for one version."""

from __future__ import annotations

import warnings
from typing import Any

from depgraph import routes


def __getattr__(name: str) -> Any:
    value = getattr(routes, name)  # AttributeError, as of any module, for what is no more
    warnings.warn(
        f"depgraph.providers.tables.{name} is now depgraph.routes.{name}",
        DeprecationWarning,
        stacklevel=2,
    )
    return value
