"""Many services at once: the tables say what each service alone says, and files give them back."""

from __future__ import annotations

import csv
import json
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

import depgraph
from depgraph.analysis.roles import roles
from depgraph.errors import QuestionError, TableError
from depgraph.observations import Observation, Status
from depgraph.pictures import concentration
from depgraph.pictures import survey as picture
from depgraph.providers.rules import short_name
from depgraph.readers import World, interval, read_list, write_world
from depgraph.readers.world import Recordings
from depgraph.recording import Header, Recording
from depgraph.survey import Survey, compare, counting, files
from depgraph.survey import run as running
from depgraph.survey.sources import services_of
from depgraph.survey.tables import COUNTED, TABLES, VERSION
from depgraph.survey.tally import services as tallied
from depgraph.survey.tally import shares

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "data/recordings"
DAY = datetime(2026, 1, 5, tzinfo=UTC)
SEVERAL = [
    RECORDINGS / "telegram.org_2026-09-25.jsonl",
    RECORDINGS / "wikipedia.org_2021-01-10.jsonl",
    RECORDINGS / "parler.com_2021-01-18.jsonl",
    RECORDINGS / "gab.com_2020.jsonl",
    RECORDINGS / "8kun.top_2020-08-25.jsonl",
    ROOT / "tests/scenarios/dangling-name-server.jsonl",
]


def zone(name: str, *servers: str) -> Recording:
    """A delegation, as a parent's zone file has it."""
    seen = Observation(
        subject=name,
        type="NS",
        status=Status.ANSWER,
        values=servers,
        section="authority",
        zone=name.partition(".")[2],
        source="zone-file",
        time=DAY,
    )
    return Recording(Header(subject=name), (seen,))


ONE = zone("one.example", "ns1.cloudflare.com", "ns2.cloudflare.com")
TWO = zone("two.example", "ns-1.awsdns-01.org", "ns-2.awsdns-02.com", "ns1-01.azure-dns.com")
OWN = zone("own.example", "ns1.own.example", "ns2.own.example")


@pytest.fixture(scope="module")
def made() -> Survey:
    return depgraph.survey(SEVERAL)


def several_recordings() -> list[Recording]:
    return [depgraph.read(path) for path in SEVERAL]


def test_each_verdict_is_that_of_the_service_alone(made: Survey) -> None:
    graphs = {one.subject: depgraph.build(one) for one in several_recordings()}
    assert made.services.column("service").to_pylist() == sorted(graphs)
    for service, graph in graphs.items():
        mine = [row for row in made.cuts.to_pylist() if row["service"] == service]
        for level in ("provider", "company", "country"):
            alone = depgraph.takedown(graph, level=level, upto=2, explain=0)
            expected = [
                (one.function, list(cut.ids), cut.confidence, cut.worst_case, cut.decisive)
                for one in alone.functions
                for cut in one.cut_sets
            ]
            found = [
                (
                    *(row["function"], row["members"], row["confidence"]),
                    *(row["worst_case"], row["decisive"]),
                )
                for row in mine
                if row["level"] == level
            ]
            assert found == expected
        known = {
            (name, role.layer.value, role.actor)
            for name, found in roles(graph).functions.items()
            for role in found
            if role.known and role.layer.brief and not role.through and role.kind == "provider"
        }
        rows = [row for row in made.layers.to_pylist() if row["service"] == service]
        assert known == {
            (row["function"], row["layer"], row["actor"])
            for row in rows
            if row["kind"] in {"provider", "own"} and row["confidence"] != "possible"
        }


def test_the_tables_and_the_graphs_give_the_same_pictures(made: Survey) -> None:
    graphs = [depgraph.build(one) for one in several_recordings()]
    # A graph does not know by which of its names another one has an operator; the tables do.
    renamed = {row["actor"] for row in made.operators.to_pylist()}
    other = {row["service"] for row in made.layers.to_pylist() if row["company"] in renamed}
    assert other == {"shop.com"}
    graphs = [graph for graph in graphs if graph.graph["subject"] not in other]
    ours = sorted(tallied(graphs), key=lambda one: one.name)
    theirs = [one for one in made.tallied() if one.name not in other]
    assert theirs == ours
    assert shares(theirs) == shares(ours)
    for draw in (picture, concentration):
        assert draw(theirs).rows == draw(graphs).rows


