"""Names folded for comparing: letter case, accents and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 300
_INNER = re.compile(r"['’`.]")
_BETWEEN = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Return the words of a name without case, accents and punctuation.

    Parameters
    ----------
    text
        As a person or a registry wrote it; what follows the 300th character is not read.

    Returns
    -------
    str
        Words separated by one space; empty if the text has no letter or digit.

    Examples
    --------
    >>> fold("États-Unis"), fold("Let's Encrypt"), fold("U.S.A.")
    ('etats unis', 'lets encrypt', 'usa')
    """
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _BETWEEN.sub(" ", _INNER.sub("", bare)).strip()
