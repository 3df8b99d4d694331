"""Zones as their operators hold them: what is published of each name, and whom a parent delegates to.

:class:`Zone` is what a zone file (RFC 1035, section 5) or another form of the same (see
:mod:`depgraph.readers.exports`) holds. It is the operator's own document: its observations are
`published`, not observed.
"""

from __future__ import annotations

import functools
import gc
import io
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.intake import Source, beginning, opened
from depgraph.names import ROOT, canonical, is_below, oddity, parents, registered_domain
from depgraph.observations import COMPUTED, PERHAPS_OTHERS, Evidence, Observation, Status
from depgraph.readers.days import Interval, interval
from depgraph.readers.denials import denied, unglued
from depgraph.readers.lines import MOST_VALUES, BadLine
from depgraph.readers.master import (
    GENERATED_AT_MOST,
    GENERATED_TEXT,
    LONGEST_ENTRY,
    TTL,
    Entry,
    entries,
    generated,
    numbered_entries,
    seconds,
)
from depgraph.readers.wildcards import covered
from depgraph.recording import Header, Recording
from depgraph.records.days import month_of
from depgraph.records.rdata import ADDRESS, exchange, host, presentation, type_of
from depgraph.records.usual import (
    LABELS,
    LONGEST_NAME,
    NUMBER,
    plain_address,
    plain_data,
    plain_word,
)
from depgraph.records.words import CODEC, tokenizer
from depgraph.text_safety import one_line, quote

_BY_VIEW: Final = frozenset({*ADDRESS, "CNAME", "MX", "alias"})
"""Types of which clients may be told apart by what they are answered."""
_LEADING: Final = {"NS": host, "MX": exchange}
"""Types whose data must have the name of a host (RFC 1123, section 2.1), and what reads it there."""
_INSTEAD: Final = frozenset({*ADDRESS, "CNAME", "alias"})
"""Those that answer the question for an address."""
RRset = tuple[int | None, tuple[str, ...]]
"""TTL in seconds (None: not said), and the values, sorted."""

ALIASES: Final = frozenset({"ALIAS", "ANAME"})
"""Words for a target that the operator resolves by itself: no type of the DNS."""
_COMPUTED: Final = {"DYNA": ("A", "AAAA"), "DYNC": ("CNAME",)}
"""Words of gdnsd for answers that the server computes for each client, and their types."""
_CLASSES: Final = frozenset({"IN", "CH", "HS", "CS", "AWS"})
_TTLS: Final = re.compile(r"(\d+[wdhms]?)/\d+[wdhms]?", re.IGNORECASE)
"""The longest and the shortest time that the server of gdnsd chooses between."""
_AGE: Final = re.compile(r"\[AGE:\d+\]", re.IGNORECASE)
_ZONE_COMMENT: Final = re.compile(
    r"(?:(?:domain|zone|zone name|origin):?|database file \S+ for)\s+(\S+\.\S*)(?: zone\.)?",
    re.IGNORECASE,
)
_EXPORTED: Final = re.compile(
    r"^;+[ \t]*(?:(?:exported|generated|dumped)\b[^\n]*?\b|Time )(\d{4}-\d\d-\d\d)(?!\d)"
    r"|^(?:;; WHEN:|; zone \S+ written by NSD \S+ on) \S+ (\S+) +(\d{1,2}) [\d:]+ (?:\S+ )?(\d{4})",
    re.IGNORECASE | re.MULTILINE,
)
_SUFFIXES: Final = frozenset({"zone", "db", "dns", "hosts", "txt", "gz", "xz", "bz2", "zst"})
_DIRECTIVES: Final = "expected $ORIGIN, $TTL, $GENERATE or $INCLUDE, found otherwise"
FAILED: Final = re.compile(
    r"^;+ (?:Transfer failed|communications error|connection timed out)", re.MULTILINE
)
"""What dig writes where the transfer of a zone failed."""
_TRANSFER: Final = re.compile(r"; <<>> DiG .* (?:-t )?[ai]xfr\b|;; AXFR for ", re.IGNORECASE)
_TRANSFERRED: Final = re.compile(r";; XFR size: ")
_SOA: Final = re.compile(r"\S*\s+(?:\d+\s+)?(?:IN\s+)?SOA\s", re.IGNORECASE)
_PROXIED: Final = re.compile(r"\bcf-proxied:true\b")
# A comment of Cloudflare's export.
_CLOUDFLARES: Final = re.compile(r"\bcf_tags=|^Exported:\s+\d{4}-\d\d-\d\d ")
# Of its authorities: https://developers.cloudflare.com/ssl/edge-certificates/caa-records/
_CLOUDFLARES_OWN: Final = "Cloudflare has records of its own beside these"
_AUTOMATIC: Final = 1  # Cloudflare's TTL where it chooses one itself: no client is told so
_PLAIN_NAME: Final = re.compile(r"(?:[a-z0-9_][a-z0-9_-]{0,62}\.)+")
_DELEGATION: Final = re.compile(
    rf"({LABELS})\.[ \t]++([0-9]{{1,9}})[ \t]++(?:IN|in)[ \t]++(?:NS|ns)[ \t]++({LABELS})\.[ \t]*\n?"
)
_DIGESTS: Final = {"1": 40, "2": 64, "4": 96}  # letters (RFC 3658, RFC 4509, RFC 6605)
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_DEEPEST: Final = 8  # files that include each other
_PASSED_ON: Final = 16  # names behind a front that are followed from one
_FAULTS: Final = 1000  # lines that do not read, of any file
_FAULTS_EACH: Final = 10  # and so many for each that reads
_Item = TypeVar("_Item")
_HEAD: Final = 2**16  # bytes looked through for the day of an export


