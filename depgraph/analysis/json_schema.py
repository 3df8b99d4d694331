"""The JSON Schema of an answer, made from the dataclasses that it is built of.

What a field means is said where the dataclass says it, in its docstring. ``docs/schemas``
holds one file for each answer (``scripts/make_schemas.py`` writes them); a test says that
they are what this makes.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from depgraph.analysis.results import VERSION, Result, json_names

_PLAIN: Final[Mapping[type, Mapping[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": ["number", "null"]},  # an endless number of seconds is null
    type(None): {"type": "null"},
}


def json_schema(kind: type[Result]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the JSON form of an answer.

    Parameters
    ----------
    kind
        The class of the answer, such as :class:`depgraph.analysis.takedown.Takedown`.
    """
    parts: dict[str, Any] = {}
    body = _object(kind, parts)
    name = f"depgraph.{kind.NAME}/{VERSION}"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('.', ':').replace('/', ':')}",
        "title": _first_line(kind),
        **body,
        "properties": {
            "schema": {"const": name, "description": "Name and version of this schema."},
            **body["properties"],
        },
        "required": ["schema", *body["required"]],
        "$defs": {key: parts[key] for key in sorted(parts)},
    }


def _first_line(kind: type) -> str:
    return _plain((kind.__doc__ or "").strip().partition("\n")[0])


def _object(kind: type, parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    optional: frozenset[str] = getattr(kind, "OPTIONAL", frozenset())
    meanings = _meanings(kind)
    properties = {}
    for attribute, name in json_names(kind):
        meaning = {"description": meanings[attribute]} if attribute in meanings else {}
        properties[name] = {**_of(_hint(kind, attribute, hints), parts), **meaning}
    return {
        "type": "object",
        "description": _first_line(kind),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_ROLE: Final = re.compile(r":\w+:`~?([^`]+)`")  # how a docstring refers to something in code


def _meanings(kind: type) -> dict[str, str]:
    """Return what the docstring of a dataclass, or of what it derives from, says of its fields."""
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__):
        found |= _described(inspect.cleandoc(owner.__doc__ or ""))
        for attribute in getattr(owner, "DERIVED", {}):
            found[attribute] = _plain((getattr(owner, attribute).__doc__ or "").partition("\n")[0])
    return found


def _described(docstring: str) -> dict[str, str]:
    """Read the section *Parameters* of a numpydoc docstring: name -> what it is."""
    _, _, section = docstring.partition("Parameters\n----------\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in re.split(r"\n\n(?=\S)", section)[0].splitlines():
        if not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
            continue
        for name in names:
            found[name] = f"{found.get(name, '')} {_plain(line.strip())}".strip()
    return found


def _plain(text: str) -> str:
    """Return a text of a docstring without its markup."""
    return _ROLE.sub(r"\1", text).replace("``", "`")


def _hint(kind: type, attribute: str, hints: Mapping[str, Any]) -> Any:
    """Return the type of a field, or what a property returns."""
    if attribute in hints:
        return hints[attribute]
    return get_type_hints(getattr(kind, attribute).fget)["return"]


def _of(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_of(one, parts) for one in arguments]}
    if origin is tuple and arguments[-1:] != (...,):
        return {"type": "array", "prefixItems": [_of(one, parts) for one in arguments]}
    if origin in {tuple, frozenset}:
        return {"type": "array", "items": _of(arguments[0], parts)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(arguments[1], parts)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [word.value for word in hint]}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in parts:
            parts[hint.__name__] = {}  # a part that holds itself ends here
            parts[hint.__name__] = _object(hint, parts)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"expected a type that has a JSON form, found {hint!r}")
