"""The first screen: it fits, says what the whole report says, and claims nothing more."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import depgraph
from depgraph.readers import interval, open_any
from depgraph.recording import Recording
from depgraph.reporting import Report, brief
from depgraph.vocabulary import Remedy

ROOT = Path(__file__).parent.parent.parent
FILES = [
    *sorted((ROOT / "data/recordings").glob("*.jsonl")),
    *sorted((ROOT / "tests/scenarios").glob("*.jsonl")),
]


@cache
def report_of(path: Path) -> Report:
    return depgraph.report(depgraph.build(depgraph.read(path)))


def of(name: str) -> Report:
    (path,) = (path for path in FILES if path.stem == name)
    return report_of(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_fits_the_screen_and_agrees_with_the_report(path: Path) -> None:
    whole = report_of(path)
    short = brief(whole)
    for lang in ("en", "fr"):
        lines = short.text(lang=lang, width=80).splitlines()
        assert len(lines) <= 22  # two more tell what was written
        assert max(map(len, lines)) <= 80
        assert max(map(len, short.text(lang=lang, width=40).splitlines())) <= 40
    alone = {
        (one.function, cut.ids[0]) for one in whole.takedown.functions for cut in one.alone_sets
    }
    above = {
        role.actor: {role.actor, *(owner.id for owner in role.owners)}
        for one in whole.functions
        for role in one.roles
    }
    told = set()
    for layer in short.layers:
        for actor in layer.actors:
            can = {(name, node) for name, node in alone if node in above.get(actor.id, {actor.id})}
            assert {name for name, _ in can} == set(actor.stops), actor
            told |= can
    assert told == alone, "everyone who can stop a function alone is on the first screen"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_not_offered_is_said_as_in_the_whole_report(path: Path) -> None:
    whole = report_of(path)
    short = brief(whole)
    absent = any(one.absent for one in whole.functions)
    for lang, said in (("en", "Not offered: "), ("fr", "Non proposé\u00a0: ")):
        assert (said in short.text(lang=lang)) == (absent and not short.nonexistent)


def test_mail_that_is_refused_is_said_not_to_be_offered(tmp_path: Path) -> None:
    path = tmp_path / "shop.example.zone"
    path.write_text(
        "$ORIGIN shop.example.\n@ 60 SOA ns1.other.example. h 1 2 3 4 5\n@ 60 NS ns1.other.example.\n"
        "@ 60 A 192.0.2.1\n@ 60 MX 0 .\nwww 60 A 192.0.2.1\n"
    )
    (found,) = open_any(path, undated=interval("2026-08-01"))
    assert isinstance(found, Recording)
    text = brief(depgraph.build(found)).text()
    assert "Not offered: mail\n" in text


def test_it_says_who_what_and_how_to_learn_the_rest() -> None:
    text = brief(of("telegram.org_2026-09-25")).text(width=80)
    assert "Google Cloud (Alphabet)" in text
    assert "“Can”: by any layer, within 30 days; power, not intention." in text
    assert "Big Tech: can stop web and mail (Alphabet); not decided for name" in text
    assert "depgraph telegram.org --tls: the certificate authority" in text


def test_what_is_reported_without_a_role_is_told() -> None:
    text = brief(of("parler.com_2021-02-15")).text(width=80)
    assert "Reported to be involved, role not stated: CloudRoute, DDoS-Guard" in text


def test_what_fails_is_told_once() -> None:
    text = brief(of("no-glue")).text(width=80)
    assert text.count("no glue") <= 2
    assert "Does not work as recorded" in text


def test_a_front_hides_what_no_question_tells() -> None:
    missing = brief(of("front-unknown-origin")).missing
    origins = [one for one in missing if one.role.what == "origin"]
    assert origins
    assert {one.remedy for one in origins} == {None}
    assert Remedy.TLS in {one.remedy for one in brief(of("telegram.org_2026-09-25")).missing}
