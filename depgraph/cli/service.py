"""What the verbs share: the graph of one service in a file, and how an answer is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from depgraph import routes
from depgraph.cli.files import FILE, HOSTS, JSON, NAME, load
from depgraph.cli.help import LANG
from depgraph.cli.writing import OUTPUT, as_json_text, emit
from depgraph.graph import build
from depgraph.names import parse

if TYPE_CHECKING:
    from depgraph.analysis.results import Result
    from depgraph.schema import Graph

_WIDTH = click.option(
    "--width",
    type=click.IntRange(20),
    default=110,
    show_default=True,
)
_AT = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
)
_TABLES = click.option(
    "--tables",
    "with_tables",
    is_flag=True,
)


def graph_of(
    file: str,
    *,
    name: str | None = None,
    at: datetime | None = None,
    with_tables: bool = False,
    hosts: tuple[str, ...] = (),
) -> Graph:
    """Build the graph of one service in a file."""
    recording = load(file, name=name)
    day = at.date() if at else None
    if with_tables:
        recording = routes.with_routes(recording, routes.routing_at(day or recording.days[0]))
    return build(recording, at=day, hosts=map(parse, hosts) if hosts else None)


def of_one_service(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the FILE argument and its options; it gets the graph as its first argument."""

    @FILE
    @NAME
    @HOSTS
    @_AT
    @_TABLES
    @functools.wraps(verb)
    def command(
        *,
        file: str,
        name: str | None,
        hosts: tuple[str, ...],
        at: datetime | None,
        with_tables: bool,
        **rest: Any,
    ) -> Any:
        graph = graph_of(file, name=name, hosts=hosts, at=at, with_tables=with_tables)
        return verb(graph, **rest)

    return command


def of_several(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb several FILEs; it gets their graphs, in the order given."""

    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
    @NAME
    @HOSTS
    @_TABLES
    @functools.wraps(verb)
    def command(
        *,
        files: tuple[str, ...],
        name: str | None,
        hosts: tuple[str, ...],
        with_tables: bool,
        **rest: Any,
    ) -> Any:
        graphs = [graph_of(file, name=name, hosts=hosts, with_tables=with_tables) for file in files]
        return verb(graphs, **rest)

    return command


def answers(verb: Callable[..., Result]) -> Callable[..., None]:
    """Show what a verb returns: as text in a language, or as JSON; printed, or in a file."""

    @JSON
    @LANG
    @OUTPUT
    @_WIDTH
    @functools.wraps(verb)
    def command(
        *args: Any, as_json: bool, lang: str, output: str | None, width: int, **rest: Any
    ) -> None:
        result = verb(*args, **rest)
        made = as_json_text(result.to_dict()) if as_json else result.text(lang=lang, width=width)
        emit(made, output)

    return command
