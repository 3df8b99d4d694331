"""RDAP over HTTP and WHOIS on loopback: the registries of the lab, with faults and delay."""

from __future__ import annotations

import asyncio
import contextlib
import json

from . import registrations
from .servers import LOOPBACK
from .traffic import Asked, Fault, Traffic, now
from .world import World

WHOIS_SERVERS = ("whois.iana.org", *registrations.WHOIS_OF_TLD.values())
HTTP_HOSTS = (
    "data.iana.org",
    "rdap.iana.org",
    "stat.ripe.net",
    *(host for host, _ in registrations.RIRS.values()),
    *(host for host, _ in registrations.RDAP_OF_TLD.values()),
)
_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    404: "Not Found",
    429: "Too Many Requests",
}
_ENDED = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError)


class Registries:
    """One HTTP server for all RDAP hosts (told apart by ``Host``), one port per WHOIS server."""

    def __init__(self, world: World, traffic: Traffic) -> None:
        self.world = world
        self.traffic = traffic
        self.http: dict[str, str] = {}
        self.whois: dict[str, tuple[str, int]] = {}
        self._servers: list[asyncio.Server] = []
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Open all ports."""
        server = await asyncio.start_server(self._serve_http, LOOPBACK, 0)
        self._servers.append(server)
        base = f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
        self.http = dict.fromkeys(HTTP_HOSTS, base)
        for name in WHOIS_SERVERS:
            server = await asyncio.start_server(
                lambda reader, writer, name=name: self._serve_whois(name, reader, writer),  # type: ignore[misc]
                LOOPBACK,
                0,
            )
            self._servers.append(server)
            self.whois[name] = server.sockets[0].getsockname()[:2]

    async def stop(self) -> None:
        """Close all ports and connections."""
        for server in self._servers:
            server.close()
        for writer in list(self._writers):
            writer.close()
        await asyncio.sleep(0)

    async def _serve_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = True
        self._writers.add(writer)
        with contextlib.suppress(*_ENDED):
            while head := await reader.readuntil(b"\r\n\r\n"):
                request, *fields = head.decode("latin-1").split("\r\n")
                headers = {
                    key.strip().lower(): value.strip()
                    for key, _, value in (field.partition(":") for field in fields)
                }
                path = request.split(" ")[1]
                host = headers.get("host", "").partition(":")[0].lower()
                asked = Asked(
                    time=now(), server=host, proto="http", name=path, type="RDAP", first=first
                )
                fault = self.traffic.arrived(asked)
                if fault and fault.action in {"drop", "close"}:
                    if fault.action == "drop":
                        await reader.read()  # until the client gives up
                    break
                await self._answer_http(asked, fault, writer)
                first = False
        self._writers.discard(writer)
        writer.close()

    async def _answer_http(
        self, asked: Asked, fault: Fault | None, writer: asyncio.StreamWriter
    ) -> None:
        extra: tuple[tuple[str, str], ...] = ()
        if fault and fault.action == "http":
            code, body, extra = fault.code, fault.body, fault.headers
        else:
            found = registrations.rdap(self.world, asked.server, asked.name)
            code = 404 if found is None else 200
            body = json.dumps(found or {"errorCode": 404, "title": "not found"}).encode()
        await asyncio.sleep(self.traffic.due(asked, fault) - now())
        lines = [
            f"HTTP/1.1 {code} {_REASONS.get(code, 'Error')}",
            "Content-Type: application/rdap+json",
            f"Content-Length: {len(body)}",
            *(f"{key}: {value}" for key, value in extra),
        ]
        asked.response = body
        asked.answered = now()
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()

    async def _serve_whois(
        self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._writers.add(writer)
        with contextlib.suppress(*_ENDED):
            line = (await reader.readuntil(b"\n")).decode("utf-8", "replace").strip()
            asked = Asked(
                time=now(), server=name, proto="whois", name=line, type="WHOIS", first=True
            )
            fault = self.traffic.arrived(asked)
            if fault and fault.action == "drop":
                await reader.read()
            elif not (fault and fault.action == "close"):
                forged = fault is not None and fault.action == "http"
                text = registrations.whois(self.world, name, line)
                body = fault.body if fault is not None and forged else text.encode()
                await asyncio.sleep(self.traffic.due(asked, fault) - now())
                asked.response = body
                asked.answered = now()
                writer.write(body)
                await writer.drain()
        self._writers.discard(writer)
        writer.close()
