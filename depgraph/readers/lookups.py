"""What ``host`` and ``nslookup`` print: sentences, one record or one failure a line.

The sentences are those of BIND's programs (``bin/dig/host.c``, ``bin/dig/nslookup.c``), and those of
Windows' nslookup in English, French and Spanish. Neither says when it was asked, nor, where nothing was
found, which type: that is read of the command, where it was copied along. What is not said is left out,
and named.

Both print every record of an answer, so that what is there of a type is taken to be all, and are
silent of what is not: see :data:`depgraph.readers.extent.ANSWERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

import dns.rdatatype

from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.readers.answers import ABSENT, MOST_ROWS, Row, recording_of, row_of, server_of
from depgraph.readers.days import Interval
from depgraph.readers.lines import BadLine, readable, text_lines
from depgraph.recording import Recording
from depgraph.records.rdata import ADDRESS, address, is_type
from depgraph.text_safety import quote

# -- sentences ------------------------------------------------------------------------------

_HOST_RECORDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"(\S+) {sentence} (.+)"), kind)
    for sentence, kind in (
        ("has address", "A"),
        ("has IPv6 address", "AAAA"),
        ("is an alias for", "CNAME"),
        ("name server", "NS"),
        ("mail is handled by", "MX"),
        ("descriptive text", "TXT"),
        ("domain name pointer", "PTR"),
    )
)
_HOST_OTHER: Final = re.compile(r"(\S+) has ([A-Z0-9]+) record (.+)")
_VALIDATED: Final = re.compile(r" \((?:in)?secure\)$")
"""What ``unbound-host -v`` says behind a sentence; of what is bogus it is left, and does not read."""
_UNBOUND_NONE: Final = re.compile(r"(\S+) has no (address|IPv6 address|mail handler record)")
_UNBOUND_KINDS: Final = {"address": "A", "IPv6 address": "AAAA", "mail handler record": "MX"}
_HOST_NONE: Final = re.compile(r"(\S+) has no ([A-Z0-9]+) record")
_HOST_FAILED: Final = re.compile(r"Host (\S+) not found: \d+\(([A-Z]+)\)\.?")
_HOST_SERVER: Final = re.compile(r"Address: (\S+?)(?:#(\d+))?")
_HOST_CALLED: Final = re.compile(r"Name: (\S+)")
_HOST_SAID: Final = re.compile(r"Using domain server:|Name: .*|Aliases: *|[$#>].*|;; .*|Trying .*")
HOST: Final = re.compile(
    r"^(?:\S+ (?:has (?:IPv6 )?address [0-9a-fA-F.:]+|is an alias for \S+|mail is handled by \d+ \S+"
    r"|name server \S+\.|descriptive text \"|domain name pointer \S+|has no [A-Z0-9]+ record"
    r"|has [A-Z]+ record \S.*)(?: \((?:in)?secure\))?|Host \S+ not found: \d+\([A-Z]+\)\.?(?: \((?:in)?secure\))?"
    r"|Using domain server:)$"
    r"|^\S+ descriptive text \"",
    re.MULTILINE,
)
"""A sentence of ``host``."""

_LOOKUP_RECORDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"(\S+)\s+{sentence}\s*(.+)"), kind)
    for sentence, kind in (
        ("canonical name =", "CNAME"),
        ("nameserver =", "NS"),
        ("mail exchanger =", "MX"),
        ("text =", "TXT"),
        ("service =", "SRV"),
        ("name =", "PTR"),
        ("internet address =", "A"),
        ("has AAAA address", "AAAA"),
        ("AAAA IPv6 address =", "AAAA"),
    )
)
_LOOKUP_OTHER: Final = re.compile(r"(\S+)\s+rdata_(\d{1,5}) = (.+)")
_WINDOWS_MX: Final = re.compile(r"(\S+)\s+MX preference = (\d+), mail exchanger = (\S+)")
# A letter with an accent stands for any: what a console of Windows writes into a file is in its own code page.
_LOOKUP_FAILED: Final = re.compile(
    r"\*\*\*? (?:server can't find (\S+): ([A-Z]+)"
    r"|\S+ (?:can't find|ne parvient pas . trouver) (\S+?) ?: (.+?)\.?)"
)
_LOOKUP_EMPTY: Final = re.compile(
    r"\*\*\* (?:Can't find (\S+): No answer|No .* available for (.*))"
)
_LOOKUP_SILENT: Final = re.compile(
    r";; .*(?:no servers|timed out).*"
    r"|\*\*\* (?:Request to \S+ timed-out|Le d.lai de la requ.te .*est d.pass.)\.?"
)
"""That nobody answered, which does not say what was asked."""
_OWNER: Final = re.compile(r"(?:Name|Nom|Nombre) ?:\s+(\S+)")
_SERVER_WORD: Final = r"(?:(?:Default )?Server|Serveur(?: par d.faut)?|Servidor) ?:"
_SERVER: Final = re.compile(rf"{_SERVER_WORD}\s+(\S+)")
_ADDRESS: Final = re.compile(r"Address(?:es)?:\s+(\S+)")
_ALIASES: Final = re.compile(r"Aliases:\s+(\S+)")
_SOA_FIELD: Final = re.compile(r"\s++([a-zA-Z]++(?: [a-zA-Z]++)*)\s++= (\S+)(?: \(.*\))?")
_SOA_FIELDS: Final[tuple[tuple[str, ...], ...]] = (  # BIND's words, Windows' words
    ("origin", "primary name server"),
    ("mail addr", "responsible mail addr"),
    ("serial",),
    ("refresh",),
    ("retry",),
    ("expire",),
    ("minimum", "default TTL"),
)
_LOOKUP_SAID: Final = re.compile(
    r"Non-authoritative answer:|R.ponse ne faisant pas autorit. ?:|Respuesta no autoritativa:"
    r"|Authoritative answers can be found from:|-+|;; .*|DNS request timed out\.|timeout was \d+ seconds\."
)
_PROMPT: Final = re.compile(r"(?:(>)|[$#%]|\S+[$#%](?= )|(?:PS )?[A-Za-z]:\\[^>]*>) ?(.*)")
"""Within the program or before it, and what was typed there."""
_TYPED_KIND: Final = re.compile(r"-?(?:q|ty|type|query|querytype)=(\w+)", re.IGNORECASE)
_TYPED_NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?")
_NO_NAME: Final = frozenset({"set", "server", "lserver", "exit"})
LOOKUP: Final = re.compile(
    rf"^(?:> ?)?{_SERVER_WORD}[ \t]+\S+[ \t]*\n(?:> ?)?Address:[ \t]+[0-9a-fA-F.:]+",
    re.MULTILINE,
)
"""The first two lines of a reply of ``nslookup``: whom it asked."""
_WINDOWS: Final[Mapping[str, str]] = {
    "Non-existent domain": "NXDOMAIN",
    "Server failed": "SERVFAIL",
    "Query refused": "REFUSED",
    "No response from server": "TIMEOUT",
}
_ORDER: Final = "which leads to which is not said"


class _Said(NamedTuple):
    """That nothing was found, and how that ended; no type: every one."""

    name: str
    status: str
    kinds: tuple[str, ...]


@dataclass
class _Reply:
    """What was printed of one reply, as it comes: records, and the end of what has none.

    Parameters
    ----------
    form, asks
        Of the tool, and the types that it asks for by itself, in its order.
    """

    form: str
    asks: tuple[str, ...]
    number: int = 0
    server: str = ""
    server_name: str = ""
    rows: list[Row] = field(default_factory=list)
    ends: list[_Said] = field(default_factory=list)

    def ready(self, undated: Interval | None) -> Iterator[tuple[int, partial[Recording]]]:
        """Give the number and the reader of each recording of it, and begin anew."""
        rows, ends = tuple(self.rows), tuple(self.ends)
        self.rows, self.ends = [], []
        for name in dict.fromkeys(row.owner for row in rows):
            own = tuple(row for row in rows if row.owner == name)
            yield self._recording(name, [(own[0].kind, "NOERROR")], own, undated)
        aliases = tuple(row for row in rows if row.kind == "CNAME")
        for end in ends:
            asked = [(kind, end.status) for kind in end.kinds]
            yield self._recording(end.name, asked, aliases, undated)
        self.number = 0

    def _recording(
        self,
        name: str,
        asked: list[tuple[str, str]],
        rows: tuple[Row, ...],
        undated: Interval | None,
    ) -> tuple[int, partial[Recording]]:
        about = partial(recording_of, form=self.form, source="lookup")
        about = partial(about, server=self.server, server_name=self.server_name)
        return self.number, partial(about, name, asked, rows, undated)

    def add(self, number: int, owner: str, kind: str, text: str) -> BadLine | None:
        """Add a record of a line; what is wrong with it, if anything is."""
        self.number = self.number or number
        row = row_of(canonical(owner), kind, None, text)
        self.rows.append(row)
        return row.unread(number)

    def called(self, name: str) -> None:
        """Take what the server is called; its address alone is no name."""
        bare = name.lower().removesuffix(".").partition("#")[0]
        self.server_name = bare if address(bare) is None else ""

    def end(self, number: int, name: str, status: str, kind: str = "") -> BadLine | None:
        """Take that nothing came of a question; of which type, where that is not said, follows or is told.

        The first that is asked for failed, or the name does not exist, where nothing of it was printed
        yet; else it is another type, which is known where only one is left.
        """
        owner = canonical(name)
        printed = {row.kind for row in self.rows if row.owner == owner}.intersection(self.asks)
        kinds = ABSENT if status == "NXDOMAIN" else (kind,) if kind else self.asks[:1]
        if printed and not kind:
            kinds = tuple(one for one in self.asks if one not in printed)
            if len(kinds) != 1:
                fault = (
                    f"left out that {quote(name)} ended in {status}: it does not say of which type"
                )
                return BadLine(number, fault)
        self.number = self.number or number
        self.ends.append(_Said(owner, status, kinds))
        return None


def _odd(number: int, text: str, what: str) -> BadLine:
    return BadLine(number, f"expected a sentence of {what}, found {quote(text)}")


# -- host -----------------------------------------------------------------------------------


def read_host(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read what ``host`` printed, one recording a name, in constant memory.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every line is bad.
    """
    return readable(_host(source, undated))


