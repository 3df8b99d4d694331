"""Answers of registries as they were saved: ``whois NAME > FILE``, or the RDAP object of a domain.

An answer of WHOIS says its day as ICANN's contracts word it (``>>> Last update of WHOIS database:
2026-08-01T10:00:00Z <<<``) or as that of .uk does (``WHOIS lookup made at 10:00:00 01-Aug-2026``),
RDAP by the event ``last update of RDAP database`` (RFC 9083, section 10.2.3). Where neither does,
the day has to be given.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.intake import read_bytes
from depgraph.names import canonical, registered_domain
from depgraph.observations import Status
from depgraph.readers.days import Interval
from depgraph.readers.lines import BadLine, each
from depgraph.readers.plain import read_row
from depgraph.recording import Recording
from depgraph.records.days import day_of
from depgraph.records.whois import decode, read_whois
from depgraph.text_safety import quote

_NAMED: Final = re.compile(
    r"(?im)^(?:\*\*)?[ \t]*\[?(?:domain(?:[ _-]?name)?|ドメイン名)\]?(?:\.{2,})?[ \t]*+:?\s*+([\w-]+(?:\.[\w-]+)+)\.?[ \t]*\r?$"
)
_NOT_THERE: Final = re.compile(
    r"(?im)^[%#\t\r\f\v ]*(?:no match|(?:domain )?not found|no data found|no entries found|nothing found|no object found)"
    r"(?: for)?:?(?: domain)?:?[ \t]+[\"']?([\w-]+(?:\.[\w-]+)+)\.?[\"']?[.!]?[ \t]*\r?$"
    r"|^[ \t]*(?:domain )?[\"']?([\w-]+(?:\.[\w-]+)+)[\"']? not found\.?[ \t]*\r?$"
)
"""That a registry has no such domain, with its name."""
_PROMPT: Final = re.compile(
    r"(?m)^(?:[$#>%]|\S+[$#]) *(?i:j?whois)(?: +-\S+(?: +[a-z][\w.-]*)?)*? +([\w-]+(?:\.[\w-]+)+)\.?[ \t]*\r?$"
)
"""The command that was pasted along, with the domain."""
_NETWORK: Final = re.compile(r"(?m)^(?:NetRange|inetnum|inet6num|aut-num|ASNumber):()")
"""The first line of what a registry of addresses says."""
_OF_A_NETWORK: Final = "a network"
_UPDATED: Final = re.compile(
    r"(?i)last update of (?:the )?whois database:?\s*(\d{4}-\d\d-\d\d)"
    r"|^[ \t]*whois lookup made at [\d:]+ (\d\d-[a-z]{3}-\d{4})",  # .uk
    re.MULTILINE,
)
_NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_OF_NO_DOMAIN: Final = re.compile(
    r"\bno\b[^.]*\bserver\b|\bbootstrap|\b(?:ip|network|autnum|entity|nameserver)\b", re.IGNORECASE
)
"""That it is no domain that is not there, or no registry that was asked (a redirecting server knows none)."""
_RDAP_UPDATED: Final = "last update of rdap database"


def is_whois(text: str) -> bool:
    r"""Tell whether a text is an answer of WHOIS about a domain: its registration, or that there is none.

    >>> is_whois("Domain Name: A.EXAMPLE\nRegistrar: X"), is_whois("a.example. IN A 192.0.2.1")
    (True, False)
    """
    named = _NAMED.search(text)
    if not (named or _NOT_THERE.search(text) or _PROMPT.search(text)):
        return False
    status, _ = read_whois(text)
    # That there is none some say below the name, as of one that is there.
    return status is Status.NOT_FOUND or (bool(named) and status is Status.ANSWER)


def read_whois_file(
    path: str | os.PathLike[str], *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read answers of WHOIS, one after the other: where another domain is named, another begins.

    Parameters
    ----------
    undated
        First and last moment, for an answer that does not say its day.

    Raises
    ------
    RecordingError
        If it is one answer, and names no domain or its day is not known.
    """
    answers = _answers(decode(read_bytes(path, error=RecordingError)))
    if len(answers) == 1:
        yield _whois(answers[0][1], path, undated)
        return
    for line, text in answers:
        if not text:
            yield BadLine(line, "left out what is said of a network, and not of a domain")
            continue
        try:
            yield _whois(text, path, undated)
        except RecordingError as error:
            yield BadLine(line, str(error))


