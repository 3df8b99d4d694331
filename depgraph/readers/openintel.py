"""OpenINTEL's daily measurements (Parquet): one row a record that answered a question.

The columns as openintel.nl/background/dictionary has them: ``query_type``, ``query_name``,
``response_type``, ``response_name``, ``timestamp`` (milliseconds), ``status_code`` (an RCODE, 65535
for a time-out), and of each type of record its own, null elsewhere: ``ip4_address``,
``ip6_address``, ``ns_address``, ``mx_address``, ``mx_preference``, ``cname_name``, ``txt_text``;
with an address its ``as`` and ``ip_prefix``. Rows of one name need not stand together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.names import canonical
from depgraph.observations import Observation, Status
from depgraph.readers.answers import row_of
from depgraph.readers.lines import BadLine, attempt, unread_records
from depgraph.readers.table import opened_parquet
from depgraph.recording import Header, Recording

_NEEDED: Final = ("query_type", "query_name", "response_type", "response_name", "timestamp")
_DATA: Final = {
    "A": "ip4_address",
    "AAAA": "ip6_address",
    "NS": "ns_address",
    "MX": "mx_address",
    "CNAME": "cname_name",
    "TXT": "txt_text",
}
_FURTHER: Final = ("status_code", "ttl", "response_ttl", "mx_preference", "as", "ip_prefix")
_ENDINGS: Final = {
    0: Status.NODATA,
    2: Status.SERVFAIL,
    3: Status.NXDOMAIN,
    5: Status.REFUSED,
    65535: Status.TIMEOUT,
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH: Final = 50_000


def is_openintel(names: list[str]) -> bool:
    """Tell whether columns are those of OpenINTEL, or nearly."""
    return {"query_name", "query_type"} <= set(names)


def read_openintel(path: str | os.PathLike[str]) -> Iterator[Recording | BadLine]:
    """Read a Parquet file of OpenINTEL, one recording a row, in constant memory.

    Raises
    ------
    RecordingError
        If it lacks a column.
    TableError
        If pyarrow is not installed.
    """
    with opened_parquet(path) as file:
        names = file.schema_arrow.names
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise RecordingError(
                f"expected the columns of OpenINTEL, found no {', '.join(missing)}"
            )
        wanted = [name for name in (*_NEEDED, *_DATA.values(), *_FURTHER) if name in names]
        absent = {kind: column for kind, column in _DATA.items() if column not in names}
        number = 0
        for part in file.iter_batches(batch_size=_BATCH, columns=wanted):
            for row in part.to_pylist():
                number += 1
                found = attempt(number, partial(_recording, row))
                yield found
                if isinstance(found, BadLine):
                    continue
                kind = str(row["response_type"] or "").upper()
                if kind not in _DATA or _DATA[kind] in names:
                    yield from unread_records(found, number)
                elif column := absent.pop(kind, ""):  # told once for all rows
                    yield BadLine(number, f"{_lacking(column)}, which {kind} records are in")


def _lacking(column: str) -> str:
    return f"expected the columns of OpenINTEL, found no {column}"


def _recording(row: Mapping[str, Any]) -> Recording:
    name, kind = canonical(str(row["query_name"])), str(row["query_type"]).upper()
    time = _EPOCH + timedelta(milliseconds=int(row["timestamp"]))
    found = []

    def add(subject: str, kind: str, status: Status, *values: str, note: str = "") -> None:
        ttl = row.get("response_ttl", row.get("ttl"))
        kept = ttl if isinstance(ttl, int) and 0 <= ttl < 2**32 else None
        found.append(
            Observation(
                subject=subject,
                type=kind,
                status=status,
                values=values,
                note=note,
                ttl=kept if values else None,
                source="dataset",
                time=time,
                citation="https://openintel.nl/",
            )
        )

    answered = str(row["response_type"] or "").upper()
    data = row.get(_DATA.get(answered, ""))
    if data is None and not answered:
        code = row.get("status_code")
        add(name, kind, _ENDINGS.get(code if isinstance(code, int) else 0, Status.ERROR))
    elif answered in _DATA and _DATA[answered] not in row:
        fault = _lacking(_DATA[answered])
        add(canonical(str(row["response_name"] or name)), answered, Status.MALFORMED, note=fault)
    elif data is not None:
        owner = canonical(str(row["response_name"] or name))
        text = str(data)
        if answered == "MX":
            text = f"{row.get('mx_preference') or 0} {text}"
        one = row_of(owner, answered, None, text)
        if one.fault:
            add(owner, answered, Status.MALFORMED, note=one.fault)
        else:
            add(owner, answered, Status.ANSWER, one.value)
        number = str(row.get("as") or "").removeprefix("AS").split(" ")[0]
        if answered in {"A", "AAAA"} and number.isdigit() and one.value:
            prefix = [f"prefix {row['ip_prefix']}"] if row.get("ip_prefix") else []
            add(one.value, "origin", Status.ANSWER, f"asn {number}", *prefix)
    header = Header(subject=name, since=time.date(), until=time.date(), source="openintel")
    return Recording(header, tuple(found))
