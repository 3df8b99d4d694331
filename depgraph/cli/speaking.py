"""In which language the command line speaks: help, wrong usage, and what it refuses.

The language is the one after ``--lang``, anywhere on the command line; else that of
``DEPGRAPH_LANG``, which answers follow too; else, for help and refusals only, that of the
locale (``LC_ALL``, ``LC_MESSAGES``, ``LANG``); else English.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import click

from depgraph.cli.messages import Refused, say
from depgraph.texts import Words, languages, words
from depgraph.texts.refusals import in_words, said

VARIABLE: Final = "DEPGRAPH_LANG"
_LANG: Final = "depgraph.lang"
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(typed: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language for help and refusals.

    Parameters
    ----------
    typed
        The words of the command line.
    environment
        Variable -> value, as of `os.environ`.

    >>> language(["report", "--lang", "fr", "--help"], {})
    'fr'
    >>> language(["--help"], {"LANG": "fr_CH.UTF-8"}), language(["--help"], {"LANG": "C"})
    ('fr', 'en')
    """
    asked = [after for before, after in pairwise(typed) if before == "--lang"]
    asked += [word.removeprefix("--lang=") for word in typed if word.startswith("--lang=")]
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    for code in (*asked, environment.get(VARIABLE, ""), re.split("[_.@]", locale)[0].lower()):
        if code in languages():
            return code
    return "en"


def listen(ctx: click.Context, typed: Sequence[str]) -> None:
    """Keep in which language a command line is answered."""
    ctx.meta[_LANG] = language(typed, os.environ)


def words_of(ctx: click.Context | None) -> Words:
    """Return the words of the language of a command line."""
    return words(ctx.meta.get(_LANG, "en") if ctx else "en")


def our_words() -> Words:
    """Return the words of the language of the command line that is running."""
    return words_of(click.get_current_context(silent=True))


def note(code: str, /, **data: object) -> None:
    """Print a note on standard error, in the language of the command line that is running.

    Parameters
    ----------
    code
        Of the text, without ``note.``.
    **data
        What stands in its placeholders.
    """
    say(str(in_words(said(f"note.{code}", **data), our_words())))


def days_said(first: date, last: date) -> str:
    """Return the first and the last day, or the only one, in that language."""
    from depgraph.rendering.phrases import period  # noqa: PLC0415  (needs the analysis)
    from depgraph.rendering.writer import Writer  # noqa: PLC0415

    return str(period(Writer(our_words().lang), first.isoformat(), last.isoformat()))


def refused(code: str, /, *, kind: type[Refused] = Refused, **data: object) -> Refused:
    """Return a refusal in the language of the command line that is running.

    Parameters
    ----------
    code
        Of the text, without ``refused.``.
    kind
        Of the error.
    **data
        What stands in its placeholders.
    """
    return kind(str(in_words(said(f"refused.{code}", **data), our_words())))
