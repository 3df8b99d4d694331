"""Tables of prefixes: read from the files users have, kept in their cache, used by date."""

from depgraph.providers.tables._cache import (
    Chosen,
    TableInfo,
    cache_dir,
    install,
    installed,
    load,
    table_for,
    tables_for,
)
from depgraph.providers.tables._facts import (
    Dated,
    Holders,
    PublishedRanges,
    RangeFact,
    RouteFact,
    Routing,
    holders_at,
    published_at,
    routing_at,
)
from depgraph.providers.tables._fill import with_routes
from depgraph.providers.tables._model import Delegation, Kind, Service, Table
from depgraph.providers.tables._publishers import Publisher, publishers
from depgraph.providers.tables._read import FORMS, read_table
from depgraph.providers.tables._update import Outcome, update

__all__ = [
    "FORMS",
    "Chosen",
    "Dated",
    "Delegation",
    "Holders",
    "Kind",
    "Outcome",
    "PublishedRanges",
    "Publisher",
    "RangeFact",
    "RouteFact",
    "Routing",
    "Service",
    "Table",
    "TableInfo",
    "cache_dir",
    "holders_at",
    "install",
    "installed",
    "load",
    "published_at",
    "publishers",
    "read_table",
    "routing_at",
    "table_for",
    "tables_for",
    "update",
    "with_routes",
]
