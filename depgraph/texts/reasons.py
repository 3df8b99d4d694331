"""What is not known, and why, in words: the codes of the vocabulary in a language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depgraph.texts import Words, words
from depgraph.texts.inline import Inline, foreign, join
from depgraph.vocabulary import Reason, ReasonCode, What, reasons

_NAMED: Final = 3  # names before the rest is counted
_FIELDS: Final = ("name", "target", "limit", "value", "text", "date", "number")


def why(text: str, lang: str) -> str:
    """Return why something is not known, or is what it is.

    Parameters
    ----------
    text
        Coded reasons, as a graph has them: see :class:`depgraph.vocabulary.Reason`.
    lang
        A language of :func:`depgraph.texts.languages`.

    Returns
    -------
    str
        Empty where no reason is given.

    >>> why("question?question=CAA&reason=not-asked; timeout", "en")
    'CAA: not asked; timeout'
    >>> why("all-lame?reason=refused", "fr")
    'aucun serveur ne répond pour la zone (refusé)'
    """
    return str(why_line(text, words(lang)))


def what(code: str, of: str, lang: str) -> str:
    """Return what is not known, and of which name.

    Parameters
    ----------
    code
        A word of :class:`depgraph.vocabulary.What`.
    of
        The name that it is of.
    lang
        A language of :func:`depgraph.texts.languages`.

    >>> what("registrar", "example.com", "en")
    'the registrar of example.com'
    """
    return str(what_line(code, [of], words(lang)))


def why_line(text: str, table: Words) -> Inline:
    """Return :func:`why` as a line that knows which of its pieces are foreign."""
    sentences = {str(line): line for line in (_line(one, table) for one in reasons(text))}
    return join(table["list.semicolon"], sentences.values())


def failing_line(text: str, table: Words) -> Inline:
    """Return that a function does not work, or does not resolve, as recorded, and why."""
    because = why_line(text, table)
    if not because:
        return table.line("takedown.fails")
    unresolved = any(one.code is ReasonCode.UNRESOLVED for one in reasons(text))
    code = "takedown.fails.unresolved" if unresolved else "takedown.fails.why"
    return table.line(code, reason=because)


def what_line(code: str, of: Iterable[str], table: Words, most: int = _NAMED) -> Inline:
    """Return :func:`what` as a line that knows which of its pieces are foreign, of several names."""
    names = (foreign(name.removeprefix("~")) for name in of)
    return table.line(f"what-of.{What(code).value}", name=table.some(names, most))


def _word(code: str, word: str, table: Words) -> Inline:
    """Return the word of a code; what has none as it is."""
    return table.line(code) if code in table else foreign(word)


def _signals(several: str, table: Words) -> Inline:
    """Return the words for kinds of signals, which are separated by commas."""
    kinds = filter(None, several.split(", "))
    return join(table["list.comma"], (_word(f"signal.{kind}", kind, table) for kind in kinds))


def _line(reason: Reason, table: Words) -> Inline:
    data = {field: foreign(reason.get(field)) for field in _FIELDS}
    # An operator that the catalogue lacks has a tilde in its id, and in no text for people.
    data["name"] = foreign(reason.get("name").removeprefix("~"))
    names = (name.removeprefix("~") for name in reason.get("names").split(", "))
    data["names"] = table.some(map(foreign, names), _NAMED)
    data["time"] = foreign(reason.get("time")[:16].replace("T", " "))
    data["reason"] = why_line(reason.get("reason"), table)
    if reason.get("witness"):
        data["reason"] = table.line("reason.by-one", reason=data["reason"])
    private = "resolver.private" if reason.get("target") else "resolver.unnamed"
    data["resolver"] = table.line(private, target=data["target"])
    data["kinds"] = _signals(reason.get("kinds"), table)
    data["kind"] = _signals(reason.get("kind"), table)
    question = reason.get("question")
    data["question"] = _word(f"question.{question}", question, table)
    code = f"reason.{reason.code.value}"
    variants = [f"{code}.{key}" for key, _ in reason.data]
    return table.line(next((one for one in variants if one in table), code), **data)
