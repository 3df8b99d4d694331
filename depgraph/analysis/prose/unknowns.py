"""Phrases for what is not known: what it is, why, and what was known of it on another day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from depgraph.analysis.prose.words import listed
from depgraph.text_safety import one_line
from depgraph.texts import known, say

if TYPE_CHECKING:
    from depgraph.analysis.takedown import UnknownPart

_OTHER_DAY = "known of another day only"  # said by the day itself


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day (ISO 8601) that a text speaks of."""

    since: str = ""
    until: str = ""


NO_DAYS = Days()


def what(label: str, lang: str, *, names: Iterable[str] = ()) -> str:
    """Say what an unknown node stands for: its label in the graph is ``what of name``."""
    kind, of, name = label.partition(" of ")
    code = f"what.{kind.replace(' ', '-')}"
    if not of or not known(code, lang):
        return one_line(label)
    return say(code, lang, name=listed(names or (name,), lang, few=2))


def why(reason: str, lang: str) -> str:
    """Say why something is not known: ``not asked``, ``A: timeout; AAAA: refused``."""
    return "; ".join(_piece(piece, lang) for piece in reason.split("; ") if piece)


def _piece(piece: str, lang: str) -> str:
    lead, colon, rest = piece.rpartition(": ")
    words = ", ".join(_word(word, lang) for word in _split(rest, lang))
    return f"{_word(lead, lang)}{say('colon', lang)}{words}" if colon else words


def _split(text: str, lang: str) -> list[str]:
    return [text] if _is_word(text, lang) else text.split(", ")


def _is_word(text: str, lang: str) -> bool:
    return known(f"reason.{text.replace(' ', '-')}", lang)


def _word(text: str, lang: str) -> str:
    return say(f"reason.{text.replace(' ', '-')}", lang) if _is_word(text, lang) else one_line(text)


def unknown(
    part: UnknownPart, lang: str, *, days: Days = NO_DAYS, names: Iterable[str] = ()
) -> str:
    """Say what is not known, why, and what was known of it on another day, with its age."""
    notes = []
    if part.reason and not (part.last_known and part.reason == _OTHER_DAY):
        notes.append(why(part.reason, lang))
    if part.last_known:
        name = as_known(part.last_known, part.last_known_evidence, lang)
        notes.append(once_known(name, part.last_known_time[:10], lang, days=days))
    label = what(part.label, lang, names=names)
    return f"{label} ({'; '.join(notes)})" if notes else label


def as_known(name: str, evidence: str, lang: str) -> str:
    """Say with a name how it was known, where nobody observed it."""
    if evidence in {"", "observed"}:
        return one_line(name)
    return f"{one_line(name)}, {say(f'evidence.{evidence}', lang)}"


def once_known(name: str, day: str, lang: str, *, days: Days) -> str:
    """Say what was known on another day, and how long before or after that was."""
    before, after = _between(day, days.since), _between(days.until or days.since, day)
    if before is not None and before > 0:
        return say("unknown.age", lang, time=day, age=before, name=name)
    if after is not None and after > 0:
        return say("unknown.later", lang, time=day, age=after, name=name)
    return say("unknown.last", lang, time=day, name=name)


def is_later(day: str, days: Days) -> bool:
    """Tell whether a day comes after those that a text speaks of."""
    after = _between(days.until or days.since, day)
    return after is not None and after > 0


def _between(day: str, other: str) -> int | None:
    try:
        return (date.fromisoformat(other) - date.fromisoformat(day)).days
    except ValueError:
        return None


def unknowns(parts: Sequence[UnknownPart], lang: str, *, days: Days = NO_DAYS, few: int = 6) -> str:
    """Say what is not known, what was once known first, the first few of them."""
    merged: dict[tuple[str, ...], list[UnknownPart]] = {}
    for part in sorted(parts, key=lambda part: not part.last_known):
        kind, of, name = part.label.partition(" of ")
        key = (kind, part.reason, part.last_known, part.last_known_time) if of else (part.id,)
        merged.setdefault((*key, "" if of else name), []).append(part)
    texts = []
    for group in merged.values():
        names = [part.label.partition(" of ")[2] for part in group]
        texts.append(unknown(group[0], lang, days=days, names=names if names[0] else ()))
    if len(texts) > few:
        texts = [*texts[:few], say("more", lang, count=len(texts) - few)]
    return say("unknown.lead", lang, parts="; ".join(texts))
