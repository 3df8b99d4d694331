"""The file for a newsroom in a browser: how large it is, and what a reader on a phone or desk meets.

Run ``python benchmarks/bundle.py [FILE ...]`` from the root of the repository; it needs Debian's
chromium and chromium-driver. Without files it takes the recording of the tests in which each
text is an injection (more than 150 nodes).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import depgraph
from depgraph.pictures.newsroom import bundle
from tests.pictures.opened import figures
from tests.pictures.test_injection import hostile
from tests.pictures.test_page import chromium


def main():
    paths = sys.argv[1:]
    recordings = [depgraph.read(path) for path in paths] if paths else [hostile()]
    with tempfile.TemporaryDirectory() as folder, chromium() as driver:
        for made in recordings:
            graph = depgraph.build(made)
            path = Path(folder, "story.html")
            start = time.process_time()
            bundle(made).save(path)
            seconds = time.process_time() - start
            print(f"{made.subject}: {len(graph)} nodes, {graph.number_of_edges()} edges")
            print(f"  made in: {seconds:.1f} s of CPU")
            for what, value in figures(driver, path, whole=True).items():
                print(f"  {what}: {value}")


if __name__ == "__main__":
    main()
