"""One file for a newsroom: what it holds, that it asks for nothing, and that it comes again."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import depgraph
from depgraph import recording
from depgraph.pictures import newsroom
from tests.pictures.test_draw import hostile
from tests.pictures.test_page import digest, read

ROOT = Path(__file__).parent.parent.parent


def parler():
    return depgraph.example("parler.com", "2021-02-15")


@cache
def html() -> str:
    return newsroom.bundle(parler()).html


def held(suffix: str) -> str:
    (address,) = re.findall(rf'download="[^"]*{re.escape(suffix)}" href="([^"]*)"', html())
    return unescape(address).partition(",")[2]


def test_it_asks_nothing_of_any_network_and_its_policy_allows_what_is_in_it() -> None:
    page = read(html())
    _, script = page.inside["script"]
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
        "SkySilk (reported) alone can stop the web site of parler.com",
        "What is wrong with",
        "Who can take",
        "is power, not intention",
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


def test_the_recording_the_table_and_the_picture_can_be_taken_out() -> None:
    raw = gzip.decompress(base64.b64decode(held(".jsonl.gz")))
    assert raw == recording.to_bytes(parler())
    rows = unquote(held(".csv")).splitlines()
    assert rows[0].startswith("function,layer,through,actor,label,company,country")
    assert len(rows) > 10
    assert unquote(held(".svg")).startswith("<svg")


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


def test_hostile_text_runs_nothing() -> None:
    graph = hostile()
    section = newsroom._section(depgraph.report(graph), "en")
    assert "<script" not in section
    assert "\u202e" not in section
    assert newsroom._inert("=HYPERLINK(1)") == "'=HYPERLINK(1)"
