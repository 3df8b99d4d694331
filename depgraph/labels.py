"""Labels of other letters than ASCII, as the DNS has them: quickly where there is nothing to be mapped."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

import idna

_ASCII: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_FROM_THE_RIGHT: Final = frozenset({"R", "AL", "AN"})  # bidirectional classes (RFC 5893)
_LONGEST: Final = 63  # characters of a label


@lru_cache(maxsize=1 << 14)
def a_label(label: str) -> str | None:
    """Encode a label of letters that IDNA 2008 leaves as they are; None for others.

    Of a label with its letters in normal form (NFC), none of which needs others beside it and all of
    which are written from the left, nothing is to be mapped or asked (RFC 5891, section 4.2).

    >>> a_label("bücher"), a_label("Bücher"), a_label("xn--bcher-kva")
    ('xn--bcher-kva', None, None)
    """
    if label.isascii() or label[0] == "-" or label[-1] == "-" or label[2:4] == "--":
        return None
    if not all(map(_stays, label)) or not unicodedata.is_normalized("NFC", label):
        return None
    encoded = f"xn--{label.encode('punycode').decode()}"
    return encoded if len(encoded) <= _LONGEST else None


@lru_cache(maxsize=1 << 12)
def _stays(char: str) -> bool:
    """Tell whether a letter alone is a label as it is, written from the left."""
    if char.isascii():
        return char in _ASCII
    if unicodedata.bidirectional(char) in _FROM_THE_RIGHT:
        return False
    try:
        mapped = idna.uts46_remap(char, std3_rules=False, transitional=False)
        return bool(mapped == char and idna.alabel(char))
    except UnicodeError:  # idna.IDNAError is one
        return False


__all__ = ["a_label"]
