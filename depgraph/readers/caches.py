r"""What a resolver had in its cache: ``rndc dumpdb`` (BIND), ``unbound-control dump_cache`` (Unbound).

Both are records one a line, each with how far the resolver trusts it (RFC 2181, section 5.4.1). What
stood in the answer section is an answer; the NS records of a referral are what the zone above
says. Other records (glue, additional data) do not tell who said them: they are left out, and
counted. The times to live are what was left of them, so none is kept.

BIND (``masterdump.c``) marks each set with a comment, its time with ``$DATE``, and what does not exist
with ``\-TYPE`` and ``$NXDOMAIN`` or ``$NXRRSET``. Unbound (``daemon/cachedump.c``) marks them with numbers
(``enum rrset_trust`` of ``packed_rrset.h``), and keeps the ends of questions apart; no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Final

from depgraph.intake import Source
from depgraph.names import ROOT, canonical, parents
from depgraph.observations import Observation
from depgraph.readers.answers import ABSENT, MOST_ROWS, Answer, Row, row_of
from depgraph.readers.days import Interval, needed
from depgraph.readers.lines import BadLine, readable, text_lines
from depgraph.readers.master import Entry, numbered_entries
from depgraph.recording import Header, Recording
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote

BIND: Final = re.compile(r"^; (?:Start view \S+|Cache dump of view )", re.MULTILINE)
"""What a dump of BIND begins with."""
UNBOUND: Final = re.compile(r"\s*START_RRSET_CACHE\s")
"""What a dump of Unbound begins with."""
_DATE: Final = re.compile(r"\$DATE (\d{14})\s*")
_TRUST: Final = re.compile(r"; ([a-z-]+)(?: .*)?")
_TRUSTS: Final = frozenset(
    [
        *("answer", "authanswer", "secure", "glue", "additional", "authauthority", "local"),
        *("pending-answer", "pending-additional"),
    ]
)
_ANSWERS: Final = frozenset({"answer", "authanswer", "secure"})
_REFERRALS: Final = frozenset({"glue"})
_NUMBERS: Final = {2: "glue", 5: "answer", 6: "glue", 8: "authanswer", 11: "secure"}
"""Of Unbound: auth_noAA (a referral), ans_noAA, glue, ans_AA, validated."""
_RRSET: Final = re.compile(r";rrset(?: nsec_apex)? -?\d+ \d+ \d+ (\d+) \d+")
_MESSAGE: Final = re.compile(r"msg (\S+) IN (\S+) (\d+) \d+ -?\d+ \d+ (\d+) (\d+) (\d+)(?: .*)?")
_REFERENCE: Final = re.compile(r"(\S+) (\S+) (\S+) \d+")
_RCODES: Final = {0: "NOERROR", 2: "SERVFAIL", 3: "NXDOMAIN", 5: "REFUSED"}


@dataclass
class _Owner:
    """The sets of one name, as they come."""

    number: int = 0
    name: str = ""
    answers: list[Row] = field(default_factory=list)
    referred: list[Row] = field(default_factory=list)
    ends: list[tuple[str, str]] = field(default_factory=list)  # type, status

    def __bool__(self) -> bool:
        return bool(self.answers or self.referred or self.ends)

    def observations(self, when: Interval) -> Iterator[Observation]:
        """Give what the cache says of the name."""
        until = when[1] if when[1] != when[0] else None
        about = partial(Answer, name=self.name, time=when[0], until=until)
        if self.answers:
            kind = self.answers[0].kind
            yield from about(
                kind=kind, status="NOERROR", answers=tuple(self.answers)
            ).observations()
        if self.referred:
            above = parents(self.name)[1]
            kind, rows = self.referred[0].kind, tuple(self.referred)
            said = about(kind=kind, status="NOERROR", zone=above, flags=(), authorities=rows)
            yield from (o for o in said.observations() if o.section == "authority")
        for kind, status in self.ends:
            yield from about(kind=kind, status=status).observations()


def read_bind_cache(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read ``rndc dumpdb -cache``, one recording a name, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for a dump without ``$DATE``.
    """
    return readable(_bind(source, undated))


