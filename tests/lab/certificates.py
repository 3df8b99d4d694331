"""A TLS server with a chain of its own making, for the certificate that a host serves."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path

from .servers import LOOPBACK

CHAIN = Path(__file__).with_name("pem") / "chain.pem"
KEY = CHAIN.with_name("key.pem")


class TlsServer:
    """Serves one certificate for all names, over TLS, and nothing else."""

    def __init__(self) -> None:
        self.endpoint: tuple[str, int] = (LOOPBACK, 0)
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Open the port."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CHAIN, KEY)
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0, ssl=context)
        self.endpoint = self._server.sockets[0].getsockname()[:2]

    async def stop(self) -> None:
        """Close the port."""
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ssl.SSLError, asyncio.CancelledError):
            await reader.read(4096)
        writer.close()
