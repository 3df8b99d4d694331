"""One door for every kind of recording: the form is found by looking, not by the file's name."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from depgraph.errors import DepgraphError, RecordingError
from depgraph.intake import beginning, opened
from depgraph.names import canonical
from depgraph.readers import exports
from depgraph.readers import tinydns as tinydns_data
from depgraph.readers.atlas import read_atlas
from depgraph.readers.caches import BIND, UNBOUND, read_bind_cache, read_unbound_cache
from depgraph.readers.captures import (
    LEGEND,
    ROW,
    read_crawl,
    read_har,
    read_html,
    read_memento,
    read_warc,
)
from depgraph.readers.columns import columns_lacking, has_types, header_of, read_columns
from depgraph.readers.crtsh import read_crtsh
from depgraph.readers.days import Dated, Interval, interval_of
from depgraph.readers.dig import COMMAND, DELV, HEADER, read_answers, read_dig
from depgraph.readers.dnsx import read_dnsx
from depgraph.readers.doh import read_doh
from depgraph.readers.lines import BadLine, rows
from depgraph.readers.listed import is_listed
from depgraph.readers.lookups import HOST, LOOKUP, read_host, read_nslookup
from depgraph.readers.massdns import read_massdns
from depgraph.readers.master import Entry, numbered_entries
from depgraph.readers.ooni import read_ooni
from depgraph.readers.openintel import is_openintel, read_openintel
from depgraph.readers.passive import read_passive
from depgraph.readers.plain import read_plain
from depgraph.readers.refused import why_document_refused, why_refused, why_unread
from depgraph.readers.registered import is_missing, is_whois, read_rdap_file, read_whois_file
from depgraph.readers.registry import read_zone
from depgraph.readers.relations import LINE, read_as_rel
from depgraph.readers.rows import holds_a_name, is_workbook
from depgraph.readers.table import columns_of, read_parquet
from depgraph.readers.tools import read_httpx, read_massdns_old, read_subfinder
from depgraph.readers.trace import TRACE, read_trace
from depgraph.readers.world import MAGIC, read_world
from depgraph.readers.zdns import read_zdns
from depgraph.readers.zones import FAILED, dated, is_of_transfer, recordings_of
from depgraph.recording import Recording, read
from depgraph.text_safety import quote

_REFUSED: Final = "expected DNS records in {}, {} (docs/files.md)"
_ASKS: Final = (
    "depgraph observe --from LIST -o FOLDER asks about them, depgraph survey FOLDER answers"
)
_UNSURE: Final = frozenset({"plain", "cloudflare", "passive", "records", "zdns"})
"""Forms that are told by few keys, which other documents may have."""
_TAR: Final = slice(257, 262)  # where its mark stands (POSIX.1-1988)
_HEAD: Final = 2**17  # bytes looked at
_DNSX: Final = frozenset({"a", "aaaa", "cname", "ns", "mx", "txt", "ptr", "soa"})
_LISTED: Final = frozenset({"id", "zone_id", "ttl"})
"""Keys of what an API of a provider lists, which lines of Rapid7 have not."""
_MOST_FILES: Final = 10_000  # read of one folder
_NAMED: Final = 3  # files, before the rest is left out
_JSON: Final = re.compile(rb"\{|\[\s*\{")
# Of the Wayback Machine, and of Common Crawl.
_INDEX: Final = re.compile(rb'\[\[\s*"urlkey"|\{"urlkey"|[\w,.-]+\)/\S* \d{14} ')
# A directive, or a type where a record has it (RFC 1035, section 5): "a" stands in letters, too.
_ZONE: Final = re.compile(
    rb"^[ \t]*\$(ORIGIN|TTL|INCLUDE|GENERATE)\b"
    rb"|^(\S+[ \t]+|[ \t]+)((\d\w*|IN|CH|HS|AWS)[ \t]+)*"
    rb"((SOA|NS|AAAA|CNAME|MX|TXT|PTR|SRV|DS|CAA|ALIAS|ANAME)[ \t]|A[ \t]+\d)",
    re.IGNORECASE | re.MULTILINE,
)

Entries = Iterator[Recording | BadLine]


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a file that does not stand in it: see :func:`open_any`."""

    undated: Interval | None = None
    origin: str | None = None
    name: str = ""
    include: bool = False


