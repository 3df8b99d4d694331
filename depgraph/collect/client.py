"""One DNS question to one server address: UDP, then TCP when the answer was truncated.

Each question has a socket of its own (a random port), a random id, and its letters in a random case
(draft-vixie-dnsext-dns0x20-00); what does not come from the address asked, with the id and the
question, is ignored (RFC 5452). Servers repeat the question as it came. An answer in which only the
case differs is either no server's, or one of the few that change it: then TCP decides.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import random
import secrets
import struct
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from depgraph.collect.budget import Account, Budget
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.wire import Frame, Reply, read_reply
from depgraph.errors import CollectionError
from depgraph.limits import note_of
from depgraph.names import registered_domain
from depgraph.observations import Status
from depgraph.vocabulary import Limit

_PAYLOAD = 1232  # DNS flag day 2020: fits any path without fragments
_ADVERSE = (dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS)
_ZONES = 2  # times `Budget.unserved`: questions about all zones of one domain that may be declined
_STRAYS = 64  # packets that are not the answer, read before a server is called malformed


def read_subnet(text: str) -> dns.edns.ECSOption:
    """Read an EDNS client subnet such as ``203.0.113.0/24`` (RFC 7871).

    Raises
    ------
    CollectionError
        If it is not a network.
    """
    try:
        network = ipaddress.ip_network(text, strict=True)
    except ValueError as error:
        raise CollectionError(
            f"expected a subnet such as 203.0.113.0/24, found {text!r}: {error}"
        ) from None
    return dns.edns.ECSOption(str(network.network_address), network.prefixlen)


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the DNS and whom it is put to.

    Parameters
    ----------
    name, type
        Canonical name and DNS type.
    server, server_name
        Address of the server, and the host name under which we know it.
    zone
        As whose authority the server is asked; empty asks for recursion.
    port
        Port of the server.
    unchecked
        Whether a resolver shall answer what it finds bogus, too (CD, RFC 4035, section 3.2.2).
    """

    name: str
    type: str
    server: str
    server_name: str
    zone: str
    port: int = 53
    unchecked: bool = False


