"""Everything that depgraph says, one file a language.

A language is a module of this package that is named by its ISO 639 code (``en``, ``fr``).
Nothing else has to be touched for another one. It has

TEXTS
    Code -> text. Analyses answer in codes and data; `str.format` puts the data into the text.
COUNTRIES
    ISO 3166-1 code -> name.
plural
    Optional: the CLDR plural category (``"one"``, ``"few"``, ``"other"`` ...) of a number.

All languages have the same codes and placeholders (a test checks it). Two kinds of further
forms are optional: ``CODE.brief`` where a picture has little room, and ``CODE.one``,
``CODE.few`` ... where the number in the placeholder ``n`` is of that plural category.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import ModuleType
from typing import Final

from depgraph.errors import QuestionError
from depgraph.safe import one_line

_LONGEST: Final = 2000
"""Characters of one filled-in text; what comes from the network is cut where it is read."""


def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are, sorted.

    >>> languages()
    ('en', 'fr')
    """
    names = (found.name for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if len(name) <= 3))


@cache
def words(lang: str) -> Words:
    """Return the words of a language.

    Raises
    ------
    QuestionError
        If there is no such language.
    """
    if lang not in languages():
        raise QuestionError(
            f"expected one of the languages {', '.join(languages())}, found {lang!r}"
        )
    return Words(lang, importlib.import_module(f"{__name__}.{lang}"))


class Words(Mapping[str, str]):
    """The texts of one language by code, and what it takes to put them together.

    Parameters
    ----------
    lang
        Its ISO 639 code.
    module
        The file of the language.
    """

    def __init__(self, lang: str, module: ModuleType) -> None:
        self.lang = lang
        self._texts: Mapping[str, str] = module.TEXTS
        self._countries: Mapping[str, str] = module.COUNTRIES
        self._plural: Callable[[float], str] = getattr(module, "plural", _one_or_other)

    def __getitem__(self, code: str) -> str:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def say(self, code: str, /, **data: object) -> str:
        """Return a sentence or phrase.

        Texts in the data may come from the network: they are made safe to show on one line.
        The number ``n`` in the data chooses the plural form, where the code has several.
        """
        number = data.get("n")
        if isinstance(number, (int, float)):
            form = f"{code}.{self._plural(number)}"
            code = form if form in self._texts else code
        return self._texts[code].format(
            **{k: one_line(v, limit=_LONGEST) if isinstance(v, str) else v for k, v in data.items()}
        )

    def brief(self, code: str) -> str:
        """Return the short form of a text, or the text itself where it has none."""
        return self._texts.get(f"{code}.brief") or self._texts[code]

    def function(self, name: str) -> str:
        """Return the word for a function; of one that we do not know its name."""
        return self._texts.get(f"function.{name}", name)

    def listed(self, items: Sequence[str]) -> str:
        """Join items as a sentence does.

        >>> words("en").listed(["web", "mail", "name"])
        'web, mail and name'
        """
        if len(items) < 2:
            return "".join(items)
        head = self["list.comma"].join(items[:-1])
        return self["list.and"].format(head=head, last=items[-1])

    def some(self, items: Iterable[str], most: int) -> str:
        """Join items with commas, the first `most` of them, and say how many more there are.

        >>> words("fr").some(["a", "b", "c"], 2)
        'a, b, et 1 de plus'
        """
        every = list(dict.fromkeys(one_line(item) for item in items))
        comma = self["list.semicolon" if any("," in item for item in every) else "list.comma"]
        more = [self.say("more", n=len(every) - most)] if len(every) > most else []
        return comma.join([*every[:most], *more])

    def day(self, iso: str) -> str:
        """Return an ISO day as people write it; what is none as it is.

        >>> words("en").day("2021-02-15")
        '15 Feb 2021'
        """
        try:
            moment = date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        code = "date.first" if moment.day == 1 and "date.first" in self else "date"
        month = self[f"month.{moment.month}"]
        return self[code].format(day=moment.day, month=month, year=moment.year)

    def country(self, label: str) -> str:
        """Return the name of a country whose code is known; anything else as it is.

        >>> words("fr").country("CH"), words("en").country("Atlantis")
        ('Suisse', 'Atlantis')
        """
        return self._countries.get(label, label)


def _one_or_other(number: float) -> str:
    return "one" if number == 1 else "other"


def say(code: str, lang: str, /, **data: object) -> str:
    """Return a sentence or phrase in a language: see :meth:`Words.say`.

    Raises
    ------
    QuestionError
        If there is no such language.
    """
    return words(lang).say(code, **data)


def known(code: str, lang: str) -> bool:
    """Tell whether a language has a code."""
    return code in words(lang)
