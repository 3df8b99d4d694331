"""From the records of a DNS answer, as a mass scanner wrote them, to observations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.names import ROOT, canonical, is_below, parents, registered_domain
from depgraph.observations import ALIAS_UNSAID, Observation, Status
from depgraph.readers.days import Interval, needed
from depgraph.readers.extent import ANSWERS, remarks
from depgraph.readers.lines import BadLine, among_keys
from depgraph.recording import Header, Recording
from depgraph.records.lameness import lameness
from depgraph.records.rdata import ADDRESS, address, host, synthesised
from depgraph.records.reading import from_text
from depgraph.text_safety import one_line, quote

_RCODES = {
    "NXDOMAIN": Status.NXDOMAIN,
    "SERVFAIL": Status.SERVFAIL,
    "REFUSED": Status.REFUSED,
    "FORMERR": Status.FORMERR,
    "NOTIMP": Status.NOTIMP,
    "NOTIMPL": Status.NOTIMP,
    "NOT_IMPL": Status.NOTIMP,
    "NO_RECORD": Status.NODATA,
    "NO_ANSWER": Status.NODATA,
    "TIMEOUT": Status.TIMEOUT,
    "ITERATIVE_TIMEOUT": Status.TIMEOUT,
    "UNREACHABLE": Status.UNREACHABLE,
    "TRUNCATED": Status.TRUNCATED,
    "AUTHFAIL": Status.LAME,
}
_KEPT = ("AA", "AD", "CD", "TC")
_PORT = re.compile(r"\[?(.*?)\]?:53")
_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One record: owner, type, TTL in seconds, and its value or why it does not read."""

    owner: str
    kind: str
    ttl: int | None
    value: str = ""
    fault: str = ""

    def unread(self, number: int) -> BadLine | None:
        """Return the line it stands in as one that does not read; None where it does."""
        return BadLine(number, self.fault) if self.fault else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of one server.

    Parameters
    ----------
    status
        As the scanner writes it: ``NOERROR``, ``NXDOMAIN``, ``TIMEOUT`` ...
    zone
        As whose authority the server was asked; empty where that is not known.
    server_name
        The name by which whoever asked called the server.
    form, stated
        A word of :data:`depgraph.readers.extent.ANSWERS`, which says what such a tool leaves unsaid;
        whether it is stated here that each set has all its records.
    follows
        Whether whoever asked follows aliases without telling them.
    flags
        Of the header, in capitals: AA, AD, RA, RD, TC; None in forms that leave it out.
    additionals
        Of the additional section; None where the form, or who made the file, left it out.
    all_additionals
        Whether these are all that were sent.
    """

    name: str
    kind: str
    status: str
    time: datetime
    until: datetime | None = None
    server: str = ""
    server_name: str = ""
    zone: str = ""
    form: str = ""
    stated: bool = False
    follows: bool = False
    flags: tuple[str, ...] | None = None
    answers: tuple[Row, ...] = ()
    authorities: tuple[Row, ...] = ()
    additionals: tuple[Row, ...] | None = None
    all_additionals: bool = True
    note: str = ""
    citation: str = ""

    def observations(self) -> Iterator[Observation]:
        """Give what the answer says: the primary observation, alias chain, delegation, glue."""
        if self.status not in {"NOERROR", "NXDOMAIN"}:
            status = _RCODES.get(self.status, Status.ERROR)
            note = self.note if status is not Status.ERROR else f"{self.status} {self.note}".strip()
            yield self._observe(self.name, self.kind, status, note=note)
        elif "TC" in self._header:  # the scanner gives the answer over TCP instead, if it got one
            yield self._observe(self.name, self.kind, Status.TRUNCATED, note=self.note)
        elif (child := self._delegated()) is not None:
            # Where the zone that refers is not known it is one above the child.
            zone = self.zone or parents(child)[1]
            yield from (replace(o, zone=zone) for o in self._referral(child))
        elif fault := self._lameness():
            yield self._observe(self.name, self.kind, Status.LAME, note=fault)
        else:
            yield from self._answer()

    def _referral(self, child: str) -> Iterator[Observation]:
        """Give a delegation, its glue, and that the server referred to it."""
        yield from self._sets(self.authorities, "authority", owners={child}, kinds={"NS", "DS"})
        hosts = {row.value for row in self.authorities if row.kind == "NS"}
        glue = self.additionals or ()
        yield from self._sets(glue, "additional", owners=hosts, kinds=set(ADDRESS))
        if self.additionals is None or not self.all_additionals:
            needed = (host for host in sorted(hosts) if is_below(host, child))
            shown = {(row.owner, row.kind) for row in glue}
            yield from (
                self._observe(host, kind, Status.NOT_FOUND_IN_SOURCES, section="additional")
                for host in needed
                for kind in ADDRESS
                if (host, kind) not in shown
            )
        yield self._observe(self.name, self.kind, Status.REFERRAL, values=(child,))

    def _answer(self) -> Iterator[Observation]:
        """Give the records of an answer, the aliases on the way, and where it ends without any."""
        name = self.name
        broken = {(row.owner, row.kind): row.fault for row in self.answers if row.fault}
        fault = next(iter(broken.values()), "")
        yield from self._sets(self.answers, "answer", note=self.note)
        # A resolver names the zone of a negative answer (RFC 2308). The NS it adds elsewhere
        # are from its cache, so they are not what the parent says.
        yield from self._sets(self.authorities, "authority", kinds={"SOA"})
        if (own := self._own_zone()) and (own, "NS") not in {
            (r.owner, r.kind) for r in self.answers
        }:
            yield from self._sets(self.authorities, "answer", owners={own}, kinds={"NS"})
        yield from self._sets(self._added(), "answer")
        owned = {(row.owner, row.kind) for row in self.answers if not row.fault}
        if (name, self.kind) in owned:
            return
        chain, circle = self._aliases(owned)
        last = chain[-1]
        empty = Status.NXDOMAIN if self.status == "NXDOMAIN" else Status.NODATA
        if fault:
            empty = Status.MALFORMED
        if len(chain) > 1:
            yield self._observe(name, self.kind, Status.ANSWER, note="alias: see CNAME")
        if circle:
            yield self._observe(last, self.kind, Status.LOOP, note=circle)
        elif {(last, self.kind)}.isdisjoint(owned | broken.keys()) and (
            fault or self._speaks_for(last)
        ):
            untold = ALIAS_UNSAID if empty is Status.NXDOMAIN and self._may_be_alias(last) else ""
            note = "; ".join(filter(None, (fault or self.note, untold)))
            yield self._observe(last, self.kind, empty, note=note)

    def _may_be_alias(self, name: str) -> bool:
        """Tell whether a name that is denied may be there, and be an alias of one that is not.

        The name of a zone is none (RFC 1034, section 3.6.2).
        """
        untold = self.follows or (bool(self.form) and not ANSWERS[self.form].aliases)
        return untold and registered_domain(name) != name

    def _own_zone(self) -> str:
        """Name the zone whose servers stand beside an answer with authority (RFC 2181, 5.4.1).

        AA is of the name asked (RFC 1035, 4.1.1): what stands there of a zone that an alias leads to
        may be a referral. So may NS alone, of servers that set AA in each reply. A registry's
        zone, or the root's, is no word of a server of what is registered there.
        """
        if "AA" not in self._header:
            return ""
        negative = {row.owner for row in self.authorities if row.kind == "SOA"}
        if not negative and all(row.owner != self.name for row in self.answers):
            return ""
        top = registered_domain(self.name)
        for row in self.authorities:
            zone = row.owner
            stated = zone in (negative or {zone}) and zone == (self.zone or zone)
            if row.kind == "NS" and is_below(self.name, zone) and stated:
                return zone if top is None or is_below(zone, top) else ""
        return ""

    def _added(self) -> Iterator[Row]:
        """Give the addresses that a server of a zone adds of names in that zone, unasked.

        Beside a referral they are glue; here the zone's own. The NS or SOA records of an answer with
        authority say which zone it is. What others add may be from a cache.
        """
        if "AA" not in self._header or not self.all_additionals:
            return
        asked = {(row.owner, row.kind) for row in self.answers} | {(self.name, self.kind)}
        apexes = {row.owner for row in self.answers if row.kind in {"NS", "SOA"}}
        apexes |= {row.owner for row in self.authorities if row.kind == "SOA"} | {self._own_zone()}
        for row in self.additionals or ():
            new = row.kind in ADDRESS and (row.owner, row.kind) not in asked
            if new and any(is_below(row.owner, apex) for apex in apexes):
                yield row

    def named(self) -> Iterator[tuple[str, str]]:
        """Give the hosts with addresses that the additional section has: see :class:`Recording`."""
        return named(self.additionals or ())

    def records(self) -> Iterator[Observation]:
        """Give the records alone, where they are no answer to a question about one name."""
        yield from self._sets(self.answers, "answer", note=self.note)

    def _aliases(self, owned: set[tuple[str, str]]) -> tuple[list[str], str]:
        """List the names on the way along the aliases, and say if they lead in a circle."""
        targets = {
            row.owner: row.value for row in self.answers if row.kind == "CNAME" and row.value
        }
        chain = [self.name]
        while chain[-1] in targets and (chain[-1], self.kind) not in owned:
            target = targets[chain[-1]]
            chain.append(target)
            if target in chain[:-1]:
                return chain, f"the aliases {' -> '.join(chain)} lead in a circle"[:_LONGEST_NOTE]
        return chain, ""

    @property
    def _header(self) -> tuple[str, ...]:
        return self.flags or ()

    @property
    def _recursed(self) -> bool:
        """Whether a resolver answered, which was asked to find out: RA and RD (RFC 1035, 4.1.1)."""
        return self.flags is None or {"RA", "RD"} <= set(self._header)

    def _delegated(self) -> str | None:
        """Name the child zone, if the server refers to it instead of answering (RFC 2308, 2.2).

        Who offers recursion refers to what it has in its cache, which is no parent's word; and
        above the root there is nobody to refer to it.
        """
        if self.answers or self.status != "NOERROR" or "AA" in self._header:
            return None
        if any(row.kind == "SOA" for row in self.authorities):
            return None
        if not self.zone and "RA" in self._header:
            return None
        for row in self.authorities:
            below = is_below(row.owner, self.zone or ROOT) and row.owner != (self.zone or ROOT)
            if row.kind == "NS" and below and is_below(self.name, row.owner):
                return row.owner
        return None

    def _lameness(self) -> str:
        """Return why this is neither an answer nor a negative one (RFC 2308, 2.2); empty if it is."""
        if "AA" in self._header or (self.flags is None and not self.authorities):
            return ""
        sets = {(row.owner, row.kind) for row in self.authorities}
        kinds = {kind for _, kind in sets}
        refers = "NS" in kinds and "SOA" not in kinds
        unsaid = self.flags is None or (self._recursed and not self.zone)
        if unsaid and not refers:
            return ""
        ways = {(above, "DNAME") for above in parents(self.name)[1:]}
        ways |= {(self.name, self.kind), (self.name, "CNAME")}
        owners = {(row.owner, row.kind) for row in self.answers}
        if ways & owners or (self.kind == "ANY" and owners):
            return ""
        if not self.zone and any(
            kind == "SOA" and is_below(self.name, owner) for owner, kind in sets
        ):
            return ""
        return lameness(sets, self.zone or self.name)

    def _speaks_for(self, name: str) -> bool:
        """Tell whether an empty answer is one about a name: the one asked, or that aliases lead to.

        An authority follows aliases within what it has; of others it says nothing (RFC 1034,
        section 4.3.2). The SOA of a negative answer names the zone that it is about.
        """
        if name == self.name or (self._recursed and not self.zone):
            return True
        if self.zone and self.status == "NXDOMAIN" and is_below(name, self.zone):
            return True
        return any(row.kind == "SOA" and is_below(name, row.owner) for row in self.authorities)

    def _sets(
        self,
        rows: Iterable[Row],
        section: str,
        *,
        owners: set[str] | None = None,
        kinds: set[str] | None = None,
        note: str = "",
    ) -> Iterator[Observation]:
        """Give the sets of a section; beside one that a bad record shortens, that it did."""
        sets: dict[tuple[str, str], list[Row]] = {}
        broken: dict[tuple[str, str, str], None] = {}
        for row in rows:
            wanted = (owners is None or row.owner in owners) and (
                kinds is None or row.kind in kinds
            )
            if wanted and row.fault:
                broken[row.owner, row.kind, row.fault] = None
            elif wanted:
                sets.setdefault((row.owner, row.kind), []).append(row)
        for (owner, kind), group in sets.items():
            ttls = [row.ttl for row in group if row.ttl is not None]
            yield self._observe(
                owner,
                kind,
                Status.ANSWER,
                values=tuple(dict.fromkeys(row.value for row in group)),
                ttl=min(ttls, default=None),
                section=section,
                note=note,
            )
        for owner, kind, fault in broken:
            yield self._observe(owner, kind, Status.MALFORMED, section=section, note=fault)

    def _observe(
        self,
        subject: str,
        kind: str,
        status: Status,
        *,
        section: str = "answer",
        note: str = "",
        **more: Any,
    ) -> Observation:
        kept = _KEPT if section == "answer" else ()  # to another section no flag applies
        # Who is asked as the authority of a zone is asked for the public.
        unsaid = (
            remarks(self.form, stated=self.stated, server=self.server or self.server_name)
            if self.form and not self.zone
            else ""
        )
        return Observation(
            subject=subject,
            type=kind,
            status=status,
            section=section,
            flags=tuple(flag for flag in kept if flag in self._header),
            zone=self.zone,
            server=self.server,
            server_name=self.server_name,
            time=self.time,
            until=self.until,
            source="dns",
            citation=self.citation,
            note="; ".join(filter(None, (note, unsaid))),
            **more,
        )


def named(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Give the owner and the value of each record of an address."""
    return ((row.owner, row.value) for row in rows if row.kind in ADDRESS and not row.fault)


