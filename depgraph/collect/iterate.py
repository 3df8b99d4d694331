"""Resolution by ourselves: from the root down, by delegations and glue (RFC 1034, 5.3.3).

Only the question on the wire is shared between those who wait for it, and it waits for nobody;
so no two look-ups can wait for each other, however the zones are tangled.
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
from depgraph.collect.dns import Client, Question, party
from depgraph.collect.ledger import Ledger
from depgraph.collect.wire import Reply
from depgraph.names import ROOT, is_below, parents, registered_domain
from depgraph.observations import Observation, Status

log = logging.getLogger(__name__)

Seen = Callable[[Observation], None]

_SILENT = frozenset({Status.TIMEOUT, Status.UNREACHABLE})
_STEPS = 24  # zone cuts on the way to one name
_STACK = 4  # look-ups of a server's address inside look-ups of a server's address


class OutOfBudgetError(Exception):
    """The budget allows no further question; the text says which limit was met."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone cut we know: its servers as the parent names them, and how we know.

    `hosts` are the names of its servers, `glue` the addresses that came with the delegation,
    `delegation` the observations to tell whoever passes here.
    """

    name: str
    hosts: tuple[str, ...]
    glue: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delegation: tuple[Observation, ...] = ()
    port: int = 53


def _ignore(observation: Observation) -> None:
    """Take no notice."""


class Resolver:
    """Looks names up, from the root or at a recursive resolver, and records each answer.

    Parameters
    ----------
    roots
        Root servers: host name -> addresses.
    recursive
        A recursive resolver to be asked instead of the root; None iterates.
    fallback
        Recursive resolvers to go on with where no root server can be reached.
    """

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        *,
        budget: Budget,
        account: Account,
        roots: dict[str, tuple[str, ...]],
        recursive: Zone | None = None,
        fallback: Callable[[], Zone | None] = lambda: None,
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._budget = budget
        self._account = account
        self._zones = {ROOT: Zone(ROOT, tuple(roots), dict(roots))}
        self._recursive = recursive
        self._fallback = fallback
        self._asked: dict[tuple[str, str, str], asyncio.Task[Reply]] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}
        self._failures: Counter[str] = Counter()
        self._no_cut: set[tuple[str, str]] = set()
        self._background: set[asyncio.Task[Any]] = set()

    @property
    def recursive(self) -> bool:
        """Whether a recursive resolver is asked."""
        return self._recursive is not None

    async def settle(self) -> None:
        """Wait for the questions that nobody waits for any more (late and dead servers)."""
        while pending := [t for t in (*self._background, *self._asked.values()) if not t.done()]:
            await asyncio.wait(pending)

    # -- look-ups -------------------------------------------------------------------------

    async def lookup(
        self, name: str, kind: str, *, seen: Seen = _ignore, stack: tuple[str, ...] = ()
    ) -> Reply:
        """Look a name up; `seen` is told each observation on the way the moment it is known.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
        # A DS record lies on the parent's side of the cut.
        target = _above(name) if kind == "DS" else name
        told: set[str] = set()
        for _ in range(_STEPS):
            if self._recursive is not None:
                reply = await self._at_zone(self._recursive, name, kind, stack)
                return self._tell(reply, seen)
            zone = self._deepest(target)
            for passed in self._path(zone.name):
                if passed.name not in told:
                    told.add(passed.name)
                    for observation in passed.delegation:
                        seen(observation)
            cut = self._expected_cut(zone.name, target)
            reply = await self._at_zone(zone, *((cut, "NS") if cut else (name, kind)), stack)
            status = reply.primary.status
            if status is Status.REFERRAL:
                if self._learn(zone, reply, target):
                    continue
                note = f"refers to {reply.primary.values[0]} again"
                return self._without_answer((name, kind), zone, Status.LOOP, note, seen)
            if cut is None:
                return self._tell(reply, seen)
            if status is Status.ANSWER and reply.primary.values:
                self._learn_beside(zone, cut, reply)
            elif status in {Status.ANSWER, Status.NODATA}:
                self._no_cut.add((zone.name, cut))
            elif status is Status.NXDOMAIN:
                if (name, kind) == (cut, "NS"):
                    return self._tell(reply, seen)
                note = f"{cut} does not exist, so nothing below it does (RFC 8020)"
                nothing = replace(
                    reply.primary, subject=name, type=kind, note=note if name != cut else ""
                )
                return self._tell_recorded(Reply(nothing), seen)
            elif not (zone.name == ROOT and status in _SILENT and self._fall_back(status)):
                note = f"no server of {zone.name} answered for {cut}: {status.value}"
                return self._without_answer(
                    (name, kind), zone, Status.NOT_ASKED_NO_SERVER, note, seen
                )
        note = f"more than {_STEPS} zone cuts on the way"
        return self._without_answer(
            (name, kind), self._deepest(target), Status.NOT_ASKED_DEPTH, note, seen
        )

    async def at_server(self, host: str, zone_name: str, kind: str, *, seen: Seen) -> None:
        """Ask one server of a zone, by its host name, about the apex of the zone."""
        if self._recursive is not None:
            await self.lookup(zone_name, kind, seen=seen)
            return
        zone = self._zones.get(zone_name) or self._deepest(zone_name)
        addresses = await self._addresses_of(host, zone, ())
        for address in addresses[:2]:
            question = Question(zone_name, kind, address, host, zone_name)
            reply = await self._ask(question)
            if reply.primary.status not in _SILENT:
                self._tell(reply, seen)
                return
        if not addresses:
            note = "this server's address is not known"
            self._without_answer(
                (zone_name, kind), zone, Status.NOT_ASKED_NO_SERVER, note, seen, host=host
            )

    def _tell(self, reply: Reply, seen: Seen) -> Reply:
        for observation in (*reply.rest, reply.primary):
            if (
                observation.section == "answer"
                and observation.status is Status.ANSWER
                and observation.type in {"A", "AAAA"}
                and observation.values
            ):
                known = dict.fromkeys(self._addresses.get(observation.subject, ()))
                self._addresses[observation.subject] = tuple(
                    known | dict.fromkeys(observation.values)
                )
            seen(observation)
        return reply

    def _tell_recorded(self, reply: Reply, seen: Seen) -> Reply:
        self._ledger.record_reply(reply)
        return self._tell(reply, seen)

    def _without_answer(
        self,
        question: tuple[str, str],
        zone: Zone,
        status: Status,
        note: str,
        seen: Seen,
        *,
        host: str = "",
    ) -> Reply:
        frame = self._client.frame(zone=zone.name, server="", server_name=host)
        return self._tell_recorded(Reply(frame.observe(*question, status, note=note)), seen)

    # -- zones ----------------------------------------------------------------------------

    def _deepest(self, name: str) -> Zone:
        return next(self._zones[p] for p in parents(name) if p in self._zones)

    def _path(self, name: str) -> Iterable[Zone]:
        return (self._zones[p] for p in reversed(parents(name)) if p in self._zones)

    def _expected_cut(self, zone: str, target: str) -> str | None:
        """Give the name at which a zone surely ends: asked once, it serves all names below."""
        if target == ROOT:
            return None
        if zone == ROOT:
            cut: str | None = target.rsplit(".", 1)[-1]
        else:
            cut = registered_domain(target)
        if cut is None or cut == zone or not is_below(cut, zone) or (zone, cut) in self._no_cut:
            return None
        return cut

    def _learn(self, zone: Zone, reply: Reply, target: str) -> bool:
        """Take in a referral; False if it does not lead downward."""
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
                glue[observation.subject] = (
                    *glue.get(observation.subject, ()),
                    *observation.values,
                )
        self._zones[child] = Zone(child, tuple(hosts), glue, reply.rest)
        return True

    def _learn_beside(self, zone: Zone, cut: str, reply: Reply) -> None:
        """Take in a child zone that the parent's own servers answer for."""
        primary = reply.primary
        hosts = dict.fromkeys((*primary.values, primary.server_name))
        glue = {host: zone.glue[host] for host in hosts if host in zone.glue}
        glue[primary.server_name] = (primary.server,)
        self._zones[cut] = Zone(cut, tuple(hosts), glue, (primary,))

    def _fall_back(self, status: Status) -> bool:
        """Go on with the system's resolver if no root server was ever reached."""
        if self._recursive is not None:
            return True
        reached = len(self._zones) > 1  # a root server answered before: this one was bad luck
        zone = None if reached else self._fallback()
        if zone is None:
            return False
        names = ", ".join(a for addresses in zone.glue.values() for a in addresses)
        note = (
            f"no root server answered ({status.value}), so outbound port 53 seems closed: "
            f"going on with the recursive resolver {names}, which hides what parent and child say"
        )
        log.warning("%s", note)
        frame = self._client.frame(zone=ROOT, server="", server_name="")
        self._ledger.record(frame.observe(ROOT, "NS", status, note=note))
        self._recursive = zone
        return True

    # -- servers --------------------------------------------------------------------------

    def _rank(self, zone: Zone, name: str, kind: str) -> list[Question]:
        """List the servers to try, the best first: asked before, then sound, then in turn."""
        turn = zlib.crc32(f"{name} {kind}".encode())
        rows: list[tuple[tuple[int, int, bool, int], Question]] = []
        for index, host in enumerate(sorted(zone.hosts)):
            addresses = zone.glue.get(host) or self._addresses.get(host, ())
            for address in addresses:
                question = Question(name, kind, address, host, zone.name, zone.port)
                begun = (name, kind, address) in self._asked
                place = (index - turn) % len(zone.hosts)
                rank = (-int(begun), self._failures[address], ":" in address, place)
                rows.append((rank, question))
        rows.sort(key=lambda row: row[0])
        return [question for _, question in rows]

    async def _at_zone(self, zone: Zone, name: str, kind: str, stack: tuple[str, ...]) -> Reply:
        """Ask the servers of a zone until one gives an answer that settles the question."""
        questions = self._rank(zone, name, kind)
        for question in questions:
            known = self._known(question)
            if known is not None and known.useful:
                return known
        failed: list[Reply] = []
        reply = await self._try(questions[: self._budget.servers], failed)
        if reply is None and len(failed) < self._budget.servers and len(stack) < _STACK:
            found = await self._glueless(zone, stack)
            again = {(q.server, q.port) for q in questions}
            more = [q for q in self._rank(zone, name, kind) if (q.server, q.port) not in again]
            if found:
                reply = await self._try(more[: self._budget.servers], failed)
        if reply is not None:
            return reply
        if failed:
            return failed[0]
        note = f"no address of a server of {zone.name} is known"
        return self._without_answer((name, kind), zone, Status.NOT_ASKED_NO_SERVER, note, _ignore)

    async def _try(self, questions: list[Question], failed: list[Reply]) -> Reply | None:
        """Ask one server after the other, the next at once on failure or after the hedge."""
        pending: set[asyncio.Task[Reply]] = set()
        for question in questions:
            pending.add(self._start(self._ask(question)))
            last = question is questions[-1]
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
                    failed.append(reply)
                if not last:
                    break
        return None

    def _start(self, work: Coroutine[Any, Any, Reply]) -> asyncio.Task[Reply]:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Reply]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            task.exception()  # read by those who still wait; a hedge that nobody awaits is silent

    async def _glueless(self, zone: Zone, stack: tuple[str, ...]) -> bool:
        """Look up addresses of servers that came without glue, until one is found."""
        hosts = [
            host
            for host in sorted(zone.hosts)
            if host not in zone.glue
            and host not in self._addresses
            and host not in stack
            and not is_below(host, zone.name)
        ][: self._budget.glueless]
        pending = {self._start(self._address_reply(host, stack)) for host in hosts}
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if any(host in self._addresses for host in hosts):
                return True
        return False

    async def _address_reply(self, host: str, stack: tuple[str, ...]) -> Reply:
        reply = await self.lookup(host, "A", stack=(*stack, host))
        if host not in self._addresses:
            reply = await self.lookup(host, "AAAA", stack=(*stack, host))
        return reply

    async def _addresses_of(self, host: str, zone: Zone, stack: tuple[str, ...]) -> tuple[str, ...]:
        known = zone.glue.get(host) or self._addresses.get(host, ())
        if not known:
            await self._address_reply(host, stack)
            known = self._addresses.get(host, ())
        return tuple(sorted(known, key=lambda address: (":" in address, address)))

    def _known(self, question: Question) -> Reply | None:
        reply = self._ledger.reply(question.name, question.type, party(question), question.zone)
        if reply is not None:
            self._ledger.record_reply(reply)  # new only where it was read for another zone
        return reply

    async def _ask(self, question: Question) -> Reply:
        """Put a question to a server, once: who asks again gets the same answer."""
        known = self._known(question)
        if known is not None:
            return known
        key = (question.name, question.type, question.server)
        task = self._asked.get(key)
        if task is None:
            if refusal := self._account.refusal():
                raise OutOfBudgetError(refusal)
            self._account.questions += 1
            task = asyncio.get_running_loop().create_task(self._put(question))
            self._asked[key] = task
        reply = await asyncio.shield(task)
        return reply if reply.primary.zone == question.zone else self._known(question) or reply

    async def _put(self, question: Question) -> Reply:
        reply = await self._client.ask(question)
        self._ledger.record_reply(reply)
        if reply.useful:
            self._failures[question.server] = 0
        elif reply.primary.status in _SILENT:
            self._failures[question.server] += 1
        return reply


def _above(name: str) -> str:
    return name.partition(".")[2] or ROOT
