"""What a whole zone has not: what it does not hold is what its servers deny.

A document that may be a part of a zone denies nothing; nor does one that is cut off.
Where names are delegated, the zone denies nothing of them and of what is below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from depgraph.names import ROOT, is_below, parents
from depgraph.observations import Status
from depgraph.readers.wildcards import existing, led_to
from depgraph.records.rdata import ADDRESS

if TYPE_CHECKING:
    from depgraph.readers.zones import RRset, Zone

_OF_A_NAME: Final = (*ADDRESS, "MX", "CAA", "TXT")  # keys and signatures may be the server's
_OF_A_SITE: Final = (*ADDRESS, "CAA")
_INSTEAD: Final = frozenset({"CNAME", "alias", "behind-front"})  # what is answered for other types
_ELSEWHERE: Final = frozenset({"NS", "DNAME"})  # who has them does not answer below by itself


def denied(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    """Give the names and types that a zone was seen to lack, and how its servers say so.

    Of a name with addresses of one family, that it has none of the other. Where the zone is whole,
    also what the apex, ``www``, a name that is asked about and those that records lead to have not.
    """
    # The root has no service, and its file may be another's.
    if zone.cut_off or zone.origin == ROOT:
        return
    found = dict.fromkeys(_other_families(zone))
    if zone.whole:
        found |= dict.fromkeys(_asked_for(zone))
    partial = {(owner, kind) for owner, kind, _, _ in zone.partial}
    for name, kind, status in found:
        instead = any((name, other) in partial for other in ("CNAME", "DNAME"))
        instead = instead or name in zone.odd
        if (name, kind) not in partial and not instead and zone.cut_above(name) is None:
            yield name, kind, status


def wanted(
    origin: str, sets: Mapping[str, Mapping[str, RRset]], asked: str = ""
) -> dict[str, tuple[str, ...]]:
    """Return what is asked for of the services of a zone: types by name, all of them in the zone.

    Parameters
    ----------
    origin
        The apex.
    sets
        By owner and type, without what is at or below a cut.
    asked
        A name that is asked about besides; empty if none is.
    """
    hosts = (host for host in sorted(led_to(sets)) if is_below(host, origin))
    found: dict[str, tuple[str, ...]] = dict.fromkeys(hosts, tuple(ADDRESS))
    for name in (asked, origin) if asked and is_below(asked, origin) else (origin,):
        found |= {f"www.{name}": _OF_A_SITE, name: _OF_A_NAME}
    return found


def unglued(zone: Zone, cut: str) -> list[str]:
    """List the servers of a delegation that lie in it, and of which a whole zone has no address."""
    bare = [
        host
        for host in zone.sets[cut]["NS"][1]
        if is_below(host, cut) and zone.sets.get(host, {}).keys().isdisjoint(ADDRESS)
    ]
    if not bare:  # as of nearly all: what does not read is not looked through for each delegation
        return bare
    unread = {owner for owner, kind, *_ in zone.partial if kind in ADDRESS}
    return [host for host in bare if host not in unread]


def _other_families(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    for name in sorted(zone.sets):
        found = zone.sets[name].keys()
        missing = [kind for kind in ADDRESS if kind not in found]
        if len(missing) == 1 and not found & _INSTEAD:
            yield name, missing[0], Status.NODATA


def _asked_for(zone: Zone) -> Iterator[tuple[str, str, Status]]:
    """Give what is asked of a service, and the zone has not."""
    origin, sets = zone.origin, zone.sets
    owners = {*sets, *zone.odd, *(owner for owner, *_ in zone.partial)}
    there = existing(owners, origin)
    elsewhere = {owner for owner in sets if "DNAME" in sets[owner]}
    elsewhere |= {owner for owner, kind, *_ in zone.partial if kind in _ELSEWHERE} - {origin}
    unread = {owner for owner, kind, *_ in zone.partial if kind == "NS"} - {origin}
    held = {name: own for name, own in sets.items() if zone.cut_above(name) is None}
    asked = zone.asked if zone.asked in there else ""  # else who asks may have mistyped it
    for name, kinds in wanted(origin, held, asked).items():
        up = parents(name)
        if name in unread or not elsewhere.isdisjoint(up[1:]):
            continue
        if name in there:
            own = sets.get(name, {}).keys()
            yield from (
                (name, kind, Status.NODATA) for kind in kinds if not own & {kind, *_INSTEAD}
            )
        elif not any(f"*.{one}" in owners for one in up):
            yield name, "A", Status.NXDOMAIN


__all__ = ["denied", "unglued", "wanted"]
