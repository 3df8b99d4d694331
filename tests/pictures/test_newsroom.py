"""One file for a newsroom: what it holds, that it asks for nothing, and that it comes again."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

import depgraph
from depgraph import recording
from depgraph.pictures import newsroom
from tests.pictures import opened, test_injection
from tests.pictures.test_draw import hostile
from tests.pictures.test_page import browser, digest, needs_browser, read  # noqa: F401

ROOT = Path(__file__).parent.parent.parent


def parler():
    return depgraph.example("parler.com", "2021-02-15")


@cache
def html() -> str:
    return newsroom.bundle(parler()).html


def held(suffix: str) -> bytes:
    """Take a file out of the page as one without scripts gives it: packed."""
    found = (tag for name, tag in read(html()).tags if name == "a")
    (address,) = (tag["href"] for tag in found if tag.get("download", "").endswith(f"{suffix}.gz"))
    return gzip.decompress(base64.b64decode(address.partition(",")[2]))


def test_it_asks_nothing_of_any_network_and_its_policy_allows_what_is_in_it() -> None:
    page = read(html())
    *_, script = page.inside["script"]
    (style,) = page.inside["style"]
    assert f"script-src 'sha256-{digest(script)}'" in page.policy
    assert f"style-src 'sha256-{digest(style)}'" in page.policy
    for tag, found in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in found), tag
        if tag != "a":
            for name in ("src", "href"):
                assert re.match(r"data:,|#", found.get(name) or "#")
    links = [found for tag, found in page.tags if tag == "a" and found["href"].startswith("http")]
    assert len(links) > 10, "sources are links"
    assert {found["rel"] for found in links} == {"noreferrer"}


def test_it_holds_pictures_answers_and_buttons() -> None:
    for text in (
        "SkySilk (reported) alone can stop the web site (without www) of parler.com",
        "What is wrong with",
        "Who can take",
        "is able to do, not what anybody wants",
        ">without the United States</button>",
        ">without SkySilk</button>",
    ):
        assert text in html(), text
    assert [
        found["id"] for tag, found in read(html()).tags if tag == "section" and "id" in found
    ] == [
        "strip",
        "providers",
        "takedown",
    ]


def test_no_reader_meets_our_numbers_of_facts() -> None:
    made = newsroom.bundle(parler(), lang="fr").html
    (packed,) = re.findall(r' data-lang="en">(.*?)</script>', made)
    english = gzip.decompress(base64.b64decode(packed)).decode()
    shown = (html(), made, english, held(".svg").decode(), parler()._repr_html_())
    assert re.search(rb"\bF\d{3}: ", held(".jsonl"))
    for text in shown:
        assert not re.search(r"\bF\d{3}: ", text)


def test_the_recording_the_table_and_the_picture_can_be_taken_out() -> None:
    assert held(".jsonl") == recording.to_bytes(parler())
    rows = held(".csv").decode().splitlines()
    assert rows[0].startswith("function,layer,through,actor,label,company,country")
    assert len(rows) > 10
    assert held(".svg").startswith(b"<svg")


def test_the_archive_has_what_makes_the_same_bytes_again(tmp_path: Path) -> None:
    made = newsroom.archive(parler())
    assert made == newsroom.archive(parler())
    with zipfile.ZipFile(io.BytesIO(made)) as held_files:
        names = held_files.namelist()
        assert names == ["story.html", "recording.jsonl", "catalogue.json", "about.json"]
        story = held_files.read("story.html")
        (tmp_path / "recording.jsonl").write_bytes(held_files.read("recording.jsonl"))
        rows = json.loads(held_files.read("catalogue.json"))
    again = newsroom.bundle(recording.read(tmp_path / "recording.jsonl"))
    assert again.html.encode() == story
    assert rows["provider:skysilk"]["name"] == "SkySilk"


def test_the_same_bytes_come_in_another_process_time_zone_and_language(tmp_path: Path) -> None:
    recording.write(parler(), tmp_path / "recording.jsonl")
    words = ["bundle", "recording.jsonl", "--lang", "en", "--group", "big-tech", "-o", "story.html"]
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "depgraph", *words],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **elsewhere},
        check=True,
    )
    assert (tmp_path / "story.html").read_text("utf-8") == html()


def test_hostile_text_runs_nothing() -> None:
    graph = hostile()
    section = newsroom._section(depgraph.report(graph), "en")
    assert "<script" not in section
    assert "\u202e" not in section
    assert newsroom._inert("=HYPERLINK(1)") == "'=HYPERLINK(1)"


# --- A large one, every text of which is an injection, as people open it ---------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the bundle of a service with 150 nodes and more."""
    made = test_injection.hostile()
    assert len(depgraph.build(made)) >= 150
    path = tmp_path_factory.mktemp("large") / "story.html"
    newsroom.bundle(made).save(path)
    return path


