"""Who holds an address block: RDAP of the regional registries (RFC 9082, RFC 9224)."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType
from urllib.parse import urlsplit

from depgraph.addresses import PrefixMap
from depgraph.collect.plan import Question
from depgraph.collect.source import Context, Report, Source
from depgraph.collect.sources.origin import look_up_origin
from depgraph.collect.web import Pace
from depgraph.observations import Observation, Status
from depgraph.records import rdap
from depgraph.vocabulary import SourceKind

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
OriginOf = Callable[[str], Awaitable[Observation]]


class Holder(Source):
    """Asks the regional registries who holds the block of an address.

    One answer serves the whole block. Blocks are let and handed on in parts, though, so an
    address that another AS announces is asked about for itself.

    Parameters
    ----------
    context
        What all sources of the collection share.
    origin_of
        Returns what is known of the route of an address; None looks it up. It is awaited only
        where it is needed: for the registry, if IANA's table does not name it; and for the AS,
        where the block is known already.
    """

    answers = frozenset({"holder"})
    option = "registration"
    # LACNIC refuses more than ten a minute (https://github.com/secynic/ipwhois/issues/99).
    paces = MappingProxyType({"rdap.lacnic.net": Pace(10, 60)})

    def __init__(self, context: Context, *, origin_of: OriginOf | None = None) -> None:
        super().__init__(context)
        self._origin_of = origin_of or partial(look_up_origin, context)
        self._blocks = Blocks()
        for answer in context.ledger.all_recorded(SourceKind.RDAP, "holder"):
            self._blocks.learn(answer)
        self._in_flight: dict[str, list[tuple[str, asyncio.Event]]] = defaultdict(list)

    def prepare(self) -> None:
        """Load the list of registries, which takes a tenth of a second."""
        load_registries()

    async def ask(self, question: Question, report: Report) -> None:
        """Ask who holds the block of an address. See :meth:`Source.ask`."""
        report(await self.holder(question.subject))

    async def holder(self, address: str) -> Observation:
        """Return who holds the block of an address, from the nearest answer there is."""
        recorded = self.context.ledger.recorded(SourceKind.RDAP, address, "holder")
        if recorded is not None:
            return await self._ask_other_registry(recorded, address)
        base = await self._registry_of(address)
        region = region_of(address)
        earlier, answered = tuple(self._in_flight[region]), asyncio.Event()
        self._in_flight[region].append((address, answered))
        try:
            await self._wait_for(earlier, address)
            block = await self._covering(address)
            if block is not None:
                answer = covered_by(block, address)
                self.context.ledger.record(answer)
                return answer
            answer = await self._ask_other_registry(await self._ask(base, address), address)
            self._blocks.learn(answer)
        finally:
            answered.set()
            self._in_flight[region].remove((address, answered))
        return answer

    async def _wait_for(self, earlier: tuple[tuple[str, asyncio.Event], ...], address: str) -> None:
        """Wait for the questions in flight whose answer may be about the block of an address.

        That is those of the same region and route that began before.
        """
        for neighbour, answered in earlier:
            if not answered.is_set() and await self._same_route(address, neighbour):
                await answered.wait()

    async def _same_route(self, address: str, other: str) -> bool:
        mine, others = await asyncio.gather(self._origin_of(address), self._origin_of(other))
        return mine.first("prefix") == others.first("prefix")

    async def _covering(self, address: str) -> Observation | None:
        """Find an answer about a block that holds the address, of the same origin."""
        for answer in self._blocks.covering(address):
            mine = await self._origin_of(address)
            others = await self._origin_of(answer.subject)
            if mine.fields().get("asn") == others.fields().get("asn"):
                return answer
        return None

    async def _registry_of(self, address: str) -> str:
        """Find whom to ask: IANA's table tells at once, the routing table somewhat later."""
        table = await self._bootstrap(address)
        base = registry_by_table(table.fields().get("rdap", ()), address)
        return base or registry_by_route(await self._origin_of(address))

    async def _bootstrap(self, address: str) -> Observation:
        """Return IANA's table of the registries of addresses, fetched once for each family."""
        family = f"ipv{ipaddress.ip_address(address).version}"
        recorded = self.context.ledger.recorded(SourceKind.RDAP, family, "bootstrap")
        if recorded is not None:
            return recorded
        page = await self.context.web.fetch(bootstrap_url(address))
        values = rdap.read_blocks(page.data) if page.data is not None else ()
        if page.status is Status.ANSWER and not values:
            page = replace(page, status=Status.MALFORMED, note="no table of address blocks")
        return self.context.record_page(family, "bootstrap", page, values)

    async def _ask_other_registry(self, answer: Observation, address: str) -> Observation:
        """Ask the registry that the routing table names, where another knows no such block.

        Blocks move between registries. It is also what a resumed run may have left to do.
        """
        if answer.status is not Status.NOT_FOUND:
            return answer
        base = registry_by_route(await self._origin_of(address))
        if not base or answer.server.startswith(base):
            return answer
        return await self._ask(base, address)

    async def _ask(self, base: str, address: str) -> Observation:
        """Ask one registry about an address."""
        page = await self.context.web.fetch(f"{base}ip/{address}")
        values: tuple[str, ...] = ()
        if page.data is not None:
            values = rdap.read_network(page.data, registry=registry_at(page.url))
            if not values:
                page = replace(page, status=Status.MALFORMED, note="not an RDAP network object")
            elif not _covers(values, address):
                values = ()
                note = "about another block than that of the address"
                page = replace(page, status=Status.MALFORMED, note=note)
        return self.context.record_page(address, "holder", page, values)


