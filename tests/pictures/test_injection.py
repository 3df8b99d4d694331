"""A service whose every text is an injection, in every form that people open.

In a browser: no script of theirs, no request, no dialog, no word on the console. In tables no
formula. On a terminal no escape but our own colours.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

import depgraph
from depgraph import pictures, recording
from depgraph.cli import main
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from tests.pictures.test_page import browser, needs_browser, read  # noqa: F401  (a fixture)
from tests.test_people import CONTROL, typed

NAME = "shop.com"
DAY = datetime(2026, 11, 1, tzinfo=UTC)
INJECTIONS = (
    "<script>window.hit=1;alert(1)</script>",
    "<img src=http://127.0.0.1:9/x onerror=alert(2)>",
    "\"'></title></textarea></svg><svg onload=alert(3)>",
    "]]></style><iframe src=javascript:alert(4)>",
    "</script><script>window.hit=5;alert(5)</script><!--",
    "[click](javascript:alert(6)) ![x](http://127.0.0.1:9/y) `x` | a | b |",
    '=HYPERLINK("http://127.0.0.1:9/z")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1 \t-2",
    "\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b31m",
    "\u202egpj.exe\u2066\u200b\ufeff",
    "a\r\nb\x00c\x08\x7f",
    "$(touch /tmp/x) `id` ; rm -rf / # {{7*7}} ${7*7} %s %n",
    "&lt;script&gt;&#x3c;script&#x3e;",
)


def hostile() -> Recording:
    """Give a recording with an injection in each text that a stranger chooses."""

    def seen(subject, kind, *values, source="dns", **more):
        return Observation(
            subject=subject, type=kind, status=Status.ANSWER, values=values, source=source,
            time=DAY, **more,
        )  # fmt: skip

    rows = [
        seen(
            NAME, "NS", *(f"ns{n}.evil{n}.net" for n in range(4)), section="authority", zone="com"
        ),
        seen(NAME, "NS", *(f"ns{n}.evil{n}.net" for n in range(4)), zone=NAME),
        seen(
            NAME,
            "MX",
            "10 mx.evil.net",
            "20 \\060script\\062.evil.net",
            *(f"{n}0 mx.mail{n}.net" for n in range(4)),
        ),
        seen(NAME, "A", "203.0.114.80"),
        seen(f"www.{NAME}", "CNAME", "xn--80ak6aa92e.com"),
        seen("xn--80ak6aa92e.com", "A", "203.0.114.80"),
        seen(NAME, "CAA", *(f'0 issue "{text}"' for text in INJECTIONS)),
    ]
    rows += [seen(f"mx.mail{n}.net", "A", f"203.0.114.{n + 1}") for n in range(4)]
    rows += [
        seen(f"mail{n}.net", "NS", f"ns{n}.evil{n}.net", zone=f"mail{n}.net") for n in range(4)
    ]
    for number, text in enumerate(INJECTIONS):
        address = f"203.0.114.{number + 1}"
        domain = f"evil{number}.net"
        rows += [
            seen(f"ns{number}.{domain}", "A", address),
            seen(NAME, "TXT", text, note=text),
            seen(address, "origin", f"asn {64500 + number}", "prefix 203.0.114.0/24", source="cymru"),
            seen(f"AS{64500 + number}", "as", f"name {text}", source="cymru"),
            seen(
                address, "holder", f"organisation {text}", f"organisation-handle {text}",
                f"name {text}", "prefix 203.0.114.0/24", source="rdap", note=text, server=text,
            ),
            seen(domain, "registration", f"registrar {text}", f"reseller {text}", source="rdap"),
            seen(
                f"host{number}.{NAME}", "operator", "role host", f"name {text}", source="document",
                citation=text, note=text,
            ),
            Observation(
                subject=f"mx{number}.{domain}", type="A", status=Status.SERVFAIL, time=DAY, note=text
            ),
        ]  # fmt: skip
    rows += [
        seen(NAME, "registration", f"registrar {INJECTIONS[0]}", f"status {INJECTIONS[3]}", source="rdap"),
        seen(NAME, "certificate", f"issuer {INJECTIONS[1]}", f"issuer-organisation {INJECTIONS[4]}", source="tls"),
        seen(NAME, "operator", "role dns", f"name {INJECTIONS[2]}", source="document", citation=INJECTIONS[1]),
    ]  # fmt: skip
    return Recording(Header(subject=NAME), tuple(rows))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write every form there is of the answers about it."""
    made = tmp_path_factory.mktemp("injection")
    source = made / "hostile.jsonl"
    recording.write(hostile(), source)
    for words in (
        *(f"report -o report.{suffix}".split() for suffix in ("html", "md", "txt")),
        *(f"takedown -o takedown.{suffix}".split() for suffix in ("html", "md")),
        *(f"findings -o findings.{suffix}".split() for suffix in ("html", "md")),
        *(f"draw -o picture.{suffix}".split() for suffix in ("svg", "html")),
        ["draw", "--kind", "full", "-o", "full.svg"],
        ["bundle", "-o", "story.html"],
    ):
        verb, *options, name = words
        done = CliRunner().invoke(main, [verb, str(source), *options, str(made / name)])
        assert done.exit_code == 0, (words, done.output)
    done = CliRunner().invoke(main, ["survey", str(source), "-o", str(made / "survey")])
    assert done.exit_code == 0, done.output
    for name, shown in reprs().items():
        # As a notebook has it: in a page of somebody else, whose policy forbids nothing.
        page = f"<!doctype html><meta charset=utf-8><title>x</title><body>{shown}</body>"
        (made / f"repr-{name}.html").write_text(page, "utf-8")
    return made


