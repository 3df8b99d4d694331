"""The page: strict policy, no request, and answers that equal `depgraph.without`.

The tests that drive a browser need Debian's chromium and chromium-driver and the Python
package selenium (tests only); without them they are skipped, and DEPGRAPH_BROWSER_REQUIRED=1
makes that a failure.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis.levers import UNOBSERVED
from depgraph.pictures.engine.themes import contrast
from depgraph.rendering.clients import whom
from depgraph.rendering.writer import Writer
from tests.pictures.graphs import parler, typical
from tests.pictures.shipped import NAMES, shipped
from tests.pictures.test_draw import hostile

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
READY = CHROMIUM and DRIVER and find_spec("selenium")
REQUIRED = os.environ.get("DEPGRAPH_BROWSER_REQUIRED", "") not in {"", "0"}
needs_browser = pytest.mark.skipif(
    not READY and not REQUIRED,
    reason="apt-get install chromium chromium-driver; pip install selenium",
)


class Reader(HTMLParser):
    """Collects tags, attributes and the text of script and style."""

    def __init__(self):
        super().__init__()
        self.tags, self.inside, self.policy = [], {}, ""
        self.open = None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
        self.open = tag if tag in {"script", "style"} else self.open
        if self.open:
            self.inside.setdefault(tag, []).append("")

    def handle_data(self, data):
        if self.open:
            self.inside[self.open][-1] += data

    def handle_endtag(self, tag):
        self.open = None if tag == self.open else self.open


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_the_one_script_and_the_one_style_and_nothing_else():
    page = read(depgraph.page(parler()).html)
    data, script = page.inside["script"]
    (style,) = page.inside["style"]
    assert page.policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest(script)}'" in page.policy
    assert f"style-src 'sha256-{digest(style)}'" in page.policy
    assert "unsafe" not in page.policy
    json.loads(data)
    for tag, found in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in found), tag
        for name in ("src", "href"):
            assert re.match(r"data:,|#", found.get(name) or "#")


def test_hostile_text_runs_nothing():
    page = read(depgraph.page(hostile()).html)
    assert [tag for tag, _ in page.tags].count("script") == 2
    data = page.inside["script"][0]
    assert "<" not in data
    assert "\u202e" not in depgraph.page(hostile()).html


def test_without_a_script_everything_is_there():
    graph = parler()
    page = read(depgraph.page(graph).html)
    sections = [found for tag, found in page.tags if tag == "section"]
    assert [found["id"] for found in sections] == ["strip", "providers", "full"]
    assert all("hidden" not in found for found in sections)
    rows = [found for tag, found in page.tags if tag == "tr" and "data-u" in found]
    assert len(rows) == graph.number_of_edges()


def test_the_page_stays_small():
    graph = typical(seed=9, extra=3)
    assert len(graph) >= 150
    assert len(depgraph.page(graph).html.encode()) < 160_000


def test_a_notebook_gets_a_sandboxed_frame():
    made = depgraph.page(parler())
    frame = read(made._repr_html_()).tags
    assert frame[0][0] == "iframe"
    assert frame[0][1]["sandbox"] == "allow-scripts"
    assert frame[0][1]["srcdoc"] == made.html


def variables(style):
    blocks = re.findall(r":root\{([^}]*)\}", style)
    return [dict(part.split(":") for part in b.replace("--", "").split(";")) for b in blocks]


def test_colours_of_the_page_have_contrast():
    (style,) = read(depgraph.page(parler()).html).inside["style"]
    for colours in variables(style):
        full = {
            k: "#" + "".join(c * 2 for c in v[1:]) if len(v) == 4 else v for k, v in colours.items()
        }
        for ink, ground, least in (
            ("ink", "ground", 4.5),
            ("mid", "ground", 4.5),
            ("mid", "band", 4.5),
            ("ink", "soft", 4.5),
            ("on-group", "group", 4.5),
            ("line", "ground", 3),
            ("group", "ground", 3),
            ("hatch", "ground", 3),
            ("ring", "ground", 3),
        ):
            assert contrast(full[ink], full[ground]) >= least, (ink, ground)


@contextmanager
def chromium():
    """Give a browser without a window, which notes what is asked for and said on the console."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{flag}")
    options.add_argument("--window-size=1000,900")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options=options, service=Service(DRIVER)) as driver:
        driver.set_script_timeout(300)  # a busy machine is no fault of the page
        yield driver


@pytest.fixture(scope="module")
def browser():
    with chromium() as driver:
        yield driver


STORIES = (
    *("front-unknown-origin", "mail-gateway-unknown", "private-secondary"),
    *("false-redundancy", "two-countries-one-parent", "cross-zone-circle"),
    *("alias-beside-address", "two-clouds-by-place", "two-families"),
    *("https-alias-only", "servers-that-differ"),
)
"""Scenarios with likely and possible steps, circles, unknowns and clients of several kinds."""