def test_it_stays_small_with_many_nodes_and_hostile_texts(large: Path) -> None:
    assert large.stat().st_size < 250_000


@needs_browser
def test_on_a_phone_and_on_a_desk_it_is_quiet_legible_and_accessible(browser, large) -> None:  # noqa: F811
    if not opened.axe():
        pytest.skip("pip install axe-selenium-python")
    found = opened.figures(browser, large)
    for place in ("phone", "desk"):
        assert found[f"console, {place}"] == []
        assert found[f"requests, {place}"] == []
        assert found[f"axe, {place}"] == []
        assert found[f"px wider than the {place}"] == 0
        size, words = found[f"smallest letters, {place}"]
        assert size >= 11, words
    assert found["pages of A4"] <= 2


@needs_browser
def test_on_a_desk_it_uses_the_width(browser, large) -> None:  # noqa: F811
    with opened.screen(browser, opened.DESK):
        opened.visit(browser, large)
        (picture,) = (
            one for one in browser.find_elements("css selector", "svg.view") if one.is_displayed()
        )
        assert picture.rect["width"] > 0.6 * opened.DESK


@needs_browser
def test_a_keyboard_alone_reaches_and_does_everything(browser, large) -> None:  # noqa: F811
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened.visit(browser, large)
    state = browser.find_element(By.ID, "state")

    def press(key: str):
        browser.switch_to.active_element.send_keys(key)
        return browser.switch_to.active_element

    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    reached = []
    for _ in range(200):
        at = browser.switch_to.active_element
        if at.tag_name == "body" or at in reached:
            break
        reached.append(at)
        at.send_keys(Keys.TAB)
    usable = browser.execute_script(
        "return [...document.querySelectorAll('button,input,summary,a[href]')]"
        ".filter(e => e.checkVisibility() && !e.disabled)"
    )
    assert [one.get_dom_attribute("outerHTML") for one in usable if one not in reached] == []
    preset = next(one for one in reached if one.get_dom_attribute("data-off"))
    browser.execute_script("arguments[0].focus()", preset)
    press(Keys.ENTER)
    assert state.text.startswith("Without ")
    box = next(one for one in reached if one.tag_name == "g")
    browser.execute_script("arguments[0].focus()", box)
    press(Keys.ESCAPE)
    assert "Press" in state.text
    for _ in range(20):
        box = press(Keys.ARROW_DOWN)
        if box.get_dom_attribute("aria-pressed"):
            break
    press(Keys.ENTER)
    assert box.get_dom_attribute("aria-pressed") == "true"
    assert state.text.startswith("Without ")
    assert browser.find_element(By.ID, "why").text


@needs_browser
def test_the_address_says_who_is_taken_away_and_can_be_handed_on(browser, tmp_path) -> None:  # noqa: F811
    path = tmp_path / "story.html"
    path.write_text(html(), "utf-8")
    opened.visit(browser, path)
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}#without=us")
    state = browser.find_element("id", "state")
    assert state.text.startswith("Without the United States")
    browser.find_element("id", "restore").click()
    assert "#" not in browser.current_url
    preset = browser.find_element("css selector", "button[data-off]")
    preset.click()
    address, said = browser.current_url, state.text
    assert "#without=" in address
    browser.get("about:blank")
    browser.get(address)
    assert browser.find_element("id", "state").text == said


def spoken(driver, lang: str) -> None:
    """Wait until a page is in a language, which it takes a moment to unpack."""
    from selenium.webdriver.support.wait import WebDriverWait

    page = lambda one: one.find_element("css selector", "html")  # noqa: E731
    WebDriverWait(driver, 60).until(lambda one: page(one).get_attribute("lang") == lang)


def said(driver) -> str:
    return driver.execute_script("return document.querySelector('main').textContent")