def open_any(
    path: str | os.PathLike[str],
    *,
    time: datetime | None = None,
    undated: Dated | None = None,
    origin: str | None = None,
    name: str = "",
    include: bool = False,
) -> Entries:
    """Read whatever recordings a file holds, one by one.

    Parameters
    ----------
    path
        A recording of ours, the output of a scanner, a zone file or another form in which
        operators hold their zones, or a Parquet table: docs/files.md lists them. Packed or not.
        A folder: each file in it.
    time
        When a zone was published, if it does not say so itself.
    undated
        The day of lines without a date, which are bad lines without it, and of zones where no
        `time` is given: ``"2026-08-01"``, a date, or first and last moment.
    origin
        Name of the zone, for zone files that do not say; None: looked for. Of the files of a folder
        one alone may be a zone.
    name
        The service that is looked for: the last resort where a zone file does not say its origin.
    include
        Whether a zone file may include others of its folder.

    Yields
    ------
    Each recording, or what is wrong with a line.

    Raises
    ------
    RecordingError
        If the file as a whole cannot be read, or is a zone that says no date and neither `time`
        nor `undated` is given.
    OSError
        If it cannot be opened.
    """
    when = interval_of(undated) if time is None else (time, time)
    given = Given(when, canonical(origin) if origin else None, name, include)
    if Path(path).is_dir():
        return _folder(Path(path), given)
    return FORMS[detect(path)](Path(path), given)


def _folder(folder: Path, given: Given) -> Entries:
    """Read each file of a folder; one that cannot be read is a bad line that names it."""
    files = sorted(entry for entry in folder.iterdir() if entry.is_file())
    if len(files) > _MOST_FILES:
        raise RecordingError(
            f"expected at most {_MOST_FILES} files in a folder, found {len(files)}"
        )
    # A name in one of several zones is no name of another's.
    named = of_origin(files, given.origin)
    given = replace(given, name="")
    for file in files:
        known = given if file == named else replace(given, origin=None)
        try:
            for entry in FORMS[detect(file)](file, known):
                yield (
                    replace(entry, file=file.name)
                    if isinstance(entry, BadLine)
                    else _of(entry, file)
                )
        except (DepgraphError, OSError) as error:
            yield BadLine(0, str(error), file.name)


def of_origin(files: Sequence[Path], origin: str | None) -> Path | None:
    """Return which of some files an origin is told of: that alone, or the only one that may be a zone.

    Raises
    ------
    RecordingError
        If none of several may be one, or several may: what is relative in one zone lies in no other.
    """
    if origin is None or len(files) < 2:
        return next(iter(files), None)
    zones = [file for file in files if _may_be_a_zone(file)]
    if len(zones) == 1:
        return zones[0]
    origin = canonical(origin)
    expected = f"expected one file that may be a zone for the origin {origin}, found"
    if not zones:
        raise RecordingError(f"{expected} none")
    names = ", ".join(quote(file.name) for file in zones[:_NAMED])
    more = " ..." if len(zones) > _NAMED else ""
    raise RecordingError(
        f"{expected} {len(zones)} ({names}{more}): call zone files after their zones ({origin}.zone), "
        "or make a world of one by itself (depgraph world)"
    )


def _may_be_a_zone(file: Path) -> bool:
    """Tell whether a file is of a form whose reader asks for an origin."""
    try:
        return detect(file) in _OF_A_ZONE
    except (DepgraphError, OSError):  # told where it is read
        return False


def _of(entry: Recording, file: Path) -> Recording:
    """Say of observations that cite nothing in which file of a folder they stand; not of ours."""
    if entry.sha256:
        return entry
    cited = (o if o.citation else replace(o, citation=file.name) for o in entry)
    return replace(entry, observations=tuple(cited))


