"""The notebooks: stripped, short, run offline from the shipped recordings, nothing typed by hand."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

import depgraph

ROOT = Path(__file__).parents[1]
_SPEC = importlib.util.spec_from_file_location("run_notebooks", ROOT / "scripts/run_notebooks.py")
run_notebooks = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(run_notebooks)

NOTEBOOKS = run_notebooks.find()
BY_NUMBER = {path.stem[:2]: path for path in NOTEBOOKS}
RECORDINGS = ROOT / "data" / "recordings"
GUARD = "import sys; sys.path.insert(0, {root!r}); from tests.lab import guard; guard.install()"
LEFT = "assert not guard.refused, guard.refused"
BASIS = re.compile(
    r"\((?:reported|observed|published|inferred)(?:, (?:likely|possible))?\)(.{0,4})"
)
STATIC = {"image/png", "image/svg+xml", "text/html", "text/markdown", "text/plain"}


def cells_of(path, kind):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == kind]


def run(path, tmp_path, **env):
    """Run a notebook in a kernel that cannot leave loopback, and fails if it tried."""
    offline = run_notebooks.environment(live="", endpoints=tmp_path / "closed.json")
    first = [GUARD.format(root=str(ROOT))]
    return run_notebooks.execute(path, env=offline | env, first=first, last=[LEFT])


def outputs(notebook):
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def texts(notebook):
    """Every text that the notebook wrote as Markdown, by cell."""
    return {
        name: output.data["text/markdown"]
        for name, found in outputs(notebook).items()
        for output in found
        if "text/markdown" in output.get("data", {})
    }


# -- as they stand in git -----------------------------------------------------------------


def test_there_are_nine_in_order():
    assert list(BY_NUMBER) == ["01", "02", "03", "04", "05", "06", "07", "08", "09"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_all_imports_stand_in_one_cell_and_nothing_is_searched_for(path):
    sources = [cell.source for cell in cells_of(path, "code")]
    importing = [one for one in sources if re.search(r"^\s*(import|from) ", one, re.MULTILINE)]
    assert len(importing) == 1
    assert not [one for one in sources if "cwd()" in one or "glob(" in one or "sys.path" in one]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stripped_valid_and_short(path):
    raw = path.read_text("utf-8")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert raw == nbformat.writes(notebook, indent=1) + "\n", "not as nbformat writes it"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    assert 5 < len(notebook.cells) < 20
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", cell.id), "an id says what the cell is"
        assert cell.source.strip()
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert set(cell.metadata) <= {"jupyter", "tags"}
    number, title = notebook.cells[0].source.partition("\n")[0].split(" ", 2)[1:]
    assert number == f"{int(path.stem[:2])}."
    assert len(title) > 5


def test_what_depends_on_the_data_is_not_typed():
    """No provider, company or number stands in the prose of notebook 02 but in its quotation."""
    named = set()
    for path in RECORDINGS.glob("parler.com_*.jsonl"):
        graph = depgraph.build(depgraph.read(path))
        for node, data in graph.nodes(data=True):
            if data["kind"] in {"provider", "company"}:
                named |= {data["label"], node.partition(":")[2], data["label"].split(",")[0]}
            if data.get("last_known"):
                named.add(data["last_known"])
    assert {"Amazon Web Services", "SkySilk", "Epik", "DDoS-Guard", "Verisign"} <= named
    for cell in nbformat.read(BY_NUMBER["02"], 4).cells:
        lines = [line for line in cell.source.splitlines() if not line.startswith((">", "# "))]
        said = "\n".join(lines)
        assert not [name for name in sorted(named) if re.search(rf"\b{re.escape(name)}\b", said)]
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", said)


# -- run ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Give an executed notebook by its number; each is run once."""
    done = {}

    def give(number):
        if number not in done:
            done[number] = run(BY_NUMBER[number], tmp_path_factory.mktemp("run"))
        return done[number]

    return give


@pytest.mark.parametrize("number", sorted(BY_NUMBER))
def test_runs_offline_and_shows_something_everywhere(number, executed):
    notebook = executed(number)
    shown = [output for found in outputs(notebook).values() for output in found]
    assert shown
    warned = [output for output in shown if output.output_type == "stream"]
    assert {output.name for output in warned} <= {"stderr"}
    if number != "06":  # where the collector warns that it reaches no root server
        assert not warned
    for output in (output for output in shown if output not in warned):
        assert output.output_type in {"execute_result", "display_data"}, output
        assert set(output.data) <= STATIC
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    if number != "06":
        pictures = [
            output
            for output in shown
            if any(form.startswith("image/") for form in output.get("data", ()))
        ]
        assert pictures
    for told in texts(notebook).values():
        assert "None" not in told
        assert "{" not in told


