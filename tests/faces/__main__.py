"""Read all faces of random graphs, in every language: what the tests do with every fortieth.

    python -m tests.faces              the services 0 to 999, each on two days: 2,000 graphs
    python -m tests.faces FIRST LAST   some of them

Prints which differ and how long it took; exit code 1 if any does.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from depgraph.texts import languages
from tests.faces.agree import answers_are_true, faces_say_the_same, plain_layouts
from tests.faces.pair import Pair
from tests.faces.random_graphs import random_graph


def fault(seed: int) -> str:
    """Return what differs between the faces of a random service; empty if nothing does."""
    pair = Pair.of(random_graph(seed), random_graph(seed, day=1))
    try:
        answers_are_true(pair)
        with plain_layouts():
            for lang in languages():
                faces_say_the_same(pair, lang)
    except Exception as error:  # noqa: BLE001  (a face that cannot be read is a fault too)
        return f"random_graph({seed}): {type(error).__name__}: {error}"
    return ""


def main(first: int = 0, last: int = 999) -> int:
    start = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        faults = list(filter(None, pool.map(fault, range(first, last + 1), chunksize=5)))
    for one in faults:
        print(one)
    graphs = 2 * (last + 1 - first)
    print(f"{graphs} graphs, {len(faults)} services differ, {time.monotonic() - start:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
