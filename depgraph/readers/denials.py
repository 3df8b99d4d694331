"""What a whole zone has not: what it does not hold is what its servers deny.

A list without the SOA record may be a part of a zone, and denies nothing; nor does one that is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from depgraph.names import ROOT, is_below, parents
from depgraph.observations import Status
from depgraph.readers.wildcards import led_to
from depgraph.records.rdata import ADDRESS

if TYPE_CHECKING:
    from depgraph.readers.zones import Zone

_OF_THE_APEX: Final = (*ADDRESS, "MX", "CAA", "TXT")  # keys and signatures may be the server's
_OF_A_SITE: Final = (*ADDRESS, "CAA")
_INSTEAD: Final = frozenset({"CNAME", "alias", "behind-front"})  # what is answered for other types


def denied(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    """Give the names and types that a zone was seen to lack, and how its servers say so.

    Of a name with addresses of one family, that it has none of the other. Where the zone is whole,
    also what the apex, ``www`` and the names that records lead to have not.
    """
    if zone.cut_off or zone.get(zone.origin, "SOA") is None:
        return
    if zone.whole and zone.origin == ROOT:  # a root that delegates nothing is another zone's file
        return
    found = dict.fromkeys(_other_families(zone))
    if zone.whole:
        found |= dict.fromkeys(_asked_for(zone))
    partial = {(owner, kind) for owner, kind, _, _ in zone.partial}
    for name, kind, status in found:
        if (name, kind) not in partial and zone.cut_above(name) is None:
            yield name, kind, status


def _other_families(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    for name in sorted(zone.sets):
        found = zone.sets[name].keys()
        missing = [kind for kind in ADDRESS if kind not in found]
        if len(missing) == 1 and not found & _INSTEAD:
            yield name, missing[0], Status.NODATA


def _asked_for(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    """Give what is asked of a service, and the zone has not."""
    origin, sets = zone.origin, zone.sets
    there: set[str] = set()
    for name in sets:
        for above in parents(name):
            if above in there or not is_below(above, origin):
                break  # and so those above it
            there.add(above)
    site = f"www.{origin}"
    hosts = [host for host in sorted(led_to(sets)) if is_below(host, origin)]
    wanted: dict[str, tuple[str, ...]] = dict.fromkeys(hosts, tuple(ADDRESS))
    wanted |= {site: _OF_A_SITE, origin: _OF_THE_APEX}
    for name, kinds in wanted.items():
        if name in there:
            own = sets.get(name, {}).keys()
            yield from (
                (name, kind, Status.NODATA) for kind in kinds if not own & {kind, *_INSTEAD}
            )
        elif not any(f"*.{above}" in sets for above in parents(name)):
            yield name, "A", Status.NXDOMAIN


__all__ = ["denied"]
