"""The packages that depgraph can do without, and what to type where one is missing."""

from __future__ import annotations

import importlib
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

EXTRAS = {
    "arrow": ("pyarrow",),
    "mmdb": ("maxminddb",),
    "yaml": ("pyyaml",),
    "survey": ("pyarrow", "duckdb", "openpyxl"),
}
"""Extra -> its packages, as ``pyproject.toml`` has them."""
_MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_LARGE: Final = 128 << 10  # bytes: what glibc begins with


def missing(package: str, use: str, extra: str) -> str:
    """Say that an optional package is not there, and the command that installs it.

    The command names the packages, not depgraph: it is right where depgraph was installed from
    an index, a wheel or a checkout. It names this Python, which need not be the first on PATH.

    Parameters
    ----------
    package
        The package as its users call it: ``PyYAML``.
    use
        What it does here, a clause with a verb: ``reads this form``.
    extra
        The extra of depgraph that has it, one of :data:`EXTRAS`; all its packages are named.

    Examples
    --------
    >>> missing("PyYAML", "reads this form", "yaml")  # doctest: +ELLIPSIS
    'expected PyYAML, which reads this form, found none: ... -m pip install pyyaml'
    """
    python = shlex.quote(sys.executable or "python")
    return (
        f"expected {package}, which {use}, found none: "
        f"{python} -m pip install {' '.join(EXTRAS[extra])}"
    )


class _Absent:
    """Finds no package of some names, as if they were not installed."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def find_spec(self, name: str, *_: object) -> None:
        """Return None: others find it; see :class:`importlib.abc.MetaPathFinder`."""
        if name in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def spare_memory() -> None:
    """Let this process, which is depgraph's own, hold less: before pyarrow is imported.

    pyarrow imports pandas where it is installed, to know its objects: 40 MB, and none of them is
    here. Of what it has freed, its own allocator (mimalloc) keeps 70 MB for a survey of .gov,
    that of the system next to nothing. A user's ``ARROW_DEFAULT_MEMORY_POOL`` goes before. That of
    glibc gives back at once only what is larger than the largest that was ever freed, unless told
    how large that is: the texts of a page of 4 MB would stay, 20 MB of them.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    sys.meta_path.insert(0, _Absent("pandas"))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  (of no use to who imports depgraph)

        with suppress(AttributeError):  # another library of C
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return rows as a ``pandas.DataFrame``; the rows themselves where pandas is not installed."""
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return rows
    return pandas.DataFrame(rows)
