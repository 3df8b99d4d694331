"""HTTPS records (RFC 9460): where clients that follow them go, and the addresses hinted at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from depgraph.records.rdata import address, host

_LONGEST: Final = 1024
"""Characters of a record that are read."""
_PARAMETER: Final = re.compile(
    r'(?<![a-z0-9-])([a-z0-9-]++)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?(?=\s|$)'
)
_PRIORITY: Final = re.compile(r"[0-9]{1,5}")
_HINTS: Final = frozenset({"ipv4hint", "ipv6hint"})


@dataclass(frozen=True, slots=True)
class Binding:
    """What one record says.

    Parameters
    ----------
    value
        The record, as recorded.
    target
        The name whose addresses are contacted.
    hints
        Addresses that the target may have, which a client may use until it knows better (RFC
        9460, section 7.3).
    """

    value: str
    target: str
    hints: tuple[str, ...] = ()


def bindings(owner: str, values: Iterable[str]) -> tuple[Binding, ...]:
    """Return what the HTTPS records of a name say, one after the other.

    Where one is in alias mode (priority 0), those in service mode are ignored (section 2.4.1). A
    target ``.`` is the name itself, and in alias mode says that there is nothing (section 2.5).

    >>> bindings("a.example", ["1 . alpn=h2 ipv4hint=192.0.2.1"])[0].hints
    ('192.0.2.1',)
    >>> [one.target for one in bindings("a.example", ["0 b.example", "1 c.example"])]
    ['b.example']
    """
    service: list[Binding] = []
    alias: list[Binding] = []
    for value in values:
        words = value[:_LONGEST].split(" ", 2)
        if len(words) < 2 or not _PRIORITY.fullmatch(words[0]):
            continue
        is_alias = int(words[0]) == 0
        target = host(words[1]) if words[1] != "." else "" if is_alias else owner
        if target is None:
            continue
        if is_alias:
            alias.append(Binding(value, target))
        else:
            service.append(Binding(value, target, _hints(words[2] if len(words) > 2 else "")))
    return tuple(one for one in alias or service if one.target)


def _hints(parameters: str) -> tuple[str, ...]:
    texts = (
        text
        for key, value in _PARAMETER.findall(parameters)
        if key in _HINTS
        for text in value.strip('"').split(",")
    )
    return tuple(dict.fromkeys(found for text in texts if (found := address(text)) is not None))
