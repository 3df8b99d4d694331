"""The sentences of analyses, one table a language; a further language is one more file.

Analyses answer in codes and data. A text is looked up by its code and filled with the data
by `str.format`; all tables have the same codes and placeholders (a test checks it).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from depgraph.errors import QuestionError
from depgraph.text_safety import one_line
from depgraph.texts.en import EN
from depgraph.texts.fr import FR

TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"en": EN, "fr": FR})


_LONGEST: Final = 2000
"""Characters of one filled-in text; what comes from the network is cut where it is read."""


def languages() -> tuple[str, ...]:
    """List the languages there are tables for.

    >>> languages()
    ('en', 'fr')
    """
    return tuple(TABLES)


def say(code: str, lang: str, /, **data: object) -> str:
    """Give a sentence or phrase in a language.

    Texts in the data come from the network: they are made safe to show on one line.

    Raises
    ------
    QuestionError
        If there is no table for the language.
    """
    table = TABLES.get(lang)
    if table is None:
        raise QuestionError(f"expected a language among {', '.join(TABLES)}, found {lang!r}")
    return table[code].format(
        **{k: one_line(v, limit=_LONGEST) if isinstance(v, str) else v for k, v in data.items()}
    )


def known(code: str, lang: str) -> bool:
    """Tell whether a table has a code."""
    return code in TABLES[lang]
