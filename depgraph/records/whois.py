"""WHOIS text about a domain (RFC 3912): no form is prescribed, so general rules read what is met.

Four layouts cover the registries that were seen: ``key: value`` lines, ``[key] value`` (.jp),
a key alone whose value stands below it (.uk, .nl), and objects of several lines under a heading
(.it, .ee, .eu). Which words are read stands in one table; a word that is not there is passed
over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from depgraph.observations import Status
from depgraph.records.epp import epp_status
from depgraph.records.rdata import host
from depgraph.records.text import facts, field, is_withheld

_WORDS = {
    "registrar": (
        "registrar",
        "registrar name",
        "registrar organization",
        "sponsoring registrar",
        "current registrar",
        "current registar",  # .kz, its own spelling
        "registration service provider",  # .tw
        "authorized agency",  # .kr
    ),
    "registrar-id": ("registrar iana id", "sponsoring registrar iana id"),
    "reseller": ("reseller", "reseller name", "registration reseller"),
    "registrant": (
        "registrant organization",
        "registrant organisation",
        "registrant contact organization",
        "registrant contact organisation",  # .ae, .om
        "organization",  # .jp
        "organisation",
        "organization name",  # .kz
        "owner orgname",  # .tm
    ),
    "status": ("domain status", "registration status", "status", "state"),
    "nameserver": (
        "name server",
        "name servers",
        "nserver",
        "nameserver",
        "nameservers",
        "domain nameservers",
        "domain servers in listed order",
        "host name",  # .kr
        "primary server",  # .kz
        "secondary server",
        "ns",  # .tm numbers them
    ),
    "created": (
        "creation date",
        "created",
        "created date",
        "created on",
        "domain created",  # .kz
        "domain create date",
        "domain registration date",
        "registered",
        "registered date",
        "registered on",
        "registration date",
    ),
    "changed": (
        "changed",
        "domain last updated date",
        "last modified",
        "last update",
        "last-update",
        "last updated",
        "last updated on",
        "updated date",
    ),
    "expires": (
        "domain expiration date",
        "expiration date",
        "expire",  # .cz and others with the same software
        "expires",
        "expiry",
        "expiry date",
        "paid-till",
        "registrar registration expiration date",
        "registry expiry date",
    ),
}
_FIELDS = {word: name for name, words in _WORDS.items() for word in words}
_LISTS = frozenset({"status", "nameserver"})
_SHARED = frozenset({"organization", "organisation", "state"})
"""Words that belong to whatever object they stand in."""

_REGISTRANT = "of the registrant"
_SECTIONS = dict.fromkeys(("registrant", "holder", "domain holder", "owner"), _REGISTRANT)
_NAMES = {  # a heading's field -> the words under it that give the name, and of which field
    "registrar": ("registrar", frozenset({"organization", "organisation", "name"})),
    _REGISTRANT: ("registrant", frozenset({"organization", "organisation"})),
}
_DOMAIN = frozenset({"domain", "domain name"})
_HOST_OBJECT = "server name"  # Verisign lists hosts whose names begin like the domain's
_PROVE = frozenset({"registrar", "nameserver", "created"})
"""Fields that only an answer about a registered domain has."""

_LONGEST_LINE = 1000  # characters; the rest of a longer one is no field's
_LONGEST_NOTICE = 100_000  # characters of an answer that are searched for a notice
_COMMENT = ("%", "#", ">>>", "--")
_LINE = re.compile(r"(?:[a-z]\. )?(?:\[([^\]]+)\]|([^:\[\]]{2,60}?)\s*:)[\s.]*(.*)")
_KEY_END = re.compile(r"[.\s]*\d*$")
_NONE = re.compile(r"no\b[a-z ]*\blisted\b.*|none|n/a|-+", re.IGNORECASE)
_NO_SERVER = "not.defined"  # .uz writes it where a server or its address would stand
_REGISTRY_MARK = re.compile(
    r"\s*(?:\(R[\w-]+\)|\bR\d{1,5}-[A-Z]{2,6}|\[Tag\s*=[^\]]*\])$", re.IGNORECASE
)
_ABSENT = re.compile(
    r"no match|not found|no entries found|no data found|no object found|nothing found|"
    r"is available for|status:\s*(?:free|available)|does not exist|not registered",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:limit|quota|queries|requests|lookups)\b.{0,80}?\bexceeded|"
    r"\bexceeded\b.{0,80}?\b(?:limit|quota|maximum|rate|number)|"
    r"too many (?:requests|queries|connections)|try again later",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|when|whenever|unless|should|in case)\b", re.IGNORECASE)
_STATEMENT = re.compile(r"(?<=[.!?;])\s+|\n(?=[A-Z])|\n\s*\n")
_COMMENT_SIGNS = re.compile(r"^[%#;*>\t -]+", re.MULTILINE)


def decode(data: bytes) -> str:
    """Return the text of an answer; the protocol names no encoding.

    >>> decode("OÜ".encode()) == decode("OÜ".encode("latin-1"))
    True
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_whois(text: str) -> tuple[Status, tuple[str, ...]]:
    r"""Read the answer of a WHOIS server about a domain.

    Parameters
    ----------
    text
        The answer, or what a data set kept of it.

    Returns
    -------
    How the question ended, and the values of a ``registration`` observation: ``answer`` if
    there is a registration (perhaps without registrar: not every registry publishes it),
    ``rate-limited`` or ``not-found`` if the server says so, else ``malformed``.

    Examples
    --------
    >>> read_whois("Domain Name: A.EXAMPLE\nRegistrar: Example Ltd\nDomain Status: client hold")
    (<Status.ANSWER: 'answer'>, ('registrar Example Ltd', 'status clientHold'))
    >>> read_whois("No match for a.example")
    (<Status.NOT_FOUND: 'not-found'>, ())
    """
    rows: dict[str, list[str]] = {}
    for name, value in _pairs(text):
        if name not in _LISTS and name in rows:
            continue  # the first is the domain's own; contacts and hosts follow
        cleaned = _clean(name, value)
        if cleaned:
            rows.setdefault(name, []).extend(cleaned)
    values = facts((name, value) for name, found in rows.items() for value in found)
    if rows.keys() & _PROVE:
        return Status.ANSWER, values
    notice = _notice(text)
    if notice is not None:
        return notice, ()
    if "status" in rows and _names_domain(text):
        return Status.ANSWER, values
    return Status.MALFORMED, ()