@dataclass(frozen=True, slots=True)
class Zone:
    """The records of one zone.

    Parameters
    ----------
    origin
        Canonical name of the apex.
    sets
        By owner and type. Owners below a cut are glue or occluded (RFC 9499). Type ``alias`` is
        what the operator resolves by itself. Of a name that only a wildcard has, its records.
    cuts
        Names below the apex that have NS records, and no such name above them, sorted.
    faults
        The lines that could not be read.
    partial
        Owner, type and why: sets that are not whole because a line of them could not be read, or
        not there because the server computes them.
    fronted
        Owner -> who answers in the operator's stead.
    provider
        Who serves the zone, where the form of the file says so.
    cut_off
        Whether more of the zone may stand elsewhere: see :mod:`depgraph.readers.extent`.
    whole
        Whether it is not cut off, and it is known of every line what it is of: what is neither here
        nor `partial`, nor at or below a cut, is not there.
    asked
        A name that is asked about besides the apex; empty if none is.
    single
        Owner and type of sets of which others may stand elsewhere.
    odd
        Names that have a record which is none of the DNS, in whose stead its servers may answer any.
    sent
        By owner, by whom of the clients the operator gives it, and by type: sets of which each client is
        answered one, and which all stand in `sets` as well.
    """

    origin: str
    sets: Mapping[str, Mapping[str, RRset]]
    cuts: tuple[str, ...]
    faults: tuple[BadLine, ...] = ()
    partial: tuple[tuple[str, str, Status, str], ...] = ()
    fronted: Mapping[str, str] = field(default_factory=dict)
    provider: str = ""
    _cut_names: frozenset[str] = field(default=frozenset())
    cut_off: bool = False
    whole: bool = False
    asked: str = ""
    single: frozenset[tuple[str, str]] = frozenset()
    odd: frozenset[str] = frozenset()
    sent: Mapping[str, Mapping[str, Mapping[str, RRset]]] = field(default_factory=dict)

    def cut_above(self, name: str) -> str | None:
        """Give the delegation that takes a name (itself, or one above it) out of this zone."""
        if self._cut_names:
            for above in reversed(parents(name)):
                if above in self._cut_names:
                    return above
        return None

    def get(self, name: str, kind: str) -> RRset | None:
        """Give a record set, None if there is none."""
        return self.sets.get(name, {}).get(kind)

    def delegation(self, cut: str) -> Iterator[tuple[str, str, str, RRset]]:
        """Give section, owner, type and set of what a parent says of a child: NS, DS, glue."""
        servers = self.sets[cut]["NS"]
        yield "authority", cut, "NS", servers
        if (signed := self.get(cut, "DS")) is not None:
            yield "authority", cut, "DS", signed
        for server in servers[1]:
            for kind in ("A", "AAAA"):
                # Addresses of hosts outside the zone are not the parent's to give.
                if is_below(server, self.origin) and (glue := self.get(server, kind)) is not None:
                    yield "additional", server, kind, glue


