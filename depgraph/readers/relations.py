"""Files of AS relations: who sells transit to whom, as CAIDA infers it from routes.

The form (``as-rel``, serial 1 and 2) has a line for each pair: ``PROVIDER|CUSTOMER|-1`` or
``PEER|PEER|0``, serial 2 with the source behind; lines with ``#`` are remarks.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Observation, Status
from depgraph.text_safety import quote

_SELLS = "-1"
_PEERS = "0"


def read_relations(
    path: str | os.PathLike[str],
    numbers: Collection[int],
    *,
    time: datetime,
    until: datetime | None = None,
    citation: str = "",
) -> tuple[Observation, ...]:
    """Read who sells transit to some AS.

    Parameters
    ----------
    path
        The file, as text.
    numbers
        Of the AS that are asked about.
    time, until
        For which the file speaks.
    citation
        Where it is from; its name if empty.

    Returns
    -------
    tuple of Observation
        One of type ``upstream`` for each AS that the file has an upstream of, and none for
        others: that a file knows no upstream does not say that there is none. They are *inferred*
        by whoever made the file.

    Raises
    ------
    RecordingError
        If a line has another form: it names the line.
    """
    wanted = set(numbers)
    found: dict[int, set[int]] = {}
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            provider, customer, kind = _pair(text, f"{path}, line {number}")
            if kind == _SELLS and customer in wanted:
                found.setdefault(customer, set()).add(provider)
    return tuple(
        Observation(
            subject=f"as{customer}",
            type="upstream",
            status=Status.ANSWER,
            values=tuple(f"asn {one}" for one in sorted(found[customer])),
            time=time,
            until=until,
            source="dataset",
            evidence=Evidence.INFERRED,
            citation=citation or Path(path).name,
        )
        for customer in sorted(found)
    )


def _pair(text: str, where: str) -> tuple[int, int, str]:
    cells = text.split("|")
    fits = len(cells) in {3, 4} and all(cell.isdecimal() for cell in cells[:2])
    if not fits or cells[2] not in {_SELLS, _PEERS}:
        raise RecordingError(
            f"{where}: expected PROVIDER|CUSTOMER|-1 or PEER|PEER|0, found {quote(text)}"
        )
    return int(cells[0]), int(cells[1]), cells[2]