def _host(
    source: Source, undated: Interval | None
) -> Iterator[BadLine | tuple[int, partial[Recording]]]:
    reply = _Reply("host", ("A", "AAAA", "MX", "HTTPS"))
    for number, line in text_lines(source):
        text = line if isinstance(line, BadLine) else _VALIDATED.sub("", line)
        if isinstance(text, BadLine):
            yield text
        elif found := _record_of_host(text):
            owner, kind, data = found
            led = {row.value for row in reply.rows if row.kind == "CNAME"}
            of_another = bool(reply.rows) and canonical(owner) not in {
                *led,
                *(row.owner for row in reply.rows[-1:]),
            }
            if of_another or reply.ends or len(reply.rows) >= MOST_ROWS:
                yield from reply.ready(undated)
            if bad := reply.add(number, owner, kind, data):
                yield bad
        elif match := _UNBOUND_NONE.fullmatch(text):
            reply.end(number, match[1], "NOERROR", _UNBOUND_KINDS[match[2]])
        elif match := _HOST_NONE.fullmatch(text):
            reply.end(number, match[1], "NOERROR", match[2])
        elif match := _HOST_FAILED.fullmatch(text):
            if bad := reply.end(number, match[1], match[2]):
                yield bad
        elif match := _HOST_SERVER.fullmatch(text):
            yield from reply.ready(undated)
            reply.server = _server(match[1], match[2])
        elif match := _HOST_CALLED.fullmatch(text):
            yield from reply.ready(undated)
            reply.called(match[1])
        elif text.startswith(";; ") and ("no servers" in text or "timed out" in text):
            yield BadLine(number, f"expected the name that was asked, found {quote(text)}")
        elif not _HOST_SAID.fullmatch(text):
            yield _odd(number, text, "host")
    yield from reply.ready(undated)


