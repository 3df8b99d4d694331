"""The attributes of graphs, nodes and edges, with their types; words are in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import networkx as nx

from depgraph.vocabulary import Confidence, Evidence, LawBasis, Level, Security, Strength, What

Graph: TypeAlias = "nx.MultiDiGraph[str]"
SCHEMA: Final = 3
"""The version that `build` writes. Graphs of 1 and 2 are read: see :mod:`depgraph.schema.upgrade`."""

GRAPH_ATTRIBUTES: Final[Mapping[str, type]] = {
    "schema": int,
    "subject": str,
    "since": str,
    "until": str,
    "title": str,
    "source": str,
    "complete": bool,  # whether the collection came to its end
    "limits": str,  # that it met: see depgraph.limits.joined
    "catalogue": str,
    "depgraph": str,  # the version that built it
    "recording_sha256": str,  # of the file that it was built from
    "vantages": str,  # that the service was seen from, comma-separated
    "vantages_silent": str,  # those where nothing that was asked about it was answered
    "differences": str,  # questions on which vantages differ, "; "-separated
    "differences_left_out": int,  # how many more there are
    "owner": str,  # of the service, as reported
    "owner_citation": str,
}
NODE_ATTRIBUTES: Final[Mapping[str, type]] = {
    "kind": str,
    "label": str,
    "needs": str,
    "absent": bool,  # function
    "reason": str,  # function, unknown: see depgraph.vocabulary.Reason
    "what": str,  # unknown: a word of depgraph.vocabulary.What
    "of": str,  # unknown: the name that it is something of
    "hides": str,  # unknown: the levels that it can hide, comma-separated
    "last_known": str,  # unknown: what an observation of another day said
    "last_known_time": str,
    "last_known_evidence": str,  # of that observation
    "last_known_id": str,  # the provider id it leads to
    "catalogued": bool,  # provider, company
    "own": bool,  # provider, company: the service's own
    "family": int,  # address, prefix, block: 4 or 6
    "vantage": str,  # of edges that differ by view: the views that were answered, comma-separated
    "status": str,  # registration: EPP statuses, comma-separated
    "hold": str,  # registration: those of them that say it is not in its parent's zone
    "expires": str,  # registration
    "reseller": str,  # registration
    "left_out": str,  # relations that are not followed from here, comma-separated
    "dnssec": str,  # zone, and a name whose own records are bogus; absent: not examined
    "dnssec_reason": str,  # see depgraph.vocabulary.Reason
    "dnssec_until": str,  # when the earliest signature that it needs lapses
    "finding": str,  # what there is to say besides: see depgraph.vocabulary.Reason
    "shown_by": str,  # who shows each of these (of an unknown: of the reasons): code?time=...&server=...
    "note": str,  # somebody's own words
}
EDGE_ATTRIBUTES: Final[Mapping[str, type]] = {
    "relation": str,
    "strength": str,
    "evidence": str,
    "confidence": str,
    "provenance": str,  # kind of source (networkx takes the word `source` for itself)
    "citation": str,
    "time": str,
    "until": str,
    "ttl": int,  # seconds
    "expire": int,  # of a primary: seconds that its secondaries go on without it (SOA EXPIRE)
    "effect": str,  # how sure it is that the tail feels it; absent: certain
    "locked": str,  # levers of the head that it cannot pull at present, comma-separated
    "server": str,
    "vantage": str,  # views (place, or place and giver), comma-separated; absent where all saw it
    "clients": str,  # for whom it holds, comma-separated; absent: for all
    "rule": str,
    "role": str,
    "unverified": bool,  # stated by a row that no public document confirms yet
    "share": float,  # of right answers, as measured for the rule
    "basis": str,  # by what a law binds: see depgraph.vocabulary.LawBasis
    "valid_from": str,  # of a row of the catalogue, ISO day
    "valid_until": str,
    "finding": str,  # what there is to say besides: see depgraph.vocabulary.Reason
    "shown_by": str,  # who shows each of these (of an unknown: of the reasons): code?time=...&server=...
    "note": str,  # of the observation, in its own words
}
TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def _words(members: Iterable[str]) -> frozenset[str]:
    return frozenset(map(str, members))


NODE_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "needs": frozenset({"all", "any"}),
    "what": _words(What),
    "dnssec": _words(Security),
}
EDGE_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "strength": _words(Strength),
    "evidence": _words(Evidence),
    "confidence": _words(Confidence),
    "effect": _words(Confidence),
    "basis": _words(LawBasis),
}
LEVEL_WORDS: Final = tuple(map(str, Level))
