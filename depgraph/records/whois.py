"""WHOIS text about a domain (RFC 3912): no form is prescribed, so general rules read what is met.

Four layouts cover the registries that were seen: ``key: value`` lines, ``[key] value`` (.jp),
a key alone whose value stands below it (.uk, .nl), and objects of several lines under a heading
(.it, .ee, .lv, .eu). Which words are read stands in one table; a word that is not there is passed
over. A second table tells the notices that servers send in place of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from depgraph.names import written
from depgraph.observations import Status
from depgraph.records.epp import epp_status, not_delegated
from depgraph.records.rdata import address, address_type, host
from depgraph.records.text import facts, field, is_name, is_withheld

_WORDS = {
    "registrar": (
        "registrar",
        "registrar name",
        "registrar organization",
        "registrar organization name",
        "registrar company",
        "registrar company name",
        "registrar handle",  # .no names it by nothing else
        "domain registrar",
        "sponsoring registrar",
        "sponsoring registrar organization",
        "current registrar",
        "current registar",  # .kz, its own spelling
        "registration service provider",  # .tw
        "registered by",  # .ac.uk
        "registered through",
        "account name",  # .ie: of the registrar's account
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
        "org",  # .by
        "owner orgname",  # .tm
    ),
    "status": (
        "domain status",
        "registration status",
        "renewal status",  # .ie
        "query status",  # .nz, until 2022
        "epp status",  # .sk
        "eppstatus",  # .fr
        "domain state",  # .md
        "estado",
        "estatus del dominio",  # .ve
        "domaintype",  # .lu
        "status",
        "state",
    ),
    "hold": ("hold",),  # .fr
    "nameserver": (
        "name server",
        "name servers",
        "name server information",  # .bg
        "name servers information",  # .hk
        "name servers in the listed order",  # .kg
        "name servers in listed order",
        "nserver",
        "nservers",  # .lv
        "nameserver",
        "nameservers",
        "nameserver information",
        "domain nameservers",
        "domain name servers",
        "domain servers",  # .tr
        "domain server",  # .nc
        "domain servers in listed order",
        "dns servers",  # .am
        "dns",  # .rs, .mx
        "servers",  # .ac.uk
        "servidor(es) de nombres de dominio",  # .ve
        "hostname",  # .dk
        "host name",  # .kr
        "primary server",  # .kz
        "secondary server",
        "ns",  # .tm numbers them
        "ns name",  # .nz, until 2022
    ),
    "created": (
        "creation date",
        "activated",
        "acivated",  # .tn, its own spelling
        "created",
        "created date",
        "created on",
        "domain created",  # .kz
        "domain create date",
        "domain record activated",  # .edu
        "domain registration date",
        "entry created",  # .ac.uk
        "fecha de registro",  # .bo
        "first registration date",  # .ch
        "record created",
        "record created on",  # .tw
        "registered",
        "registered date",
        "registered on",
        "registration date",
        "registration time",  # .cn
    ),
    "changed": (
        "changed",
        "domain last updated date",
        "domain record last updated",
        "entry updated",
        "last modified",
        "last update",
        "last updated",
        "last updated on",
        "modification date",
        "record last updated on",
        "modified",
        "modified date",
        "update date",
        "updated date",
    ),
    "expires": (
        "domain expiration date",
        "domain expires",  # .edu
        "exp date",  # .th
        "expiration date",
        "expiration time",  # .cn
        "expire",  # .cz and others with the same software
        "expire date",
        "expires",
        "expires on",
        "expiry",
        "expiry date",
        "fecha de vencimiento",  # .bo
        "paid till",
        "record expires on",  # .tw
        "registrar registration expiration date",
        "registry expiry date",
        "renewal date",  # .ie
        "validity",  # .il
    ),
}
_FIELDS = {word: name for name, words in _WORDS.items() for word in words}
_LISTS = frozenset({"status", "nameserver"})
_SHARED = frozenset({"organization", "organisation", "organization name", "org", "state"})
"""Words that belong to whatever object they stand in."""

_REGISTRANT = "of the registrant"
_SECTIONS = dict.fromkeys(("registrant", "holder", "domain holder", "owner"), _REGISTRANT) | {
    "flags": "status"  # .be
}
_ORGANISATION = frozenset({"organization", "organisation", "organization name", "org"})
_NAMES = {  # a heading's field -> the words under it that give the name, and of which field
    "registrar": ("registrar", _ORGANISATION | {"name"}),
    _REGISTRANT: ("registrant", _ORGANISATION),
}
_OTHER_OBJECTS = frozenset(
    {"contact", "person", "role", "nic hdl", "nic hdl br", "keyset", "nsset"}
)
"""First words of objects beside the domain's; each gives a registrar and days of its own."""
_DOMAIN = frozenset({"domain", "domain name", "domainname", "dominio"})
_HOST_OBJECT = "server name"  # Verisign lists hosts whose names begin like the domain's
_PROVE = frozenset({"registrar", "registered-with", "nameserver", "created"})
"""Fields that only an answer about a registered domain has."""