class Draft:
    """A zone that is being read: records and faults as they come, whatever the form they have."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[BadLine] = []
        self._records: dict[str, dict[str, dict[str, int | None]]] = {}
        self._partial: dict[tuple[str, str, Status, str], None] = {}
        self._full: set[tuple[str, str]] = set()
        self._aliases: dict[str, tuple[int, str]] = {}
        self._fronted: dict[str, str] = {}
        self.provider = ""
        self._single: set[tuple[str, str]] = set()
        self._odd: set[str] = set()
        self._sent: dict[str, dict[str, dict[str, dict[str, int | None]]]] = {}
        self.cut_off = False
        self.complete: bool | None = None
        """Whether the document has all of the zone; None: if it has its SOA record."""
        self.is_cloudflares = False
        self.unplaced = False
        """Whether a line was left out of which it is not known whose record it is."""

    def values(self, number: int, owner: str, kind: str) -> dict[str, int | None] | None:
        """Return the values of a set with their TTLs, to be added to; None if it is not ours."""
        if not is_below(owner, self.origin):
            self.fault(number, f"expected names in {self.origin}, found {quote(owner)}")
            return None
        return self._records.setdefault(owner, {}).setdefault(kind, {})

    def add(
        self,
        number: int,
        owner: str,
        kind: str,
        ttl: int | None,
        value: str,
        *,
        front: str = "",
        single: bool = False,
        sent: str = "",
    ) -> None:
        """Add one record.

        Parameters
        ----------
        number
            Of its line, for faults.
        owner, kind, ttl, value
            As an observation has them.
        front
            Who answers instead of what the record says.
        single
            Whether others of its set may stand elsewhere, unless all of the zone is there.
        sent
            Whom of the clients the operator gives it, where it gives others another (the vantage of an
            observation).
        """
        if not is_below(owner, self.origin):
            self.fault(number, f"expected names in {self.origin}, found {quote(owner)}")
            return
        if fault := oddity(owner):
            self.fault(number, f"expected a name, found {fault}")
            return
        if kind in _LEADING and _LEADING[kind](value) is None:  # what the zone has, and answers
            error = f"expected the name of a host as {kind} of {quote(owner)}, found {quote(value)}"
            self.faults.append(BadLine(number, one_line(error)))
        if kind in ALIASES or (kind == "CNAME" and owner == self.origin and not front):
            kind = "alias"  # at the apex a CNAME cannot stand: the operator flattens it
        if kind == "alias":
            self._aliases.setdefault(owner, (number, value))
        if front:
            self._fronted[owner] = front
            kind = "behind-front"
        if sent and kind in _BY_VIEW:
            views = self._sent.setdefault(owner, {}).setdefault(sent, {})
            views.setdefault(kind, {}).setdefault(value, ttl)
        if single and kind != "alias":  # of which a name has one
            self._single.add((owner, kind))
        values = self._records.setdefault(owner, {}).setdefault(kind, {})
        if len(values) >= MOST_VALUES and value not in values:
            self.fill(number, owner, kind)
        else:
            values.setdefault(value, ttl)

    def fill(self, number: int, owner: str, kind: str) -> None:
        """Note, once, that a set has more values than are read."""
        if (owner, kind) not in self._full:
            self._full.add((owner, kind))
            error = (
                f"expected at most {MOST_VALUES} {kind} of a name, found more: they are left out"
            )
            self.fault(number, error, owner=owner, kind=kind)

    def is_full(self, owner: str, kind: str) -> bool:
        """Tell whether a set was found to have more values than are read."""
        return (owner, kind) in self._full

    def fault(self, number: int, error: str, *, owner: str = "", kind: str = "") -> None:
        """Note a line that does not read; the set that it belongs to, if known, is not whole."""
        error = one_line(error)
        self.faults.append(BadLine(number, error))
        if owner and kind and is_below(owner, self.origin):
            self._partial[owner, kind, Status.MALFORMED, error] = None
        else:
            self.unplaced = True

    def odd(self, number: int, owner: str, error: str) -> None:
        """Note a record that is none of the DNS: what its servers answer of the name is not known."""
        self.faults.append(BadLine(number, one_line(error)))
        if is_below(owner, self.origin):
            self._odd.add(owner)
        else:
            self.unplaced = True

    def computed(
        self, number: int, owner: str, kinds: Iterable[str], how: str, error: str = ""
    ) -> None:
        """Note an answer that the server computes for each client: the file does not have it.

        Nothing else is left open by it.
        """
        error = error or f"left out {quote(how)}: the server computes the answer for each client"
        self.faults.append(BadLine(number, one_line(error)))
        if is_below(owner, self.origin):
            for kind in kinds:
                note = one_line(f"{COMPUTED}{how}")
                self._partial[owner, kind, Status.NOT_FOUND_IN_SOURCES, note] = None
        else:
            self.unplaced = True

    def truncate(self, why: str) -> None:
        """Note of every set that more of it may stand in what is missing (RFC 5936, section 2.2)."""
        for owner, kinds in self._records.items():
            for kind in kinds:
                self._partial[owner, kind, Status.TRUNCATED, why] = None

    def settle(self) -> None:
        """Note the aliases beside other records of their name, which an answer has by turns.

        Where records have weights, or one stands in for another, an alias may be one of several. It
        has no type of its own in the DNS: beside others it is not followed.
        """
        for owner, (number, target) in self._aliases.items():
            beside = self._records.get(owner, {}).keys() & {*ADDRESS, "CNAME"}
            if beside and owner not in self._sent:
                names = ", ".join(sorted(beside))
                error = (
                    f"left out the alias of {quote(owner)} to {quote(target)}: beside its records "
                    f"({names}), which the server gives instead to some clients"
                )
                kinds = ["CNAME"] if "CNAME" in beside else ADDRESS
                self.computed(number, owner, kinds, f"alias {target}", error)
        self._aliases.clear()

    @property
    def partial(self) -> tuple[tuple[str, str, Status, str], ...]:
        """The sets that are not whole: see :class:`Zone`."""
        return tuple(self._partial)

    def taken(self) -> dict[str, dict[str, RRset]]:
        """Return the sets that were read since it was last asked, by owner, and drop them."""
        records, self._records = self._records, {}
        return {
            owner: {kind: _set_of(values) for kind, values in kinds.items()}
            for owner, kinds in records.items()
        }

    def zone(self, asked: str = "") -> Zone:
        """Return what was read, each set with its least TTL (RFC 2181, section 5.2).

        A name that is `asked` about has what a wildcard or a DNAME of the zone answers for it.
        """
        self.settle()
        asked = canonical(asked) if asked else ""
        read = _set_of_cloudflare if self.is_cloudflares else _set_of
        sets: dict[str, dict[str, RRset]] = {
            owner: {kind: read(values) for kind, values in kinds.items()}
            for owner, kinds in self._records.items()
        }
        for owner in self._fronted:
            sets[owner]["behind-front"] = (None, tuple(sorted(_behind(sets, owner))))
        delegated: dict[int, list[str]] = {}  # by their number of dots
        for owner, own in sets.items():
            if "NS" in own and owner != self.origin:
                delegated.setdefault(owner.count("."), []).append(owner)
        cuts: set[str] = set()
        for dots in sorted(delegated):  # none of a number is above another of it
            above = frozenset(cuts)
            cuts.update(
                owner for owner in delegated[dots] if not above or above.isdisjoint(parents(owner))
            )
        unsure = {*self._fronted, *self._odd, *self._sent, *(o for o, *_ in self._partial)}
        has_soa = "SOA" in sets.get(self.origin, {})
        cut_off = self.cut_off or not (has_soa if self.complete is None else self.complete)
        whole = not self.unplaced and not cut_off
        if whole:  # a line that was not read may be of the name itself
            sets |= covered(self.origin, sets, cuts=cuts, unsure=unsure, asked=asked)
        partial = dict(self._partial)
        if self.is_cloudflares:  # its export as a zone file has its name servers, its API has not
            besides = {"CAA"} if has_soa else {"CAA", "NS"}
            partial |= {
                (owner, kind, Status.NOT_FOUND_IN_SOURCES, _CLOUDFLARES_OWN): None
                for owner, own in sets.items()
                for kind in besides & own.keys()
                if kind == "CAA" or owner == self.origin
            }
        return Zone(
            self.origin,
            sets,
            tuple(sorted(cuts)),
            tuple(sorted(self.faults, key=lambda bad: bad.number)),
            tuple(partial),
            self._fronted,
            self.provider,
            frozenset(cuts),
            cut_off,
            whole=whole,
            asked=asked,
            single=frozenset() if whole else frozenset(self._single),
            odd=frozenset(self._odd),
            sent={
                owner: {
                    view: {kind: read(values) for kind, values in own.items()}
                    for view, own in sorted(views.items())
                }
                for owner, views in self._sent.items()
            },
        )


def _set_of(values: Mapping[str, int | None]) -> RRset:
    ttls = set(values.values())
    if len(ttls) > 1:
        ttls = {min(ttl for ttl in ttls if ttl is not None)}
    return ttls.pop(), tuple(sorted(values))


def _set_of_cloudflare(values: Mapping[str, int | None]) -> RRset:
    ttl, in_order = _set_of(values)
    return (None if ttl == _AUTOMATIC else ttl), in_order


def _behind(sets: Mapping[str, Mapping[str, RRset]], owner: str) -> set[str]:
    """Follow what a front passes on to within the zone: its proxied names stand for their own.

    As resolvers do, only so far: the names that are left then are what it passes on to.
    """
    found: set[str] = set()
    passed, waiting = {owner}, [owner]
    while waiting:
        if len(passed) > _PASSED_ON:
            return found.union(waiting)
        for value in sets[waiting.pop()]["behind-front"][1]:
            if "behind-front" not in sets.get(value, {}):
                found.add(value)
            elif value not in passed:
                passed.add(value)
                waiting.append(value)
    return found


# -- zone files -----------------------------------------------------------------------------


def load_zone(
    source: Source, *, origin: str | None = None, name: str = "", include: bool = False
) -> Zone:
    """Read a zone file, packed or not; text with a line break in it is the zone itself.

    Whatever reads is read; :attr:`Zone.faults` has the rest.

    Parameters
    ----------
    origin
        Name of the zone; None takes it from the SOA record, ``$ORIGIN``, the file's own comment,
        the name of the file, or `name`.
    name
        A name in the zone, or of it, for files that do not say: the zone is the registered domain.
    include
        Whether ``$INCLUDE`` may read other files, of the folder of this one: only for zone files
        that you trust.

    Raises
    ------
    RecordingError
        If no line of it reads, or its origin is not known.
    """
    if isinstance(source, str) and "\n" in source:
        return read_lines(io.StringIO(source), "zone text", Path(), origin, name, include=include)
    path = Path(source) if isinstance(source, str | os.PathLike) else None
    with opened(source, error=RecordingError) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline=None)
        try:
            called = path.name if path else "zone file"
            folder = path.parent if path else Path()
            return read_lines(text, called, folder, origin, name, include=include)
        finally:
            text.detach()


def read_lines(
    text: Iterable[str],
    called: str,
    folder: Path,
    origin: str | None,
    name: str,
    *,
    include: bool,
) -> Zone:
    """Read the lines of a zone file: see :func:`load_zone`."""
    failed: list[BadLine] = []
    numbers = count(1)
    lines = zip(numbers, text, strict=False)
    readings: list[Reading] = []

    def others() -> Iterator[tuple[int, str]]:
        for item in lines:
            if readings:
                yield from readings[0].others(chain([item], lines))
                return  # to ask for a line once more would take a number
            yield item

    # Comments and SOA records are no plain records: to watch the others is enough, and quicker.
    found = numbered_entries(_watched(others(), numbers, failed))
    head: list[Entry | BadLine] = []  # what stands before that which tells the zone
    if origin is None:
        origin = _origin(_kept(found, head), called, name)
    if origin is None:
        raise RecordingError(
            f"expected a zone file with $ORIGIN or a SOA record that names it in {quote(called)}, found none: "
            "give its origin (--origin on the command line)"
        )
    draft = Draft(canonical(origin))
    reading = Reading(draft, folder, include=include)
    readings.append(reading)
    with _uncollected():
        reading.read(chain(head, found), draft.origin)
        draft.faults += failed
        if failed:
            draft.cut_off = True
            draft.truncate(failed[0].error)
        zone = draft.zone(name)
    if not zone.sets:
        first = str(draft.faults[0]) if draft.faults else "no record"
        raise RecordingError(f"expected a zone file, found {first}")
    return zone


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for circles in what is read: there are none, and it is much.

    A fifth of the time of a large zone is spent so otherwise.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def is_of_transfer(comment: str) -> bool:
    """Tell whether a comment is what dig or kdig writes of a transfer of a zone."""
    return _TRANSFER.match(comment) is not None or _TRANSFERRED.match(comment) is not None


def _watched(
    lines: Iterable[tuple[int, str]], numbers: Iterator[int], failed: list[BadLine]
) -> Iterator[tuple[int, str]]:
    """Pass on lines, and note where a file is damaged, or a transfer failed or has no end.

    A transfer ends with the SOA record that it began with (RFC 5936, section 2.2). Of `numbers`
    each line of the file took one.
    """
    number = ends = 0
    transfer = False
    try:
        for number, line in lines:
            if line.startswith(";"):
                if FAILED.match(line):
                    error = (
                        f"expected a whole zone, found {quote(line.strip())}: names may be missing"
                    )
                    failed.append(BadLine(number, error))
                transfer = transfer or is_of_transfer(line)
                ends += 2 * (_TRANSFERRED.match(line) is not None)
            elif transfer and _SOA.match(line):
                ends += 1
            yield number, line
    except RecordingError as damaged:  # packed: what was whole is read
        if not number:
            raise
        failed.append(BadLine(number + 1, f"{damaged}: what follows is left out"))
    if transfer and ends < 2 and not failed:
        error = (
            "expected the SOA record again at the end of a zone transfer, found none: "
            "names may be missing"
        )
        last = next(numbers) - 2  # one was taken for the line that was not there
        failed.append(BadLine(last, error))


def _kept(found: Iterable[_Item], kept: list[_Item]) -> Iterator[_Item]:
    """Pass on what comes, and keep it."""
    for one in found:
        kept.append(one)
        yield one


class _Head(NamedTuple):
    owner: str
    kind: str
    ttl: int | None


class Reading:
    """The state of a reader of master files: the owner before, the TTL, and what was generated."""

    def __init__(self, draft: Draft, folder: Path, *, include: bool) -> None:
        self._draft = draft
        self._folder = folder
        self._include = include
        self._owner = ""
        self._ttl: int | None = None
        self._last_ttl: int | None = None
        self._generated = 0
        self._written = 0  # characters of these
        self._depth = 0
        self._read = 0  # records

    def read(self, found: Iterable[Entry | BadLine], origin: str) -> None:
        """Read entries, of which relative names lie in `origin` until they say otherwise."""
        for entry in found:
            if isinstance(entry, BadLine):
                self._draft.faults.append(entry)
                self._draft.unplaced = True
                continue
            if entry.comment and _CLOUDFLARES.search(entry.comment):
                self._draft.is_cloudflares = True
            if entry.words and entry.words[0].startswith("$") and not entry.inherits:
                origin = self._directive(entry, origin)
            elif entry.words:
                self._record(entry, origin)
            self._refuse_another_form()

    def _refuse_another_form(self) -> None:
        """Refuse a file of which hardly a line reads: what is missing in it is not known."""
        faults = self._draft.faults
        if len(faults) > max(_FAULTS, _FAULTS_EACH * self._read):
            raise RecordingError(
                f"expected a zone file, found {len(faults)} lines that do not read among "
                f"{len(faults) + self._read}, the first: {faults[0]}"
            )

    def others(self, lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Take in each record that stands as an observation has it; yield the lines that are none.

        Owner, TTL, ``IN``, type and data in one line, all names absolute and in lower case: so are
        the files of top-level domains (ICANN Registry Agreement, specification 4, section 2.1.4).
        Lines that may lie between parentheses are no such records.
        """
        before = kind_before = ""
        values: dict[str, int | None] | None = {}
        open_ = 0  # lines since a parenthesis that is not closed in its line
        for item in lines:
            number, line = item
            record = None if open_ else _plain_record(line)
            if record is None:
                if open_ or ("(" in line and line.count("(") > line.count(")")):
                    open_ = 0 if ")" in line or open_ >= LONGEST_ENTRY else open_ + 1
                yield item
                continue
            self._read += 1
            owner, kind, ttl, value = record
            if owner != before or kind != kind_before:
                values = self._draft.values(number, owner, kind)
                # Of a name out of the zone each line is told.
                before, kind_before = ("", "") if values is None else (owner, kind)
                self._owner = owner
            self._last_ttl = ttl
            if values is None:
                continue
            if len(values) >= MOST_VALUES and value not in values:
                self._draft.fill(number, owner, kind)
            else:
                values.setdefault(value, ttl)

    def _directive(self, entry: Entry, origin: str) -> str:
        word, rest = entry.words[0].upper(), entry.words[1:]
        try:
            if word == "$ORIGIN" and len(rest) == 1:
                return self._moved(entry.number, rest[0], origin)
            if word == "$TTL" and len(rest) == 1 and TTL.fullmatch(rest[0]):
                self._ttl = seconds(rest[0])
            elif word == "$GENERATE":
                self._generate(entry, rest, origin)
            elif word == "$INCLUDE" and 1 <= len(rest) <= 2:
                self._included(entry.number, rest, origin)
            else:
                raise ValueError(_DIRECTIVES)  # noqa: TRY301  (told as the faults of the others)
        except (ValueError, OSError) as error:
            self._draft.fault(entry.number, f"{error}: {quote(' '.join(entry.words))}")
        return origin

    def _moved(self, line: int, word: str, origin: str) -> str:
        bare = canonical(word)
        own = self._draft.origin
        if not word.endswith(".") and (bare == own or bare.endswith(f".{own}")):
            self._draft.fault(
                line,
                f"expected a dot at the end of $ORIGIN, found {quote(bare)}: read as if it were there",
            )
            return bare
        return _owner_of(word, origin)

    def _generate(self, entry: Entry, rest: tuple[str, ...], origin: str) -> None:
        for words in generated(rest, GENERATED_AT_MOST - self._generated):
            self._generated += 1
            self._written += sum(map(len, words))
            if self._written > GENERATED_TEXT:
                raise ValueError(
                    f"expected at most {GENERATED_TEXT} characters from $GENERATE, found more"
                )
            self._record(Entry(entry.number, words, comment=entry.comment), origin)

    def _included(self, line: int, rest: tuple[str, ...], origin: str) -> None:
        if not self._include:
            raise ValueError(
                "left out $INCLUDE, which reads another file only on request (--include)"
            )
        path = (self._folder / rest[0].strip('"')).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise ValueError("expected $INCLUDE of a file in the same folder, found one elsewhere")
        if self._depth >= _DEEPEST:
            raise ValueError(
                f"expected at most {_DEEPEST} files that include each other, found more"
            )
        inner = _owner_of(rest[1], origin) if len(rest) > 1 else origin
        before, self._depth = len(self._draft.faults), self._depth + 1
        with opened(path, error=RecordingError) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline=None)
            self.read(entries(text), inner)
            text.detach()
        self._depth -= 1
        self._draft.faults[before:] = [
            BadLine(line, f"{rest[0]}, line {bad.number}: {bad.error}")
            for bad in self._draft.faults[before:]
        ]

    def _record(self, entry: Entry, origin: str) -> None:
        words = [word for word in entry.words if word[0] != "[" or not _AGE.fullmatch(word)]
        owner = kind = ""
        try:
            if entry.inherits:
                if not self._owner:
                    raise ValueError("expected the owner of a record, found none before it")  # noqa: TRY301
            else:
                self._owner = _owner_of(words.pop(0), origin)
            ttl, kind = self._head(words)
            if kind == "SOA" and (
                self._owner == ROOT or canonical(entry.words[0]) == self._draft.origin
            ):  # Cloudflare leaves out its dot, or writes "@" behind "$ORIGIN ."; it has no other
                self._owner = self._draft.origin
            owner = self._owner
            self._data(entry, _Head(owner, kind, ttl), words, origin)
            self._read += 1
        except Exception as error:  # noqa: BLE001  (whatever the line holds, the next may be fine)
            reason = str(error) if isinstance(error, ValueError) else type(error).__name__
            shown = quote(" ".join(entry.words))
            known = kind if is_known(kind) else ""
            self._draft.fault(entry.number, f"{reason}: {shown}", owner=owner, kind=known)

    def _head(self, words: list[str]) -> tuple[int | None, str]:
        """Take TTL, class and type off the words of a record, in whatever order they stand."""
        ttl: int | None = None
        while words:
            word = words.pop(0)
            upper = word.upper()
            if upper in _CLASSES:
                if upper not in {"IN", "AWS"}:
                    raise ValueError(f"expected class IN, found {upper}")
            elif ttl is None and word[0].isdigit() and TTL.fullmatch(word):
                ttl = seconds(word)
                self._last_ttl = ttl
            elif ttl is None and "/" in word and (between := _TTLS.fullmatch(word)):
                ttl = seconds(between[1])
            else:
                # Without one of its own it is $TTL, else that of the record before (RFC 1035, 5.1).
                default = self._ttl if self._ttl is not None else self._last_ttl
                return (default if ttl is None else ttl), type_of(upper)
        raise ValueError("expected a type and data, found none")

    def _data(self, entry: Entry, head: _Head, words: list[str], origin: str) -> None:
        owner, kind, ttl = head
        if self._draft.is_full(owner, kind):
            return
        front = "Cloudflare" if entry.comment and _PROXIED.search(entry.comment) else ""
        if kind in _COMPUTED:
            self._draft.computed(entry.number, owner, _COMPUTED[kind], f"{kind} {' '.join(words)}")
        elif kind == "LUA" and words:  # of PowerDNS: the type, and a program
            self._draft.computed(entry.number, owner, [words[0].upper()], f"{kind} {words[0]}")
        elif kind in ALIASES and words:
            # cli53 writes the type that is resolved before the target, and its zone behind it.
            target = words[1] if words[0].upper() in ADDRESS and len(words) > 1 else words[0]
            self._draft.add(entry.number, owner, "ALIAS", ttl, _owner_of(target.strip('"'), origin))
        elif not is_known(kind):
            raise ValueError(f"expected a type of record that is read, found {quote(kind)}")
        elif not words:
            raise ValueError(f"expected the data of {kind}, found none")
        else:
            value = presented(kind, " ".join(words), origin)
            hidden = front and kind in {*ADDRESS, "CNAME"}
            self._draft.add(entry.number, owner, kind, ttl, value, front=front if hidden else "")