def _covers(values: Iterable[str], address: str) -> bool:
    """Tell whether one of the prefixes of an answer holds an address."""
    ip = ipaddress.ip_address(address)
    prefixes = (value.removeprefix("prefix ") for value in values if value.startswith("prefix "))
    return any(ip in ipaddress.ip_network(prefix) for prefix in prefixes)


class Blocks:
    """The answers of the registries, by the blocks that they are about."""

    def __init__(self) -> None:
        self._answers: list[tuple[tuple[Network, ...], Observation]] = []

    def learn(self, answer: Observation) -> None:
        """Remember an answer that names a block."""
        if answer.status is Status.ANSWER:
            prefixes = answer.fields().get("prefix", ())
            self._answers.append((tuple(map(ipaddress.ip_network, prefixes)), answer))

    def covering(self, address: str) -> Iterator[Observation]:
        """Iterate over the answers about blocks that hold an address, the first known first.

        Answers that are learnt during the iteration take part in it.
        """
        ip = ipaddress.ip_address(address)
        for networks, answer in self._answers:
            if any(ip in network for network in networks):
                yield answer


def region_of(address: str) -> str:
    """Return the prefix within which questions in flight wait for each other.

    >>> region_of("198.51.100.7"), region_of("2001:db8::1")
    ('198.51.0.0/16', '2001:db8::/32')
    """
    width = 32 if ":" in address else 16
    return str(ipaddress.ip_network(f"{address}/{width}", strict=False))


def covered_by(answer: Observation, address: str) -> Observation:
    """Return an answer about a block as the answer about another address of the block."""
    note = f"from the answer about {answer.subject}, whose block holds this address too"
    return replace(answer, subject=address, note=note)


def bootstrap_url(address: str) -> str:
    """Return the URL of IANA's table of the registries of addresses (RFC 9224)."""
    version = ipaddress.ip_address(address).version
    return f"https://data.iana.org/rdap/ipv{version}.json"


def registry_by_table(rows: Iterable[str], address: str) -> str:
    """Find the base URL for an address in rows ``"BLOCK URL"``, the longest block first.

    Rows that are no blocks are passed over: a recording that is gone on with may have any.

    >>> rows = ["192.0.0.0/8 https://a.example/", "192.0.2.0/24 https://b.example/"]
    >>> registry_by_table(rows, "192.0.2.1")
    'https://b.example/'
    """
    blocks = PrefixMap(_blocks(rows))
    longest = blocks.longest(ipaddress.ip_address(address))
    return "" if longest is None else longest[1]


def _blocks(
    rows: Iterable[str],
) -> Iterator[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str]]:
    for row in rows:
        block, _, url = row.partition(" ")
        with contextlib.suppress(ValueError):
            yield ipaddress.ip_network(block), url


def registry_by_route(origin: Observation) -> str:
    """Return the base URL of the registry that the routing table names for an address.

    Where it names none, ARIN's, which redirects to the registry that is responsible.
    """
    urls = load_registries()
    return urls.get(origin.first("registry") or "") or urls["arin"]


def registry_at(url: str) -> str:
    """Return the regional registry that a URL belongs to, empty if none.

    >>> registry_at("https://rdap.db.ripe.net/ip/192.0.2.1")
    'ripencc'
    """
    host = urlsplit(url).hostname
    for registry, base in sorted(load_registries().items()):
        if urlsplit(base).hostname == host:
            return registry
    return ""


@cache
def load_registries() -> dict[str, str]:
    """Return the RDAP base URL of each regional registry, as ipwhois lists them.

    Of ipwhois only that list is used. Its look-up would block, sleep for minutes on a 429 and
    ignore ``Retry-After``; its parser gives the same as :mod:`depgraph.records.rdap` on every
    recorded network, and nothing at all where one property of a card is null.
    """
    from ipwhois.rdap import RIR_RDAP  # noqa: PLC0415  (takes a tenth of a second)

    return {
        registry: str(urls["ip_url"]).removesuffix("ip/{0}") for registry, urls in RIR_RDAP.items()
    }
