"""DNS messages as text: dig, drill, kdig, delv, and massdns (``-o F``, ``-o S``).

Three forms. Messages with their header, as dig writes them: status, flags, sections, server and
time. Answers alone, one record a line (``dig +noall +answer``, ``massdns -o S``), which do not say
what was asked. And values alone (``dig +short``), which do not say of what: refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Final

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.readers.answers import Answer, Row, recording_of, row_of, server_of
from depgraph.readers.days import UNDATED, Interval, interval
from depgraph.readers.extent import Remark
from depgraph.readers.lines import BadLine, readable, text_lines
from depgraph.readers.master import TTL, Entry, numbered_entries, seconds
from depgraph.recording import Header, Recording
from depgraph.records.days import month_of
from depgraph.records.ede import noted
from depgraph.records.rdata import address, exchange, is_type, preference, type_of
from depgraph.text_safety import quote

HEADER: Final = re.compile(
    r"^;; (?:->>HEADER<<-|connection timed out|no servers could)", re.MULTILINE
)
"""What a message as dig writes it has, or that none came."""
DELV: Final = re.compile(
    r"; (?:fully validated|unsigned answer|answer not validated|negative response)"
)
"""What delv says of the answer that it prints below it."""
_DELV_FAILED: Final = re.compile(r";; resolution failed: (?!ncache )")
"""What delv says of a failure; of what is not there (ncache) it says besides that it is negative."""
_OPCODE: Final = re.compile(r";; ->>HEADER<<- opcode: \w+[,;] (?:status|rcode): (\w+)")
_FLAGS: Final = re.compile(r";; flags: ([a-z ]*);", re.IGNORECASE)
_ANSWERS: Final = re.compile(r"ANSWER: (\d{1,5})", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"AUTHORITY: (\d{1,5})", re.IGNORECASE)
_ADDITIONAL: Final = re.compile(r"ADDITIONAL: (\d{1,5})", re.IGNORECASE)
_OPT: Final = re.compile(r";; (?:(?:OPT|EDNS) PSEUDOSECTION:|EDNS: version)")
_EDE: Final = re.compile(r";{1,2} EDE: (\d{1,5})(?: \([^()]*\))?:?(.*)")
"""An extended error (RFC 8914) as dig and kdig print it: code, its name, the server's own words."""
_SECTION: Final = re.compile(r";; (QUESTION|ANSWER|AUTHORITY|ADDITIONAL) SECTION:")
_QUESTION: Final = re.compile(r";{0,2}\s*(\S+)\s+(?:(?:IN|CLASS1)\s+)?([A-Za-z0-9-]+)\s*")
_SERVER: Final = re.compile(
    r";; (?:SERVER|From):?\s+([0-9A-Fa-f:.]+?(?:%[\w.-]+)?)(?:[#@]53)?(?:\(([^()]*)\).*|\(.*)?",
    re.IGNORECASE,
)
_MASSDNS_SERVER: Final = re.compile(r";; Server: (\S+)")
_WHEN: Final = re.compile(r";; WHEN: \S+ (\S+) +(\d{1,2}) ([\d:]{8})(?: (\S+))? (\d{4})")
_KDIG_TIME: Final = re.compile(r";; Time (\d{4}-\d\d-\d\d) ([\d:]{8}) (\S+)")
_UNIX: Final = re.compile(r";; Unix time: (\d{1,11})")
_SILENT: Final = re.compile(r";; (?:connection timed out|no servers could be reached)")
COMMAND: Final = re.compile(r"; <<>> DiG \S+ <<>> (.*)")
"""The line with the command, in front of what it gave."""
_CUT: Final = re.compile(r";; Truncated, retrying in TCP mode")
_TROUBLE: Final = re.compile(
    r";; (?:communications error to|Connection to) ([0-9A-Fa-f:.]+)#53(?:\([^()]*\))?"
    r"(?: for \S+ failed)?: (.*)"
)
_KDIG_TROUBLE: Final = re.compile(
    r";; WARNING: (response timeout|connection timeout|can't connect|can't receive reply)"
    r" (?:for|to|from) ([0-9A-Fa-f:.]+)@53\((?:UDP|TCP)\)"
)
_KDIG_SILENT: Final = re.compile(r";; (?:ERROR|WARNING): failed to query server")
"""What kdig says of each server that it gives up (Knot DNS's ``utils/kdig/kdig_exec.c``)."""
_UNASKED: Final = "expected the command whose question got no answer, found none (as typed: $ kdig @SERVER NAME TYPE)"
_PROMPT: Final = re.compile(r"[$#] k?dig (.*)")
"""A command that was pasted along: kdig prints none of its own."""
_HOST_SAYS: Final = re.compile(r"(?:Trying \"|Received \d+ bytes from )|$")
"""What ``host -v`` says around a message."""
_AROUND: Final = ("$ ", "# ", "```")
"""How lines begin that people paste along: the prompt with the command, and the marks of Markdown."""
_APART: Final = (
    *(_OPCODE, COMMAND, _TROUBLE, _CUT, _KDIG_TROUBLE, _PROMPT),
    *(_SILENT, _KDIG_SILENT, _UNIX),
)
_TAKES_A_WORD: Final = frozenset({"-b", "-c", "-f", "-k", "-p", "-q", "-t", "-y"})
_CLASSES: Final = frozenset({"IN", "CH", "HS"})
_MOST_LINES: Final = 20_000  # of one message
_NO_ZONE: Final = (
    "taken for answers (as of dig), which are some records of a zone: where the file has all of it, "
    "begin it with the line $ORIGIN {}."
)
_OF_ALIASES: Final = frozenset({"A", "AAAA", "CNAME"})  # records that an answer goes on with
_MOST_WAITING: Final = 1000  # questions without an answer in front of the first message
_UNANSWERED: Final = frozenset({"TIMEOUT", "UNREACHABLE", "TRUNCATED"})
"""How a question ended of which there is no message."""