def _answers(text: str) -> list[tuple[int, str]]:
    """Part a text before each line that names another domain, with the numbers of the first lines.

    What a registry and then a registrar say of one domain is one answer. What is said of a network, as
    of the addresses of a domain, is empty here: its owner is not that of the domain.
    """
    found = [
        m for pattern in (_PROMPT, _NAMED, _NOT_THERE, _NETWORK) for m in pattern.finditer(text)
    ]
    starts = [(0, "")]
    for match in sorted(found, key=lambda m: m.start()):
        word = next(filter(None, match.groups()), "")
        name = canonical(word) if word else _OF_A_NETWORK
        if not starts[-1][1]:
            starts[-1] = (starts[-1][0], name)
        elif name != starts[-1][1]:
            starts.append((match.start(), name))
    ends = [*(at for at, _ in starts[1:]), len(text)]
    answers, line = [], 1
    for (at, name), end in zip(starts, ends, strict=True):
        answers.append((line, "" if name == _OF_A_NETWORK else text[at:end]))
        line += text.count("\n", at, end)
    return answers


def _whois(text: str, path: str | os.PathLike[str], undated: Interval | None) -> Recording:
    absent = read_whois(text)[0] is Status.NOT_FOUND
    forms = (*([_NOT_THERE] if absent else []), _NAMED, _PROMPT)
    named = next(filter(None, (form.search(text) for form in forms)), None)
    updated = _UPDATED.search(text)
    if named is None:
        raise RecordingError(
            f"expected an answer of WHOIS in {quote(os.fspath(path))} that names its domain, found none"
        )
    day = day_of(updated[1] or updated[2]) if updated else None
    name = next(filter(None, named.groups()))
    row = {"domain": name, "date": "" if day is None else day.isoformat(), "whois_raw": text}
    return _from(read_row(row, undated=undated), "whois")


def read_rdap_file(
    path: str | os.PathLike[str], *, undated: Interval | None = None, name: str = ""
) -> Iterator[Recording | BadLine]:
    """Read RDAP objects of domains, and what a server says where it has none (404).

    Parameters
    ----------
    undated
        First and last moment, for objects that do not say their day; without it these are bad.
    name
        The domain that was asked for, where an error does not say it.
    """
    return each(path, functools.partial(_rdap, undated=undated, asked=name))


def _rdap(row: dict[str, Any], *, undated: Interval | None, asked: str) -> Recording:
    events = row.get("events")
    days = [
        str(event.get("eventDate", ""))[:10]
        for event in (events if isinstance(events, list) else ())
        if isinstance(event, dict) and str(event.get("eventAction")).lower() == _RDAP_UPDATED
    ]
    name = row.get("ldhName") or row.get("unicodeName")
    if is_missing(row):
        name = _missed(row, asked)
        if not name:
            raise RecordingError(
                "expected a domain, found that an RDAP server has no such domain (404), "
                "and not which: give it (--name), or depgraph observe NAME asks, and records it"
            )
    if not isinstance(name, str):
        raise RecordingError("expected the 'ldhName' of a domain, found none")
    given = {"domain": name, "date": days[0] if days else "", "rdap": row}
    return _from(read_row(given, undated=undated), "rdap")


def is_missing(row: Mapping[str, Any]) -> bool:
    """Tell whether it is the error of an RDAP server that has not what it was asked for (RFC 9083, section 6)."""
    return str(row.get("errorCode")) == "404" and "objectClassName" not in row


def _missed(error: dict[str, Any], asked: str) -> str:
    """Return the domain that a registry says it does not have: that which it names, else that which was asked.

    Empty if it names several, or says something else.
    """
    texts = list(_texts(error))
    if any(map(_OF_NO_DOMAIN.search, texts)):
        return ""
    found = {canonical(name) for text in texts for name in _NAME.findall(text)}
    domains = {name for name in found if registered_domain(name) == name}
    if domains:
        return domains.pop() if len(domains) == 1 else ""
    return registered_domain(asked) or ""


def _texts(error: dict[str, Any]) -> Iterator[str]:
    """Give what an error says, and the address that was asked (RFC 9083, sections 4.2 and 6)."""
    for key in ("title", "description"):
        given = error.get(key)
        yield from (
            one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)
        )
    links = error.get("links")
    for link in links if isinstance(links, list) else ():
        address = link.get("value") if isinstance(link, dict) else None
        yield from re.findall(r"/domain/([^/?#]+)", address) if isinstance(address, str) else ()


def _from(recording: Recording, source: str) -> Recording:
    header = replace(recording.header, source=source)
    return Recording(header, tuple(replace(o, source=source) for o in recording))
