"""Iterative resolution: from the root down, by delegations and glue (RFC 1034, 5.3.3).

In-flight queries are shared; a query never awaits a look-up, so cyclic zones cannot deadlock.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from depgraph.collect.budget import Account, Budget
from depgraph.collect.client import Client, Query, server_id
from depgraph.collect.ledger import Ledger
from depgraph.collect.pointing import Pointing
from depgraph.collect.wire import Reply
from depgraph.limits import note_of
from depgraph.names import ROOT, is_below, parents, registered_domain
from depgraph.observations import Observation, Status
from depgraph.vocabulary import Limit

log = logging.getLogger(__name__)

Report = Callable[[Observation], None]

_SILENT = frozenset({Status.TIMEOUT, Status.UNREACHABLE})
_ZONE_CUTS = 24  # passed on the way to one name
_FAMILIES = ("A", "AAAA")
_ADDRESSES = 4  # of one server asked about one thing
_SECOND = 2  # servers tried for a second answer
_STACK = 4  # look-ups of a server's address inside look-ups of a server's address


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone cut we know: its servers as the parent names them, and how we know.

    Parameters
    ----------
    name
        The apex; empty for a recursive resolver, which answers for all zones.
    hosts
        Host names of its servers.
    glue
        Addresses of the servers that came with the delegation.
    delegation
        The observations to report to each look-up that passes here.
    port
        Port of the servers.
    """

    name: str
    hosts: tuple[str, ...]
    glue: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delegation: tuple[Observation, ...] = ()
    port: int = 53


def _contradicts(negative: Observation, reply: Reply) -> bool:
    """Tell whether a server leads to a name of which another says that it does not exist."""
    exists = reply.primary.status in {Status.ANSWER, Status.REFERRAL}
    return negative.status is Status.NXDOMAIN and exists


def _ignore(observation: Observation) -> None:
    """No-op callback."""


@dataclass(frozen=True, slots=True)
class _Lookup:
    """One look-up.

    Parameters
    ----------
    name, kind
        What is looked up: a name and a DNS type.
    report
        Takes each observation on the way, the moment it is known.
    stack
        Servers whose addresses are being looked up, of which this look-up is a part.
    reported
        Zones whose delegation was reported.
    """

    name: str
    kind: str
    report: Report = _ignore
    stack: tuple[str, ...] = ()
    reported: set[str] = field(default_factory=set)

    @property
    def target(self) -> str:
        """The name towards which zone cuts are passed: of a DS record, that of the parent."""
        return _parent(self.name) if self.kind == "DS" else self.name