_HOSTS = frozenset({"NS", "MX", "CNAME", "SRV"})
_MOST_KEYS = 8
_ADDRESSES = frozenset({"A", "AAAA", "behind-front"})
_NETWORKS = frozenset({"origin", "upstream"})
_LEADING = frozenset({"NS", "CNAME", "DNAME", "MX", "SRV", "HTTPS", "alias", "behind-front"})


def led_to(o: Observation) -> Iterator[str]:
    """Give what an answer leads to: hosts of its records and their zones, addresses, AS.

    >>> from datetime import UTC
    >>> list(led_to(Observation(subject="a.example", type="MX", status=Status.ANSWER,
    ...     values=("10 mx.mail.example.org",), time=datetime(2026, 1, 1, tzinfo=UTC))))
    ['mx.mail.example.org', 'mail.example.org', 'example.org']
    """
    if o.type in _ADDRESSES:
        yield from o.values
    if o.type in _NETWORKS:
        yield from (f"as{number}" for number in o.fields().get("asn", ()))
    if o.type not in _LEADING:
        return
    for value in o.values:
        words = value[:1024].split()
        place = 1 if o.type == "HTTPS" else -1
        target = host(words[place]) if len(words) > 1 or (words and place < 0) else None
        top = registered_domain(target) if target else None
        for name in parents(target) if target else ():
            yield name
            if name == top:
                break


