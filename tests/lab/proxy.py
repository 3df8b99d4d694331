"""The servers as the collector sees them: one endpoint per real address, in front of the NSDs.

Each endpoint (UDP and TCP) knows the zones its address answers for and refuses the rest,
plays faults, holds every answer back for the delay, and logs every question.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Coroutine, Mapping

import dns.exception
import dns.flags
import dns.message
import dns.rdatatype

from depgraph import names

from . import authority
from .servers import LOOPBACK
from .traffic import Asked, Fault, Traffic, now
from .world import World

IDLE = 10.0  # seconds a silent TCP connection is kept
UPSTREAM = 3.0  # seconds an NSD has to answer; it takes well under one millisecond
_QUIET = (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError)


class Upstream(asyncio.DatagramProtocol):
    """One socket to one NSD; message ids are replaced so that clients may use the same."""

    def __init__(self) -> None:
        self._waiting: dict[bytes, asyncio.Future[bytes]] = {}
        self._number = 0
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: object) -> None:
        waiting = self._waiting.pop(data[:2], None)
        if waiting and not waiting.done():
            waiting.set_result(data)

    async def ask(self, wire: bytes) -> bytes:
        """Put a question to the NSD and give its answer under the question's own id."""
        self._number = (self._number + 1) & 0xFFFF
        key = struct.pack("!H", self._number)
        future = asyncio.get_running_loop().create_future()
        self._waiting[key] = future
        assert self._transport is not None
        self._transport.sendto(key + wire[2:])
        answer: bytes = await asyncio.wait_for(future, UPSTREAM)
        return wire[:2] + answer[2:]


class Endpoint(asyncio.DatagramProtocol):
    """The UDP side of one server address."""

    def __init__(self, proxy: Proxy, server: str) -> None:
        self._proxy = proxy
        self._server = server
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: object) -> None:
        arrival = now()
        assert self._transport is not None
        transport = self._transport

        def send(wire: bytes) -> None:
            if not transport.is_closing():
                transport.sendto(wire, addr)  # type: ignore[arg-type]

        self._proxy.spawn(self._proxy.serve(self._server, data, "udp", send, arrival=arrival))


class Proxy:
    """All endpoints of a world; start and stop within the loop of the lab."""

    def __init__(self, world: World, traffic: Traffic, nsd_ports: Mapping[int, int]) -> None:
        self.world = world
        self.traffic = traffic
        self.endpoints: dict[str, tuple[str, int]] = {}
        self._nsd_ports = nsd_ports
        self._nsd: dict[int, Upstream] = {}
        self._open: list[asyncio.BaseTransport | asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Run a coroutine and keep it until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def start(self, where: Callable[[str], tuple[str, int]]) -> None:
        """Open every endpoint; `where` gives address and port (0: any) for a real address."""
        loop = asyncio.get_running_loop()
        for layer, port in self._nsd_ports.items():
            transport, upstream = await loop.create_datagram_endpoint(
                Upstream, remote_addr=(LOOPBACK, port)
            )
            self._nsd[layer] = upstream
            self._open.append(transport)
        for server in self.world.serves:
            udp, tcp = _pair(*where(server))
            self.endpoints[server] = udp.getsockname()[:2]
            transport, _ = await loop.create_datagram_endpoint(
                lambda server=server: Endpoint(self, server),  # type: ignore[misc]
                sock=udp,
            )
            listener = await asyncio.start_server(
                lambda reader, writer, server=server: self._tcp(server, reader, writer),  # type: ignore[misc]
                sock=tcp,
            )
            self._open += [transport, listener]

    async def stop(self) -> None:
        """Close every endpoint and drop what is under way."""
        for task in list(self._tasks):
            task.cancel()
        for thing in self._open:
            thing.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _tcp(
        self, server: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        first = True

        def send(wire: bytes) -> None:
            writer.write(struct.pack("!H", len(wire)) + wire)

        with contextlib.suppress(*_QUIET, asyncio.CancelledError):
            while True:
                size = await asyncio.wait_for(reader.readexactly(2), IDLE)
                wire = await reader.readexactly(struct.unpack("!H", size)[0])
                await self.serve(server, wire, "tcp", send, arrival=now(), first=first)
                first = False
        writer.close()

    async def serve(
        self,
        server: str,
        wire: bytes,
        proto: str,
        send: Callable[[bytes], None],
        *,
        arrival: float,
        first: bool = False,
    ) -> None:
        """Answer one question as this server would, faults and delay included."""
        try:
            query = dns.message.from_wire(wire)
            question = query.question[0]
        except (dns.exception.DNSException, IndexError):
            return
        name = names.canonical(question.name.to_text())
        kind = dns.rdatatype.to_text(question.rdtype)
        asked = Asked(
            time=arrival,
            server=server,
            proto=proto,
            name=name,
            type=kind,
            zone=authority.zone_at(self.world.serves[server], name, kind) or "",
            subnet=authority.client_subnet(query),
            first=first,
        )
        fault = self.traffic.arrived(asked)
        if fault and fault.action in {"drop", "close"}:
            if fault.action == "close" and proto == "tcp":
                raise ConnectionAbortedError
            return
        try:
            response = await self._respond(asked, query, wire, fault)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            return
        await asyncio.sleep(self.traffic.due(asked, fault) - now())
        while fault and fault.action == "hold" and not fault.released.is_set():  # noqa: ASYNC110 (a test sets it)
            await asyncio.sleep(0.002)
        asked.response = response
        asked.answered = now()
        send(response)

    async def _respond(
        self, asked: Asked, query: dns.message.Message, wire: bytes, fault: Fault | None
    ) -> bytes:
        action = fault.action if fault else ""
        if action in {"servfail", "refused", "formerr", "notimp"}:
            return authority.failure(query, action.upper())
        if action == "truncate":
            return authority.truncated(query)
        if action == "garbage":
            return authority.garbage(query)
        if action == "upward":
            return authority.upward(query, self.world)
        if action == "view":
            assert fault is not None
            return authority.view(query, asked, fault)
        if not asked.zone:
            return authority.failure(query, "REFUSED")
        response = await self._ask_nsd(self.world.layer[asked.zone], asked.proto, wire)
        response = authority.as_one_server(response, self.world, self.world.serves[asked.server])
        if action == "no-authority":
            return authority.without_authority(response)
        if action == "wrong-id":
            return authority.other_id(response)
        return response

    async def _ask_nsd(self, layer: int, proto: str, wire: bytes) -> bytes:
        if proto == "udp":
            return await self._nsd[layer].ask(wire)
        reader, writer = await asyncio.open_connection(LOOPBACK, self._nsd_ports[layer])
        try:
            writer.write(struct.pack("!H", len(wire)) + wire)
            size = await asyncio.wait_for(reader.readexactly(2), UPSTREAM)
            return await reader.readexactly(struct.unpack("!H", size)[0])
        finally:
            writer.close()


def _pair(address: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Open a UDP and a TCP socket at one address and port (0: any that is free for both)."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for _ in range(50):
        udp = socket.socket(family, socket.SOCK_DGRAM)
        tcp = socket.socket(family, socket.SOCK_STREAM)
        try:
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            udp.bind((address, port))
            tcp.bind((address, udp.getsockname()[1]))
        except OSError:
            udp.close()
            tcp.close()
            if port:
                raise
        else:
            return udp, tcp
    raise OSError(f"expected a free port at {address}, found none in 50 tries")
