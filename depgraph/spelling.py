"""What somebody may have meant: words that are spelt like the one that was typed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_MOST: Final = 3
_ALIKE: Final = 0.6  # share of letters in common, as difflib measures it


def near(word: str, choices: Iterable[str]) -> list[str]:
    """Return the choices that are spelt most like a word, the nearest first.

    >>> near("reprot", ["report", "merge", "export"])
    ['report', 'export']
    """
    by_folded: dict[str, str] = {}
    for choice in choices:
        by_folded.setdefault(choice.casefold(), choice)
    found = get_close_matches(word.casefold(), list(by_folded), n=_MOST, cutoff=_ALIKE)
    return [by_folded[one] for one in found]


def perhaps(several: Iterable[str]) -> str:
    """Return the end of a message that asks whether one of some choices was meant.

    >>> perhaps(["report"]), perhaps([])
    ('; did you mean report?', '')
    """
    listed = " or ".join(several)
    return f"; did you mean {listed}?" if listed else ""
