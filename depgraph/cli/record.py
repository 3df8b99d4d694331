"""Verbs that make and keep recordings: observe, verify, merge."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from depgraph import collect, recording
from depgraph.cli.files import HOSTS, load, refuse_a_file
from depgraph.cli.group import main
from depgraph.cli.messages import tell
from depgraph.cli.writing import OUTPUT
from depgraph.names import parse

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
    limits = {key: options.pop(key) for key in ("questions", "depth", "seconds")}
    limits["bytes"] = options.pop("bytes_")
    endpoints = options.pop("endpoints")
    return collect.observe(
        parse(name),
        output=output,
        resume=resume,
        endpoints=collect.Endpoints.read(endpoints) if endpoints else collect.Endpoints(),
        budget=collect.Budget(**{key: value for key, value in limits.items() if value is not None}),
        registration=not options.pop("no_registration"),
        **options,
    )


@main.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(dir_okay=False))
@click.option("--resume", is_flag=True)
@collecting
def observe(name: str, *, output: str | None, resume: bool, **options: Any) -> None:
    """Collect what DNS, routing and registration say of NAME."""
    refuse_a_file(name)
    observed = collected(name, output, resume=resume, **options)
    if output is None:
        _print(observed)
    tell(f"{observed!r}" + (f" in {output}" if output else ""))


def _print(observed: recording.Recording) -> None:
    """Write a recording to standard output as it would stand in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "recording.jsonl")
        recording.write(observed, path)
        click.echo(path.read_bytes(), nl=False)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.pass_context
def verify(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Check recordings line by line; list every fault."""
    faulty = False
    for file in files:
        faults = recording.verify(file)
        faulty = faulty or bool(faults)
        for fault in faults:
            click.echo(f"{file}: {fault}")
        if not faults:
            click.echo(f"{file}: whole, {recording.read(file)!r}")
    ctx.exit(1 if faulty else 0)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@OUTPUT
def merge(files: tuple[str, ...], *, output: str | None) -> None:
    """Join recordings of one service, made at several places or times."""
    joined = recording.merge([load(file) for file in files])
    if output is None:
        _print(joined)
    else:
        recording.write(joined, output, overwrite=True)  # the option has looked what is there
