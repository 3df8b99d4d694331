"""A small world of name servers in this process: one socket each, zones as plain dicts.

Not a real server (the lab has those): just enough of RFC 1034 to answer, refer and fail on
purpose, so that the collector's own decisions can be tested in milliseconds.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from depgraph.collect import Endpoints
from depgraph.names import is_below, parents

Fault = Callable[[dns.message.Message, str], bytes | None]


class World:
    """Zones, the servers that serve them, and what was asked.

    Parameters
    ----------
    zones
        Apex -> lines ``"owner type data"`` with canonical names; NS of a child is a delegation.
    servers
        Real server address -> apexes that it serves.
    """

    def __init__(
        self,
        zones: dict[str, str],
        servers: dict[str, tuple[str, ...]],
        *,
        roots: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.zones = {apex: self._read(text) for apex, text in zones.items()}
        self.servers = servers
        self.roots = roots or {"a.root-servers.net": ("198.41.0.4",)}
        self.asked: list[tuple[str, str, str, bool]] = []  # name, type, server, over TCP
        self.faults: dict[str, Fault] = {}
        self.lowering: set[str] = set()  # servers that do not keep the case of a question
        self.delay = 0.0
        self.endpoints = Endpoints()

    @staticmethod
    def _read(text: str) -> dict[tuple[str, str], list[str]]:
        records: dict[tuple[str, str], list[str]] = {}
        for line in text.strip().splitlines():
            owner, kind, data = line.split(None, 2)
            records.setdefault((owner, kind), []).append(data)
        return records

    # -- answers --------------------------------------------------------------------------

    def answer(self, query: dns.message.Message, address: str) -> dns.message.Message:
        reply = dns.message.make_response(query)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower() or "."
        kind = dns.rdatatype.to_text(question.rdtype)
        served = [z for z in self.servers[address] if is_below(name, z)]
        if not served:
            reply.set_rcode(dns.rcode.REFUSED)
            return reply
        zone = max(served, key=len) if served != ["."] else "."
        if kind == "DS" and zone == name:
            zone = max((z for z in served if z != name), key=len, default=zone)
        records = self.zones[zone]
        cut = next(
            (
                p
                for p in reversed(parents(name))
                if p != zone and (p, "NS") in records and is_below(p, zone)
            ),
            None,
        )
        if cut is not None and not (kind == "DS" and cut == name):
            self._add(reply.authority, cut, "NS", records)
            for host in records[cut, "NS"]:
                for family in ("A", "AAAA"):
                    self._add(reply.additional, host, family, records)
            return reply
        reply.flags |= dns.flags.AA
        for _ in range(8):
            if self._add(reply.answer, name, kind, records) or kind == "CNAME":
                return reply
            if not self._add(reply.answer, name, "CNAME", records):
                break
            name = records[name, "CNAME"][0]
            if not is_below(name, zone):
                return reply
        if not any(owner == name or owner.endswith("." + name) for owner, _ in records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        self._add(reply.authority, zone, "SOA", records)
        return reply

    @staticmethod
    def _add(
        section: list[Any], name: str, kind: str, records: dict[tuple[str, str], list[str]]
    ) -> bool:
        data = records.get((name, kind))
        if data:
            full = [
                d if d.endswith(".") or kind not in {"NS", "CNAME", "PTR"} else d + "."
                for d in data
            ]
            section.append(dns.rrset.from_text_list(name.rstrip(".") + ".", 300, "IN", kind, full))
        return bool(data)

    def _wire(self, data: bytes, address: str, *, tcp: bool) -> bytes | None:
        """Answer a message; faults see its question in small letters, which come back as they came."""
        end = data.index(b"\0", 12)
        small = data[:12] + data[12:end].lower() + data[end:]
        wire = self._answered(small, address, tcp=tcp)
        if wire is None or address in self.lowering or wire[12:end] != small[12:end]:
            return wire
        return wire[:12] + data[12:end] + wire[end:]

    def _answered(self, data: bytes, address: str, *, tcp: bool) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower() or "."
        self.asked.append((name, dns.rdatatype.to_text(question.rdtype), address, tcp))
        if (fault := self.faults.get(address)) is not None:
            answer = fault(query, "tcp" if tcp else "udp")
            if answer != b"go on":
                return answer
        reply = self.answer(query, address)
        wire = reply.to_wire(max_size=65535)
        if not tcp and len(wire) > 1232:
            short = dns.message.make_response(query)
            short.flags |= dns.flags.TC
            wire = short.to_wire()
        return wire

    # -- sockets --------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        places = {}
        transports, listeners = [], []
        for address in self.servers:
            listener, transport = await self._pair(address)
            listeners.append(listener)
            transports.append(transport)
            places[address] = ("127.0.0.1", transport.get_extra_info("sockname")[1])
        self.endpoints = Endpoints(dns=places, roots=self.roots, closed=True)
        self._ready.set()
        await self._stop.wait()
        for transport in transports:
            transport.close()
        for listener in listeners:
            listener.close()

    async def _pair(self, address: str) -> tuple[Any, Any]:
        """Listen over TCP and UDP on one port; another port if it is taken for one of them."""
        while True:
            listener = await asyncio.start_server(self._tcp(address), "127.0.0.1", 0)
            port = listener.sockets[0].getsockname()[1]
            try:
                transport, _ = await self._loop.create_datagram_endpoint(
                    lambda: _Udp(self, address), local_addr=("127.0.0.1", port)
                )
            except OSError:
                listener.close()
            else:
                return listener, transport

    def _tcp(self, address: str) -> Any:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            size = int.from_bytes(await reader.readexactly(2), "big")
            data = self._wire(await reader.readexactly(size), address, tcp=True)
            if data is not None:
                writer.write(len(data).to_bytes(2, "big") + data)
                await writer.drain()
            writer.close()

        return handle


class Recursive(World):
    """A world in which some addresses answer as resolvers: from all zones, RA set, no authority.

    Parameters
    ----------
    recursive
        Their addresses.
    """

    def __init__(
        self,
        zones: dict[str, str],
        servers: dict[str, tuple[str, ...]],
        recursive: set[str],
        *,
        roots: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(zones, servers, roots=roots)
        self.recursive = recursive

    def answer(self, query: dns.message.Message, address: str) -> dns.message.Message:
        if address not in self.recursive:
            return super().answer(query, address)
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        name, kind = query.question[0].name, query.question[0].rdtype
        for _ in range(8):
            partial = self._from_its_zone(name, kind)
            reply.answer += partial.answer
            reply.authority = [rrset for rrset in partial.authority if rrset.rdtype == 6]
            reply.set_rcode(partial.rcode())
            last = partial.answer[-1] if partial.answer else None
            if last is None or last.rdtype != dns.rdatatype.CNAME or kind == last.rdtype:
                break
            name = last[0].target
        return reply

    def _from_its_zone(self, name: dns.name.Name, kind: int) -> dns.message.Message:
        text = name.to_text(omit_final_dot=True).lower() or "."
        zone = max((z for z in self.zones if is_below(text, z)), key=lambda z: len(z.strip(".")))
        self.servers["192.0.2.201"] = (zone,)
        return super().answer(dns.message.make_query(name, kind), "192.0.2.201")


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, world: World, address: str) -> None:
        self.world, self.address = world, address

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        wire = self.world._wire(data, self.address, tcp=False)
        if wire is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(self.world.delay, self.transport.sendto, wire, addr)
