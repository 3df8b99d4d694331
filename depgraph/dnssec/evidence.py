"""What a recording holds for validation: record sets, their signatures, proofs of absence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import dns.name
import dns.rrset

from depgraph.errors import RecordingError
from depgraph.observations import Observation, Status
from depgraph.records.rdata import name_of
from depgraph.records.reading import read_rdata
from depgraph.vocabulary import SourceKind

_UNSIGNED: Final = frozenset({"DS", "NSEC", "NSEC3"})
"""Types that are signed where they stand beside an answer; a delegation and glue are not."""
_EMPTY: Final = frozenset({Status.NODATA, Status.NXDOMAIN})


@dataclass(frozen=True)
class RecordSet:
    """A record set as it was answered.

    Parameters
    ----------
    name, kind
        Owner and type.
    values
        Its data, as observations write them.
    time
        When it was last seen so.
    """

    name: str
    kind: str
    values: tuple[str, ...]
    time: datetime

    @cached_property
    def rrset(self) -> dns.rrset.RRset | None:
        """The record set for dnspython; None if a value does not read."""
        try:
            rdatas = [read_rdata(self.kind, value) for value in self.values]
        except RecordingError:
            return None
        owner = dns.name.from_text(self.name, dns.name.root)
        return dns.rrset.from_rdata_list(owner, 0, rdatas)

    @property
    def records(self) -> list[Any]:
        """The data as dnspython holds them."""
        return list(self.rrset or ())


class Evidence:
    """The observations of name servers and resolvers, by owner and type.

    Parameters
    ----------
    observations
        In any order; those of other sources are left aside.
    """

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._sets: dict[tuple[str, str], dict[tuple[str, ...], datetime]] = defaultdict(dict)
        self._signatures: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._absent: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        self._failed: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        self._read: dict[tuple[str, str], list[Any]] = {}
        self._delegated: set[str] = set()
        self._denials: list[tuple[str, str]] = []
        for o in observations:
            if o.source == SourceKind.DNS:
                self._take(o)

    def _take(self, o: Observation) -> None:
        key = (o.subject, o.type)
        if o.section == "additional":
            return
        if o.status is Status.ANSWER and o.values:
            if o.type == "RRSIG":
                for value in o.values:
                    self._signatures[o.subject, value.partition(" ")[0]][value] = None
            elif o.section == "answer" or o.type in _UNSIGNED:
                seen = self._sets[key]
                if o.type in {"NSEC", "NSEC3"} and o.values not in seen:
                    self._denials.append(key)
                seen[o.values] = max(o.time, seen.get(o.values, o.time))
            elif o.type == "NS":
                self._delegated.add(o.subject)
        elif o.status in _EMPTY:
            self._absent[key].append(o)
        elif o.status is not Status.ANSWER and o.status is not Status.REFERRAL:
            self._failed[key].append(o)

    def sets(self, name: str, kind: str) -> list[RecordSet]:
        """List the different record sets that were answered for a name and type."""
        found = self._sets.get((name, kind), {})
        return [RecordSet(name, kind, values, found[values]) for values in sorted(found)]

    def signatures(self, name: str, kind: str) -> list[Any]:
        """List the RRSIG records over a name and type, those that read."""
        if (name, kind) not in self._read:
            found = self._read[name, kind] = []
            for value in sorted(self._signatures.get((name, kind), ())):
                with suppress(RecordingError):
                    found.append(read_rdata("RRSIG", value))
        return self._read[name, kind]

    def absent(self, name: str, kind: str) -> list[Observation]:
        """List the answers that there is no such record, or no such name."""
        return self._absent.get((name, kind), [])

    def failed(self, name: str, kind: str) -> list[Observation]:
        """List the questions that were not settled."""
        return self._failed.get((name, kind), [])

    def is_cut(self, name: str) -> bool:
        """Tell whether a zone was seen to begin at a name."""
        return name in self._delegated or any(
            (name, kind) in self._sets for kind in ("NS", "SOA", "DNSKEY")
        )

    def denials(self, kind: str) -> list[RecordSet]:
        """List the NSEC or NSEC3 records of all zones."""
        return [
            one
            for name, k in dict.fromkeys(self._denials)
            if k == kind
            for one in self.sets(name, k)
        ]

    def signers(self, name: str, kind: str) -> set[str]:
        """Return the zones that signed a record set, as its signatures say."""
        return {name_of(one.signer) for one in self.signatures(name, kind)}
