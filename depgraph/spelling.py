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


def slip(word: str, choices: Iterable[str]) -> str:
    """Return the choice from which a word differs by one letter or by two that changed places.

    >>> slip("relient", ["reliant"]), slip("hotsed", ["hosted"]), slip("reliance", ["reliant"])
    ('reliant', 'hosted', '')
    """
    return next((choice for choice in choices if is_slip(word, choice)), "")


def is_slip(word: str, choice: str) -> bool:
    """Tell whether two words differ by one letter, or by two that changed places."""
    if abs(len(word) - len(choice)) > 1 or word == choice:
        return False
    start = next(n for n in range(len(word) + 1) if word[n : n + 1] != choice[n : n + 1])
    one, other = word[start:], choice[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
