"""Verbs that make and keep recordings: observe, verify, merge."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from depgraph import collect, recording
from depgraph.cli.files import HOSTS, load
from depgraph.cli.group import main
from depgraph.cli.writing import OUTPUT
from depgraph.names import parse


@main.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Recording to write.")
@click.option("--resume", is_flag=True, help="Go on with the recording: ask what is missing.")
@click.option("--resolver", metavar="ADDRESS[:PORT]", help="Ask this recursive resolver.")
@click.option("--tls", is_flag=True, help="Connect to port 443 and record the certificate.")
@click.option("--no-registration", is_flag=True, help="Do not ask RDAP and WHOIS servers.")
@click.option("--also", multiple=True, metavar="SOURCE", help="Ask this further source, too.")
@HOSTS
@click.option("--vantage", default="", metavar="WORD", help="Label of this vantage point.")
@click.option("--subnet", metavar="PREFIX", help="EDNS client subnet to send.")
@click.option("--questions", type=click.IntRange(1), help="Budget: questions asked.")
@click.option("--depth", type=click.IntRange(0), help="Budget: dependencies followed.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="Budget: time.")
@click.option("--bytes", "bytes_", type=click.IntRange(1), help="Budget: bytes received.")
@click.option(
    "--endpoints",
    envvar="DEPGRAPH_ENDPOINTS",
    type=click.Path(exists=True, dir_okay=False),
    help="JSON file that says where each source is reached (a lab, a proxy).",
)
def observe(
    name: str,
    *,
    output: str | None,
    resume: bool,
    resolver: str | None,
    tls: bool,
    no_registration: bool,
    also: tuple[str, ...],
    hosts: tuple[str, ...],
    vantage: str,
    subnet: str | None,
    endpoints: str | None,
    **limits: Any,
) -> None:
    """Collect what DNS, routing and registration say of NAME.

    Observations are written as they come; Ctrl-C keeps them, and --resume goes on. Without
    --output the recording goes to standard output.
    """
    limits["bytes"] = limits.pop("bytes_")
    budget = {key: value for key, value in limits.items() if value is not None}
    subject = parse(name)
    observed = collect.observe(
        subject,
        output=output,
        resume=resume,
        resolver=resolver,
        endpoints=collect.Endpoints.read(endpoints) if endpoints else collect.Endpoints(),
        budget=collect.Budget(**budget),
        tls=tls,
        registration=not no_registration,
        also=also,
        hosts=hosts,
        vantage=vantage,
        subnet=subnet,
    )
    if output is None:
        _print(observed)
    click.echo(f"{observed!r}" + (f" in {output}" if output else ""), err=True)


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
