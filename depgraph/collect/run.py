"""One collection: each question a task of its own, begun the moment it can be asked.

There is no wave and no barrier. What follows from an answer is :mod:`depgraph.collect.plan`'s
to say; here it is only set going, kept to the budget, and recorded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from depgraph.collect import plan, routing
from depgraph.collect.budget import Account, Budget
from depgraph.collect.certificate import fetch_certificate
from depgraph.collect.dns import Client
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.hints import root_hints
from depgraph.collect.iterate import OutOfBudgetError, Resolver, Zone
from depgraph.collect.ledger import Ledger
from depgraph.collect.plan import Ask, Role
from depgraph.collect.progress import Progress, Watcher
from depgraph.collect.registries import Registries
from depgraph.collect.resolvers import system_resolver
from depgraph.collect.wire import Reply
from depgraph.errors import RecordingError
from depgraph.observations import Observation, Status
from depgraph.recording import Journal

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be collected, and how: the arguments of ``observe``, read."""

    subject: str
    endpoints: Endpoints
    budget: Budget
    recursive: Zone | None = None
    registration: bool = True
    tls: bool = False
    vantage: str = ""
    subnet: str = ""


class Run:
    """One collection: the questions begun, and what each leads to."""

    def __init__(self, wish: Wish, *, journal: Journal | None, watch: Watcher) -> None:
        self._wish = wish
        self._budget = wish.budget
        self._account = Account(wish.budget)
        self._watch = watch
        found = journal.recording.observations if journal else ()
        self.ledger = Ledger(journal, found=found, subnet=wish.subnet, listener=self._recorded)
        client = Client(
            endpoints=wish.endpoints,
            budget=wish.budget,
            account=self._account,
            vantage=wish.vantage,
            subnet=wish.subnet,
        )
        self._resolver = Resolver(
            client,
            self.ledger,
            budget=wish.budget,
            account=self._account,
            roots=dict(wish.endpoints.roots) or root_hints(),
            recursive=wish.recursive,
            fallback=self._fallback,
        )
        self._registries = Registries(
            self.ledger,
            endpoints=wish.endpoints,
            budget=wish.budget,
            account=self._account,
            vantage=wish.vantage,
        )
        self._depths: dict[tuple[str, str, Role, str, Status | None], int] = {}
        self._spf: dict[str, int] = {}  # included policy -> the look-up that it was
        self._spf_spent = 0
        self._spf_read: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._failure: RecordingError | None = None

    def _fallback(self) -> Zone | None:
        """Give the system's resolver, unless the endpoints leave no way to it."""
        zone = system_resolver()
        addresses = [a for found in zone.glue.values() for a in found] if zone else []
        within = self._wish.endpoints
        return zone if any(within.for_dns(a, chosen=True) for a in addresses) else None

    async def collect(self) -> None:
        """Ask everything, until nothing follows any more.

        Raises
        ------
        RecordingError
            If an observation cannot be written.
        """
        try:
            for ask in plan.first_questions(
                self._wish.subject, registration=self._wish.registration
            ):
                self._begin(ask)
            if self._wish.registration:
                await self._registries.prepare()
            await self._idle.wait()
            if self._failure is None:
                await self._resolver.settle()
        finally:
            await self._registries.close()
        if self._failure is not None:
            raise self._failure

    def _recorded(self, observation: Observation) -> None:
        self._watch(
            Progress(
                subject=self._wish.subject,
                questions=self._account.questions,
                observations=len(self.ledger.observations),
                waiting=len(self._tasks),
                last=observation,
            )
        )

    # -- questions ------------------------------------------------------------------------

    def _begin(self, ask: Ask) -> None:
        """Begin a question, unless it was begun before from as near."""
        known = self._depths.get(ask.key)
        if known is not None and known <= ask.depth:
            return
        self._depths[ask.key] = ask.depth
        task = asyncio.get_running_loop().create_task(self._perform(ask))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not self._tasks:
            self._idle.set()

    async def _perform(self, ask: Ask) -> None:
        try:
            if ask.depth > self._budget.depth:
                note = f"more than {self._budget.depth} steps from the service"
                ask = replace(ask, refused=Status.NOT_ASKED_DEPTH, note=note)
            if ask.refused is None:
                ask = self._within_spf(ask)
            if ask.refused is not None:
                self._refuse(ask, ask.refused, ask.note)
            elif ask.type in _OTHER:
                await _OTHER[ask.type](self, ask)
            else:
                await self._dns(ask)
        except OutOfBudgetError as error:
            self._refuse(ask, Status.NOT_ASKED_BUDGET, str(error))
        except RecordingError as error:  # what cannot be recorded need not be asked
            self._failure = error
            self._idle.set()
        except Exception as error:  # one odd answer must not end the collection
            log.exception("%s %s could not be worked on", ask.subject, ask.type)
            self._refuse(ask, Status.ERROR, f"a fault of depgraph: {type(error).__name__}")

    def _refuse(self, ask: Ask, status: Status, note: str) -> None:
        subject = plan.reverse_name(ask.subject) if ask.type == "PTR" else ask.subject
        self.ledger.record(
            Observation(
                subject=subject,
                type=ask.type,
                status=status,
                server_name=ask.server,
                time=datetime.now(UTC),
                vantage=self._wish.vantage,
                note=note,
            )
        )

    def _within_spf(self, ask: Ask) -> Ask:
        """Count the look-ups of the SPF policy; past the limit its evaluation ends."""
        if ask.role is not Role.SPF:
            return ask
        if ask.subject not in self._spf:
            self._spf_spent += 1
            self._spf[ask.subject] = self._spf_spent
        if self._spf[ask.subject] <= self._budget.spf:
            return ask
        note = f"SPF ends after {self._budget.spf} look-ups (RFC 7208, section 4.6.4)"
        return replace(ask, refused=Status.NOT_ASKED_BUDGET, note=note)

    def _count_spf(self, observation: Observation) -> None:
        """Count the terms of a policy that look something up other than a policy."""
        if observation.subject not in self._spf_read:
            self._spf_read.add(observation.subject)
            terms = plan.spf_terms(observation.values)
            self._spf_spent += sum(t.name not in {"include", "redirect"} for t in terms)

    def _follow(self, ask: Ask) -> Callable[[Observation], None]:
        def seen(observation: Observation) -> None:
            if ask.role in {Role.MAIL, Role.SPF} and observation.type == "TXT":
                self._count_spf(observation)
            limits = plan.Limits(
                fanout=self._budget.fanout,
                chain=self._budget.chain,
                registration=self._wish.registration,
                tls=self._wish.tls,
                recursive=self._resolver.recursive,
            )
            for new in plan.follow_ups(ask, observation, limits):
                self._begin(new)

        return seen

    async def _dns(self, ask: Ask) -> None:
        seen = self._follow(ask)
        if ask.server:
            await self._resolver.at_server(ask.server, ask.subject, ask.type, seen=seen)
            return
        name = plan.reverse_name(ask.subject) if ask.type == "PTR" else ask.subject
        await self._resolver.lookup(name, ask.type, seen=seen)

    # -- sources other than plain DNS -----------------------------------------------------

    async def _origin(self, ask: Ask) -> None:
        self._found(ask, await self._origin_of(ask.subject))

    async def _origin_of(self, address: str) -> Observation:
        reply = await self._resolver.lookup(routing.origin_name(address), "TXT")
        return routing.read_origin(address, _final(reply))

    async def _as(self, ask: Ask) -> None:
        reply = await self._resolver.lookup(routing.as_name(ask.subject), "TXT")
        self._found(ask, routing.read_as(ask.subject, _final(reply)))

    def _found(self, ask: Ask, observation: Observation) -> None:
        self.ledger.record(observation)
        self._follow(ask)(observation)

    async def _holder(self, ask: Ask) -> None:
        await self._registries.holder(ask.subject, self._origin_of)

    async def _certificate(self, ask: Ask) -> None:
        if self.ledger.other("tls", ask.subject, "certificate") is not None:
            return
        address, owner = ask.via
        if ":" in address:  # IPv4 is reached from more places; it was asked for at the same time
            by_four = _final(await self._resolver.lookup(owner, "A"))
            address = by_four.values[0] if by_four.values else address
        status, note = Status.UNREACHABLE, "not contacted: not reached from here"
        values: tuple[str, ...] = ()
        if (place := self._wish.endpoints.for_tls(address)) is not None:
            if refusal := self._account.refusal():
                raise OutOfBudgetError(refusal)
            self._account.questions += 1
            seconds = 5 * self._budget.timeout
            status, values, note = await fetch_certificate(place, ask.subject, seconds=seconds)
        self.ledger.record(
            Observation(
                subject=ask.subject,
                type="certificate",
                status=status,
                values=values,
                source="tls",
                server=address,
                time=datetime.now(UTC),
                vantage=self._wish.vantage,
                note=note,
            )
        )

    async def _registered(self, ask: Ask) -> None:
        await self._registries.registration(ask.subject)

    async def _registry(self, ask: Ask) -> None:
        await self._registries.registry(ask.subject)


def _final(reply: Reply) -> Observation:
    """Give the answer at the end of an alias chain that one message followed."""
    primary = reply.primary
    return next(
        (o for o in reply.rest if o.type == primary.type and o.values and o.section == "answer"),
        primary,
    )


_OTHER: dict[str, Callable[[Run, Ask], Coroutine[Any, Any, None]]] = {
    "origin": Run._origin,  # noqa: SLF001
    "as": Run._as,  # noqa: SLF001
    "certificate": Run._certificate,  # noqa: SLF001
    "holder": Run._holder,  # noqa: SLF001
    "registration": Run._registered,  # noqa: SLF001
    "registry": Run._registry,  # noqa: SLF001
}
