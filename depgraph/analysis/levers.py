"""Levers: what an actor can do to stop a function, and how fast it works.

Each edge of the graph that leads to an actor stands for one lever; the table below is the
whole rule. The onset of a lever is counted from the moment it is pulled:

* *at once*;
* *after the TTLs*: names that resolvers still hold go on working until the records observed
  expire (RFC 9499, "TTL"), see :func:`depgraph.analysis.model.compile_graph`;
* *days*: five days, in which the CA/Browser Forum's Baseline Requirements (section 4.9.1.1)
  have a certificate revoked; the same is taken for a holder that withdraws its addresses;
* *weeks*: 34 days, from LACNIC's announcement in January 2021 that it would revoke 8,192
  addresses of DDoS-Guard to the day set for it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from math import inf
from types import MappingProxyType
from typing import Final

from depgraph.errors import QuestionError

DAY: Final = 86_400.0
DAYS: Final = 5 * DAY
WEEKS: Final = 34 * DAY
UNOBSERVED: Final = 0.5
"""Seconds that stand for a TTL nobody observed: later than at once, sooner than any other."""


class Lever(StrEnum):
    """What an actor does to stop a function."""

    SUSPEND = "suspend"  # the registrar sets clientHold (RFC 5731)
    HOLD = "hold"  # the registry sets serverHold (RFC 5731)
    STOP_DNS = "stop-dns"
    DROP_FRONT = "drop-front"
    EVICT = "evict"
    WITHDRAW_NETWORK = "withdraw-network"
    WITHDRAW_ADDRESSES = "withdraw-addresses"
    REVOKE_ADDRESSES = "revoke-addresses"
    STOP_MAIL = "stop-mail"
    REFUSE_CERTIFICATE = "refuse-certificate"
    STOP = "stop"  # an actor at the root of the graph with no lever of its own


class Onset(StrEnum):
    """When a lever works, from the quickest to the slowest."""

    AT_ONCE = "at-once"
    TTL = "after-ttl"
    TTL_UNOBSERVED = "after-ttl-unobserved"
    DAYS = "days"
    WEEKS = "weeks"


_BY_RELATION: Final = MappingProxyType(
    {
        "registrar": Lever.SUSPEND,
        "registry": Lever.HOLD,
        "network": Lever.WITHDRAW_NETWORK,
        "holder": Lever.WITHDRAW_ADDRESSES,
        "allocation": Lever.REVOKE_ADDRESSES,
        "certificate": Lever.REFUSE_CERTIFICATE,
    }
)
_BY_OPERATED: Final = MappingProxyType(
    {
        "nameserver": Lever.STOP_DNS,
        "nameservers": Lever.STOP_DNS,
        "zone": Lever.STOP_DNS,
        "front": Lever.DROP_FRONT,
        "exchange": Lever.STOP_MAIL,
        "exchanges": Lever.STOP_MAIL,
        "mailbox": Lever.STOP_MAIL,
        "asn": Lever.WITHDRAW_NETWORK,
        "prefix": Lever.WITHDRAW_ADDRESSES,
        "block": Lever.WITHDRAW_ADDRESSES,
    }
)
_BY_KIND: Final = MappingProxyType(
    {
        "asn": Lever.WITHDRAW_NETWORK,
        "prefix": Lever.WITHDRAW_ADDRESSES,
        "block": Lever.WITHDRAW_ADDRESSES,
        "address": Lever.EVICT,
        "nameserver": Lever.STOP_DNS,
    }
)
_DELAY: Final = MappingProxyType(
    {
        Lever.REFUSE_CERTIFICATE: DAYS,
        Lever.WITHDRAW_ADDRESSES: DAYS,
        Lever.REVOKE_ADDRESSES: WEEKS,
    }
)


def lever(tail_kind: str, relation: str) -> Lever:
    """Give the lever that an edge from a node of some kind to an actor stands for.

    >>> lever("nameserver", "operator").value, lever("registration", "registrar").value
    ('stop-dns', 'suspend')
    """
    known = _BY_RELATION.get(relation)
    return known or _BY_OPERATED.get(tail_kind, Lever.EVICT)


def lever_of_kind(kind: str) -> Lever:
    """Give the lever of one who controls a node of that kind directly (an AS, an address)."""
    return _BY_KIND.get(kind, Lever.STOP)


def delay(of: Lever) -> float:
    """Give the seconds after which a lever works, cached records apart."""
    return _DELAY.get(of, 0.0)


def onset(seconds: float) -> Onset:
    """Give the word for an onset in seconds, as the analyses compute them.

    >>> onset(0.0).value, onset(300).value
    ('at-once', 'after-ttl')
    """
    if seconds <= 0:
        return Onset.AT_ONCE
    if seconds == UNOBSERVED:
        return Onset.TTL_UNOBSERVED
    if seconds in (DAYS, WEEKS):
        return Onset.DAYS if seconds == DAYS else Onset.WEEKS
    return Onset.TTL


def observed(seconds: float) -> float | None:
    """Give an onset in seconds, None where a TTL decides that nobody observed."""
    return None if seconds == UNOBSERVED else seconds


_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d|w)")
_UNIT = MappingProxyType({"s": 1.0, "m": 60.0, "h": 3600.0, "d": DAY, "w": 7 * DAY})


def seconds_of(horizon: str | timedelta | float | None) -> float:
    """Read a horizon: ``"30d"``, ``"12h"``, a timedelta, seconds; None is without end.

    Raises
    ------
    QuestionError
        If it is none of these, or negative.

    >>> seconds_of("30d")
    2592000.0
    """
    if horizon is None:
        return inf
    if isinstance(horizon, timedelta):
        value = horizon.total_seconds()
    elif isinstance(horizon, str):
        match = _SPAN.fullmatch(horizon.strip().lower())
        if match is None:
            raise QuestionError(
                f"expected a horizon such as '30d', '12h' or '90m', found {horizon!r}"
            )
        value = float(match[1]) * _UNIT[match[2]]
    else:
        value = float(horizon)
    if not value >= 0:
        raise QuestionError(f"expected a horizon of zero or more seconds, found {value}")
    return value
