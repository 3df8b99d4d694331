"""Write the JSON Schema of each answer to ``docs/schemas``, from the classes that they are of.

Run it after a field has changed; a test says when that was forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from depgraph.analysis.change import Comparison
from depgraph.analysis.claims import Check
from depgraph.analysis.dependence import Dependence
from depgraph.analysis.explain import Explained
from depgraph.analysis.exposure import Exposure
from depgraph.analysis.findings import Findings
from depgraph.analysis.importance import Importance
from depgraph.analysis.json_schema import json_schema
from depgraph.analysis.precedents import Precedents
from depgraph.analysis.takedown import Takedown
from depgraph.analysis.timeline import Timeline
from depgraph.analysis.wanted import Wanted
from depgraph.analysis.whatif import Without
from depgraph.analysis.who import Who
from depgraph.reporting.brief import Brief
from depgraph.reporting.report import Report

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schemas"
RESULTS = (
    Brief,
    Check,
    Comparison,
    Dependence,
    Explained,
    Exposure,
    Findings,
    Importance,
    Precedents,
    Report,
    Takedown,
    Timeline,
    Wanted,
    Who,
    Without,
)


def schemas() -> Mapping[str, str]:
    """Return the text of each file of the folder, by its name."""
    return {
        f"{kind.NAME}.json": json.dumps(json_schema(kind), indent=1, ensure_ascii=False) + "\n"
        for kind in RESULTS
    }


def main() -> None:
    """Write the files, and say which."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/schemas/{name}")


if __name__ == "__main__":
    main()
