"""Zone files, read as they come where a registry wrote them.

The zone files of top-level domains are by contract one record a line, the fields apart by tabs, all
names absolute, in alphabetical order, with the SOA record first and again at the end (ICANN Registry
Agreement, specification 4, section 2.1.4; so CZDS hands them out). Such a file may have hundreds of
millions of lines, and is not held in memory: a delegation goes out as soon as the file is past all
that belongs to it. Its NS and DS records stand together; the addresses of its name servers (glue)
may stand anywhere, before it or long after it. They are kept on disk, and a delegation waits there
until the file is past the names of its servers in the zone, or past a zone cut above it; one whose
servers all lie elsewhere goes out at once. So each recording is the one that :func:`load_zone`
gives, in another order. Of what the zone says of itself the denials of existence (NSEC, NSEC3) and
the signatures below its apex are left out, which there are for nearly every name.

Order is judged as the file is read: alphabetical, or that of the DNS (RFC 4034, section 6.1), in which
signers write. A file that turns out to be in neither is read anew and held, as every other zone file;
:class:`Anew` says so.
"""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from depgraph.errors import RecordingError
from depgraph.intake import Source, beginning, opened
from depgraph.names import ROOT, canonical, from_root, is_below, parents
from depgraph.readers.denials import unglued, wanted
from depgraph.readers.lines import BadLine
from depgraph.readers.master import numbered_entries
from depgraph.readers.zones import (
    Draft,
    Publication,
    Reading,
    RRset,
    Zone,
    delegated,
    is_known,
    load_zone,
    published,
    read_lines,
)
from depgraph.recording import Recording
from depgraph.text_safety import quote

_FIRST: Final = re.compile(r"(\S*\.)\t+[0-9]{1,9}\t+in\t+soa\t+[^\t()\n]+[^()\n]*\n", re.IGNORECASE)
_HEAD: Final = 4096  # bytes in which the first line ends
_LEFT_OUT: Final = frozenset({"NSEC", "NSEC3", "RRSIG"})
_EVERY: Final = 1000  # names after which it is looked for delegations that wait no longer
_PAST: Final = ""  # sorts before every name
_NEVER: Final = ("\x7f", "\x7f")  # sorts behind every name
_CUT: Final = "expected a line that ends, found one cut off: it is left out"

_Sets = Mapping[str, RRset]


@dataclass(frozen=True, slots=True)
class Anew(BadLine):
    """A file is read anew from its beginning: what came from it before does not count."""