class Resolver:
    """Looks names up, from the root or at a recursive resolver, and records each answer.

    Parameters
    ----------
    client
        Sends the queries.
    ledger
        Where answers are recorded, and found again.
    budget, account
        The limits, and what has been spent of them.
    pointing
        How many hosts of others zones may have us look up.
    roots
        Root servers: host name -> addresses.
    recursive
        A recursive resolver to be asked instead of the root; None iterates.
    fallback
        Returns the recursive resolvers to go on with where no root server can be reached.
    """

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        *,
        budget: Budget,
        account: Account,
        pointing: Pointing,
        roots: dict[str, tuple[str, ...]],
        recursive: Zone | None = None,
        fallback: Callable[[], Zone | None] = lambda: None,
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._budget = budget
        self._account = account
        self._pointing = pointing
        self._zones = {ROOT: Zone(ROOT, tuple(roots), dict(roots))}
        self._recursive = recursive
        self._fallback = fallback
        self._queries: dict[tuple[str, str, str, bool], asyncio.Task[Reply]] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}  # as the hosts' own zones say
        self._glue: dict[str, tuple[str, ...]] = {}  # as any delegation says
        self._resolved: set[str] = set()  # hosts whose own addresses were looked up to the end
        self._left_out: set[str] = set()  # zones of which servers were too many to be looked up
        self._failures: Counter[str] = Counter()
        self._recursing: set[tuple[str, str]] = set()  # (zone, server) that offer recursion
        self._root_reached = False
        self._no_cut: set[tuple[str, str]] = set()
        self._background: set[asyncio.Task[Any]] = set()

    @property
    def recursive(self) -> bool:
        """Whether a recursive resolver is asked."""
        return self._recursive is not None

    async def settle(self) -> None:
        """Wait for the queries that nobody waits for any more (late and dead servers)."""
        while pending := [t for t in (*self._background, *self._queries.values()) if not t.done()]:
            await asyncio.wait(pending)

    # -- look-ups -------------------------------------------------------------------------

    async def lookup(
        self, name: str, kind: str, *, report: Report = _ignore, stack: tuple[str, ...] = ()
    ) -> Reply:
        """Look a name up.

        Parameters
        ----------
        name, kind
            A canonical name and a DNS type.
        report
            Takes each observation on the way, the moment it is known.
        stack
            Servers whose addresses are being looked up, of which this look-up is a part.

        Returns
        -------
        Reply
            The answer, or how the look-up ended without one.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
        lookup = _Lookup(name, kind, report, stack)
        for _ in range(_ZONE_CUTS):
            if self._recursive is not None:
                reply = await self._at_zone(self._recursive, name, kind, stack)
                return self._report(await self._unchecked(reply), report)
            zone = self._deepest_zone(lookup.target)
            self._report_delegations(zone, lookup)
            cut = self._expected_cut(zone.name, lookup.target)
            reply = await self._at_zone(zone, *((cut, "NS") if cut else (name, kind)), stack)
            if self._recursive is not None and not reply.useful:
                continue  # meanwhile it was found that servers cannot be reached
            final = self._step(lookup, zone, cut, reply)
            if final is not None:
                return final
        zone = self._deepest_zone(lookup.target)
        note = note_of(Limit.CUTS, _ZONE_CUTS)
        return self._without_answer(lookup, zone, Status.NOT_ASKED_DEPTH, note)

    async def _unchecked(self, reply: Reply) -> Reply:
        """Ask a resolver that failed again, not to validate: what then comes is bogus to it."""
        failed = reply.primary
        if failed.status is not Status.SERVFAIL or self._recursive is None:
            return reply
        servers = self._rank(self._recursive, failed.subject, failed.type)
        query = next(one for one in servers if server_id(one) == failed.server)
        again = await self._ask(replace(query, unchecked=True))
        return again if again.useful else reply

    def _report_delegations(self, zone: Zone, lookup: _Lookup) -> None:
        """Report the delegations that lead to a zone, each once in a look-up."""
        for ancestor in self._zones_down_to(zone.name):
            if ancestor.name not in lookup.reported:
                lookup.reported.add(ancestor.name)
                for observation in ancestor.delegation:
                    lookup.report(observation)

    def _step(self, lookup: _Lookup, zone: Zone, cut: str | None, reply: Reply) -> Reply | None:
        """Take in what a zone's servers replied.

        Parameters
        ----------
        cut
            The name whose NS set was asked for, to find a zone cut; None if the question
            itself was asked.

        Returns
        -------
        Reply or None
            The end of the look-up; None if it goes on.
        """
        if reply.primary.status is Status.REFERRAL:
            if self._learn_referral(zone, reply, lookup.target):
                return None
            note = f"refers to {reply.primary.values[0]} again"
            return self._without_answer(lookup, zone, Status.LOOP, note)
        if cut is None:
            return self._report(reply, lookup.report)
        return self._after_cut(lookup, zone, cut, reply)

    def _after_cut(self, lookup: _Lookup, zone: Zone, cut: str, reply: Reply) -> Reply | None:
        """Take in the reply to the question whether a zone ends at a name; see :meth:`_step`."""
        status = reply.primary.status
        if status is Status.ANSWER and reply.primary.values:
            self._learn_beside(zone, cut, reply)
            return None
        if status in {Status.ANSWER, Status.NODATA}:
            self._no_cut.add((zone.name, cut))
            return None
        if status is Status.NXDOMAIN:
            if (lookup.name, lookup.kind) == (cut, "NS"):
                return self._report(reply, lookup.report)
            note = f"{cut} does not exist, so nothing below it does (RFC 8020)"
            nonexistent = replace(
                reply.primary,
                subject=lookup.name,
                type=lookup.kind,
                note=note if lookup.name != cut else "",
            )
            return self._record(Reply(nonexistent), lookup.report)
        if zone.name == ROOT and self._fall_back(status):
            return None
        note = f"no server of {zone.name} answered for {cut}: {status.value}"
        return self._without_answer(lookup, zone, Status.NOT_ASKED_NO_SERVER, note)

    async def at_server(
        self,
        host: str,
        zone_name: str,
        name: str,
        kind: str,
        *,
        report: Report,
        every_address: bool = False,
    ) -> Reply | None:
        """Ask one server of a zone, by its host name.

        Parameters
        ----------
        host, zone_name
            Host name of the server, and the zone as whose authority it is asked.
        name, kind
            A canonical name and a DNS type.
        report
            Takes each observation, the moment it is known.
        every_address
            Ask at each of the host's addresses; else at the next only where one is silent.

        Returns
        -------
        Reply or None
            The last that came; None if the server is silent or its address is not known.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
        if self._recursive is not None:
            return await self.lookup(name, kind, report=report)
        zone = self._zones.get(zone_name) or replace(self._deepest_zone(zone_name), name=zone_name)
        lookup = _Lookup(name, kind, report)
        if every_address:
            asked, heard = await self._at_each_address(zone, host, lookup)
        else:
            asked, heard = await self._at_one_address(zone, host, lookup)
        if not asked:
            status, note = self._no_address(zone, "this server's address is not known")
            self._without_answer(lookup, zone, status, note, host=host)
        return heard

    async def _at_one_address(
        self, zone: Zone, host: str, lookup: _Lookup
    ) -> tuple[list[str], Reply | None]:
        """Ask a server at one address after the other, until one is not silent.

        Returns
        -------
        asked : list of str
            The addresses that were asked.
        heard : Reply or None
            What came.
        """
        if not self._known_addresses(zone, host):
            await self._resolve_for(zone, host)
        asked: list[str] = []
        while untried := [a for a in self._known_addresses(zone, host) if a not in asked]:
            if len(asked) >= _ADDRESSES:
                break
            reply = await self._ask(Query(lookup.name, lookup.kind, untried[0], host, zone.name))
            asked.append(untried[0])
            if reply.primary.status not in _SILENT:
                return asked, self._take_in(zone, lookup, reply)
            if len(untried) == 1 and host not in self._resolved:
                await self._resolve_for(zone, host)  # those of the delegation may be stale
        return asked, None

    async def _at_each_address(
        self, zone: Zone, host: str, lookup: _Lookup
    ) -> tuple[list[str], Reply | None]:
        """Ask a server at each of its addresses; see :meth:`_at_one_address`.

        First those that are known, of the delegation; when both families were looked up the rest.
        """
        asked: list[str] = []
        heard: Reply | None = None
        for last in (False, True):
            if last and await self._may_resolve(zone, host):
                await asyncio.gather(*(self.lookup(host, family) for family in _FAMILIES))
            untried = [a for a in self._known_addresses(zone, host) if a not in asked]
            untried = untried[: _ADDRESSES - len(asked)]
            queries = [Query(lookup.name, lookup.kind, a, host, zone.name) for a in untried]
            asked += untried
            for reply in await asyncio.gather(*map(self._ask, queries)):
                if reply.primary.status not in _SILENT:
                    heard = self._take_in(zone, lookup, reply)
        return asked, heard

    def _take_in(self, zone: Zone, lookup: _Lookup, reply: Reply) -> Reply:
        """Report what one server of a zone replied; a zone to which it refers is known from then on."""
        if reply.primary.status is Status.REFERRAL:
            self._learn_referral(zone, reply, lookup.target)
        return self._report(reply, lookup.report)

    async def any_exists(
        self, names: Iterable[str], kind: str, *, stack: tuple[str, ...] = ()
    ) -> bool:
        """Tell whether a server answers for one of some names with a record; it may be an alias.

        Parameters
        ----------
        names
            Canonical names.
        kind
            A DNS type; for A, the other family counts too.
        stack
            As of :meth:`lookup`.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
        for one in _FAMILIES if kind in _FAMILIES else (kind,):
            replies = await asyncio.gather(*(self.lookup(name, one, stack=stack) for name in names))
            if any(reply.primary.status is Status.ANSWER for reply in replies):
                return True
        return False

    async def confirm(self, negative: Observation, *, report: Report) -> None:
        """Put a question that was answered in the negative to a second server of the zone.

        That there is no address is settled by both families together, so where the name has
        one in the other family nothing is asked. NXDOMAIN holds for every type (RFC 8020), so one
        question is enough for both. Where the second does not deny what the first does, it is
        followed, and asked for the other family as well.

        Parameters
        ----------
        negative
            NXDOMAIN or NODATA of a server of a zone.
        report
            Takes each observation, the moment it is known.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
        name, kind, zone = negative.subject, negative.type, self._zones.get(negative.zone)
        if self._recursive is not None or zone is None:
            return
        if negative.status is Status.NODATA and kind in _FAMILIES:
            other = await self.lookup(name, next(f for f in _FAMILIES if f != kind))
            if other.primary.status is Status.ANSWER:
                return
        if negative.status is Status.NXDOMAIN and kind == "AAAA":
            other = await self.lookup(name, "A")
            if other.primary.status is Status.NXDOMAIN:
                return
        known = [query.server_name for query in self._rank(zone, name, kind)]
        others = [h for h in dict.fromkeys((*known, *zone.hosts)) if h != negative.server_name]
        for host in others[:_SECOND]:
            reply = await self.at_server(host, zone.name, name, kind, report=report)
            if reply is None or not reply.useful:
                continue
            for one in _FAMILIES if _contradicts(negative, reply) and kind in _FAMILIES else ():
                second = await self.at_server(host, zone.name, name, one, report=report)
                if second is not None and second.primary.status is Status.REFERRAL:
                    await self.lookup(name, one, report=report)
            return

    def _report(self, reply: Reply, report: Report) -> Reply:
        """Report all observations of a reply, and remember the addresses among them."""
        for observation in (*reply.rest, reply.primary):
            if (
                observation.section == "answer"
                and observation.status is Status.ANSWER
                and observation.type in {"A", "AAAA"}
                and observation.values
            ):
                addresses = dict.fromkeys(self._addresses.get(observation.subject, ()))
                addresses |= dict.fromkeys(observation.values)
                self._addresses[observation.subject] = tuple(addresses)
            report(observation)
        return reply

    def _record(self, reply: Reply, report: Report) -> Reply:
        """Record a reply that no single message was, and report it."""
        self._ledger.record_reply(reply)
        return self._report(reply, report)

    def _without_answer(
        self, lookup: _Lookup, zone: Zone, status: Status, note: str, *, host: str = ""
    ) -> Reply:
        """Record that a look-up ended, and why, where no server answered the question itself."""
        frame = self._client.frame(zone=zone.name, server="", server_name=host)
        observation = frame.observe(lookup.name, lookup.kind, status, note=note)
        return self._record(Reply(observation), lookup.report)

    # -- zones ----------------------------------------------------------------------------

    def _deepest_zone(self, name: str) -> Zone:
        return next(self._zones[p] for p in parents(name) if p in self._zones)

    def _zones_down_to(self, name: str) -> Iterable[Zone]:
        return (self._zones[p] for p in reversed(parents(name)) if p in self._zones)

    def _expected_cut(self, zone: str, target: str) -> str | None:
        """Return the name at which a zone surely ends: asked once, it serves all names below."""
        if target == ROOT:
            return None
        if zone == ROOT:
            cut: str | None = target.rsplit(".", 1)[-1]
        else:
            cut = registered_domain(target)
        if cut is None or cut == zone or not is_below(cut, zone) or (zone, cut) in self._no_cut:
            return None
        return cut

    def _learn_referral(self, zone: Zone, reply: Reply, target: str) -> bool:
        """Learn the child zone of a referral; False if it does not lead downward."""
        child = reply.primary.values[0]
        if child == zone.name or not is_below(child, zone.name) or not is_below(target, child):
            return False
        if child in self._zones:
            return True
        hosts: list[str] = []
        glue: dict[str, tuple[str, ...]] = {}
        for observation in reply.rest:
            if observation.type == "NS":
                hosts += observation.values
            elif observation.section == "additional":
                addresses = glue.get(observation.subject, ())
                glue[observation.subject] = (*addresses, *observation.values)
        for host, addresses in glue.items():
            known = dict.fromkeys((*self._glue.get(host, ()), *addresses))
            self._glue[host] = tuple(known)
        self._zones[child] = Zone(child, tuple(hosts), glue, reply.rest)
        return True

    def _learn_beside(self, zone: Zone, cut: str, reply: Reply) -> None:
        """Learn a child zone that the parent's own servers answer for."""
        primary = reply.primary
        hosts = dict.fromkeys((*primary.values, primary.server_name))
        glue = {host: zone.glue[host] for host in hosts if host in zone.glue}
        glue[primary.server_name] = (primary.server,)
        self._zones[cut] = Zone(cut, tuple(hosts), glue, (primary,))

    def _fall_back(self, status: Status) -> bool:
        """Go on with the system's resolver if no root server ever answered as one."""
        if self._recursive is not None:
            return True
        reached = len(self._zones) > 1  # a root server answered before: this one was bad luck
        zone = None if reached else self._fallback()
        if zone is None:
            return False
        # A root server refuses nobody, and does not fail (RFC 7720).
        silent = status in _SILENT or not status.asked
        seems = "closed" if silent else "intercepted"
        reason = (
            f"no root server answered as one ({status.value}), so outbound port 53 seems {seems}"
        )
        self._go_on_with(zone, status, reason)
        return True

    def _notice_interception(self, reply: Reply) -> None:
        """Take note of a server that offers recursion; go on with a resolver if it is all of them.

        A root server never offers recursion. If one seems to, and another server too, then
        somebody else answers in the place of all (port 53 is intercepted), whatever addresses
        are asked, also such as have no server. One zone's server alone that offers it is a
        recursive server that was listed as one with authority.
        """
        if self._recursive is not None or not reply.primary.zone:
            return
        if not reply.offers_recursion:
            self._root_reached |= reply.primary.zone == ROOT and reply.useful
            return
        self._recursing.add((reply.primary.zone, reply.primary.server))
        zones = {zone for zone, _ in self._recursing}
        if self._root_reached or ROOT not in zones or len(self._recursing) < 2:
            return
        # Without a resolver of the system's, whoever answers instead of the roots is asked.
        resolver = self._fallback() or replace(self._zones[ROOT], name="")
        reason = (
            "root servers offer recursion and answer without authority, which they never do: "
            "somebody intercepts port 53 and answers in the place of every server"
        )
        self._go_on_with(resolver, Status.LAME, reason)

    def _go_on_with(self, resolver: Zone, status: Status, reason: str) -> None:
        """Ask a recursive resolver from now on, and record why, and what it cannot show."""
        addresses = ", ".join(a for glue in resolver.glue.values() for a in glue)
        note = (
            f"{reason}: going on with the recursive resolver {addresses}, which hides what parent "
            "and child say, glue, and which server fails or says something else"
        )
        log.warning("%s", note)
        frame = self._client.frame(zone=ROOT, server="", server_name="")
        self._ledger.record(frame.observe(ROOT, "NS", status, note=note))
        self._recursive = resolver

    # -- servers --------------------------------------------------------------------------

    def _rank(self, zone: Zone, name: str, kind: str) -> list[Query]:
        """List the servers to try, the best first: asked before, then sound, then in turn."""
        turn = zlib.crc32(f"{name} {kind}".encode())
        ranked: list[tuple[tuple[int, int, bool, int, int], Query]] = []
        for index, host in enumerate(sorted(zone.hosts)):
            for order, address in enumerate(self._known_addresses(zone, host)):
                query = Query(name, kind, address, host, zone.name, zone.port)
                begun = (name, kind, address, False) in self._queries
                distance = (index - turn) % len(zone.hosts)
                rank = (-int(begun), self._failures[address], ":" in address, distance, order)
                ranked.append((rank, query))
        ranked.sort(key=lambda pair: pair[0])
        return [query for _, query in ranked]

    def _known_addresses(self, zone: Zone, host: str) -> tuple[str, ...]:
        """List the addresses at which a server of a zone may be reached, the best first.

        Those that came with the delegation, for a resolver that knows nothing yet starts there;
        what the host's own zone says; and where that was asked, what other delegations give,
        as Unbound and Knot Resolver fall back to them: the own zone may deny its servers' names.
        """
        own = self._addresses.get(host, ())
        elsewhere = self._glue.get(host, ()) if host in self._resolved else ()
        known = dict.fromkeys((*zone.glue.get(host, ()), *own, *elsewhere))
        return tuple(sorted(known, key=lambda address: ":" in address))

    async def _at_zone(self, zone: Zone, name: str, kind: str, stack: tuple[str, ...]) -> Reply:
        """Ask the servers of a zone until one gives an answer that settles the question."""
        queries = self._rank(zone, name, kind)
        for query in queries:
            recorded = self._recorded(query)
            if recorded is not None and recorded.useful:
                return recorded
        settled = self._ledger.settled(name, kind, zone.name)
        if settled is not None:
            return settled
        failures: list[Reply] = []
        tried = {query.server for query in queries}
        reply = await self._try(queries[: self._budget.servers], failures)
        if reply is None and zone.name and len(stack) < _STACK:
            lookup = _Lookup(name, kind, stack=stack)
            reply = await self._try_further(zone, lookup, tried, failures)
        if reply is not None:
            return reply
        if failures:
            # What a recursive server heard is better than nothing, and the flags say it.
            return next((r for r in failures if r.primary.status.conclusive), failures[0])
        if self._recursive is not None and zone.name:  # meanwhile: a resolver is asked instead
            frame = self._client.frame(zone=zone.name, server="", server_name="")
            return Reply(frame.observe(name, kind, Status.NOT_ASKED_NO_SERVER))
        status, note = self._no_address(zone, f"no address of a server of {zone.name} is known")
        return self._without_answer(_Lookup(name, kind), zone, status, note)

    def _no_address(self, zone: Zone, note: str) -> tuple[Status, str]:
        """Return how a question ends for which no server has an address, and a note on it."""
        if zone.name in self._left_out:
            return Status.NOT_ASKED_BUDGET, f"{note}: {note_of(Limit.DOMAIN)}"
        return Status.NOT_ASKED_NO_SERVER, note

    async def _try_further(
        self, zone: Zone, lookup: _Lookup, tried: set[str], failures: list[Reply]
    ) -> Reply | None:
        """Look up addresses of servers that the delegation lacks, and try them; see `_try`.

        Also where it has some, and they failed: they may be stale, or of the family that is
        not reached from here.
        """
        pending: set[asyncio.Task[Reply]] = set()
        if len(failures) < self._budget.servers:
            several = self._without_address(zone, lookup.stack)
            hosts = [h for h in several if await self._may_resolve(zone, h, lookup.stack)]
            pending = {self._start(self._resolve(host, lookup.stack)) for host in hosts}
        while self._recursive is None:
            room = max(0, self._budget.servers - len(failures))
            untried = [
                q for q in self._rank(zone, lookup.name, lookup.kind) if q.server not in tried
            ][:room]
            if untried:
                tried.update(query.server for query in untried)
                reply = await self._try(untried, failures)
                if reply is not None:
                    return reply
            elif pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            else:
                break
        return None

    def _without_address(self, zone: Zone, stack: tuple[str, ...]) -> list[str]:
        """List the servers of a zone whose addresses are to be looked up.

        The same few each time, whatever came of them, and of one domain of others fewer still: a
        hostile zone may name a hundred.
        """
        own = registered_domain(zone.name)
        several: list[str] = []
        kin: Counter[str] = Counter()
        for host in sorted(zone.hosts):
            if host in self._addresses or host in stack or is_below(host, zone.name):
                continue
            domain = registered_domain(host) or host
            kin[domain] += domain != own
            if kin[domain] <= self._budget.trial:
                several.append(host)
        few = several[: self._budget.glueless]
        return [host for host in few if host not in self._resolved]

    async def _try(self, queries: list[Query], failures: list[Reply]) -> Reply | None:
        """Send one query after the other, the next at once on failure or after the hedge.

        Returns
        -------
        Reply or None
            The first that settles the question; the others are added to `failures`.
        """
        pending: set[asyncio.Task[Reply]] = set()
        for query in queries:
            if self._recursive is not None and query.zone:
                break  # meanwhile it was found that no server is reached
            pending.add(self._start(self._ask(query)))
            last = query is queries[-1]
            while pending:
                done, pending = await asyncio.wait(
                    pending,
                    timeout=None if last else self._budget.hedge,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for task in done:
                    reply = task.result()
                    if reply.useful:
                        return reply
                    failures.append(reply)
                if not last:
                    break
        return None

    def _start(self, coroutine: Coroutine[Any, Any, Reply]) -> asyncio.Task[Reply]:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._background.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Reply]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            task.exception()  # read by those who still wait; a hedge that nobody awaits is silent

    async def _may_resolve(self, zone: Zone, host: str, stack: tuple[str, ...] = ()) -> bool:
        """Tell whether a server of a zone is looked up; of many of somebody's domain few are."""
        behind = self._pointing.behind(zone.name, host)
        if behind is None or (
            behind and not await self.any_exists(behind, "A", stack=(*stack, host))
        ):
            self._left_out.add(zone.name)
            return False
        return True

    async def _resolve_for(self, zone: Zone, host: str) -> None:
        if await self._may_resolve(zone, host):
            await self._resolve(host)

    async def _resolve(self, host: str, stack: tuple[str, ...] = ()) -> Reply:
        """Look up the addresses of a server: IPv6 only where it has no other."""
        reply = await self.lookup(host, "A", stack=(*stack, host))
        if host not in self._addresses:
            reply = await self.lookup(host, "AAAA", stack=(*stack, host))
        self._resolved.add(host)
        return reply

    def _recorded(self, query: Query) -> Reply | None:
        """Return the recorded reply to a query, None if it was not sent before."""
        reply = self._ledger.reply(query.name, query.type, server_id(query), query.zone)
        if reply is not None:
            self._ledger.record_reply(reply)  # new only where it was read for another zone
            self._notice_interception(reply)
        return reply

    async def _ask(self, query: Query) -> Reply:
        """Send a query, once: who asks again gets the same reply."""
        recorded = self._recorded(query)
        if recorded is not None and not query.unchecked:
            return recorded
        key = (query.name, query.type, query.server, query.unchecked)
        task = self._queries.get(key)
        if task is None:
            self._account.take_question()
            task = asyncio.get_running_loop().create_task(self._send(query))
            self._queries[key] = task
        reply = await asyncio.shield(task)
        self._notice_interception(reply)
        return reply if reply.primary.zone == query.zone else self._recorded(query) or reply

    async def ask_again(self, failed: Observation) -> Reply:
        """Put a question to the same server as before, which did not answer it.

        Raises
        ------
        OutOfBudgetError
            If the budget allows no further question.
        """
        return await self._ask(
            Query(failed.subject, failed.type, failed.server, failed.server_name, failed.zone)
        )

    async def _send(self, query: Query) -> Reply:
        reply = await self._client.ask(query)
        self._ledger.record_reply(reply)
        if reply.useful:
            self._failures[query.server] = 0
        elif reply.primary.status in _SILENT or reply.offers_recursion:
            self._failures[query.server] += 1
        return reply


def _parent(name: str) -> str:
    return name.partition(".")[2] or ROOT
