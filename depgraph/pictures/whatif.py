"""One file that answers what-if: pictures, a table of all evidence, a small script of ours.

It asks nothing of any network, and shows its pictures without a script. It is in one language,
and can hold others: compressed, for the script puts them in place.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import networkx as nx

from depgraph.analysis.results import Cite
from depgraph.parameters import checked
from depgraph.pictures.basis import Basis
from depgraph.pictures.computed import computed, label
from depgraph.pictures.engine.markup import HATCH, view
from depgraph.pictures.engine.svg import safe
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.evidence import evidence
from depgraph.pictures.headline import headline, wrong
from depgraph.pictures.kinds.full import full, is_legible
from depgraph.pictures.kinds.providers import providers
from depgraph.pictures.kinds.strip import PHONE, strip
from depgraph.pictures.kinds.takedown import takedown
from depgraph.pictures.labels import group_name
from depgraph.pictures.offline import Page, asset, offline
from depgraph.providers.rules import short_name
from depgraph.rendering.phrases import cited, limit_lines
from depgraph.rendering.writer import Writer
from depgraph.texts import Words, words
from depgraph.vocabulary import ACTORS, Kind

_PRESETS: Final = 3  # single companies that have a button of their own


@checked()
def page(graph: nx.MultiDiGraph[str], *, lang: str = "en", group: str = "big-tech") -> Page:
    """Make the page of a graph: take an actor away, and see what falls and when.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled.

    Raises
    ------
    QuestionError
        If there is no such language or group.

    Notes
    -----
    What the page answers equals :func:`depgraph.without` with a horizon of 30 days: it
    computes the same states, how sure they are, and the same times, on the same numbers.
    """
    return document(Basis.of(graph), lang=lang, group=group)


def document(
    basis: Basis,
    *,
    lang: str,
    group: str,
    further: Callable[[str], Further] = lambda _: Further(),
    style: str = "",
    views: Sequence[str] = ("strip", "providers", "full"),
    others: Sequence[str] = (),
) -> Page:
    """Make a page with more below its pictures.

    Parameters
    ----------
    basis, lang, group
        As for :func:`page`.
    further
        Gives what there is more in a language.
    style
        Their style sheet.
    views
        The kinds of its pictures.
    others
        Languages that the page can be put into by its reader, or by `lang=` in its address.
    """
    spoken = (lang, *others)
    first, *rest = (
        _version(_scenes(basis, one, group, views), basis, group, further(one), spoken)
        for one in spoken
    )
    held = "".join(
        f'<script type="application/gzip" data-lang="{safe(one.lang)}">{one.packed(first)}</script>'
        for one in rest
    )
    return offline(
        f"{HATCH}<main>{first.body}</main>",
        lang=lang,
        title=first.title,
        script=asset("page.js"),
        styles=(asset("page.css") + style,),
        data=first.data,
        held=held,
    )


@dataclass(frozen=True, slots=True)
class Further:
    """What a page has below its pictures, in one language.

    Attributes
    ----------
    html
        Sections, every text in them escaped.
    files
        Texts to take along that are otherwise in this language, by their type. Only the first
        language of a page has them in its links.
    """

    html: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Version:
    """A page in one of its languages."""

    lang: str
    title: str
    body: str
    files: Mapping[str, str]
    data: Mapping[str, Any]

    def packed(self, first: _Version) -> str:
        """Return it compressed; of the data only what is otherwise in the first language."""
        held = {
            "title": self.title,
            "files": self.files,  # beside the pictures that they are like, to be the smaller
            "body": self.body,
            "data": {key: value for key, value in self.data.items() if value != first.data[key]},
        }
        text = json.dumps(held, ensure_ascii=False)
        return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _version(
    scenes: Mapping[str, Scene],
    basis: Basis,
    group: str,
    further: Further,
    spoken: Sequence[str],
) -> _Version:
    """Say everything in the language of the pictures, one of those `spoken`."""
    lang = next(iter(scenes.values())).lang
    table = words(lang)
    title, subtitle = headline(basis, table)
    limits = map(str, limit_lines(Writer(lang), basis.takedown.limits))
    found = "".join(f"<p>{safe(line)}</p>" for line in (*limits, *wrong(basis, table)))
    how_to_cite = str(cited(Writer(lang), Cite.of(basis.model.about)))
    notes = f'<p class="mid">{safe(how_to_cite)}</p>'  # each picture has the footnotes
    buttons = "".join(
        f'<button type="button" data-v="{name}" aria-pressed="false">'
        f"{safe(table[f'page.view.{name}'])}</button>"
        for name in scenes
    )
    presets = "".join(
        f'<button type="button" data-off="{" ".join(map(str, nodes))}">'
        f"{safe(table.say('page.preset', who=who))}</button>"
        for who, nodes in _presets(basis, group, table)
    )
    body = f"""{_choice(lang, spoken)}<h1>{safe(title)}</h1><p>{safe(subtitle)}</p>{found}
