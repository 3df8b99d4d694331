"""Where NSD or Unbound is not installed: skipped aloud, or failed where the lab is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(tmp_path, **environment):
    """Run one lab test in a process that finds no daemon."""
    code = (
        "import sys, pytest\n"
        "from tests.lab import servers\n"
        "servers._PATH = ''\n"
        "sys.exit(pytest.main(sys.argv[1:]))\n"
    )
    test = f"{ROOT}/tests/test_lab_servers.py::test_it_starts_in_under_a_second_or_so"
    return subprocess.run(
        [sys.executable, "-c", code, "-p", "no:cacheprovider", "-q", test],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("required", ["", "0"])
def test_skipped_aloud(tmp_path, required):
    done = run(tmp_path, DEPGRAPH_LAB_REQUIRED=required)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "THE LAB DID NOT RUN" in done.stdout
    assert "needs nsd and unbound: scripts/install_lab.sh installs them" in done.stdout


def test_failed_where_it_is_required(tmp_path):
    done = run(tmp_path, DEPGRAPH_LAB_REQUIRED="1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "DEPGRAPH_LAB_REQUIRED is set" in done.stdout
    assert "1 error" in done.stdout


def test_the_installer_says_what_to_do_where_it_may_not_install(tmp_path):
    """As a user without rights, with no daemon in reach: it says so and does not fail."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "id").write_text("#!/bin/sh\necho 1000\n")
    (tools / "id").chmod(0o755)
    script = (ROOT / "scripts" / "install_lab.sh").read_text()
    script = script.replace('PATH="$PATH:/usr/sbin:/usr/local/sbin:/sbin"\n', "")
    copy = tmp_path / "install_lab.sh"
    copy.write_text(script)
    done = subprocess.run(
        ["/bin/sh", str(copy)],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "missing: nsd unbound" in done.stderr
    assert "apt-get install nsd unbound" in done.stderr
