"""What a source of observations is: the questions it answers, and what it is given to ask them.

A source is added in two steps: a module in :mod:`depgraph.collect.sources` with a subclass of
:class:`Source`, which is found there, and a row in :class:`depgraph.vocabulary.SourceKind` with
its name in :data:`~depgraph.vocabulary.SOURCE_NAMES` (or a word in each language). A *type of question* that nobody asks yet also needs a row in
:data:`depgraph.collect.plan.TABLE`, and the step of :mod:`depgraph.graph` that reads its answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from depgraph.collect.budget import Account, Budget
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.iterate import Resolver
from depgraph.collect.ledger import Ledger
from depgraph.collect.plan import Question
from depgraph.collect.web import Pace, Page, Web
from depgraph.observations import Evidence, Observation, Status
from depgraph.vocabulary import SourceKind

Report: TypeAlias = Callable[[Observation], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the sources of one collection share.

    Parameters
    ----------
    ledger
        What is recorded, in this run and in the file that it resumes.
    endpoints
        Where each server is contacted; None for one that is not reached from here.
    budget, account
        The limits, and what has been spent of them. A source that opens connections of its own
        calls :meth:`Account.take_question` before each question; `web` and `resolver` do so.
    resolver
        Looks names up in the DNS.
    web
        Fetches JSON over HTTPS: each URL once, paced, retried, within the budget.
    vantage
        From where this is asked, for each observation.
    """

    ledger: Ledger
    endpoints: Endpoints
    budget: Budget
    account: Account
    resolver: Resolver
    web: Web
    vantage: str = ""

    def record(
        self,
        subject: str,
        kind: str,
        status: Status,
        values: tuple[str, ...] = (),
        *,
        source: SourceKind,
        server: str = "",
        ttl: int | None = None,
        evidence: Evidence = Evidence.OBSERVED,
        citation: str = "",
        note: str = "",
    ) -> Observation:
        """Make an observation of this moment and record it.

        Parameters
        ----------
        subject, kind
            Subject and type of the observation.
        values
            Kept only if `status` says that this is an answer.
        source
            Kind of source.
        server
            Whom we asked: a host name, an address or a URL.
        ttl
            Seconds for which caches may keep a DNS answer.
        evidence, citation
            How it is known, and where that is written, if the source publishes or reports.

        Returns
        -------
        Observation
            The observation.
        """
        observation = Observation(
            subject=subject,
            type=kind,
            status=status,
            values=values if status is Status.ANSWER else (),
            source=source.value,
            server=server,
            ttl=ttl,
            time=self.account.clock.now(),
            evidence=evidence,
            citation=citation,
            vantage=self.vantage,
            note=note,
        )
        self.ledger.record(observation)
        return observation

    def record_page(
        self,
        subject: str,
        kind: str,
        page: Page,
        values: tuple[str, ...],
        *,
        source: SourceKind = SourceKind.RDAP,
    ) -> Observation:
        """Record what was read from a fetched page; see :meth:`record`."""
        return self.record(
            subject, kind, page.status, values, source=source, server=page.url, note=page.note
        )


class Source(ABC):
    """One kind of source of observations.

    Parameters
    ----------
    context
        What all sources of the collection share.

    Attributes
    ----------
    answers
        Types of question that are put to this source. Several sources may answer one type;
        each of them is then asked.
    option
        Word of the option that turns the source on (see ``also`` of
        :func:`depgraph.observe`); empty for a source that is always asked.
    paces
        For hosts that ask for it: how many questions they are sent in how many seconds. Others
        are sent :data:`depgraph.collect.web.PACE`.
    """

    answers: ClassVar[frozenset[str]]
    option: ClassVar[str] = ""
    paces: ClassVar[Mapping[str, Pace]] = MappingProxyType({})

    def __init__(self, context: Context) -> None:
        self.context = context

    def prepare(self) -> None:  # noqa: B027  (most sources have nothing to prepare)
        """Load what takes long; called in another thread while the first answers are awaited."""

    @abstractmethod
    async def ask(self, question: Question, report: Report) -> None:
        """Answer a question.

        What stands in the ledger already is not asked again: that is what resuming means. A
        failure of the network is an observation too, with its status, and no exception.

        Parameters
        ----------
        question
            Its type is one of :attr:`answers`.
        report
            Takes each observation that belongs to the answer, the moment it is known: it is
            recorded (once), and the questions that follow from it are begun.

        Raises
        ------
        OutOfBudgetError
            If a question is needed that the budget forbids.
        """
