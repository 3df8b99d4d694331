"""Text from the network made safe to show: one line, no terminal escapes, no bidi tricks."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def one_line(text: str, *, limit: int = 300) -> str:
    r"""Replace what could move a cursor or reorder a line, and cut at `limit` characters.

    >>> one_line("a\x1b[31mb\u202ec\nd")
    'a�[31mb�c�d'
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in cut)
