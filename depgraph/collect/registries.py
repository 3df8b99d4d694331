"""Ask the registries: of names (RDAP, WHOIS), of top-level domains, of address blocks."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from depgraph.collect import holders, whois
from depgraph.collect.budget import Account, Budget
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.iterate import OutOfBudgetError
from depgraph.collect.ledger import Ledger
from depgraph.collect.web import Page, Web
from depgraph.observations import Observation, Status
from depgraph.records import rdap
from depgraph.records.whois import read_iana, read_whois

IANA_BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
IANA_DOMAIN = "https://rdap.iana.org/domain/"
_WHOIS_AT_ONCE = 2  # questions to one WHOIS server at a time


Network = ipaddress.IPv4Network | ipaddress.IPv6Network
OriginOf = Callable[[str], Awaitable[Observation]]


class Registries:
    """Registration data, each question put once, answers of a resumed file used again."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        endpoints: Endpoints,
        budget: Budget,
        account: Account,
        vantage: str = "",
    ) -> None:
        self._ledger = ledger
        self._endpoints = endpoints
        self._budget = budget
        self._account = account
        self._vantage = vantage
        self._web = Web(endpoints=endpoints, budget=budget, account=account)
        self._blocks: list[tuple[tuple[Network, ...], Observation]] = []
        for answer in ledger.others("rdap", "holder"):
            self._learn(answer)
        self._asked: dict[str, asyncio.Task[Observation]] = {}
        self._on_the_way: dict[str, list[tuple[str, asyncio.Event]]] = defaultdict(list)
        self._whois_places: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(_WHOIS_AT_ONCE)
        )

    async def prepare(self) -> None:
        """Load in another thread what takes long, while the first answers are on their way."""
        await asyncio.to_thread(holders.prepare)

    async def close(self) -> None:
        """Close the connections."""
        await self._web.close()

    # -- names ----------------------------------------------------------------------------

    async def registration(self, name: str) -> Observation:
        """Ask who registered a name: RDAP, and WHOIS where that fails or is not offered."""
        return await self._shared(f"registration {name}", self._registration, name)

    async def _shared(
        self, key: str, ask: Callable[[str], Coroutine[Any, Any, Observation]], subject: str
    ) -> Observation:
        """Ask once: who asks the same meanwhile or later gets the same answer."""
        if (task := self._asked.get(key)) is None:
            task = asyncio.get_running_loop().create_task(ask(subject))
            self._asked[key] = task
        return await asyncio.shield(task)

    async def _registration(self, name: str) -> Observation:
        by_rdap = self._ledger.other("rdap", name, "registration")
        if by_rdap is None and (base := await self._rdap_base(name)):
            page = await self._web.fetch(f"{base}domain/{name}")
            values: tuple[str, ...] = ()
            if page.data is not None:
                status, values = rdap.read_domain(page.data)
                if status is Status.MALFORMED:
                    page = replace(page, status=status, note="not an RDAP domain object")
                elif status is not Status.ANSWER:
                    page = replace(page, status=status)
            by_rdap = self._from_page(name, "registration", page, values)
        if by_rdap is not None and by_rdap.status.conclusive:
            return by_rdap
        return await self._by_whois(name) or by_rdap or self._no_source(name)

    async def _by_whois(self, name: str) -> Observation | None:
        known = self._ledger.other("whois", name, "registration")
        if known is not None:
            return known
        registry = await self.registry(name.rsplit(".", 1)[-1])
        server = registry.first("whois")
        if not server:
            return None
        status, text = await self._whois(server, whois.query_for(name))
        values: tuple[str, ...] = ()
        if status is Status.ANSWER:
            status, values = read_whois(text)
            text = ""
        return self._record(
            name, "registration", status, values, source="whois", server=server, note=text
        )

    def _no_source(self, name: str) -> Observation:
        note = "neither RDAP nor WHOIS is known for this top-level domain"
        return self._record(
            name, "registration", Status.NOT_ASKED_NO_SOURCE, (), source="rdap", note=note
        )

    async def _rdap_base(self, name: str) -> str:
        """Find the RDAP server of a name's top-level domain in IANA's table."""
        top = name.rsplit(".", 1)[-1]
        known = self._ledger.other("rdap", top, "bootstrap")
        if known is None:
            page = await self._web.fetch(IANA_BOOTSTRAP)
            base = rdap.base_for_domain(page.data, top) if page.data is not None else ""
            values = (f"rdap {base}",) if base else ()
            if page.status is Status.ANSWER and not base:
                page = replace(page, status=Status.NOT_FOUND)
            known = self._from_page(top, "bootstrap", page, values)
        return known.first("rdap") or ""

    # -- top-level domains ----------------------------------------------------------------

    async def registry(self, top: str) -> Observation:
        """Ask IANA who runs a top-level domain: RDAP, else WHOIS."""
        return await self._shared(f"registry {top}", self._registry, top)

    async def _registry(self, top: str) -> Observation:
        for source in ("rdap", "whois"):
            known = self._ledger.other(source, top, "registry")
            if known is not None and known.status is Status.ANSWER:
                return known
        known = self._ledger.other("rdap", top, "registry")
        if known is None:
            page, base = await asyncio.gather(
                self._web.fetch(IANA_DOMAIN + top), self._rdap_base(top)
            )
            values: tuple[str, ...] = ()
            if page.data is not None:
                values = rdap.read_top_level(page.data, rdap=base)
            known = self._from_page(top, "registry", page, values)
        if known.first("operator"):
            return known
        status, text = await self._whois(whois.IANA, top)
        values = read_iana(text) if status is Status.ANSWER else ()
        if status is Status.ANSWER and not values:
            status = Status.NOT_FOUND
        note = text if status not in {Status.ANSWER, Status.NOT_FOUND} else ""
        return self._record(
            top, "registry", status, values, source="whois", server=whois.IANA, note=note
        )

    # -- addresses ------------------------------------------------------------------------

    async def holder(self, address: str, origin_of: OriginOf) -> Observation:
        """Ask who holds the block of an address; one answer serves the whole block.

        Parameters
        ----------
        origin_of
            Gives what is known of the route of an address. It is waited for only where it is
            needed: for the registry, if IANA's table does not tell it; and where a block is
            known already, for an address in it that another AS announces is asked about for
            itself, since blocks are let and handed on in parts.
        """
        known = self._ledger.other("rdap", address, "holder")
        if known is not None:
            return await self._elsewhere(known, address, origin_of)
        base = await self._registry_base(address, origin_of)
        width = 16 if ":" not in address else 32
        region = str(ipaddress.ip_network(f"{address}/{width}", strict=False))
        # An answer on the way may be about the block of this address: wait for those that
        # began before and are of the same route.
        before, ended = tuple(self._on_the_way[region]), asyncio.Event()
        self._on_the_way[region].append((address, ended))
        try:
            for neighbour, answered in before:
                if not answered.is_set() and await self._one_route(address, neighbour, origin_of):
                    await answered.wait()
            if (block := await self._covering(address, origin_of)) is not None:
                note = f"from the answer about {block.subject}, whose block holds this address too"
                known = replace(block, subject=address, note=note)
                self._ledger.record(known)
                return known
            known = await self._elsewhere(await self._network(address, base), address, origin_of)
            self._learn(known)
        finally:
            ended.set()
            self._on_the_way[region].remove((address, ended))
        return known

    async def _elsewhere(
        self, known: Observation, address: str, origin_of: OriginOf
    ) -> Observation:
        """Ask the registry that the routing table names where another knows no such block.

        Blocks move between registries. It is also what a resumed run may have left to do.
        """
        if known.status is not Status.NOT_FOUND:
            return known
        base = holders.registry_base((await origin_of(address)).first("registry") or "")
        if not base or known.server.startswith(base):
            return known
        return await self._network(address, base)

    async def _one_route(self, address: str, other: str, origin_of: OriginOf) -> bool:
        here, there = await asyncio.gather(origin_of(address), origin_of(other))
        return here.first("prefix") == there.first("prefix")

    def _learn(self, answer: Observation) -> None:
        if answer.status is Status.ANSWER:
            prefixes = answer.fields().get("prefix", ())
            self._blocks.append((tuple(map(ipaddress.ip_network, prefixes)), answer))

    async def _network(self, address: str, base: str) -> Observation:
        page = await self._web.fetch(f"{base}ip/{address}")
        values: tuple[str, ...] = ()
        if page.data is not None:
            values = rdap.read_network(page.data, registry=holders.registry_at(page.url))
            if not values:
                page = replace(page, status=Status.MALFORMED, note="not an RDAP network object")
        return self._from_page(address, "holder", page, values)

    async def _registry_base(self, address: str, origin_of: OriginOf) -> str:
        """Find whom to ask: IANA's table tells at once, the routing table somewhat later."""
        family = f"ipv{ipaddress.ip_address(address).version}"
        table = self._ledger.other("rdap", family, "bootstrap")
        if table is None:
            page = await self._web.fetch(holders.bootstrap_url(address))
            values = rdap.read_blocks(page.data) if page.data is not None else ()
            if page.status is Status.ANSWER and not values:
                page = replace(page, status=Status.MALFORMED, note="no table of address blocks")
            table = self._from_page(family, "bootstrap", page, values)
        if base := holders.find_base(table.fields().get("rdap", ()), address):
            return base
        return holders.registry_base((await origin_of(address)).first("registry") or "")

    async def _covering(self, address: str, origin_of: OriginOf) -> Observation | None:
        """Find the answer about a block that holds an address of the same origin."""
        ip = ipaddress.ip_address(address)
        for networks, answer in self._blocks:
            if any(ip in network for network in networks):
                here, there = await origin_of(address), await origin_of(answer.subject)
                if here.fields().get("asn") == there.fields().get("asn"):
                    return answer
        return None

    # -- both -----------------------------------------------------------------------------

    async def _whois(self, server: str, query: str) -> tuple[Status, str]:
        place = self._endpoints.for_whois(server)
        if place is None:
            return Status.UNREACHABLE, "not reached from here"
        if refusal := self._account.refusal():
            raise OutOfBudgetError(refusal)
        self._account.questions += 1
        async with self._whois_places[server]:
            status, text = await whois.ask_whois(
                place,
                query,
                seconds=5 * self._budget.timeout,
                limit=self._budget.answer_bytes,
            )
        self._account.bytes += len(text)
        return status, text

    def _from_page(
        self, subject: str, kind: str, page: Page, values: tuple[str, ...]
    ) -> Observation:
        return self._record(
            subject, kind, page.status, values, source="rdap", server=page.url, note=page.note
        )

    def _record(
        self,
        subject: str,
        kind: str,
        status: Status,
        values: tuple[str, ...],
        *,
        source: str,
        server: str = "",
        note: str = "",
    ) -> Observation:
        observation = Observation(
            subject=subject,
            type=kind,
            status=status,
            values=values if status is Status.ANSWER else (),
            source=source,
            server=server,
            time=datetime.now(UTC),
            vantage=self._vantage,
            note=note,
        )
        self._ledger.record(observation)
        return observation
