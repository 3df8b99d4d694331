"""Observe a service: ask, record, and ask what follows, until nothing does.

Each question is a task of its own, begun the moment what it depends on is known; there is no
wave and no barrier. What follows from an answer is :mod:`depgraph.collect.plan`'s to say.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from depgraph import names
from depgraph.collect import plan, routing
from depgraph.collect.budget import Account, Budget
from depgraph.collect.certificate import fetch_certificate
from depgraph.collect.dns import Client, read_subnet
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.hints import root_hints
from depgraph.collect.iterate import OutOfBudgetError, Resolver, Zone
from depgraph.collect.ledger import Ledger
from depgraph.collect.plan import Ask, Role
from depgraph.collect.progress import Progress, Watcher, watcher
from depgraph.collect.registries import Registries
from depgraph.collect.resolvers import read_resolver, system_resolver
from depgraph.collect.wire import Reply
from depgraph.errors import CollectionError
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Journal, Recording

log = logging.getLogger(__name__)


def observe(
    name: str,
    *,
    output: str | os.PathLike[str] | None = None,
    resume: bool = False,
    resolver: str | None = None,
    endpoints: Endpoints | None = None,
    budget: Budget | None = None,
    tls: bool = False,
    registration: bool = True,
    vantage: str = "",
    subnet: str | None = None,
    progress: Callable[[Progress], None] | bool | None = None,
) -> Recording:
    """Ask who is behind a service, and record every answer.

    A plain call: it also works where an event loop already runs, as in a notebook. On Ctrl-C
    it ends early and gives what was recorded, with :attr:`Recording.complete` False.

    Parameters
    ----------
    name
        The service's domain name (a URL or e-mail address will do).
    output
        File that gets each observation the moment it is made.
    resume
        Go on with a file that exists: only what is missing in it is asked.
    resolver
        Recursive resolver to ask (``"9.9.9.9"``, ``"192.0.2.1:5353"``, ``"[2001:db8::1]:53"``)
        instead of iterating from the root.
    endpoints
        Where each source is reached; None is the real Internet.
    budget
        What it may cost; None takes the defaults of :class:`Budget`.
    tls
        Also connect to port 443 and record the certificate chain.
    registration
        Also ask RDAP and WHOIS (registrar, registry, holders of addresses).
    vantage
        From where this is asked: a word for each observation.
    subnet
        EDNS client subnet to send, such as ``203.0.113.0/24``.
    progress
        True shows a display, False does not; None shows it on a terminal or in a notebook.
        A function is called with each :class:`Progress`.

    Raises
    ------
    InvalidName
        If `name` is not a domain name.
    CollectionError
        If the output file exists and is not to be resumed, or cannot be written; if resolver
        or subnet do not read; if nothing at all can be reached.
    RecordingError
        If the file to resume is not a recording of this name, or is being written.
    """
    subject = names.parse(name)
    budget = budget or Budget()
    endpoints = endpoints or Endpoints()
    if subnet:
        read_subnet(subnet)
    recursive = read_resolver(resolver) if resolver else None
    journal = _open(output, Header(subject=subject, vantage=vantage), resume=resume)
    try:
        with watcher(progress) as watch:
            run = _Run(
                subject,
                journal=journal,
                endpoints=endpoints,
                budget=budget,
                recursive=recursive,
                registration=registration,
                tls=tls,
                vantage=vantage,
                subnet=subnet or "",
                watch=watch,
            )
            complete = _in_own_loop(run.collect())
        if run.ledger.silent:
            raise CollectionError(
                "expected an answer from the network, found none: neither a root server nor a "
                "resolver can be reached, so nothing was recorded"
            )
        if complete and journal is not None:
            journal.finish()
        if not complete:
            log.warning(
                "interrupted: %d observations are kept%s",
                len(run.ledger.observations),
                f" in {output}; resume to go on" if output else "",
            )
        header = journal.recording.header if journal else Header(subject=subject, vantage=vantage)
        return Recording(header, tuple(run.ledger.observations), complete)
    finally:
        if journal is not None:
            journal.close()


def _open(output: str | os.PathLike[str] | None, header: Header, *, resume: bool) -> Journal | None:
    if output is None:
        if resume:
            raise CollectionError("expected the file to resume, found none: give it as output")
        return None
    path = Path(output)
    try:
        if not resume and path.exists() and path.stat().st_size:
            raise CollectionError(
                f"expected a new file for the recording, found that {path} exists: "
                "resume it, or give another"
            )
        return Journal(path, header)
    except OSError as error:
        raise CollectionError(
            f"expected to write the recording to {path}, found: {error.strerror or error}"
        ) from None


def _in_own_loop(work: Coroutine[Any, Any, None]) -> bool:
    """Run a coroutine in a loop of its own thread; False if Ctrl-C ended it early."""
    ready = threading.Event()
    state: dict[str, Any] = {}

    async def main() -> None:
        state["loop"], state["task"] = asyncio.get_running_loop(), asyncio.current_task()
        ready.set()
        await work

    def body() -> None:
        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            state["cancelled"] = True
        except BaseException as error:  # noqa: BLE001  (carried to the caller's thread)
            state["error"] = error
        finally:
            ready.set()

    thread = threading.Thread(target=body, name="depgraph-observe", daemon=True)
    thread.start()
    interrupted = False
    while thread.is_alive():
        try:
            thread.join(0.5)
        except KeyboardInterrupt:
            if interrupted:
                raise
            interrupted = True
            ready.wait()
            if "task" in state:
                state["loop"].call_soon_threadsafe(state["task"].cancel)
    if "error" in state:
        raise state["error"]
    return not interrupted


class _Run:
    """One collection: the questions begun, and what each leads to."""

    def __init__(
        self,
        subject: str,
        *,
        journal: Journal | None,
        endpoints: Endpoints,
        budget: Budget,
        recursive: Zone | None,
        registration: bool,
        tls: bool,
        vantage: str,
        subnet: str,
        watch: Watcher,
    ) -> None:
        self._subject = subject
        self._endpoints = endpoints
        self._budget = budget
        self._registration = registration
        self._tls = tls
        self._vantage = vantage
        self._account = Account(budget)
        self._watch = watch
        found = journal.recording.observations if journal else ()
        self.ledger = Ledger(journal, found=found, listener=self._recorded)
        client = Client(
            endpoints=endpoints,
            budget=budget,
            account=self._account,
            vantage=vantage,
            subnet=subnet,
        )
        self._resolver = Resolver(
            client,
            self.ledger,
            budget=budget,
            account=self._account,
            roots=dict(endpoints.roots) or root_hints(),
            recursive=recursive,
            fallback=system_resolver,
        )
        self._registries = Registries(
            self.ledger,
            endpoints=endpoints,
            budget=budget,
            account=self._account,
            vantage=vantage,
        )
        self._depths: dict[tuple[str, str, Role, str], int] = {}
        self._spf: dict[str, int] = {}  # included policy -> the look-up that it was
        self._spf_spent = 0
        self._spf_read: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()

    async def collect(self) -> None:
        """Ask everything, until nothing follows any more."""
        try:
            for ask in plan.first_questions(self._subject, registration=self._registration):
                self._begin(ask)
            await self._idle.wait()
            await self._resolver.settle()
        finally:
            await self._registries.close()

    def _recorded(self, observation: Observation) -> None:
        self._watch(
            Progress(
                subject=self._subject,
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
                vantage=self._vantage,
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
            self._spf_spent += sum(not t.startswith(("include:", "redirect=")) for t in terms)

    def _follow(self, ask: Ask) -> Callable[[Observation], None]:
        def seen(observation: Observation) -> None:
            if ask.role in {Role.MAIL, Role.SPF} and observation.type == "TXT":
                self._count_spf(observation)
            limits = plan.Limits(
                fanout=self._budget.fanout,
                chain=self._budget.chain,
                registration=self._registration,
                tls=self._tls,
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
        reply = await self._resolver.lookup(routing.origin_name(ask.subject), "TXT")
        self._found(ask, routing.read_origin(ask.subject, _final(reply)))

    async def _as(self, ask: Ask) -> None:
        reply = await self._resolver.lookup(routing.as_name(ask.subject), "TXT")
        self._found(ask, routing.read_as(ask.subject, _final(reply)))

    def _found(self, ask: Ask, observation: Observation) -> None:
        self.ledger.record(observation)
        self._follow(ask)(observation)

    async def _holder(self, ask: Ask) -> None:
        origin = self.ledger.other("cymru", ask.subject, "origin")
        await self._registries.holder(ask.subject, origin)

    async def _certificate(self, ask: Ask) -> None:
        if self.ledger.other("tls", ask.subject, "certificate") is not None:
            return
        address, owner = ask.via
        if ":" in address:  # IPv4 is reached from more places; it was asked for at the same time
            by_four = _final(await self._resolver.lookup(owner, "A"))
            address = by_four.values[0] if by_four.values else address
        status, note = Status.UNREACHABLE, "not contacted: not reached from here"
        values: tuple[str, ...] = ()
        if (place := self._endpoints.for_tls(address)) is not None:
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
                vantage=self._vantage,
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


_OTHER: dict[str, Callable[[_Run, Ask], Coroutine[Any, Any, None]]] = {
    "origin": _Run._origin,  # noqa: SLF001
    "as": _Run._as,  # noqa: SLF001
    "certificate": _Run._certificate,  # noqa: SLF001
    "holder": _Run._holder,  # noqa: SLF001
    "registration": _Run._registered,  # noqa: SLF001
    "registry": _Run._registry,  # noqa: SLF001
}
