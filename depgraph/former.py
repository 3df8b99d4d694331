"""Names that were others in the version before: of functions and modules, and of a parameter.

They lead on to the present ones for one version, with a warning that says what those are.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


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
        room_now = import_module(module)
        return getattr(room_now, present, None) or import_module(names[name])

    return lead_on


def former_keyword(
    before: str, now: str
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Make a decorator of a function that takes a parameter by its former name too.

    Parameters
    ----------
    before, now
        The former and the present name of the parameter.

    Returns
    -------
    Callable
        Of a function: the same function; the former name gives a DeprecationWarning.
    """

    def decorate(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        @wraps(function)
        def door(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
            if before in kwargs and now not in kwargs:
                text = f"the parameter `{before}` of {function.__name__} is now `{now}`"
                warnings.warn(text, DeprecationWarning, stacklevel=2)
                kwargs[now] = kwargs.pop(before)
            return function(*args, **kwargs)

        return door

    return decorate