@dataclass
class _Message:
    """The lines of one message, as they come."""

    number: int
    status: str
    flags: tuple[str, ...] = ()
    question: tuple[str, str] | None = None
    server: str = ""
    server_name: str = ""
    when: Interval | None = None
    section: str = ""
    rows: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    unread: list[BadLine] = field(default_factory=list)
    answers: int = 0  # records of the answer, as the header counts them
    authorities: int = 0
    additional: int | None = None  # records of that section, but for OPT
    size: int = 0
    errors: list[str] = field(default_factory=list)
    """Extended errors, as :func:`depgraph.records.ede.noted` has them."""
    tried: Mapping[str, str] = field(default_factory=dict)
    """Addresses that were asked before one answered, and how that ended."""

    def each(self) -> Iterator[_Message]:
        """Give the message, and the same question as those did not answer it that were tried before."""
        yield self
        for server, status in self.tried.items():
            if server != self.server:
                yield _Message(
                    self.number,
                    status,
                    question=self.question,
                    server=server,
                    server_name=self.server_name,
                    when=self.when,
                )

    @property
    def is_whole(self) -> bool:
        """Whether all of the additional section is printed: not so with ``+noadditional``."""
        return self.additional is not None and self.additional <= len(
            self.rows.get("ADDITIONAL", ())
        )


