"""Verbs that show a recording: report, draw, export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from depgraph import exchange
from depgraph.cli.files import FILE, JSON, LANG, NAME, OUTPUT, as_json_text, emit, load
from depgraph.cli.group import main
from depgraph.graph import build
from depgraph.reporting import report as make_report
from depgraph.reporting.html import to_page
from depgraph.reporting.text import to_markdown, to_text

AT = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Take the day as given; facts of other days are only last known.",
)


@main.command()
@FILE
@NAME
@AT
@OUTPUT
@JSON
@LANG
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    help="Form; by default that of the output's suffix, else text.",
)
@click.option("--width", type=click.IntRange(60), help="Columns of the text form.")
def report(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    output: str | None,
    as_json: bool,
    lang: str,
    form: str | None,
    width: int | None,
) -> None:
    """Say who is behind each function of the service in FILE, and how we know."""
    made = make_report(build(load(file, name=name), at=at.date() if at else None))
    chosen = "json" if as_json else form or _BY_SUFFIX.get(Path(output or "").suffix, "text")
    if chosen == "json":
        text = as_json_text(made.to_dict())
    elif chosen == "html":
        text = to_page(made, lang=lang)
    elif chosen == "markdown":
        text = to_markdown(made, lang=lang)
    else:
        text = to_text(made, lang=lang, width=width or 110)
    emit(text, output)


_BY_SUFFIX = {".md": "markdown", ".html": "html", ".json": "json"}


@main.command()
@FILE
@NAME
@AT
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False))
@click.option("--kind", default=None, help="Kind of picture.")
@LANG
def draw(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    output: str,
    kind: str | None,
    lang: str,
) -> None:
    """Draw the providers behind the service in FILE (png, svg or pdf by suffix)."""
    from depgraph import pictures  # noqa: PLC0415  (matplotlib is slow to import)

    graph = build(load(file, name=name), at=at.date() if at else None)
    options = {"kind": kind} if kind else {}
    pictures.draw(graph, output, lang=lang, **options)
    click.echo(output, err=True)


@main.command()
@FILE
@NAME
@AT
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help="The suffix says the form: .json .graphml .gexf .dot .mmd",
)
def export(file: str, *, name: str | None, at: datetime | None, output: str) -> None:
    """Write the graph of FILE for other programs."""
    exchange.save(build(load(file, name=name), at=at.date() if at else None), output)
    click.echo(output, err=True)
