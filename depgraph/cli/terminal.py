"""What the terminal can show: how wide it is, and whether bold type is wanted.

``NO_COLOR`` (https://no-color.org) switches bold and dim type off too; a pipe never has them.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO, Final

PIPED: Final = 110
"""Columns of a text that goes into a file or a pipe."""
_LEAST: Final = 20  # columns of the narrowest text that is laid out


def width_of(given: int | None, output: str | None = None) -> int:
    """Return how wide a text is.

    Parameters
    ----------
    given
        The columns asked for; None: as wide as the terminal.
    output
        The file that it goes to; None is standard output.

    Returns
    -------
    int
        Columns. Where there is no terminal, those of ``COLUMNS``, else :data:`PIPED`.
    """
    if given is not None:
        return given
    if output is not None or not (_is_terminal(sys.stdout) or os.environ.get("COLUMNS")):
        return PIPED
    return max(_LEAST, shutil.get_terminal_size((PIPED, 24)).columns)


def is_styled(output: str | None = None) -> bool:
    """Tell whether bold type is shown: on a terminal that knows it, unless ``NO_COLOR`` is set."""
    return (
        output is None
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and _is_terminal(sys.stdout)
    )


def room_of(file: IO[str]) -> int | None:
    """Return the columns in which lines wrap between words; None where nobody sees them wrap."""
    if not _is_terminal(file):
        return None
    return max(_LEAST, shutil.get_terminal_size((PIPED, 24)).columns)


def _is_terminal(file: IO[str]) -> bool:
    try:
        return file.isatty()
    except ValueError:  # it is closed
        return False