def server_of(text: str) -> str:
    """Give the address of a server, without the usual port.

    >>> server_of("8.8.8.8:53"), server_of("[2001:db8::1]:53"), server_of("127.0.0.1:5353")
    ('8.8.8.8', '2001:db8::1', '127.0.0.1:5353')
    """
    match = _PORT.fullmatch(text)
    return match[1] if match else text


def row_of(owner: str, kind: str, ttl: int | None, text: str) -> Row:
    """Read one record; where its data are none of its type the row says why.

    >>> row_of("a.example", "NS", 60, "192.0.2.9").fault
    "expected a host name for NS, found the address '192.0.2.9'"
    """
    if not text.strip():
        return Row(owner, kind, ttl, fault=f"expected the data of {one_line(kind)}, found none")
    try:
        value = from_text(kind, text)
    except RecordingError as error:
        return Row(owner, kind, ttl, fault=str(error))
    if kind == "AAAA" and (behind := synthesised(value)):
        fault = f"expected an address of the name, found {value}, which a DNS64 makes of {behind} (RFC 6052)"
        return Row(owner, kind, ttl, fault=fault)
    if kind in _HOSTS and address(value.rpartition(" ")[2]) is not None:
        return Row(
            owner,
            kind,
            ttl,
            fault=f"expected a host name for {kind}, found the address {quote(text)}",
        )
    if kind in _HOSTS and ".." in text:
        return Row(owner, kind, ttl, fault=f"expected a host name for {kind}, found {quote(text)}")
    return Row(owner, kind, ttl, value)


