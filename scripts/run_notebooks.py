"""Run the notebooks, and write executed copies for readers: ``run_notebooks.py --out DIR``.

Each notebook is run in a kernel of its own, in the order of its number, without any network
(unless ``--live NAME`` is given), and written as ``.ipynb`` with its outputs and as ``.html``.
A notebook that fails is told with its cell and error, the others still run, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TIMEOUT = 300  # seconds for one cell
HIDDEN = "hide-input"  # the tag of cells that only put results into words
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
FAILURES = (CellExecutionError, CellTimeoutError, DeadKernelError)


def find(folder: Path = NOTEBOOKS) -> list[Path]:
    """List the notebooks of a folder in the order of their numbers."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def execute(
    path: Path, *, env: Mapping[str, str], first: Sequence[str] = (), last: Sequence[str] = ()
) -> Any:
    """Run a notebook in its folder, and give it with its outputs.

    Parameters
    ----------
    path
        The notebook.
    env
        Environment of its kernel.
    first, last
        Code run in the kernel before and after the cells; what it prints is not kept.

    Raises
    ------
    CellExecutionError, CellTimeoutError, DeadKernelError
        If a cell fails, does not end, or ends the kernel.
    """
    notebook = nbformat.read(path, as_version=4)
    cells = list(notebook.cells)
    notebook.cells = [
        *(nbformat.v4.new_code_cell(code) for code in first),
        *cells,
        *(nbformat.v4.new_code_cell(code) for code in last),
    ]
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        timeout=TIMEOUT,
        record_timing=False,  # the same notebook, the same copy
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env=dict(env))
    finally:
        notebook.cells = cells
        for number, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
            if cell.get("execution_count"):
                cell.execution_count = number
                for output in cell.outputs:
                    if "execution_count" in output:
                        output.execution_count = number
    return notebook


def to_html(notebook: Any, *, title: str) -> str | None:
    """Lay an executed notebook out as a page; None where nbconvert is not installed."""
    try:
        from nbconvert.exporters import HTMLExporter  # noqa: PLC0415
        from nbconvert.preprocessors import TagRemovePreprocessor  # noqa: PLC0415
    except ImportError:
        return None
    asked = [name for name in HTMLExporter.class_trait_names() if name.endswith("_js_url")]
    asked += [name for name in ("require_js_url", "jquery_url", "mathjax_url") if name not in asked]
    exporter = HTMLExporter(
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        **dict.fromkeys(asked, ""),  # a page that asks nothing of any network
    )
    exporter.register_preprocessor(TagRemovePreprocessor(remove_input_tags={HIDDEN}), enabled=True)
    body, _ = exporter.from_notebook_node(
        _inline(notebook), resources={"metadata": {"name": title}}
    )
    return re.sub(r'<script src="">\s*</script>', "", str(body))


def _inline(notebook: Any) -> Any:
    """Put SVG into the page itself, so that pictures keep their words: nbconvert makes images."""
    copied = deepcopy(notebook)
    for cell in copied.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/svg+xml" in data and "text/html" not in data:
                data["text/html"] = data.pop("image/svg+xml")
    return copied


def environment(*, live: str, endpoints: Path) -> dict[str, str]:
    """Give the environment of the kernels: offline, unless a name is to be observed live."""
    env = {**os.environ, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
    if live:
        return env | {"DEPGRAPH_NAME": live}
    endpoints.write_text('{"closed": true}', encoding="utf-8")
    return env | {"DEPGRAPH_ENDPOINTS": str(endpoints)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all of them; 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the executed copies")
    parser.add_argument("--notebooks", type=Path, default=NOTEBOOKS, help="folder to run")
    parser.add_argument("--live", default="", metavar="NAME", help="observe NAME on the Internet")
    options = parser.parse_args(arguments)
    found = find(options.notebooks)
    if not found:
        print(f"expected notebooks such as 01_x.ipynb in {options.notebooks}, found none")
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        env = environment(live=options.live, endpoints=Path(folder, "closed.json"))
        for path in found:
            begun = time.perf_counter()
            try:
                notebook = execute(path, env=env)
            except FAILURES as error:
                failed.append(path.name)
                print(f"{path.name}: FAILED\n{_COLOURS.sub('', str(error))}", flush=True)
                continue
            written = [options.out / path.name]
            nbformat.write(notebook, written[0])
            if (page := to_html(notebook, title=path.stem)) is not None:
                written.append(options.out / f"{path.stem}.html")
                written[1].write_text(page, encoding="utf-8")
            seconds = time.perf_counter() - begun
            print(f"{path.name}: {', '.join(map(str, written))} ({seconds:.1f} s)", flush=True)
    if failed:
        print(f"{len(failed)} of {len(found)} notebooks failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