<div class="bar js" hidden>{buttons}</div>
<div class="bar js" hidden>{presets}
<label>{safe(table["page.find"])} <input id="find" type="search" size="14"></label>
<span id="found" class="mid" role="status"></span>
<button type="button" id="restore">{safe(table["page.restore"])}</button></div>
<div id="state" class="js" role="status" aria-live="polite" hidden></div>
{_sections(basis, lang, group, scenes)}
<div id="why" role="region" aria-label="{safe(table["page.evidence"])}" aria-live="polite" tabindex="0" hidden></div>
<p class="mid js" hidden>{safe(table["page.reading"])}</p>{notes}
{further.html}
{evidence(basis.model, table)}
"""
    return _Version(lang, title, body, further.files, computed(basis.model, table))


def _choice(lang: str, spoken: Sequence[str]) -> str:
    """Return a button a language, each in its own words, for a script that can unpack them."""
    if len(spoken) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" data-in="{safe(one)}" lang="{safe(one)}" '
        f'aria-pressed="{"true" if one == lang else "false"}">{safe(words(one)["language"])}</button>'
        for one in sorted(spoken)
    )
    title = safe(words(lang)["page.languages"])
    return f'<div class="bar languages" role="group" aria-label="{title}" hidden>{buttons}</div>'


def _sections(basis: Basis, lang: str, group: str, scenes: Mapping[str, Scene]) -> str:
    """Return each picture under its name; the first has another form for narrow screens."""
    table, index = words(lang), basis.model.number
    pressable = frozenset(name for name in index if basis.model.kind(index[name]) in ACTORS)
    stack = strip(basis, lang=lang, group=group, page=PHONE, stacked=True)
    phone = view(stack, "narrow", index=index, pressable=pressable, narrow=True)
    return "\n".join(
        f'<section class="v" id="{name}"><h2 class="mid">{safe(table[f"page.view.{name}"])}</h2>'
        f'<div class="wide{" both" if name == "strip" else ""}" tabindex="0" role="region" aria-label="{safe(table[f"page.view.{name}"])}">'
        f"{view(scene, name, index=index, pressable=pressable)}"
        f"{phone if name == 'strip' else ''}</div></section>"
        for name, scene in scenes.items()
    )


def _scenes(basis: Basis, lang: str, group: str, views: Sequence[str]) -> dict[str, Scene]:
    # Where it is too large, the picture of all records would be that by provider again.
    drawn = [name for name in views if name != "full" or is_legible(basis)]
    return {name: _VIEWS[name](basis, lang=lang, group=group) for name in drawn}


_VIEWS: Final[Mapping[str, Callable[..., Scene]]] = {
    "strip": strip,
    "providers": providers,
    "takedown": takedown,
    "full": full,
}


def _presets(basis: Basis, group: str, table: Words) -> list[tuple[str, list[int]]]:
    """Return whom a button takes away: the group, the law of most, and who can stop it alone."""
    model = basis.model
    together = sorted(model.number[node] for node in basis.filled(group) if node in model.number)
    found = [(group_name(group, table), together)] if together else []
    laws = [n for n in range(len(model.ids)) if model.kind(n) == Kind.COUNTRY]
    bound = {n: len(model.into[n]) for n in laws}
    found += [(label(model, n, table), [n]) for n in sorted(laws, key=bound.__getitem__)[-1:]]
    others = [node for node in basis.singles.others if node not in basis.registries][:_PRESETS]
    return found + [(short_name(model.label(model.number[n])), [model.number[n]]) for n in others]