ABSENT: Final = ("A", "AAAA", "NS", "MX")
"""Types that a name is said not to have where it does not exist (RFC 8020)."""
MOST_ROWS: Final = 20_000
"""Records of one name, or one reply, past which another recording begins."""


def recording_of(
    name: str,
    ends: Iterable[tuple[str, str]],
    rows: tuple[Row, ...],
    undated: Interval | None,
    *,
    form: str,
    source: str,
    server: str = "",
    server_name: str = "",
    stated: bool = False,
) -> Recording:
    """Make a recording of a form that does not say when it asked.

    Parameters
    ----------
    ends
        Type and status of each question about the name.
    rows
        The records of the answer to each.
    undated
        First and last moment at which it can have been.
    form
        A word of :data:`depgraph.readers.extent.ANSWERS`.
    source
        What made the file.
    server, server_name
        Who answered: address, and what that is called.
    stated
        Whether it is stated that each set has all its records.

    Raises
    ------
    RecordingError
        Without `undated`.
    """
    time, until = needed(undated)
    about = partial(
        Answer,
        name=name,
        form=form,
        stated=stated,
        time=time,
        until=until,
        server=server,
        answers=rows,
    )
    observations = (
        o for kind, status in ends for o in about(kind=kind, status=status).observations()
    )
    header = Header(subject=name, since=time.date(), until=until.date(), source=source)
    called = ((server_name, server),) if server_name and server else ()
    return Recording(header, tuple(dict.fromkeys(observations)), named=called)


