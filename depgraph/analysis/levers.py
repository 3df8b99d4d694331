"""Onsets and horizons: how fast a lever works, and how long one waits for it.

Each edge of the graph that leads to an actor stands for one lever
(:func:`depgraph.vocabulary.lever_of`). The onset of a lever is counted from the moment it is pulled:

* *at once*;
* *after the TTLs*: names that resolvers still hold go on working until the records observed
  expire (RFC 9499, "TTL"), see :func:`depgraph.analysis.model.compile_graph`;
* *after the lapse*: signatures that nobody renews hold until the time that stands in them
  (RFC 4034, section 3.1.5);
* *days*: five days, in which the CA/Browser Forum's Baseline Requirements (section 4.9.1.1)
  have a certificate revoked; the same is taken for a holder that withdraws its addresses;
* *weeks*: 34 days, from LACNIC's announcement in January 2021 that it would revoke 8,192
  addresses of DDoS-Guard to the day set for it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from math import inf
from types import MappingProxyType
from typing import Final

from depgraph.errors import QuestionError
from depgraph.texts.refusals import refuse
from depgraph.vocabulary import DAY, DAYS, WEEKS, Onset

UNOBSERVED: Final = 0.5
"""Seconds that stand for a TTL nobody observed: later than at once, sooner than any other."""
MOST: Final = 7 * DAY
"""Seconds that it can last: what resolvers keep a record for at most (RFC 8767, section 4)."""


LAPSE: Final = 0.25
"""Part of a second by which the time until signatures lapse is told from a TTL."""


def onset(seconds: float) -> Onset:
    """Return the word for an onset in seconds, as the analyses compute them.

    >>> onset(0.0).value, onset(300).value
    ('at-once', 'after-ttl')
    """
    if seconds <= 0:
        return Onset.AT_ONCE
    if seconds == UNOBSERVED:
        return Onset.TTL_UNOBSERVED
    if seconds % 1 == LAPSE:
        return Onset.LAPSE
    if seconds in (DAYS, WEEKS):
        return Onset.DAYS if seconds == DAYS else Onset.WEEKS
    return Onset.TTL


def observed(seconds: float) -> float | None:
    """Return an onset in seconds, None where a TTL decides that nobody observed."""
    length = seconds - LAPSE if seconds % 1 == LAPSE else seconds
    return None if seconds == UNOBSERVED else length


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
            raise refuse(QuestionError, "horizon", found=repr(horizon))
        value = float(match[1]) * _UNIT[match[2]]
    else:
        value = float(horizon)
    if not value >= 0:
        raise refuse(QuestionError, "horizon.negative", found=str(value))
    return value
