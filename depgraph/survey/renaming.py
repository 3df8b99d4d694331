"""Names in texts, found and replaced by others: those of hosts, of networks and of organisations.

What is a name in a record (``asn 64500``) comes back in answers in several forms
(``provider:~AS64500``, ``asn:64500``). :class:`Word` lists them; :class:`Renaming` writes another
in the place of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from depgraph.graph.identity import registered_names
from depgraph.providers.rules import plain, short_name, slug
from depgraph.recording import Recording
from depgraph.records.text import is_name

NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""A name of a host, or an IPv4 address."""
_TOKEN: Final = re.compile(
    rf"\b(?:{NAME.pattern}|(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+"
    r"|AS[0-9]+|as[0-9]+|asn[ :][0-9]+|kind=asn&value=[0-9]+)(?![\w-]))"
)
_NUMBER: Final = re.compile(r"[1-9][0-9]{3,9}")  # of few digits are counts, too
_HANDLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+")
_ORGANISATION: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)+")
_LONGEST: Final = 40  # characters: texts with longer ones in them may be cut off
_LONGEST_OF_AS: Final = 60  # of the name of an AS, which stands behind its number
_TYPES: Final = frozenset({"origin", "holder", "as", "upstream", "registration"})


class Word(NamedTuple):
    """A word of a record that names somebody of whom the catalogue says nothing.

    Parameters
    ----------
    kind
        What it is.
    text
        It, as the record has it.
    """

    kind: Kind
    text: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms in which it stands in records and in answers."""
        text = self.text
        if self.kind is Kind.AS:
            return (
                f"AS{text}",
                f"as{text}",
                f"asn {text}",
                f"asn:{text}",
                f"kind=asn&value={text}",
            )
        return (text, slug(text)[1:]) if self.kind is Kind.ORGANISATION else (text,)

    @property
    def least(self) -> str:
        """What of it no text has in another form than these, in small letters."""
        return self.text.casefold()


class Kind(StrEnum):
    """What a :class:`Word` is."""

    AS = "asn"
    HANDLE = "holder-handle"
    ORGANISATION = "holder-name"


_KEYS: Final[Mapping[tuple[str, str], Kind]] = {
    ("origin", "asn"): Kind.AS,
    ("holder", "handle"): Kind.HANDLE,
    ("holder", "organisation-handle"): Kind.HANDLE,
    ("holder", "name"): Kind.ORGANISATION,
    ("holder", "organisation"): Kind.ORGANISATION,
    ("registration", "registrar"): Kind.ORGANISATION,
}
"""By type of observation and key of a value."""


class Renaming:
    """Writes other names in the place of some, and in the end of names below these.

    Parameters
    ----------
    names
        Names of hosts, addresses, and forms of words, each with what takes its place.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        phrases = [name for name in names if " " in name and not name.startswith("asn ")]
        self._phrases = sorted(phrases, key=lambda name: (-len(name), name))

    def __call__(self, text: str) -> str:
        """Return a text with the other names in it."""
        for phrase in self._phrases:
            text = text.replace(phrase, self._names[phrase])
        return _TOKEN.sub(self._one, text)

    def _one(self, match: re.Match[str]) -> str:
        name = match.group()
        labels, rest = "", name
        while rest:
            if rest in self._names:
                return f"{labels}{self._names[rest]}"
            label, dot, rest = rest.partition(".")
            labels += label + dot
        return name


def words_of(recording: Recording, unknown: Callable[[Word], bool]) -> list[Word]:
    """List the words that name networks and organisations, as they come, each once.

    Only those that are compared as a whole where a graph is built. Of others the parts
    tell something (a legal form, what stands in another name, too), or they may be cut off.

    Parameters
    ----------
    recording
        All that is known of a service.
    unknown
        Tells of a word that the catalogue says nothing of it.
    """
    found: dict[Word, None] = {}
    rest: list[str] = []
    for kind, key, value in _facts(recording):
        if kind not in _TYPES or key == "registrar-id":  # those say by other names who somebody is
            return []
        if kind == "as" and key == "name" and len(value) > _LONGEST_OF_AS:
            return []
        word = Word(_KEYS[kind, key], value) if (kind, key) in _KEYS else None
        if word is not None and _is_whole(word) and unknown(word):
            found[word] = None
        elif key in {"name", "organisation"}:
            rest.append(value)
    others = registered_names(rest)
    words = [word for word in found if word.text.casefold() not in others]
    forms = [form for word in words for form in word.forms]
    least = {word.least for word in words}
    return words if len(set(forms)) == len(forms) and len(least) == len(words) else []


def compared_of(recording: Recording) -> tuple[tuple[str, ...], ...]:
    """Return groups of texts of records that are no DNS records, whose order may decide something.

    Of several records of one network or operator one is the first: by what it is about, by what
    it says, or by how an operator is called that the catalogue lacks.
    """
    subjects = dict.fromkeys(o.subject for o in recording if o.type in _TYPES)
    facts = dict.fromkeys(_facts(recording))
    ids = []
    for kind, key, text in facts:
        named = _KEYS.get((kind, key))
        if named is Kind.HANDLE:
            ids.append(f"~{text}")
        elif named is Kind.ORGANISATION:
            ids.append(slug(text))
    return tuple(subjects), tuple(f"{key} {text}" for _, key, text in facts), tuple(ids)


def _facts(recording: Recording) -> Iterator[tuple[str, str, str]]:
    """Yield type, key and value of what is no DNS record."""
    for o in recording:
        if o.type.islower():
            for value in o.values:
                key, _, text = value.partition(" ")
                yield o.type, key, text


def _is_whole(word: Word) -> bool:
    text = word.text
    if word.kind is Kind.AS:
        return _NUMBER.fullmatch(text) is not None
    if len(text) > _LONGEST:
        return False
    if word.kind is Kind.HANDLE:
        return _HANDLE.fullmatch(text) is not None
    return (
        _ORGANISATION.fullmatch(text) is not None
        and not text.casefold().startswith(("as ", "asn "))
        and plain(text) == text.casefold()
        and short_name(text) == text
        and is_name(text)
    )