def detect(path: str | os.PathLike[str]) -> str:
    """Name the form of a file, a key of the table in docs/files.md: recording, plain, zone ...

    Raises
    ------
    RecordingError
        If it is empty, or none of these.
    """
    try:
        with opened(path, error=RecordingError) as file:
            head = beginning(file, _HEAD)
    except RecordingError:
        if not is_workbook(Path(path)):
            raise
        raise RecordingError(
            f"expected recordings or records in {quote(os.fspath(path))}, found a workbook: save a table "
            f"of records as CSV; of a list of names {_ASKS}"
        ) from None
    if head[_TAR] == b"ustar":
        raise RecordingError(
            f"expected a file, or one packed alone, found a tar archive in "
            f"{quote(os.fspath(path))}: unpack it, and give the folder"
        )
    if head.startswith(MAGIC):
        return "world"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/1."):
        return "warc"
    if LEGEND.match(head):
        return "crawl"
    if reason := why_refused(head):
        raise RecordingError(_REFUSED.format(quote(os.fspath(path)), reason))
    text = head.removeprefix("\ufeff".encode()).strip()
    if not text:
        raise RecordingError(
            f"expected recordings in {quote(os.fspath(path))}, found an empty file"
        )
    if _INDEX.match(text):
        raise RecordingError(
            f"expected answers in {quote(os.fspath(path))}, found an index of captures (CDX), which "
            "has neither addresses nor headers: fetch the headers of a capture (curl -sI "
            "https://web.archive.org/web/TIME/URL), or the WARC record that it names"
        )
    if _HTML.match(text):
        return "html"
    if _JSON.match(text):
        first = next((row for _, row in rows(path) if not isinstance(row, BadLine)), {})
        form = _form(first)
        if form in _UNSURE and (reason := why_document_refused(first)):
            raise RecordingError(_REFUSED.format(quote(os.fspath(path)), reason))
        return form
    text = text.replace(b"\r\n", b"\n")  # as Windows ends lines: the readers strip them
    if b"\r" in text and b"\n" not in text:
        raise RecordingError(
            f"expected lines that end in LF or CR LF in {quote(os.fspath(path))}, found CR alone: "
            "save it with other line ends"
        )
    text = _without_nul(text)
    if b"\0" not in text and not text.startswith(b"<") and (form := _text_form(text)):
        return form
    if reason := why_unread(text):
        raise RecordingError(_REFUSED.format(quote(os.fspath(path)), reason))
    line = text.partition(b"\n")[0].decode("utf-8", "replace")
    records = _has_types(text)
    if _is_names(text) and not records:
        raise RecordingError(
            f"expected recordings or records in {quote(os.fspath(path))}, found a list of names: "
            f"{_ASKS}"
        )
    if lacking := columns_lacking(line) or ["name", "type", "value"] * records:
        raise RecordingError(
            f"expected a table with columns name, type and value in {quote(os.fspath(path))}, found "
            f"none for {' and '.join(lacking)} in its header {quote(line[:80])}"
        )
    start = quote(text[:40].decode("utf-8", "replace"))
    raise RecordingError(
        f"expected a recording, JSON, a zone file or a Parquet table in "
        f"{quote(os.fspath(path))}, found none of them: it begins with {start}"
    )


def _without_nul(text: bytes) -> bytes:
    """Leave out the few lines with a NUL, as a disk or a transfer leaves them; of a binary file none."""
    lines = text.split(b"\n")
    kept = [line for line in lines if b"\0" not in line]
    return b"\n".join(kept) if 10 * len(kept) >= 9 * len(lines) else text


def _is_names(head: bytes) -> bool:
    """Tell whether most lines of a text have a domain name in a cell of their own."""
    lines = _lines(head)
    if lines and all(map(_WORD.fullmatch, lines)):  # addresses of pages and of mail among them
        return 2 * sum("." in line for line in lines) > len(lines)
    return 2 * sum(any(map(holds_a_name, re.split(r"[,;\t]", line))) for line in lines) > len(lines)


