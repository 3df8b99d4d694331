"""Files given on the command line, and files written by it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from depgraph.errors import RecordingError
from depgraph.names import parse
from depgraph.readers import BadLine, open_any
from depgraph.recording import Recording

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
NAME = click.option("--name", metavar="NAME", help="Which service, where the file holds several.")
OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write here, not to standard output."
)
LANG = click.option(
    "--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language."
)
JSON = click.option("--json", "as_json", is_flag=True, help="JSON, schema versioned.")


def load(file: str, *, name: str | None = None) -> Recording:
    """Read one recording from a file of any form that depgraph reads.

    Raises
    ------
    RecordingError
        If there is none, or several and `name` does not choose one.
    """
    wanted = parse(name) if name else None
    found: list[Recording] = []
    for entry in open_any(file):
        if isinstance(entry, BadLine):
            click.echo(f"depgraph: {file}, line {entry.number}: {entry.error}", err=True)
        elif wanted is None or entry.subject == wanted:
            found.append(entry)
            if wanted is not None or len(found) > 1:
                break
    if not found:
        what = f"a recording of {wanted}" if wanted else "a recording"
        raise RecordingError(f"expected {what} in {file}, found none")
    if len(found) > 1:
        raise RecordingError(
            f"expected one service in {file}, found several ({found[0].subject}, "
            f"{found[1].subject} ...): choose with --name"
        )
    for problem in found[0].problems:
        click.echo(f"depgraph: {problem}", err=True)
    return found[0]


def emit(text: str, output: str | None) -> None:
    """Print, or write whole to a file (beside it first, then moved into place)."""
    if output is None or output == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    replace_file(Path(output), lambda path: path.write_text(text, encoding="utf-8"))


def replace_file(target: Path, write: Callable[[Path], object]) -> None:
    """Write to a temporary file beside the target and move it into place."""
    temporary = target.with_name(f".{target.stem}.part{target.suffix}")
    try:
        write(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def as_json_text(value: Any) -> str:
    """Give stable, readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def quiet() -> bool:
    """Whether standard error is not a terminal: then progress stays silent."""
    return not sys.stderr.isatty()
