"""The program without a verb: ``depgraph NAME`` and ``depgraph FILE``; and ``depgraph demo``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from depgraph import recording, reporting
from depgraph.analysis.clients import ALL
from depgraph.cli.asking import CLIENTS, STEERING
from depgraph.cli.files import JSON, NAME, is_folder, is_read, name_asked, refuse_a_mistyped_file
from depgraph.cli.group import main
from depgraph.cli.help import LANG
from depgraph.cli.messages import Interrupted, tell
from depgraph.cli.record import collected, collecting
from depgraph.cli.service import AT, NO_SUCH_NAME, TABLES, WIDTH, graph_of, graphs_of, show
from depgraph.cli.speaking import refused
from depgraph.graph import build
from depgraph.texts import words
from depgraph.texts.inline import own

if TYPE_CHECKING:
    from depgraph.recording import Recording
    from depgraph.schema import Graph
    from depgraph.vocabulary import SteeringWord

_NAMED: Final = 6  # recordings that the demo names before the rest is counted
_SHOWN: Final = ("parler.com", "2021-02-15")


@main.command()
@click.argument("what", required=False)
@NAME
@collecting
@AT
@TABLES
@click.option(
    "-o", "--output", "folder", default=".", type=click.Path(file_okay=False), metavar="FOLDER"
)
@click.option("--full/--brief", "in_full", default=False)
@JSON
@LANG
@WIDTH
@CLIENTS
@STEERING
def look(
    what: str | None,
    *,
    name: str | None,
    at: datetime | None,
    with_tables: bool,
    folder: str,
    in_full: bool,
    as_json: bool,
    lang: str,
    width: int | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
    **options: Any,
) -> None:
    """Observe WHAT, a name, or read it, a file: the first screen, a page, and the recording."""
    context = click.get_current_context()
    if what is None and name is None:
        raise refused("look")
    written: list[Path] = []
    if what is not None and is_read(what):
        read: list[Recording] = []
        (graph,) = graphs_of(
            what, name=name, at=at, with_tables=with_tables, hosts=options["hosts"], kept=read
        )
        if read and (is_folder(what) or not recording.is_recording(what)):
            written.append(_kept(read[0], Path(folder)))
    else:
        if what is not None:
            refuse_a_mistyped_file(what)
        path = _recorded(name or str(what), Path(folder), options)
        written.append(path)
        graph = graph_of(str(path), at=at, with_tables=with_tables, hosts=options["hosts"])
    whole = reporting.report(graph, clients=clients or ALL, steering=steering)
    short = reporting.brief(whole)
    shown = whole if in_full else short
    show(shown, "json" if as_json else "text", None, lang=lang, width=width)
    if not short.is_nothing:
        written.insert(0, _page(graph, Path(folder), lang))
    tell(words(lang).say("look.written", files=words(lang).listed(map(str, written))))
    context.exit(NO_SUCH_NAME if short.is_nothing else 0)


def _recorded(name: str, folder: Path, options: dict[str, Any]) -> Path:
    """Observe a name into a new file of the day; one of today that was left is gone on with.

    Raises
    ------
    Interrupted
        On Ctrl-C: what was recorded is kept.
    """
    subject = name_asked(name)
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{subject}_{datetime.now(UTC).date()}"
    path = next(one for one in _numbered(folder, stem, ".jsonl") if _is_open(one))
    observed = collected(subject, path, resume=path.exists(), **options)
    if not observed.complete:
        raise refused("interrupted-at", kind=Interrupted, name=name, path=path)
    return path


def _kept(made: Recording, folder: Path) -> Path:
    """Write what was read from another form as a recording, into a new file."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{made.subject}_{made.days[0]}"
    path = next(one for one in _numbered(folder, stem, ".jsonl") if not one.exists())
    recording.write(made, path)
    return path


def _page(graph: Graph, folder: Path, lang: str) -> Path:
    """Write the page of a graph into a new file."""
    from depgraph import pictures  # noqa: PLC0415  (matplotlib is slow to import)

    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{graph.graph['subject']}_{graph.graph['since']}"
    path = next(one for one in _numbered(folder, stem, ".html") if not one.exists())
    pictures.page(graph, lang=lang).save(path)
    return path


def _numbered(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """Yield names of files: the plain one, then those with a number."""
    yield folder / f"{stem}{suffix}"
    for number in count(2):
        yield folder / f"{stem}_{number}{suffix}"


def _is_open(path: Path) -> bool:
    """Tell whether a file can be written: it is not there, or a recording that was left."""
    if not path.exists():
        return True
    return recording.is_recording(path) and not recording.read(path).complete


@main.command()
@click.argument("name", required=False)
@click.argument("since", required=False, default="")
@LANG
@WIDTH
def demo(name: str | None, since: str, *, lang: str, width: int | None) -> None:
    """Show a recording that comes with depgraph; without NAME, Parler on 15 February 2021."""
    chosen = recording.example(name, since) if name else recording.example(*_SHOWN)
    graph = build(chosen)
    w = words(lang)
    show(reporting.brief(graph), "text", None, lang=lang, width=width)
    names = dict.fromkeys(path.stem.partition("_")[0] for path in recording.examples())
    tell(w.say("demo.more", names=w.some(map(own, names), _NAMED)))
