"""Verbs that make and keep recordings: observe, verify, merge."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from depgraph import recording
from depgraph.atomic import no_empty_folder
from depgraph.cli.files import (
    HOSTS,
    IN_LIST,
    UNSAID,
    UNSAID_OF_EACH,
    in_turn,
    load,
    name_asked,
    refuse_a_file,
    refuse_without_list,
    say_rows,
    unsaid,
)
from depgraph.cli.group import main
from depgraph.cli.messages import Interrupted, say, show, tell
from depgraph.cli.speaking import days_said, our_words, refused, words_of
from depgraph.cli.writing import OUTPUT, output_option, refuse_other_form
from depgraph.errors import DepgraphError, RecordingError
from depgraph.readers import NameList, World, is_world, read_list, verify_world
from depgraph.recording.model import in_runs
from depgraph.survey.sources import gather_world
from depgraph.text_safety import quote
from depgraph.texts.refusals import of_error

_COLLECTING = (
    click.option("--resolver", metavar="ADDRESS[:PORT]"),
    click.option("--tls", is_flag=True),
    click.option("--no-registration", is_flag=True),
    click.option("--also", multiple=True, metavar="SOURCE"),
    HOSTS,
    click.option("--vantage", default="", metavar="WORD"),
    click.option("--subnet", metavar="PREFIX"),
    click.option("--questions", type=click.IntRange(1)),
    click.option("--depth", type=click.IntRange(0)),
    click.option("--seconds", type=click.FloatRange(0, min_open=True)),
    click.option("--bytes", "bytes_", type=click.IntRange(1)),
    click.option(
        "--endpoints",
        envvar="DEPGRAPH_ENDPOINTS",
        type=click.Path(exists=True, dir_okay=False),
    ),
)


def collecting(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say how a name is observed, as :func:`collected` takes them."""
    for option in reversed(_COLLECTING):
        verb = option(verb)
    return verb


def collected(
    name: str, output: str | os.PathLike[str] | None, *, resume: bool, **options: Any
) -> recording.Recording:
    """Observe a name as the options say.

    Raises
    ------
    InvalidName, CollectionError, RecordingError
        As :func:`depgraph.observe` does.
    """
    from depgraph import collect  # noqa: PLC0415  (13 MB of the network, where it is asked)
    from depgraph.collect.progress import display  # noqa: PLC0415

    limits = {key: options.pop(key) for key in ("questions", "depth", "seconds")}
    limits["bytes"] = options.pop("bytes_")
    endpoints = options.pop("endpoints")
    with display(our_words()) as watch:
        return collect.observe(
            name_asked(name),
            output=output,
            resume=resume,
            endpoints=collect.Endpoints.read(endpoints) if endpoints else collect.Endpoints(),
            budget=collect.Budget(
                **{key: value for key, value in limits.items() if value is not None}
            ),
            registration=not options.pop("no_registration"),
            progress=watch,
            **options,
        )


def _shard(ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int]:
    """Read which part of a list is taken: ``3/16``, the third of sixteen."""
    first, slash, of = (value or "1/1").partition("/")
    digits = first + of
    if (
        not slash
        or not (digits.isascii() and first.isdigit() and of.isdigit())
        or not 1 <= int(first) <= int(of)
    ):
        raise click.BadParameter(words_of(ctx).say("usage.shard", found=quote(value)))
    return int(first), int(of)


@main.command()
@click.argument("name", required=False)
@click.option("-o", "--output", type=click.Path())
@click.option("--resume", is_flag=True)
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False), metavar="LIST")
@IN_LIST
@click.option("--shard", callback=_shard, metavar="N/N")
@collecting
def observe(
    name: str | None,
    *,
    output: str | None,
    resume: bool,
    source: str | None,
    column: str | None,
    sheet: str | None,
    shard: tuple[int, int],
    **options: Any,
) -> None:
    """Collect what DNS, routing and registration say of NAME."""
    if (name is None) == (source is None):
        raise refused("name-or-list")
    if source is not None:
        if output is None:
            raise refused("no-output-folder")
        listed = read_list(source, column=column, sheet=sheet)
        with no_empty_folder(output):
            observe_list(listed, Path(output), shard, **options)
        return
    assert name is not None
    refuse_without_list("--from", column=column, sheet=sheet)
    refuse_a_file(name)
    refuse_other_form(output, ".jsonl", ".ndjson", ".json", ".txt")
    if output is not None and Path(output).is_dir():
        raise refused("a-folder", output=output)
    observed = collected(name, output, resume=resume, **options)
    if output is None:
        _print(observed)
    tell(_made(observed, output))
    tell_limits(observed)


