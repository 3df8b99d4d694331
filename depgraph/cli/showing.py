"""Verbs that show a recording: report, draw, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from depgraph import exchange, rendering
from depgraph.analysis.clients import ALL
from depgraph.cli.asking import CLIENTS, STEERING
from depgraph.cli.files import JSON
from depgraph.cli.group import main
from depgraph.cli.help import LANG
from depgraph.cli.service import of_one_service, of_several
from depgraph.cli.writing import OUTPUT, as_json_text, emit, form_of, output_option
from depgraph.pictures import kinds
from depgraph.pictures.engine.themes import ThemeWord
from depgraph.pictures.kinds import KindWord
from depgraph.reporting import report as make_report

if TYPE_CHECKING:
    from depgraph.schema import Graph
    from depgraph.vocabulary import SteeringWord


@main.command()
@of_one_service
@OUTPUT
@JSON
@LANG
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
)
@click.option("--width", type=click.IntRange(20))
@CLIENTS
@STEERING
def report(
    graph: Graph,
    *,
    output: str | None,
    as_json: bool,
    lang: str,
    form: str | None,
    width: int | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> None:
    """Say who is behind each function of the service in FILE, and how we know."""
    chosen = "json" if as_json else form or form_of(output, _BY_SUFFIX)
    made = make_report(graph, clients=clients or ALL, steering=steering)
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


@main.command()
@of_several
@output_option(required=True)
@click.option(
    "--kind",
    type=click.Choice(kinds.names()),
)
@click.option("--theme", type=click.Choice(get_args(ThemeWord)), default="light")
@click.option(
    "--group",
    default="big-tech",
    show_default=True,
)
@LANG
def draw(
    graphs: list[Graph],
    *,
    output: str,
    kind: KindWord | None,
    theme: ThemeWord,
    group: str,
    lang: str,
) -> None:
    """Draw the providers behind the service in FILE (png, svg or pdf by suffix; html: a page)."""
    from depgraph import pictures  # noqa: PLC0415  (matplotlib is slow to import)

    pictures.draw(graphs, output, kind=kind, theme=theme, lang=lang, group=group)
    click.echo(output, err=True)


@main.command()
@of_one_service
@output_option(required=True)
def export(graph: Graph, *, output: str) -> None:
    """Write the graph of FILE for other programs."""
    exchange.save(graph, output)
    click.echo(output, err=True)
