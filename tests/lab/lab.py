"""The lab: every server of a small internet on loopback, in one object.

Usage::

    with Lab() as lab:
        recording = depgraph.observe("shop.example", endpoints=lab.endpoints)
        lab.traffic.log  # every question that was asked
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from depgraph import names

from .certificates import TlsServer
from .internet import internet
from .proxy import Proxy
from .registries import Registries
from .servers import LOOPBACK, Daemons, LabError, missing, start_nsd, start_unbound
from .traffic import Fault, Traffic
from .world import World

if TYPE_CHECKING:
    from .signing import Signer

log = logging.getLogger(__name__)
RESOLVER = "198.51.100.254"  # the address under which the collector finds Unbound
T = TypeVar("T")


def has_ipv6() -> bool:
    """Tell whether the IPv6 loopback can be used here."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
        probe.bind(("::1", 0))
        return True
    return False


def on_loopback(address: str) -> tuple[str, int]:
    """Give where a server listens: IPv4 servers on 127.0.0.1, IPv6 on ::1, any free port."""
    return ("::1" if ":" in address and has_ipv6() else LOOPBACK), 0


def on_real_address(address: str) -> tuple[str, int]:
    """Give the real address and port 53; only in a network namespace without a way out."""
    return address, 53


class Lab:
    """Start with `with`; everything is up when it is entered and gone when it is left.

    Parameters
    ----------
    world
        What is served; by default the whole small internet.
    where
        Real address -> where it listens.
    resolver
        Whether Unbound runs too.
    signer
        Signs the zones; Unbound then validates.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        where: Callable[[str], tuple[str, int]] = on_loopback,
        resolver: bool = True,
        signer: Signer | None = None,
    ) -> None:
        self.world = world or internet()
        self.traffic = Traffic()
        self.resolver: tuple[str, int] | None = None
        self.directory = Path()
        self._where = where
        self._signer = signer
        self._with_resolver = resolver
        self._daemons = Daemons()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="lab")
        self._proxy: Proxy | None = None
        self._registries = Registries(self.world, self.traffic)
        self._tls = TlsServer()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start all servers.

        Raises
        ------
        LabError
            If a daemon is not installed or does not come up; nothing is left running.
        """
        if absent := missing():
            raise LabError(
                f"expected NSD and Unbound, found no {' and no '.join(absent)}: "
                "run scripts/install_lab.sh (Debian, Ubuntu: apt-get install nsd unbound)"
            )
        self.directory = Path(tempfile.mkdtemp(prefix="depgraph-lab-"))
        self._thread.start()
        try:
            ports = start_nsd(
                self._daemons,
                self.world,
                self.directory,
                self._signer.zone_file if self._signer else None,
            )
            self._proxy = Proxy(self.world, self.traffic, ports)
            self._run(self._proxy.start(self._where))
            self._run(self._registries.start())
            self._run(self._tls.start())
            if self._with_resolver:
                self.resolver = self.start_resolver()
            self.traffic.reset()
        except BaseException:
            self.stop()
            raise

    def start_resolver(self, clock: datetime | None = None) -> tuple[str, int]:
        """Start an Unbound, one that believes in another time if a clock is given."""
        assert self._proxy is not None, "the lab is not running"
        return start_unbound(
            self._daemons,
            self.world,
            self.directory,
            self._proxy.endpoints,
            anchors=self._signer.anchors if self._signer else None,
            clock=clock,
        )

    def stop(self) -> None:
        """Stop all servers and remove their files; may be called twice."""
        try:
            if self._thread.is_alive():
                if self._proxy:
                    self._run(self._proxy.stop())
                self._run(self._registries.stop())
                self._run(self._tls.stop())
                self._run(_cancel_all())
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._thread.join(5)
            if not self._loop.is_running():
                self._loop.close()
        finally:
            self._daemons.stop()
            if self.directory != Path():
                shutil.rmtree(self.directory, ignore_errors=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    @property
    def servers(self) -> dict[str, tuple[str, int]]:
        """Give the endpoint of each name server address."""
        assert self._proxy is not None, "the lab is not running"
        return dict(self._proxy.endpoints)

    @property
    def roots(self) -> dict[str, tuple[str, ...]]:
        """Give the lab's root servers: host name -> addresses."""
        return {host: self.world.addresses(host) for host in self.world.by_name[names.ROOT].ns}

    @property
    def maps(self) -> dict[str, Any]:
        """Give the maps that `depgraph.collect.Endpoints` takes, and nothing beyond them is open."""
        return {
            "dns": self.servers | ({RESOLVER: self.resolver} if self.resolver else {}),
            "roots": self.roots,
            "anchors": self._signer.anchors if self._signer else {},
            "http": dict(self._registries.http),
            "whois": dict(self._registries.whois),
            "tls": dict.fromkeys(self._tls_addresses(), self._tls.endpoint),
            "closed": True,
        }

    def write_maps(self, path: Path) -> None:
        """Write the maps as JSON, for `Endpoints.read` in another process."""
        path.write_text(json.dumps(self.maps, indent=1) + "\n", encoding="utf-8")

    @property
    def endpoints(self) -> Any:
        """Give where everything is, as the collector takes it."""
        from depgraph.collect import Endpoints

        return Endpoints(**self.maps)

    def _tls_addresses(self) -> list[str]:
        return sorted({a for found in self.world.hosts.values() for a in found})

    @property
    def log(self) -> list[Any]:
        """Give the questions asked since the start or the last reset."""
        return self.traffic.log

    def fault(self, action: str, **matching: Any) -> Fault:
        """Play a fault from now on; see `Fault`."""
        fault = Fault(action=action, **matching)
        self.traffic.faults.append(fault)
        return fault


async def _cancel_all() -> None:
    """End what still runs in the loop, or Python says that it was destroyed while pending."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
