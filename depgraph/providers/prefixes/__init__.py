"""Longest-prefix match over IPv4 and IPv6, one address or millions at once."""

from depgraph.providers.prefixes._table import Match, PrefixTable
from depgraph.providers.prefixes._text import Prefix, parse_address, parse_prefix

__all__ = ["Match", "Prefix", "PrefixTable", "parse_address", "parse_prefix"]
