"""What the wildcards of a zone answer for names that have no records of their own (RFC 4592).

A file of a zone has the wildcard; who asks gets its records under the name that was asked about. Below
the owner of a DNAME he gets an alias (RFC 6672).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from depgraph.names import is_below, parents
from depgraph.records.rdata import ADDRESS, last_word

if TYPE_CHECKING:
    from depgraph.readers.zones import RRset

_KINDS: Final = (*ADDRESS, "CNAME", "HTTPS", "alias")
_LEADING: Final = ("NS", "MX", "CNAME", "alias")


def covered(
    origin: str,
    sets: Mapping[str, Mapping[str, RRset]],
    *,
    cuts: Collection[str] = (),
    unsure: Collection[str] = (),
    asked: str = "",
) -> dict[str, dict[str, RRset]]:
    """Give the records of names that only a wildcard has: `www`, and whatever records lead to.

    Only of a zone that is there wholly: in a part of one a name may be missing that has its own.

    Parameters
    ----------
    origin
        The apex.
    sets
        By owner and type.
    cuts
        Delegations, below which the zone has nothing to say.
    unsure
        Owners of which the file does not tell all that is answered. They are left out, and so are
        signed wildcards: the signature shows of which wildcard an answer is, and is not made up.
    asked
        A name that is asked about besides, of every type.

    Returns
    -------
    dict
        By name and type.
    """
    wild = {name for name in sets if name.startswith("*.")}
    wild -= {*unsure, *(name for name in wild if "RRSIG" in sets[name])}
    renamed = {name for name in sets if "DNAME" in sets[name]} if asked else set()
    if not (wild or renamed):
        return {}
    there = existing((*sets, *unsure), origin)
    delegated = frozenset(cuts)
    found: dict[str, dict[str, RRset]] = {}
    for name in {f"www.{origin}", *led_to(sets), *((asked, f"www.{asked}") if asked else ())}:
        if name in there or not (above := _up_to(name, origin)):
            continue
        if not delegated.isdisjoint(above):
            continue
        closest = next(one for one in above if one in there)
        if closest in renamed:
            ttl, (target, *_) = sets[closest]["DNAME"]
            found[name] = {"CNAME": (ttl, (f"{name.removesuffix(closest)}{target}",))}
        elif (source := f"*.{closest}") in wild:
            kinds = sets[source] if name == asked else _KINDS
            found[name] = {kind: sets[source][kind] for kind in kinds if kind in sets[source]}
    return {name: own for name, own in found.items() if own}


def existing(owners: Iterable[str], origin: str) -> set[str]:
    """Return which names there are in a zone: those that have something, and those above them."""
    there: set[str] = set()
    for name in owners:
        if "\\" not in name and name.partition(".")[2] in there:  # nearly all lie side by side
            there.add(name)
            continue
        for above in parents(name):
            if above in there or not is_below(above, origin):
                break  # and so those above it
            there.add(above)
    return there


def _up_to(name: str, origin: str) -> list[str]:
    """List a name and those above it as far as the apex; none if it lies outside of the zone."""
    if not is_below(name, origin):
        return []
    return [one for one in parents(name) if len(one) >= len(origin)]


def led_to(sets: Mapping[str, Mapping[str, RRset]]) -> Iterator[str]:
    """Give the names that records of a zone lead to."""
    for kinds in sets.values():
        for kind, (_, values) in kinds.items():
            if kind in _LEADING:
                yield from map(last_word, values)


__all__ = ["covered", "existing", "led_to"]
