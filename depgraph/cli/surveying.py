"""The verb for many services at once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from depgraph.atomic import no_empty_folder, write_text
from depgraph.cli import speaking
from depgraph.cli.files import (
    IN_LIST,
    UNSAID,
    is_given_open,
    refuse_without_list,
    say_rows,
    unsaid,
)
from depgraph.cli.group import OURS, main
from depgraph.cli.help import LANG
from depgraph.cli.messages import tell
from depgraph.cli.service import NO_SUCH_NAME
from depgraph.cli.service import TABLES as ROUTES
from depgraph.providers import load
from depgraph.readers import NameList, read_list
from depgraph.readers.world import Refused
from depgraph.records.rdata import is_type
from depgraph.rendering.survey import title
from depgraph.rendering.writer import Writer
from depgraph.survey import files
from depgraph.survey.compare import compare
from depgraph.survey.frontier import frontier as find_frontier
from depgraph.survey.processes import apart
from depgraph.survey.result import Survey
from depgraph.survey.run import Moment
from depgraph.survey.run import survey as make_survey
from depgraph.survey.sources import services_of
from depgraph.survey.tables import COUNTED, TABLES
from depgraph.survey.withdrawn import members_of
from depgraph.texts import words
from depgraph.texts.inline import typed

_REPORT = ("report.md", "report.html")
ONLY = click.option("--only", type=click.Path(exists=True, dir_okay=False), metavar="LIST")


@main.command()
@click.argument("inputs", nargs=-1, type=click.Path(exists=True))
@click.option("-o", "--output", type=click.Path(file_okay=False), metavar="FOLDER")
@click.option("--force", is_flag=True)
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@UNSAID
@click.option("--join", type=click.Path(exists=True, dir_okay=False), metavar="LIST")
@click.option("--by", metavar="COLUMN")
@ONLY
@IN_LIST
@ROUTES
@click.option("--upto", type=click.IntRange(1), default=2, show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True)
@click.option("--group", default="big-tech", show_default=True)
@click.option(
    "--compare",
    "compared",
    nargs=2,
    type=click.Path(exists=True, file_okay=False),
    metavar="BEFORE AFTER",
)
@LANG
def survey(
    inputs: tuple[str, ...],
    *,
    output: str | None,
    force: bool,
    at: datetime | None,
    join: str | None,
    by: str | None,
    only: str | None,
    column: str | None,
    sheet: str | None,
    with_tables: bool,
    upto: int,
    jobs: int,
    group: str,
    compared: tuple[str, str] | None,
    lang: str,
) -> None:
    """Ask the same questions of every service in the INPUTs."""
    if compared:
        moves = compare(*map(files.load, compared))
        click.echo(moves.text(lang=lang), nl=False)
        return
    if not inputs or output is None:
        raise speaking.refused("survey-needs")
    if by and not join:
        raise speaking.refused("by-without-join")
    if not (join or only):
        refuse_without_list("--join or --only", column=column, sheet=sheet)
    target = Path(output)
    _refuse_to_overwrite(target, force=force)
    members_of(group, load())  # refused before hours of work, and not after
    # A process of its own loads the main module of this one anew, which is a stranger's where `main`
    # was only called; and it has not what the shell has opened.
    ours = click.get_current_context().obj == OURS
    opened = any(is_given_open(one) for one in (*inputs, join, only) if one)
    make = partial(apart, _made) if ours and not opened else _made
    with no_empty_folder(target):
        made: Survey = make(
            list(inputs),
            join=join,
            by=by,
            chosen=only,
            within={"column": column, "sheet": sheet},
            at=at.date() if at else None,
            tables=with_tables,
            upto=upto,
            jobs=jobs,
            shards=target / files.SHARDS,
            overwrite=force,
            progress=_told(lang),
            **unsaid(),
        )
        if not len(made):
            _tell_refused(made)
            shutil.rmtree(target / files.SHARDS, ignore_errors=True)
            raise speaking.refused("no-services")
        files.save(made, target)
        write_report(made, target, lang=lang, group=group)
        shutil.rmtree(target / files.SHARDS, ignore_errors=True)
        _tell_refused(made, output)
    writer = Writer(lang)
    counts = {"refused": len(made.refused), "notes": len(made.notes)}
    tell(str(writer.say("survey.made", title=title(made, writer), folder=typed(output), **counts)))
    if len(made.absent.nonexistent) == len(made):
        click.get_current_context().exit(NO_SUCH_NAME)


def _made(
    inputs: list[str],
    *,
    join: str | None,
    by: str | None,
    chosen: str | None,
    within: Mapping[str, str | None],
    **given: Any,
) -> Survey:
    """Make the survey of a command, with its lists."""
    listed, only = _lists(join, chosen, **within)
    by = listed.column(by) if listed and by else ""
    made = make_survey(
        inputs,
        only=only.names if only else None,
        inside=listed.names if listed else (),
        **given,
    )
    if only is not None and chosen:
        made = made.noted(only, source=Path(chosen).name)
    if listed is not None and join and len(made):
        made = made.joined(listed, by=by, source=Path(join).name)
    return made


def _lists(
    join: str | None, only: str | None, **within: str | None
) -> tuple[NameList | None, NameList | None]:
    """Read the lists of ``--join`` and ``--only``.

    What chooses within a list is of that of ``--join``, and of the other where that is alone.
    """
    listed = read_list(join, **within) if join else None
    if not only:
        return listed, None
    if join and Path(join).samefile(only):
        return listed, listed
    return listed, read_list(only) if join else read_list(only, **within)


def _tell_refused(made: Survey, output: str = "") -> None:
    """Say what was refused, and the notes: each have a table of their own."""
    for name in ("refused", "notes"):
        rows = (tuple(row.values()) for row in made.tables[name].to_pylist())
        where = (
            speaking.our_words().say("note.in", file=str(Path(output, f"{name}.csv")))
            if output
            else ""
        )
        say_rows(rows, str(where))


def _refuse_to_overwrite(folder: Path, *, force: bool) -> None:
    """Refuse a folder that holds a survey, or files of others that are called like a survey's.

    A run that was ended left its shards, and goes on, or is refused where it was of another question.
    """
    if (folder / files.SHARDS).exists() or (force and (folder / "services.parquet").exists()):
        return
    names = [*_REPORT, "summary.json", "survey.xlsx", "services.parquet"]
    names += [f"{table}.csv" for table in (*TABLES, *COUNTED)]
    there = [name for name in names if (folder / name).exists()]
    if "services.parquet" in there:
        raise speaking.refused("survey-there", folder=folder)
    if there:
        raise speaking.refused("files-there", files=", ".join(there), folder=folder)


def write_report(made: Survey, target: Path, *, lang: str, group: str) -> None:
    """Write the report of a survey into its folder, as Markdown and as a page."""
    from depgraph.pictures.surveypage import survey_page  # noqa: PLC0415  (imports matplotlib)

    text, page = (target / name for name in _REPORT)
    write_text(text, made.to_markdown(lang=lang))
    survey_page(made, lang=lang, group=group).save(page)


def _told(lang: str) -> Callable[[Moment], None]:
    """Return what tells how far a survey is, on a terminal's last line."""
    table = words(lang)

    def tell(moment: Moment) -> None:
        if not sys.stderr.isatty():
            return
        left = "?" if moment.left is None else f"{moment.left:.0f} s"
        said = table.say(
            "survey.progress",
            done=moment.done,
            total=moment.total,
            rate=round(moment.rate),
            left=left,
        )
        click.echo(f"\r{said}\x1b[K", nl=moment.done == moment.total, err=True)

    return tell


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("-o", "--output", type=click.Path(file_okay=False), metavar="FOLDER", required=True)
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@UNSAID
@ONLY
@IN_LIST
def frontier(
    inputs: tuple[str, ...],
    *,
    output: str,
    at: datetime | None,
    only: str | None,
    column: str | None,
    sheet: str | None,
) -> None:
    """Write the names that are still to be asked about, a file for each type of record."""
    if not only:
        refuse_without_list("--only", column=column, sheet=sheet)
    _, chosen = _lists(None, only, column=column, sheet=sheet)
    services = services_of(list(inputs), only=chosen.names if chosen else None, **unsaid())
    refused = services.refused
    if chosen is not None and only:
        refused += ((Path(only).name, bad.number, "", bad.error) for bad in chosen.refused)
    say_rows(refused)
    if not services.names:
        raise speaking.refused("no-services")
    recordings = (services.recording(name, None)[0] for name in services.names)
    unbuilt: list[Refused] = []
    found = find_frontier(recordings, at=at.date() if at else None, refuse=unbuilt.append)
    say_rows(unbuilt)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.names"):  # of the round before; a file of somebody else stays
        if is_type(old.stem):
            old.unlink()
    for kind, names in found.items():
        write_text(folder / f"{kind}.names", "".join(f"{name}\n" for name in names))
    counts = ", ".join(f"{len(names)} {kind}" for kind, names in found.items())
    click.echo(counts or "0")
