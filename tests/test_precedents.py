"""Precedents: rows with sources only, figures from the rows alone, and takedown cites them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import depgraph
from depgraph import precedents
from depgraph.analysis import precedents as ask
from depgraph.cli import main
from depgraph.errors import QuestionError, TableError
from depgraph.precedents import Event

HEAD = "id,who,whom,lever,event,day,notice,back,way_back,note,sources\n"
ROW = "a,Host,a.example,evict,withdrawal,2020-01-01,24,5,another host,,a page"
PARLER = Path(__file__).parent.parent / "data/recordings/parler.com_2021-01-09.jsonl"


def test_the_table_that_is_shipped():
    rows = precedents.load()
    assert len(rows) >= 60
    assert all(len(one.sources) > 20 for one in rows)
    assert [one.day for one in rows] == sorted(one.day for one in rows)
    parler = next(one for one in rows if one.id == "aws-parler-2021")
    assert (parler.day, parler.notice, parler.back) == ("2021-01-11", None, 35)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ROW.removesuffix("a page"), "expected a source, found none"),
        (ROW.replace("evict", "annoy"), "expected a lever"),
        (ROW.replace("withdrawal", "quarrel"), "'quarrel' is not a valid Event"),
        (ROW.replace("2020-01-01", "2020-13-01"), r"line 2 \(a\)"),
        (f"{ROW}\n{ROW}", "expected one row for each id"),
        (ROW.replace(",24,", ",soon,"), "could not convert"),
    ],
)
def test_a_row_that_does_not_count_does_not_load(row, why):
    with pytest.raises(TableError, match=why):
        precedents.read(HEAD + row)


def test_what_no_source_says_counts_in_no_figure():
    rows = precedents.read(
        HEAD
        + "\n".join(
            [
                ROW,
                ROW.replace("a,", "b,", 1).replace(",24,5,", ",,,"),
                ROW.replace("a,", "c,", 1).replace(",24,5,", ",0,11,"),
                ROW.replace("a,", "d,", 1).replace("withdrawal", "outage").replace(",24,", ",900,"),
            ]
        )
    )
    found = precedents.summary("evict", rows)
    assert (found.count, found.outages) == (3, 1)
    assert (found.noticed, found.notice_least, found.notice_most) == (2, 0, 24)
    assert (found.returned, found.back_least, found.back_median, found.back_most) == (2, 5, 8, 11)
    assert precedents.summary("hold", rows).back_median is None


def test_takedown_cites_what_happened_before_by_its_levers():
    found = depgraph.takedown(depgraph.build(depgraph.read(PARLER)))
    (evict,) = [one for one in found.precedents if one.lever == "evict"]
    assert evict == precedents.summary("evict")
    assert {"lever": "evict"}.items() <= found.to_dict()["precedents"][0].items()
    assert f"pulled {evict.count} times in the table of precedents" in found.text(width=999)
    assert "tableau des précédents" in found.text(lang="fr", width=999)
    assert "five weeks" not in found.text()


def test_the_answer():
    found = ask("hold")
    assert {one.lever for one in found.precedents} == {"hold"}
    assert len(ask().precedents) == len(precedents.load())
    assert {one["event"] for one in found.rows()} <= set(Event)
    assert "zoom.us" in found.text()
    with pytest.raises(QuestionError, match="expected a lever"):
        ask("annoy")


def test_the_verb():
    told = CliRunner().invoke(main, ["precedents", "--lever", "evict", "--lang", "fr"])
    assert told.exit_code == 0
    assert "Retraits et pannes" in told.output
    assert "parler.com" in told.output


def test_a_takedown_names_the_events_that_its_count_is_of():
    found = depgraph.takedown(depgraph.build(depgraph.example("parler.com", "2021-01-09")))
    text = found.text(width=999)
    (line,) = [line for line in text.splitlines() if "--lever remove-app" in line]
    ids = [row.id for row in precedents.load() if row.lever == "remove-app"]
    assert all(one in line for one in ids)
    french = found.text(lang="fr", width=999)
    assert "(1 connus)" not in french
    assert "(1 connu)" in french