class _Unfit(Exception):
    """The file cannot be read as it comes."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


def read_zone(
    source: Source,
    *,
    time: datetime,
    until: datetime | None = None,
    origin: str | None = None,
    name: str = "",
    include: bool = False,
    citation: str = "",
    licence: str = "",
) -> Iterator[Recording | BadLine]:
    """Read a zone file: what the zone says of itself, and each delegation.

    A delegation is one recording of the delegated name: NS and DS in section ``authority``, glue
    in ``additional``. The file of a registry (one record a line, sorted, its SOA record first) is
    read as it comes, what the zone says of itself last. Any other is held in memory, while the
    recordings are made one by one.

    Parameters
    ----------
    time, until
        When the file was published, or throughout which time it was.
    origin, name, include
        As for :func:`load_zone`.
    citation, licence
        Where the file can be had, and what may be done with it.

    Yields
    ------
    What is wrong with a line, and the recordings. :class:`Anew` where what came before is void,
    because the file is not sorted.

    Raises
    ------
    RecordingError
        If it is no zone file.
    """
    apex = registry_zone(source)
    if apex is None or (origin is not None and canonical(origin) != apex):
        zone = load_zone(source, origin=origin, name=name, include=include)
        yield from published(zone, Publication(zone.origin, time, until, citation, licence))
        return
    by = Publication(apex, time, until, citation, licence)
    try:
        with _lines(source, apex) as lines:
            yield from _as_it_comes(lines, by, name)
            yield from lines.notes()
            return
    except _Unfit as fault:
        yield Anew(fault.number, f"{fault}: the file is read anew, and held in memory")
    with _lines(source, apex) as lines:
        text = (line for _, line in lines)
        held = read_lines(text, "zone file", Path(), apex, name, include=include)
        if not lines.closed:
            held = replace(held, cut_off=True, whole=False)
        yield from published(held, by)
        yield from lines.notes()


def registry_zone(source: Source) -> str | None:
    """Return the zone of a file that begins as those of registries do: with a SOA record, by tabs.

    None if it begins otherwise, or if it is an open file, which cannot be read twice.
    """
    if not isinstance(source, str | os.PathLike) or (isinstance(source, str) and "\n" in source):
        return None
    with opened(source, error=RecordingError) as file:
        first = beginning(file, _HEAD).decode("utf-8", "replace").partition("\n")[0]
    match = _FIRST.fullmatch(f"{first}\n".replace("\r\n", "\n"))
    return canonical(match[1]) if match else None


class _Lines:
    """The lines of a file with their numbers; it is noted how the file ends.

    A last line without its end may be a part of one, and is left out.
    """

    def __init__(self, text: Iterable[str], origin: str) -> None:
        self._text = text
        self._soa = f"{origin}." if origin != ROOT else ROOT
        self._first: list[str] = []
        self._closing: tuple[int, list[str]] | None = None
        self._last = 0
        self._fault: BadLine | None = None
        self.cut: tuple[int, str, str] | None = None
        """The line that is cut off: number, owner and type, as far as they are there."""

    def __iter__(self) -> Iterator[tuple[int, str]]:
        number = 0
        try:
            for number, line in enumerate(self._text, start=1):
                if not line.endswith("\n") and not self._is_soa(line):
                    self._fault = BadLine(number, _CUT)
                    words = [*line.split(), "", "", "", ""]
                    if words[0].endswith("."):
                        self.cut = number, canonical(words[0]), words[3].upper()
                    return
                self._last = number
                if self._is_soa(line):
                    self._keep(number, line.lower().split())
                yield number, line
        except RecordingError as error:  # packed, and damaged
            self._fault = BadLine(number + 1, f"{error}: what follows is left out")

    def _is_soa(self, line: str) -> bool:
        words = line[:300].split(None, 4)
        return len(words) == 5 and words[3].upper() == "SOA" and words[0].lower() == self._soa

    def _keep(self, number: int, words: list[str]) -> None:
        if self._first:
            self._closing = number, words
        else:
            self._first = words

    @property
    def closed(self) -> bool:
        """Whether the SOA record stood at the end again, as far as was read."""
        return self._closing is not None

    def notes(self) -> Iterator[BadLine]:
        """Yield what is wrong with the end of the file, once it was read."""
        if self._fault:
            yield self._fault
        if self._closing is None:
            yield BadLine(
                self._last,
                "expected the SOA record of the first line again at the end, found none: "
                "the file may be cut off, and names may be missing",
            )
            return
        number, words = self._closing
        if number != self._last:
            yield BadLine(number, "expected the end of the file behind its SOA record, found more")
        if words != self._first:
            yield BadLine(
                number, "expected the SOA record of the first line again, found another version"
            )


@contextmanager
def _lines(source: Source, origin: str) -> Iterator[_Lines]:
    with opened(source, error=RecordingError) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline=None)
        try:
            yield _Lines(text, origin)
        finally:
            text.detach()


# -- as it comes ------------------------------------------------------------------------------


def _as_it_comes(lines: _Lines, by: Publication, asked: str) -> Iterator[Recording | BadLine]:
    """Give the recordings of a sorted file while it is read.

    Raises
    ------
    _Unfit
        If it is not sorted, or a record takes several lines.
    """
    draft = Draft(by.origin)
    reading = Reading(draft, Path(), include=False)
    order = _Order()
    with _Kept(by, draft, asked) as kept:
        for owner, several in _groups(lines):
            reading.read(numbered_entries(reading.others(iter(several))), by.origin)
            found = draft.taken()
            if found and owner != by.origin:  # a name of which no line reads has no place
                order.advance(several[0][0], owner)
            yield from draft.faults
            draft.faults.clear()
            for name, sets in found.items():
                yield from kept.add(name, sets, order)
            yield from kept.released(order)
        yield from kept.rest(cut_off=not lines.closed)
        if lines.cut:
            number, owner, kind = lines.cut
            draft.fault(number, _CUT, owner=owner, kind=kind)
            draft.faults.clear()  # told with the end of the file
        yield from kept.own(cut_off=not lines.closed)


def _groups(
    lines: Iterable[tuple[int, str]],
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Put the lines of a name together.

    Raises
    ------
    _Unfit
        If a line is a directive, continues another, or is of a name that is not absolute.
    """
    owner = ""
    several: list[tuple[int, str]] = []
    for number, line in lines:
        word = line.split(None, 1)[0] if line.strip() else ";"
        if word.startswith(";"):
            continue
        absolute = word.endswith(".")
        if line[0] in " \t$" or not (absolute or _is_no_record(line)):
            raise _Unfit(number, f"expected one record a line, found {quote(line[:60].strip())}")
        if line.count("(") > line.count(")"):
            raise _Unfit(number, "expected one record a line, found a parenthesis")
        name = (word[:-1].lower() or ROOT) if absolute else owner
        if "\0" in line or ".." in name or (name.startswith(".") and name != ROOT):
            name = owner  # it is broken, and what stands around it belongs together
        if name != owner and several:
            yield owner, several
            several = []
        owner = name
        several.append((number, line))
    if several:
        yield owner, several


