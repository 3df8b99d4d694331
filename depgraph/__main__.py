"""The program: ``depgraph`` and ``python -m depgraph``."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is one line too."""
    try:
        from depgraph.extras import spare_memory  # noqa: PLC0415

        spare_memory()
        from depgraph.cli import OURS, main  # noqa: PLC0415  (loading it takes longer than a keystroke)

        main(prog_name="depgraph", obj=OURS)
    except KeyboardInterrupt:
        sys.stderr.write("depgraph: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
