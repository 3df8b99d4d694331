"""What a recording is in memory: a header and its observations; and how several join."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from depgraph.errors import RecordingError
from depgraph.limits import MetLimit, met
from depgraph.names import canonical, oddity
from depgraph.observations import Observation, days_text, encodable
from depgraph.text_safety import quote
from depgraph.vocabulary import Limit

FORMAT = 1
_STATES = frozenset({Limit.INTERRUPTED, Limit.CHANGED})  # of a recording: no limits of a collection
_HEADER_TEXTS = ("title", "source", "licence", "vantage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a recording is about, and which days it stands for.

    Parameters
    ----------
    subject
        The service: a canonical name.
    since, until
        First and last day (UTC) that the recording stands for. A fact of another day is
        "last known". None: the days of its own observations.
    title, source, licence
        For readers: what this is, where it comes from, what may be done with it.
    vantage
        From where it was made.
    hosts
        Other host names that the service is offered under, canonical.
    changed
        Whether somebody changed it, or one that it was made of, since it was written: a checksum
        was not that of its lines. Whatever is made of it says so as well.
    """

    subject: str
    since: date | None = None
    until: date | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    vantage: str = ""
    hosts: tuple[str, ...] = ()
    changed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        texts = f"{self.subject}{self.title}{self.source}{self.licence}{self.vantage}"
        if not texts.isascii():
            for key in ("subject", *_HEADER_TEXTS):
                object.__setattr__(self, key, encodable(getattr(self, key)))
        if self.hosts != ():
            object.__setattr__(self, "hosts", tuple(map(encodable, self.hosts)))
        if self.since and self.until and self.until < self.since:
            raise RecordingError(
                f"expected 'until' on or after 'since' in the header, found {self.since} .. {self.until}"
            )

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form of the header line."""
        row: dict[str, Any] = {"depgraph": "recording", "format": FORMAT, "subject": self.subject}
        for key in ("since", "until"):
            if (day := getattr(self, key)) is not None:
                row[key] = day.isoformat()
        row |= {key: getattr(self, key) for key in _HEADER_TEXTS if getattr(self, key)}
        row |= {"hosts": list(self.hosts)} if self.hosts else {}
        return row | ({"changed": True} if self.changed else {})

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Header:
        """Read the header line; raises RecordingError if it is not one."""
        if row.get("depgraph") != "recording":
            raise RecordingError(
                'expected a recording, whose first line says {"depgraph": "recording", ...}, '
                f"found {quote(row)}"
            )
        if row.get("format") != FORMAT:
            raise RecordingError(
                f"expected recording format {FORMAT}, found {quote(row.get('format'))}: "
                "a newer depgraph may read it"
            )
        known = {"subject", "since", "until", *_HEADER_TEXTS, "hosts", "changed"}
        extra = sorted(set(row) - known - {"depgraph", "format"})
        if extra or not isinstance(row.get("subject"), str):
            raise RecordingError(
                f"expected a header with a subject and only known fields, found {quote(row)}"
            )
        data = {key: value for key, value in row.items() if key in known}
        for key in _HEADER_TEXTS:
            if not isinstance(data.get(key, ""), str):
                raise RecordingError(
                    f"expected text for {key!r} in the header, found {quote(data[key])}"
                )
        hosts = data.get("hosts", [])
        if not isinstance(hosts, list) or not all(isinstance(one, str) for one in hosts):
            raise RecordingError(
                f"expected a list of names for 'hosts' in the header, found {quote(hosts)}"
            )
        if not isinstance(data.get("changed", False), bool):
            raise RecordingError(
                f"expected true or false for 'changed' in the header, found {quote(data['changed'])}"
            )
        for name in (data["subject"], *hosts):
            if fault := oddity(name):
                raise RecordingError(f"expected a name in the header, found {fault}: {quote(name)}")
        data["subject"] = _as_in_dns(data["subject"])
        data["hosts"] = tuple(map(_as_in_dns, hosts))
        try:
            for key in ("since", "until"):
                if key in data:
                    data[key] = date.fromisoformat(data[key])
        except (TypeError, ValueError) as error:
            raise RecordingError(
                f"expected a day such as 2021-02-15 in the header: {error}"
            ) from None
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Recording:
    """A header, the observations under it, and what was wrong with the file, if anything.

    `complete` tells whether a collection ended by itself (or the file was written whole),
    and `limits` which limits it met on its way (that it was changed, or interrupted, is one).
    `named` has addresses of hosts that messages name by the way, and nobody vouches for: they tell
    whom a question was put to, and are no fact about the host.
    `sha256` is that of the (unpacked) file, to cite it by; empty where it is as no file has it.
    """

    header: Header
    observations: tuple[Observation, ...]
    complete: bool = True
    problems: tuple[str, ...] = field(default=(), compare=False)
    named: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    sha256: str = field(default="", init=False, compare=False)  # which `replace` does not keep

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    def __repr__(self) -> str:
        words = [one.limit.value for one in self.limits if one.limit not in _STATES]
        state = "" if self.complete else ", incomplete"
        state += ", changed" if self.changed else ""
        state += f", met limits: {', '.join(dict.fromkeys(words))}" if words else ""
        return f"<Recording of {self.subject}, {days_text(*self.days)}: {len(self)} observations{state}>"

    def hashed(self, sha256: str) -> Recording:
        """Return the same recording as that of a file with this SHA-256."""
        found = replace(self)
        object.__setattr__(found, "sha256", sha256)
        return found

    @property
    def changed(self) -> bool:
        """Whether somebody changed it since it was written: see :class:`Header`."""
        return self.header.changed

    @property
    def limits(self) -> tuple[MetLimit, ...]:
        """Which limits the collection met, and what they left unasked; none if it asked all."""
        return met(self.observations, complete=self.complete, changed=self.changed)

    def _repr_html_(self) -> str:
        from depgraph.recording.shown import to_html  # noqa: PLC0415  (which knows this class)

        return to_html(self)

    @property
    def subject(self) -> str:
        """The service this recording is about."""
        return self.header.subject

    @property
    def days(self) -> tuple[date, date]:
        """First and last day (UTC) that the recording stands for."""
        if self.header.since and self.header.until:
            return self.header.since, self.header.until
        times = [o.time for o in self.observations] + [o.end for o in self.observations]
        fallback = datetime(1970, 1, 1, tzinfo=UTC)
        return (
            self.header.since or min(times, default=fallback).date(),
            self.header.until or max(times, default=fallback).date(),
        )


def _as_in_dns(name: str) -> str:
    """Return a name that was written by hand, in letters of its language, as the DNS has it."""
    return name if name.isascii() else canonical(name)


def merge(recordings: Iterable[Recording]) -> Recording:
    """Join recordings of one service, made at several places or times, into one.

    Equal observations stand once; the order is that of time, whatever the order of the
    recordings. The days are the union of those that overlap; of others the merged recording stands
    for the last, as what was true on each was true together on none: what is of an earlier day is
    last known, and `at` of :func:`depgraph.build` asks about that day. An observation that does not name its vantage point
    gets that of its recording. Title, source and licence are those of the first of these days
    that has any.

    Raises
    ------
    RecordingError
        If there is none, or they are of different services.
    """
    parts = list(recordings) if isinstance(recordings, Iterable) else [recordings]
    for part in parts:
        if not isinstance(part, Recording):
            raise RecordingError(
                f"expected recordings, found {quote(part)}: depgraph.read reads one from a file"
            )
    subjects = sorted({part.subject for part in parts})
    if len(subjects) != 1:
        raise RecordingError(
            f"expected recordings of one service, found {', '.join(subjects) or 'none'}: "
            "merge those of one name"
        )
    since, until = in_runs(part.days for part in parts)[-1]
    whole = joined(sorted(parts, key=lambda part: part.days[1] < since), subjects[0])
    return replace(whole, header=replace(whole.header, since=since, until=until))


def in_runs(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return first and last days in order, those that overlap as one."""
    runs: list[tuple[date, date]] = []
    for since, until in sorted(spans):
        if runs and since <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], until)
        else:
            runs.append((since, until))
    return runs


