# ruff: noqa: INP001  (a script, not a package)
"""Makes the gallery: ``python docs/gallery/make.py`` from the root of the repository."""

from __future__ import annotations

from pathlib import Path

import depgraph
from depgraph import pictures

HERE = Path(__file__).parent
RECORDINGS = HERE.parents[1] / "data" / "recordings"
PARLER = ("2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15")


def graph(name: str):  # noqa: ANN201
    """Build the graph of a shipped recording."""
    return depgraph.build(depgraph.read(RECORDINGS / f"{name}.jsonl"))


def main() -> None:
    """Write every picture of the gallery beside this file."""
    telegram = graph("telegram.org_2026-09-25")
    wikipedia = graph("wikipedia.org_2021-01-10")
    parler = [graph(f"parler.com_{day}") for day in PARLER]
    for kind in ("strip", "providers", "full", "takedown"):
        depgraph.draw(telegram, HERE / f"telegram-{kind}.svg", kind=kind)
        depgraph.draw(wikipedia, HERE / f"wikipedia-{kind}.svg", kind=kind)
    depgraph.draw(parler[2], HERE / "parler-strip.svg", kind="strip")
    depgraph.draw(parler[2], HERE / "parler-strip.png", kind="strip")
    depgraph.draw(parler[2], HERE / "parler-takedown.svg", kind="takedown")
    depgraph.draw(wikipedia, HERE / "wikipedia-full-dark.svg", kind="full", theme="dark")
    depgraph.draw(telegram, HERE / "telegram-providers-bw.svg", kind="providers", theme="bw")
    depgraph.draw(parler[2], HERE / "parler-strip-fr.svg", kind="strip", lang="fr")
    pictures.save(pictures.timeline(parler), HERE / "parler-timeline.svg")
    latest = {path.stem.partition("_")[0]: path.stem for path in sorted(RECORDINGS.glob("*.jsonl"))}
    services = [graph(name) for name in latest.values()]
    note = "The latest shipped recording of each service; days from 2020 to 2026."
    pictures.save(pictures.survey(services, note=note), HERE / "shipped-survey.svg")
    pictures.save(pictures.concentration(services, note=note), HERE / "shipped-concentration.svg")
    depgraph.page(parler[2]).save(HERE / "parler-page.html")


if __name__ == "__main__":
    main()
