"""A contact sheet: every kind of picture of every shipped recording, to be looked at one by one.

`make gallery` runs this. The pictures are drawn in each language, and in the three themes by turns
(the theme changes colours only); `index.html` beside them shows them all.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from pathlib import Path
from typing import get_args

import depgraph
from depgraph.pictures.drawing import save, scene
from depgraph.pictures.engine.themes import ThemeWord
from depgraph.pictures.kinds import names, picture
from depgraph.schema import Graph
from depgraph.texts import languages

RECORDINGS = Path(__file__).parent.parent / "data" / "recordings"
_OF_DAYS = "timeline"  # of one service on several days; the other kinds of several: of one year
_STYLE = (
    "body{font:14px sans-serif;margin:1em}main{display:grid;gap:1em;"
    "grid-template-columns:repeat(auto-fill,minmax(28em,1fr))}"
    "figure{margin:0;border:1px solid #999}img{width:100%}figcaption{padding:.3em}"
)


@dataclass(frozen=True)
class Sitting:
    """What one picture is of."""

    name: str
    kind: str
    graphs: Graph | Sequence[Graph]


def sittings(graphs: dict[str, Graph]) -> Iterator[Sitting]:
    """Yield what there is to draw of some graphs, by the names of their recordings."""
    services: dict[str, list[Graph]] = {}
    years: dict[str, dict[str, Graph]] = {}
    for name, graph in graphs.items():
        service, _, day = name.rpartition("_")
        services.setdefault(service, []).append(graph)
        years.setdefault(day[:4], {})[service] = graph
    for kind in names():
        if not picture(kind).several:
            yield from (Sitting(name, kind, graph) for name, graph in graphs.items())
            continue
        sets = services if kind == _OF_DAYS else {y: list(of.values()) for y, of in years.items()}
        yield from (Sitting(name, kind, of) for name, of in sets.items() if len(of) > 1)


def main() -> None:
    """Draw them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/gallery"), help="where to write")
    parser.add_argument("--kind", choices=names(), help="of this kind only")
    parser.add_argument("--form", choices=["svg", "png", "pdf"], default="svg", help="of the files")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    paths = sorted(RECORDINGS.glob("*.jsonl"))
    graphs = {path.stem: depgraph.build(depgraph.read(path)) for path in paths}
    themes: Iterator[ThemeWord] = cycle(get_args(ThemeWord))
    shown = []
    for sitting in sittings(graphs):
        if asked.kind not in {None, sitting.kind}:
            continue
        for lang, theme in zip(languages(), themes, strict=False):
            made = scene(sitting.graphs, kind=sitting.kind, lang=lang)
            path = asked.out / f"{sitting.kind}_{sitting.name}_{lang}_{theme}.{asked.form}"
            save(made, path, theme=theme)
            shown.append(path.name)
    (asked.out / "index.html").write_text(_page(shown), "utf-8")
    print(f"{len(shown)} pictures: {asked.out / 'index.html'}")


def _page(shown: Sequence[str]) -> str:
    figures = (
        f'<figure><a href="{escape(name)}"><img loading="lazy" src="{escape(name)}" alt=""></a>'
        f"<figcaption>{escape(name)}</figcaption></figure>"
        for name in shown
    )
    return (
        f'<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>{_STYLE}</style>'
        f"<main>{''.join(figures)}</main>\n"
    )


if __name__ == "__main__":
    main()