def read_unbound_cache(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read ``unbound-control dump_cache``, one recording a set or question, in constant memory.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every line is bad.
    """
    return readable(_unbound(source, undated))


_Lines = Iterator[BadLine | tuple[int, partial[Recording]]]


def _recording(owner: _Owner, when: Interval | None) -> Recording:
    time, until = needed(when)
    header = Header(subject=owner.name, since=time.date(), until=until.date(), source="cache")
    return Recording(header, tuple(owner.observations((time, until))))


def _add(owner: _Owner, trust: str, row: Row) -> bool:
    """Add a record to its name; False where nobody says who said it."""
    if trust in _ANSWERS:
        owner.answers.append(row)
    elif trust in _REFERRALS and row.kind in {"NS", "DS"} and row.owner != ROOT:
        owner.referred.append(row)
    else:
        return False
    return True


def _left_out(number: int, count: int) -> Iterator[BadLine]:
    if count:
        yield BadLine(number, f"left out {count} records that do not tell who said them (glue)")


# -- BIND -----------------------------------------------------------------------------------


class _Trust(str):
    """The word of a comment that says how far the sets after it are trusted."""

    __slots__ = ()


def _bind(source: Source, when: Interval | None) -> _Lines:
    owner, trust, apart, last = _Owner(), "", 0, 0
    for number, entry in _bind_entries(source):
        last = number
        if isinstance(entry, BadLine):
            yield entry
        elif isinstance(entry, _Trust):
            trust = entry
        elif isinstance(entry, datetime):
            if owner:
                yield owner.number, partial(_recording, owner, when)
            owner, when = _Owner(), (entry, entry)
        elif entry.words:  # a comment within brackets is an entry without words
            words = list(entry.words)
            name = owner.name if entry.inherits else canonical(words.pop(0))
            if name != owner.name or len(owner.answers) >= MOST_ROWS:
                if owner:
                    yield owner.number, partial(_recording, owner, when)
                owner = _Owner(number, name)
            end, row = _cached(name, words, entry)
            if end:
                owner.ends += end
            elif row is None:
                yield BadLine(number, f"expected a record, found {quote(' '.join(entry.words))}")
            elif row.kind != "RRSIG":
                if bad := row.unread(number):
                    yield bad
                apart += not _add(owner, trust, row)
    if owner:
        yield owner.number, partial(_recording, owner, when)
    yield from _left_out(last, apart)


def _bind_entries(
    source: Source,
) -> Iterator[tuple[int, Entry | BadLine | _Trust | datetime]]:
    """Give records, what a comment says of those after it, and the times of the dumps."""
    cached = False  # between "Cache dump" and the next part, which is the address database
    held: list[tuple[int, str]] = []  # the lines of one set
    for number, text in text_lines(source):
        if isinstance(text, BadLine):
            yield number, text
            continue
        match = _TRUST.fullmatch(text)
        if held and (match or text.startswith((";\x20", "$")) or text == ";"):
            yield from _records(held)
            held = []
        if date := _DATE.fullmatch(text):
            try:
                yield number, datetime.strptime(date[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                yield number, BadLine(number, f"expected a time, found {quote(text)}")
        elif text.startswith("; Cache dump of view"):
            cached = True
        elif text.startswith(("; Address database dump", "; Zone dump of", "; Start view")):
            cached = False
        elif cached and match and match[1] in _TRUSTS:
            yield number, _Trust(match[1])
        elif cached and not text.startswith(";"):
            held.append((number, text))
            if len(held) >= MOST_ROWS:
                yield from _records(held)
                held = []
    yield from _records(held)


def _records(lines: list[tuple[int, str]]) -> Iterator[tuple[int, Entry | BadLine]]:
    """Give the records of some lines, each with the number of its line."""
    return ((entry.number, entry) for entry in numbered_entries(lines))


def _cached(name: str, words: list[str], entry: Entry) -> tuple[list[tuple[str, str]], Row | None]:
    """Read the rest of a line: how a question ended, or a record."""
    while words and (words[0].isdecimal() or words[0] == "IN"):
        words.pop(0)
    if words and words[0].startswith("\\-"):
        kind = words[0][2:]
        status = "NXDOMAIN" if "$NXDOMAIN" in entry.comment else "NOERROR"
        kinds = ABSENT if kind == "ANY" else (kind,)
        known = all(map(is_type, kinds)) and "$NX" in entry.comment
        return ([(one, status) for one in kinds] if known else []), None
    if len(words) < 2 or not is_type(words[0]):
        return [], None
    return [], row_of(name, words[0], None, " ".join(words[1:]))


# -- Unbound --------------------------------------------------------------------------------


def _unbound(source: Source, when: Interval | None) -> _Lines:
    owner, trust, apart, last = _Owner(), "", 0, 0
    lines = text_lines(source)
    for number, text in lines:
        last = number
        if isinstance(text, BadLine):
            yield text
        elif text == "START_MSG_CACHE":
            break
        elif match := _RRSET.fullmatch(text):
            trust = _NUMBERS.get(int(match[1][:3]), "")
        elif not text.startswith(";") and text not in {"START_RRSET_CACHE", "END_RRSET_CACHE"}:
            row = _unbound_row(text)
            if row is None:
                yield BadLine(number, f"expected a record, found {quote(text)}")
                continue
            if row.owner != owner.name or len(owner.answers) >= MOST_ROWS:
                if owner:
                    yield owner.number, partial(_recording, owner, when)
                owner = _Owner(number, row.owner)
            if bad := row.unread(number):
                yield bad
            # The SOA of a negative answer stands in the authority section.
            apart += row.kind not in {"RRSIG", "SOA"} and not _add(owner, trust, row)
    if owner:
        yield owner.number, partial(_recording, owner, when)
    yield from _left_out(last, apart)
    yield from _ends(lines, when)


def _unbound_row(text: str) -> Row | None:
    words = text.split(maxsplit=4)
    if len(words) < 5 or not words[1].isdecimal() or words[2] != "IN" or not is_type(words[3]):
        return None
    return row_of(canonical(words[0]), words[3], None, words[4])


def _ends(lines: Iterator[tuple[int, str | BadLine]], when: Interval | None) -> _Lines:
    """Give the questions that ended without an answer: with a SOA record (RFC 2308), or a failure."""
    waiting: tuple[int, _Owner] | None = None
    for number, text in chain(lines, [(0, "")]):
        if isinstance(text, BadLine):
            yield text
            continue
        reference = _REFERENCE.fullmatch(text)
        if waiting and reference and not text.startswith("msg "):
            if reference[3] == "SOA":
                yield waiting[0], partial(_recording, waiting[1], when)
                waiting = None
            continue
        waiting = None
        match = _MESSAGE.fullmatch(text)
        if match is None or match[4] != "0" or not is_type(match[2]):
            continue
        status = _RCODES.get(int(match[3][:6]) & 15, "")
        owner = _Owner(number, canonical(match[1]), ends=[(match[2], status)])
        if status in {"SERVFAIL", "REFUSED"}:
            yield number, partial(_recording, owner, when)
        elif status:
            waiting = number, owner
