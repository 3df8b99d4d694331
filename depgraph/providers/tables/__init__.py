"""Tables of prefixes: read from the files users have, kept in their cache, used by date."""

from depgraph.providers.tables._model import Delegation, Kind, Service, Table
from depgraph.providers.tables._read import FORMS, read_table

__all__ = ["FORMS", "Delegation", "Kind", "Service", "Table", "read_table"]
