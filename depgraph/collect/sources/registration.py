"""Who registered a name, and who runs a top-level domain: RDAP, and WHOIS where that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from depgraph.collect.plan import Question
from depgraph.collect.source import Context, Report, Source
from depgraph.collect.whois import Whois
from depgraph.observations import Observation, Status
from depgraph.records import rdap
from depgraph.records.whois import is_about, read_iana, read_whois
from depgraph.vocabulary import SourceKind

IANA_BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
IANA_DOMAIN = "https://rdap.iana.org/domain/"
IANA_WHOIS = "whois.iana.org"
_OTHER_DOMAIN = "about another domain than was asked for"


class Registration(Source):
    """Asks the registries of names (``registration``) and IANA (``registry``).

    A question of one name is put once, however many ask it at the same time.
    """

    answers = frozenset({"registration", "registry"})
    option = "registration"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tasks: dict[tuple[str, str], asyncio.Task[Observation]] = {}
        self._whois = Whois(
            endpoints=context.endpoints, budget=context.budget, account=context.account
        )

    async def ask(self, question: Question, report: Report) -> None:
        """Ask about a registered domain or a top-level domain. See :meth:`Source.ask`."""
        if question.type == "registration":
            report(await self.registration(question.subject))
        else:
            report(await self.registry(question.subject))

    async def registration(self, name: str) -> Observation:
        """Ask who registered a name: RDAP, and WHOIS where that fails or is not offered."""
        return await self._once("registration", name, self._ask_registration)

    async def registry(self, top: str) -> Observation:
        """Ask IANA who runs a top-level domain: RDAP, and WHOIS where that does not say."""
        return await self._once("registry", top, self._ask_registry)

    async def _once(
        self, kind: str, subject: str, ask: Callable[[str], Coroutine[Any, Any, Observation]]
    ) -> Observation:
        """Ask once: who asks the same meanwhile or later gets the same answer."""
        task = self._tasks.get((kind, subject))
        if task is None:
            task = asyncio.get_running_loop().create_task(ask(subject))
            self._tasks[kind, subject] = task
        return await asyncio.shield(task)

    # -- names ----------------------------------------------------------------------------

    async def _ask_registration(self, name: str) -> Observation:
        answer = await self._registration_by_rdap(name)
        if answer is not None and answer.status.conclusive:
            return answer
        return await self._registration_by_whois(name) or answer or self._without_source(name)

    async def _registration_by_rdap(self, name: str) -> Observation | None:
        """Return the answer of the registry's RDAP server; None if it has none."""
        recorded = self.context.ledger.recorded(SourceKind.RDAP, name, "registration")
        if recorded is not None:
            return recorded
        base = await self._rdap_base(name)
        if not base:
            return None
        page = await self.context.web.fetch(f"{base}domain/{name}")
        values: tuple[str, ...] = ()
        if page.data is not None:
            status, values = rdap.read_domain(page.data)
            note = "not an RDAP domain object" if status is Status.MALFORMED else ""
            if not rdap.is_about(page.data, name):
                status, note = Status.MALFORMED, _OTHER_DOMAIN
            page = replace(page, status=status, note=note)
        return self.context.record_page(name, "registration", page, values)

    async def _registration_by_whois(self, name: str) -> Observation | None:
        """Return the answer of the registry's WHOIS server; None if it has none."""
        recorded = self.context.ledger.recorded(SourceKind.WHOIS, name, "registration")
        if recorded is not None:
            return recorded
        registry = await self.registry(_top(name))
        server = registry.first("whois")
        if not server:
            return None
        status, text = await self._whois.ask(server, _query(name))
        values: tuple[str, ...] = ()
        note = text
        if status is Status.ANSWER:
            note = ""
            if is_about(text, name):
                status, values = read_whois(text)
            else:
                status, note = Status.MALFORMED, _OTHER_DOMAIN
        return self.context.record(
            name,
            "registration",
            status,
            values,
            source=SourceKind.WHOIS,
            server=server,
            note=note,
        )

    def _without_source(self, name: str) -> Observation:
        note = "neither RDAP nor WHOIS is known for this top-level domain"
        return self.context.record(
            name, "registration", Status.NOT_ASKED_NO_SOURCE, source=SourceKind.RDAP, note=note
        )

    async def _rdap_base(self, name: str) -> str:
        """Find the RDAP server of a name's top-level domain in IANA's table; empty if none."""
        top = _top(name)
        answer = self.context.ledger.recorded(SourceKind.RDAP, top, "bootstrap")
        if answer is None:
            page = await self.context.web.fetch(IANA_BOOTSTRAP)
            base = rdap.base_for_domain(page.data, top) if page.data is not None else ""
            values = (f"rdap {base}",) if base else ()
            if page.status is Status.ANSWER and not base:
                page = replace(page, status=Status.NOT_FOUND)
            answer = self.context.record_page(top, "bootstrap", page, values)
        return answer.first("rdap") or ""

    # -- top-level domains ----------------------------------------------------------------

    async def _ask_registry(self, top: str) -> Observation:
        by_rdap = self.context.ledger.recorded(SourceKind.RDAP, top, "registry")
        by_whois = self.context.ledger.recorded(SourceKind.WHOIS, top, "registry")
        for recorded in (by_rdap, by_whois):
            if recorded is not None and recorded.status is Status.ANSWER:
                return recorded
        answer = by_rdap or await self._registry_by_rdap(top)
        if answer.first("operator"):
            return answer
        return await self._registry_by_whois(top)

    async def _registry_by_rdap(self, top: str) -> Observation:
        page, base = await asyncio.gather(
            self.context.web.fetch(IANA_DOMAIN + top), self._rdap_base(top)
        )
        values: tuple[str, ...] = ()
        if page.data is not None:
            if rdap.is_about(page.data, top):
                values = rdap.read_top_level(page.data, rdap=base)
            else:
                page = replace(page, status=Status.MALFORMED, note=_OTHER_DOMAIN)
        return self.context.record_page(top, "registry", page, values)

    async def _registry_by_whois(self, top: str) -> Observation:
        status, text = await self._whois.ask(IANA_WHOIS, top)
        values: tuple[str, ...] = ()
        note = text
        if status is Status.ANSWER:
            values = read_iana(text)
            status = Status.ANSWER if values else Status.NOT_FOUND
            note = ""
        return self.context.record(
            top,
            "registry",
            status,
            values,
            source=SourceKind.WHOIS,
            server=IANA_WHOIS,
            note=note,
        )


def _top(name: str) -> str:
    """Return the top-level domain of a name."""
    return name.rsplit(".", 1)[-1]


def _query(name: str) -> str:
    """Return the WHOIS query about a name.

    JPRS answers in Japanese unless ``/e`` follows (its own banner says so).
    """
    return f"{name}/e" if name.endswith(".jp") else name
