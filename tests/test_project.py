"""The project's own files agree with each other."""

import platform
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.extras import EXTRAS, missing

ROOT = Path(__file__).parent.parent
_WHOLE = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, GROUPS = _WHOLE["project"], _WHOLE["dependency-groups"]


_ENGINES = [
    line for line in GROUPS["dev"] if isinstance(line, str) and line.startswith("distributed")
]
"""What the tests run a survey by, which stays the user's to install."""


def _requirements() -> list[str]:
    extras = [line for extra in _extras().values() for line in extra]
    return [*PROJECT["dependencies"], *extras, *_ENGINES]


def _extras() -> dict[str, list[str]]:
    """Return the extras that name packages: all but ``all``, which names the others."""
    extras = PROJECT["optional-dependencies"]
    return {name: lines for name, lines in extras.items() if name != "all"}


def test_all_is_every_extra_and_what_make_demo_installs() -> None:
    (line,) = PROJECT["optional-dependencies"]["all"]
    assert set(re.fullmatch(r"depgraph\[(.*)\]", line)[1].split(",")) == set(_extras())
    assert '--editable ".[all]"' in (ROOT / "Makefile").read_text()


def test_the_packages_named_where_one_is_missing_are_those_of_the_extra() -> None:
    stated = {
        name: tuple(re.split(r"[>=]", line)[0] for line in lines)
        for name, lines in _extras().items()
    }
    assert stated == EXTRAS


def test_a_missing_package_is_told_with_a_command_that_runs(monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", "/home/an author/.venv/bin/python")
    assert missing("duckdb", "counts", "survey") == (
        "expected duckdb, which counts, found none: "
        "'/home/an author/.venv/bin/python' -m pip install pyarrow duckdb openpyxl"
    )


def test_the_oldest_versions_are_the_lower_bounds() -> None:
    bounds = dict(
        re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", line).groups() for line in _requirements()
    )
    lines = (ROOT / "tests/oldest.txt").read_text().splitlines()
    oldest = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert set(oldest) == set(bounds)
    for name, version in oldest.items():
        exact = version.split(".")
        assert exact[: len(bounds[name].split("."))] == bounds[name].split("."), name


def test_the_version_stands_once_and_is_cited() -> None:
    assert depgraph.__version__ == PROJECT["version"]
    assert f"version: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text()


def test_every_dependency_has_a_reason() -> None:
    reasons = (ROOT / "CONTRIBUTING.md").read_text()
    for line in _requirements():
        name = re.split(r"[\[>=]", line)[0]
        assert f"| {name} " in reasons, line


def test_every_public_name_exists_and_is_documented() -> None:
    for name in depgraph.__all__:
        assert getattr(depgraph, name).__doc__, name


def test_importing_depgraph_loads_nothing_heavy() -> None:
    code = (
        "import sys, depgraph; "
        "print(sorted({'matplotlib', 'networkx', 'httpx2', 'rich', 'numpy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_the_command_line_loads_matplotlib_and_the_network_only_where_they_are_used() -> None:
    code = (
        "import sys, depgraph.cli; "
        "print(sorted({'matplotlib', 'depgraph.collect', 'ssl'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_arrow_loads_no_pandas_and_keeps_nothing_that_it_freed_in_processes_of_our_own() -> None:
    pytest.importorskip("pyarrow")
    code = (
        "import sys; from depgraph.extras import spare_memory; spare_memory(); import pyarrow; "
        "pyarrow.array(['a']); "
        "print('pandas' in sys.modules, pyarrow.default_memory_pool().backend_name)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False system"


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of the GNU C library")
def test_what_is_freed_goes_back_to_the_system_in_processes_of_our_own() -> None:
    code = """
        from pathlib import Path
        from depgraph.extras import spare_memory
        def held():
            return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
        spare_memory()
        large = b"x" * (8 << 20)
        del large  # from now on glibc would keep what is smaller
        before = held()
        several = [b"x" * (1 << 20) for _ in range(30)]
        behind = b"x" * (100 << 10)
        del several
        print((held() - before) >> 20)
    """
    code = textwrap.dedent(code)
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(out.stdout) < 5


def test_asking_for_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(depgraph, "independent")


def test_each_mutant_applies_to_one_place() -> None:
    rows = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text("utf-8"))["mutant"]
    lost = [
        row["name"]
        for row in rows
        if (ROOT / row["file"]).read_text("utf-8").count(row["old"]) != 1
    ]
    assert not lost
