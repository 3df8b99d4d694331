"""Cases as recordings: lines about one name, address, alias or block, as others keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.observations import Observation
from depgraph.readers import read_row
from depgraph.recording import Recording
from depgraph.routes import Routing, with_routes
from depgraph.text_safety import quote

Origin = Callable[[str], int | None]
"""Return the origin AS number of an address, None where no route is known."""

Tables = Callable[[date], Routing]
"""Return the routing tables of a day, as :func:`depgraph.routes.routing_at` does."""

NAMELESS: Final = "nameless.invalid"
"""The name of a case that gives none; nobody can have it (RFC 6761, section 6.4)."""

_MOST: Final = 1000  # values of one record; no honest set of records has more
_UNDATED: Final = (datetime(9999, 12, 31, tzinfo=UTC),) * 2  # as of the latest owners known
_ADDRESSES: Final = frozenset({"A", "AAAA"})
_LEADING: Final = frozenset({*_ADDRESSES, "CNAME", "alias"})


def recorded(case: Mapping[str, Any]) -> Recording:
    """Read a case; one that has no name gets a name that nobody has."""
    records = case.get("records")
    for key, values in records.items() if isinstance(records, dict) else ():
        if isinstance(values, list) and len(values) > _MOST:
            raise RecordingError(
                f"expected at most {_MOST} values under {quote(key)}, found {len(values)}"
            )
    if case.get("domain") or case.get("host"):
        return read_row(case, undated=_UNDATED)
    recording = read_row({**case, "domain": NAMELESS}, undated=_UNDATED)
    if any(o.subject == NAMELESS and o.type in _LEADING for o in recording):
        return recording
    # It is about a block: what stands at an address of it?
    blocks = [
        replace(o, subject=NAMELESS, type=_family(o.subject), values=(o.subject,))
        for o in recording
        if o.type == "holder" and o.values
    ]
    return replace(recording, observations=(*recording, *blocks))


def _family(address: str) -> str:
    return "AAAA" if ":" in address else "A"


def with_origins(recording: Recording, origin: Origin | None) -> Recording:
    """Add the origin AS of each address for which the recording has none."""
    if origin is None:
        return recording
    known = {o.subject for o in recording if o.type == "origin"}
    added: dict[str, Observation] = {}
    for o in recording:
        if o.type not in _ADDRESSES:
            continue
        for address in o.values:
            number = None if address in known | added.keys() else origin(address)
            if number is not None:
                values = (f"asn {number}",)
                added[address] = replace(o, subject=address, type="origin", values=values)
    return replace(recording, observations=(*recording, *added.values()))


def with_tables(recording: Recording, tables: Tables | None) -> Recording:
    """Add the routes of the day of a case, as reports do.

    A table of another day than the case's tells only what was last known. A case without a day
    is of none that a table could miss: it takes those of the newest as its own.
    """
    if tables is None:
        return recording
    day, _ = recording.days
    filled = with_routes(recording, tables(day))
    if day != _UNDATED[0].date():
        return filled
    added = filled.observations[len(recording) :]
    start, end = _UNDATED
    as_own = [replace(o, time=start, until=end) for o in added]
    return replace(recording, observations=(*recording, *as_own))
