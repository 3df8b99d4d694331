"""Verbs that ask a recording: takedown, exposure, without, dependence, check, compare, timeline."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from depgraph import analysis
from depgraph.analysis.model import LEVELS
from depgraph.cli.files import FILE, JSON, LANG, NAME, OUTPUT, as_json_text, emit, load
from depgraph.cli.group import main
from depgraph.cli.showing import AT
from depgraph.graph import build

if TYPE_CHECKING:
    import networkx as nx

    from depgraph.analysis.shown import Shown

LEVEL = click.option(
    "--level",
    type=click.Choice(list(LEVELS)),
    default="company",
    show_default=True,
    help="Who acts.",
)
HORIZON = click.option(
    "--horizon",
    default="30d",
    show_default=True,
    metavar="TIME",
    help="Levers that take longer do not count: 12h, 30d, 8w, or 'none' to count all.",
)
FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)
)
UNCATALOGUED = click.option(
    "--uncatalogued",
    type=click.Choice(["unknown", "own"]),
    default="unknown",
    show_default=True,
    help="Whether an operator that the catalogue does not have may belong to the group.",
)


def _upto(_ctx: click.Context, _param: click.Parameter, value: str) -> int | None:
    """Read the largest size of a set: a number from 1, or all."""
    if value == "all":
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise click.BadParameter(f"expected a number from 1, or 'all', found {value!r}")
    return int(value)


def _graph(file: str, name: str | None, at: datetime | None) -> nx.MultiDiGraph[str]:
    return build(load(file, name=name), at=at.date() if at else None)


def _show(result: Shown, *, as_json: bool, lang: str, output: str | None) -> None:
    emit(as_json_text(result.to_dict()) if as_json else result.text(lang=lang), output)


def _horizon(text: str) -> str | None:
    return None if text == "none" else text


@main.command()
@FILE
@NAME
@AT
@LEVEL
@click.option(
    "--upto", callback=_upto, default="3", show_default=True, metavar="N|all", help="Largest set."
)
@HORIZON
@JSON
@LANG
@OUTPUT
def takedown(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    level: str,
    upto: int | None,
    horizon: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Say who can take the service down, alone or together: the minimal cut sets."""
    result = analysis.takedown(
        _graph(file, name, at),
        level=level,
        upto=upto,
        horizon=_horizon(horizon),
    )
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILE
@NAME
@AT
@LEVEL
@JSON
@LANG
@OUTPUT
def exposure(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    level: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Say who is on a path, and what they could read, redirect or refuse there."""
    result = analysis.exposure(_graph(file, name, at), level=level)
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILE
@click.argument("actors", nargs=-1, required=True)
@NAME
@AT
@HORIZON
@JSON
@LANG
@OUTPUT
def without(
    file: str,
    *,
    actors: tuple[str, ...],
    name: str | None,
    at: datetime | None,
    horizon: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Say what still works if ACTORS withdraw together.

    An actor is a provider, a company, a country (US), a group (big-tech, eu, or a file with
    one actor a line), an AS (AS16509), a prefix, or an address family (ipv4, ipv6).
    """
    result = analysis.without(_graph(file, name, at), actors, horizon=_horizon(horizon))
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILE
@click.option("--on", default="big-tech", show_default=True, help="Group, country or actor.")
@NAME
@AT
@HORIZON
@UNCATALOGUED
@JSON
@LANG
@OUTPUT
def dependence(
    file: str,
    *,
    on: str,
    name: str | None,
    at: datetime | None,
    horizon: str,
    uncatalogued: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Say per function whether a group can stop it, and whether it is on a path."""
    result = analysis.dependence(
        _graph(file, name, at), on=on, horizon=_horizon(horizon), uncatalogued=uncatalogued
    )
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILE
@click.argument("claim")
@NAME
@AT
@HORIZON
@UNCATALOGUED
@JSON
@LANG
@OUTPUT
def check(
    file: str,
    *,
    claim: str,
    name: str | None,
    at: datetime | None,
    horizon: str,
    uncatalogued: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Hold CLAIM, such as "independent of big-tech", against the evidence."""
    result = analysis.check(
        _graph(file, name, at), claim, horizon=_horizon(horizon), uncatalogued=uncatalogued
    )
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILE
@NAME
@AT
@LEVEL
@HORIZON
@JSON
@LANG
@OUTPUT
def importance(
    file: str,
    *,
    name: str | None,
    at: datetime | None,
    level: str,
    horizon: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Weigh the actors: Shapley-Shubik and Birnbaum. A measure, never the score."""
    result = analysis.importance(_graph(file, name, at), level=level, horizon=_horizon(horizon))
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False))
@click.argument("after", type=click.Path(exists=True, dir_okay=False))
@NAME
@LEVEL
@click.option("--upto", type=click.IntRange(1), default=2, show_default=True, help="Largest set.")
@HORIZON
@JSON
@LANG
@OUTPUT
def compare(
    before: str,
    after: str,
    *,
    name: str | None,
    level: str,
    upto: int,
    horizon: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Say what appeared, vanished or changed between two recordings of one service."""
    result = analysis.compare(
        _graph(before, name, None),
        _graph(after, name, None),
        level=level,
        upto=upto,
        horizon=_horizon(horizon),
    )
    _show(result, as_json=as_json, lang=lang, output=output)


@main.command()
@FILES
@NAME
@LEVEL
@HORIZON
@JSON
@LANG
@OUTPUT
def timeline(
    files: tuple[str, ...],
    *,
    name: str | None,
    level: str,
    horizon: str,
    as_json: bool,
    lang: str,
    output: str | None,
) -> None:
    """Lay several recordings of one service side by side, in the order of their days."""
    graphs = [_graph(file, name, None) for file in files]
    result = analysis.timeline(graphs, level=level, horizon=_horizon(horizon))
    _show(result, as_json=as_json, lang=lang, output=output)
