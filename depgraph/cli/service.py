"""What the verbs share: the graph of one service in a file, and how an answer is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from depgraph import rendering, routes
from depgraph.cli.files import FILE, HOSTS, JSON, NAME, load
from depgraph.cli.help import LANG
from depgraph.cli.terminal import is_styled, width_of
from depgraph.cli.writing import OUTPUT, as_json_text, emit, form_of
from depgraph.graph import build
from depgraph.names import parse

if TYPE_CHECKING:
    from depgraph.analysis.results import Result
    from depgraph.schema import Graph

_CODE: Final = "depgraph.exit-code"
WIDTH = click.option("--width", type=click.IntRange(20))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
)
BY_SUFFIX: Final = {
    "": "text",
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}
AT = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
)
TABLES = click.option(
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
    @AT
    @TABLES
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
    @TABLES
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
    """Show what a verb returns: as text in a language, or in another form; printed, or in a file."""

    @JSON
    @LANG
    @OUTPUT
    @FORMAT
    @WIDTH
    @functools.wraps(verb)
    def command(
        *args: Any,
        as_json: bool,
        lang: str,
        output: str | None,
        form: str | None,
        width: int | None,
        **rest: Any,
    ) -> None:
        chosen = "json" if as_json else form or form_of(output, BY_SUFFIX)
        show(verb(*args, **rest), chosen, output, lang=lang, width=width)
        context = click.get_current_context()
        context.exit(context.meta.get(_CODE, 0))

    return command


def show(
    result: Result, form: str, output: str | None, *, lang: str = "en", width: int | None = None
) -> None:
    """Print an answer in a form, or write it to a file."""
    if form == "json":
        text = as_json_text(result.to_dict())
    elif form == "html":
        text = rendering.to_page(result, lang=lang)
    elif form == "markdown":
        text = result.to_markdown(lang=lang)
    else:
        columns = width_of(width, output)
        text = rendering.to_text(result, lang=lang, width=columns, styled=is_styled(output))
    emit(text, output)


def exits(
    code_of: Callable[[Any], int],
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Make a decorator that gives a verb ``--exit-code``: the exit code says the answer too.

    Parameters
    ----------
    code_of
        The code of an answer: 0, 1 or 3; 2 stays what cannot be done.
    """

    def add(verb: Callable[..., Result]) -> Callable[..., Result]:
        @click.option("--exit-code", "with_code", is_flag=True)
        @functools.wraps(verb)
        def command(*args: Any, with_code: bool, **rest: Any) -> Result:
            result = verb(*args, **rest)
            if with_code:
                click.get_current_context().meta[_CODE] = code_of(result)
            return result

        return command

    return add
