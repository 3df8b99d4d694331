"""Everything that depgraph says, one file a language.

A language is a module of this package that is named by its ISO 639 code (``en``, ``fr``).
Nothing else has to be touched for another one. It has

TEXTS
    Code -> text. Analyses answer in codes and data; `str.format` puts the data into the text.
COUNTRIES
    A line a country: ISO 3166-1 code, name, other names, adjectives, separated by commas, and
    several of a kind by semicolons.
CLAIMS
    How public claims are written: see :class:`depgraph.texts.language.Claims`.
plural
    Optional: the CLDR plural category (``"one"``, ``"few"``, ``"other"`` ...) of a number.
typeset
    Optional: how punctuation is spaced. It is put over every text once, when they are loaded, so
    that texts are written with plain spaces.
number
    Optional: how a number is written, given as Python writes it (``1234.5``).
FORMS
    Optional: what a word becomes in a place, by the format spec of the placeholder: in French
    ``{name:de}`` is *de Microsoft*, *d’Amazon*.

All languages have the same codes and placeholders (a test checks it). Two kinds of further
forms are optional: ``CODE.brief`` where a picture has little room, and ``CODE.one``,
``CODE.few`` ... where the number in the placeholder ``n`` is of that plural category, ``CODE.zero``
where it is 0. A form in which the number stands as a word ("Un service") is of 1 alone, whatever else
is of its category: in French 0 is.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import ModuleType

from depgraph.errors import QuestionError
from depgraph.texts.inline import Inline, Span, foreign, join, own
from depgraph.texts.language import Claims, Country
from depgraph.vocabulary import SOURCE_NAMES, SourceKind


def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are, sorted.

    >>> set(languages()) >= {"en", "fr"}
    True
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


_NUMBERED = re.compile(r"\{n[:}]")  # a text that shows its number in figures
_COMPILED = "dated public facts, compiled for depgraph; each observation cites its own source"


class Words(Mapping[str, str]):
    """The texts of one language by code, and what it takes to put them together.

    Parameters
    ----------
    lang
        Its ISO 639 code.
    module
        The file of the language.

    Attributes
    ----------
    countries
        What countries are called, by code.
    claims
        How public claims are written.
    """

    def __init__(self, lang: str, module: ModuleType) -> None:
        self.lang = lang
        typeset: Callable[[str], str] = getattr(module, "typeset", str)
        self._texts: Mapping[str, str] = {k: typeset(v) for k, v in module.TEXTS.items()}
        self.countries: Mapping[str, Country] = _countries(module.COUNTRIES)
        self.claims: Claims = module.CLAIMS
        self._plural: Callable[[float], str] = getattr(module, "plural", _one_or_other)
        self._forms: Mapping[str, Callable[[str], str]] = getattr(module, "FORMS", {})
        self._number: Callable[[str], str] = getattr(module, "number", str)
        titles: Mapping[str, str] = getattr(module, "TITLES", {})
        self._titles = {k: typeset(v) for k, v in titles.items()}
        self._formatter = string.Formatter()

    def __getitem__(self, code: str) -> str:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def line(self, code: str, /, **data: Inline | str | float) -> Inline:
        """Return a sentence or phrase that knows which of its pieces are foreign.

        Parameters
        ----------
        code
            Of the text.
        **data
            What stands in its placeholders: lines, words, numbers. The number ``n`` chooses the
            plural form, where the code has several.
        """
        spans: list[Span] = []
        for literal, field, spec, _ in self._formatter.parse(self.template(code, data.get("n"))):
            ended = literal.startswith(".") and spans and spans[-1].text.endswith(".")
            spans.append(Span(literal[1:] if ended else literal))  # "Example, Inc." has its stop
            if field is not None:
                spans += self._formed(data[field], spec or "").spans
        return Inline(tuple(span for span in spans if span.text))

    def _formed(self, value: Inline | str | float, spec: str) -> Inline:
        """Return what stands in a placeholder, in the form that its place asks for."""
        if isinstance(value, int | float):
            value = self.number(value)
        line = value if isinstance(value, Inline) else own(value)
        if spec not in self._forms:
            return line
        text = str(line)
        formed = self._forms[spec](text)
        return own(formed.removesuffix(text)) + line if formed.endswith(text) else own(formed)

    def say(self, code: str, /, **data: object) -> str:
        """Return a sentence or phrase as a plain text: see :meth:`line`."""
        lines = {k: v if isinstance(v, (Inline, int, float)) else str(v) for k, v in data.items()}
        return str(self.line(code, **lines))

    def template(self, code: str, number: object = None) -> str:
        """Return a text with its placeholders, in the plural form of a number if it has several."""
        text = self._texts[code]
        if not isinstance(number, (int, float)):
            return text
        if number == 0 and f"{code}.zero" in self._texts:
            return self._texts[f"{code}.zero"]
        form = self._texts.get(f"{code}.{self._plural(number)}", text)
        in_words = _NUMBERED.search(text) and not _NUMBERED.search(form)
        return text if in_words and number != 1 else form

    def brief(self, code: str) -> str:
        """Return the short form of a text, or the text itself where it has none."""
        return self._texts.get(f"{code}.brief") or self._texts[code]

    def number(self, value: float | str) -> str:
        """Return a number as the language writes it.

        >>> words("en").number(1234.5), words("fr").number("0.50")
        ('1234.5', '0,50')
        """
        return self._number(str(value))

    def function(self, name: str) -> str:
        """Return the word for a function; of one that we do not know its name.

        >>> words("en").function("web:api.example.org")
        'web (api.example.org)'
        """
        word, _, host = name.partition(":")
        text = self._texts.get(f"function.{word}", word)
        return self.say("function.at", function=text, host=host) if host else text

    def source(self, kind: str) -> Inline:
        """Return a kind of source: its word, or its name, which is the same in each language.

        >>> str(words("fr").source("cymru")), str(words("fr").source("document"))
        ('Team Cymru', 'document')
        """
        code = f"provenance.{kind}"
        if code in self:
            return self.line(code)
        return foreign(SOURCE_NAMES[SourceKind(kind)] if kind in SOURCE_NAMES else kind)

    def records(self, source: str) -> Inline:
        """Return what a recording says that it was made from; that of the shipped ones translated.

        >>> str(words("fr").records("zdns"))
        'zdns'
        """
        if source == _COMPILED:
            return self.line("records.compiled")
        return foreign(source, limit=1000)

    def titled(self, title: str) -> Inline:
        """Return the title of a recording; that of a shipped one translated.

        >>> str(words("fr").titled("Gab in 2020")), str(words("fr").titled("My zone"))
        ('Gab en 2020', 'My zone')
        """
        return own(self._titles[title]) if title in self._titles else foreign(title)

    def group(self, name: str) -> str:
        """Return the name of a group of the catalogue in the language; any other as it is.

        >>> words("fr").group("European Union"), words("fr").group("Ours")
        ('Union européenne', 'Ours')
        """
        codes = (f"group.{one}" for one in _groups())
        return next((self[code] for code in codes if words("en")[code] == name), name)

    def defined(self, text: str) -> Inline:
        """Return the definition of one or several groups of the catalogue in the language.

        What the catalogue does not ship, a list of one's own, stays as it is.
        """
        return self._translated(text, [f"defined.{one}" for one in _groups()])

    def sourced(self, text: str) -> Inline:
        """Return who defines groups of the catalogue, in the language where it is told there."""
        return self._translated(text, [f"sourced.{one}" for one in _groups()])

    def _translated(self, text: str, codes: Sequence[str]) -> Inline:
        """Return a text with what of it is among the English texts of codes in this language."""
        for code in codes:
            english = words("en").get(code)
            if english and english in text:
                before, _, after = text.partition(english)
                found = self._translated(before, codes) + own(self[code])
                return found + self._translated(after, codes)
        return foreign(text, limit=1000)

    def listed(self, items: Iterable[str]) -> str:
        """Return words joined as a sentence does.

        >>> words("en").listed(["web", "mail", "name"])
        'web, mail and name'
        """
        return str(self.enumerated(map(own, items)))

    def enumerated(self, items: Iterable[Inline]) -> Inline:
        """Return lines joined as a sentence does: a, b and c."""
        every = list(items)
        if len(every) < 2:
            return every[0] if every else Inline()
        head = join(self["list.comma"], every[:-1])
        return self.line("list.and", head=head, last=every[-1])

    def some(self, items: Iterable[Inline], most: int) -> Inline:
        """Return lines joined with commas, the first `most` of them, and how many more there are.

        >>> str(words("fr").some([own("a"), own("b"), own("c")], 2))
        'a, b, et 1 autre'
        """
        every = list({str(item): item for item in items if item}.values())
        several = any("," in str(item) for item in every)
        comma = self["list.semicolon" if several else "list.comma"]
        more = [self.line("more", n=len(every) - most)] if len(every) > most else []
        return join(comma, [*every[:most], *more])

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
        return self.countries[label].name if label in self.countries else label


def _countries(lines: str) -> Mapping[str, Country]:
    """Read the countries of a language."""
    rows = csv.reader(lines.splitlines())
    return {code: Country(name, _several(also), _several(adj)) for code, name, also, adj in rows}


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def _groups() -> tuple[str, ...]:
    """Return the ids of the groups that have a name in the languages."""
    return tuple(code.removeprefix("group.") for code in words("en") if code.startswith("group."))


def _one_or_other(number: float) -> str:
    return "one" if number == 1 else "other"