def _plain_record(line: str) -> tuple[str, str, int, str] | None:
    """Read owner, type, TTL and data of a record in plain form; None where it takes more."""
    if "\0" in line:
        return None
    match = _DELEGATION.fullmatch(line)
    if match is not None and len(line) <= LONGEST_NAME:
        owner, ttl, server = match.groups()
        return None if server[-1].isdigit() else (owner, "NS", int(ttl), server)
    words = line.split()
    if len(words) < 5 or words[2] not in {"IN", "in"} or not line.startswith(words[0]):
        return None
    kind = words[3].upper()
    read = _PLAIN.get((kind, len(words)))
    name = _plain_name(words[0])
    if read is None or name is None:
        return None
    value, ttl = read(*words[4:]), words[1]
    if value is None or not ttl.isascii() or not ttl.isdigit() or len(ttl) > 9:  # 32 bits
        return None
    return name, kind, int(ttl), value


@functools.lru_cache(maxsize=1 << 14)
def _plain_name(word: str) -> str | None:
    """Read an absolute host name in lower case; None where it takes more, or may be an address."""
    plain = len(word) <= 254 and _PLAIN_NAME.fullmatch(word) and not word[-2].isdigit()
    return word[:-1] if plain else None


def _plain_digest(*data: str) -> str | None:
    """Read the data of a DS record in four words (RFC 4034, section 5.3)."""
    tag, algorithm, kind, digest = data
    if len(digest) != _DIGESTS.get(kind) or not _HEX.fullmatch(digest):
        return None
    if not NUMBER.fullmatch(tag) or not NUMBER.fullmatch(algorithm):
        return None
    known = int(tag) < 2**16 and int(algorithm) < 2**8
    return f"{tag} {algorithm} {kind} {digest.lower()}" if known else None