def reprs():
    """Give what each public object shows of itself in a notebook."""
    one = hostile()
    later = replace(
        one, observations=tuple(replace(o, time=o.time + timedelta(days=2)) for o in one)[:-9]
    )
    graph, after = depgraph.build(one), depgraph.build(later)
    survey = depgraph.survey([one])
    shown = {
        "recording": one,
        "report": depgraph.report(graph),
        "takedown": depgraph.takedown(graph),
        "dependence": depgraph.dependence(graph, on="big-tech"),
        "exposure": depgraph.exposure(graph),
        "findings": depgraph.findings(graph),
        "importance": depgraph.importance(graph),
        "without": depgraph.without(graph, ["company:verisign"]),
        "check": depgraph.check(graph, "nobody can take it down alone"),
        "compare": depgraph.compare(graph, after),
        "timeline": depgraph.timeline([graph, after]),
        "survey": survey,
        "page": depgraph.page(graph),
    }
    kinds = {"strip", "takedown", "providers", "full"}
    drawn = {f"picture-{kind}": pictures.scene(graph, kind=kind)._repr_svg_() for kind in kinds}
    drawn["picture-timeline"] = pictures.scene([graph, after], kind="timeline")._repr_svg_()
    return {name: one._repr_html_() for name, one in shown.items()} | drawn


def test_every_form_is_there(folder):
    assert len(list(folder.glob("*.*"))) == 12 + len(reprs())
    assert list(folder.glob("survey/*.csv"))


@needs_browser
def test_in_a_browser_nothing_runs_and_nothing_is_asked_for(browser, folder):  # noqa: F811
    from selenium.common.exceptions import NoAlertPresentException

    pages = [*sorted(folder.glob("*.html")), *sorted(folder.glob("*.svg"))]
    pages += sorted(folder.glob("survey/*.html"))
    assert len(pages) >= 7
    for page in pages:
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get(page.as_uri())
        with pytest.raises(NoAlertPresentException):
            _ = browser.switch_to.alert
        assert browser.execute_script("return window.hit === undefined"), page.name
        assert browser.get_log("browser") == [], page.name
        asked = [
            message["params"]["request"]["url"]
            for entry in browser.get_log("performance")
            if (message := json.loads(entry["message"])["message"])["method"]
            == "Network.requestWillBeSent"
        ]
        outside = [url for url in asked if not url.startswith(("file:", "data:", "about:"))]
        assert outside == [], page.name
        for element in browser.find_elements("css selector", "[href]"):
            target = element.get_dom_attribute("href")
            assert re.match(r"(https?://|#|data:)", target), (page.name, target)


