"""Which server of which zone was asked, by its address, as a file of scanners tells altogether.

A collection of ours knows as whose authority it asks a server. dig, zdns, massdns, dnsx and RIPE Atlas
name its address alone. Where the same file tells which name server has that address, and of which
zone, the answer is that server's, and the failure too. What a resolver adds unasked (its additional
section) is enough for that: it says who was asked, and of the server itself nothing.

nslookup and ``host`` print no flags, and a recording that was written by hand may leave out the zone:
of these only how a server failed is its own, for whether an answer came with authority is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from depgraph.names import ROOT, is_below, parents
from depgraph.observations import Observation, Status
from depgraph.recording import Recording
from depgraph.records.lameness import SIDEWAYS, UNAUTHORISED, UPWARD
from depgraph.records.rdata import address, address_type

ASKING: Final = frozenset({"atlas", "dig", "dnsx", "massdns", "zdns"})
"""Sources that name the address of the server asked, and no zone."""
_CLAIMS: Final = frozenset({Status.ANSWER, Status.NODATA, Status.NXDOMAIN})  # what takes authority


def by_server(recordings: Sequence[Recording]) -> list[Recording]:
    """Return recordings of one service, with answers given to the server and the zone they are of.

    A server that refers upward, or to the servers of the zone that it is one of, is lame: what it
    refers to is no word of a parent.
    """
    if not any(_names_no_zone(one) for one in recordings):
        return list(recordings)
    servers = _Servers.of(recordings)
    return [servers.told(one) if _names_no_zone(one) else one for one in recordings]


def _names_no_zone(recording: Recording) -> bool:
    return recording.header.source in ASKING or any(map(_is_failure, recording))


def _is_failure(o: Observation) -> bool:
    """Tell whether a server did not settle a question, and of which zone it was asked is not said."""
    if o.source != "dns" or not o.server or o.zone:
        return False
    return o.status.asked and not o.status.conclusive and o.status is not Status.MALFORMED


@dataclass(frozen=True, slots=True)
class _Servers:
    """Name servers by zone, and host names by address, as any record tells."""

    listed: dict[str, set[str]]
    hosts: dict[str, set[str]]

    @classmethod
    def of(cls, recordings: Iterable[Recording]) -> Self:
        listed: dict[str, set[str]] = {}
        addresses: dict[str, set[str]] = {}
        for recording in recordings:
            for host, at in recording.named:
                addresses.setdefault(host, set()).add(at)
            for o in recording:
                if o.type == "NS":
                    listed.setdefault(o.subject, set()).update(o.values)
                elif address_type(next(iter(o.values), "")) == o.type:
                    addresses.setdefault(o.subject, set()).update(o.values)
        hosts: dict[str, set[str]] = {}
        for host in set().union(*listed.values()):
            for one in addresses.get(host, ()):
                hosts.setdefault(one, set()).add(host)
        return cls(listed, hosts)

    def told(self, recording: Recording) -> Recording:
        """Return a recording with what its servers said, or did not, as theirs."""
        if recording.header.source in ASKING:
            several = tuple(dict.fromkeys(self.of_message(recording)))
        else:
            several = tuple(map(self._failed, recording))
        if several == recording.observations:
            return recording
        return replace(recording, observations=several)

    def _failed(self, o: Observation) -> Observation:
        zone = self._zone(o, o.subject) if _is_failure(o) else ""
        return self._placed(o, zone) if zone else o

    def of_message(self, recording: Recording) -> Iterator[Observation]:
        """Yield the observations of a message, or of several about one name."""
        if not any(o.server or o.server_name for o in recording):  # no server is named: as it is
            yield from recording
            return
        referred = {
            (o.server, o.values[0])
            for o in recording
            if o.status is Status.REFERRAL and o.values and self._lame(o, self._zone(o, o.subject))
        }
        for o in recording:
            zone = self._zone(o, recording.subject)
            if o.section != "answer":
                if (o.server, o.subject) in referred and o.type in {"NS", "DS"}:
                    continue
                if o.section == "additional" and any(o.server == one for one, _ in referred):
                    continue
            if zone:
                yield self._placed(o, zone)
            else:
                yield replace(o, server_name="") if o.server_name else o

    def _names(self, o: Observation) -> set[str]:
        named = {o.server_name} if o.server_name else set()
        if self.hosts and (at := address(o.server)) is not None:
            named |= self.hosts.get(at, set())
        return named

    def _zone(self, o: Observation, question: str) -> str:
        """Return the deepest zone above a name that a server is listed for; empty if there is none.

        A name that an alias leads to is asked about as the question was that led to it.
        """
        names = self._names(o)
        if o.source != "dns" or not names:
            return ""
        for subject in (o.subject, question):
            for zone in (*parents(subject), ROOT):
                if names & self.listed.get(zone, set()):
                    return zone
        return ""

    def _lame(self, o: Observation, zone: str) -> str:
        """Return why a referral of a server of a zone leads nowhere; empty if it leads down."""
        if not zone or not o.values or (o.values[0] != zone and is_below(o.values[0], zone)):
            return ""
        return SIDEWAYS if o.values[0] == zone else UPWARD

    def _placed(self, o: Observation, zone: str) -> Observation:
        names = self._names(o) & self.listed[zone]
        one = replace(o, zone=zone, server_name=names.pop() if len(names) == 1 else o.server_name)
        if o.status is Status.REFERRAL and (note := self._lame(o, zone)):
            return replace(one, status=Status.LAME, values=(), note=note)
        if o.section == "answer" and o.status in _CLAIMS and "AA" not in o.flags:
            return replace(one, note="; ".join(filter(None, (o.note, UNAUTHORISED))))
        return one