_PLAIN: Final[Mapping[tuple[str, int], Callable[..., str | None]]] = {
    ("NS", 5): _plain_name,
    ("A", 5): functools.partial(plain_address, v6=False),
    ("AAAA", 5): functools.partial(plain_address, v6=True),
    ("DS", 8): _plain_digest,
}
"""Type and number of words of its record -> what reads it as
:func:`depgraph.records.rdata.presentation` writes it; None where only the full reader can."""


@functools.lru_cache(maxsize=1 << 10)
def is_known(kind: str) -> bool:
    """Tell whether a word is a type of record, be it one that the DNS knows by number only."""
    try:
        number = dns.rdatatype.from_text(kind)
    except (dns.exception.DNSException, ValueError):
        return False
    return bool(number) and not dns.rdatatype.is_metatype(number)


@functools.lru_cache(maxsize=1 << 12)
def _name(text: str) -> dns.name.Name:
    return dns.name.from_text(text)


@functools.lru_cache(maxsize=1 << 12)
def _owner_of(word: str, origin: str) -> str:
    """Return the canonical name of a word, relative to an origin unless it ends in a dot."""
    if word == "@":
        return origin
    wild = "*." if word.startswith("*.") else ""
    plain = plain_word(word.removeprefix(wild), origin)
    if plain is not None and len(wild + plain) <= LONGEST_NAME:
        return wild + plain
    try:
        name = dns.name.from_text(word, _name(f"{origin}." if origin != ROOT else ROOT), CODEC)
    except (dns.exception.DNSException, UnicodeError):
        raise ValueError(f"expected a name, found {quote(word)}") from None
    return canonical(name.to_text())


