"""Verbs that ask a recording: takedown, exposure, findings, without, dependence, check and others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from depgraph import analysis, routes
from depgraph.analysis.clients import ALL
from depgraph.analysis.verdicts import Ruling
from depgraph.cli.files import HOSTS, NAME_OF_EACH, in_turn
from depgraph.cli.group import main
from depgraph.cli.service import answers, exits, graph_of, of_one_service, of_several
from depgraph.cli.speaking import words_of
from depgraph.precedents import levers
from depgraph.text_safety import quote
from depgraph.vocabulary import Level, Steering, Turn, Urgency

if TYPE_CHECKING:
    from depgraph.analysis.change import Comparison
    from depgraph.analysis.claims import Check
    from depgraph.analysis.findings import Findings
    from depgraph.analysis.results import Result
    from depgraph.schema import Graph
    from depgraph.vocabulary import LevelWord, SteeringWord

LEVEL = click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    default="company",
    show_default=True,
)
UNCATALOGUED = click.option(
    "--uncatalogued",
    type=click.Choice(["unknown", "own"]),
    default="unknown",
    show_default=True,
)


def _horizon(_ctx: click.Context, _param: click.Parameter, value: str) -> str | None:
    return None if value == "none" else value


HORIZON = click.option(
    "--horizon",
    callback=_horizon,
    default="30d",
    show_default=True,
    metavar="TIME",
)


CLIENTS = click.option(
    "--clients",
    multiple=True,
    metavar="WHO",
)
STEERING = click.option(
    "--steering",
    type=click.Choice([word.value for word in Steering]),
    default="none",
    show_default=True,
)


def _upto(ctx: click.Context, _param: click.Parameter, value: str) -> int | None:
    """Read the largest size of a set: a number from 1, or all."""
    if value == "all":
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise click.BadParameter(words_of(ctx).say("usage.upto", found=quote(value)))
    return int(value)


# Exit codes of answers, where a shell asks for them: 1 no, 3 not decided, 0 yes.


def _check_code(result: Check) -> int:
    """Return 0 if the claim is supported, 1 if it or a part of it is contradicted, else 3."""
    parts = {one.ruling for piece in result.pieces for one in piece.functions}
    in_part = result.ruling is Ruling.PARTLY and Ruling.CONTRADICTED in parts
    if result.ruling is Ruling.CONTRADICTED or in_part:
        return 1
    return 0 if result.ruling is Ruling.SUPPORTED else 3


def _compare_code(result: Comparison) -> int:
    """Return 1 if something changed, else 3 if not all can be compared.

    That an edge is known otherwise, or has another TTL, is no change by itself.
    """
    turns = {layer.turn for layer in result.layers}
    turns |= {entry.turn for layer in result.layers for entry in layer.entries}
    turns |= {cut.turn for cut in result.cut_sets} | {one.turn for one in result.findings}
    turns |= {edge.turn for edge in result.edges} - {Turn.CHANGED}
    if turns & {Turn.APPEARED, Turn.VANISHED, Turn.CHANGED}:
        return 1
    return 3 if turns - {Turn.SAME} else 0


def _findings_code(result: Findings) -> int:
    """Return 1 if something is wrong now or soon, else 3 if not all was looked at."""
    if any(one.urgency is not Urgency.NOTE for one in result.findings):
        return 1
    return 0 if result.complete and result.looked_at else 3


@main.command()
@of_one_service
@LEVEL
@click.option(
    "--upto",
    callback=_upto,
    default="3",
    show_default=True,
    metavar="N|all",
)
@HORIZON
@CLIENTS
@STEERING
@answers
def takedown(
    graph: Graph,
    *,
    level: LevelWord,
    upto: int | None,
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Say who can take the service down, alone or together: the minimal cut sets."""
    return analysis.takedown(
        graph, level=level, upto=upto, horizon=horizon, clients=clients or ALL, steering=steering
    )


@main.command()
@of_one_service
@LEVEL
@CLIENTS
@answers
def exposure(graph: Graph, *, level: LevelWord, clients: tuple[str, ...]) -> Result:
    """Say who is on a path, and what they could read, redirect or refuse there."""
    return analysis.exposure(graph, level=level, clients=clients or ALL)