def joined(parts: Sequence[Recording], subject: str) -> Recording:
    """Do the same with recordings of whatever names, as one of `subject`."""
    seen = (
        observation
        if observation.vantage or not part.header.vantage
        else replace(observation, vantage=part.header.vantage)
        for part in parts
        for observation in part
    )
    headers = [part.header for part in parts]
    header = Header(
        subject=subject,
        since=min(part.days[0] for part in parts),
        until=max(part.days[1] for part in parts),
        title=next((h.title for h in headers if h.title), ""),
        source=next((h.source for h in headers if h.source), ""),
        licence=next((h.licence for h in headers if h.licence), ""),
        vantage=", ".join(sorted({h.vantage for h in headers if h.vantage})),
        hosts=tuple(sorted({host for h in headers for host in h.hosts})),
        changed=any(h.changed for h in headers),
    )
    return Recording(
        header,
        tuple(_in_order(seen)),
        all(part.complete for part in parts),
        tuple(problem for part in parts for problem in part.problems),
    )


def _in_order(several: Iterable[Observation]) -> Iterator[Observation]:
    """Sort by time, question and section; what these leave equal by its whole JSON form, each once."""
    for _, group in groupby(sorted(several, key=_order), key=_order):
        first, *others = group
        yield from sorted({first, *others}, key=_whole) if others else (first,)


_order = attrgetter(  # the time, what makes a question (`Observation.question`), the section
    *("time", "source", "subject", "type", "server", "zone", "subnet", "section")
)


def _whole(observation: Observation) -> str:
    return json.dumps(observation.to_dict(), sort_keys=True)