def _record_of_host(text: str) -> tuple[str, str, str] | None:
    for pattern, kind in _HOST_RECORDS:
        if match := pattern.fullmatch(text):
            return match[1], kind, match[2]
    match = _HOST_OTHER.fullmatch(text)
    return (match[1], match[2], match[3]) if match and is_type(match[2]) else None


def _server(text: str, port: str | None) -> str:
    """Return the address of a server, with its port if that is not the usual one."""
    return server_of(f"[{text}]:{port}" if ":" in text else f"{text}:{port or 53}")


# -- nslookup -------------------------------------------------------------------------------


def read_nslookup(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read what ``nslookup`` printed (BIND's, and Windows'), one recording a name.

    What follows "Authoritative answers can be found from" is of the resolver's cache, and left out.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every line is bad.
    """
    return readable(_nslookup(source, undated))


@dataclass
class _Lookup:
    """Where in a reply of nslookup the reader is."""

    reply: _Reply = field(default_factory=lambda: _Reply("nslookup", tuple(ADDRESS)))
    place: str = "answer"  # or server, cache, debug
    owner: str = ""  # of the addresses or the SOA that come
    soa: dict[str, str] = field(default_factory=dict)
    text: bool = False  # whether the strings of a TXT record come
    typed: str = ""  # the name in the command, and the type
    kind: str = ""

    def anew(self) -> _Lookup:
        """Return where the next reply begins: to the command that was typed, if one was."""
        return _Lookup(place="server", typed=self.typed, kind=self.kind)

    def after(self, inside: str, typed: str) -> _Lookup:
        """Return where the reply to what was typed begins, before the program or inside it."""
        word, *words = typed.split() or [""]
        kinds = [found[1].upper() for found in map(_TYPED_KIND.fullmatch, words) if found]
        if word.lower().removesuffix(".exe") != "nslookup":
            if not inside:
                return _Lookup()
            kinds = kinds if word.lower() == "set" else [self.kind]
            words = [word] if word.lower() not in _NO_NAME else []
        name = next(filter(_TYPED_NAME.fullmatch, words), "")
        return _Lookup(typed=canonical(name), kind=kinds[-1] if kinds else "")

    def asked(self, name: str) -> str:
        """Return the type that was asked of a name, if that was typed."""
        return self.kind if is_type(self.kind) and canonical(name) == self.typed else ""


def _nslookup(
    source: Source, undated: Interval | None
) -> Iterator[BadLine | tuple[int, partial[Recording]]]:
    at = _Lookup()
    for number, given in text_lines(source):
        if isinstance(given, BadLine):
            yield given
            continue
        # Output that is not a terminal's stands behind the prompt.
        text = given.removeprefix("> ") if _SERVER.fullmatch(given.removeprefix("> ")) else given
        if match := _PROMPT.fullmatch(text):
            yield from at.reply.ready(undated)
            at = at.after(match[1], match[2])
        elif match := _SERVER.fullmatch(text):
            yield from at.reply.ready(undated)
            at = at.anew()
            at.reply.called(match[1])
        elif re.fullmatch(r"-{6,}", text):
            at.place = "answer" if at.place == "debug" else "debug"
        elif at.place == "debug":
            continue
        elif text.startswith("Authoritative answers can be found from"):
            at.place = "cache"
        elif at.place == "cache" and not text.startswith("*"):
            continue
        elif bad := _take(at, number, text):
            yield bad
        if len(at.reply.rows) >= MOST_ROWS:
            yield from at.reply.ready(undated)
    yield from at.reply.ready(undated)


def _take(at: _Lookup, number: int, text: str) -> BadLine | None:
    """Take one line of a reply; what is wrong with it, if anything is."""
    if at.place == "server" and (match := _ADDRESS.fullmatch(text)):
        bare, _, port = match[1].partition("#")
        at.reply.server, at.place = _server(bare, port or None), "answer"
        return None
    if match := _OWNER.fullmatch(text):
        at.owner, at.text = match[1], False
    elif match := _ADDRESS.fullmatch(text):
        return _addressed(at, number, text, match[1])
    elif match := _ALIASES.fullmatch(text):
        owner, at.owner = at.owner, ""
        return at.reply.add(number, match[1], "CNAME", owner)
    elif text[:1].isspace():
        return _continued(at, number, text)
    elif found := _record_of_lookup(text):
        return at.reply.add(number, *found)
    elif match := re.fullmatch(r"(\S+)\s+text =", text):
        at.owner, at.text = match[1], True
    elif match := _LOOKUP_FAILED.fullmatch(text):
        name, status = match[1] or match[3], match[2] or _WINDOWS.get(match[4], "")
        if not status:
            return _odd(number, text, "nslookup")
        return at.reply.end(number, name, status, at.asked(name))
    elif match := _LOOKUP_EMPTY.fullmatch(text):
        name = match[1] or match[2]
        if not (kind := at.asked(name)):
            return BadLine(number, f"left out {quote(text)}: it does not say of which type")
        return at.reply.end(number, name, "NOERROR", kind)
    elif _LOOKUP_SILENT.fullmatch(text):
        if not at.typed:
            return BadLine(number, f"expected the name that was asked, found {quote(text)}")
        return at.reply.end(number, at.typed, "TIMEOUT", at.asked(at.typed))
    elif _is_dotted(text):
        at.owner, at.soa = text, {}
    elif not _LOOKUP_SAID.fullmatch(text):
        return _odd(number, text, "nslookup")
    return None


def _addressed(at: _Lookup, number: int, text: str, word: str) -> BadLine | None:
    """Take one address of the name above it."""
    if not at.owner:
        return _odd(number, text, "nslookup")
    return at.reply.add(number, at.owner, "AAAA" if ":" in word else "A", word)


def _continued(at: _Lookup, number: int, text: str) -> BadLine | None:
    """Take a line that belongs to the one above: another address, a string, a field of a SOA."""
    bare = text.strip()
    if at.text and bare.startswith('"'):
        return at.reply.add(number, at.owner, "TXT", bare)
    if match := _SOA_FIELD.fullmatch(text):
        at.soa[match[1]] = match[2]
        values = [next((at.soa[w] for w in words if w in at.soa), "") for words in _SOA_FIELDS]
        if all(values) and at.owner:
            at.reply.add(number, at.owner, "SOA", " ".join(values))
            at.soa = {}
    elif at.owner and address(bare) is not None:
        return _addressed(at, number, text, bare)
    elif at.reply.rows and at.reply.rows[-1].kind == "CNAME" and _is_dotted(bare):
        left = [at.reply.rows.pop().owner, bare]  # which of them leads to the other is not said
        return BadLine(number, f"left out the aliases {' and '.join(map(quote, left))}: {_ORDER}")
    elif not _LOOKUP_SAID.fullmatch(bare):
        return _odd(number, text, "nslookup")
    return None


def _is_dotted(text: str) -> bool:
    """Tell whether a text is one word with a dot in it."""
    return "." in text[1:-1] and text.split() == [text]


def _record_of_lookup(text: str) -> tuple[str, str, str] | None:
    if match := _WINDOWS_MX.fullmatch(text):
        return match[1], "MX", f"{match[2]} {match[3]}"
    for pattern, kind in _LOOKUP_RECORDS:
        if match := pattern.fullmatch(text):
            return match[1], kind, match[2]
    match = _LOOKUP_OTHER.fullmatch(text)
    if match is None or int(match[2]) >= 2**16:
        return None
    return match[1], dns.rdatatype.to_text(dns.rdatatype.RdataType.make(int(match[2]))), match[3]