def _is_no_record(line: str) -> bool:
    """Tell whether a line is broken, rather than a record with a relative name."""
    return not any(map(is_known, line[:_HEAD].split(None, 4)[1:4]))


class _Order:
    """The order in which names stand: alphabetical, that of the DNS, or as yet either."""

    def __init__(self) -> None:
        self.name, self.key = _PAST, _PAST
        self.alphabetical = self.canonical = True

    def advance(self, number: int, name: str) -> None:
        """Go on to the next name.

        Raises
        ------
        _Unfit
            If it is out of order.
        """
        key = from_root(name)
        self.alphabetical = self.alphabetical and self.name < name
        self.canonical = self.canonical and self.key < key
        if not self.alphabetical and not self.canonical:
            raise _Unfit(
                number, f"expected names in order, found {quote(name)} after {quote(self.name)}"
            )
        self.name, self.key = name, key

    def place(self, names: Iterable[str]) -> tuple[str, str]:
        """Return what has to be past before all of some names are, in either order."""
        several = list(names)
        return max(several, default=_PAST), max(map(from_root, several), default=_PAST)

    def is_past(self, place: tuple[str, str]) -> bool:
        """Tell whether the file is past a place, in whichever order it may be."""
        return (not self.alphabetical or place[0] <= self.name) and (
            not self.canonical or place[1] <= self.key
        )


