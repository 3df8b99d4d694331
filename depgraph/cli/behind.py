"""Verbs about attribution: explain, who, attribute, catalogue, tables."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from depgraph import analysis, providers, routes
from depgraph.analysis.naming import Lexicon
from depgraph.cli.files import name_asked
from depgraph.cli.group import main
from depgraph.cli.messages import say, show
from depgraph.cli.service import TABLES, answers
from depgraph.cli.speaking import refused
from depgraph.cli.writing import emit_lines, output_option, refuse_other_form
from depgraph.errors import RecordingError
from depgraph.intake import opened
from depgraph.survey import attribute_cases, csv_lines
from depgraph.survey.learn import LEAST, learn, proposed
from depgraph.text_safety import one_line, quote

_SHOWN = 5  # problems told one by one

if TYPE_CHECKING:
    from depgraph.analysis.results import Result


@main.command()
@click.argument("name_or_address")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@answers
def explain(*, name_or_address: str, at: datetime | None) -> Result:
    """Say who is behind a host name or an address, by which rules, and why."""
    return analysis.explain(_asked(name_or_address), day=at.date() if at else _today())


@main.command()
@click.argument("whom")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@answers
def who(*, whom: str, at: datetime | None) -> Result:
    """Say who somebody is, who owned it on a day, and what changed since."""
    return analysis.who(whom, day=at.date() if at else _today())


def _asked(text: str) -> str:
    """Give an address, or a host name in canonical form; raises InvalidName for what is neither."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        if _is_prefix(text):
            raise refused("prefix", found=quote(text)) from None
        return name_asked(text)