def presented(kind: str, data: str, origin: str) -> str:
    """Read the data of a record, relative names in an origin; raises ValueError."""
    value = plain_data(kind, data, origin)
    if value is None and kind in ADDRESS and "\\" not in data:  # there is no other form of these
        raise ValueError(f"expected the data of {kind}, found otherwise")
    return presented_in_full(kind, data, origin) if value is None else value


def presented_in_full(kind: str, data: str, origin: str) -> str:
    """Read the data of a record of any form as the DNS library does; raises ValueError."""
    value = _in_full(kind, data, origin)
    if value is None:
        raise ValueError(f"expected the data of {kind}, found otherwise")
    return value


@functools.lru_cache(maxsize=1 << 12)
def _in_full(kind: str, data: str, origin: str) -> str | None:
    """Do so; None for data that does not read, which is remembered as well."""
    try:
        rdata = dns.rdata.from_text(
            dns.rdataclass.IN,
            kind,
            tokenizer(data),
            origin=_name(f"{origin}." if origin != ROOT else ROOT),
            relativize=False,
        )
    except (dns.exception.DNSException, ValueError, UnicodeError):
        return None
    return presentation(rdata)


# -- what a file is of, and when ------------------------------------------------------------


def _origin(found: Iterable[Entry | BadLine], called: str, name: str) -> str | None:
    """Find the name of a zone: by its SOA, ``$ORIGIN``, the comment, the file's name, a given one."""
    current = first = said = root = ""
    owners: set[str] = set()
    last = ""
    for entry in found:
        if isinstance(entry, BadLine):
            continue
        match = _ZONE_COMMENT.fullmatch(entry.comment.strip()) if not entry.words else None
        if match and not said and "." in canonical(match[1]):
            said = canonical(match[1])
        if not entry.words:
            continue
        head = entry.words[0]
        if head.upper() == "$ORIGIN" and len(entry.words) == 2:
            current = _absolute(entry.words[1], current)
            first = first or current
        elif not head.startswith("$"):
            last = last if entry.inherits else head
            owners.add(last)
            apex = _absolute(last, current)
            if "SOA" not in map(str.upper, entry.words[:5]):
                if root and apex == ROOT:  # it has more than a SOA record there
                    return ROOT
            elif apex and registered_domain(apex) is None and said and is_below(said, apex):
                return said
            elif apex == ROOT:
                root = _of_soa(entry.words) or ROOT
            elif apex:
                return apex
    if root:  # Cloudflare's exports of 2016 have the SOA record of any zone there
        others = {owner for owner in owners if _absolute(owner, ROOT) != ROOT}
        return root if root != ROOT else _of_owners(others) or _of_file(called, name) or ROOT
    first = "" if first == ROOT else first
    told = first or said or _of_file(called, name) or _of_owners(owners)
    return told or _of_suffix(called, owners) or None


