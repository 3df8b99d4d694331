"""Certificate Transparency as crt.sh lists it (``output=json``): who issued for a name, and when.

An array of objects: ``issuer_name`` (a distinguished name), ``common_name``, ``name_value`` (the
names, one a line), ``not_before``, ``not_after``, ``serial_number``, ``entry_timestamp`` (UTC).
Logs (RFC 9162) hold what was issued: that a certificate was in use is not said, so its end is no
date on which anything stops, and who issues for a host in use is *inferred*. A wildcard stays one
(``*.example.com``): it may be used by any host one label below (RFC 9525, section 6.3), and says of none
that there is one.

Form: https://crt.sh/?q=example.com&output=json, as https://github.com/crtsh/certwatch_db lists it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Evidence, Observation, Status, parse_time
from depgraph.readers.answers import text_under
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.text_safety import quote

_PART: Final = re.compile(r'(?:^|, *)([A-Za-z]+)=("(?:[^"]|"")*"|[^,]*)')
_WILDCARD: Final = "*."


def read_crtsh(source: Source) -> Iterator[Recording | BadLine]:
    """Read certificates that crt.sh lists, one recording each."""
    return each(source, _recording)


def _recording(row: dict[str, Any]) -> Recording:
    issuer = dict(_PART.findall(text_under(row, "issuer_name")))
    names = {
        key: issuer[key].strip('" ').replace('""', '"') for key in ("O", "CN") if key in issuer
    }
    if not names:
        raise RecordingError(
            f"expected an issuer with O= or CN=, found {quote(row.get('issuer_name'))}"
        )
    first, last = _moment(row, "not_before"), _moment(row, "not_after")
    if last < first:
        raise RecordingError("expected 'not_after' after 'not_before', found it before")
    values = [f"issuer-organisation {names['O']}"] if names.get("O") else []
    values += [f"issuer {names['CN']}"] if names.get("CN") else []
    subjects = [
        _host(name) for name in text_under(row, "name_value").splitlines() if "@" not in name
    ]
    if not subjects:
        raise RecordingError(f"expected names of hosts, found {quote(row.get('name_value'))}")
    found = tuple(
        Observation(
            subject=subject,
            type="certificate",
            status=Status.ANSWER,
            values=tuple(values),
            time=first,
            until=last,
            source="dataset",
            evidence=Evidence.INFERRED,
            citation=f"crt.sh {row['id']}" if isinstance(row.get("id"), int) else "crt.sh",
            note="logged; whether it was in use is not said",
        )
        for subject in dict.fromkeys(subjects)
    )
    # The names of a certificate may be of several services; the common name says of which it is.
    whose = row.get("common_name")
    named = _host(whose) if isinstance(whose, str) and whose.strip() else subjects[0]
    subject = named if named in subjects else subjects[0]
    header = Header(
        subject=subject.removeprefix(_WILDCARD),
        since=first.date(),
        until=last.date(),
        source="crt.sh",
    )
    return Recording(header, found)


def _host(name: str) -> str:
    """Return a name of a certificate: a host, or a wildcard."""
    return canonical(name.strip())


def _moment(row: dict[str, Any], key: str) -> datetime:
    text = text_under(row, key).strip()
    return parse_time(text if text.endswith("Z") else f"{text.partition('.')[0]}Z")
