"""Why an answer differs from its label: what a person found who read the case.

``causes.csv`` holds one row for each disagreement that was read: the layer, the id of the case, the
cause and the evidence. Causes are ``label`` (the case itself shows that the label is wrong, or it
means the same by another name), ``ours`` (what the case shows was read or named wrongly) and
``undecidable`` (both are right, or nothing in the case decides).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scoring.score import Disagreement

CAUSES = ("label", "ours", "undecidable")
UNREAD = "unread"
READ = Path(__file__).with_name("causes.csv")


def read_causes(path: Path = READ) -> dict[tuple[str, str], tuple[str, str]]:
    """Read layer and case -> cause and evidence; raises ValueError for a cause that is none."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["cause"] not in CAUSES:
            raise ValueError(f"{path.name}: expected one of {', '.join(CAUSES)}, found {row}")
    return {(row["layer"], row["case"]): (row["cause"], row["evidence"]) for row in rows}


def write(disagreements: Iterable[Disagreement], path: Path) -> None:
    """Write one JSON line for each disagreement, with its cause and the evidence for it."""
    causes = read_causes()
    with path.open("w", encoding="utf-8") as stream:
        for one in disagreements:
            cause, evidence = causes.get((one.layer, one.case), (UNREAD, ""))
            line = {"layer": one.layer, "case": one.case, "cause": cause}
            stream.write(json.dumps(line | {"evidence": evidence, "answer": one.note}) + "\n")


def counted(disagreements: Iterable[Disagreement]) -> dict[str, Counter[str]]:
    """Count the causes of each layer."""
    causes = read_causes()
    counts: dict[str, Counter[str]] = {}
    for one in disagreements:
        cause, _ = causes.get((one.layer, one.case), (UNREAD, ""))
        counts.setdefault(one.layer, Counter())[cause] += 1
    return counts
