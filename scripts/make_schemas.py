"""Write the JSON Schema of each answer to ``docs/schemas``, from the classes that they are of.

Of the table of words in ``docs/json.md`` it writes the rows of functions and levels: what
one adds there is a row in :mod:`depgraph.vocabulary`, and nothing by hand here.

Run it after a field has changed; a test says when that was forgotten.
"""

from __future__ import annotations

import json
import re
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
from depgraph.vocabulary import Function, Level

DOCS = Path(__file__).resolve().parents[1] / "docs"
FOLDER = DOCS / "schemas"
PAGE = DOCS / "json.md"
WORDS = {"function": Function, "level": Level}
"""Fields of the page's table of words, and the words that they may have."""
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


def page() -> str:
    """Return the text of ``docs/json.md`` with the words there are; remarks stand after them."""
    text = PAGE.read_text(encoding="utf-8")
    for field, words in WORDS.items():
        row = f"| `{field}` | {', '.join(f'`{word}`' for word in words)}"
        text, rows = re.subn(rf"(?m)^\| `{field}` \| (`[\w-]+`(, )?)+", row, text)
        assert rows == 1, f"expected one row of `{field}` in {PAGE}, found {rows}"
    return text


def main() -> None:
    """Write the files, and say which."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/schemas/{name}")
    PAGE.write_text(page(), encoding="utf-8")
    print("docs/json.md")


if __name__ == "__main__":
    main()