def unread(row: Mapping[str, Any], known: Collection[str], source: str) -> tuple[str, ...]:
    """Say which keys of a line are none that its form is known to have."""
    others = [key for key in row if key not in known]
    if not others:
        return ()
    shown = ", ".join(quote(key) for key in others[:_MOST_KEYS])
    more = f" and {len(others) - _MOST_KEYS} more" if len(others) > _MOST_KEYS else ""
    return (f"keys that are not read, in the form of {source}: {shown}{more}",)


def text_under(row: dict[str, Any], key: str, default: str | None = None) -> str:
    """Give the text under a key; RecordingError if it is missing or none."""
    value = row.get(key, default)
    if not isinstance(value, str):
        found = quote(value) if key in row else among_keys(row)
        raise RecordingError(f"expected text under {key!r}, found {found}")
    return value


def name_under(row: dict[str, Any], key: str = "name") -> str:
    """Give the canonical name under a key."""
    return canonical(text_under(row, key).strip())


def objects_under(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the list of objects under a key; an empty list if there is none."""
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RecordingError(f"expected a list of objects under {key!r}, found {quote(value)}")
    return value


def ttl_under(row: dict[str, Any]) -> int | None:
    """Give the TTL in seconds, None where the scanner left it out."""
    ttl = row.get("ttl")
    return ttl if type(ttl) is int and 0 <= ttl < 2**32 else None
