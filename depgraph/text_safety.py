"""Text from outside made safe: quoted in a message, or shown on one line.

Two functions, for the two places where such a text appears. Text that is *stored* is another
matter: :func:`depgraph.values.escaped` writes what recordings keep, and
:func:`depgraph.observations.encodable` mends what no file can hold.
"""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_QUOTED = 80


def quote(value: object) -> str:
    r"""Quote a value for a message: one line, at most 80 characters, nothing a terminal acts on.

    A text with control characters, line breaks, text direction marks, right-to-left letters
    or combining marks comes out in ASCII, with escapes; other letters stay as they are typed.

    Parameters
    ----------
    value
        What was found: mostly a text; any other value is shown by its `ascii` form.

    Returns
    -------
    The quoted text, its end left out if it is long.

    Examples
    --------
    >>> print(quote("faß.example"), quote("new\nline"), quote("\u202egpj"), quote(["ü"]))
    'faß.example' 'new\nline' '\u202egpj' ['\xfc']
    >>> print(quote("x" * 100))
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
    """
    if isinstance(value, str):
        start = value[: _QUOTED + 1]  # longer than what is shown, so that a cut is seen below
        harmless = start.isascii() or all(map(_harmless, start))  # most are the first; it is quick
        shown = repr(start) if harmless else ascii(start)
    else:
        form = ascii(value)
        shown = one_line(form, limit=len(form))  # the repr of an object may hold line breaks
    return shown if len(shown) <= _QUOTED else f"{shown[: _QUOTED - 4]}...{shown[-1]}"


def one_line(text: str, *, limit: int = 300) -> str:
    r"""Show a text on one line: what could move a cursor or reorder letters is replaced.

    Parameters
    ----------
    text
        Any text.
    limit
        Characters shown at most; a longer text ends in "…".

    Returns
    -------
    The text, each control or formatting character as U+FFFD.

    Examples
    --------
    >>> one_line("a\x1b[31mb\u202ec\nd")
    'a�[31mb�c�d'
    >>> one_line("abcdef", limit=4)
    'abc…'
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():  # most texts are; this is quick
        return cut
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in cut)


def _harmless(char: str) -> bool:
    return char.isascii() or (
        char.isprintable()
        and unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT
        and not unicodedata.combining(char)
    )
