"""What a table is, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from depgraph.routes.prefix import Prefix
from depgraph.routes.table import PrefixTable


class Kind(StrEnum):
    """What a table says of a prefix. The two are different facts and never merged."""

    ROUTING = "routing"  # who announces it: origin AS numbers
    PUBLISHED = "published"  # whose service runs there, as the operator itself says


class Service(NamedTuple):
    """What an operator says of one of its prefixes, in its own words.

    `name` is its name of the service (``EC2``, ``AzureFrontDoor``; empty when the list
    names none), `region` that of the region (empty when none).
    """

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, before it is checked as a whole and indexed: a part of a :class:`Table`."""

    pairs: list[tuple[Prefix, Any]]
    date: date | None = None
    provider: str = ""
    names: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table read from a file.

    Parameters
    ----------
    kind
        What it says of a prefix: origin AS numbers (a tuple of int, the one most seen first
        where the source sorts so), or a tuple of :class:`Service`.
    form
        The format of the file, a word of :data:`~depgraph.routes.FORMS`.
    prefixes
        The table proper.
    date
        The day it stands for (UTC); None when neither the file nor its name says.
    provider
        Id of the operator whose ranges these are; else empty.
    names
        AS number to name, where the file carries names. Text from outside: escape it.
    sha256
        Of the file as it lies on disk.
    """

    kind: Kind
    form: str
    prefixes: PrefixTable[Any]
    date: date | None = None
    provider: str = ""
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    sha256: str = ""