def test_parler_is_told_as_computed_and_every_step_is_cited(executed):
    told = texts(executed("02"))
    graph = depgraph.build(depgraph.read(RECORDINGS / "parler.com_2021-02-15.jsonl"))
    check = depgraph.check(graph, "not reliant on so-called Big Tech")
    assert f"it is *{check.ruling.value}* on the whole" in told["in-short"]
    for one in check.functions:
        row = next(
            line
            for line in told["in-short"].splitlines()
            if line.startswith("|") and line.split("|")[1].strip() == _NAMES[one.function]
        )
        assert row.split("|")[-2].strip() == one.ruling.value
    for role in depgraph.report(graph).involved:
        assert f"- **{role.label}** (reported, possible) [" in told["relaunch"]
        assert role.note in told["relaunch"]
    *prose, sources = told.values()
    listed = re.findall(r"^(\d+)\. (.+)$", sources, re.MULTILINE)
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))
    cited = {int(number) for text in prose for number in re.findall(r"\[(\d+)\]", text)}
    assert cited == {int(number) for number, _ in listed}
    for text in prose:
        for line in text.splitlines():
            found = BASIS.findall(line)
            assert all(after.startswith(" [") for after in found), line


_NAMES = {
    "web": "web site",
    "web-www": "web site (www)",
    "mail": "mail",
    "app": "app",
    "name": "domain name",
}


def test_a_list_of_ones_own_is_surveyed_and_what_is_not_known_of_it_is_named(executed):
    told = texts(executed("07"))
    listed = depgraph.readers.read_list(ROOT / "notebooks/lists/services.csv")
    assert told["list"].startswith(f"**{len(listed.names)} names.** Not read: line 13,")
    assert f"**{len(listed.names) - 1} services.**" in told["survey"]
    assert "| example.org | expected an input about it, found none |" in told["survey"]
    (frame,) = outputs(executed("07"))["frame"]
    assert all(word in frame.data["text/plain"] for word in ("encyclopedia", "telegram.org"))
    assert "| dns-alfa.test | 3 | 5 |" in told["zone"]  # nobody asked what else may answer


def test_without_a_network_the_live_notebook_says_so_and_shows_nothing(executed):
    notebook = executed("06")
    told = texts(notebook)
    assert told["observe"].startswith("**Nothing was observed of example.org.** expected an answer")
    shown = {"strip", "report", "takedown", "claim", "page", "observations"}
    assert {name for name, text in told.items() if "nothing to show" in text} == shown
    assert not [
        o for out in outputs(notebook).values() for o in out if "image/svg+xml" in o.get("data", ())
    ]


def test_the_live_notebook_observes_a_small_world(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tests" / "collect")
    from fake_shop import shop

    with shop() as world:
        places = tmp_path / "places.json"
        maps = {
            "dns": dict(world.endpoints.dns),
            "roots": dict(world.endpoints.roots),
            "closed": True,
        }
        places.write_text(json.dumps(maps), encoding="utf-8")
        env = {"DEPGRAPH_NAME": "shop.com", "DEPGRAPH_ENDPOINTS": str(places)}
        notebook = run(BY_NUMBER["06"], tmp_path, **env)
    asked = re.fullmatch(
        r"\*\*shop\.com\*\*, \S+: (\d+) questions, (\d+) settled\.", texts(notebook)["observe"]
    )
    assert asked is not None
    assert 50 < int(asked[2]) <= int(asked[1])
    shown = outputs(notebook)
    for name in ("strip", "takedown"):
        assert "shop.com" in shown[name][0].data["image/svg+xml"]
    for name in ("report", "claim", "observations"):
        assert "shop.com" in shown[name][0].data["text/html"]
    assert "<iframe sandbox=" in shown["page"][0].data["text/html"]
    assert world.asked


# -- the script that makes the copies for readers -----------------------------------------


def small(folder, name, *sources):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(notebook, folder / name)


def test_copies_are_written_and_a_failure_is_told(tmp_path, capsys):
    folder, out = tmp_path / "notebooks", tmp_path / "out"
    folder.mkdir()
    small(folder, "01_bad.ipynb", "1", "raise ValueError('no such company')")
    small(folder, "02_good.ipynb", "from IPython.display import SVG\nSVG('<svg xmlns=\"\"></svg>')")
    assert run_notebooks.main(["--out", str(out), "--notebooks", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "01_bad.ipynb: FAILED" in said
    assert "no such company" in said
    assert "\x1b" not in said
    assert "1 of 2 notebooks failed: 01_bad.ipynb" in said
    assert not (out / "01_bad.ipynb").exists()
    assert nbformat.read(out / "02_good.ipynb", 4).cells[0].execution_count == 1
    if (out / "02_good.html").exists():
        page = (out / "02_good.html").read_text("utf-8")
        assert "<svg" in page
        assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page), (
            "asks nothing of a network"
        )
    else:
        assert "nbconvert" not in sys.modules


def test_no_notebooks_is_an_error(tmp_path, capsys):
    assert run_notebooks.main(["--out", str(tmp_path), "--notebooks", str(tmp_path)]) == 1
    assert "found none" in capsys.readouterr().out
