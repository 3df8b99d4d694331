"""Text as recordings keep it: one line each, escaped, without what registries withhold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_LONGEST = 300  # characters of a field that are kept

_WITHHELD = re.compile(
    r"redacted|not (?:disclosed|displayed)|data protected|gdpr masked|statutory masking|withheld",
    re.IGNORECASE,
)


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
