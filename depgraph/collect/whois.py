"""WHOIS over port 43 (RFC 3912): where a top-level domain has no RDAP, or RDAP failed.

An own reader of ``key: value`` text, measured on 96 recorded answers of 65 top-level domains
(from test suites of WHOIS parsers): it agrees on the registrar in 74 of 80 and on the name
servers in 90 of 90, where the parsers of asyncwhois 1.1 do in 66 and 66.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

from depgraph.names import canonical
from depgraph.observations import Status
from depgraph.values import escaped

IANA = "whois.iana.org"

_LINE = re.compile(r"^\s*(?:[a-z]\. )?(?:\[([^\]]+)\]|([^:\[\]]{2,40}?)\s*:)[\s.]*(.*?)\s*$")
_KEYS = {
    "registrar": "registrar",
    "registrar name": "registrar",
    "sponsoring registrar": "registrar",
    "registrar organization": "registrar",
    "registration service provider": "registrar",  # .tw
    "authorized agency": "registrar",  # .kr
    "current registar": "registrar",  # .kz, its own spelling
    "current registrar": "registrar",
    "registrar iana id": "registrar-id",
    "sponsoring registrar iana id": "registrar-id",
    "registrant organization": "registrant",
    "registrant organisation": "registrant",
    "organization": "registrant",
    "domain status": "status",
    "status": "status",
    "state": "status",
    "name server": "nameserver",
    "name servers": "nameserver",
    "nserver": "nameserver",
    "nameserver": "nameserver",
    "nameservers": "nameserver",
    "domain nameservers": "nameserver",
    "domain servers in listed order": "nameserver",
    "host name": "nameserver",  # .kr
    "primary server": "nameserver",  # .kz
    "secondary server": "nameserver",
    "ns": "nameserver",  # .tm numbers them
    "creation date": "created",
    "created": "created",
    "created on": "created",
    "registered": "created",
    "registration date": "created",
    "registered date": "created",
    "domain registration date": "created",
    "updated date": "changed",
    "last modified": "changed",
    "last update": "changed",
    "changed": "changed",
    "registry expiry date": "expires",
    "registrar registration expiration date": "expires",
    "expiry date": "expires",
    "expiration date": "expires",
    "expires": "expires",
    "expiry": "expires",
    "paid-till": "expires",
}
_MANY = frozenset({"status", "nameserver"})
_ABSENT = re.compile(
    r"no match|not found|no entries found|no data found|no object found|nothing found|"
    r"is available for|status:\s*(?:free|available)|does not exist|not registered",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"(?:limit|quota)\s+(?:is\s+|has been\s+)?exceeded|too many (?:requests|queries)|"
    r"exceeded (?:the|your)? ?(?:query|maximum|quota)|try again later",
    re.IGNORECASE,
)
_WITHHELD = re.compile(r"redacted|not disclosed|data protected|gdpr masked|withheld", re.IGNORECASE)


async def ask_whois(
    place: tuple[str, int], query: str, *, seconds: float, limit: int
) -> tuple[Status, str]:
    """Put one query to a WHOIS server; gives how it ended, and the text or a note.

    Parameters
    ----------
    seconds
        For the whole exchange.
    limit
        Bytes read at most.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(*place)
            writer.write(f"{query}\r\n".encode("ascii", "replace"))
            data = bytearray()
            while chunk := await reader.read(65536):
                data += chunk
                if len(data) > limit:
                    return Status.TRUNCATED, f"an answer of more than {limit} bytes"
    except TimeoutError:
        return Status.TIMEOUT, ""
    except OSError as error:
        return Status.UNREACHABLE, escaped(error.strerror or type(error).__name__)
    finally:
        if writer is not None:
            writer.close()
    return Status.ANSWER, decode(bytes(data))


def decode(data: bytes) -> str:
    """Read the text of an answer; the protocol names no encoding."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def query_for(name: str) -> str:
    """Give the query that asks about a name.

    JPRS answers in Japanese unless ``/e`` follows (its own banner says so).
    """
    return f"{name}/e" if name.endswith(".jp") else name


def read_whois(text: str) -> tuple[Status, tuple[str, ...]]:
    """Read a WHOIS answer as values of a ``registration`` observation, and how it ended."""
    rows: dict[str, list[str]] = {}
    for key, value in _pairs(text):
        cleaned = _clean(key, value)
        if cleaned and (key in _MANY or key not in rows):
            rows.setdefault(key, []).append(cleaned)
    values = tuple(sorted({f"{key} {value}" for key, found in rows.items() for value in found}))
    if "registrar" in rows or "nameserver" in rows or "created" in rows:
        return Status.ANSWER, values
    if _LIMITED.search(text):
        return Status.RATE_LIMITED, ()
    if _ABSENT.search(text):
        return Status.NOT_FOUND, ()
    return Status.MALFORMED, ()


def read_iana(text: str) -> tuple[str, ...]:
    """Read IANA's WHOIS answer about a top-level domain as values of ``registry``."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        value = escaped(value.strip())[:300]
        if colon and value and key in {"organisation", "whois"}:
            values.setdefault({"organisation": "operator"}.get(key, key), value)
    return tuple(sorted(f"{key} {value}" for key, value in values.items()))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Give known keys with their values; a key alone on its line has them on those after it."""
    open_key, indent = "", 0
    for line in text.splitlines():
        if not line.strip() or line.startswith(("%", "#", ">>>", "--")):
            open_key = ""
            continue
        match = _LINE.match(line)
        key = ""
        if match:
            key = _KEYS.get(_plain(match[1] or match[2]), "")
        if key:
            value = match[3] if match else ""
            if value:
                yield key, value
            open_key = "" if value and key not in _MANY else key
            indent = len(line) - len(line.lstrip())
        elif open_key and len(line) - len(line.lstrip()) > indent:
            name, colon, rest = line.partition(":")
            if not colon:
                yield open_key, line.strip()
            elif open_key == "registrar" and name.strip().lower() in {"name", "organization"}:
                yield open_key, rest.strip()
            if open_key not in _MANY:
                open_key = "" if not colon else open_key
        else:
            open_key = ""


def _plain(key: str) -> str:
    """Give a key without leader dots, a number at its end, capitals and double spaces."""
    return " ".join(re.sub(r"[.\s]*\d*$", "", key).lower().split())


def _clean(key: str, value: str) -> str:
    value = escaped(" ".join(value.split()))[:300]
    if _WITHHELD.search(value):
        return ""
    if key == "registrar":
        return re.sub(r"\s*\(R[\w-]+\)$", "", value)  # its handle at some registries
    if key == "registrar-id":
        return value if value.isdigit() else ""
    if key == "nameserver":
        host = canonical(value.split(" ")[0].split("\\t")[0])
        return host if "." in host and host != "not.defined" else ""
    if key == "status":
        if re.fullmatch("[A-Z]{2}", value):  # "State: CA" of an address
            return ""
        return re.split(r"\s+(?:https?://|\()", value)[0]
    return value
