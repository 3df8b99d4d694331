"""Text as recordings keep it: one line each, escaped, without what registries withhold."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import Any

_LONGEST = 300  # characters of a field that are kept

_WITHHELD = re.compile(
    r"redacted|not (?:disclosed|displayed)|data protected|gdpr masked|statutory masking|withheld",
    re.IGNORECASE,
)

_HIDING = re.compile(r"privacy|proxy", re.IGNORECASE)  # services that hide a registrant

_NO_NAME = re.compile(
    r"(?:none|n/?a|unknown|-*|not (?:applicable|available|known|provided|defined|assigned)"
    r"|no (?:registrar|data|information|owner|name|value)\b.*)\.?",
    re.IGNORECASE,
)
_SENTENCE = 5  # words from which a text with a verb is one
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "been", "be", "must", "may", "can"}
    | {"est", "sont", "ist", "sind", "wird"}
)
"""In small letters, as names of organisations do not write them."""


def escaped(text: str) -> str:
    r"""Escape what a terminal would obey.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    The text, each character that is not printable as its escape.

    Examples
    --------
    >>> escaped("a\x1b[31mb\n")
    'a\\x1b[31mb\\n'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )


def field(value: Any) -> str:
    r"""Return what should be a text as one escaped line of at most 300 characters.

    Parameters
    ----------
    value
        What stands in a field; anything but a text counts as empty.

    Returns
    -------
    The line, its spaces folded.

    Examples
    --------
    >>> field("  Example\n Ltd "), field(None)
    ('Example Ltd', '')
    """
    if not isinstance(value, str):
        return ""
    return escaped(" ".join(value.split()))[:_LONGEST].strip()


def is_withheld(text: str) -> bool:
    """Tell whether a field says only that its content is not published.

    >>> is_withheld("REDACTED FOR PRIVACY"), is_withheld("Example Ltd")
    (True, False)
    """
    return _WITHHELD.search(text) is not None


def is_stand_in(text: str) -> bool:
    """Tell whether a registrant is withheld, or a service that stands in for whoever it is.

    >>> is_stand_in("Domains By Proxy, LLC"), is_stand_in("Example Ltd")
    (True, False)
    """
    return is_withheld(text) or _HIDING.search(text) is not None


def is_name(text: str) -> bool:
    """Tell whether a field can be the name of somebody: it is no sentence, no address, no refusal.

    Parameters
    ----------
    text
        What stands where a name is expected.

    Examples
    --------
    >>> is_name("Example Ltd"), is_name("192.0.2.1"), is_name("N/A")
    (True, False, False)
    >>> is_name("No registrar listed. This domain is registered directly with Nominet.")
    False
    """
    plain = " ".join(text.split())
    if _NO_NAME.fullmatch(plain) or is_withheld(plain):
        return False
    try:
        ipaddress.ip_network(plain, strict=False)
    except ValueError:
        words = plain.split(" ")
        return len(words) < _SENTENCE or _VERBS.isdisjoint(words)
    return False


def facts(rows: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Write keys and values as the values of an observation.

    Parameters
    ----------
    rows
        Pairs of key and value; those without a value are left out.

    Returns
    -------
    ``"key value"`` texts, sorted, each once.

    Examples
    --------
    >>> facts([("status", "ok"), ("registrar", ""), ("status", "ok")])
    ('status ok',)
    """
    return tuple(sorted({f"{key} {value}" for key, value in rows if value}))
