"""Verbs that show a recording: report, draw, export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from depgraph import exchange, reporting
from depgraph.analysis.clients import ALL
from depgraph.atomic import write_bytes
from depgraph.cli.asking import CLIENTS, STEERING
from depgraph.cli.days import between
from depgraph.cli.files import FILE, NAME, load
from depgraph.cli.group import main
from depgraph.cli.help import LANG
from depgraph.cli.service import AT, NO_SUCH_NAME, answers, end_with, of_one_service, of_several
from depgraph.cli.speaking import refused
from depgraph.cli.writing import form_of, output_option
from depgraph.pictures import kinds
from depgraph.pictures.engine.themes import ThemeWord
from depgraph.pictures.frames import ShapeWord
from depgraph.pictures.kinds import KindWord

if TYPE_CHECKING:
    from depgraph.analysis.results import Result
    from depgraph.schema import Graph
    from depgraph.vocabulary import SteeringWord


@main.command()
@of_one_service
@CLIENTS
@STEERING
@click.option("--full/--brief", "in_full", default=True)
@answers
def report(
    graph: Graph,
    *,
    clients: tuple[str, ...],
    steering: SteeringWord,
    in_full: bool,
) -> Result:
    """Say who is behind each function of the service in FILE, and how we know."""
    made = reporting.report(graph, clients=clients or ALL, steering=steering)
    short = reporting.brief(made)
    if short.is_nothing:
        end_with(NO_SUCH_NAME)
    return made if in_full else short


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
@click.option("--title", default="", metavar="WORDS")
@click.option("--deck", default="", metavar="WORDS")
@click.option("--credit", default="", metavar="WORDS")
@click.option("--shape", type=click.Choice(get_args(ShapeWord)))
@LANG
def draw(
    graphs: list[Graph],
    *,
    output: str,
    kind: KindWord | None,
    theme: ThemeWord,
    group: str,
    lang: str,
    **around: Any,
) -> None:
    """Draw the providers behind the service in FILE (png, svg or pdf by suffix; html: a page)."""
    from depgraph import pictures  # noqa: PLC0415  (matplotlib is slow to import)

    pictures.draw(graphs, output, kind=kind, theme=theme, lang=lang, group=group, **around)
    click.echo(output, err=True)


@main.command()
@FILE
@NAME
@AT
@output_option(required=True)
@click.option("--zip", "as_zip", is_flag=True)
@click.option("--group", default="big-tech", show_default=True)
@LANG
def bundle(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    output: str,
    as_zip: bool,
    group: str,
    lang: str,
) -> None:
    """Write one file for a newsroom: pictures, what-if, report, sources, and the recording."""
    from depgraph.pictures import newsroom  # noqa: PLC0415  (matplotlib is slow to import)

    form = form_of(output, {".html": "html", ".htm": "html", ".zip": "zip"})
    if as_zip and form != "zip":
        raise refused("zip", output=output, stem=Path(output).stem)
    day = at.date() if at else None
    made = load(file, name=name, at=day)
    if day is not None:
        made = between(made, day, day)
    if form == "zip":
        write_bytes(output, newsroom.archive(made, lang=lang, group=group))
    else:
        newsroom.bundle(made, lang=lang, group=group).save(output)
    click.echo(output, err=True)


@main.command()
@of_one_service
@output_option(required=True)
def export(graph: Graph, *, output: str) -> None:
    """Write the graph of FILE for other programs."""
    exchange.save(graph, output)
    click.echo(output, err=True)