def _has_types(head: bytes) -> bool:
    """Tell whether a text is a table of records; the end of what is looked at may be cut off."""
    lines = _lines(head)
    return has_types(lines[:-1] if len(head) >= _HEAD // 2 else lines)


def _lines(head: bytes) -> list[str]:
    """Return the first lines of a text, blank ones left out; none of what is no text."""
    if b"\0" in head:
        return []
    return [line for line in head.decode("utf-8", "replace").splitlines()[:_LINES] if line.strip()]


def _text_form(head: bytes) -> str:
    """Name the form of a text file: messages of dig, answers alone, a zone; empty if none."""
    text = head.decode("utf-8", "replace")
    if _MEMENTO.search(text) and text.startswith("HTTP/"):
        return "memento"
    if BIND.search(text):
        return "bind-cache"
    if UNBOUND.match(text):
        return "unbound-cache"
    if LOOKUP.search(text):
        return "nslookup"
    if HOST.search(text) and "->>HEADER<<-" not in text:  # which host -v has
        return "host"
    if TRACE.search(text) and "->>HEADER<<-" not in text:
        return "dig-trace"
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    answers = _are_answers(text)
    alone = "->>HEADER<<-" not in text and answers  # a time-out may stand among them
    if HEADER.search(text) and not alone:
        return "dig"
    if LINE.search(head):
        return "as-rel"
    if is_whois(text):
        return "whois"
    if _YAML.search(text):
        return "google-yaml" if _RRDATAS.search(text) else "octodns"
    if lines and header_of(lines[0]) is not None:
        return "columns"
    if _is_tinydns(lines):
        return "tinydns"
    if any(map(ROW.match, lines[:2])):
        return "crawl"
    if answers:
        return "answers"
    records = [line for line in lines if not line.startswith(";")]
    if _ZONE.search(head):
        return "zone"
    if not records and FAILED.search(text):
        raise RecordingError("expected the records of a zone, found only that its transfer failed")
    if records and all(map(_VALUE.fullmatch, records)) and any(map(_NO_NAME.match, records)):
        raise RecordingError(
            "expected DNS records, found values alone (dig +short), which do not say of what: "
            "leave out +short. Who is behind an address: depgraph explain ADDRESS"
        )
    return ""


def _are_answers(text: str) -> bool:
    """Tell whether a text is records alone, with no comments but those of dig and delv.

    Where dig's own line says what was asked, that is what tells it from a zone file. Without it a text
    that begins with a SOA record is answers, which are some records of a zone, where it stands as tools print
    them, with no comment and no directive of its own, and does not end as a transfer does.
    """
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    comments = [line for line in lines if line.startswith(";")]
    found = list(numbered_entries(enumerate(lines, start=1)))
    records = [entry for entry in found if isinstance(entry, BadLine) or entry.words]
    if any(isinstance(e, Entry) and (e.inherits or e.words[0][0] in "@$") for e in records):
        return False
    read = [e for e in records if isinstance(e, Entry) and _ANSWER.match(" ".join(e.words))]
    if 2 * len(read) <= len(records):
        return False
    if any(map(COMMAND.match, comments)):
        return not any(map(is_of_transfer, comments))
    of_tool = any(map(DELV.match, comments)) or all(map(_OF_DIG.match, comments))
    return of_tool and not (
        _is_soa(records[0]) and (_ends_as_transfer(text, read) or not _is_as_printed(lines))
    )


def _is_soa(entry: Entry | BadLine) -> bool:
    return isinstance(entry, Entry) and "SOA" in map(str.upper, entry.words[1:4])


def _ends_as_transfer(text: str, records: list[Entry]) -> bool:
    """Tell whether a text ends with the SOA record that it began with, and has the apex's servers between."""
    last = text.rstrip().rpartition("\n")[2].split()
    servers = any("NS" in map(str.upper, entry.words[1:4]) for entry in records)
    return servers and last == list(records[0].words)


def _is_as_printed(lines: list[str]) -> bool:
    """Tell whether records stand as tools print answers, and hardly anybody writes a zone.

    dig has TTLs in a column, and a class, each (``bin/dig/dig.c``); massdns and q have no class, and no TTL or
    one with units.
    """
    if all(_BARE.match(line) for line in lines if not line.startswith(";")):
        return True
    found = [match for line in lines if (match := _COLUMNS.match(line.expandtabs()))]
    short = [match for match in found if len(match[1]) < _TTL_COLUMN]
    return bool(short) and all(match.start(2) == _TTL_COLUMN for match in short)


def _is_tinydns(lines: list[str]) -> bool:
    """Tell whether most lines are such of tinydns-data."""
    records = [line for line in lines if not line.startswith(("#", "-"))]
    return 2 * sum(bool(tinydns_data.LINE.match(line)) for line in records) > len(records)


_HTML: Final = re.compile(
    rb"<!doctype html|<html|<!--\s*saved from url=|<!--\s*Page saved", re.IGNORECASE
)
_MEMENTO: Final = re.compile(r"^memento-datetime:", re.IGNORECASE | re.MULTILINE)
_YAML: Final = re.compile(
    r"""^(?:-?[ \t]+)?(?:- )?type: *["']?[A-Z0-9]+["']?[ \t\r]*$""", re.MULTILINE
)
_RRDATAS: Final = re.compile(r"^rrdatas:", re.MULTILINE)
_LINES: Final = 200  # looked at
_ANSWER: Final = re.compile(r"\S*\.\s+(?:\d[\dwdhms]*\s+)?(?:IN\s+)?[A-Z][A-Z0-9]*\s+\S")
_COLUMNS: Final = re.compile(r"(\S+\.) +(\d+) +IN +[A-Z]")
_WORD: Final = re.compile(r"[^\s,;]+")
_BARE: Final = re.compile(r"\S+\. (?:(?:\d+[wdhms])+ )?(?!IN |CH |HS )[A-Z][A-Z0-9]* \S")
_TTL_COLUMN: Final = 24  # to which dig goes on with tabs behind a name
_OF_DIG: Final = re.compile(
    r"; <<>> |;; (?:connection timed out|no servers could|communications error)|;; global options|; \(\d+ server|;; (?:Query time|SERVER|WHEN|MSG SIZE|XFR size)|;;?\s*$"
)
_VALUE: Final = re.compile(r'(?:\d+ (?:\d+ \d+ )?)?[\w.:-]+|"[^"]*"(?: "[^"]*")*')
_NO_NAME: Final = re.compile(r'"|\d+ |\d+\.\d+\.\d+\.\d+$|[0-9a-fA-F]*:[0-9a-fA-F:.]*$|\S+\.$')


_BY_KEYS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"test_name", "test_keys"}), "ooni"),
    (frozenset({"msm_id", "prb_id"}), "atlas"),
    (frozenset({"issuer_ca_id", "name_value"}), "crtsh"),
    (frozenset({"asn1", "asn2", "rel"}), "as-rel"),
    (frozenset({"log"}), "har"),
    (frozenset({"Status", "Question"}), "doh"),
    (frozenset({"objectClassName", "ldhName"}), "rdap"),
    (frozenset({"objectClassName", "unicodeName"}), "rdap"),
)
"""Keys that no other form has."""


