"""Longest-prefix match over IPv4 and IPv6, one address or millions at once."""

from depgraph.providers.prefixes._ranges import disjoint, prefixes_of
from depgraph.providers.prefixes._table import SHORTEST, Addresses, Columns, Match, PrefixTable
from depgraph.providers.prefixes._text import Prefix, parse_address, parse_prefix

__all__ = [
    "SHORTEST",
    "Addresses",
    "Columns",
    "Match",
    "Prefix",
    "PrefixTable",
    "disjoint",
    "parse_address",
    "parse_prefix",
    "prefixes_of",
]
