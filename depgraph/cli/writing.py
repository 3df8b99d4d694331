"""Files that verbs write: the options that name them, and what they must not write over.

No verb writes over a file that it reads, and none writes over a recording, a world, a graph or
a survey of ours that stands there, unless told ``--force``. Reports, pictures and answers, which
are made again in a moment, are replaced.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import click

from depgraph import exchange, recording
from depgraph.atomic import replacing, write_text
from depgraph.cli.help import Spoken
from depgraph.cli.speaking import our_words, refused
from depgraph.readers import is_world

STANDARD = "-"
"""The word for standard input or output."""

_FORCE = "depgraph.force"
_KEPT = "depgraph.kept"
_MAY_NAME_FILES = ("actors", "claim", "group", "on")  # words that may be a file of actors
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


class OutputPath(click.Path):
    """The type of an option that names a file to write."""


class Verb(Spoken, click.Command):
    """A command that looks at what it would write over before it does anything."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        for param in ctx.command.params:
            if isinstance(param.type, OutputPath):
                _refuse_without_folder(ctx.params.get(param.name or ""))
        if not ctx.meta.get(_FORCE):
            for output in _outputs(ctx):
                _refuse_to_overwrite(output, ctx)
        return super().invoke(ctx)


def output_option(*names: str, required: bool = False) -> Callable[[_Verb], _Verb]:
    """Make a decorator that adds ``-o`` and ``--force`` to a verb.

    Parameters
    ----------
    names
        Names of the option beside ``-o``; ``--output`` if there are none.
    required
        Whether it must be given.
    """

    def add(verb: _Verb) -> _Verb:
        verb = click.option(
            "--force",
            is_flag=True,
            expose_value=False,
            callback=_keep_force,
        )(verb)
        return click.option(
            "-o",
            *(names or ("--output",)),
            required=required,
            type=OutputPath(dir_okay=False),
        )(verb)

    return add


OUTPUT = output_option()


def _keep_force(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    ctx.meta[_FORCE] = value


def _outputs(ctx: click.Context) -> Iterator[Path]:
    """List the regular files that would be written over: a pipe or a device loses nothing."""
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if isinstance(param.type, OutputPath) and value not in (None, STANDARD):
            path = Path(value)
            if path.is_file():
                yield path


def _inputs(ctx: click.Context) -> Iterator[str | IO[Any]]:
    """List what a verb reads: names of files, open files, and words that may name a file."""
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        values = value if isinstance(value, tuple) else (value,)
        if isinstance(param.type, OutputPath) or value is None:
            continue
        if isinstance(param.type, click.Path | click.File):
            yield from values
        elif param.name in _MAY_NAME_FILES:
            for text in values:
                yield from (text, *text.split())


def _status(given: str | IO[Any]) -> os.stat_result | None:
    """Look at a file that is read; None where there is none."""
    file = sys.stdin if given == STANDARD else given
    try:
        return Path(file).stat() if isinstance(file, str) else os.fstat(file.fileno())
    except (OSError, ValueError):  # a word that names no file; standard input that is none
        return None


def _refuse_without_folder(output: str | None) -> None:
    if output in (None, STANDARD):
        return
    folder = Path(output).parent
    if not folder.exists():
        raise refused("no-folder", output=output, folder=folder)


def _refuse_to_overwrite(output: Path, ctx: click.Context) -> None:
    there = output.stat()
    statuses = filter(None, map(_status, _inputs(ctx)))
    if any(os.path.samestat(there, status) for status in statuses):
        raise refused("reads-it", output=output)
    kept = _kept(output)
    if kept:
        raise refused("kept", kept=our_words().line(f"kept.{kept}"), output=output)


def _kept(path: Path) -> str:
    """Return the word for what a file holds that must not be lost; nothing if it can be made again."""
    if is_world(path):
        return "world"
    if recording.is_recording(path):
        return "recording"
    return "graph" if exchange.is_graph(path) else ""


@contextmanager
def together() -> Iterator[dict[str | None, list[str]]]:
    """Keep what would be printed or written, by where it would go, instead of doing so."""
    context = click.get_current_context()
    kept: dict[str | None, list[str]] = {}
    context.meta[_KEPT] = kept
    try:
        yield kept
    finally:
        del context.meta[_KEPT]


def in_one(texts: Sequence[str]) -> str:
    """Return several answers as one text: JSON objects as a list, others one after the other."""
    if all(text.startswith("{") for text in texts):
        return as_json_text([json.loads(text) for text in texts])
    return "\n".join(text if text.endswith("\n") else f"{text}\n" for text in texts)


def emit(text: str, output: str | None) -> None:
    """Print, or write to a file, whole or not at all, and say which."""
    kept: dict[str | None, list[str]] | None = click.get_current_context().meta.get(_KEPT)
    if kept is not None:
        kept.setdefault(output, []).append(text)
        return
    if output is None or output == STANDARD:
        click.echo(text, nl=not text.endswith("\n"))
        return
    write_text(output, text)
    click.echo(output, err=True)


def emit_lines(lines: Iterable[str], output: str | None) -> None:
    """Print lines as they come, or write them to a file, whole or not at all."""
    if output is None or output == STANDARD:
        for line in lines:
            click.echo(line)
        return
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    click.echo(output, err=True)


def as_json_text(value: Any) -> str:
    """Return stable, readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


_OTHERS: Final = frozenset(
    [
        ".csv",
        ".dot",
        ".gexf",
        ".gif",
        ".graphml",
        ".gv",
        ".gz",
        ".htm",
        ".html",
        ".jpg",
        ".json",
        ".jsonl",
        ".md",
        ".mmd",
        ".ndjson",
        ".parquet",
        ".pdf",
        ".png",
        ".svg",
        ".tsv",
        ".txt",
        ".xlsx",
        ".xz",
        ".zip",
        ".zst",
    ]
)
"""Suffixes that promise a form."""


def refuse_other_form(output: str | None, *forms: str) -> None:
    """Refuse a file name whose suffix promises another form than the one that is written.

    Raises
    ------
    Refused
        With the suffixes of what is written.
    """
    suffix = Path(output or "").suffix.lower()
    if suffix in _OTHERS and suffix not in forms:
        raise refused("suffix", forms=", ".join(forms), suffix=repr(suffix), output=output)


def form_of(output: str | None, forms: Mapping[str, str]) -> str:
    """Choose the form of a text by the suffix of the file it goes to.

    Parameters
    ----------
    output
        The file; None or ``-`` is standard output.
    forms
        Suffix -> form; the suffix ``""`` is that of standard output and of names without one.

    Returns
    -------
    One of the forms.

    Raises
    ------
    Refused
        If the suffix is none of these, with the choices.
    """
    suffix = Path(output or "").suffix.lower()
    if suffix not in forms:
        choices = ", ".join(filter(None, forms))
        raise refused("form", forms=choices, suffix=repr(suffix), output=output)
    return forms[suffix]
