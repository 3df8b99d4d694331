"""What the verbs share: the graph of one service in a file, and how an answer is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from depgraph import exchange, rendering, routes
from depgraph.cli.files import (
    FILE,
    HOSTS,
    JSON,
    NAMES,
    NAMES_OF_EACH,
    dated,
    in_turn,
    is_given_open,
    load,
    load_days,
    say_rows,
    services_in,
)
from depgraph.cli.help import LANG
from depgraph.cli.speaking import refused
from depgraph.cli.terminal import is_styled, width_of
from depgraph.cli.writing import OUTPUT, as_json_text, emit, form_of, in_one, together
from depgraph.errors import RecordingError
from depgraph.graph import build
from depgraph.names import parse
from depgraph.readers.world import Refused
from depgraph.recording import Recording, to_bytes
from depgraph.survey.sources import built
from depgraph.text_safety import quote

if TYPE_CHECKING:
    from depgraph.analysis.results import Result
    from depgraph.schema import Graph

_CODE: Final = "depgraph.exit-code"
NO_SUCH_NAME: Final = 4
"""The exit code where the name that was asked about does not exist."""
WIDTH = click.option("--width", type=click.IntRange(20))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
)
_TOLD: Final = (1, 3, 0, NO_SUCH_NAME)
"""Exit codes of single answers, in the order in which they count for several."""
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
_OF_MANY: Final = frozenset({"concentration", "survey"})
"""Pictures of all services that a file holds, whether or not `--all` says so."""
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
    return graphs_of(file, name=name, at=at, with_tables=with_tables, hosts=hosts)[0]


def graphs_of(
    file: str,
    *,
    name: str | None = None,
    at: datetime | None = None,
    with_tables: bool = False,
    hosts: tuple[str, ...] = (),
    each_day: bool = False,
    kept: list[Recording] | None = None,
) -> list[Graph]:
    """Build the graph of one service in a file; of each day that it was recorded on, if asked.

    The recordings that they are built from are added to `kept`; a graph in a file has none.
    """
    day = at.date() if at else None
    unused = {"--at": at, "--tables": with_tables, "--host": hosts, "--dated": dated()}
    written = _written(file, name, unused=unused)
    if written is not None:
        return [written]
    made = load_days(file, name=name) if each_day else [load(file, name=name, at=day)]
    if kept is not None:
        kept += made
    return [_built(one, day, with_tables=with_tables, hosts=hosts) for one in made]


def _written(file: str, name: str | None, *, unused: Mapping[str, object]) -> Graph | None:
    """Return the graph that `export` wrote into a file; None where the file is of another form.

    Raises
    ------
    Refused
        If it is of another service, or an option is given that only building a graph can heed.
    """
    if is_given_open(file) or Path(file).is_dir() or not exchange.is_graph(file):
        return None
    for option in (word for word, given in unused.items() if given):
        raise refused("graph-built", option=option, file=file)
    graph = exchange.load(file)
    subject = str(graph.graph.get("subject", ""))
    if name is not None and parse(name) != subject:
        raise refused("graph-of", name=parse(name), file=file, found=quote(subject))
    return graph


def of_one_service(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the FILE argument and its options; it gets the graph as its first argument."""

    @FILE
    @NAMES
    @HOSTS
    @AT
    @TABLES
    @functools.wraps(verb)
    def command(
        *,
        file: str,
        names: tuple[str, ...],
        every: bool,
        hosts: tuple[str, ...],
        at: datetime | None,
        with_tables: bool,
        **rest: Any,
    ) -> Any:
        day = at.date() if at else None
        if not every and len(names) < 2:
            name = names[0] if names else None
            graph = graph_of(file, name=name, at=at, with_tables=with_tables, hosts=hosts)
            return verb(graph, **rest)
        graphs = _of_many(file, names, day, with_tables=with_tables, hosts=hosts)
        return one_by_one(verb, graphs, rest)

    return command


def _of_many(file: str, names: Sequence[str], day: date | None, **given: Any) -> Iterator[Graph]:
    """Build the graphs of several services in a file, one by one; what has none is told.

    Raises
    ------
    Refused
        If none of them has one.
    """
    unbuilt: list[Refused] = []
    found = services_in(file, names, day)
    for _, graph in built(found, partial(_built, day=day, **given), unbuilt.append):
        yield graph
    say_rows((file, *rest) for _, *rest in unbuilt)
    if len(unbuilt) == len(found):
        raise refused("no-services")


def _built(
    recording: Recording, day: date | None, *, with_tables: bool, hosts: tuple[str, ...]
) -> Graph:
    if not recording.sha256:  # joined, or read from another form: as `merge` writes it
        recording = recording.hashed(sha256(to_bytes(recording)).hexdigest())
    cited = recording.sha256
    if with_tables:
        recording = routes.with_routes(
            recording, routes.routing_at(day or recording.days[0])
        ).hashed(cited)
    return build(recording, at=day, hosts=map(parse, hosts) if hosts else None)


def one_by_one(verb: Callable[..., Any], graphs: Iterable[Graph], rest: Mapping[str, Any]) -> None:
    """Ask several services the same; what is shown of each is shown together at the end.

    The exit code is that of all of them: see :func:`_code_of`.
    """
    context = click.get_current_context()
    codes = []
    with together() as texts:
        for graph in graphs:
            code = 0
            context.meta.pop(_CODE, None)  # of the service before
            try:
                verb(graph, **rest)
            except click.exceptions.Exit as ended:
                code = ended.exit_code
            codes.append(code)
    for output, several in texts.items():
        emit(in_one(several), output)
    context.exit(_code_of(codes))


def _code_of(codes: Sequence[int]) -> int:
    """Return the exit code of several answers.

    One that says no makes it a no, one that is undetermined leaves it undetermined. That a name does
    not exist is told with its answer, and is the answer to all only if none of them exists.

    >>> _code_of([0, 3, 1]), _code_of([0, 4, 0]), _code_of([4, 4]), _code_of([])
    (1, 0, 4, 0)
    """
    return next((code for code in _TOLD if code in codes), 0)


def of_several(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb several FILEs; it gets their graphs, in the order given."""

    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True))
    @NAMES_OF_EACH
    @HOSTS
    @TABLES
    @functools.wraps(verb)
    def command(
        *,
        files: tuple[str, ...],
        names: tuple[str, ...],
        every: bool,
        hosts: tuple[str, ...],
        with_tables: bool,
        **rest: Any,
    ) -> Any:
        graphs: list[Graph] = []

        def of_each(file: str) -> Iterable[Graph]:
            return _of_many(file, names, None, with_tables=with_tables, hosts=hosts)

        for file in in_turn(files):
            if every or len(names) > 1:
                graphs += of_each(file)
            else:
                name = names[0] if names else None
                try:
                    graphs += graphs_of(
                        file, name=name, with_tables=with_tables, hosts=hosts, each_day=True
                    )
                except RecordingError:  # of several services, which such a picture is of
                    if names or rest.get("kind") not in _OF_MANY:
                        raise
                    graphs += of_each(file)
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
        if as_json and form not in {None, "json"}:
            raise refused("two-forms", form=form)
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


def end_with(code: int) -> None:
    """Make the verb that is running end with an exit code, once its answer is shown."""
    click.get_current_context().meta[_CODE] = code


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
                end_with(code_of(result))
            return result

        return command

    return add
