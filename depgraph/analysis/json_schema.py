"""The JSON Schema of an answer, made from the dataclasses that it is built of.

``docs/schemas`` holds one file for each answer; a test says that they are what this makes.
"""

from __future__ import annotations

import dataclasses
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
        "properties": {"schema": {"const": name}, **body["properties"]},
        "required": ["schema", *body["required"]],
        "$defs": {key: parts[key] for key in sorted(parts)},
    }


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _object(kind: type, parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    optional: frozenset[str] = getattr(kind, "OPTIONAL", frozenset())
    properties = {
        name: _of(_hint(kind, attribute, hints), parts) for attribute, name in json_names(kind)
    }
    return {
        "type": "object",
        "description": _first_line(kind),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


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
