# ruff: noqa: INP001  (a script, not a package)
"""Makes the gallery: ``python docs/gallery/make.py`` from the root of the repository."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from depgraph.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_PARLER = "data/recordings/parler.com_2021-01-18.jsonl"
_TELEGRAM = "data/recordings/telegram.org_2026-09-25.jsonl"
_WIKIPEDIA = "data/recordings/wikipedia.org_2021-01-10.jsonl"
_WIKILEAKS = "data/recordings/wikileaks.org_2010-12-02.jsonl"
_WIKILEAKS_DAYS = "data/recordings/wikileaks.org_2010-1*.jsonl"
_OSM = "data/recordings/openstreetmap.org_2024-12-14.jsonl"
_OSM_DAYS = "data/recordings/openstreetmap.org_202[2456]-[01][126]-1[149]*.jsonl"
COMMANDS = (
    f"depgraph draw {_PARLER} --kind strip -o parler-strip.svg",
    f"depgraph draw {_PARLER} --kind strip -o parler-strip.png",
    f"depgraph draw {_PARLER} --kind takedown -o parler-takedown.svg",
    "depgraph draw data/recordings/parler.com_2021-0*.jsonl --kind timeline -o parler-timeline.svg",
    f"depgraph draw {_TELEGRAM} --kind providers -o telegram-providers.svg",
    f"depgraph draw {_TELEGRAM} --kind full -o telegram-full.svg",
    f"depgraph draw {_TELEGRAM} --kind strip -o telegram-strip.svg",
    f"depgraph draw {_TELEGRAM} --kind takedown -o telegram-takedown.svg",
    f"depgraph draw {_TELEGRAM} --kind providers --theme bw -o telegram-providers-bw.svg",
    f"depgraph draw {_WIKIPEDIA} --kind strip -o wikipedia-strip.svg",
    f"depgraph draw {_WIKIPEDIA} --kind providers -o wikipedia-providers.svg",
    f"depgraph draw {_WIKIPEDIA} --kind full -o wikipedia-full.svg",
    f"depgraph draw {_WIKIPEDIA} --kind full --theme dark -o wikipedia-full-dark.svg",
    f"depgraph draw {_WIKIPEDIA} --kind takedown -o wikipedia-takedown.svg",
    f"depgraph draw {_PARLER} --kind strip --lang fr -o parler-strip-fr.svg",
    f"depgraph draw {_WIKILEAKS_DAYS} --kind timeline -o wikileaks-timeline.svg",
    f"depgraph draw {_WIKILEAKS} --kind takedown -o wikileaks-takedown.svg",
    f"depgraph draw {_WIKILEAKS_DAYS} --kind timeline --lang fr -o wikileaks-timeline-fr.svg",
    f"depgraph draw {_WIKILEAKS} --kind takedown --lang fr -o wikileaks-takedown-fr.svg",
    f"depgraph draw {_OSM_DAYS} --kind timeline -o openstreetmap-timeline.svg",
    f"depgraph draw {_OSM} --kind takedown -o openstreetmap-takedown.svg",
    f"depgraph draw {_OSM_DAYS} --kind timeline --lang fr -o openstreetmap-timeline-fr.svg",
    f"depgraph draw {_OSM} --kind takedown --lang fr -o openstreetmap-takedown-fr.svg",
    "depgraph draw data/recordings/*_2023-0[35]*.jsonl --kind survey -o survey-2023.svg",
    "depgraph draw data/recordings/*_2023-0[35]*.jsonl --kind concentration -o concentration-2023.svg",
    f"depgraph draw {_PARLER} -o parler-page.html",
)
"""What a reader may type, from the root of the repository, to have each picture."""


def make(command: str, folder: Path) -> Path:
    """Run one of the commands; the picture goes into a folder.

    Raises
    ------
    SystemExit
        If it cannot be drawn.
    """
    words = []
    for word in shlex.split(command)[1:]:
        found = (
            sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(word)) if "*" in word else []
        )
        words += found or [word]
    target = folder / words[-1]
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        main([*words[:-1], str(target)], standalone_mode=False)
    finally:
        os.chdir(before)
    return target


if __name__ == "__main__":
    for each in COMMANDS:
        make(each, HERE)
    sys.exit(0)