def test_pictures_count_operators_as_the_ranks_do(made: Survey) -> None:
    share = next(one for one in shares(made.tallied()) if one.layer == "dns")
    ranked = [(made.label(one.actor), one.services, one.likely) for one in made.rank(layer="dns")]
    counted = [(name, count, share.unsure.get(name, 0)) for name, count in share.known]
    assert ("alphadns.com", 1, 1) in counted
    assert sorted(counted) == sorted((short_name(name), *rest) for name, *rest in ranked if rest[0])


def test_ranks_equal_the_pictures_and_the_tables(made: Survey) -> None:
    names = {}
    for share in shares(made.tallied()):
        counted = {one.actor: one.services for one in made.rank(layer=share.layer.value)}
        assert sum(counted.values()) == sum(count for _, count in share.known)
        names[share.layer.value] = counted
    rows = made.layers.to_pylist()
    one_name = {row["actor"]: row["one"] for row in made.operators.to_pylist()}
    for layer, counted in names.items():
        for actor, count in counted.items():
            assert count == len(
                {
                    row["service"]
                    for row in rows
                    if row["layer"] == layer
                    and one_name.get(row["company"], row["company"]) == actor
                    and row["kind"] == "provider"
                    and row["needed"]
                    and row["confidence"] != "possible"
                }
            )


def test_a_layer_that_two_share_counts_for_each() -> None:
    survey = depgraph.survey([ONE, TWO, OWN])
    counted = {one.actor: one.services for one in survey.rank(layer="dns")}
    assert counted == {"company:amazon": 1, "company:cloudflare": 1, "company:microsoft": 1}
    impact = {row["actor"]: row for row in survey.impact() if row["layer"] == "dns"}
    assert impact["company:cloudflare"]["strict"] == 1
    assert impact["company:amazon"]["loose"] == 0
    (dns,) = [one for one in survey.layer_counts if one.layer == "dns"]
    assert (dns.services, dns.known, dns.own) == (3, 3, 1)


def test_what_nobody_asked_is_set_aside_and_named_once() -> None:
    survey = depgraph.survey([ONE, TWO])
    aside = {one.layer for one in survey.layer_counts if one.aside}
    assert {"certificate", "host", "mail", "registrar"} <= aside
    assert "dns" not in aside
    text = survey.text()
    assert text.count("certificate") == 1
    (cloudflare,) = [one for one in survey.rank() if one.actor == "company:cloudflare"]
    assert (cloudflare.services, cloudflare.most) == (1, 1)  # addresses were not asked


def asked(name: str, **records: list[str]) -> str:
    """What was asked about a name on one day, as a line of JSON."""
    return json.dumps({"domain": name, "date": "2026-01-05", "records": records})