_LONGEST_LINE = 1000  # characters; the rest of a longer one is no field's
_LONGEST_NOTICE = 100_000  # characters of an answer that are searched for a notice
_COMMENT = ("%", "#", ">>>", "--")
_ORNAMENT = re.compile(r"^\s*\*\*+\s*")  # .tr sets it before a heading
_BULLET = re.compile(r"^[-*•]\s+")
_LINE = re.compile(r"(?:[a-z]\. )?(?:\[([^\]]+)\]|([^:\[\]]{2,60}?)\s*:(?!//))[\s.]*(.*)")
_RECORD = re.compile(
    r"((?:domain )?record (?:created|expires|last updated)(?: on)?)\s+(\S.*)", re.IGNORECASE
)
_KEY_END = re.compile(r"(?:(?<![.#\s])[.#\s]++|(?<![.#\s\d]))\d*+$")
_KEY_JOIN = re.compile(r"[-_\s]+")
_PARTS = re.compile(r"[,;|]|\s/\s")
_NONE = re.compile(r"no\b[a-z ]*\blisted\b.*|none|n/a|-+", re.IGNORECASE)
_DIRECT = re.compile(r"\bregistered directly with\b", re.IGNORECASE)
_NO_SERVER = "not.defined"  # .uz writes it where a server or its address would stand
_CONTACT = re.compile(
    r"(?:\w+ )?(?:admin|administrat|tech|billing|financ|zone|contact|on site)\w*(?: \w+){0,2}$"
)
_REGISTRY_MARK = re.compile(
    r"""\s*(?:
        \(\s*(?:https?://[^)]*|www\.[^)]*|\d+|[A-Z\d]+-[A-Z\d-]+)\s*\)  # address, number or handle
        | \bR\d{1,5}-[A-Z]{2,6}
        | \[Tag\s*=[^\]]*\]
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTICE_WORDS = (  # in this order: a server that throttles or refuses has not looked
    (
        Status.RATE_LIMITED,
        (
            r"\b(?:limit|quota|queries|requests|lookups|rate)\b.{0,80}?\b(?:exceeded|reached)|"
            r"\b(?:exceeded|reached)\b.{0,80}?\b(?:limit|quota|maximum|rate|number|queries)|"
            r"too many (?:requests|queries|connections|lookups)|try again (?:later|in)|"
            r"excessive quer|still in grace period|(?:interval|access|rate)\b.{0,30}\btoo (?:short|fast|high)|"
            r"\b(?:has|have) been throttled|wait \d+ seconds"
        ),
    ),
    (
        Status.REFUSED,
        (
            r"^(?!.*\b(?:if|when|whenever|unless)\b).*?(?:"
            r"\b(?:access|permission|connection|request|query) (?:is |was |has been )?"
            r"(?:denied|refused|forbidden|blocked)|"
            r"requests of this client are not permitted|"
            r"\bip(?: address)?\b.{0,60}\b(?:blocked|banned|black-?listed|denied|"
            r"not (?:authori[sz]ed|allowed|permitted))|"
            r"\byou (?:are|have been) (?:temporarily |permanently )?(?:blocked|banned|black-?listed|denied))"
        ),
    ),
    (
        Status.NOT_FOUND,
        (
            r"\bno (?:match|matching|such|entries|entry|data|objects?|records?|information)\b"
            r".{0,30}?(?:for|found|domain|available|exists?)\b|\bno match\b|"
            r"\bno (?:matching records?\b|records? matching|domains? found)|"
            r"\bnot found|nothing found|not[ _]exists?\b|does ?n[o']t exist|domain unknown|"
            r"unknown domain|not (?:been )?registered|no se encontr|nao encontrado|"
            r"\bis available for (?:re-?)?(?:registration|purchase|delegation)|"
            # of a name, and of no service that is free or available
            r"(?:^|\b(?:domain|name)\b.{0,80}?|\w\.[\w-]{2,}\.?\s+)\bis (?:free|available)[.!\s]*$|"
            r"(?:status|state):\s*(?:\d+ )?(?:free|available|not registered|unassigned|unregistered)\b|"
            r"(?:^|\bname )can be registered|^available$|\bno found\b|no se encuentra|no existe|"
            r"do(?:es)? not have an? (?:entry|record)"
        ),
    ),
    (
        Status.ERROR,
        r"status:\s*invalid|\binvalid (?:query|request|domain|pattern|input)|syntax error",
    ),
)
_NOTICES = tuple((status, re.compile(words, re.IGNORECASE)) for status, words in _NOTICE_WORDS)
_RESERVED = re.compile(
    r"\b(?:name|domain|string|label)\b.{0,80}\b(?:is|has been) (?:reserved|restricted|blocked)\b|"
    r"^reserved (?:domain |by )|not available for registration|"
    r"^(?:the )?(?:domain|name)(?: name)?(?: is)? not available|can ?not be registered",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"\b(?:this|the) (?:registration|(?:domain )?name|domain)(?: registration)? "
    r"(?:has been|is|was) (?:currently |temporarily )?suspended\b",
    re.IGNORECASE,
)
"""A sentence that says so beside the status, or instead of one (.uk)."""
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|unless|should|in case|may|might|will|would|can|whether)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"(?<=[.!?;])\s+|\n(?=[A-Z])|\n\s*\n|\n(?=[^\n:]{2,40}:)")
_COMMENT_SIGNS = re.compile(r"^[%#;*>\t -]+", re.MULTILINE)
_OF_SOMEBODY = re.compile(
    r"^(?:registra(?:nt|r)|admin|tech|billing|owner|holder|dns|ds|key|e-?mail|phone|fax|address)\b"
    r"[^:]*:",
    re.IGNORECASE,
)
"""A field in which "not found" is said of a part, and not of the domain."""


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
    there is a registration (perhaps without registrar: not every registry publishes it) or the
    registry keeps the name for itself (status ``reserved``); ``rate-limited``, ``refused``,
    ``not-found`` or ``error`` if the server says so; else ``malformed``.

    Examples
    --------
    >>> read_whois("Domain Name: A.EXAMPLE\nRegistrar: Example Ltd\nDomain Status: client hold")
    (<Status.ANSWER: 'answer'>, ('registrar Example Ltd', 'status clientHold'))
    >>> read_whois("No match for a.example")
    (<Status.NOT_FOUND: 'not-found'>, ())
    """
    rows: dict[str, list[str]] = {}
    for name, value in _pairs(text):
        if name == "registrar" and _DIRECT.search(value):
            rows.setdefault("registered-with", ["registry"])
        if name not in _LISTS and name in rows:
            continue  # the first is the domain's own; contacts and hosts follow
        cleaned = _clean(name, value)
        name = "status" if name == "hold" else name  # noqa: PLW2901
        if cleaned:
            rows.setdefault(name, []).extend(cleaned)
    if rows and _states(text, _SUSPENDED) and "Suspended" not in rows.get("status", ()):
        rows.setdefault("status", []).append("suspended")
    values = facts((name, value) for name, found in rows.items() for value in found)
    if rows.keys() & _PROVE:
        return Status.ANSWER, values
    notice = _notice(text)
    if notice is not None:
        return notice, ()
    if _states(text, _RESERVED):
        return Status.ANSWER, ("status reserved",)
    if "status" in rows and _names_domain(text):
        return Status.ANSWER, values
    return Status.MALFORMED, ()


def read_glue(text: str) -> dict[tuple[str, str], tuple[str, ...]]:
    r"""Read the addresses that a registry writes behind the name servers of a domain.

    DENIC writes them bare, AFNIC and NASK in brackets, Nominet in a column of its own. What a registrar
    writes below, whom the registry referred to, is none of the registry's.

    Returns
    -------
    By server and type of record.

    Examples
    --------
    >>> read_glue("Domain: a.de\nNserver: ns1.a.de 192.0.2.1, 2001:db8::1\nNserver: ns.b.example")
    {('ns1.a.de', 'A'): ('192.0.2.1',), ('ns1.a.de', 'AAAA'): ('2001:db8::1',)}
    """
    found: dict[tuple[str, str], set[str]] = {}
    for name, value in _pairs(parts(text)[0]):
        server = _server(value) if name == "nameserver" else ""
        for word in _BETWEEN.split(value) if server else ():
            if (kind := address_type(word)) and (one := address(word)):
                found.setdefault((server, kind), set()).add(one)
    return {key: tuple(sorted(several)) for key, several in sorted(found.items())}


_BETWEEN = re.compile(r"[\s,;()\[\]]+")
_NAMED = re.compile(r"(?im)^[ \t]*domain(?:[ _-]?name)?[ \t]*:[ \t]*([\w-]+\.[\w.-]+)[ \t]*\r?$")
_MOST_PARTS = 4  # answers that a client writes one after the other


def parts(text: str) -> list[str]:
    r"""Part what a client wrote whom a registry referred to the registrar: each has its own answer.

    Where the domain is named again another begins, if either names a registrar: of a thin registry
    and a registrar each may say what the other does not, or otherwise.

    >>> len(parts("Domain Name: A.EXAMPLE\nRegistrar: X\n\nDomain Name: a.example\nRegistrar: Y"))
    2
    """
    found: list[str] = []
    named = list(_NAMED.finditer(text))
    for again in named[1 : 4 * _MOST_PARTS]:
        at = again.start() - sum(map(len, found))
        if again[1].lower() != named[0][1].lower() or len(found) == _MOST_PARTS:
            break
        if _names_registrar(text[:at]) and _names_registrar(text[at:]):
            found.append(text[:at])
            text = text[at:]
    return [*found, text]


def readings(text: str) -> list[tuple[Status, tuple[str, ...]]]:
    r"""Read what a client wrote whom a registry referred to the registrar: each answer by itself.

    The registry puts a name into its zone or keeps it out: what it says of the status decides. The registrar's
    copy, which need not list what the registry has set, says nothing of it, but where it alone has a hold.

    >>> registry = "Domain Name: A.EXAMPLE\nRegistrar: X\nDomain Status: clientHold\n\n"
    >>> readings(registry + "Domain Name: a.example\nRegistrar: X\nDomain Status: ok")[1]
    (<Status.ANSWER: 'answer'>, ('registrar X',))
    """
    first, *copies = map(read_whois, parts(text))
    decided = _statuses(first[1])
    return [
        first,
        *(
            (status, values)
            if not decided or (not_delegated(_statuses(values)) and not not_delegated(decided))
            else (status, tuple(one for one in values if not one.startswith("status ")))
            for status, values in copies
        ),
    ]


def _statuses(values: tuple[str, ...]) -> list[str]:
    return [value.removeprefix("status ") for value in values if value.startswith("status ")]


def _names_registrar(text: str) -> bool:
    return any(value.startswith("registrar") for value in read_whois(text)[1])


def is_about(text: str, name: str) -> bool:
    r"""Tell whether an answer is about a domain: it names it, or names none where registries do.

    >>> is_about("Domain Name: B.EXAMPLE\nRegistrar: X", "a.example"), is_about("Registrar: X", "a.example")
    (False, True)
    """
    if name in (lowered := text.lower()) or written(name) in lowered:
        return True
    return not _NAMED.search(text)


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
    not be indented, because the heading has no value of its own and no empty line followed;
    `begun` that a list below it has.
    """

    name: str
    indent: int
    open: bool
    begun: bool = False


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Iterate over the fields of an answer, with each of their values as it stands."""
    heading: _Heading | None = None
    begins, of_a_host, of_another = True, False, False
    for whole in text.splitlines():
        line = _ORNAMENT.sub("", whole[:_LONGEST_LINE].rstrip())
        if not line or line.startswith(_COMMENT):
            begins, of_a_host, of_another = True, False, False
            heading = _after_gap(heading, line)
            continue
        indent = len(line) - len(line.lstrip())
        key, value = _split(line.strip())
        of_another = of_another or (begins and key in _OTHER_OBJECTS and value != "")
        of_a_host = of_a_host or key == _HOST_OBJECT
        begins = False
        within = heading is not None and (indent > heading.indent or heading.open)
        name = _FIELDS.get(key, "")
        if (of_a_host and name == "registrar") or (of_another and name != "nameserver"):
            continue
        if name and not (within and key in _SHARED):
            if value:
                yield name, value
            if not value or name in _LISTS:
                heading = _Heading(name, indent, open=not value)
        elif within and heading is not None and not _begins_section(line, heading):
            yield from _below(heading, key, value, line.strip())
        else:
            heading = _heading(line, key, value, indent)


def _after_gap(heading: _Heading | None, line: str) -> _Heading | None:
    """Return what is left of a heading after an empty line or a comment.

    Lines that are indented still belong to it; a list that has not begun may begin after it.
    """
    if heading is None or line:
        return None
    heading.open = heading.open and heading.name == "nameserver" and not heading.begun
    return heading


def _below(heading: _Heading, key: str, value: str, line: str) -> Iterator[tuple[str, str]]:
    """Iterate over what a line under a heading gives: a value of its field, or its name."""
    if heading.name == "nameserver":  # a colon may be that of an IPv6 address
        yield heading.name, line
        heading.begun = True
        heading.open = heading.open and _server(line) != ""
        return
    name, words = _NAMES.get(heading.name, (heading.name, frozenset()))
    stands_alone = not key and heading.name != _REGISTRANT  # a person's name may stand there
    if name and (key in words or stands_alone):
        yield name, value or line
        if name not in _LISTS:
            heading.name = ""  # an address or a web site follows
    heading.open = heading.open and key != ""


def _begins_section(line: str, heading: _Heading) -> bool:
    """Tell whether a line that need not be indented below a heading is a heading itself."""
    if len(line) - len(line.lstrip()) > heading.indent:
        return False
    word = _plain(line.rstrip(":"))
    return word in _SECTIONS or word in _FIELDS


def _heading(line: str, key: str, value: str, indent: int) -> _Heading | None:
    """Return the heading that a line is; None where it is a field that is not read."""
    if key and value:
        return None
    word = key or _plain(line)
    name = _FIELDS.get(word) or _SECTIONS.get(word, "")
    return _Heading(name, indent, open=name != "" or _CONTACT.match(word) is not None)


def _split(line: str) -> tuple[str, str]:
    """Return the key and the value of a line; an empty key where it has none."""
    match = _LINE.match(line)
    if match is None:
        match = _RECORD.match(line)
        return (_plain(match[1]), match[2]) if match else ("", "")
    return _plain(match[1] or match[2]), match[3]


def _plain(key: str) -> str:
    """Return a key in small letters, without leader dots, a number at its end, and hyphens.

    Of a key in two languages ("Estado / Status") the second is read.
    """
    last = key.rpartition(" / ")[2]
    return _KEY_JOIN.sub(" ", _KEY_END.sub("", last).lower()).strip()


def _clean(name: str, text: str) -> list[str]:
    """Return the values that a field's text stands for; none where it names nothing."""
    value = field(text)
    if is_withheld(value) or _NONE.fullmatch(value):
        return []
    if name == "registrar":
        bare = _REGISTRY_MARK.sub("", value)
        return [bare] if is_name(bare) else []
    if name == "registrar-id":
        return [value] if value.isdigit() else []
    if name == "nameserver":
        server = _server(value)
        return [server] if server else []
    if name == "hold":
        return ["hold"] if value.upper() == "YES" else []
    if name == "status":
        if re.fullmatch("(?!OK)[A-Z]{2}", value):  # "State: CA" of an address
            return []
        return [epp_status(part) for part in _PARTS.split(value)]
    return [value]


def _server(text: str) -> str:
    """Return the host name that a text begins with, empty if none; its address may follow.

    It may stand in the form of a zone file (``a.example NS ns1.example.net``).
    """
    words = _BULLET.sub("", text.replace("\\t", " ")).split()
    if "NS" in words[1:-1]:
        words = words[words.index("NS") + 1 :]
    server = host(words[0].rstrip(",;")) if words else None
    return server if server and "." in server and server != _NO_SERVER else ""


def _notice(text: str) -> Status | None:
    """Return what a server says instead of an answer: it is too much, or there is no such name.

    Terms of use speak of both as well ("If too many queries are received ..."): what stands
    under a condition has not happened.
    """
    for status, pattern in _NOTICES:
        if _states(text, pattern):
            return status
    return None


def _states(text: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a statement of an answer fits a pattern, under no condition."""
    plain = text[:_LONGEST_NOTICE].replace("\r\n", "\n").replace("_", " ")
    plain = _COMMENT_SIGNS.sub("", plain)
    for part in _STATEMENT.split(plain):
        statement = " ".join(part.split())
        match = None if _OF_SOMEBODY.match(statement) else pattern.search(statement)
        if match and not _CONDITION.search(statement, 0, match.start()):
            return True
    return False


def _names_domain(text: str) -> bool:
    return any(_split(line[:_LONGEST_LINE].strip())[0] in _DOMAIN for line in text.splitlines())
