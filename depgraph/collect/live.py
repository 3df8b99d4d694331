"""Observe a service: the one call, plain and synchronous, that meets the network."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from depgraph import names
from depgraph.collect import sources
from depgraph.collect.budget import Budget
from depgraph.collect.client import read_subnet
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.progress import Progress, watcher
from depgraph.collect.resolvers import read_resolver
from depgraph.collect.run import CollectionRequest, Run
from depgraph.errors import CollectionError
from depgraph.parameters import checked
from depgraph.recording import Header, Journal, Recording

log = logging.getLogger(__name__)

# Every run needs the list of public suffixes from its first step on, and it takes a quarter of
# a round trip to load: it comes with the module.
names.public_suffix("example.org")


@checked(CollectionError)
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
    also: Iterable[str] = (),
    hosts: Iterable[str] = (),
    vantage: str = "",
    subnet: str | None = None,
    progress: Callable[[Progress], None] | bool | None = None,
) -> Recording:
    """Ask who is behind a service, and record every answer.

    A plain call: it also works where an event loop already runs, as in a notebook. On Ctrl-C
    it ends early and returns what was recorded, with :attr:`Recording.complete` False.

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
    also
        Further sources to ask, each by its word (see :mod:`depgraph.collect.sources`).
    hosts
        Other host names that the service is offered under (``"api.example.org"``): they are
        asked about like the name itself, and kept in the recording.
    vantage
        From where this is asked: a word for each observation.
    subnet
        EDNS client subnet to send, such as ``203.0.113.0/24``.
    progress
        True shows a display, False does not; None shows it on a terminal or in a notebook.
        A function is called with each :class:`Progress`.

    Returns
    -------
    Recording
        What was asked and what came back.

    Raises
    ------
    InvalidName
        If `name` or one of the hosts is not a domain name.
    CollectionError
        If the output file exists and is not to be resumed, or was begun with other hosts; if resolver, subnet or a further
        source do not read; if nothing at all can be reached.
    RecordingError
        If the file cannot be written, or the one to resume is not a recording of this name, is
        damaged, or is being written by another process.
    """
    subject = names.parse(name)
    others = tuple(sorted({names.parse(one) for one in hosts} - {subject}))
    if subnet:
        read_subnet(subnet)
    switches = {"registration": registration, "tls": tls}
    options = {*also, *(option for option, on in switches.items() if on)}
    request = CollectionRequest(
        subject=subject,
        hosts=others,
        sources=sources.select(options),
        endpoints=endpoints or Endpoints(),
        budget=budget or Budget(),
        recursive=read_resolver(resolver) if resolver else None,
        vantage=vantage,
        subnet=subnet or "",
    )
    header = Header(subject=subject, hosts=others, vantage=vantage)
    journal = _open(output, header, resume=resume)
    try:
        if journal is not None:  # a file that is resumed keeps the header of its first run
            header = journal.recording.header
            request = replace(request, hosts=_hosts_of(header, others))
        with watcher(progress) as watch:
            run = Run(request, journal=journal, watch=watch)
            complete = _in_own_loop(run.collect())
        if run.ledger.silent:
            raise CollectionError(
                "expected an answer from the network, found none: neither a root server nor a "
                "resolver can be reached, so nothing was recorded"
            )
        if not complete:
            log.warning(
                "interrupted: %d observations are kept%s",
                len(run.ledger.observations),
                f" in {output}; resume to go on" if output else "",
            )
        elif journal is not None:
            journal.finish()
        observed = Recording(header, tuple(run.ledger.observations), complete)
        return observed if journal is None else observed.hashed(journal.sha256)
    finally:
        if journal is not None:
            journal.close()


def _hosts_of(header: Header, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other hosts of a recording that is resumed: new ones could not be kept in it."""
    new = sorted({*others} - {*header.hosts})
    if new:
        raise CollectionError(
            f"expected the hosts that the recording was begun with "
            f"({', '.join(header.hosts) or 'none'}), found also {', '.join(new)}: observe them into "
            "another file, and merge the two"
        )
    return header.hosts


def _open(output: str | os.PathLike[str] | None, header: Header, *, resume: bool) -> Journal | None:
    """Open the file to write, None if there is none."""
    if output is None:
        if resume:
            raise CollectionError("expected the file to resume, found none: give it as output")
        return None
    path = Path(output)
    if not resume and path.exists() and path.stat().st_size:
        raise CollectionError(
            f"expected a new file for the recording, found that {path} exists: "
            "resume it, or give another"
        )
    return Journal(path, header)


def _in_own_loop(work: Coroutine[Any, Any, None]) -> bool:
    """Run a coroutine in a loop of its own thread; False if Ctrl-C ended it early."""
    runner = _LoopThread(work)
    runner.start()
    interrupted = False
    while runner.is_alive():
        try:
            runner.join(0.5)
        except KeyboardInterrupt:
            if interrupted:
                raise
            interrupted = True
            runner.cancel()
    if runner.error is not None:
        raise runner.error
    return not interrupted


class _LoopThread(threading.Thread):
    """A thread with an event loop that runs one coroutine.

    Attributes
    ----------
    error
        What the coroutine raised, other than that it was cancelled; None if nothing.
    """

    def __init__(self, work: Coroutine[Any, Any, None]) -> None:
        super().__init__(name="depgraph-observe", daemon=True)
        self.error: BaseException | None = None
        self._work = work
        self._started_work = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Run the coroutine to its end."""
        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001  (carried to the caller's thread)
            self.error = error
        finally:
            self._started_work.set()

    async def _main(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._started_work.set()
        await self._work

    def cancel(self) -> None:
        """Cancel the coroutine, from another thread."""
        self._started_work.wait()
        if self._loop is not None and self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
