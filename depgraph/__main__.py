"""The program: ``depgraph`` and ``python -m depgraph``."""

from __future__ import annotations

import sys


class _Without:
    """Says of a package that it is not there."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, *_: object) -> None:
        """Look for a package, as all of :data:`sys.meta_path` do."""
        if name == self._package:
            raise ModuleNotFoundError(f"expected no use of {name} by the program", name=name)


def run() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is one line too."""
    # The program has no use for pandas; pyarrow loads it wherever it is: 35 MB, half a second.
    sys.meta_path.insert(0, _Without("pandas"))
    try:
        from depgraph.cli import main  # noqa: PLC0415  (loading it takes longer than a keystroke)

        main(prog_name="depgraph")
    except KeyboardInterrupt:
        sys.stderr.write("depgraph: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