def _is_prefix(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


@main.command()
@click.option("--in", "source", type=click.File("rb"), default="-")
@click.option("--csv", "as_csv", is_flag=True)
@TABLES
@output_option("--out", "output")
def attribute(source: BinaryIO, output: str | None, *, as_csv: bool, with_tables: bool) -> None:
    """Attribute cases in bulk: one line out for each line in."""
    refuse_other_form(output, ".csv", ".jsonl", ".ndjson", ".json", ".txt")
    table = as_csv or (output is not None and output.lower().endswith(".csv"))
    with opened(source, error=RecordingError) as lines:
        made = _told(
            attribute_cases(lines, tables=cache(routes.routing_at) if with_tables else None)
        )
        emit_lines(csv_lines(made) if table else made, output)


def _told(made: Iterable[str]) -> Iterator[str]:
    """Pass attributions on, say which keys were not read, and refuse cases of which none reads."""
    told = dict[str, None]()
    first, read, number = "", 0, 0
    for number, line in enumerate(made, start=1):
        if line.startswith(f'{{"line":{number},"error":'):
            first = first or f"line {number}: {json.loads(line)['error']}"
        else:
            read += 1
        for problem in json.loads(line).get("problems", ()) if '"problems":' in line else ():
            if problem not in told and len(told) < _SHOWN:
                told[problem] = None
                say(f"line {number}: {problem}")
        yield line
    if not number:
        raise refused("no-cases")
    if not read:
        raise refused("no-case-reads", first=first)
    if read < number:
        say(f"{number - read} of {number} lines could not be read; {first}")


@main.group()
def catalogue() -> None:
    """Look after the catalogue of providers, companies, groups and rules."""


@catalogue.command("check")
@click.pass_context
def check_catalogue(ctx: click.Context) -> None:
    """Check the catalogue: ids, parents, dates, sources, rules. List every fault."""
    known = providers.load()
    faults = providers.check(known)
    for fault in faults:
        show(fault)
    if not faults:
        show(
            f"whole: catalogue of {known.version}, {len(known.providers)} providers, {len(known.companies)} companies"
        )
    sizes = {
        "providers": len(known.providers),
        "companies": len(known.companies),
        "parents": len(known.parents),
        "laws": len(known.laws),
        "rules": len(known.rules.rows),
    }
    counts = ", ".join(
        f"{n} of {sizes[table]} {table} ({n / max(sizes[table], 1):.0%})"
        for table, n in providers.unverified(known).items()
    )
    show(f"unverified (not found in the source they name): {counts}")
    rest = ", ".join(f"{n} {basis}" for basis, n in providers.bases(known).items())
    show(f"countries of companies rest on: {rest}; last checked {known.checked}")
    ctx.exit(1 if faults else 0)


@catalogue.command("find")
@click.argument("word")
@click.pass_context
def find_in_catalogue(ctx: click.Context, word: str) -> None:
    """Say whom WORD means: kind, id and name of each, one a line."""
    lexicon = Lexicon(providers.load())
    meanings = lexicon.meanings(word)
    near = () if meanings else lexicon.nearest(word)
    if not meanings:
        click.echo(f"nobody is called {quote(word)}{'; the nearest:' if near else ''}", err=True)
    for one in meanings or near:
        show(_row(one.kind, one.node, one.name, widths=(10, 30)))
    ctx.exit(0 if meanings else 1)


@catalogue.command("learn")
@click.argument("files", nargs=-1, required=True, type=click.File("rb"))
@click.option("--least", type=click.IntRange(1), default=LEAST)
@output_option("--out", "output")
def learn_catalogue(files: tuple[BinaryIO, ...], output: str | None, *, least: int) -> None:
    """Propose rows for mail from cases: filters and mailbox operators that the catalogue lacks."""
    with ExitStack() as stack:
        opened_files = [stack.enter_context(opened(f, error=RecordingError)) for f in files]
        found = learn(chain.from_iterable(opened_files))
    corpus = ", ".join(one_line(Path(file.name).name) for file in files)
    emit_lines(proposed(found, corpus=corpus, least=least), output)


@catalogue.command("list")
@click.argument("what", type=click.Choice(["groups", "companies", "providers"]))
def list_catalogue(what: str) -> None:
    """List groups with their members, companies with their country, or providers with their company."""
    known = providers.load()
    if what == "groups":
        rows = [(row.id, row.name, " ".join(row.members)) for row in known.groups.values()]
    elif what == "companies":
        rows = [(row.id, row.name, row.country or "") for row in known.companies.values()]
    else:
        rows = [(row.id, row.name, row.company) for row in known.providers.values()]
    for row in rows:
        show(_row(*row, widths=(24, 44)))


def _row(*cells: str, widths: tuple[int, int]) -> str:
    """Return three cells side by side, the first two padded."""
    first, second, third = cells
    return one_line(f"{first:<{widths[0]}}  {second:<{widths[1]}}  {third}".rstrip())


@main.group("tables", invoke_without_command=True)
@click.pass_context
def tables_group(ctx: click.Context) -> None:
    """List the prefix tables in your cache, with their dates."""
    if ctx.invoked_subcommand is not None:
        return
    tables = routes.installed()
    for info in tables:
        show(
            f"{info.source:<24} {info.kind.value:<10} {info.since} to {info.until} "
            f"{info.holds:>18}  sha256 {info.sha256[:12]}"
        )
    if not tables:
        click.echo(
            f"no tables in {routes.cache_dir()}: 'depgraph tables update' fetches them", err=True
        )


@tables_group.command("update")
@click.option(
    "--from",
    "from_dir",
    type=click.Path(exists=True, file_okay=False),
)
@click.option("--source", "sources", multiple=True)
@click.pass_context
def update_tables(ctx: click.Context, *, from_dir: str | None, sources: tuple[str, ...]) -> None:
    """Fetch the public tables from their publishers into your cache."""
    from depgraph.collect.tables import fetch  # noqa: PLC0415  (the network, where it is asked)

    outcomes = routes.update(fetch=fetch, from_dir=from_dir, sources=sources or None)
    for outcome in outcomes:
        show(one_line(str(outcome), limit=2000))
    ctx.exit(1 if any(outcome.state == "refused" for outcome in outcomes) else 0)


def _today() -> date:
    return datetime.now(UTC).date()