def read_dig(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read messages as dig writes them, one recording a message, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for messages that do not say when they were got; without it they
        are bad lines. A question without an answer was put when the message before it came, or
        the one after it.
    """
    return readable(_read(_dated(_messages(source)), undated))


def _read(
    messages: Iterable[_Message | BadLine], undated: Interval | None
) -> Iterator[BadLine | tuple[int, partial[Recording]]]:
    for one in messages:
        if isinstance(one, BadLine):
            yield one
        else:
            yield one.number, partial(_recording, one, undated)
            yield from one.unread  # which whoever made the recording has found


def _dated(messages: Iterable[_Message | BadLine]) -> Iterator[_Message | BadLine]:
    """Give each question that got no answer the time of a message beside it."""
    when: Interval | None = None
    waiting: list[_Message] = []
    for one in messages:
        if isinstance(one, BadLine):
            yield one
            continue
        silent = one.status in _UNANSWERED
        if silent and when is None:
            waiting.append(one)
            if len(waiting) > _MOST_WAITING:
                yield waiting.pop(0)
            continue
        if silent:
            one.when = when
        elif one.when is not None:
            when = one.when
            for earlier in waiting:
                earlier.when = when
            yield from waiting
            waiting.clear()
        yield one
    yield from waiting


def _messages(source: Source) -> Iterator[_Message | BadLine]:
    message: _Message | None = None
    before = _Message(0, "")  # massdns names server and time in front of the header
    asked = _Command()
    over = False  # the rest of a message that is too long is passed over
    for number, text in text_lines(source):
        if message is not None and not isinstance(text, BadLine) and _stands_apart(text):
            yield from message.each()
            message = None
        if isinstance(text, BadLine):
            yield text
        elif match := _OPCODE.match(text):
            over = False
            message = _Message(number, match[1].upper(), server=before.server, when=before.when)
            before = _Message(0, "")
            message.tried = asked.answered()
        elif match := COMMAND.match(text):
            asked.text = match[1]
        elif (match := _TROUBLE.match(text)) or _CUT.match(text):
            # dig tells these in front of the line with its command, newer ones, or after it
            asked.note(match[1] if match else "", match[2] if match else "")
        elif match := _KDIG_TROUBLE.match(text):
            asked.note(match[2], "timed out" if "timeout" in match[1] else match[1])
        elif match := _PROMPT.match(text):
            asked.text, asked.typed = "", match[1]
        elif _SILENT.match(text):
            yield from asked.without_answer(number, asked.text or asked.typed)
            asked = _Command(typed=asked.typed)
        elif _KDIG_SILENT.match(text):
            yield from asked.without_answer(number, asked.typed)
            asked = _Command(typed=asked.typed)
        elif (match := _MASSDNS_SERVER.fullmatch(text)) or _UNIX.match(text):
            _about(before, text)
        elif message is not None:
            message.size += 1
            if message.size > _MOST_LINES:
                yield BadLine(message.number, f"expected at most {_MOST_LINES} lines, found more")
                message, over = None, True
            else:
                _take(message, number, text)
        elif not (over or text.startswith((";", *_AROUND)) or _HOST_SAYS.match(text)):
            yield BadLine(
                number,
                f"left out what stands in no message of dig: {quote(text)} (give other outputs in files of their own)",
            )
    if message is not None:
        yield from message.each()


def _stands_apart(text: str) -> bool:
    """Tell whether a line belongs to no message before it, but stands in front of another."""
    if not text.startswith((";", *_AROUND)):
        return False
    return _MASSDNS_SERVER.fullmatch(text) is not None or any(one.match(text) for one in _APART)


@dataclass
class _Command:
    """The command of dig whose answer is awaited, and how each address that it tried failed.

    `typed` is the command as whoever asked typed it, and `cut` whether an answer came, truncated,
    over UDP.
    """

    text: str = ""
    typed: str = ""
    trouble: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    def note(self, server: str, how: str) -> None:
        """Take how an address failed; no address: the answer came truncated."""
        if not server:
            self.cut = True
        elif self.cut:
            self.trouble[server] = "TRUNCATED"
        else:
            self.trouble[server] = "TIMEOUT" if "timed out" in how else "UNREACHABLE"

    def answered(self) -> Mapping[str, str]:
        """Return how each address failed before one answered, and begin anew."""
        found, self.trouble = self.trouble, {}
        self.cut, self.typed = False, ""
        return found

    def without_answer(self, number: int, command: str) -> Iterator[_Message | BadLine]:
        """Give the question of a command that got no answer, of each address that was tried.

        A bad line where the command does not tell the question.
        """
        question, server = question_of(command)
        if question is None:
            found = f"expected an answer to dig {quote(command)}, found a time-out"
            yield BadLine(number, found if command else _UNASKED)
            return
        called = server if address(server) is None else ""
        for tried, status in (self.trouble or {"": "TRUNCATED" if self.cut else "TIMEOUT"}).items():
            at = tried if called or not server else server
            yield _Message(number, status, question=question, server=at, server_name=called)


def question_of(command: str) -> tuple[tuple[str, str] | None, str]:
    """Return what a command of dig asks, and whom (``@server``); None if it asks several things."""
    names, kind, server = list[str](), "", ""
    words = iter(command.split())
    for word in words:
        if word in _TAKES_A_WORD:
            value = next(words, "")
            names += [value] * (word == "-q")
            kind = value.upper() if word == "-t" else kind
        elif word == "-x":
            return None, ""
        elif word.startswith("@"):
            server = word[1:].lower().removesuffix(".")
        elif word.upper() in _CLASSES or word.startswith(("+", "-")):
            continue
        elif is_type(word.upper()) and not kind:
            kind = word.upper()
        else:
            names.append(word)
    if len(names) != 1 or not is_type(kind or "A"):
        return None, server
    return (canonical(names[0]), kind or "A"), server


def _take(message: _Message, number: int, text: str) -> None:
    if match := _SECTION.match(text):
        message.section = match[1]
    elif match := _FLAGS.match(text):
        message.flags = tuple(match[1].lower().split())
        if count := _ANSWERS.search(text):
            message.answers = int(count[1])
        if count := _AUTHORITY.search(text):
            message.authorities = int(count[1])
        count = _ADDITIONAL.search(text)
        message.additional = int(count[1]) if count else None
    elif _OPT.match(text):
        message.additional = None if message.additional is None else message.additional - 1
    elif message.section == "QUESTION" and (match := _QUESTION.fullmatch(text)):
        message.question = canonical(match[1]), match[2].upper()
        message.section = ""
    elif text.startswith(";"):
        _about(message, text)
        if text.startswith(";; WHEN:") and message.when is None:
            found = f"expected an English date (LC_ALL=C dig ...), found {quote(text[3:])}"
            message.unread.append(BadLine(number, found))
    elif message.section and not (_HOST_SAYS.match(text) or text.startswith(_AROUND)):
        message.rows.setdefault(message.section, []).append((number, text))


def _about(message: _Message, text: str) -> None:
    """Take server, time and extended errors from a comment."""
    if match := _MASSDNS_SERVER.fullmatch(text):
        message.server = server_of(match[1])
    elif match := _SERVER.fullmatch(text):
        message.server = match[1]
        named = (match[2] or "").lower().removesuffix(".")
        message.server_name = named if named and address(named) is None else ""
    elif match := _EDE.fullmatch(text):
        message.errors.append(noted(int(match[1]), match[2].strip(" ()'\"")))
    elif match := _UNIX.match(text):
        moment = datetime.fromtimestamp(int(match[1]), UTC)
        message.when = moment, moment
    elif match := _WHEN.match(text):
        word, day, clock, zone, year = match.groups()
        if month := month_of(word):
            message.when = _moment(f"{year}-{month:02}-{int(day):02}", clock, zone)
    elif match := _KDIG_TIME.match(text):
        message.when = _moment(*match.groups())


def _moment(day: str, clock: str, zone: str | None) -> Interval | None:
    """Return the moment of a clock in UTC; of one in another zone only the day is certain."""
    try:
        return interval(f"{day}T{clock}Z" if zone in {"UTC", "GMT"} else day)
    except RecordingError:
        return None


def _recording(message: _Message, undated: Interval | None) -> Recording:
    when = message.when or undated
    if message.question is None:
        raise RecordingError(
            "expected the question of a message, found none: leave out +noquestion"
        )
    if when is None:
        raise RecordingError(f"expected when it was asked, found no time: {UNDATED}")
    name, kind = message.question
    answers = _rows(message, "ANSWER")
    if not answers and message.answers:
        raise RecordingError(
            f"expected the answer, of {message.answers} records by the header, found none: leave "
            "out +noanswer"
        )
    answers = _all_of(message, answers, message.answers)
    answer = Answer(
        name=name,
        form="dig",
        kind=kind,
        status=message.status,
        time=when[0],
        until=when[1] if when[1] != when[0] else None,
        server=message.server,
        server_name=message.server_name,
        flags=tuple(flag.upper() for flag in message.flags),
        answers=answers,
        authorities=_all_of(message, _rows(message, "AUTHORITY"), message.authorities),
        additionals=_rows(message, "ADDITIONAL"),
        all_additionals=message.is_whole,
        note="; ".join(message.errors),
    )
    observations = tuple(answer.observations())
    if kind == "ANY":  # whatever it gave is no answer to a question of its own (RFC 8482)
        observations = tuple(o for o in observations if o.type != "ANY")
    header = Header(subject=name, since=when[0].date(), until=when[1].date(), source="dig")
    return Recording(header, observations, named=tuple(answer.named()))


def _all_of(message: _Message, rows: tuple[Row, ...], count: int) -> tuple[Row, ...]:
    """Note where lines of a section were left out: what is left is not the whole."""
    if not rows or len(rows) >= count:
        return rows
    fault = f"expected {count} records by the header, found {len(rows)}"
    if len(rows) + len(message.unread) < count:
        message.unread.append(BadLine(message.number, fault))
    return (*rows, Row(rows[-1].owner, rows[-1].kind, None, fault=fault))


def _rows(message: _Message, section: str) -> tuple[Row, ...]:
    """Read the records of a section; what does not read is noted with its line."""
    found: list[Row] = []
    for entry in numbered_entries(message.rows.get(section, ())):
        if isinstance(entry, BadLine):
            message.unread.append(entry)
        elif entry.words:
            row = _row(entry)
            if isinstance(row, Row):
                found.append(row)
            if bad := row.unread(entry.number) if isinstance(row, Row) else row:
                message.unread.append(bad)
    return tuple(found)


def _row(entry: Entry) -> Row | BadLine:
    """Read one record: owner, TTL, class, type and data."""
    owner, *words = entry.words
    try:
        ttl = seconds(words.pop(0)) if words and TTL.fullmatch(words[0]) else None
    except ValueError as error:
        return BadLine(entry.number, str(error))
    if words and words[0].upper() in {"IN", "CLASS1"}:
        words.pop(0)
    kind = type_of(words.pop(0).upper()) if words else ""
    if entry.inherits or not is_type(kind):
        shown = quote(" ".join(entry.words))
        return BadLine(entry.number, f"expected NAME [TTL] [IN] TYPE DATA, found {shown}")
    data = " ".join(words)
    if kind == "MX" and exchange(data) and preference(data) is None:  # it has one (RFC 1035, 3.3.9)
        fault = f"expected a preference and a host for MX, found {quote(data)}"
        return Row(canonical(owner), kind, ttl, fault=fault)
    return row_of(canonical(owner), kind, ttl, data)


# -- answers alone --------------------------------------------------------------------------


def read_answers(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read records one a line (``dig +noall +answer``, ``massdns -o S``), in constant memory.

    What stands in consecutive lines about one name, and what its aliases lead to, is one recording.

    Parameters
    ----------
    undated
        First and last moment: these forms have none. Without it every line is bad.

    Notes
    -----
    dig prints all that it got, and its own line above that (``; <<>> DiG ...``) says that it is
    dig's. Records alone may be what somebody picked out: a set may have others.
    """
    return readable(
        group
        if isinstance(group, BadLine)
        else (group[0], partial(_loose, group[1], undated, whole=group[2]))
        for group in _groups(source)
    )


def _groups(source: Source) -> Iterator[BadLine | tuple[int, list[Row], bool]]:
    """Give what stands in consecutive lines about one name, and whether dig or delv gave it, and so all.

    The answer to a question goes on with the addresses of what the name is an alias of.
    """
    start, group, of_dig = 0, list[Row](), False
    targets, known = set[str](), set[Row]()
    for number, one in _entries(source):
        if isinstance(one, str):
            of_dig = of_dig or one.startswith("; <<>> ") or DELV.match(one) is not None
            if _SILENT.match(one):
                fault = "expected an answer, found a time-out: to which question is not said"
                yield BadLine(number, fault)
            if _DELV_FAILED.match(one):
                fault = f"expected an answer, found {quote(one[3:])}: to which question is not said"
                yield BadLine(number, fault)
            if one.startswith("; negative response"):
                yield BadLine(
                    number, "left out that delv found nothing: it does not say how that ended"
                )
            continue
        row = one if isinstance(one, BadLine) else _row(one)
        if isinstance(row, BadLine):
            yield row
            continue
        if row.kind == "SOA" and not (of_dig or start):
            yield Remark(number, _NO_ZONE.format(row.owner))
        if bad := row.unread(number):
            yield bad
        goes_on = row.owner in targets and row.kind in _OF_ALIASES and row not in known
        apart = group and row.owner != group[0].owner and not goes_on
        if apart or len(group) > _MOST_LINES:
            yield start, group, of_dig
            start, group = number, []
            targets.clear()
            known.clear()
        known.add(row)
        start = start or number
        group.append(row)
        if row.kind == "CNAME":
            targets.add(row.value)
    if group:
        yield start, group, of_dig


def _entries(source: Source) -> Iterator[tuple[int, str | Entry | BadLine]]:
    """Give each comment, and each record, which may go on over several lines (``+multi``)."""
    for apart, lines in groupby(text_lines(source), key=_is_no_record):
        if apart:
            yield from lines
        else:
            for entry in numbered_entries((number, str(text)) for number, text in lines):
                if isinstance(entry, BadLine) or entry.words:  # not a comment behind blanks
                    yield entry.number, entry


def _is_no_record(line: tuple[int, str | BadLine]) -> bool:
    return isinstance(line[1], BadLine) or line[1].startswith(";")


def only_row(number: int, text: str) -> Row | BadLine:
    """Read a record that stands alone in its line."""
    entry = next(numbered_entries([(number, text)]), None)
    if isinstance(entry, BadLine):
        return entry
    return _row(entry if entry and entry.words else Entry(number, (text,)))


def _loose(rows: Iterable[Row], undated: Interval | None, *, whole: bool) -> Recording:
    found = tuple(rows)
    ends = [(found[0].kind, "NOERROR")]
    return recording_of(
        found[0].owner, ends, found, undated, form="answers", source="dig", stated=whole
    )