def graph_of(name):
    if name in NAMES:
        return shipped(name)
    if name in STORIES:
        path = Path(__file__).parents[1] / "scenarios" / f"{name}.jsonl"
        return depgraph.build(depgraph.read(path))
    graph = hostile() if name == "hostile" else typical(seed=6, glue=False)
    if name == "on hold":
        graph.nodes["registration:example-news.com"]["status"] = "client hold"
    if name == "cut short":
        graph.graph["complete"] = False
    return graph


def visit(browser, tmp_path, graph):
    path = tmp_path / "page.html"
    depgraph.page(graph).save(path)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(path.as_uri())


def dark(browser, scheme):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )


@needs_browser
@pytest.mark.parametrize("name", [*NAMES, *STORIES, "generated", "hostile", "on hold", "cut short"])
def test_every_what_if_equals_without(browser, tmp_path, name):
    graph = graph_of(name)
    visit(browser, tmp_path, graph)
    index = {node: n for n, node in enumerate(sorted(graph))}
    actors = {
        n: d for n, d in graph.nodes(data=True) if d["kind"] in {"provider", "company", "country"}
    }
    found = browser.execute_script(
        "return arguments[0].map(n => {"
        "window.depgraphTake([n]); const s = window.depgraphAnswers(); window.depgraphTake([]);"
        "return s; })",
        [index[node] for node in actors],
    )
    for node, answers in zip(actors, found, strict=True):
        expected = depgraph.without(graph, node).functions
        assert [answer[:3] for answer in answers] == [
            [one.function, one.state.value, one.confidence.value] for one in expected
        ], node
        for (_, state, _, seconds, _), one in zip(answers, expected, strict=True):
            if state == "fails":
                assert (None if seconds == UNOBSERVED else seconds) == one.seconds, node
        writer = Writer("en")
        told = [answer[4] for answer in answers if answer[1] in {"fails", "works"}]
        assert told == [
            ", ".join(str(whom(writer, (client,))) for client in one.clients)
            for one in expected
            if one.state.value in {"fails", "works"}
        ], node
    requests = [
        json.loads(row["message"])["message"]["params"]["request"]["url"]
        for row in browser.get_log("performance")
        if 'Network.requestWillBeSent"' in row["message"]
    ]
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert browser.get_log("browser") == []