def test_what_was_not_asked_is_told_alike_everywhere(tmp_path: Path) -> None:
    """Who runs the addresses of exchangers was not asked: others may stand there than are named."""
    path = tmp_path / "mail.ndjson"
    lines = [
        asked(f"g{n}.org", NS=["ns1.cloudflare.com"], MX=["1 aspmx.l.google.com"]) for n in "ab"
    ]
    lines.append(
        asked("m.org", NS=["ns1.cloudflare.com"], MX=["0 m-org.mail.protection.outlook.com"])
    )
    path.write_text("\n".join(lines))
    survey = depgraph.survey(path)
    for count in survey.layer_counts:
        assert count.services == count.whole + count.failed + count.unasked
    (mail,) = [one for one in survey.layer_counts if one.layer == "mail"]
    assert (mail.known, mail.whole, mail.failed, mail.unasked, mail.aside) == (3, 0, 0, 3, False)
    (google,) = [one for one in survey.rank(layer="mail") if "google" in one.actor]
    assert (google.services, google.most, google.widest) == (2, 2, 3)
    said = files.summary(survey)["layers"]["mail"]
    assert (said["unasked"], said["first"][0]["most"], said["first"][0]["widest"]) == (3, 2, 3)
    (share,) = [one for one in shares(survey.tallied("Google")) if one.layer == "mail"]
    assert share.range == (100 * google.services // 3, 100 * google.widest // 3)
    rows = [row for row in survey.layers.to_pylist() if row["layer"] == "mail"]
    assert not any(row["whole"] for row in rows)
    mail_part = survey.to_markdown().split("## Mail\n")[1].split("##")[0]
    assert "Of 3 not all that tells of it was asked" in mail_part
    assert "| who | services | share | at most, as asked | at most |" in mail_part


def test_what_was_asked_and_failed_widens_the_bounds() -> None:
    failed = Observation(
        subject="lost.example", type="NS", status=Status.TIMEOUT, section="authority", time=DAY
    )
    lost = Recording(Header(subject="lost.example"), (failed,))
    survey = depgraph.survey([ONE, TWO, lost])
    (cloudflare,) = [one for one in survey.rank() if one.actor == "company:cloudflare"]
    assert (cloudflare.services, cloudflare.most) == (1, 2)


def test_what_is_no_service_is_refused_and_the_run_goes_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"domain": "x.example", "records": {}}\n{"no\n')
    suffix = zone("co.uk", "ns1.nic.uk")
    survey = depgraph.survey([ONE, broken, suffix, Recording(Header(subject="n.example"), ())])
    assert survey.services.column("service").to_pylist() == ["one.example"]
    why = [(row["source"], row["line"], row["service"]) for row in survey.refused.to_pylist()]
    assert ("broken.jsonl", 1, "") in why
    assert ("broken.jsonl", 2, "") in why
    assert ("", 0, "co.uk") in why
    assert ("", 0, "n.example") in why


def test_one_name_on_two_days_stands_for_the_last() -> None:
    early = Recording(
        ONE.header,
        tuple(o.__class__(**{**fields(o), "time": datetime(2025, 1, 5, tzinfo=UTC)}) for o in ONE),
    )
    survey = depgraph.survey([early, ONE])
    assert survey.services.column("since").to_pylist() == ["2026-01-05"]
    assert "2 days" in survey.notes.to_pylist()[0]["why"]
    assert not len(survey.refused)
    assert repr(survey) == "<Survey of 1 services, 2026-01-05, 0 refused, 1 note>"


def fields(o: Observation) -> dict[str, Any]:
    return {name: getattr(o, name) for name in o.__dataclass_fields__}


def test_other_executors_give_the_same_tables(
    made: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    with ThreadPoolExecutor(2) as pool:
        other = depgraph.survey(SEVERAL, executor=pool, shards=tmp_path / "shards")
    assert other.tables == made.tables


def world_of(path: Path) -> World:
    found = services_of(SEVERAL)
    write_world((found.recording(name, None)[0] for name in found.names), path)
    return World(path)


def test_processes_of_its_own_read_a_world_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that divides the work would take as long to read as two take to judge."""
    path = world_of(tmp_path / "a.world").path
    alone = depgraph.survey(path)
    monkeypatch.setattr(running, "CHUNK", 2)
    monkeypatch.setattr(World, "recording", None)  # in this process
    other = depgraph.survey(path, jobs=2)
    assert other.tables == alone.tables


def test_of_a_world_its_path_and_the_names_are_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.world"
    world = world_of(path)
    sent = pickle.dumps(Recordings(world, world.names))
    assert len(sent) < 400 + len(str(path)) + sum(map(len, world.names))
    got = pickle.loads(sent)
    assert list(got) == [world.recording(name) for name in world.names]
    assert pickle.loads(sent).world is got.world  # open already
    write_world([ONE], path)
    assert pickle.loads(pickle.dumps(World(path))) is not got.world  # another file by that name


def test_dask_gives_the_same_tables(made: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(running, "CHUNK", 2)
    with distributed.Client(
        host="127.0.0.1",
        protocol="tcp",
        processes=False,
        n_workers=1,
        threads_per_worker=2,
        dashboard_address=None,
    ) as client:
        other = depgraph.survey(SEVERAL, executor=client.get_executor())
    assert other.tables == made.tables


def test_a_killed_run_goes_on(
    made: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    judged = running.judged
    for kill in range(1, 3):
        calls = 0

        def dying(*args: Any, limit: int = kill) -> Any:
            nonlocal calls
            calls += 1
            if calls > limit:
                raise KeyboardInterrupt
            return judged(*args)

        monkeypatch.setattr(running, "judged", dying)
        with pytest.raises(KeyboardInterrupt):
            depgraph.survey(SEVERAL, shards=tmp_path)
        (tmp_path / ".7-9.part").mkdir(exist_ok=True)  # a shard that was being written
        monkeypatch.setattr(running, "judged", judged)
    told: list[running.Moment] = []
    again = depgraph.survey(SEVERAL, shards=tmp_path, progress=told.append)
    assert again.tables == made.tables
    assert len(told) < len(SEVERAL)
    assert told[-1].done == told[-1].total == len(SEVERAL)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"at": "2026-01-06"}, "at none, now 2026-01-06"),
        ({"upto": 1}, "upto 2, now 1"),
        (
            {"undated": interval("2026-01")},
            "dated none, now 2026-01-01 00:00:00+00:00 to 2026-01-31",
        ),
        (
            {"source": [ONE, OWN]},
            "other or changed inputs (3, now 2: without two.example)",
        ),
    ],
)
def test_what_is_left_of_another_survey_is_kept_unless_it_may_be_overwritten(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    change: dict[str, Any],
    differs: str,
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    mine = tmp_path / "2026"
    mine.mkdir()
    depgraph.survey([ONE, TWO, OWN], shards=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    given = {"source": [ONE, TWO, OWN], "shards": tmp_path, **change}
    with pytest.raises(QuestionError) as refused:
        depgraph.survey(**given)
    assert "found 2 shards (of up to 2 services each) of another survey" in str(refused.value)
    assert differs in str(refused.value)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")} == before
    again = depgraph.survey(**given, overwrite=True)
    assert f"{tmp_path}: begun anew, without 2 shards" in caplog.text
    assert again.tables == depgraph.survey(**{**given, "shards": None}).tables
    assert mine.is_dir()  # a folder of the user's own


def test_shards_of_a_file_that_was_changed_are_of_another_survey(tmp_path: Path) -> None:
    path = tmp_path / "scan.jsonl"
    row = {
        "domain": "a.example.com",
        "date": "2026-01-05",
        "records": {"NS": ["ns1.cloudflare.com"]},
    }
    path.write_text(json.dumps(row))
    depgraph.survey(path, shards=tmp_path / "shards")
    assert len(depgraph.survey(path, shards=tmp_path / "shards")) == 1
    path.write_text(json.dumps({**row, "records": {"NS": ["ns1.azure-dns.com"]}}))
    size = path.stat().st_size
    said = (
        rf"other or changed inputs \(1, now 1: scan.jsonl: {size + 1} bytes, now {size} bytes, of "
    )
    with pytest.raises(QuestionError, match=said):
        depgraph.survey(path, shards=tmp_path / "shards")
    (tmp_path / "shards/plan.json").write_text("{")
    with pytest.raises(QuestionError, match="their plan is damaged"):
        depgraph.survey(path, shards=tmp_path / "shards")


def test_files_give_the_survey_back_and_no_formula(made: Survey, tmp_path: Path) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text(
        'Name;Owner;"=1+1"\nhttps://telegram.org/x;=HYPERLINK("x");<script>\nnobody.org;N;\nno;;\n'
    )
    joined = made.joined(read_list(owners), by="Owner", source="owners.csv")
    written = files.save(joined, tmp_path / "out")
    again = files.load(tmp_path / "out")
    assert again.services == joined.services
    assert again.tables == joined.tables
    assert again.by == "Owner"
    before = {path.name: path.read_bytes() for path in written}
    assert {path.name: path.read_bytes() for path in files.save(again, tmp_path / "out")} == before
    sheet = openpyxl.load_workbook(tmp_path / "out/survey.xlsx")["services"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("x")' in [cell.value for cell in cells if cell.data_type == "s"]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "\n=HYPERLINK" not in (tmp_path / "out/services.csv").read_text()
    assert ",'=HYPERLINK" in (tmp_path / "out/services.csv").read_text().replace('"', "")
    lines = {(row["source"], row["service"]) for row in joined.refused.to_pylist()}
    assert ("owners.csv", "nobody.org") in lines
    said = json.loads((tmp_path / "out/summary.json").read_text())
    assert said["services"] == len(made)
    assert {row["value"] for row in said["divided"]} == {None, '=HYPERLINK("x")'}


def test_a_name_without_a_value_is_told_from_one_that_is_not_in_the_list(
    made: Survey, tmp_path: Path
) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text("name,owner\ntelegram.org,\n")
    joined = made.joined(read_list(owners), by="owner")
    counts = {row["value"]: row["services"] for row in joined.divided()}
    assert counts == {"": 1, None: len(made) - 1}
    assert "in the list, without a value" in joined.text()
    assert "not in the list" in joined.text()
    files.save(joined, tmp_path / "out")
    assert files.load(tmp_path / "out").divided() == joined.divided()
    sheet = openpyxl.load_workbook(tmp_path / "out/survey.xlsx")["divided"]
    assert {"(no value)", "(not in the list)"} <= {row[0].value for row in sheet.iter_rows()}


def test_a_second_row_that_says_something_else_of_a_name_is_told(
    made: Survey, tmp_path: Path
) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text("name,owner\ntelegram.org,A\nhttps://telegram.org/x,A\nTelegram.org,B\n")
    joined = made.joined(read_list(owners), by="owner", source="owners.csv")
    told = [row for row in joined.refused.to_pylist() if row["source"] == "owners.csv"]
    assert [(row["line"], "line 2 is taken" in row["why"]) for row in told] == [(4, True)]


@pytest.mark.parametrize("folder", ["shards", "shards [1] *"])
def test_a_survey_whose_tables_lie_in_files_answers_as_one_that_is_held(
    folder: str, made: Survey, tmp_path: Path
) -> None:
    stored = depgraph.survey(SEVERAL, shards=tmp_path / folder)
    assert dict(stored.tables) == dict(made.tables)
    assert stored.ask("rank") == made.ask("rank")
    assert stored.tallied() == made.tallied()
    assert stored.cells() == made.cells()
    assert stored.without("amazon") == made.without("amazon")
    assert files.summary(stored) == files.summary(made)


def test_services_are_counted_part_by_part(made: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_PART", 2)
    parts = replace(made, _remembered={})
    assert len(parts._counter._parts) == 3
    assert {query: parts.ask(query) for query in counting.QUERIES} == {
        query: made.ask(query) for query in counting.QUERIES
    }
    assert parts.tallied() == made.tallied()
    assert parts.cells() == made.cells()
    assert parts.divided() == made.divided()


def test_counting_reads_no_other_file(made: Survey, tmp_path: Path) -> None:
    stored = depgraph.survey([ONE, TWO], shards=tmp_path / "shards")
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", "utf-8")
    for survey in (made, stored):
        with pytest.raises(Exception, match=r"(?i)permission|disabled"):
            survey.sql(f"SELECT * FROM read_csv('{other}')")


def test_what_moved_between_two_surveys() -> None:
    moved = zone("one.example", "ns1.azure-dns.com")
    hidden = Recording(
        TWO.header,
        (
            Observation(
                subject="two.example",
                type="DS",
                status=Status.NODATA,
                section="authority",
                time=DAY,
            ),
        ),
    )
    new = zone("new.example", "ns1.cloudflare.com")
    found = compare(depgraph.survey([ONE, TWO, OWN]), depgraph.survey([moved, hidden, new]))
    turns = {(one.service, one.layer, one.turn.value) for one in found.moves}
    assert ("one.example", "servers", "changed") in turns
    assert ("two.example", "servers", "no-longer-known") in turns
    assert ("own.example", "service", "no-longer-known") in turns
    assert ("new.example", "service", "newly-known") in turns
    assert "in the earlier survey alone" in found.text()
    assert "two.example" in found.text(lang="fr")


def on(day: datetime, *several: Recording) -> list[Recording]:
    """The same observations of another day."""
    return [Recording(one.header, tuple(replace(row, time=day) for row in one)) for one in several]


def test_what_the_catalogue_tells_of_all_alike_is_one_line_and_no_move() -> None:
    """From 8 August 2026 on it knows who runs the registry of .fr."""
    stay = [zone(f"{name}.fr", "ns1.cloudflare.com") for name in "abc"]
    was = [*stay, zone("d.fr", "ns1.cloudflare.com"), zone("e.fr", "ns1.cloudflare.com")]
    now = [*stay, zone("d.fr", "ns1.azure-dns.com")]
    first = depgraph.survey(on(datetime(2026, 8, 1, tzinfo=UTC), *was))
    found = first.compare(depgraph.survey(on(datetime(2026, 9, 1, tzinfo=UTC), *now)))
    assert {one.service for one in found.moves if one.layer == "back-end"} == {
        *("a.fr", "b.fr", "c.fr", "d.fr")
    }
    assert found.moved == {"d.fr"}
    text = found.text()
    assert text.startswith("One service moved\n")
    assert len([line for line in text.splitlines() if "4 services alike" in line]) == 1
    assert not any(f"{name}.fr" in text for name in "abc")
    assert "e.fr" in text
    assert "4 services pareillement" in found.text(lang="fr")
    assert {row["alike"] for row in found.rows() if row["layer"] == "dns"} == {False}


def test_a_name_that_ranks_print_is_one_that_can_be_withdrawn(made: Survey) -> None:
    servers = ("ns1.hosta-dns.net", "ns2.hosta-dns.net")
    survey = depgraph.survey([zone("one.example", *servers), TWO])
    assert "hosta-dns.net" in {one.label for one in survey.rank(layer="dns")}
    by_name = survey.without("hosta-dns.net")
    assert by_name == survey.without("provider:~hosta-dns.net")
    assert {"service": "one.example", "function": "web", "state": "fails"} in by_name
    for one in made.layer_counts:
        for ranked in made.rank(layer=one.layer):
            assert made.without(ranked.label) == made.without(ranked.actor)
    with pytest.raises(QuestionError, match="found 'nobody at all'"):
        survey.without("nobody at all")


def test_the_heads_of_the_workbook_are_distinct_and_names_with_commas_stand_apart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.ndjson"
    servers = ["ns1.cloudflare.com", "ns-1.awsdns-01.org"]
    path.write_text(asked("two.org", NS=servers, MX=["1 aspmx.l.google.com"]))
    survey = depgraph.survey(path)
    files.save(survey, tmp_path / "out")
    head, row = openpyxl.load_workbook(tmp_path / "out/survey.xlsx")["services"].values
    assert len(set(head)) == len(head)
    cells = dict(zip(head, row, strict=True))
    assert cells["mail"] in {"works", "undetermined"}
    assert "Google" in cells["mail: who"]
    ranked = {one.label for one in survey.rank(layer="dns")}
    assert {"Amazon.com, Inc.", "Cloudflare, Inc."} == ranked
    assert ranked == {one for one in cells["dns: who"].split("; ") if not one.startswith("(")}


def test_a_layer_of_what_was_not_offered_is_known_to_be_empty() -> None:
    def mail(exchange: str, day: datetime) -> Recording:
        rows = (
            *zone("one.example", "ns1.cloudflare.com").observations,
            Observation(
                subject="one.example", type="MX", status=Status.ANSWER, values=(exchange,), time=DAY
            ),
        )
        return Recording(ONE.header, tuple(replace(row, time=day) for row in rows))

    later = DAY + timedelta(days=31)
    null, google = "0 .", "10 aspmx.l.google.com"
    first, second = depgraph.survey([mail(null, DAY)]), depgraph.survey([mail(google, later)])
    found = {(one.layer, one.turn.value) for one in compare(first, second).moves}
    assert ("mail", "appeared") in found
    with pytest.raises(QuestionError, match="the earlier survey first"):
        compare(second, first)
    back = depgraph.survey([mail(google, DAY)]), depgraph.survey([mail(null, later)])
    assert ("mail", "vanished") in {(one.layer, one.turn.value) for one in compare(*back).moves}


def test_an_operator_has_one_name_in_the_whole_survey() -> None:
    def hosted(name: str, address: str, holder: str) -> Recording:
        def seen(subject: str, kind: str, *values: str, **more: Any) -> Observation:
            return Observation(
                subject=subject, type=kind, status=Status.ANSWER, values=values, time=DAY, **more
            )

        rows = (
            *zone(name, "ns1.tiny-dns.example", "ns2.tiny-dns.example").observations,
            seen("ns1.tiny-dns.example", "A", address),
            seen("ns2.tiny-dns.example", "A", address),
            seen(address, "holder", f"handle {holder}", f"name {holder}"),
        )
        return Recording(Header(subject=name), rows)

    one = hosted("one.example", "203.0.113.7", "NET-203-0-113-0")
    two = hosted("two.example", "198.51.100.7", "NET-198-51-100-0")
    survey = depgraph.survey([one, two])
    assert len({row["actor"] for row in survey.layers.to_pylist() if row["layer"] == "dns"}) == 2
    assert [(row.actor, row.services) for row in survey.rank(level="provider")] == [
        ("provider:~tiny-dns.example", 2)
    ]
    assert {row["one"] for row in survey.operators.to_pylist()} == {
        "provider:~tiny-dns.example",
        "company:~tiny-dns.example",
    }


def test_wrong_questions_are_said_in_one_line(made: Survey, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="expected a layer of the survey"):
        made.rank(layer="nothing")
    with pytest.raises(QuestionError, match="expected a level among"):
        made.rank(level="asn")
    with pytest.raises(QuestionError, match="expected one service or more"):
        depgraph.survey([])
    with pytest.raises(QuestionError, match="expected a file, a folder"):
        depgraph.survey([5])
    with pytest.raises(TableError, match="found none: depgraph survey INPUT"):
        files.load(tmp_path)


SCENARIOS = sorted((ROOT / "tests/scenarios").glob("*.jsonl"))
SETS = ("cloudflare", "company:amazon", "US", "big-tech", "DE", "verisign", ["google", "NL"])


@pytest.mark.parametrize("part", range(2))
def test_what_falls_without_somebody_is_what_falls_in_each_graph(part: int) -> None:
    """Also of circles, places, families of addresses, lame servers and incomplete collections."""
    paths = [*SCENARIOS[part::20], *(SEVERAL if not part else ())]
    recordings = [depgraph.read(path) for path in paths]
    graphs = [depgraph.build(one) for one in recordings]
    for recording, graph in zip(recordings, graphs, strict=True):
        survey = depgraph.survey(recording)
        actors = [
            [node] for node in graph if node.partition(":")[0] in {"provider", "company", "country"}
        ]
        for asked in (*SETS, *actors):
            alone = depgraph.without(graph, asked)
            expected = {one.function: one.state for one in alone.functions if one.state != "absent"}
            found = {row["function"]: row["state"] for row in survey.without(asked)}
            assert found == expected, (recording.subject, asked)


def test_services_that_fall_are_counted_as_each_alone_is_told(made: Survey) -> None:
    """Many services have the same circuit, or one with the same parts: each is counted."""
    rows = made.tables["circuits"].to_pylist()
    actors = 2 * sorted({one for row in rows for one in row["inputs"] if one[0] != "?"})
    assert len(actors) > 64  # more than one pass
    found = made.fallen(actors)
    assert found[: len(found) // 2] == found[len(found) // 2 :]
    assert [row["actor"] for row in found] == actors
    for row in found[:: len(found) // 20 + 1]:
        states: dict[str, set[str]] = {}
        for one in made.without(row["actor"]):
            states.setdefault(one["service"], set()).add(one["state"])
        fails = sum("fails" in several for several in states.values())
        assert row["fails"] == fails
        assert row["undetermined"] == sum("undetermined" in one for one in states.values()) - sum(
            {"fails", "undetermined"} <= one for one in states.values()
        )


def test_what_else_a_file_holds_gives_no_service_its_day(tmp_path: Path) -> None:
    """A zone above, or a server's own domain, may be of another day than the service."""
    rows = [
        {"domain": "a.example.com", "date": "2026-01-05", "records": {"NS": ["ns1.other.net"]}},
        {"domain": "example.com", "date": "2026-01-09", "records": {"NS": ["ns1.cloudflare.com"]}},
        {"domain": "other.net", "date": "2025-01-09", "records": {"NS": ["ns1.cloudflare.com"]}},
    ]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    survey = depgraph.survey(path)
    assert survey.services.column("until").to_pylist() == ["2026-01-05", "2026-01-09", "2025-01-09"]
    assert not len(survey.refused)
    assert not len(survey.notes)


def test_the_guide_has_every_column_of_every_table() -> None:
    guide = (ROOT / "docs/survey.md").read_text("utf-8").partition("## The tables")[2]
    written = {
        part.partition("\n")[0]: re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", part, re.MULTILINE)
        for part in guide.split("\n### ")[1:]
    }
    expected = {**TABLES, **COUNTED}
    assert written == {name: [tuple(one) for one in columns] for name, columns in expected.items()}


def test_the_guide_has_every_file_table_sheet_and_key(made: Survey, tmp_path: Path) -> None:
    """What is written is what the guide tells: no file, no column and no key besides."""
    guide = (ROOT / "docs/survey.md").read_text("utf-8")
    written = {path.name for path in files.save(made, tmp_path)}
    tables = {name.partition(".")[0] for name in written if name.endswith(".parquet")}
    assert tables == {*TABLES, *COUNTED}
    for name in tables:
        assert f"\n### {name}\n" in guide
        found = pq.read_schema(tmp_path / f"{name}.parquet")
        assert found.names == [one.name for one in {**TABLES, **COUNTED}[name]]
        assert found.metadata[b"depgraph.survey"] == f"{name}/{VERSION}".encode()
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == found.names
    last = guide.partition("## The workbook and the summary")[2]
    about = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    keys = re.findall(r"^\| (`.+?`) \|", last, re.MULTILINE)
    assert sorted(key for row in keys for key in re.findall(r"`(\w+)`", row)) == sorted(about)
    for key in (*about, *next(iter(about["layers"].values()))):
        assert f"`{key}`" in last
    book = openpyxl.load_workbook(tmp_path / "survey.xlsx", read_only=True)
    assert all(f"`{name}`" in last for name in (*book.sheetnames, "divided"))


def test_two_recordings_of_one_day_and_place_are_joined_and_that_is_told() -> None:
    time = datetime(2026, 1, 5, tzinfo=UTC)
    several = [
        Recording(
            Header(subject="shop.com"),
            (
                Observation(
                    subject="shop.com", type=kind, status=Status.ANSWER, values=(value,), time=time
                ),
            ),
        )
        for kind, value in (("A", "192.0.2.1"), ("NS", "ns1.dns.com"))
    ]
    found = services_of(several)
    joined, told = found.recording("shop.com", None)
    assert {o.type for o in joined} == {"A", "NS"}
    assert told == (
        "",
        0,
        "shop.com",
        "2 recordings of one day and place: joined, and judged as one",
    )
    assert services_of(several[:1]).recording("shop.com", None)[1] is None


ZONE = """$ORIGIN shop.example.
@ 60 IN SOA ns.p.example. h.p.example. 1 2 3 4 5
@ 60 IN NS ns.p.example.
@ 60 IN A 192.0.2.1
www 60 IN A 192.0.2.2
_msdcs 60 IN NS dc.shop.example.
"""


def test_a_zone_is_one_service_and_a_name_in_it_is_one_if_it_is_listed(tmp_path: Path) -> None:
    (tmp_path / "shop.zone").write_text(ZONE)
    read = partial(services_of, tmp_path, undated=interval("2026-08-01"))
    assert read().names == ["shop.example"]
    listed = ["www.shop.example", "absent.example", "none.shop.example"]
    found = read(inside=listed)
    assert found.names == ["shop.example", "www.shop.example"]
    assert read(only=listed).names == ["www.shop.example"]
    recording, told = found.recording("www.shop.example", None)
    assert (recording.subject, told) == ("www.shop.example", None)
    assert {o.values for o in recording if o.subject == "www.shop.example" and o.values} == {
        ("192.0.2.2",)
    }
    (own, _) = found.recording("shop.example", None)
    assert "_msdcs.shop.example" in {o.subject for o in own}


def test_a_delegation_that_nobody_asked_about_hides_no_registry(tmp_path: Path) -> None:
    (tmp_path / "scan.json").write_text(
        '{"host":"club21.org","a":["203.0.113.21"],"ns":["ns-1.awsdns-01.org"],'
        '"status_code":"NOERROR","timestamp":"2026-08-01T10:00:00Z"}\n'
    )
    counts = {count.layer: count for count in depgraph.survey(tmp_path / "scan.json").layer_counts}
    assert (counts["registrar"].failed, counts["registrar"].unasked) == (0, 1)
    assert counts["registry"].whole == counts["back-end"].whole == 1