@main.command()
@of_one_service
@answers
@exits(_findings_code)
def findings(graph: Graph) -> Result:
    """Say what is wrong with the service, the most urgent first, and what to do."""
    return analysis.findings(graph)


@main.command()
@of_one_service
@click.argument("actors", nargs=-1, required=True)
@HORIZON
@CLIENTS
@STEERING
@answers
def without(
    graph: Graph,
    *,
    actors: tuple[str, ...],
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Say what still works if ACTORS withdraw together."""
    return analysis.without(
        graph,
        actors,
        horizon=horizon,
        ranges=_ranges(graph),
        clients=clients or ALL,
        steering=steering,
    )


def _ranges(graph: Graph) -> routes.PublishedRanges | None:
    """Take the ranges that clouds publish from the tables in the user's cache, if any."""
    if not any(info.kind is routes.Kind.PUBLISHED for info in routes.installed()):
        return None
    return routes.published_at(date.fromisoformat(graph.graph["since"]))


@main.command()
@of_one_service
@click.option("--on", default="big-tech", show_default=True)
@HORIZON
@UNCATALOGUED
@CLIENTS
@STEERING
@answers
def dependence(
    graph: Graph,
    *,
    on: str,
    horizon: str | None,
    uncatalogued: str,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Say per function whether a group can stop it, and whether it is on a path."""
    return analysis.dependence(
        graph,
        on=on,
        horizon=horizon,
        uncatalogued=uncatalogued,
        clients=clients or ALL,
        steering=steering,
    )


@main.command()
@of_one_service
@click.option("--on", default="big-tech", show_default=True)
@HORIZON
@CLIENTS
@STEERING
@answers
def wanted(
    graph: Graph,
    *,
    on: str,
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Say what is not known that would change the answers, and what would tell it."""
    return analysis.wanted(graph, on=on, horizon=horizon, clients=clients or ALL, steering=steering)


@main.command()
@of_one_service
@click.argument("claim")
@HORIZON
@UNCATALOGUED
@CLIENTS
@STEERING
@answers
@exits(_check_code)
def check(
    graph: Graph,
    *,
    claim: str,
    horizon: str | None,
    uncatalogued: str,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Hold CLAIM, such as "independent of big-tech", against the evidence."""
    return analysis.check(
        graph,
        claim,
        horizon=horizon,
        uncatalogued=uncatalogued,
        clients=clients or ALL,
        steering=steering,
    )


@main.command()
@of_one_service
@LEVEL
@HORIZON
@CLIENTS
@STEERING
@answers
def importance(
    graph: Graph,
    *,
    level: LevelWord,
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Weigh the actors: Shapley-Shubik and Birnbaum. A structural measure, not a risk score."""
    return analysis.importance(
        graph, level=level, horizon=horizon, clients=clients or ALL, steering=steering
    )


@main.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False))
@click.argument("after", type=click.Path(exists=True, dir_okay=False))
@NAME_OF_EACH
@HOSTS
@LEVEL
@click.option("--upto", type=click.IntRange(1), default=2, show_default=True)
@HORIZON
@CLIENTS
@STEERING
@answers
@exits(_compare_code)
def compare(
    *,
    before: str,
    after: str,
    name: str | None,
    hosts: tuple[str, ...],
    level: LevelWord,
    upto: int,
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Say what appeared, vanished or changed between two recordings of one service."""
    files = in_turn((before, after))
    earlier, later = (graph_of(file, name=name, hosts=hosts) for file in files)
    return analysis.compare(
        earlier,
        later,
        level=level,
        upto=upto,
        horizon=horizon,
        clients=clients or ALL,
        steering=steering,
    )


@main.command()
@of_several
@LEVEL
@HORIZON
@CLIENTS
@STEERING
@answers
def timeline(
    graphs: list[Graph],
    *,
    level: LevelWord,
    horizon: str | None,
    clients: tuple[str, ...],
    steering: SteeringWord,
) -> Result:
    """Lay several recordings of one service side by side, in the order of their days."""
    return analysis.timeline(
        graphs, level=level, horizon=horizon, clients=clients or ALL, steering=steering
    )


@main.command()
@click.option("--lever", type=click.Choice(levers()))
@answers
def precedents(*, lever: str | None) -> Result:
    """Tell what happened before: dated withdrawals and outages, with notice and the way back."""
    return analysis.precedents(lever or "")