@needs_browser
@pytest.mark.parametrize("name", ["parler.com_2021-02-15", "mail-gateway-unknown", "generated"])
def test_two_who_withdraw_together_equal_without(browser, tmp_path, name):
    graph = graph_of(name)
    visit(browser, tmp_path, graph)
    index = {node: n for n, node in enumerate(sorted(graph))}
    actors = sorted(n for n in graph if n.startswith(("provider:", "company:", "country:")))
    for pair in list(zip(actors, reversed(actors), strict=True))[: len(actors) // 2]:
        answers = browser.execute_script(
            "window.depgraphTake(arguments[0]); return window.depgraphAnswers()",
            [index[node] for node in pair],
        )
        expected = depgraph.without(graph, list(pair)).functions
        assert [answer[:3] for answer in answers] == [
            [one.function, one.state.value, one.confidence.value] for one in expected
        ], pair


@needs_browser
@pytest.mark.parametrize("name", ["parler.com_2021-01-18", "wikipedia.org_2021-02-15", "generated"])
def test_the_box_of_the_name_falls_when_the_name_falls(browser, tmp_path, name):
    graph = graph_of(name)
    visit(browser, tmp_path, graph)
    index = {node: n for n, node in enumerate(sorted(graph))}
    fell = 0
    for node in sorted(n for n in graph if n.startswith(("provider:", "company:"))):
        classes = browser.execute_script(
            "window.depgraphTake([arguments[0]]);"
            "return [...document.querySelectorAll('#providers .b')].filter("
            "g => g.querySelector('text') && g.querySelector('text').textContent === 'the name'"
            ").map(g => g.getAttribute('class'))",
            index[node],
        )
        (shown,) = classes
        if depgraph.without(graph, node)["name"].state.value == "fails":
            assert "dead" in shown.split(), node
            fell += 1
    assert fell


@needs_browser
def test_the_page_says_what_is_likely_in_words(browser, tmp_path):
    from selenium.webdriver.common.by import By

    graph = graph_of("nixos.org_2026-08-19")
    visit(browser, tmp_path, graph)
    netlify = sorted(graph).index("company:netlify")
    browser.execute_script("window.depgraphTake([arguments[0]])", netlify)
    state = browser.find_element(By.ID, "state").text
    assert "web (www): likely falls (at once)" in state


@needs_browser
def test_press_a_box_see_what_falls_and_the_evidence(browser, tmp_path):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    visit(browser, tmp_path, parler())
    state = browser.find_element(By.ID, "state")
    assert "Press" in state.text
    epik = next(
        box
        for box in browser.find_elements(By.CSS_SELECTOR, "#strip .b.actor")
        if box.accessible_name.startswith("Epik")
    )
    epik.send_keys(Keys.ENTER)
    assert epik.get_attribute("aria-pressed") == "true"
    assert "Without Epik:" in state.text
    assert "web: falls" in state.text
    assert "works" not in state.text
    why = browser.find_element(By.ID, "why").text
    assert "reported" in why
    assert "A newspaper" in why
    epik.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element != epik
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert epik.get_attribute("aria-pressed") == "false"


@needs_browser
def test_it_never_works_while_something_unknown_is_needed(browser, tmp_path):
    graph = parler()
    visit(browser, tmp_path, graph)
    country = sorted(graph).index("country:DE")
    browser.execute_script("window.depgraphTake([arguments[0]])", country)
    states = browser.execute_script("return window.depgraphStates()")
    assert states == {
        "web": "fails",
        "web-www": "fails",
        "mail": "undetermined",
        "name": "works",
    }


@needs_browser
def test_find_narrows_boxes_and_table(browser, tmp_path):
    from selenium.webdriver.common.by import By

    visit(browser, tmp_path, parler())
    browser.find_element(By.ID, "find").send_keys("epik")
    rows = browser.execute_script(
        "return [...document.querySelectorAll('#rows tr')].filter(r => !r.hidden).length"
    )
    assert 0 < rows < parler().number_of_edges()
    dimmed = browser.execute_script("return document.querySelectorAll('#strip .b.dim').length")
    assert dimmed > 0


@needs_browser
def test_unknown_is_hatched_in_the_computed_style(browser, tmp_path):
    visit(browser, tmp_path, parler())
    for scheme in ("light", "dark"):
        dark(browser, scheme)
        found = browser.execute_script(
            "return [...document.querySelectorAll('.b.unknown')].map(g => {"
            "const s = getComputedStyle(g.querySelector('rect'));"
            "return [s.fill, s.strokeDasharray]; })"
        )
        assert found
        assert {fill for fill, _ in found} == {'url("#hatch")'}
        assert all(dash != "none" for _, dash in found)
        stroke, display = browser.execute_script(
            "const s = getComputedStyle(document.querySelector('#hatch path'));"
            "return [s.stroke, s.display]"
        )
        assert stroke not in {"none", ""}
        assert display != "none"


@needs_browser
def test_no_text_leaves_its_box_on_the_screen_or_on_a_phone(browser, tmp_path):
    visit(browser, tmp_path, shipped("telegram.org_2026-09-25"))
    for width in (1000, 390):
        browser.set_window_size(width, 900)
        out = browser.execute_script(
            "return [...document.querySelectorAll('section:not([hidden]) .b[data-i]')].filter(g => {"
            "const r = g.querySelector('rect').getBoundingClientRect(),"
            " t = g.querySelector('text').getBoundingClientRect();"
            "return t.left < r.left - 1 || t.right > r.right + 1; }).length"
        )
        assert out == 0
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        assert wide
    browser.set_window_size(1000, 900)


@needs_browser
@pytest.mark.skipif(
    not find_spec("axe_selenium_python") and not REQUIRED, reason="pip install axe-selenium-python"
)
@pytest.mark.parametrize("wide", [1000, 500])
def test_axe_finds_nothing_in_any_view_light_or_dark(browser, tmp_path, wide):
    from selenium.webdriver.common.by import By

    folder = Path(find_spec("axe_selenium_python").origin).parent
    script = next(iter(sorted(folder.rglob("axe.min.js")))).read_text("utf-8")
    visit(browser, tmp_path, shipped("telegram.org_2026-09-25"))
    browser.set_window_size(wide, 900)
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
    for scheme in ("light", "dark"):
        dark(browser, scheme)
        for button in browser.find_elements(By.CSS_SELECTOR, "button[data-v]"):
            button.click()
            faults = browser.execute_async_script(
                "const done = arguments[0]; axe.run().then(r => done(r.violations.map("
                "v => v.id + ': ' + v.nodes[0].html)))"
            )
            assert faults == []
    dark(browser, "light")
    browser.set_window_size(1000, 900)


@needs_browser
def test_a_phone_shows_the_stacked_strip_and_answers_there(browser, tmp_path):
    from selenium.webdriver.common.by import By

    visit(browser, tmp_path, shipped("telegram.org_2026-09-25"))
    for wide, shown in ((1000, [True, False]), (500, [False, True])):
        browser.set_window_size(wide, 900)
        pictures = browser.find_elements(By.CSS_SELECTOR, "#strip svg.view")
        assert [one.is_displayed() for one in pictures] == shown
    narrow = browser.find_element(By.CSS_SELECTOR, "#strip svg.narrow")
    room = browser.execute_script("return document.documentElement.clientWidth")
    assert narrow.rect["width"] <= room
    box = next(
        box
        for box in narrow.find_elements(By.CSS_SELECTOR, ".actor")
        if box.accessible_name.startswith("Google Cloud")
    )
    box.find_element(By.CSS_SELECTOR, "text").click()
    assert box.get_attribute("aria-pressed") == "true"
    assert set(browser.execute_script("return depgraphStates()").values()) != {"works"}
    browser.set_window_size(1000, 900)
