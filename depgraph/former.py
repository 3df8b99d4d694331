"""Names that stood in other rooms in the version before.

They lead on to the present ones for one version, with a warning that says where those stand.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def former(room: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a module from which names have moved.

    Parameters
    ----------
    room
        The module in which they stood.
    names
        Name there -> where it stands now, as ``module.name``.

    Returns
    -------
    Callable
        Of a name: the present value, with a DeprecationWarning.

    Raises
    ------
    AttributeError
        By what is returned, of any other name.
    """

    def lead_on(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        module, _, present = names[name].rpartition(".")
        warnings.warn(f"{room}.{name} is now {names[name]}", DeprecationWarning, stacklevel=2)
        return getattr(import_module(module), present)

    return lead_on
