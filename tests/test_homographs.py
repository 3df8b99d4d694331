"""A name that may pass for another is shown in both forms, wherever a name is shown."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime

import pytest

import depgraph
from depgraph import analysis, names
from depgraph.observations import Observation, Status
from depgraph.pictures import page, to_svg
from depgraph.pictures.kinds.full import full
from depgraph.pictures.kinds.providers import providers
from depgraph.pictures.kinds.strip import strip
from depgraph.pictures.kinds.takedown import takedown
from depgraph.pictures.newsroom import bundle
from depgraph.pictures.surveypage import survey_page
from depgraph.recording import Header, Recording
from depgraph.reporting import brief
from depgraph.survey.run import survey

NAME = "xn--80ak6aa92e.com"  # аррӏе.com
OTHER = "xn--pypal-4ve.com"  # pаypal.com, with one Cyrillic letter
DAY = datetime(2026, 11, 1, tzinfo=UTC)


def hostile() -> Recording:
    """Give a service all of whose names look like others."""

    def row(subject, kind, *values, source="dns", status=Status.ANSWER, **more):
        return Observation(
            subject=subject, type=kind, values=values, source=source, status=status, time=DAY, **more
        )  # fmt: skip

    servers = (f"ns1.{OTHER}", f"ns2.{OTHER}")
    rows = (
        row(NAME, "NS", *servers, section="authority", zone="com"),
        row(NAME, "NS", *servers, zone=NAME),
        row(servers[0], "A", "203.0.114.3"),
        row(servers[1], "A", status=Status.TIMEOUT),
        row(NAME, "A", status=Status.NODATA),
        row(NAME, "AAAA", status=Status.NODATA),
        row(f"www.{NAME}", "CNAME", f"cdn.{OTHER}"),
        row(f"cdn.{OTHER}", "A", "203.0.114.9", "203.0.114.10"),
        row(NAME, "MX", f"10 mx.{OTHER}"),
        row(f"mx.{OTHER}", "A", "203.0.114.11"),
        row("203.0.114.9", "origin", "asn 64500", "prefix 203.0.114.0/24", source="cymru"),
        row(NAME, "registration", f"registrar {OTHER}", f"nameserver ns9.{OTHER}", source="rdap"),
        row(NAME, "TXT", f"v=spf1 include:_spf.{OTHER} -all"),
        row(f"_spf.{OTHER}", "TXT", status=Status.NXDOMAIN),
        row(NAME, "CAA", f'0 issue "{OTHER}"'),
        row(NAME, "operator", "role dns", f"name {OTHER}", source="document", citation="a"),
        row(f"a.{OTHER}", "A", status=Status.NOT_ASKED_DEPTH),
    )
    return Recording(Header(subject=NAME), rows)


def read(markup: str) -> str:
    """Give what a reader sees of a page or a picture."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", bare))


def alone(text: str) -> list[str]:
    """List the names in the form of the DNS alone, but for those in a command to type."""
    text = re.sub(r"depgraph xn--[\w.-]+", "", " ".join(text.split()))
    return [found[0] for found in re.finditer(r"(?<!\[)\b(?<!\.)(?:[\w*-]+\.)*xn--[\w.-]+", text)]


def test_every_text_shows_both_forms() -> None:
    graph = depgraph.build(hostile())
    earlier = depgraph.build(Recording(Header(subject=NAME), hostile().observations[:10]))
    whole = depgraph.report(graph)
    answers = (
        *(whole, brief(whole), depgraph.takedown(graph), depgraph.exposure(graph)),
        *(depgraph.takedown(graph, level="nameserver"), depgraph.findings(graph)),
        *(depgraph.dependence(graph, on=f"company:~{OTHER}"), analysis.importance(graph)),
        *(depgraph.without(graph, [f"provider:~{OTHER}"]), analysis.wanted(graph)),
        *(depgraph.compare(earlier, graph), depgraph.timeline([earlier, graph])),
        *(depgraph.check(graph, "nobody can take it down alone"),),
    )
    for answer in answers:
        for lang in ("en", "fr"):
            assert "xn--" in answer.text(lang=lang, width=3000), type(answer)
            assert alone(answer.text(lang=lang, width=3000)) == [], type(answer)


def test_every_picture_and_page_shows_both_forms() -> None:
    graph = depgraph.build(hostile())
    faces = [page(graph).html, bundle(hostile()).html]
    faces += [to_svg(draw(graph)) for draw in (strip, providers, takedown, full)]
    for face in faces:
        assert alone(read(face)) == []


def test_the_tables_and_the_page_of_a_survey_show_both_forms() -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    made = survey([hostile()])
    assert alone(made.text(width=3000)) == []
    shown = survey_page(made).html
    assert alone(read(shown)) == []
    (data,) = re.findall(r'id="data">(.*?)</script>', shown)
    assert alone(str(json.loads(data)["rows"])) == []


@pytest.mark.parametrize(
    ("name", "mixes"),
    [
        (OTHER, True),
        (f"www.{OTHER}", True),
        (NAME, False),  # all Cyrillic: in both forms, and no mixture
        ("xn--bcher-kva.de", False),
        ("xn--wgv71a119e.jp", False),  # Han
        ("xn--eckwd4c7c.com", False),  # kana
        ("example.com", False),
        ("xn--.com", False),
    ],
)
def test_which_names_mix_scripts(name: str, *, mixes: bool) -> None:
    assert names.mixes_scripts(name) is mixes


def test_mixed_scripts_are_a_finding_once_a_domain() -> None:
    found = depgraph.findings(depgraph.build(hostile())).findings
    (one,) = [one for one in found if one.reason.startswith("mixed-scripts")]
    assert one.functions
    assert one.label == f"pаypal.com [{OTHER}]"
    assert "several scripts" in depgraph.findings(depgraph.build(hostile())).text(width=3000)


def test_one_server_of_such_a_name_is_found_as_of_any_other() -> None:
    rows = [
        Observation(
            subject=NAME, type="NS", status=Status.ANSWER, values=(f"ns.{NAME}",), time=DAY
        ),
        Observation(
            subject=f"ns.{NAME}", type="A", status=Status.ANSWER, values=("203.0.114.3",), time=DAY
        ),
        Observation(
            subject=NAME, type="A", status=Status.ANSWER, values=("203.0.114.4",), time=DAY
        ),
    ]
    plain = [
        Observation.from_dict(
            {
                **one.to_dict(),
                "subject": one.subject.replace(NAME, "shop.com"),
                "values": [value.replace(NAME, "shop.com") for value in one.values],
            }
        )
        for one in rows
    ]
    codes = [
        sorted(one.reason.partition("?")[0] for one in depgraph.findings(depgraph.build(made)).findings)
        for made in (Recording(Header(subject=NAME), tuple(rows)), Recording(Header(subject="shop.com"), tuple(plain)))
    ]  # fmt: skip
    assert codes[0] == codes[1]
