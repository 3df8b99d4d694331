"""Copies of a zone that are not the newest: the SOA serials of its servers, compared.

A secondary that has lost its primary goes on answering from an old copy until it expires
(RFC 1034, section 4.3.5). What it says may be years old, and then it stops.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import reduce
from typing import Final

from depgraph.graph.answers import Index
from depgraph.graph.views import place
from depgraph.observations import Observation, Status
from depgraph.vocabulary import Reason

_SAME_TIME: Final = timedelta(hours=1)  # later, a newer serial may be just a newer zone
_HALF: Final = 2**31  # RFC 1982, section 3.2, for the 32 bits of a serial


def behind(index: Index, zone: str, servers: Collection[str]) -> Mapping[str, Reason]:
    """Return which of some servers of a zone were seen with an older copy than another has.

    Compared is what was asked from one place at about the same time; an answer without
    authority (of a recursive server, say) may come from a cache and is left out.

    Parameters
    ----------
    index
        The answers of the days asked for.
    zone
        A canonical name.
    servers
        The names of those that the zone is delegated to, which are compared with all that were asked.

    Returns
    -------
    Mapping
        Name of the server -> ``serial-behind``, with its serial and the newest.
    """
    copies: dict[str, list[tuple[Observation, int]]] = {}
    own: dict[str, list[tuple[Observation, int]]] = {}
    for o in index.group(zone, "SOA"):
        serial = _serial(index, o, zone)
        if serial is not None:
            copies.setdefault(place(o), []).append((o, serial))
            own.setdefault(_server(o), []).append((o, serial))
    found: dict[str, Reason] = {}
    for name in servers:
        for o, serial in reversed(own.get(name, ())):  # the last that is older counts
            beside = [n for p, n in copies[place(o)] if is_newer(n, serial) and _comparable(o, p)]
            if beside:
                newest = reduce(lambda one, other: other if is_newer(other, one) else one, beside)
                older = Reason.of("serial-behind", value=str(serial), target=str(newest))
                found[name] = older.seen_in([o])
                break
    return found


def _server(o: Observation) -> str:
    return o.server_name.rstrip(".").lower()


def _serial(index: Index, o: Observation, zone: str) -> int | None:
    """Return the serial in the answer of a server of the zone; None if it is no such answer."""
    own = o.status is Status.ANSWER and o.section == "answer" and o.zone == zone
    if not own or not o.server_name or "AA" not in o.flags or not index.current(o):
        return None
    words = o.values[0].split() if o.values else []
    # Ten digits, ASCII: 32 bits.
    sound = len(words) >= 3 and words[2].isascii() and words[2].isdigit() and len(words[2]) <= 10
    return int(words[2]) if sound and int(words[2]) < 2 * _HALF else None


def _comparable(o: Observation, other: Observation) -> bool:
    near = abs(o.time - other.time) <= _SAME_TIME and abs(o.end - other.end) <= _SAME_TIME
    return near and o.server_name != other.server_name


def is_newer(serial: int, other: int) -> bool:
    """Tell whether a serial is newer than another (RFC 1982, section 3.2).

    >>> is_newer(2, 1), is_newer(1, 4294967295), is_newer(0, 2**31)
    (True, True, False)
    """
    return 0 < (serial - other) % (2 * _HALF) < _HALF
