"""Words and phrases that the texts of several questions share."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING

from depgraph.text_safety import one_line
from depgraph.texts import known, say

if TYPE_CHECKING:
    from depgraph.analysis.levers import Onset

_FEW = 4


def function(name: str, lang: str) -> str:
    """Give the name of a function."""
    code = f"function.{name}"
    return say(code, lang) if known(code, lang) else one_line(name)


def the_function(name: str, lang: str) -> str:
    """Give the name of a function as part of a sentence."""
    code = f"the.{name}"
    return say(code, lang) if known(code, lang) else one_line(name)


def its(name: str, subject: str, lang: str) -> str:
    """Give a function of a service as part of a sentence: the web site of parler.com."""
    code = f"its.{name}"
    return say(code, lang, subject=subject) if known(code, lang) else one_line(name)


def actor(node: str, label: str, lang: str) -> str:
    """Give an actor as the subject of a sentence; a country is the companies under its law."""
    if node.startswith("country:"):
        return say("actor.country", lang, name=label)
    return one_line(label)


def named(node: str, label: str, lang: str) -> str:
    """Give a node for people, with its kind where the label alone would not tell."""
    kind, _, name = node.partition(":")
    code = f"kind.{kind}"
    if name.startswith("*.") or not known(code, lang):  # "servers under" says it already
        return one_line(label)
    return say(code, lang, name=label)


def period(since: str, until: str, lang: str) -> str:
    """Give the days a graph stands for."""
    if not since:
        return say("no day", lang)
    return say("day" if since == until or not until else "days", lang, since=since, until=until)


def span(seconds: float, lang: str) -> str:
    """Give a length of time in the largest unit that leaves it whole enough."""
    if seconds == inf:
        return say("horizon.none", lang)
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return say(f"span.{unit}", lang, count=f"{seconds / length:.3g}")
    return say("span.seconds", lang, count=f"{seconds:.3g}")


def starts(onset: Onset | None, seconds: float | None, lang: str) -> str:
    """Say when something sets in."""
    if onset is None:
        return ""
    length = seconds or 0.0
    return say(f"onset.{onset.value}", lang, seconds=f"{length:.0f}", span=span(length, lang))


def listed(words: Iterable[str], lang: str, *, few: int = _FEW) -> str:
    """Join words as a list, the first few of them, and say how many more there are."""
    several = list(dict.fromkeys(one_line(word) for word in words))
    comma = "; " if any("," in word for word in several) else ", "
    if len(several) > few:
        return comma.join([*several[:few], say("more", lang, count=len(several) - few)])
    return comma.join(several)


def group(name: str, definition: str, source: str, lang: str) -> list[str]:
    """Say what a group of actors is, and who says so."""
    if not definition:
        return []
    lines = [say("definition", lang, name=name, definition=definition)]
    return [*lines, say("source", lang, source=source)] if source else lines