@needs_browser
def test_its_address_says_in_which_language_it_is(browser, tmp_path) -> None:  # noqa: F811
    path, french = tmp_path / "story.html", tmp_path / "histoire.html"
    path.write_text(html(), "utf-8")
    made = newsroom.bundle(parler(), lang="fr")
    made.save(french)
    opened.visit(browser, path)
    first = said(browser)
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}#without=us&lang=fr")
    spoken(browser, "fr")
    state = browser.find_element("id", "state").text
    assert state.startswith("Sans les États-Unis")
    # All is as in the file that was made in French, and that one is the same in English.
    assert browser.title == made.title
    here = said(browser)
    browser.get(f"{french.as_uri()}#without=us")
    assert said(browser) == here
    browser.get(f"{french.as_uri()}#lang=en")
    spoken(browser, "en")
    assert said(browser) == first
    # An address is followed while the page is open; a language that there is not is passed over.
    browser.get("about:blank")
    browser.get(path.as_uri())
    browser.get(f"{path.as_uri()}#lang=fr-CA")
    spoken(browser, "fr")
    browser.get(f"{path.as_uri()}#lang=xx&without=skysilk")
    spoken(browser, "en")
    assert browser.find_element("id", "state").text.startswith("Without SkySilk")
    assert opened.console(browser) == []
    assert opened.requests(browser) == []


@needs_browser
def test_a_button_puts_it_into_another_language(browser, tmp_path) -> None:  # noqa: F811
    from selenium.webdriver.support.wait import WebDriverWait

    path = tmp_path / "story.html"
    path.write_text(html(), "utf-8")
    opened.visit(browser, path)
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}#without=us")
    before = browser.find_element("id", "state").text
    answers = browser.execute_script("return depgraphStates()")
    browser.find_element("css selector", "button[data-in=fr]").click()
    spoken(browser, "fr")
    # Who is taken away stays so, a keyboard stays where it was, and the address can be handed on.
    assert browser.find_element("id", "state").text.startswith("Sans les États-Unis")
    assert browser.execute_script("return depgraphStates()") == answers
    assert browser.current_url.endswith("#without=country%3AUS&lang=fr")
    assert browser.switch_to.active_element.text == "Français"
    hrefs = "return [...document.querySelectorAll('.downloads a')].map(a => [a.download, a.href])"
    WebDriverWait(browser, 60).until(
        lambda one: not any("gzip" in href for _, href in one.execute_script(hrefs)[1:])
    )
    (_, raw), (name, table), (_, picture) = browser.execute_script(hrefs)
    assert raw.startswith("data:application/gzip")
    assert table.startswith("data:text/csv")
    assert name == "parler.com_2021-02-15.csv"
    assert "peut%20%C3%A0%20lui%20seul" in picture
    browser.find_element("css selector", "button[data-in=en]").click()
    spoken(browser, "en")
    assert browser.current_url.endswith("#without=country%3AUS")
    assert browser.find_element("id", "state").text == before


@needs_browser
def test_without_scripts_everything_can_be_read(browser, large) -> None:  # noqa: F811
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened.visit(browser, large)
        shown = {
            one.get_dom_attribute("id"): one.is_displayed()
            for one in browser.find_elements("css selector", "section.v, #state, .bar")
        }
        assert {name for name, there in shown.items() if there} == set(newsroom._SHOWN)
        assert not browser.find_element("css selector", ".languages").is_displayed()
        assert browser.find_elements("css selector", "[role=button]") == []
        links = browser.find_elements("css selector", ".downloads a")
        assert [link.get_dom_attribute("download").split(".", 2)[2] for link in links] == [
            *("jsonl.gz", "csv.gz", "svg.gz")
        ]
        browser.find_element("css selector", "summary").click()
        assert browser.find_element("css selector", "#rows tr").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@needs_browser
def test_a_browser_hands_on_the_table_and_the_picture_as_they_are(browser, large) -> None:  # noqa: F811
    from selenium.webdriver.support.wait import WebDriverWait

    opened.visit(browser, large)
    plain = "return [...document.querySelectorAll('.downloads a[type*=\"/\"]')].map(a => a.href)"
    hrefs = WebDriverWait(browser, 60).until(
        lambda one: [h for h in one.execute_script(plain) if "gzip" not in h][1:] and
        one.execute_script(plain)
    )  # fmt: skip
    assert [href.split(",")[0] for href in hrefs] == [
        *("data:text/csv;charset=utf-8", "data:image/svg+xml;charset=utf-8")
    ]
    drawn = browser.execute_async_script(
        "const done = arguments[0]; HTMLAnchorElement.prototype.click = function () {"
        "done([this.download, this.href.slice(0, 22)]); };"
        "document.querySelector('button[data-png]').click()"
    )
    assert drawn == ["shop.com_2026-11-01.png", "data:image/png;base64,"]
    assert opened.console(browser) == []