class _Kept:
    """The names of a zone, on disk: glue that somebody may need, delegations that wait for theirs."""

    def __init__(self, by: Publication, draft: Draft, asked: str) -> None:
        self._by = by
        self._draft = draft
        self._asked = asked
        self._all_past = True  # whatever there is of a delegation, when it is given
        self._apex: dict[str, RRset] = {}
        self._waiting = self._since = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="depgraph-")
        self._base = sqlite3.connect(Path(self._folder.name, "zone"), isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE names (name TEXT PRIMARY KEY, sets TEXT, cut INTEGER) WITHOUT ROWID;"
            "CREATE TABLE waiting (name TEXT, alphabetical TEXT, canonical TEXT);"
            "CREATE INDEX by_alphabet ON waiting (alphabetical);"
            "CREATE INDEX by_dns ON waiting (canonical);"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._folder.cleanup()

    def add(self, name: str, sets: _Sets, order: _Order) -> Iterator[Recording]:
        """Keep what stands at a name; yield its delegation if nothing of it can come any more."""
        if name == self._by.origin:
            self._apex.update(sets)
            return
        kept = {kind: one for kind, one in sets.items() if kind not in _LEFT_OUT}
        if not kept:
            return
        row = (name, json.dumps(kept), "NS" in kept)
        self._base.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", row)
        if "NS" not in kept:
            return
        hosts = self._hosts(kept)
        place = order.place([*hosts, *self._between(name)])
        if self._by.origin in hosts:  # whose records may stand anywhere
            place = _NEVER
        if order.is_past(place):
            yield from self._delegation(name, kept)
        else:
            self._base.execute("INSERT INTO waiting VALUES (?, ?, ?)", (name, *place))
            self._waiting += 1

    def released(self, order: _Order) -> Iterator[Recording]:
        """Yield the delegations that the file is past now; it is looked every thousand names."""
        self._since += 1
        if not self._waiting or self._since < min(_EVERY, self._waiting):
            return
        self._since = 0
        past = {}
        if order.alphabetical:
            past["alphabetical <= ?"] = order.name
        if order.canonical:
            past["canonical <= ?"] = order.key
        yield from self._freed(" AND ".join(past), tuple(past.values()))

    def rest(self, *, cut_off: bool) -> Iterator[Recording]:
        """Yield the delegations that wait still, at the end of the file."""
        self._all_past = not cut_off
        yield from self._freed("TRUE", ())

    def _freed(self, past: str, place: tuple[str, ...]) -> Iterator[Recording]:
        for (name,) in self._base.execute(f"SELECT name FROM waiting WHERE {past}", place):  # noqa: S608
            yield from self._delegation(name, self._sets(name))
        gone = self._base.execute(f"DELETE FROM waiting WHERE {past}", place)  # noqa: S608
        self._waiting -= gone.rowcount

    def _delegation(self, name: str, own: _Sets) -> Iterator[Recording]:
        """Yield the recording of a delegation, unless a cut above takes it out of the zone."""
        if any(self._is_cut(above) for above in self._between(name)):
            return
        sets = {name: own, **{host: self._sets(host) for host in self._hosts(own)}}
        whole = self._all_past and not self._draft.unplaced
        zone = Zone(self._by.origin, sets, (name,), whole=whole)
        if whole and unglued(zone, name):
            zone = replace(zone, partial=self._draft.partial)
        yield delegated(zone, name, self._by)

    def _hosts(self, sets: _Sets) -> list[str]:
        return [host for host in sets["NS"][1] if is_below(host, self._by.origin)]

    def _between(self, name: str) -> list[str]:
        """List the names between one and the zone."""
        return [one for one in parents(name)[1:] if one != self._by.origin and self._in_zone(one)]

    def _in_zone(self, name: str) -> bool:
        return is_below(name, self._by.origin)

    def _sets(self, name: str) -> dict[str, RRset]:
        if name == self._by.origin:
            return self._apex
        row = self._base.execute("SELECT sets FROM names WHERE name = ?", (name,)).fetchone()
        found = json.loads(row[0]) if row else {}
        return {kind: (ttl, tuple(values)) for kind, (ttl, values) in found.items()}

    def _is_cut(self, name: str) -> bool:
        row = self._base.execute("SELECT cut FROM names WHERE name = ?", (name,)).fetchone()
        return bool(row and row[0])

    def _has_below(self, name: str) -> bool:
        below = "SELECT 1 FROM names WHERE substr(name, ?) = ? LIMIT 1"
        return self._base.execute(below, (-len(name) - 1, f".{name}")).fetchone() is not None

    def own(self, *, cut_off: bool) -> Iterator[Recording | BadLine]:
        """Yield what the zone says of itself, and the delegations of which no line could be read."""
        sets: dict[str, _Sets] = {self._by.origin: self._apex}
        for (name,) in self._base.execute("SELECT name FROM names WHERE NOT cut"):
            if not any(self._is_cut(above) for above in self._between(name)):
                sets[name] = self._sets(name)
        unread = {owner for owner, *_ in self._draft.partial}
        cuts = {
            one for owner in unread for one in (owner, *self._between(owner)) if self._is_cut(one)
        }
        for name in unread & cuts:
            sets[name] = {}  # its delegation was read, but for a line of it
        for name in wanted(self._by.origin, sets, self._asked).keys() - sets.keys():
            above = {one for one in (name, *self._between(name)) if self._is_cut(one)}
            cuts |= above
            if not above and self._has_below(name):
                sets[name] = {}  # delegations are all that is below it
        zone = Zone(
            self._by.origin,
            sets,
            (),
            partial=self._draft.partial,
            _cut_names=frozenset(cuts),
            cut_off=cut_off,
            whole=not self._draft.unplaced and not cut_off,
            asked=self._asked,
        )
        yield from published(zone, self._by)


__all__ = ["Anew", "read_zone", "registry_zone"]