class _Answers(asyncio.DatagramProtocol):
    """Queues what a connected socket receives; whether it is the answer is judged elsewhere."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes | Exception] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002
        if self.queue.qsize() < _STRAYS:
            self.queue.put_nowait(data)

    def error_received(self, exc: Exception) -> None:
        self.queue.put_nowait(exc)


class _Slots:
    """How many questions may be on the way: few until one is answered, and each that fails one less.

    Attributes
    ----------
    heard
        Whether one was answered.
    failures
        How the others ended.
    """

    def __init__(self, few: int, most: int, *, heard: bool) -> None:
        self._few, self._most = min(few, most), most
        self._busy = 0
        self._change = asyncio.Condition()
        self.heard = heard
        self.failures: list[Status] = []

    @property
    def exhausted(self) -> bool:
        """Whether so many failed, and none was answered, that no more are to be put."""
        return not self.heard and len(self.failures) >= self._few

    def _free(self) -> bool:
        whole = self.heard or self.exhausted  # then nothing is sent, or little
        return self._busy < (self._most if whole else self._few - len(self.failures))

    async def __aenter__(self) -> None:
        async with self._change:
            await self._change.wait_for(self._free)
            self._busy += 1

    async def __aexit__(self, *_: object) -> None:
        async with self._change:
            self._busy -= 1
            self._change.notify_all()


class Client:
    """Sends DNS queries and reads the answers as observations.

    Parameters
    ----------
    endpoints
        Where each server is contacted.
    budget, account
        The limits, and what has been spent of them.
    vantage
        From where this is asked, for each observation.
    subnet
        EDNS client subnet to send, as text; empty sends none.
    """

    def __init__(
        self,
        *,
        endpoints: Endpoints,
        budget: Budget,
        account: Account,
        vantage: str = "",
        subnet: str = "",
    ) -> None:
        self._endpoints = endpoints
        self._budget = budget
        self._account = account
        self._vantage = vantage
        self._subnet = subnet
        self._opt = _opt_record([read_subnet(subnet)] if subnet else [])
        self._in_flight = asyncio.Semaphore(budget.in_flight)
        self._slots: dict[str | tuple[str, str], _Slots] = {}  # by server, by (server, zone)
        self._of_domain: dict[tuple[str, str], _Slots] = {}  # by server and registered domain
        self._put: Counter[str] = Counter()  # questions, by address of the server and by zone
        self._packets: Counter[str] = Counter()  # by address of the server, until it is heard
        self._plain: set[str] = set()  # servers that do not keep the case of a question

    async def ask(self, query: Query) -> Reply:
        """Send one query; what goes wrong on the network is an observation, not an exception."""
        endpoint = self._endpoints.for_dns(query.server, query.port, chosen=not query.zone)
        if endpoint is None:
            note = "not contacted: this address is not reached from here"
            return self._failed(query, Status.UNREACHABLE, note=note)
        async with self._in_turn(query):
            if refusal := self._refusal(query):
                return self._failed(query, Status.NOT_ASKED_BUDGET, note=refusal)
            if (known := self._known_failure(query)) is not None:
                return known
            self._put.update((query.server, query.zone))
            try:
                reply = await self._over_udp(query, endpoint, edns=True)
            except OSError as error:
                return self._failed(query, Status.UNREACHABLE, note=_reason(error))
            self._take_note(query, reply)
        return reply

    def _take_note(self, query: Query, reply: Reply) -> None:
        if reply.primary.status is not Status.TIMEOUT:
            self._slots[query.server].heard = True
        for about in (self._slots[query.server, query.zone], self._about_domain(query)):
            if reply.useful:
                about.heard = True
            else:
                about.failures.append(reply.primary.status)

    @contextlib.asynccontextmanager
    async def _in_turn(self, query: Query) -> AsyncIterator[None]:
        """Wait until a server may be asked: few questions at a time until it answers."""
        budget, most = self._budget, self._budget.per_server
        about = (query.server, query.zone)
        if query.server not in self._slots:
            chosen = not query.zone
            self._slots[query.server] = _Slots(budget.unheard, most, heard=chosen)
        if about not in self._slots:
            self._slots[about] = _Slots(budget.unserved, most, heard=_is_ours(query.zone))
        domain, server = self._about_domain(query), self._slots[query.server]
        async with self._slots[about], domain, server, self._in_flight:
            yield

    def _about_domain(self, query: Query) -> _Slots:
        """Return the turns of a server for all zones of a domain, of which there may be any number."""
        key = (query.server, registered_domain(query.zone) or query.zone)
        if key not in self._of_domain:
            few, ours = _ZONES * self._budget.unserved, _is_ours(query.zone)
            self._of_domain[key] = _Slots(few, self._budget.per_server, heard=ours)
        return self._of_domain[key]

    def _known_failure(self, query: Query) -> Reply | None:
        """Return how a question ends that need not be sent; None if it is.

        To an address that never answers nothing more is sent, and to one that declines what it
        is asked about a zone no more about that: both may be somebody whom the zone points at.
        """
        about = self._slots[query.server, query.zone]
        if self._spent(query.server):
            note = f"not sent: the address answered none of {self._packets[query.server]} packets"
            return self._failed(query, Status.TIMEOUT, note=note)
        if not about.exhausted or (query.name, query.type) == (query.zone, "SOA"):
            return None
        several = len(about.failures)
        note = f"not sent: the address answered none of {several} questions about {query.zone}"
        return self._failed(query, about.failures[-1], note=note)

    def _refusal(self, query: Query) -> str:
        """Return why a server is not asked any more, in a few words; empty if it is.

        Who answers may be chosen by a hostile zone, and need not be a name server at all.
        """
        if late := self._account.late():
            return late
        server, budget = query.server, self._budget
        if query.zone and self._put[server] >= budget.per_target:
            return note_of(Limit.SERVER, budget.per_target)
        if self._about_domain(query).exhausted:
            return note_of(Limit.SERVER, _ZONES * budget.unserved)
        of_one = 2 * budget.per_target
        if self._put[query.zone] >= of_one and registered_domain(query.zone) is not None:
            return note_of(Limit.ZONE, of_one)
        return ""

    def _failed(
        self, query: Query, status: Status, *, note: str = "", flags: tuple[str, ...] = ()
    ) -> Reply:
        frame = self._frame(query)
        observation = frame.observe(query.name, query.type, status, note=note, flags=flags)
        return Reply(observation)

    def frame(
        self, *, zone: str, server: str, server_name: str, flags: tuple[str, ...] = ()
    ) -> Frame:
        """Return what the observations of one message share, the time being now."""
        return Frame(
            zone=zone,
            server=server,
            server_name=server_name,
            time=self._account.clock.now(),
            vantage=self._vantage,
            subnet=self._subnet,
            flags=flags,
        )

    def _frame(self, query: Query, *, flags: tuple[str, ...] = ()) -> Frame:
        return self.frame(
            zone=query.zone,
            server=server_id(query),
            server_name=query.server_name,
            flags=(*flags, "CD") if query.unchecked else flags,
        )

    def _wire(self, query: Query, *, edns: bool) -> tuple[int, bytes]:
        """Write a query: header (RFC 1035, section 4.1.1), question in mixed case, OPT record.

        Returns
        -------
        ident : int
            The random id of the query.
        wire : bytes
            The message.
        """
        ident = secrets.randbits(16)
        # AD asks a resolver to say whether it validated (RFC 6840, section 5.7).
        flags = 0 if query.zone else int(dns.flags.RD | dns.flags.AD)
        if query.unchecked:
            flags |= int(dns.flags.CD)
        name = dns.name.from_text(query.name).to_wire() or b""
        if query.server not in self._plain:
            name = _in_mixed_case(name)
        kind = dns.rdatatype.from_text(query.type)
        header = struct.pack("!6H", ident, flags, 1, 0, 0, int(edns))
        wire = header + name + struct.pack("!HH", kind, dns.rdataclass.IN)
        return ident, wire + (self._opt if edns else b"")

    async def _over_udp(self, query: Query, endpoint: tuple[str, int], *, edns: bool) -> Reply:
        loop = asyncio.get_running_loop()
        ident, wire = self._wire(query, edns=edns)
        transport, answers = await loop.create_datagram_endpoint(_Answers, remote_addr=endpoint)
        try:
            wait = self._budget.timeout
            for number in range(self._budget.tries):
                if number and self._spent(query.server):
                    return self._failed(query, Status.TIMEOUT)
                transport.sendto(wire)
                self._packets[query.server] += 1
                data = await self._await_answer(answers, ident, wire, wait, edns=edns)
                if data is not None:
                    break
                wait *= random.uniform(1.5, 2.0)  # noqa: S311  (jitter, no secret)
            else:
                return self._failed(query, Status.TIMEOUT)
        finally:
            transport.close()
        if data[4:6] == b"\0\1" and not self._keeps_case(query, data, wire):
            return await self._despite_case(query, endpoint, edns=edns)
        if data[2] & 0x02:  # TC: it did not fit
            return await self._over_tcp(query, endpoint, edns=edns)
        return await self._read(query, endpoint, data, edns=edns, flags=())

    def _spent(self, server: str) -> bool:
        """Tell whether an address that never answered has been sent all that it is sent."""
        return not self._slots[server].heard and self._packets[server] >= self._budget.unheard

    async def _await_answer(
        self, answers: _Answers, ident: int, wire: bytes, wait: float, *, edns: bool
    ) -> bytes | None:
        """Wait for the packet that answers, so many seconds; other packets are ignored."""
        deadline = asyncio.timeout(wait)
        try:
            async with deadline:
                while True:
                    data = await answers.queue.get()
                    if isinstance(data, Exception):
                        raise data
                    self._account.bytes += len(data)
                    if _is_answer(data, ident, wire) or (edns and _rejects_edns(data, ident)):
                        return data
        except TimeoutError:
            if deadline.expired():
                return None
            raise

    def _keeps_case(self, query: Query, data: bytes, wire: bytes) -> bool:
        """Tell whether an answer repeats the question letter by letter, or need not."""
        end = _end_of_question(wire)
        return query.server in self._plain or data[12:end] == wire[12:end]

    async def _despite_case(self, query: Query, endpoint: tuple[str, int], *, edns: bool) -> Reply:
        """Ask over TCP, which is not forged from afar, where UDP brought another case back."""
        ident, wire = self._wire(query, edns=edns)
        try:
            data = await self._exchange(endpoint, wire)
        except (OSError, EOFError):
            data = b""
        if not _is_answer(data, ident, wire):  # so it stays as safe as it would be without
            self._plain.add(query.server)
            return await self._over_udp(query, endpoint, edns=edns)
        if not self._keeps_case(query, data, wire):
            self._plain.add(query.server)
        return await self._read(query, endpoint, data, edns=edns, flags=())

    async def _exchange(self, endpoint: tuple[str, int], wire: bytes) -> bytes:
        """Send a message over TCP and return what comes back."""
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(2 * self._budget.timeout):
                reader, writer = await asyncio.open_connection(*endpoint)
                writer.write(len(wire).to_bytes(2, "big") + wire)
                size = int.from_bytes(await reader.readexactly(2), "big")
                data = await reader.readexactly(size)
        finally:
            if writer is not None:
                writer.close()
        self._account.bytes += len(data)
        return data

    async def _over_tcp(self, query: Query, endpoint: tuple[str, int], *, edns: bool) -> Reply:
        ident, wire = self._wire(query, edns=edns)
        try:
            data = await self._exchange(endpoint, wire)
        except (OSError, EOFError) as error:
            if edns:  # without DNSSEC records it may fit
                return await self._over_udp(query, endpoint, edns=False)
            note = f"truncated over UDP, and TCP failed: {_reason(error)}"
            return self._failed(query, Status.TRUNCATED, note=note, flags=("TC",))
        if not _is_answer(data, ident, wire):
            note = "truncated over UDP, and over TCP the answer to something else"
            return self._failed(query, Status.MALFORMED, note=note, flags=("TC",))
        return await self._read(query, endpoint, data, edns=edns, flags=("TC",))

    async def _read(
        self,
        query: Query,
        endpoint: tuple[str, int],
        data: bytes,
        *,
        edns: bool,
        flags: tuple[str, ...],
    ) -> Reply:
        try:
            message = dns.message.from_wire(data, ignore_trailing=True)
            if edns and message.rcode() in _ADVERSE and message.edns < 0:
                # An old server that does not know EDNS (RFC 6891, section 7).
                return await self._over_udp(query, endpoint, edns=False)
            return read_reply(message, query.name, query.type, self._frame(query, flags=flags))
        except (dns.exception.DNSException, ValueError, IndexError, KeyError, TypeError) as error:
            note = f"cannot be read: {type(error).__name__}"
            return self._failed(query, Status.MALFORMED, note=note, flags=flags)


def _opt_record(options: list[dns.edns.Option]) -> bytes:
    """Write the OPT record (RFC 6891) that ends each query; it is the same in all of them.

    It asks for DNSSEC records (DO, RFC 3225), so that signatures come with the answers.
    """
    message = dns.message.Message()
    message.use_edns(0, ednsflags=dns.flags.DO, payload=_PAYLOAD, options=options)
    return message.to_wire()[12:]


def _is_answer(data: bytes, ident: int, wire: bytes) -> bool:
    """Tell whether a packet answers the query: its id, QR, and its question (RFC 5452)."""
    if not _replies(data, ident) or data[4:6] != b"\0\1":
        return False
    end = _end_of_question(wire)
    name = slice(12, end - 4)  # type and class are no letters
    return data[name].lower() == wire[name].lower() and data[end - 4 : end] == wire[end - 4 : end]


def _is_ours(zone: str) -> bool:
    """Tell whether we ask about a zone whatever strangers say: registries, and who tells routes."""
    return registered_domain(zone) in {None, "cymru.com"} if zone else True


def _end_of_question(wire: bytes) -> int:
    """Return where the question of a query ends: name, type, class (RFC 1035, section 4.1.2)."""
    end = 12
    while end < len(wire) and wire[end]:
        end += wire[end] + 1
    return end + 5


def _in_mixed_case(name: bytes) -> bytes:
    """Change the case of each letter of a name in wire form at random (a length is below 64)."""
    chance = secrets.randbits(8 * len(name)).to_bytes(len(name), "big")
    return bytes(
        one ^ 0x20 if bits & 1 and one < 128 and chr(one).isalpha() else one
        for one, bits in zip(name, chance, strict=True)
    )


def _rejects_edns(data: bytes, ident: int) -> bool:
    """Tell whether a packet is the bare header by which an old server rejects EDNS.

    It does not repeat the question (RFC 6891, section 7), so it answers none: the question is
    put again without EDNS, and that is all that it brings about.
    """
    return _replies(data, ident) and data[4:6] == b"\0\0" and data[3] & 0x0F in _ADVERSE


def _replies(data: bytes, ident: int) -> bool:
    return len(data) >= 12 and int.from_bytes(data[:2], "big") == ident and bool(data[2] & 0x80)


def server_id(query: Query) -> str:
    """Return the server as observations name it: its address, with the port if it is not 53."""
    if query.port == 53:
        return query.server
    host = f"[{query.server}]" if ":" in query.server else query.server
    return f"{host}:{query.port}"


def _reason(error: BaseException) -> str:
    """Return in a few words why a connection failed."""
    if isinstance(error, TimeoutError):
        return "time-out"
    if isinstance(error, EOFError):
        return "connection closed early"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