def _of_soa(words: Sequence[str]) -> str:
    """Return the zone that a SOA record names by its data: whoever runs it has a mailbox in it.

    Only a registered domain; the root itself names a server (``a.root-servers.net.``).
    """
    kind = [word.upper() for word in words].index("SOA")
    server, mailbox, *_ = (*map(canonical, words[kind + 1 : kind + 3]), "", "")
    own = server == registered_domain(server) and is_below(mailbox, server)
    return server if own else ""


def _absolute(word: str, origin: str) -> str:
    """Return a name as it is meant where nothing says what it is relative to; empty if unknown."""
    if word == "@":
        return origin
    if word.endswith(".") or (not origin and "." in word):
        return canonical(word)
    try:
        return _owner_of(word, origin) if origin else ""
    except ValueError:  # told where the record is read
        return ""


def _of_file(called: str, name: str) -> str:
    """Read the zone out of the name of its file (``db.shop.example``, ``shop.example.zone``).

    A name that was asked for decides, unless it lies in that zone.
    """
    own = _stem(called)
    own = own if "." in own and re.fullmatch(r"[a-z0-9._-]+", own) else ""
    if name and not (own and is_below(name, own)):
        return registered_domain(name) or name
    return own


def _stem(called: str) -> str:
    """Return the name of a file without what says that it is a zone."""
    labels = called.lower().removeprefix("db.").removeprefix("named.").split(".")
    while len(labels) > 1 and labels[-1] in _SUFFIXES:
        labels.pop()
    return ".".join(labels)


def _of_suffix(called: str, owners: set[str]) -> str:
    """Return the top-level domain that a file is called after (``fr.zone``), if all owners lie in it."""
    own = _stem(called)
    within = all(one.endswith(".") and is_below(canonical(one), own) for one in owners)
    return own if owners and within else ""


def _of_owners(owners: set[str]) -> str:
    """Return the registered domain of all owners, where all are absolute and it is one."""
    if not owners or not all(owner.endswith(".") for owner in owners):
        return ""
    domains = {registered_domain(canonical(owner)) for owner in owners}
    return (domains.pop() or "") if len(domains) == 1 else ""


def dated(source: Source) -> Interval | None:
    """Read from the file's own line on which day it was exported; None where it does not say.

    Such lines have no time zone, so that only the day counts.
    """
    with opened(source, error=RecordingError) as file:
        head = beginning(file, _HEAD).decode("utf-8", "replace")
    match = _EXPORTED.search(head)
    if match is None:
        return None
    day, month, number, year = match.groups()
    if day is None:
        if (found := month_of(month)) is None:
            return None
        day = f"{year}-{found:02}-{int(number):02}"
    try:
        return interval(day)
    except RecordingError:
        return None


