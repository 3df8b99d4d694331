"""What goes through the lab: the log of every question, and the faults to play on them."""

from __future__ import annotations

import ipaddress
import threading
import time
from dataclasses import dataclass, field

from .world import Row

ACTIONS = frozenset(
    {
        "drop",  # no answer at all
        "slow",  # the answer comes `seconds` later
        "hold",  # the answer comes when `released` is set
        "truncate",  # an empty answer with TC
        "servfail",
        "refused",
        "formerr",
        "notimp",
        "garbage",  # the question and random bytes
        "wrong-id",  # the right answer to another question
        "upward",  # a referral to the root, as lame servers of old give
        "no-authority",  # the right answer without AA, as from a cache
        "view",  # other records than the zone's (`rows`)
        "http",  # an HTTP answer with `code`, `headers` and `body`
        "close",  # the connection is closed without an answer
    }
)


@dataclass(kw_only=True)
class Fault:
    """What to do to the questions that match; a field left None matches all of them.

    Parameters
    ----------
    action
        One of `ACTIONS`.
    server
        Real address of a name server, or host name of an RDAP or WHOIS server.
    zone, name, type, proto
        Zone as whose authority the server is asked; name and type asked, or path of a URL;
        ``udp``, ``tcp``, ``http`` or ``whois``.
    subnet
        Only questions with an EDNS client subnet in this prefix.
    times
        How often it plays; None for ever.
    """

    action: str
    server: str | None = None
    zone: str | None = None
    name: str | None = None
    type: str | None = None
    proto: str | None = None
    subnet: str | None = None
    times: int | None = None
    seconds: float = 0.0
    rows: tuple[Row, ...] = ()
    code: int = 500
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    released: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"expected one of {sorted(ACTIONS)}, found {self.action!r}")

    def matches(self, asked: Asked) -> bool:
        """Tell whether it plays on this question."""
        if self.times is not None and self.times <= 0:
            return False
        for key in ("server", "zone", "name", "type", "proto"):
            wanted = getattr(self, key)
            if wanted is not None and wanted != getattr(asked, key):
                return False
        return self.subnet is None or _within(asked.subnet, self.subnet)


def _within(subnet: str, prefix: str) -> bool:
    if not subnet:
        return False
    inner, outer = ipaddress.ip_network(subnet, strict=False), ipaddress.ip_network(prefix)
    return inner.version == outer.version and inner.network_address in outer


@dataclass(kw_only=True)
class Asked:
    """One question as it came in, and what went back.

    `time` and `answered` are seconds of the monotonic clock (`answered` None: nothing was
    sent). `server` is the real address (DNS) or the host name (RDAP, WHOIS) that was meant.
    `first` tells that a connection was made for it, which costs one more round trip.
    """

    time: float
    server: str
    proto: str
    name: str
    type: str
    zone: str = ""
    subnet: str = ""
    first: bool = False
    fault: str = ""
    answered: float | None = None
    response: bytes = b""

    @property
    def question(self) -> tuple[str, str, str, str]:
        """What was asked of whom: the same again is a repetition."""
        return (self.server, self.name, self.type, self.subnet)


@dataclass
class Traffic:
    """Log, faults and delay, shared by all servers of a lab.

    `delay` is added to every answer, in seconds; `delays` overrides it for single servers.
    """

    delay: float = 0.0
    delays: dict[str, float] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    log: list[Asked] = field(default_factory=list)

    def arrived(self, asked: Asked) -> Fault | None:
        """Log a question and give the fault that plays on it, if any."""
        fault = next((f for f in self.faults if f.matches(asked)), None)
        if fault:
            asked.fault = fault.action
            if fault.times is not None:
                fault.times -= 1
        self.log.append(asked)
        return fault

    def due(self, asked: Asked, fault: Fault | None) -> float:
        """Give the moment at which the answer leaves."""
        delay = self.delays.get(asked.server, self.delay)
        trips = 2 if asked.first else 1
        return asked.time + delay * trips + (fault.seconds if fault else 0.0)

    def reset(self) -> None:
        """Forget log, faults and delays."""
        self.delay = 0.0
        self.delays.clear()
        self.faults.clear()
        self.log.clear()


def now() -> float:
    """Give the moment on the clock of the log."""
    return time.monotonic()