def _made(observed: recording.Recording, output: str | None) -> str:
    """Return what was observed, and the file that has it."""
    table = our_words()
    counts = {
        "subject": observed.subject,
        "days": days_said(*observed.days),
        "observations": len(observed),
    }
    made = table.say("observe.made" if observed.complete else "observe.incomplete", **counts)
    return str(table.say("made.in", made=made, output=output) if output else made)


def tell_limits(observed: recording.Recording) -> None:
    """Say at the end which limits a collection met, and what they left open."""
    from depgraph.rendering.phrases import limit_lines  # noqa: PLC0415  (needs the analysis)
    from depgraph.rendering.writer import Writer  # noqa: PLC0415

    lang = words_of(click.get_current_context()).lang
    for line in limit_lines(Writer(lang), observed.limits):
        tell(str(line))


def observe_list(listed: NameList, folder: Path, shard: tuple[int, int], **options: Any) -> None:
    """Observe each name of a list into a recording of its own; those that are whole are kept.

    A name that cannot be observed is told, and the others go on. Ctrl-C ends the list; the same
    command goes on with it.

    Parameters
    ----------
    listed
        The names.
    folder
        Gets ``NAME.jsonl`` of each; made if it is not there.
    shard
        Which part of the list, of how many: names are dealt out in turn.
    options
        As for :func:`collected`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for bad in listed.refused:
        say(str(bad))
    first, of = shard
    names = list(listed.names)[first - 1 :: of]
    start, asked, failed = time.monotonic(), 0, len(listed.refused)
    limited = whole = 0
    for place, name in enumerate(names, start=1):
        path = folder / f"{name}.jsonl"
        if _whole(path):
            whole += 1
            continue
        try:
            observed = collected(name, path, resume=path.exists(), **options)
        except DepgraphError as error:
            failed += 1
            say(f"{name}: {of_error(error, our_words())}")
            continue
        asked += 1
        if not observed.complete:
            raise refused("interrupted-list", kind=Interrupted, name=name)
        limited += bool(observed.limits)
        each = (time.monotonic() - start) / asked
        left = each * (len(names) - place)
        counts = {"place": place, "total": len(names), "each": round(each, 1), "left": round(left)}
        tell(str(our_words().say("observe.each", name=name, **counts)))
    counts = {"names": len(names), "asked": asked, "limited": limited, "failed": failed}
    made = our_words().say("observe.list", **counts)
    tell(str(our_words().say("made.in", made=made, output=folder)))
    if failed and not asked and not whole:
        raise refused("none-observed", n=failed)


def _whole(path: Path) -> bool:
    """Tell whether a recording is there and came to its end."""
    try:
        return path.is_file() and recording.read(path).complete
    except RecordingError:
        return False


def _print(observed: recording.Recording) -> None:
    """Write a recording to standard output as it would stand in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "recording.jsonl")
        recording.write(observed, path)
        click.echo(path.read_bytes(), nl=False)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--sha256", is_flag=True)
@click.pass_context
def verify(ctx: click.Context, files: tuple[str, ...], *, sha256: bool) -> None:
    """Check recordings line by line; list every fault."""
    faulty = False
    for file in files:
        world = is_world(file)
        faults = verify_world(file) if world else recording.verify(file)
        faulty = faulty or bool(faults)
        for fault in faults:
            show(f"{file}: {fault}")
        if not faults:
            what = repr(World(file) if world else recording.read(file))
            show(str(our_words().say("note.whole", file=file, what=what)))
        if sha256:
            with Path(file).open("rb") as opened:
                click.echo(f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file}")
    ctx.exit(1 if faulty else 0)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True))
@UNSAID
@output_option(required=True)
def world(inputs: tuple[str, ...], *, output: str) -> None:
    """Write the services of the INPUTs as one world, which every verb reads."""
    made = gather_world(inputs, output, **unsaid())
    for rows in (made.refused, made.notes):
        say_rows(rows)
    services, observations = World(output).counts
    held = our_words().say("world.made", services=services, observations=observations)
    tell(str(our_words().say("made.in", made=held, output=output)))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@UNSAID_OF_EACH
@OUTPUT
def merge(files: tuple[str, ...], *, output: str | None) -> None:
    """Join recordings of one service, made at several places or times."""
    refuse_other_form(output, ".jsonl", ".ndjson", ".json", ".txt")
    several = [load(file) for file in in_turn(files)]
    joined = recording.merge(several)
    days = in_runs(one.days for one in several)
    if len(days) > 1:
        say(str(our_words().say("merge.days", number=len(days), days=days_said(*days[-1]))))
    if output is None:
        _print(joined)
    else:
        recording.write(joined, output, overwrite=True)  # the option has looked what is there
        click.echo(output, err=True)
