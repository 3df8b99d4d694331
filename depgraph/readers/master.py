"""Master files (RFC 1035, section 5), taken apart: entries, each with its line and its words.

What stands in a line is nobody's business here but where it ends: quotation marks, parentheses
over several lines, comments. An entry that does not end is a bad line; the next line begins anew.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from depgraph.readers.lines import NUL, BadLine
from depgraph.text_safety import quote

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_TOKEN: Final = re.compile(
    # key="value" is one word (RFC 9460, section 2.1)
    rf'{_QUOTED}|;.*|[()]|(?:[^\s;()"\\]|\\.)+(?:(?<==){_QUOTED})?|\s+|.',
    re.DOTALL,
)
TTL: Final = re.compile(r"(?:\d+[wdhms])+|\d+", re.IGNORECASE)
"""A time as it stands in master files: seconds, or with units (``1h30m``)."""
_UNITS: Final = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}

LONGEST_ENTRY: Final = 2000  # lines in one pair of parentheses
_READ_AGAIN: Final = 20_000  # lines in all, behind parentheses that were not closed; then
_SHORT_ENTRY: Final = 10  # lines in one pair: a SOA has seven
_SPECIAL: Final = re.compile(r'[;()"\\]')
_AROUND: Final = "; \t\r\n"  # stands around a comment

_LONE: Final = {'"': "a quotation mark that is not closed", "\\": "a lone backslash"}

GENERATED_AT_MOST: Final = 65_536
"""Records that all ``$GENERATE`` of one file may make."""
GENERATED_TEXT: Final = 1 << 21
"""Characters that these may have in all."""
_RANGE: Final = re.compile(r"(\d{1,10})-(\d{1,10})(?:/(\d{1,10}))?")
_PLACE: Final = re.compile(r"\\\$|\$\$|\$\{([^}]*)\}|\$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or directive.

    Parameters
    ----------
    number
        Of the line on which it begins, from 1.
    words
        As they are written; what is in quotation marks is one word, with them.
    inherits
        Whether it begins with a blank: its owner is that of the entry before.
    comment
        What stands behind the semicolons.
    """

    number: int
    words: tuple[str, ...]
    inherits: bool = False
    comment: str = ""


def entries(lines: Iterable[str]) -> Iterator[Entry | BadLine]:
    """Take a master file apart, one entry after the other."""
    return numbered_entries(enumerate(lines, start=1))


def numbered_entries(lines: Iterable[tuple[int, str]]) -> Iterator[Entry | BadLine]:
    """Do the same with lines that bear their numbers."""
    source = _Lines(lines)
    again = _READ_AGAIN
    while (item := source.next()) is not None:
        number, line = item
        if line.startswith(";"):
            if comment := line.strip(_AROUND):
                yield Entry(number, (), comment=comment)
            continue
        if "\0" in line:
            yield BadLine(number, NUL)
            continue
        if not _SPECIAL.search(line):
            if words := tuple(line.split()):
                yield Entry(number, words, inherits=line[:1].isspace())
            continue
        taken, depth, longest = [item], 0, min(LONGEST_ENTRY, max(_SHORT_ENTRY, again))
        words_found: list[str] = []
        comments: list[str] = []
        fault = ""
        while True:
            depth, fault = _tokens(line, depth, words_found, comments)
            if fault or depth == 0:
                break
            left = longest - len(taken)
            more = source.next() if left > 0 and source.closes(left) else None
            if more is None:
                fault = "a parenthesis that is not closed"
                break
            taken.append(more)
            line = more[1]
        if fault:
            again -= len(taken) - 1
            source.take_back(taken[1:])
            yield BadLine(number, f"expected a record, found {fault}")
        elif words_found:
            inherits = item[1][:1].isspace()
            yield Entry(number, tuple(words_found), inherits, " ".join(comments))
        elif comments:
            yield Entry(number, (), comment=" ".join(comments))


