"""The graph's schema as code: kinds, relations, attributes, and the check that a graph follows them.

A graph is a `networkx.MultiDiGraph`. An edge ``u -> v`` reads "u needs v" or, with
``strength="exposes"``, "v is on a path of u, but u works without it". A node id is
``kind:name``, an edge's key is its relation. All attributes are `str`, `int`, `float` or
`bool`, and absent where they would be empty.

============== ===== ==================================================================
kind           needs what it needs (relation)
============== ===== ==================================================================
service        any   its functions (function); who is reported to be involved in a role that
                     is not stated exposes (involvement)
function       all   web, web-www: host (host), authorities (certificate);
                     mail: zone (zone), exchanges (exchange), mailbox (mailbox);
                     app: stores (channel); name: registration (registration); of a site
                     also steps of third parties (step), exposed unless reported as needed.
                     ``absent=True`` with a reason and
                     nothing under it: the service does not have this function
host           all   its zone (zone); another host (alias), or its addresses (address);
                     an operator known by report or by name only (operator)
addresses      any   addresses (address); fronts (front); hosts where vantages differ (alias)
front          all   its provider (operator), its addresses (address), the origin (origin)
address        all   provider (operator), prefix (prefix) or AS (origin), block (block)
prefix         all   its AS (origin); ``any`` where several announce it
asn            all   provider (network)
block          all   provider that holds it (holder), regional registry (allocation)
zone           all   parent zone (parent), registration if registered (registration), its
                     name servers (nameserver); a public suffix: its registry (registry)
nameservers    any   name servers (nameserver), directly or by look-up; reported (operator)
lookup         all   a name server that no glue covers: it (nameserver), and the zone in
                     which its name must be found first (zone); where a way leads to some
                     of its addresses only, these (address)
attempt        all   an alternative that was tried and did not serve us: it (nameserver,
                     address), and that it serves, which is unknown
nameserver     all   its addresses (address), provider where its name tells (operator)
exchanges      any   mail exchanges (exchange); reported operators (operator)
exchange       all   its host (host), provider where its name tells (operator)
mailbox        all   provider that holds the mailboxes, or an unknown (operator)
authorities    any   certification authorities that may issue (certificate)
channels       any   who runs the stores that carry an app, as reported (operator)
step           all   who does a step for a site, as reported, or from whom its page loads
                     (operator)
anyone         all   nothing: any of an open set will do
registration   all   provider that registers (registrar; beside them, where answers name several,
                     who they are: registrars), provider of the TLD (registry)
registrars     any   providers of whom it is one that registers (registrar)
provider       all   its company (owner); a cloud it says it runs on exposes (platform)
company        all   its parent (parent), the country whose law binds it (law)
country        all   nothing
unknown        all   nothing: `what` is not known `of` what, the `reason`, and the levels it
                     `hides`
============== ===== ==================================================================

Any edge may lead to an ``unknown`` node instead; its evidence is then ``unknown``. What holds
by definition (a host name needs its zone) has the evidence ``definition`` and rests on no
observation. Words and their rows stand in :mod:`depgraph.vocabulary`, attributes in
:mod:`depgraph.schema.tables`.
"""

from __future__ import annotations

from depgraph.former import former
from depgraph.schema.access import (
    actors,
    exposed,
    function_name,
    function_rank,
    functions,
    kind,
    label,
    name_of,
    needed,
    needs,
    node_id,
    of_kind,
    owner_chain,
    service,
    under,
    unknowns,
)
from depgraph.schema.check import (
    check,
    require_exportable,
    require_graph,
    require_graphs,
    require_several,
    validate,
)
from depgraph.schema.hand import small
from depgraph.schema.tables import (
    EDGE_ATTRIBUTES,
    GRAPH_ATTRIBUTES,
    NODE_ATTRIBUTES,
    SCHEMA,
    Graph,
)
from depgraph.schema.upgrade import upgrade

__all__ = [
    "EDGE_ATTRIBUTES",
    "GRAPH_ATTRIBUTES",
    "NODE_ATTRIBUTES",
    "SCHEMA",
    "Graph",
    "actors",
    "check",
    "exposed",
    "function_name",
    "function_rank",
    "functions",
    "kind",
    "label",
    "name_of",
    "needed",
    "needs",
    "node_id",
    "of_kind",
    "owner_chain",
    "require_exportable",
    "require_graph",
    "require_graphs",
    "require_several",
    "service",
    "small",
    "under",
    "unknowns",
    "upgrade",
    "validate",
]

_ENUMS = {"EVIDENCE": "Evidence", "LEVELS": "Level", "STRENGTHS": "Strength"}
_TABLES = {name: name for name in ("FUNCTIONS", "KINDS", "RELATIONS")}
__getattr__ = former(
    __name__, {old: f"depgraph.vocabulary.{new}" for old, new in (_ENUMS | _TABLES).items()}
)