# -- recordings -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Publication:
    """What makes recordings of what a zone file says: its day, and where it can be had.

    Parameters
    ----------
    origin
        The zone.
    time, until
        When the file was published, or throughout which time it was.
    citation, licence
        Where the file can be had, and what may be done with it.
    """

    origin: str
    time: datetime
    until: datetime | None = None
    citation: str = ""
    licence: str = ""

    def observation(
        self, subject: str, kind: str, status: Status, note: str = "", **more: object
    ) -> Observation:
        """Return one observation, published by whoever runs the zone."""
        return Observation(
            subject=subject,
            type=kind,
            status=status,
            note=note,
            zone=self.origin,
            source="zone-file",
            time=self.time,
            until=self.until,
            evidence=Evidence.PUBLISHED,
            citation=self.citation,
            **more,  # type: ignore[arg-type]
        )

    def recording(
        self,
        subject: str,
        rows: Iterable[tuple[str, str, str, RRset]],
        others: Iterable[Observation] = (),
        single: Container[tuple[str, str]] = (),
    ) -> Recording:
        """Return the recording of a name: its sets, each with section, owner and type.

        Of those that are `single` others may stand elsewhere.
        """
        header = Header(
            subject=subject,
            since=self.time.date(),
            until=(self.until or self.time).date(),
            source=self.citation,
            licence=self.licence,
        )
        observations = [
            self.observation(
                name,
                kind,
                Status.ANSWER,
                PERHAPS_OTHERS if (name, kind) in single else "",
                values=values,
                ttl=ttl,
                section=section,
            )
            for section, name, kind, (ttl, values) in rows
        ]
        return Recording(header, (*observations, *others))


def recordings_of(
    zone: Zone,
    *,
    time: datetime,
    until: datetime | None = None,
    citation: str = "",
    licence: str = "",
) -> Iterator[Recording | BadLine]:
    """Give the faults of a zone, and its recordings: see :func:`depgraph.readers.read_zone`."""
    yield from published(zone, Publication(zone.origin, time, until, citation, licence))


def published(zone: Zone, by: Publication) -> Iterator[Recording | BadLine]:
    """Give the faults of a zone, its own recording, and that of each delegation."""
    yield from zone.faults
    unread = _unread(zone)
    beside = _beside(zone, by.observation, frozenset(unread))
    yield by.recording(zone.origin, _own(zone), beside, zone.single)
    for cut in zone.cuts:
        yield delegated(zone, cut, by, unread.pop(cut, ()))
    for cut, several in sorted(unread.items()):
        yield by.recording(cut, (), _not_read(cut, several, by))


def delegated(
    zone: Zone, cut: str, by: Publication, unread: Iterable[tuple[Status, str]] = ()
) -> Recording:
    """Return the recording of a delegation: what was read of it, and why not all of it was.

    Of a whole zone it has also which glue there is none of.
    """
    missing = unglued(zone, cut) if zone.whole else ()
    found = (
        by.observation(host, kind, Status.NODATA, section="additional")
        for host in missing
        for kind in ADDRESS
    )
    return by.recording(
        cut, zone.delegation(cut), [*found, *_not_read(cut, unread, by)], zone.single
    )


def _not_read(
    cut: str, several: Iterable[tuple[Status, str]], by: Publication
) -> list[Observation]:
    return [by.observation(cut, "NS", *one, section="authority") for one in several]


def _unread(zone: Zone) -> dict[str, list[tuple[Status, str]]]:
    """Return the delegations of which not all name servers could be read, and why.

    One of which none could be read is not gone; of one of which some were these are not all.
    """
    found: dict[str, list[tuple[Status, str]]] = {}
    for owner, kind, status, note in zone.partial:
        above = zone.cut_above(owner)
        if kind == "NS" and (above == owner or (above is None and owner not in zone.sets)):
            found.setdefault(owner, []).append((status, note))
    return found


def _own(zone: Zone) -> Iterator[tuple[str, str, str, RRset]]:
    """Give what the zone has authority for, and gives everybody."""
    for name in sorted(zone.sets):
        if zone.cut_above(name) is None:
            by_view = _told_by_view(zone, name)
            for kind in sorted(zone.sets[name]):
                if kind not in by_view:
                    yield "answer", name, kind, zone.sets[name][kind]


def _told_by_view(zone: Zone, name: str) -> frozenset[str]:
    """Return the types of a name of which it is told by itself who of the clients is answered what."""
    if name not in zone.sent:  # as nearly all
        return frozenset()
    given = {kind for own in zone.sent[name].values() for kind in own}
    return frozenset(given | _INSTEAD if given & _INSTEAD else given)


def _by_view(zone: Zone, observe: Callable[..., Observation]) -> Iterator[Observation]:
    """Give what each of several groups of clients is answered: its own sets, and the addresses of all."""
    for name, views in sorted(zone.sent.items()):
        if zone.cut_above(name) is not None:
            continue
        given = {kind for own in views.values() for kind in own}
        for view, own in views.items():
            found = dict(own)
            if not own.keys() & {"CNAME", "alias"} and given & _INSTEAD:
                of_all = (kind for kind in ADDRESS if kind in zone.sets[name] and kind not in given)
                found |= {kind: zone.sets[name][kind] for kind in of_all}
            for kind, (ttl, values) in sorted(found.items()):
                # Where others are answered an alias of the DNS, so are those: it is no apex.
                plain = "CNAME" if kind == "alias" and "CNAME" in given else kind
                yield observe(name, plain, Status.ANSWER, values=values, ttl=ttl, vantage=view)


def _beside(
    zone: Zone, observe: Callable[..., Observation], unread: Container[str]
) -> Iterator[Observation]:
    """Give what the file says beside its records: sets that are not whole, and who answers.

    What of an `unread` delegation is not known stands in its own recording.
    """
    for owner, kind, status, note in sorted(zone.partial):
        if kind != "NS" or owner not in unread:
            yield observe(owner, kind, status, note=note)
    if zone.provider and zone.get(zone.origin, "NS") is None:
        values = ("role dns", f"name {zone.provider}")
        yield observe(zone.origin, "operator", Status.ANSWER, values=values)
    for owner, front in sorted(zone.fronted.items()):
        yield observe(owner, "operator", Status.ANSWER, values=("role front", f"name {front}"))
    yield from _by_view(zone, observe)
    for owner, kind, status in denied(zone):
        if kind in _told_by_view(zone, owner):
            for view, own in zone.sent[owner].items():
                if not own.keys() & {"CNAME", "alias"}:
                    yield observe(owner, kind, status, vantage=view)
        else:
            yield observe(owner, kind, status)