def read_iana(text: str) -> tuple[str, ...]:
    r"""Read IANA's WHOIS answer about a top-level domain.

    Parameters
    ----------
    text
        The answer.

    Returns
    -------
    The values of a ``registry`` observation, empty if there are none.

    Examples
    --------
    >>> read_iana("organisation: NIC Example\nwhois: whois.nic.example")
    ('operator NIC Example', 'whois whois.nic.example')
    """
    keys = {"organisation": "operator", "whois": "whois"}
    rows: dict[str, str] = {}
    for line in text.splitlines():
        word, _, rest = line.partition(":")
        value = field(rest)
        if word in keys and value:
            rows.setdefault(keys[word], value)
    return facts(rows.items())


@dataclass(slots=True)
class _Heading:
    """A line that tells what the lines below it are about.

    `name` is the field that they give (empty: none that is read), `open` whether they need
    not be indented, because the heading has no value of its own.
    """

    name: str
    indent: int
    open: bool


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Iterate over the fields of an answer, with each of their values as it stands."""
    heading: _Heading | None = None
    of_a_host = False
    for whole in text.splitlines():
        line = whole[:_LONGEST_LINE].rstrip()
        if not line or line.startswith(_COMMENT):
            heading, of_a_host = None, False
            continue
        indent = len(line) - len(line.lstrip())
        key, value = _split(line.strip())
        of_a_host = of_a_host or key == _HOST_OBJECT
        within = heading is not None and (indent > heading.indent or heading.open)
        name = _FIELDS.get(key, "")
        if name == "registrar" and of_a_host:
            continue
        if name and not (within and key in _SHARED):
            if value:
                yield name, value
            if not value or name in _LISTS:
                heading = _Heading(name, indent, open=not value)
        elif within and heading is not None:
            yield from _below(heading, key, value, line.strip())
        else:
            heading = _heading(line, key, value, indent)


def _below(heading: _Heading, key: str, value: str, line: str) -> Iterator[tuple[str, str]]:
    """Iterate over what a line under a heading gives: a value of its field, or its name."""
    if heading.name == "nameserver":  # a colon may be that of an IPv6 address
        yield heading.name, line
        heading.open = heading.open and _server(line) != ""
        return
    name, words = _NAMES.get(heading.name, (heading.name, frozenset()))
    stands_alone = not key and heading.name != _REGISTRANT  # a person's name may stand there
    if name and (key in words or stands_alone):
        yield name, value or line
        if name not in _LISTS:
            heading.name = ""  # an address or a web site follows
    heading.open = False


def _heading(line: str, key: str, value: str, indent: int) -> _Heading | None:
    """Return the heading that a line is; None where it is a field that is not read."""
    if key:
        return None if value else _Heading(_SECTIONS.get(key, ""), indent, open=False)
    word = _plain(line)
    return _Heading(_FIELDS.get(word) or _SECTIONS.get(word, ""), indent, open=False)


def _split(line: str) -> tuple[str, str]:
    """Return the key and the value of a line; an empty key where it has none."""
    match = _LINE.match(line)
    return (_plain(match[1] or match[2]), match[3]) if match else ("", "")


def _plain(key: str) -> str:
    """Return a key without leader dots, a number at its end, capitals and double spaces."""
    return " ".join(_KEY_END.sub("", key).lower().split())


def _clean(name: str, text: str) -> list[str]:
    """Return the values that a field's text stands for; none where it names nothing."""
    value = field(text)
    if is_withheld(value) or _NONE.fullmatch(value):
        return []
    if name == "registrar":
        return [_REGISTRY_MARK.sub("", value)]
    if name == "registrar-id":
        return [value] if value.isdigit() else []
    if name == "nameserver":
        server = _server(value)
        return [server] if server else []
    if name == "status":
        if re.fullmatch("[A-Z]{2}", value):  # "State: CA" of an address
            return []
        return [epp_status(part) for part in value.split(",")]
    return [value]


def _server(text: str) -> str:
    """Return the host name that a text begins with, empty if none; its address may follow."""
    words = text.replace("\\t", " ").split()
    server = host(words[0].rstrip(",;")) if words else None
    return server if server and "." in server and server != _NO_SERVER else ""


def _notice(text: str) -> Status | None:
    """Return what a server says instead of an answer: it is too much, or there is no such name.

    Terms of use speak of both as well ("If too many queries are received ..."): what stands
    under a condition has not happened.
    """
    plain = _COMMENT_SIGNS.sub("", text[:_LONGEST_NOTICE].replace("\r\n", "\n"))
    statements = [" ".join(part.split()) for part in _STATEMENT.split(plain)]
    for pattern, status in ((_LIMITED, Status.RATE_LIMITED), (_ABSENT, Status.NOT_FOUND)):
        for statement in statements:
            match = pattern.search(statement)
            if match and not _CONDITION.search(statement, 0, match.start()):
                return status
    return None


def _names_domain(text: str) -> bool:
    return any(_split(line[:_LONGEST_LINE].strip())[0] in _DOMAIN for line in text.splitlines())
