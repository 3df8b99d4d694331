"""Observations: one question put to one source at one time, and what came back.

An observation is flat on purpose: every field is a string, a number, a time or a list of
strings, so the same words make a JSON line, a row of a Parquet table of a hundred million,
and the evidence on an edge of a graph.

What a DNS answer carries stands in :attr:`Observation.values` in presentation form
(RFC 1035), names canonical. What other sources say stands there too, one ``"key value"``
per fact, and :meth:`Observation.fields` reads it back:

============= ==================== ===================================================
type          subject              keys
============= ==================== ===================================================
A, NS ...     the name asked       (RFC 1035 presentation form, no keys; TXT joined and
                                   unquoted; of PTR the subject is the reverse name)
origin        an address           asn, prefix, country, registry, allocated
as            AS13335              name, country, registry, allocated
holder        an address           handle, name, organisation, organisation-handle,
                                   prefix, country, registry, registered, changed
registration  registered domain    registrar, registrar-id, reseller, registrant,
                                   status, nameserver, created, changed, expires
                                   registered-with: "registry" where no registrar stands between
registry      top-level domain     operator, country, rdap, whois
trust-anchor  a zone               the DS records that DNSSEC begins with, where they are not
                                   those of IANA for the root (no keys)
certificate   host name            issuer, issuer-organisation, subject, name,
                                   not-before, not-after, chain (numbered, as the server sent
                                   it), anchor (the issuer of its last, if that is another)
hsts          host name            max-age, include-subdomains (RFC 6797)
operator      a name               role (host, front, dns, mail, mailbox, ca, registrar,
                                   owner, network, transit, signer; sms, login, payment,
                                   support, chat; other), name: who does it, as reported;
                                   other: something that is not said; needed: "yes" where the
                                   service is said not to work without
app-store     a name               the stores that carry its app (no keys); no data: none does
resource      host name            what its page loads: script, frame, style, image, other: a
                                   host; allowed: one that its policy lets it load
============= ==================== ===================================================

Data sets often keep less than the record. What is left is said with these words, so that
nobody takes a part for the whole:

============= ==================== ===================================================
type          subject              values
============= ==================== ===================================================
ns-domain     a name               the registered domains of its name servers (no keys)
mx-origin     a name               asn: origin AS of its mail hosts, not said of which
spf-expanded  a name               its SPF record and all it includes, in one text (no keys)
spf-include   a name               the names its SPF record includes (no keys)
verification  a name               ownership tokens found in its TXT, as name=token (no keys)
rdns-or-cname a host               a PTR of its address or its CNAME, not said which (no keys)
alias         a name               target names that its DNS operator resolves by itself
                                   (ALIAS, ANAME: no wire type, no keys)
upstream      asNUMBER             asn: each AS that sells it transit, of all that a file of AS
                                   relations knows
behind-front  a name               addresses and names that a front passes on to, as its
                                   operator's own file says (no keys)
============= ==================== ===================================================

An MX or SRV value whose source dropped the numbers is the host alone: the host is always
the last word. The status ``searched, not found`` is for recordings written from documents:
somebody looked for the fact and no source has it. Its `citation` says where we looked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from depgraph.errors import RecordingError
from depgraph.former import former
from depgraph.text_safety import quote

TRUST_ANCHOR = "trust-anchor"
"""Type of the observation that says under which anchor of DNSSEC a collection was made."""

PERHAPS_OTHERS = "whether there are others is not said"
"""Remark on records from forms of which nothing says that a set is whole: they write one a line."""
GIVER_UNSAID = "who answered so is not said"
"""Remark on records that nobody need have been asked for: they stand alone, in lines or a table."""
RESOLVER_UNSAID = "which resolver answered is not said"
"""Remark on what a tool was answered that asks the resolver of its machine, and does not name it."""
ALIAS_UNSAID = "whether it is an alias is not said"
"""Remark on a denial by forms that do not print an alias whose target is denied: of the two, one is not there."""

COMPUTED = "computed by the server: "
"""How the note begins of what a file of a zone does not have: its server computes it for each client."""

_FACT = re.compile(r"\bF\d{3}: ")  # its number in the list of facts, which readers lack
_FACTS = re.compile(r"\s*\((?:see\s+)?F\d{3}(?:[,;]\s*F\d{3})*\)|,?\s+(?:in|see)\s+F\d{3}\b")


class Status(StrEnum):
    """How a question ended. No two of these mean the same, and none of them is None."""

    ANSWER = "answer"
    REFERRAL = "referral"  # the server named the child zone's servers instead (RFC 9499)
    NODATA = "nodata"
    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    NOTIMP = "notimp"
    FORMERR = "formerr"
    LAME = "lame"  # answered, but not as an authority for the zone it was asked about
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    TRUNCATED = "truncated"  # and TCP did not help
    MALFORMED = "malformed"
    RATE_LIMITED = "rate-limited"
    NOT_FOUND = "not-found"  # an RDAP or WHOIS server that knows no such object
    ERROR = "error"  # the source answered with an error of its own
    LOOP = "loop"  # an alias or delegation that leads back to itself
    NOT_ASKED_BUDGET = "not-asked: budget"
    NOT_ASKED_DEPTH = "not-asked: depth"
    NOT_ASKED_NO_SERVER = "not-asked: no server"
    NOT_ASKED_NO_SOURCE = "not-asked: no source"  # e.g. the TLD has neither RDAP nor WHOIS
    NOT_FOUND_IN_SOURCES = "searched, not found"  # for recordings written from documents

    @property
    def conclusive(self) -> bool:
        """Whether the source settled the question (an empty answer is one, a failure is not)."""
        return self in _CONCLUSIVE

    @property
    def asked(self) -> bool:
        """Whether the question was put at all."""
        return not self.value.startswith("not-asked")


_CONCLUSIVE = frozenset(
    {Status.ANSWER, Status.REFERRAL, Status.NODATA, Status.NXDOMAIN, Status.NOT_FOUND}
)


class Evidence(StrEnum):
    """How we know. Only the first three stand in recordings; rules of ours infer the fourth."""

    OBSERVED = "observed"
    PUBLISHED = "published"
    REPORTED = "reported"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One question to one source at one time, and what came back.

    Parameters
    ----------
    subject
        What was asked about: canonical name, address, or ``AS`` and a number.
    type
        A DNS type in capitals or a word of the table in this module's docstring.
    status
        How it ended.
    values
        What came back (see the tables above); always sorted, so that order carries no
        meaning.
    ttl
        Seconds, the least of the record set; None where the source has none.
    flags
        Of the DNS header: ``AA``, ``AD``, ``TC`` (the answer was first truncated), ``RA`` (a
        server asked as an authority offers recursion, and did not set AA); ``CD`` where a
        resolver was asked not to validate.
    section
        ``answer``, ``authority`` (a delegation) or ``additional`` (glue).
    zone
        The zone as whose authority the server was asked; empty for recursive and others.
    server, server_name
        Whom we asked: address or URL, and the host name under which we knew it.
    source
        Kind of source: ``dns``, ``rdap``, ``whois``, ``cymru``, ``tls``, ``zone-file``,
        ``dataset``, ``document``.
    time, until
        Aware UTC. The fact was seen at `time`, or throughout (or at an unrecorded moment)
        between `time` and `until`.
    evidence, citation
        The evidence class, and where a reported or published fact can be read.
    vantage, subnet
        From where it was asked (`de`), or whither an operator sends those who ask (`to:esams`,
        `50%:Fastly`); and the EDNS client subnet if one was sent.
    note
        What a person should know of this answer, one line.

    Notes
    -----
    Half a surrogate pair, which JSON can carry and UTF-8 cannot, becomes U+FFFD: what cannot
    be written to a file or a terminal is not kept. Times are turned to UTC.

    Raises
    ------
    RecordingError
        If a time has no zone, or `until` lies before `time`.
    """

    subject: str
    type: str
    status: Status
    values: tuple[str, ...] = ()
    ttl: int | None = None
    flags: tuple[str, ...] = ()
    section: str = "answer"
    zone: str = ""
    server: str = ""
    server_name: str = ""
    source: str = "dns"
    time: datetime
    until: datetime | None = None
    evidence: Evidence = Evidence.OBSERVED
    citation: str = ""
    vantage: str = ""
    subnet: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name, moment in (("time", self.time), ("until", self.until)):
            if moment is None or moment.tzinfo is UTC:
                continue
            if moment.utcoffset() is None:
                raise RecordingError(
                    f"expected an aware UTC time for {self.subject!a} {self.type!a}, found {moment!r}"
                )
            object.__setattr__(self, name, moment.astimezone(UTC))
        if self.until is not None and self.until < self.time:
            raise RecordingError(
                f"expected 'until' after 'time' for {self.subject!a} {self.type!a}, "
                f"found {self.time} .. {self.until}"
            )
        texts = (
            f"{self.subject}{self.type}{self.zone}{self.server}{self.server_name}{self.source}"
            f"{self.citation}{self.vantage}{self.subnet}{self.note}{self.section}"
        )
        if not (texts.isascii() and all(map(str.isascii, self.values))):
            self._drop_surrogates()
        if len(self.values) > 1:
            object.__setattr__(self, "values", tuple(sorted(self.values)))
        if len(self.flags) > 1:
            object.__setattr__(self, "flags", tuple(sorted(self.flags)))

    def _drop_surrogates(self) -> None:
        for name in _TEXTS:
            object.__setattr__(self, name, encodable(getattr(self, name)))
        for name in ("values", "flags"):
            object.__setattr__(self, name, tuple(map(encodable, getattr(self, name))))

    def fields(self) -> dict[str, list[str]]:
        """Read ``"key value"`` values of a non-DNS answer as key -> list of values.

        >>> seen = Observation(subject="192.0.2.1", type="origin", status=Status.ANSWER,
        ...     values=("asn 64500", "prefix 192.0.2.0/24"), time=datetime(2026, 1, 1, tzinfo=UTC))
        >>> seen.fields()
        {'asn': ['64500'], 'prefix': ['192.0.2.0/24']}
        """
        out: dict[str, list[str]] = {}
        for value in self.values:
            key, _, rest = value.partition(" ")
            out.setdefault(key, []).append(rest)
        return out

    def first(self, key: str) -> str | None:
        """Give the first value under a key of a non-DNS answer."""
        return next(iter(self.fields().get(key, ())), None)

    def remarks(self, *several: str) -> bool:
        """Tell whether one of several remarks stands in the note.

        >>> seen = Observation(subject="a.example", type="A", status=Status.ANSWER,
        ...     note=f"{PERHAPS_OTHERS}; {GIVER_UNSAID}", time=datetime(2026, 1, 1, tzinfo=UTC))
        >>> seen.remarks(GIVER_UNSAID), seen.remarks(RESOLVER_UNSAID)
        (True, False)
        """
        return bool(self.note) and any(one in self.note for one in several)

    @property
    def question(self) -> tuple[str, str, str, str, str, str]:
        """What makes two observations answers to the same question of the same party."""
        return (self.source, self.subject, self.type, self.server, self.zone, self.subnet)

    @property
    def end(self) -> datetime:
        """The last moment the fact stands for."""
        return self.until or self.time

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form: empty fields left out, times in ISO 8601 with ``Z``."""
        row: dict[str, Any] = {
            "subject": self.subject,
            "type": self.type,
            "status": self.status.value,
        }
        for key, value, default in zip(_OPTIONAL, _VALUES(self), _USUAL, strict=True):
            if value != default:
                row[key] = list(value) if isinstance(value, tuple) else value
        row["time"] = format_time(self.time)
        if self.until is not None:
            row["until"] = format_time(self.until)
        if self.evidence is not Evidence.OBSERVED:
            row["evidence"] = self.evidence.value
        return row

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Observation:
        """Read the JSON form.

        Raises
        ------
        RecordingError
            If a field is missing, unknown, or of the wrong form.
        """
        if not row.keys() <= _FIELDS:
            unknown = ", ".join(ascii(key) for key in sorted(row.keys() - _FIELDS))
            raise RecordingError(f"expected only known fields, found {unknown[:200]}")
        for key in ("subject", "type", "status", "time"):
            if key not in row:
                raise RecordingError(f"expected the field {key!r}, found none")
        data = dict(row)
        data["status"] = _member(_STATUSES, "status", data["status"])
        data["time"] = parse_time(data["time"])
        if "until" in data:
            data["until"] = parse_time(data["until"])
        if "evidence" in data:
            data["evidence"] = _member(_EVIDENCES, "evidence", data["evidence"])
        for key, value in row.items():
            if key in _TEXTS:
                if type(value) is not str:
                    raise RecordingError(f"expected text for {key!r}, found {quote(value)}")
            elif key in {"values", "flags"}:
                data[key] = _strings(key, value)
        ttl = data.get("ttl", 0)
        if type(ttl) is not int or not 0 <= ttl < 2**32:
            raise RecordingError(f"expected seconds (32 bits) for 'ttl', found {quote(ttl)}")
        return cls(**data)


def _member(words: Mapping[str, Any], key: str, value: Any) -> Any:
    try:
        return words[value]
    except (KeyError, TypeError):
        raise RecordingError(
            f"expected a known {key} ({', '.join(words)}), found {quote(value)}: a newer depgraph "
            "may know it"
        ) from None


def _strings(key: str, value: Any) -> tuple[str, ...]:
    if type(value) is not list or not all(type(item) is str for item in value):
        raise RecordingError(f"expected a list of texts for {key!r}, found {quote(value)}")
    return tuple(value)


def encodable(text: str) -> str:
    """Replace half surrogate pairs, which no file or terminal can take, by U+FFFD."""
    if text.isascii():  # most are; this is quick
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_cited(citation: str) -> str:
    """Return a citation as readers need it: source and link, once, without our number of the fact.

    >>> as_cited("F010: Axios <https://axios.example/>; F011: a book; F012: a book")
    'Axios <https://axios.example/>; a book'
    """
    return "; ".join(dict.fromkeys(_FACT.sub("", citation).split("; ")))


def as_noted(note: str) -> str:
    """Return a remark on a fact as readers need it: without our numbers of other facts.

    >>> as_noted("'a firm' in F030; it is undated. Against it: it was registrar only (F013)")
    "'a firm'; it is undated. Against it: it was registrar only"
    """
    return _FACTS.sub("", as_cited(note))


def days_text(first: object, last: object) -> str:
    """Return the days from the first to the last as Python's own words for an object have them.

    >>> days_text("2021-02-15", "2021-02-15"), days_text("2021-02-15", "2021-02-17")
    ('2021-02-15', '2021-02-15 to 2021-02-17')
    """
    return " to ".join(dict.fromkeys((str(first), str(last))))


@lru_cache(maxsize=1 << 12)  # the rows of one file often have one time
def format_time(moment: datetime) -> str:
    """Write an aware time as ISO 8601 in UTC, to the second where that loses nothing.

    >>> format_time(datetime(2021, 2, 15, tzinfo=UTC))
    '2021-02-15T00:00:00Z'
    """
    return _in_utc(moment.astimezone(UTC))


@lru_cache(maxsize=1 << 10)
def _in_utc(utc: datetime) -> str:
    precise = "microseconds" if utc.microsecond else "seconds"
    return utc.isoformat(timespec=precise).replace("+00:00", "Z")


def parse_time(text: str) -> datetime:
    """Read an ISO 8601 time with a zone, or a plain day (its midnight UTC).

    Raises
    ------
    RecordingError
        If there is a clock time without a zone: we do not guess.
    """
    if not isinstance(text, str):
        raise RecordingError(f"expected an ISO 8601 time, found {quote(text)}")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is UTC:
            return moment
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RecordingError(f"expected an ISO 8601 time, found {quote(text)}") from None
    if len(text) == 10:
        return moment.replace(tzinfo=UTC)
    raise RecordingError(f"expected a time with its zone, such as {text}Z, found {text!r}")


_DEFAULTS: dict[str, Any] = {
    name: field.default for name, field in Observation.__dataclass_fields__.items()
}
_FIELDS = frozenset(_DEFAULTS)
_STATUSES: dict[str, Status] = {status.value: status for status in Status}
_EVIDENCES: dict[str, Evidence] = {evidence.value: evidence for evidence in Evidence}
_OPTIONAL = (
    "values",
    "ttl",
    "flags",
    "section",
    "zone",
    "server",
    "server_name",
    "source",
    "citation",
    "vantage",
    "subnet",
    "note",
)
_VALUES = attrgetter(*_OPTIONAL)
_USUAL = tuple(_DEFAULTS[name] for name in _OPTIONAL)
_TEXTS = frozenset(_FIELDS - {"status", "values", "ttl", "flags", "time", "until", "evidence"})


__getattr__ = former(__name__, {"brief": "depgraph.text_safety.quote"})