def _form(row: dict[str, object]) -> str:
    if row.get("depgraph") == "recording":
        return "recording"
    if form := exports.form_of(row):
        return form
    for keys, form in _BY_KEYS:
        if keys <= row.keys():
            return form
    if is_missing(row):
        return "rdap"
    if "query_name" in row and "resp_name" in row:
        return "massdns-old"
    if "host" in row and "domain" not in row and "records" not in row:
        if "url" in row or "webserver" in row:
            return "httpx"
        if "status_code" in row or _DNSX.intersection(row):
            return "dnsx"
        if "source" in row or "sources" in row:
            return "subfinder"
    elif "url" in row and "status_code" in row:
        return "httpx"
    if "rrname" in row or ({"name", "type", "value"} <= row.keys() and not _LISTED & row.keys()):
        return "passive"
    if is_listed(row):
        return "records"
    if "results" in row or ("status" in row and "timestamp" in row):
        return "zdns"
    if "type" in row and ("rx_ts" in row or "resolver" in row or "error" in row):
        return "massdns"
    return "plain"


def _zone(path: Path, given: Given) -> Entries:
    when = dated(path) or given.undated
    if when is None:
        raise RecordingError(
            f"expected the time at which the zone file {quote(str(path))} was published, "
            "found none: give it (--dated on the command line, once for each of several files; "
            "undated in Python)"
        )
    return read_zone(
        path,
        time=when[0],
        until=when[1],
        origin=given.origin,
        name=given.name,
        include=given.include,
    )