class _Lines:
    """Lines that are looked at before they are taken, and may be taken back."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._source = iter(lines)
        self._waiting: deque[tuple[int, str]] = deque()
        self._open = 0  # of the first of those that wait no parenthesis closes

    def next(self) -> tuple[int, str] | None:
        self._open = max(0, self._open - 1)
        return self._waiting.popleft() if self._waiting else next(self._source, None)

    def take_back(self, lines: list[tuple[int, str]]) -> None:
        if lines:
            self._waiting.extendleft(reversed(lines))
            self._open = 0

    def closes(self, most: int) -> bool:
        """Tell whether one of so many lines has a parenthesis that closes; each is looked at once."""
        for number in range(self._open, most):
            if number == len(self._waiting):
                if (more := next(self._source, None)) is None:
                    break
                self._waiting.append(more)
            if ")" in self._waiting[number][1]:
                return True
            self._open = number + 1
        return False


def _tokens(line: str, depth: int, words: list[str], comments: list[str]) -> tuple[int, str]:
    """Add the words and comments of a line; returns how deep in parentheses it ends, and a fault."""
    for match in _TOKEN.finditer(line):
        token = match[0]
        first = token[0]
        if first == ";":
            comments.append(token.strip(_AROUND))
        elif first == "(":
            depth += 1
        elif first == ")":
            depth -= 1
            if depth < 0:
                return 0, "a parenthesis that was not opened"
        elif token in _LONE:
            return depth, _LONE[token]
        elif not token.isspace():
            words.append(token)
    return depth, ""


def seconds(text: str) -> int:
    """Return the seconds of a TTL as it stands in a master file.

    Raises
    ------
    ValueError
        If they take more than 32 bits.

    Examples
    --------
    >>> seconds("300"), seconds("1h30m")
    (300, 5400)
    """
    parts = re.findall(r"(\d+)([wdhms]?)", text.lower())
    total = sum(int(number[:12]) * _UNITS[unit or "s"] for number, unit in parts)
    if total >= 2**32:
        raise ValueError(f"expected seconds (32 bits), found {quote(text)}")
    return total


def generated(words: tuple[str, ...], left: int) -> Iterator[tuple[str, ...]]:
    """Give the words of each record that a ``$GENERATE`` stands for (BIND 9 ARM, 9.4.2).

    Parameters
    ----------
    words
        Those after the directive: range, owner, and the rest of the record.
    left
        How many it may make.

    Raises
    ------
    ValueError
        If it is none, or makes more.
    """
    match = _RANGE.fullmatch(words[0]) if len(words) > 2 else None
    if match is None:
        raise ValueError("expected $GENERATE START-STOP[/STEP] OWNER TYPE DATA, found otherwise")
    start, stop, step = int(match[1]), int(match[2]), int(match[3] or 1)
    if step < 1 or stop < start:
        raise ValueError(f"expected a range that goes up, found {words[0]}")
    if (stop - start) // step + 1 > left:
        raise ValueError(f"expected at most {left} records from $GENERATE, found more")
    forms = [_form(word) for word in words[1:]]
    fixed = {text: text % () for text, offsets in forms if not offsets}  # the type, and mostly more
    for number in range(start, stop + 1, step):
        yield tuple(
            [
                text % tuple([number + one for one in offsets]) if offsets else fixed[text]
                for text, offsets in forms
            ]
        )


def _form(word: str) -> tuple[str, list[int]]:
    """Return a word of ``$GENERATE`` as a text to format, and what each of its numbers adds.

    >>> _form("h${8,2,d}-$"), _form("50%$$")
    (('h%02d-%d', [8, 0]), ('50%%$', []))
    """
    parts: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _PLACE.finditer(word):
        parts.append(word[end : match.start()].replace("%", "%%"))
        end = match.end()
        if match[0] in {r"\$", "$$"}:
            parts.append("$")
            continue
        offset, width, base = (*(match[1] or "0").split(","), "0", "d")[:3]
        if base not in {"d", "o", "x", "X"} or not width.isdecimal() or int(width) > 63:
            raise ValueError(f"expected ${{OFFSET,WIDTH,BASE}}, found {match[0]}")
        offsets.append(int(offset))
        parts.append(f"%0{int(width)}{base}" if int(width) else f"%{base}")
    return "".join(parts) + word[end:].replace("%", "%%"), offsets
