"""How a zone is delegated, and the ways by which that leads a resolver to its name servers.

A resolver that knows nothing yet starts at the addresses in the delegation (RFC 1034,
sections 4.2.1 and 5.3.3): where it carries glue for a server, that is what is needed, and what
the zone itself says of the server comes too late. Where it carries none, the server's own name
is looked up first. Everything here is values; :mod:`depgraph.graph.zones` draws them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from depgraph import names
from depgraph.addresses import all_inward
from depgraph.graph.addresses import Found, readable
from depgraph.graph.answers import FAMILIES, Answer, Index, view_of
from depgraph.graph.failure import Service, absence
from depgraph.graph.serials import behind
from depgraph.graph.text import host, version
from depgraph.vocabulary import Reason

OWN: Final = "own"
"""The word of a way by what the zone of a server's name says of it."""
_REGISTRIES: Final = frozenset({"rdap", "whois"})
"""Sources that say what a registry has on record, and not what its servers give."""
_FAMILY: Final[Mapping[int, str]] = {4: "A", 6: "AAAA"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a delegation to a server.

    Parameters
    ----------
    word
        What tells it from other ways to the same server: ``glue in com``, ``AAAA``, ``own``.
    addresses
        Where it leads; none where they are not known.
    looked_up
        Whether the name has to be found in its own zone first.
    unseen
        Whether it is glue that may be there, of a delegation that was not seen.
    nonexistent
        Why the server's name is settled to have no address.
    failure
        How the server failed to serve the zone at all of the addresses.
    failed
        Those of the addresses that failed while others did not, and how.
    """

    word: str
    addresses: Mapping[str, Found]
    looked_up: bool = False
    unseen: bool = False
    nonexistent: Reason | None = None
    failure: Reason | None = None
    failed: Mapping[str, Reason] = field(default_factory=dict)

    @property
    def inward(self) -> bool:
        """Whether the Internet reaches none of its addresses (RFC 6890)."""
        return all_inward(self.addresses)


@dataclass(frozen=True, slots=True)
class Delegation:
    """How a zone is delegated.

    Parameters
    ----------
    zone, above
        The zone, and the one above it.
    seen
        Whether the delegation itself was seen.
    whole
        Whether it was seen as a server sent it, so that glue that is missing was not sent.
    glue
        Of each server that has glue its addresses there.
    untold
        Servers whose glue the source leaves out, or has in a form that does not read.
    unglued
        Servers of which the zone above itself says that it has no glue.
    service
        How the servers answered for the zone.
    behind
        Servers whose copy of the zone is older than another's, and how old.
    """

    zone: str
    above: str
    seen: bool
    whole: bool
    glue: Mapping[str, Mapping[str, Found]]
    untold: frozenset[str]
    unglued: frozenset[str]
    service: Service
    behind: Mapping[str, Reason]

    @classmethod
    def of(cls, index: Index, zone: str, above: str, servers: Collection[str]) -> Self:
        """Read the delegation of a zone to some servers."""
        seen = [o for group in index.ask(zone, "NS", part="parent").records.values() for o in group]
        origins = {above, *(o.zone for o in seen)} - {"", names.ROOT}
        glue: dict[str, Mapping[str, Found]] = {}
        for name in servers:
            if any(names.is_below(name, origin) for origin in origins):
                found = _glue(index, name, origins, seen=bool(seen))
                if found:
                    glue[name] = found
        untold = frozenset(
            name
            for name in servers
            if name not in glue and any(answer.failed for answer in _glues(index, name))
        )
        unglued = frozenset(
            name
            for name in servers
            if name not in glue and all(answer.is_empty for answer in _glues(index, name))
        )
        whole = any(o.server for o in seen)
        service, older = Service.of(index, zone), behind(index, zone, servers)
        return cls(zone, above, bool(seen), whole, glue, untold, unglued, service, older)

    def ways(self, index: Index, name: str) -> list[Way]:
        """Return the ways by which the delegation leads to a server, as far as is known.

        Only a name within the delegating zone can be glued (RFC 9499 "glue records"). A name
        within the delegated zone itself must be; it counts as glued unless the delegation was
        seen to bring the addresses of others of its servers and not of this one, or was seen
        as it was sent or as its zone holds it, without any, and no address of the server is known. That its own zone
        denies a name says nothing of glue that nobody asked for: that is then a way of its own.
        """
        own = own_addresses(index, name)
        glue = self.glue.get(name)
        if glue:
            ways = [Way(f"glue in {self.above}", glue)]
            # In its own zone a server's other address is found only once the zone works.
            missing = {4, 6} - set(map(version, glue))
            missing -= {4, 6} if names.is_below(name, self.zone) else set()
            ways += [
                Way(_FAMILY[family], found, looked_up=True)
                for family in sorted(missing)
                if (found := {a: one for a, one in own.items() if version(a) == family})
            ]
        elif self._brings(name):
            known = own or glue_of(index, name)
            denied = not known and absence(index, name) is not None
            ways = [self._unseen_glue({}) if denied else Way(OWN, known)]
        else:
            gone = absence(index, name)
            ways = [Way(OWN, own or glue_of(index, name), looked_up=True, nonexistent=gone)]
            glued = names.is_below(name, self.above) and not _denied_by(index, name, self.above)
            if not self.seen and glued:
                ways.append(self._unseen_glue(ways[0].addresses))
        return [self._judged(index, name, way) for way in ways]

    def _brings(self, name: str) -> bool:
        told = self.whole or name in self.unglued
        unseen = name in self.untold or (not self.glue and not told)
        return unseen and names.is_below(name, self.zone)

    def _unseen_glue(self, addresses: Mapping[str, Found]) -> Way:
        return Way(f"glue in {self.above}", addresses, unseen=True)

    def _judged(self, index: Index, name: str, way: Way) -> Way:
        """Return a way with how the server served the zone there."""
        failure = self.service.failure(name, way.addresses)
        if failure is None and way.looked_up and not self.service.by.get(name):
            failure = alias_of(index, name)
        failed = {a: why for a in way.addresses if (why := self.service.failure("", [a]))}
        return replace(way, failure=failure, failed={} if failure is not None else failed)

    def lacks_glue(self, name: str, way: Way) -> bool:
        """Tell whether a server in the zone itself can be found by nobody, for want of glue."""
        sent = (self.whole or name in self.unglued) and name not in self.untold
        return sent and way.looked_up and names.is_below(name, self.zone)

    def denied(self, index: Index, name: str) -> Reason | None:
        """Return that the zone itself has no address of a server in it, where glue was not seen."""
        gone = absence(index, name) if names.is_below(name, self.zone) else None
        if gone is None:
            return None
        data = {key: gone.get(key) for key in ("name", "reason", "witness")}
        return Reason.of("nonexistent", **data, view="inner").seen_in(gone.seen)

    def difference(self, index: Index, name: str) -> Reason | None:
        """Return that the glue of a server is not what its own zone says of it.

        Compared is each family of addresses for which that zone was asked, unless there are too many.
        Where one of the two may have others, only what that one has and the other lacks counts.
        """
        glue, own = self.glue.get(name), own_addresses(index, name)
        if not glue or any(answer.beyond for answer in (*_glues(index, name), *_own(index, name))):
            return None
        for family, number in zip(FAMILIES, _FAMILY, strict=True):
            answer, glued = index.ask(name, family), index.ask(name, family, part="glue")
            given = {a for a in glue if version(a) == number}
            listed = {a for a in own if version(a) == number}
            lacked = () if answer.not_whole else given - listed
            added = () if glued.not_whole else listed - given
            if (answer.records or answer.is_empty) and (lacked or added):
                differs = Reason.of("glue-differs", names=", ".join(glue), target=", ".join(own))
                given_by = answer.records.values() or [answer.empty]
                return differs.seen_in(o for several in given_by for o in several)
        return None


def _denied_by(index: Index, name: str, zone: str) -> bool:
    """Tell whether a zone itself denies a name, so that it has no address of it as glue either.

    The SOA of a negative answer names the zone (RFC 2308, section 3), unless there is one between.
    """
    soas = (o for o in index.group(zone, "SOA") if o.section == "authority")
    given = {(o.server, o.server_name, o.time) for o in soas}
    if not any((o.server, o.server_name, o.time) in given for o in index.denials(name)):
        return False
    between = (one for one in names.parents(name) if names.is_below(one, zone) and one != zone)
    return not any(index.group(one, kind) for one in between for kind in ("NS", "SOA"))


def alias_of(index: Index, name: str) -> Reason | None:
    """Return that the name of a server is an alias, which no resolver has to follow there.

    RFC 2181, section 10.3.
    """
    return alias_reason(index, name, "server-alias")


def alias_reason(index: Index, name: str, code: str) -> Reason | None:
    """Return that a name is an alias, and whether the public is given it; None where it is none."""
    target = alias_target(index, name)
    if target is None:
        return None
    seen = [o for several in index.ask(name, "CNAME").records.values() for o in several]
    return Reason.of(code, target=target, view=view_of(seen)).seen_in(seen)


def alias_target(index: Index, name: str) -> str | None:
    """Return what a name is an alias of; None where it is none, or that does not read."""
    targets = (host(value) for value in index.ask(name, "CNAME").values)
    return next((target for target in targets if target is not None), None)


def own_addresses(index: Index, name: str) -> dict[str, Found]:
    """Return what the zone of a server's name says its addresses are."""
    return readable(_own(index, name))


def _own(index: Index, name: str) -> list[Answer]:
    return [index.ask(name, family) for family in FAMILIES]


def _glues(index: Index, name: str) -> list[Answer]:
    return [index.ask(name, family, part="glue") for family in FAMILIES]


def glue_of(index: Index, name: str) -> dict[str, Found]:
    """Return the addresses of a server in any delegation that was seen."""
    return readable(_glues(index, name))


def _glue(index: Index, name: str, origins: set[str], *, seen: bool) -> dict[str, Found]:
    """Return the glue of a server in the delegations by some zones.

    What a registry lists stands for a delegation that was not `seen`.
    """
    answers = []
    for family in FAMILIES:
        records = index.ask(name, family, part="glue").records
        kept = {
            value: tuple(
                o
                for o in group
                if (not o.zone or o.zone in origins) and not (seen and o.source in _REGISTRIES)
            )
            for value, group in records.items()
        }
        answers.append(Answer({value: group for value, group in kept.items() if group}))
    return readable(answers)
