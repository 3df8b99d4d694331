"""Trust anchors: the keys that validation begins with (RFC 4033, section 2)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from depgraph.errors import RecordingError
from depgraph.intake import read_text
from depgraph.names import ROOT, canonical
from depgraph.observations import TRUST_ANCHOR, Observation, Status
from depgraph.records.reading import from_text
from depgraph.text_safety import quote


@dataclass(frozen=True, slots=True)
class Anchor:
    """One key of a zone that is trusted, as the digest of a DS record.

    Parameters
    ----------
    zone
        The zone, canonical; the root almost always.
    ds
        Data of the DS record in presentation form.
    since, until
        The days for which it is valid; None without end.
    """

    zone: str
    ds: str
    since: date | None = None
    until: date | None = None

    def valid_at(self, moment: datetime) -> bool:
        """Tell whether it may be trusted at a moment."""
        day = moment.date()
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@cache
def root_anchors() -> tuple[Anchor, ...]:
    """Return IANA's anchors of the root zone, as they come with depgraph."""
    text = files("depgraph.dnssec").joinpath("root_anchors.toml").read_text(encoding="utf-8")
    return tuple(
        Anchor(ROOT, from_text("DS", row["ds"]), row.get("since"), row.get("until"))
        for row in tomllib.loads(text)["anchor"]
    )


def read_anchors(path: str | os.PathLike[str]) -> tuple[Anchor, ...]:
    """Read anchors from a file of DS records in master form, one a line.

    Parameters
    ----------
    path
        A file with lines such as ``. IN DS 20326 8 2 E06D44B8...``; comments begin with ``;``.

    Returns
    -------
    tuple of Anchor
        What the file says; TTL and class may stand there or not.

    Raises
    ------
    RecordingError
        If a line is no DS record.
    OSError
        If the file cannot be read.
    """
    found = []
    for line in read_text(path, error=RecordingError).splitlines():
        words = line.partition(";")[0].split()
        if not words:
            continue
        if "DS" not in words[1:4]:
            raise RecordingError(
                f"expected a DS record such as '. IN DS 20326 8 2 E06D44B8...', found {quote(line)}"
            )
        data = " ".join(words[words.index("DS", 1) + 1 :])
        found.append(Anchor(canonical(words[0]), from_text("DS", data)))
    return tuple(found)


def recorded(observations: Iterable[Observation]) -> tuple[Anchor, ...]:
    """Return the anchors that a recording says it was made under; none: those of IANA count."""
    return tuple(
        Anchor(o.subject, ds)
        for o in observations
        if o.type == TRUST_ANCHOR and o.status is Status.ANSWER
        for ds in o.values
    )
