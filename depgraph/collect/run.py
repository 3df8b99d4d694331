"""One collection: each question a task of its own, begun the moment it can be asked.

There is no wave and no barrier. :mod:`depgraph.collect.plan` says what follows from an answer
and :mod:`depgraph.collect.sources` how a question is answered; here questions are begun, kept
within the budget, and recorded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from depgraph.collect import plan
from depgraph.collect.budget import Account, Budget, OutOfBudgetError
from depgraph.collect.client import Client
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.hints import root_hints
from depgraph.collect.iterate import Resolver, Zone
from depgraph.collect.ledger import Ledger
from depgraph.collect.plan import Question
from depgraph.collect.pointing import Pointing
from depgraph.collect.progress import Progress, Watcher
from depgraph.collect.resolvers import system_resolver
from depgraph.collect.source import Context, Source
from depgraph.collect.spf_limit import SpfLookups
from depgraph.collect.web import Web
from depgraph.errors import RecordingError
from depgraph.limits import note_of
from depgraph.names import ROOT
from depgraph.observations import TRUST_ANCHOR, Evidence, Observation, Status
from depgraph.recording import Journal
from depgraph.vocabulary import Limit, Purpose, SourceKind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRequest:
    """What is to be collected, and how: the arguments of ``observe``, read.

    Parameters
    ----------
    subject
        Canonical name of the service.
    hosts
        Canonical names of its other hosts.
    sources
        Kinds of source to ask.
    endpoints, budget
        Where each source is reached, and what it may cost.
    recursive
        A recursive resolver to ask; None iterates from the root.
    vantage, subnet
        From where this is asked, and the EDNS client subnet to send.
    """

    subject: str
    hosts: tuple[str, ...] = ()
    sources: tuple[type[Source], ...]
    endpoints: Endpoints
    budget: Budget
    recursive: Zone | None = None
    vantage: str = ""
    subnet: str = ""


class Run:
    """One collection: the questions begun, and what follows from each.

    Parameters
    ----------
    request
        What is to be collected.
    journal
        Where each observation goes at once. What stands there is not asked again.
    watch
        Called with each moment of the collection.
    """

    def __init__(
        self, request: CollectionRequest, *, journal: Journal | None, watch: Watcher
    ) -> None:
        self._request = request
        self._watch = watch
        self.ledger = Ledger(
            journal,
            earlier=journal.recording.observations if journal else (),
            subnet=request.subnet,
            listener=self._recorded,
        )
        self._pointing = Pointing(request.budget, request.subject)
        self._context = _make_context(request, self.ledger, self._pointing)
        self._sources = [source(self._context) for source in request.sources]
        self._spf = SpfLookups(request.budget.spf)
        self._depths: dict[plan.Key, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._failure: RecordingError | None = None

    async def collect(self) -> None:
        """Ask everything, until nothing follows any more.

        Raises
        ------
        RecordingError
            If an observation cannot be written.
        """
        try:
            for question in plan.first_questions(self._request.subject, self._request.hosts):
                self._begin(question)
            if self._request.endpoints.signed:
                self._begin_validation()
            self._begin_again()
            await asyncio.to_thread(self._prepare_sources)
            await self._idle.wait()
            if self._failure is None:
                await self._context.resolver.settle()
        finally:
            await self._context.web.close()
            self._tell_clock()
        if self._failure is not None:
            raise self._failure

    def _tell_clock(self) -> None:
        """Say that the system's clock was set meanwhile: it was wrong before, or is now."""
        if moved := self._context.account.clock.moved():
            log.warning(
                "%s: the clock of this machine was set by %+.0f s during the collection, whose times "
                "count on from its start",
                self._request.subject,
                moved,
            )

    def _begin_validation(self) -> None:
        """Ask for the keys that DNSSEC begins with; anchors of a lab are recorded."""
        anchors = self._request.endpoints.anchors
        for zone, records in anchors.items():
            self.ledger.record(
                Observation(
                    subject=zone,
                    type=TRUST_ANCHOR,
                    status=Status.ANSWER,
                    values=tuple(records),
                    source=SourceKind.DOCUMENT.value,
                    time=self._context.account.clock.now(),
                    evidence=Evidence.PUBLISHED,
                    note="given for this collection",
                )
            )
        for zone in anchors or (ROOT,):
            self._begin(Question(zone, "DNSKEY", Purpose.ZONE))

    def _begin_again(self) -> None:
        """Put to each server again what it failed to answer in the earlier run.

        What follows from the answers is left to the questions of the plan, which find them.
        """
        if self._context.resolver.recursive:
            return
        for failed in self.ledger.failed:
            self._start(self._ask_again(failed))

    async def _ask_again(self, failed: Observation) -> None:
        try:
            await self._context.resolver.ask_again(failed)
        except OutOfBudgetError:
            pass  # then it stays as it was
        except RecordingError as error:
            self._failure = error
            self._idle.set()

    def _prepare_sources(self) -> None:
        for source in self._sources:
            source.prepare()

    def _recorded(self, observation: Observation) -> None:
        self._watch(
            Progress(
                subject=self._request.subject,
                questions=self._context.account.questions,
                observations=len(self.ledger.observations),
                waiting=len(self._tasks),
                last=observation,
            )
        )

    def _begin(self, question: Question) -> None:
        """Put a question to the sources that answer it, unless it was begun from as near."""
        sources = [source for source in self._sources if question.type in source.answers]
        depth = self._depths.get(question.key)
        if not sources or (depth is not None and depth <= question.depth):
            return
        self._depths[question.key] = question.depth
        for source in sources:
            self._start(self._perform(question, source))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not self._tasks:
            self._idle.set()

    async def _perform(self, question: Question, source: Source) -> None:
        """Ask a source; whatever happens is recorded."""
        try:
            question = await self._behind_others(self._within_limits(question))
            if question.refused is not None:
                self._refuse(question, question.refused, question.note)
            else:
                await source.ask(question, partial(self._report, question))
        except OutOfBudgetError as error:
            self._refuse(question, Status.NOT_ASKED_BUDGET, str(error))
        except RecordingError as error:  # what cannot be recorded need not be asked
            self._failure = error
            self._idle.set()
        except Exception as error:  # one odd answer must not end the collection
            log.exception("%s %s could not be worked on", question.subject, question.type)
            self._refuse(question, Status.ERROR, f"a fault of depgraph: {type(error).__name__}")

    def _within_limits(self, question: Question) -> Question:
        """Return the question, refused if it is too deep or an SPF policy past the limit."""
        depth = self._request.budget.depth
        if question.depth > depth:
            note = note_of(Limit.DEPTH, depth)
            return replace(question, refused=Status.NOT_ASKED_DEPTH, note=note)
        return question if question.refused is not None else self._spf.admit(question)

    async def _behind_others(self, question: Question) -> Question:
        """Return the question, refused if none of the names that it is put behind exists."""
        if not question.behind or question.refused is not None:
            return question
        kind = "TXT" if question.type == "TXT" else "A"
        if await self._context.resolver.any_exists(question.behind, kind):
            return question
        note = f"{' and '.join(question.behind)}, {note_of(Limit.TRIAL)}"
        return replace(question, refused=Status.NOT_ASKED_BUDGET, note=note)

    def _refuse(self, question: Question, status: Status, note: str) -> None:
        """Record that a question was not put, or not answered, and why."""
        is_reverse = question.type == "PTR"
        self.ledger.record(
            Observation(
                subject=plan.reverse_name(question.subject) if is_reverse else question.subject,
                type=question.type,
                status=status,
                server_name=question.server,
                time=self._context.account.clock.now(),
                vantage=self._request.vantage,
                note=note,
            )
        )

    def _report(self, question: Question, observation: Observation) -> None:
        """Record an observation made in the course of a question, and begin what follows."""
        self.ledger.record(observation)
        self._spf.count(question, observation)
        limits = plan.Limits(
            fanout=self._request.budget.fanout,
            kin=self._request.budget.kin,
            trial=self._request.budget.trial,
            chain=self._request.budget.chain,
            recursive=self._context.resolver.recursive,
            signed=self._request.endpoints.signed,
        )
        for follow_up in plan.follow_ups(question, observation, limits):
            self._begin(self._pointing.admit(follow_up, observation))


