"""Tables of prefixes by date: who announces an address, and whose published range it is in."""

from depgraph.routes.cache import TableInfo, cache_dir, install, installed, load, tables_for
from depgraph.routes.facts import (
    Dated,
    PublishedRanges,
    RangeFact,
    RouteFact,
    Routing,
    published_at,
    routing_at,
)
from depgraph.routes.fill import with_routes
from depgraph.routes.model import Kind, Service, Table
from depgraph.routes.publishers import Publisher, publishers
from depgraph.routes.reading import FORMS, read_table
from depgraph.routes.table import Match, PrefixTable
from depgraph.routes.update import Outcome, update

__all__ = [
    "FORMS",
    "Dated",
    "Kind",
    "Match",
    "Outcome",
    "PrefixTable",
    "PublishedRanges",
    "Publisher",
    "RangeFact",
    "RouteFact",
    "Routing",
    "Service",
    "Table",
    "TableInfo",
    "cache_dir",
    "install",
    "installed",
    "load",
    "published_at",
    "publishers",
    "read_table",
    "routing_at",
    "tables_for",
    "update",
    "with_routes",
]
