"""What the parameters of the public functions may be: one table, looked at at every door.

A wrong type would be met deep inside, by an error that speaks of something else. The table says
of each parameter, by its name, what it takes; what a text *means* (whether there is such a
level, such a language) is asked where that is known.
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, Final, ParamSpec, TypeVar

from depgraph.errors import DepgraphError, QuestionError
from depgraph.text_safety import quote
from depgraph.vocabulary import Confidence, Steering

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_Admits = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter may be.

    Parameters
    ----------
    expected
        In words, with an example.
    admits
        Tells whether a value is of that form.
    """

    expected: str
    admits: _Admits


def _is(*types: type) -> _Admits:
    return lambda value: isinstance(value, types)


def _whole(least: int, most: float = inf) -> _Admits:
    return lambda value: (
        _number(value) and isinstance(value, Integral) and least <= int(value) <= most
    )


def _number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _has(*names: str) -> _Admits:
    """Admit by what it has: rooms above are not known here."""
    return lambda value: all(hasattr(value, name) for name in names)


def _or_none(admits: _Admits) -> _Admits:
    return lambda value: value is None or admits(value)


def _several_texts(value: Any) -> bool:
    # What yields its items only once cannot be looked into; the function does it.
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return False
    return not isinstance(value, list | tuple | set | frozenset) or all(map(_is(str), value))


_TEXT: Final = _is(str)
_PATH: Final = _is(str, os.PathLike)
_SWITCH: Final = Parameter("True or False", _is(bool))

PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType(
    {
        # Of questions
        "level": Parameter("a level such as 'company'", _TEXT),
        "horizon": Parameter(
            "a horizon such as '30d', seconds, a timedelta, or None for no end",
            _or_none(lambda value: _number(value) or isinstance(value, str | timedelta)),
        ),
        "upto": Parameter("a number from 1, or None for all", _or_none(_whole(1))),
        "limit": Parameter("a number from 1", _whole(1)),
        "explain": Parameter("a number from 0", _whole(0)),
        "samples": Parameter("a number from 1", _whole(1)),
        "seed": Parameter("a whole number", _is(int)),
        "steering": Parameter("'none' or 'assumed'", lambda value: value in tuple(Steering)),
        "clients": Parameter(
            "'all', or a list of clients such as ['ipv4', 'validating']",
            lambda value: isinstance(value, str | Iterable) or _has("traits")(value),
        ),
        "claim": Parameter("a claim such as 'independent of big-tech'", _TEXT),
        "lever": Parameter("a lever such as 'evict', or nothing", _TEXT),
        "uncatalogued": Parameter("'unknown' or 'own'", lambda value: value in ("unknown", "own")),
        "confidence": Parameter(
            "'certain', 'likely' or 'possible'", lambda value: value in tuple(Confidence)
        ),
        "withdrawn": Parameter("a list of node ids", _several_texts),
        "function": Parameter("a function such as 'web'", _TEXT),
        "catalogue": Parameter(
            "a catalogue of depgraph.providers.load, or None",
            _or_none(_has("providers", "companies", "rules")),
        ),
        "ranges": Parameter(
            "published ranges of depgraph.routes.published_at, or None", _or_none(_has("lookup"))
        ),
        # Of recordings and graphs
        "subject": Parameter("a name such as 'example.org', or None", _or_none(_TEXT)),
        "hosts": Parameter(
            "a list of host names such as ['api.example.org']", _or_none(_several_texts)
        ),
        "origin": Parameter("the name of a zone such as 'example.org', or None", _or_none(_TEXT)),
        "include": _SWITCH,
        "since": Parameter("a day, month or year such as '2021-02', or nothing", _TEXT),
        "path": Parameter("the name of a file", _PATH),
        "overwrite": _SWITCH,
        # Of texts and pictures
        "lang": Parameter("a language such as 'en'", _TEXT),
        "width": Parameter("a number of columns, up to 10,000", _whole(0, 10_000)),
        "kind": Parameter("a kind of picture such as 'strip', or None", _or_none(_TEXT)),
        "theme": Parameter("'light', 'dark' or 'bw'", _TEXT),
        "group": Parameter("a group such as 'big-tech', or another actor", _TEXT),
        "ax": Parameter("axes of matplotlib, or None", _or_none(_has("add_artist", "figure"))),
        "title": Parameter("a text", _TEXT),
        "deck": Parameter("a text", _TEXT),
        "credit": Parameter("a text", _TEXT),
        "shape": Parameter("'16:9', 'square', 'phone' or None", _or_none(_TEXT)),
        "note": Parameter("a text", _TEXT),
        "total": Parameter("a number from 0", _whole(0)),
        "stacked": _SWITCH,
        "page": Parameter("a width in px, more than 0", lambda value: _number(value) and value > 0),
        # Of live collection
        "day": Parameter("a datetime.date", _is(date)),
        "name": Parameter("a name such as 'example.org'", _TEXT),
        "output": Parameter("the name of a file, or None", _or_none(_PATH)),
        "resume": _SWITCH,
        "resolver": Parameter("a resolver such as '192.0.2.53', or None", _or_none(_TEXT)),
        "endpoints": Parameter("depgraph.collect.Endpoints, or None", _or_none(_has("roots"))),
        "budget": Parameter("a depgraph.collect.Budget, or None", _or_none(_has("questions"))),
        "tls": _SWITCH,
        "unfinished": _SWITCH,
        "registration": _SWITCH,
        "also": Parameter("a list of sources", _several_texts),
        "vantage": Parameter("a word for where it is asked from", _TEXT),
        "subnet": Parameter("a subnet such as '192.0.2.0/24', or None", _or_none(_TEXT)),
        "progress": Parameter(
            "True, False, None or a function",
            _or_none(lambda v: isinstance(v, bool) or callable(v)),
        ),
    }
)


def checked(
    error: type[DepgraphError] = QuestionError,
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Make a decorator that looks at the arguments of a public function before it begins.

    Parameters
    ----------
    error
        What is raised: the error that the function documents.

    Returns
    -------
    Callable
        Of a function: the same function, which raises `error` for an argument that
        :data:`PARAMETERS` does not admit under its name. Names that it does not have are the
        function's own affair.
    """

    def decorate(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        signature = inspect.signature(function)
        rows = {name: PARAMETERS[name] for name in signature.parameters if name in PARAMETERS}

        @functools.wraps(function)
        def door(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError as fault:  # which does not say of which function
                raise TypeError(f"{function.__name__}(): {fault}") from None
            for name, value in bound.arguments.items():
                if name in rows and not rows[name].admits(value):
                    raise error(
                        f"expected {rows[name].expected} for `{name}`, found {quote(value)}"
                    )
            return function(*args, **kwargs)

        return door

    return decorate