def _make_context(request: CollectionRequest, ledger: Ledger, pointing: Pointing) -> Context:
    """Return what the sources of a collection share."""
    endpoints, budget = request.endpoints, request.budget
    account = Account(budget)
    client = Client(
        endpoints=endpoints,
        budget=budget,
        account=account,
        vantage=request.vantage,
        subnet=request.subnet,
    )
    resolver = Resolver(
        client,
        ledger,
        budget=budget,
        account=account,
        pointing=pointing,
        roots=dict(endpoints.roots) or root_hints(),
        recursive=request.recursive,
        fallback=partial(_reachable_system_resolver, endpoints),
    )
    paces = {host: pace for source in request.sources for host, pace in source.paces.items()}
    return Context(
        ledger=ledger,
        endpoints=endpoints,
        budget=budget,
        account=account,
        resolver=resolver,
        web=Web(endpoints=endpoints, budget=budget, account=account, paces=paces),
        vantage=request.vantage,
    )


def _reachable_system_resolver(endpoints: Endpoints) -> Zone | None:
    """Return the system's resolver, None if the endpoints leave no way to it."""
    zone = system_resolver()
    addresses = [address for glue in zone.glue.values() for address in glue] if zone else []
    return zone if any(endpoints.for_dns(a, chosen=True) for a in addresses) else None