def test_markup_of_theirs_stands_in_no_file(folder):
    for path in (*folder.glob("*.html"), *folder.glob("*.svg"), *folder.glob("survey/*.html")):
        text = path.read_text("utf-8")
        tags = read(text).tags
        framed = ["iframe"] * (path.name == "repr-page.html")  # a notebook shows our page in one
        assert [tag for tag, _ in tags if tag in {"iframe", "object", "embed"}] == framed
        sources = [found.get("src", "") for tag, found in tags if tag == "img"]
        assert all(source.startswith("data:") for source in sources)
        assert not [name for _, found in tags for name in found if name.startswith("on")]
        assert "window.hit=1;alert(1)</script" not in text
        assert "\u202e" not in text


def test_markdown_shows_their_text_as_text(folder):
    for path in folder.glob("*.md"):
        text = path.read_text("utf-8")
        assert not re.search(r"(?<!\\)<(script|img|svg|iframe)", text), path.name
        assert not re.search(r"(?<![\\!])\[click\](?!\\)\(javascript", text), path.name
        assert not re.search(r"(?<!\\)!\[x\](?!\\)\(http", text), path.name


def test_no_cell_of_a_table_is_a_formula(folder):
    openpyxl = pytest.importorskip("openpyxl")
    cells = 0
    for path in folder.glob("survey/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for row in rows:
            cells += len(row)
            assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d)", cell)], path.name
    for path in folder.glob("survey/*.xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                cells += len(row)
                assert not [cell for cell in row if cell.data_type == "f"], sheet.title
    assert cells > 100


@pytest.mark.skipif(
    not os.environ.get("DEPGRAPH_LIBREOFFICE"), reason="DEPGRAPH_LIBREOFFICE=1 opens it: slow"
)
def test_libreoffice_finds_no_formula(folder, tmp_path):
    """Opened as a person would, each table has text and numbers; what it shows is the text of theirs."""
    tables = [*folder.glob("survey/*.csv"), *folder.glob("survey/*.xlsx")]
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "fods", "--outdir", str(tmp_path), *map(str, tables)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    opened = [path.read_text("utf-8") for path in tmp_path.glob("*.fods")]
    assert len(opened) == len({path.stem for path in tables})
    for text in opened:
        assert "table:formula" not in text
        assert not re.search(r'xlink:href="http://127', text)


def test_no_text_form_and_no_repr_has_what_a_terminal_obeys(folder):
    graph = depgraph.build(hostile())
    shown = [
        path.read_text("utf-8") for pattern in ("*.txt", "*.md") for path in folder.glob(pattern)
    ]
    shown += [
        repr(one) + str(one)
        for one in (
            depgraph.takedown(graph), depgraph.dependence(graph, on="big-tech"), depgraph.report(graph),
            depgraph.findings(graph), hostile(),
        )
    ]  # fmt: skip
    for text in shown:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("verb", ["report", "findings"])
def test_on_a_terminal_there_is_no_escape_but_our_colours(folder, verb):
    code, shown = typed(f"depgraph {verb} hostile.jsonl", folder)
    assert code == 0
    assert "\x1b]" not in shown
    assert "\x9b" not in shown
    for code in CONTROL.findall(shown):
        assert code.endswith("m") or code in {"\x1b[?25h", "\x1b[?25l"}, code
    assert "\x1b" not in CONTROL.sub("", shown)
    assert "\x1b[31m\ufffd" not in shown


def test_a_name_that_passes_for_another_is_shown_in_both_forms(folder):
    both = "аррӏе.com [xn--80ak6aa92e.com]"
    assert both in " ".join((folder / "report.txt").read_text("utf-8").split())
