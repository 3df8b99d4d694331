"""For all tests: nothing leaves loopback. For those marked `lab`: the servers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.lab import Lab, guard, missing

guard.install()
settings.register_profile("steady", deadline=None, derandomize=True)  # no clock, no chance
settings.load_profile("steady")

REQUIRED = os.environ.get("DEPGRAPH_LAB_REQUIRED", "") not in {"", "0"}
HOW = "scripts/install_lab.sh installs them (Debian, Ubuntu: apt-get install nsd unbound)"


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail a test that tried to leave, also where the code under test swallowed the refusal."""
    guard.refused.clear()
    yield
    assert not guard.refused, f"tried to leave loopback: {guard.refused}"


@pytest.fixture(scope="session")
def running_lab() -> Iterator[Lab]:
    """Start the lab once per process."""
    with Lab() as running:
        yield running


@pytest.fixture
def lab(running_lab: Lab) -> Iterator[Lab]:
    """Give the lab with an empty log, no fault and no delay."""
    running_lab.traffic.reset()
    yield running_lab
    running_lab.traffic.reset()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer a shorter run: of each test the first cases only."""
    parser.addoption("--cases", type=int, metavar="N", help="run at most N cases of each test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the further cases of each test, where ``--cases`` asks for it."""
    most = config.getoption("--cases")
    if most is None:
        return
    seen: Counter[str] = Counter()
    kept, left_out = [], []
    for item in items:
        test = item.nodeid.partition("[")[0]
        seen[test] += 1
        (kept if seen[test] <= most else left_out).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs the lab where it is not installed; with DEPGRAPH_LAB_REQUIRED, fail."""
    if item.get_closest_marker("lab") is None or not (absent := missing()):
        return
    reason = f"needs {' and '.join(absent)}: {HOW}"
    if REQUIRED:
        pytest.fail(f"{reason}, and DEPGRAPH_LAB_REQUIRED is set", pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that the lab did not run."""
    skipped = [
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if HOW in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("THE LAB DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests of real servers were not run. {HOW}.")