def _export(form: str, path: Path, given: Given) -> Entries:
    if given.undated is None:
        raise RecordingError(
            f"expected the time at which {quote(str(path))} was exported, found none: give it "
            "(--dated on the command line, once for each of several files; undated in Python)"
        )
    time, until = given.undated
    for zone in exports.read_export(
        path, form, origin=given.origin, name=given.name, day=given.undated
    ):
        yield from recordings_of(zone, time=time, until=until)


def _undated(read_lines: Callable[..., Entries], path: Path, given: Given) -> Entries:
    return read_lines(path, undated=given.undated)


def _columns(path: Path) -> Entries:
    """Read a Parquet file: our own table, or OpenINTEL's, as its columns say."""
    if is_openintel(columns_of(path)):
        return read_openintel(path)
    return iter(read_parquet(path))


FORMS: Final[dict[str, Callable[[Path, Given], Entries]]] = {
    "recording": lambda path, _: iter((read(path),)),
    "parquet": lambda path, _: _columns(path),
    "dnsx": functools.partial(_undated, read_dnsx),
    "passive": functools.partial(_undated, read_passive),
    "world": lambda path, given: read_world(path, name=given.name),
    "zone": _zone,
    "zdns": functools.partial(_undated, read_zdns),
    "massdns-old": functools.partial(_undated, read_massdns_old),
    "httpx": functools.partial(_undated, read_httpx),
    "subfinder": functools.partial(_undated, read_subfinder),
    "dig": functools.partial(_undated, read_dig),
    "dig-trace": functools.partial(_undated, read_trace),
    "answers": functools.partial(_undated, read_answers),
    "massdns": functools.partial(_undated, read_massdns),
    "ooni": lambda path, _: read_ooni(path),
    "atlas": lambda path, _: read_atlas(path),
    "crtsh": lambda path, _: read_crtsh(path),
    "warc": lambda path, _: read_warc(path),
    "memento": lambda path, _: read_memento(path),
    "har": lambda path, _: read_har(path),
    "html": lambda path, given: read_html(path, undated=given.undated, name=given.name),
    "crawl": lambda path, _: read_crawl(path),
    "as-rel": functools.partial(_undated, read_as_rel),
    "whois": functools.partial(_undated, read_whois_file),
    "rdap": lambda path, given: read_rdap_file(path, undated=given.undated, name=given.name),
    "host": functools.partial(_undated, read_host),
    "nslookup": functools.partial(_undated, read_nslookup),
    "doh": functools.partial(_undated, read_doh),
    "bind-cache": functools.partial(_undated, read_bind_cache),
    "unbound-cache": functools.partial(_undated, read_unbound_cache),
    "columns": lambda path, given: read_columns(path, undated=given.undated, origin=given.origin),
    **{form: functools.partial(_export, form) for form in exports.FORMS},
    "plain": functools.partial(_undated, read_plain),
}
"""Form -> what reads it."""
_OF_A_ZONE: Final = frozenset({"zone", "columns", *exports.FORMS})
"""Forms whose relative names may lie in a zone that the file does not name."""
