"""JupyterLab itself, headless: a notebook is run in it, and one what-if clicked in Chromium.

Needs JupyterLab and selenium (the dependency group `jupyter`) and Debian's chromium and
chromium-driver; without them it is skipped, aloud, and with DEPGRAPH_BROWSER_REQUIRED it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

import depgraph

ROOT = Path(__file__).parents[2]
RECORDING = "wikipedia.org_2021-01-10.jsonl"
NOTEBOOK = "01_one_domain.ipynb"
TOKEN = "only-on-loopback"
PATIENCE = 120  # seconds: a limit, never a wait
REQUIRED = os.environ.get("DEPGRAPH_BROWSER_REQUIRED", "") not in {"", "0"}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1000",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_MISSING = [
    *(name for name in ("jupyterlab", "selenium") if find_spec(name) is None),
    *(name for name in ("chromium", "chromedriver") if shutil.which(name) is None),
]


@pytest.fixture(scope="module")
def needed():
    """Skip aloud, or fail where a browser is required."""
    if _MISSING:
        said = (
            f"JupyterLab was not tried: {', '.join(_MISSING)} not installed "
            "(pip install --group jupyter; apt-get install chromium chromium-driver)"
        )
        if REQUIRED:
            pytest.fail(f"{said}, and DEPGRAPH_BROWSER_REQUIRED is set", pytrace=False)
        pytest.skip(said)


def soon(look, what):
    """Look until something is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"expected {what} within {PATIENCE} s")


@pytest.fixture(scope="module")
def lab(needed, tmp_path_factory):
    """Start JupyterLab on loopback with a copy of the notebook and its recording; give its URL."""
    home = tmp_path_factory.mktemp("lab")
    work = home / "work" / "notebooks"
    work.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, work)
    recordings = home / "work" / "data" / "recordings"
    recordings.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "recordings" / RECORDING, recordings)
    config = home / "config" / "labconfig"
    config.mkdir(parents=True)
    news = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (config / "page_config.json").write_text(json.dumps(news), encoding="utf-8")
    env = os.environ | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "PYTHONPATH": str(ROOT),
    }
    options = (
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        f"--ServerApp.root_dir={home / 'work'}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )
    log = home / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=env, stdout=out, stderr=out
        )
        try:

            def running():
                assert server.poll() is None, log.read_text("utf-8", "replace")
                for file in (home / "runtime").glob("jpserver-*.json"):
                    with_port = json.loads(file.read_text("utf-8") or "{}")
                    if with_port.get("port"):
                        return with_port["port"]
                return None

            port = soon(running, "JupyterLab to listen")
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{NOTEBOOK}?token={TOKEN}&reset"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="module")
def browser(needed, tmp_path_factory):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def states(graph, actors):
    return {one.function: one.state.value for one in depgraph.without(graph, actors).functions}


def test_a_what_if_is_clicked_in_jupyterlab(lab, browser):
    from selenium.webdriver.common.by import By

    graph = depgraph.build(depgraph.read(ROOT / "data" / "recordings" / RECORDING))
    browser.get(lab)
    loaded = """const panel = window.jupyterapp?.shell?.currentWidget;
    return !!(panel?.sessionContext && panel.node.querySelector('.jp-Notebook .jp-Cell'));"""
    soon(lambda: browser.execute_script(loaded), "the notebook in JupyterLab")
    browser.set_script_timeout(PATIENCE)
    # The promise that the command gives is fulfilled when the last cell has run.
    ran = browser.execute_async_script(
        """const done = arguments[arguments.length - 1];
        const panel = window.jupyterapp.shell.currentWidget;
        panel.context.ready
            .then(() => panel.sessionContext.ready)
            .then(() => panel.sessionContext.session.kernel.info)
            .then(() => window.jupyterapp.commands.execute('notebook:run-all-cells'))
            .then(() => done(true), (error) => done(String(error)));"""
    )
    assert ran is True, ran

    def frames():
        scroll = "const all = document.querySelectorAll('.jp-Cell'); all[all.length - 1].scrollIntoView()"
        browser.execute_script(scroll)
        return browser.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output iframe[srcdoc]")

    (frame,) = soon(frames, "the page in the last cell")
    assert frame.get_attribute("sandbox") == "allow-scripts"
    shown = browser.execute_script(
        "return [...document.querySelectorAll('.jp-OutputArea-output')].map((o) => o.dataset.mimeType)"
    )
    assert "application/vnd.jupyter.stderr" not in shown
    assert "application/vnd.jupyter.error" not in shown
    assert shown.count("image/svg+xml") >= 1

    browser.switch_to.frame(frame)
    soon(lambda: browser.execute_script("return !!window.depgraphStates"), "the script of the page")
    before = browser.execute_script("return window.depgraphStates()")
    absent = {n.rpartition("/")[2] for n, data in graph.nodes(data=True) if data.get("absent")}
    functions = (n.rpartition("/")[2] for n in graph if n.startswith("function:"))
    assert before == {name: "absent" if name in absent else "works" for name in functions}
    # The first box of an actor without whom something changes; depgraph.without says what.
    nodes = sorted(graph)  # as the page numbers them
    actors, box = next(
        (taken, one)
        for one in browser.find_elements(By.CSS_SELECTOR, "#strip .b.actor[aria-pressed]")
        for taken in [[nodes[int(n)] for n in one.get_attribute("data-i").split()]]
        if states(graph, taken) != before
    )
    box.click()
    after = browser.execute_script("return window.depgraphStates()")
    assert after == states(graph, actors) != before
    said = browser.find_element(By.ID, "state").text
    assert any(graph.nodes[actor]["label"] in said for actor in actors)
    browser.find_element(By.ID, "restore").click()
    assert browser.execute_script("return window.depgraphStates()") == before
