"""Verbs that show a recording: report, draw, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from depgraph import exchange, rendering
from depgraph.cli.files import JSON, LANG
from depgraph.cli.group import main
from depgraph.cli.service import of_one_service, of_several
from depgraph.cli.writing import OUTPUT, as_json_text, emit, form_of, output_option
from depgraph.errors import QuestionError
from depgraph.reporting import report as make_report

if TYPE_CHECKING:
    from depgraph.schema import Graph


@main.command()
@of_one_service
@OUTPUT
@JSON
@LANG
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    help="Form; by default that of the output's suffix, else text.",
)
@click.option("--width", type=click.IntRange(20), help="Columns of the text form.")
def report(
    graph: Graph,
    *,
    output: str | None,
    as_json: bool,
    lang: str,
    form: str | None,
    width: int | None,
) -> None:
    """Say who is behind each function of the service in FILE, and how we know."""
    chosen = "json" if as_json else form or form_of(output, _BY_SUFFIX)
    made = make_report(graph)
    if chosen == "json":
        text = as_json_text(made.to_dict())
    elif chosen == "html":
        text = rendering.to_page(made, lang=lang)
    elif chosen == "markdown":
        text = made.to_markdown(lang=lang)
    else:
        text = made.text(lang=lang, width=width or 110)
    emit(text, output)


_BY_SUFFIX = {
    "": "text",
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


ONE = ("strip", "providers", "full", "takedown")
SEVERAL = ("timeline", "survey", "concentration")


@main.command()
@of_several
@output_option(required=True, text="The suffix says the form: .png .svg .pdf .html")
@click.option(
    "--kind",
    type=click.Choice([*ONE, *SEVERAL]),
    help="Kind of picture: strip by default, timeline for several files.",
)
@click.option("--theme", type=click.Choice(["light", "dark", "bw"]), default="light")
@click.option(
    "--group",
    default="big-tech",
    show_default=True,
    help="Whose boxes are filled: a group, company, provider or country.",
)
@LANG
def draw(
    graphs: list[Graph], *, output: str, kind: str | None, theme: str, group: str, lang: str
) -> None:
    """Draw the providers behind the service in FILE (png, svg or pdf by suffix; html: a page).

    Of several recordings of one service a timeline, of several services a survey (shares by
    layer) or their concentration (who carries how many).
    """
    from depgraph import pictures  # noqa: PLC0415  (matplotlib is slow to import)

    chosen = kind or (ONE[0] if len(graphs) == 1 else SEVERAL[0])
    if chosen in SEVERAL:
        scene = getattr(pictures, chosen)(graphs, lang=lang, group=group)
        pictures.save(scene, output, theme=theme)
    elif len(graphs) == 1:
        pictures.draw(graphs[0], output, kind=chosen, theme=theme, lang=lang, group=group)
    else:
        raise QuestionError(f"expected one file for --kind {chosen}, found {len(graphs)}")
    click.echo(output, err=True)


@main.command()
@of_one_service
@output_option(required=True, text="The suffix says the form: .json .graphml .gexf .dot .mmd")
def export(graph: Graph, *, output: str) -> None:
    """Write the graph of FILE for other programs."""
    exchange.save(graph, output)
    click.echo(output, err=True)
