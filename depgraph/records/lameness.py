"""Why a reply without the AA bit is no answer of a server of a zone (RFC 2308, section 2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depgraph.names import is_below

UPWARD: Final = "upward referral"
SIDEWAYS: Final = "refers to the servers of the zone itself"
NEITHER: Final = "neither an answer nor authority (AA is not set)"
UNAUTHORISED: Final = "answered without authority (AA is not set)"


def lameness(authority: Iterable[tuple[str, str]], zone: str) -> str:
    """Return why a reply that answers nothing and has no AA is lame; empty if it is negative.

    Resolvers use a negative answer in the form of RFC 2308, with the SOA of the zone, whether AA
    is set or not (Unbound's ``iter_resptype.c``, BIND's ``resolver.c``).

    Parameters
    ----------
    authority
        Owner and type of the record sets of its authority section.
    zone
        The zone as whose authority the server was asked.

    Examples
    --------
    >>> lameness([("example", "SOA")], "example"), lameness([(".", "NS")], "example")
    ('', 'upward referral')
    """
    sets = set(authority)
    if any(kind == "SOA" and is_below(owner, zone) for owner, kind in sets):
        return ""
    if (zone, "NS") in sets:
        return SIDEWAYS
    if any(kind == "NS" and is_below(zone, owner) for owner, kind in sets):
        return UPWARD
    return NEITHER
