"""What a survey says where nothing was recorded, several lead, or nobody is known; and what it leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

import depgraph
from depgraph.errors import TableError
from depgraph.observations import Status
from depgraph.pictures import survey as draw_survey
from depgraph.pictures.engine.svg import to_svg
from depgraph.pictures.surveypage import survey_page
from depgraph.readers import World, interval, open_world, read_list, verify_world, write_world
from depgraph.recording import Header, Recording
from depgraph.survey import Survey, files
from depgraph.survey.sources import services_of
from depgraph.survey.tally import Carriers, Service, leaders
from depgraph.vocabulary import Layer
from tests.cli.running import run
from tests.graphs import seen

CLOUDFLARE, OVH = "ada.ns.cloudflare.com", "dns10.ovh.net"


def plain(name: str, day: str = "2026-01-05", **records: Iterable[str]) -> str:
    return json.dumps({"domain": name, "date": day, "records": records})


def written(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


# -- a day of which nothing was recorded


@pytest.fixture
def two_days(tmp_path: Path) -> Path:
    return written(
        tmp_path / "scan.json",
        plain("one.example", "2026-01-05", NS=[CLOUDFLARE]),
        plain("one.example", "2026-01-06", NS=[CLOUDFLARE]),
        plain("two.example", "2026-01-05", NS=[OVH]),
    )


def test_a_service_of_which_nothing_is_of_the_day_is_not_counted(two_days: Path) -> None:
    made = depgraph.survey(two_days, at="2026-01-06")
    assert made.services.column("service").to_pylist() == ["one.example"]
    assert [row["why"] for row in made.refused.to_pylist()] == [
        "expected something recorded on 2026-01-06, found what is of 2026-01-05"
    ]
    assert [(one.actor, one.services) for one in made.rank(layer="dns")] == [
        ("company:cloudflare", 1)
    ]
    assert "met a limit" not in made.text()


def test_a_day_of_which_nothing_at_all_was_recorded_is_refused_with_those_there_are(
    two_days: Path, tmp_path: Path
) -> None:
    many = [plain(f"town{n}.example", "2026-01-05", NS=[OVH]) for n in range(7)]
    two_days.write_text(two_days.read_text() + "\n".join(many) + "\n")
    done = run("survey", two_days, "-o", tmp_path / "new/out", "--at", "2026-03-01")
    assert done.exit_code == 2
    assert done.stdout == ""
    asked = "expected something recorded on 2026-03-01, found what is of"
    assert done.stderr.splitlines() == [
        f"depgraph: one.example: {asked} 2026-01-05, 2026-01-06",
        f"depgraph: town0.example: {asked} 2026-01-05 (7 more like this)",
        "depgraph: expected services in the INPUTs, found none that could be read or judged",
    ]
    assert not (tmp_path / "new").exists()


def test_what_is_recorded_of_others_gives_a_service_no_day() -> None:
    """The day of a data set about the registry was named as one on which the service can be judged."""
    told = datetime(2022, 7, 6, tzinfo=UTC)
    of_registry = seen("com", "registry", "operator Verisign", source="dataset", time=told)
    days = [datetime(2017, 8, day, tzinfo=UTC) for day in (13, 14, 20)]
    own = [seen("a.com", "NS", CLOUDFLARE, source="dns", time=day) for day in days]
    recording = Recording(Header(subject="a.com"), (*own, of_registry))
    there = "2017-08-13, 2017-08-14, 2017-08-20"
    for day in ("2022-07-06", "2026-01-01"):
        made = depgraph.survey([recording], at=day)
        assert len(made) == 0
        assert [row["why"] for row in made.refused.to_pylist()] == [
            f"expected something recorded on {day}, found what is of {there}"
        ]
    assert len(depgraph.survey([recording], at="2017-08-14")) == 1


# -- what was asked, and what is not offered


def test_asked_is_what_was_asked_of_the_service() -> None:
    """A registry's zone says of itself that it has no addresses: nobody asked that of the names in it."""
    when = datetime(2026, 8, 22, tzinfo=UTC)
    of_dns = partial(seen, source="dns", time=when)
    apex = [of_dns("gov", kind, status=Status.NODATA) for kind in ("A", "AAAA", "CAA", "TXT")]
    own = [
        of_dns("a.gov", "NS", CLOUDFLARE),
        of_dns("a.gov", "MX", "0 ."),
        of_dns("www.a.gov", "CNAME"),
    ]
    servers = of_dns(CLOUDFLARE, "DNSKEY", status=Status.NODATA)
    made = depgraph.survey([Recording(Header(subject="a.gov"), (*apex, *own, servers))])
    (row,) = made.tables["services"].to_pylist()
    assert row["asked"] == ["CNAME", "MX", "NS"]
    assert row["present"] is True
    assert (row["mail"], row["mail_alone"]) == ("absent", None)  # it said "no": nobody can stop it
    assert (row["app"], row["app_alone"]) == (None, None)
    assert row["name_alone"] == "yes"


def test_names_are_told_as_people_write_them(tmp_path: Path) -> None:
    """Tooltips of tiles, and who stands where in the page's table, had a name as the DNS has it."""
    own = "xn--mnchen-3ya.de"
    path = written(tmp_path / "scan.json", plain(own, NS=[f"ns1.{own}"], MX=["0 mx.xn--fa-hia.de"]))
    made = depgraph.survey(path)
    drawn = to_svg(draw_survey(made.tallied()))
    assert "m\u00fcnchen.de, " in drawn
    assert "xn--" not in drawn
    rows = survey_page(made).html.partition('id="data"')[2]  # in JSON's escapes
    assert r"m\u00fcnchen.de" in rows
    assert r"fa\u00df.de" in rows
    assert "xn--" not in rows


# -- who leads


def test_all_who_are_tied_lead(tmp_path: Path) -> None:
    lines = [plain(f"{one}.example", NS=[CLOUDFLARE]) for one in ("a", "b")]
    lines += [plain(f"{one}.example", NS=[OVH]) for one in ("c", "d")]
    lines += [plain("e.example", NS=["ns1.e.example"])]
    owners = written(tmp_path / "owners.csv", "name,kind", *(f"{x}.example,town" for x in "abcd"))
    made = depgraph.survey(written(tmp_path / "scan.json", *lines))
    joined = made.joined(read_list(owners), by="kind")
    assert joined.divided() == [
        {
            "value": "town",
            "services": 4,
            "actors": ["company:cloudflare", "company:ovh"],
            "labels": ["Cloudflare, Inc.", "OVH SAS"],
            "in": 2,
        },
        {"value": None, "services": 1, "actors": [], "labels": [], "in": 0},
    ]
    assert "| town | 4 | Cloudflare, Inc.; OVH SAS | 2 |" in joined.to_markdown()
    files.save(joined, tmp_path / "out")
    about = json.loads((tmp_path / "out/summary.json").read_text())
    assert about["divided"] == joined.divided()


@pytest.mark.parametrize(
    ("several", "lang", "said"),
    [
        ("dns", "en", "carries 100% of the name service layer, which 2 of them have"),
        ("dns host", "en", "carries 100% of each of the layers host and name service"),
        ("dns host mail mailbox", "en", "carries 100% of each of 4 layers, which 2 of them have"),
        ("dns host", "fr", "de chacune des couches hébergeur et service de noms"),
    ],
)
def test_the_headline_of_the_picture_names_every_layer_that_leads(
    several: str, lang: str, said: str
) -> None:
    found = [
        Service(
            f"{n}.example",
            {Layer(one): Carriers(frozenset({"Amazon"})) for one in several.split()},
            group=frozenset({"Amazon"}),
        )
        for n in range(2)
    ]
    found.append(Service("c.example", {Layer.REGISTRY: Carriers(frozenset({"Registry"}))}))
    found += [Service(f"{n}.example", dict(found[-1].layers)) for n in "de"]
    title = depgraph.pictures.survey(found, lang=lang).title
    assert said.replace(" ", "") in title.replace("\u202f", "").replace("\u00a0", "").replace(
        " ", ""
    )


def test_who_leads_is_everybody_with_the_most() -> None:
    assert leaders({"b": 2, "a": 2, "c": 1}) == (("b", "a"), 2)
    assert leaders({"a": 0}) == leaders({}) == ((), 0)


# -- where nobody is known


@pytest.fixture
def unknown(tmp_path: Path) -> Survey:
    row = {"rrname": "one.fr", "rrtype": "MX", "time_first": 1793527200, "time_last": 1793530800}
    row |= {"rdata": "0 one-fr.mail.protection.outlook.com."}
    return depgraph.survey(written(tmp_path / "seen.json", json.dumps(row)))


def test_the_concentration_of_nobody_is_not_known(unknown: Survey, tmp_path: Path) -> None:
    index = unknown.concentration(layer="mailbox")
    assert (index.uses, index.hhi, index.distance) == (0, None, None)
    assert files.summary(unknown)["layers"]["mailbox"]["hhi"] == {
        "provider": None,
        "company": None,
        "country": None,
    }
    part = unknown.to_markdown().partition("## Mailboxes\n")[2].partition("##")[0]
    assert "Nobody is known to stand there (one service)." in part
    assert "The concentration is not known: nobody in particular is known to stand there." in part
    files.save(unknown, tmp_path / "out")
    assert "The concentration is not known" in str(files.load(tmp_path / "out").to_html())


def test_one_value_of_an_open_set_makes_nothing_unneeded(unknown: Survey) -> None:
    rows = [row for row in unknown.layers.to_pylist() if row["layer"] == "mailbox"]
    assert [(row["company"], row["needed"], row["confidence"], row["whole"]) for row in rows] == [
        ("company:microsoft", True, "possible", False),
        ("", True, "certain", False),
    ]
    alone = {(row["actor"], row["function"]) for row in unknown.tables["alone"].to_pylist()}
    assert ("company:microsoft", "mail") not in alone


def test_none_and_one_are_said_as_people_say_them(tmp_path: Path) -> None:
    lines = [plain("a.example", NS=[CLOUDFLARE]), plain("b.example", NS=["ns1.x..y"])]
    made = depgraph.survey(written(tmp_path / "scan.json", *lines, plain("c.example", A=["x"])))
    text = made.text(lang="fr").replace("\u00a0", " ")
    assert "pour 0" not in text
    assert "pour 1 service" not in text
    moves = depgraph.survey(tmp_path / "scan.json").compare(made)
    assert moves.text(lang="fr").splitlines()[0] == "Aucun service n’a bougé"
    assert moves.text().splitlines()[0] == "No service moved"


# -- what the command line says, and leaves


def test_the_last_line_is_in_the_language(two_days: Path, tmp_path: Path) -> None:
    done = run("survey", two_days, "-o", tmp_path / "out", "--lang", "fr")
    last = done.stderr.splitlines()[-1].replace("\u00a0", " ").replace("\u202f", " ")
    out = tmp_path / "out"
    assert last == (
        f"Enquête sur 2 services, du 5 janv. 2026 au 6 janv. 2026, dans {out} ; "
        "refus : 0 ; notes : 1"
    )


def test_what_is_refused_leaves_no_folder(two_days: Path, tmp_path: Path) -> None:
    for words in (["--group", "nobody-at-all"], ["--at", "2026-03-01"], ["--tables", "--by", "x"]):
        assert run("survey", two_days, "-o", tmp_path / "a/b", *words).exit_code == 2
        assert not (tmp_path / "a").exists()
    (tmp_path / "mine").mkdir()
    assert run("survey", two_days, "-o", tmp_path / "mine", "--at", "2026-03-01").exit_code == 2
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_folder_without_a_whole_survey_is_told_with_what_to_do(
    two_days: Path, tmp_path: Path
) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty"
    assert run("survey", two_days, "-o", out).exit_code == 0
    empty.mkdir()
    none = run("survey", "--compare", out, empty)
    assert none.exit_code == 2
    assert none.stderr == (
        f"depgraph: expected a survey in {empty}, found none: depgraph survey INPUT -o {empty} "
        "makes one\n"
    )
    (out / files.SHARDS).mkdir()
    half = run("survey", "--compare", out, out)
    assert half.exit_code == 2
    assert half.stderr == (
        f"depgraph: expected a survey in {out}, found one that was not finished: the command that "
        "began it goes on with it\n"
    )
    (out / files.SHARDS).rmdir()
    (out / "cuts.parquet").write_bytes(b"no")
    with pytest.raises(
        TableError, match=r"cuts\.parquet, found none that reads: .* make the survey"
    ):
        files.load(out)


def test_a_name_that_does_not_exist_is_the_code_of_all_only_if_none_does(tmp_path: Path) -> None:
    def gone(name: str) -> str:
        row = {"name": f"{name}.", "type": "NS", "class": "IN", "status": "NXDOMAIN"}
        row |= {"rx_ts": 1767607200 * 10**9, "data": {}, "flags": ["rd", "ra"]}
        return json.dumps(row | {"resolver": "192.0.2.53:53", "proto": "UDP"})

    def there(name: str) -> str:
        answer = {"ttl": 60, "type": "NS", "class": "IN", "name": f"{name}.", "data": f"{OVH}."}
        row = json.loads(gone(name)) | {"status": "NOERROR", "data": {"answers": [answer]}}
        return json.dumps(row)

    some = written(tmp_path / "some.ndjson", gone("a.example"), there("b.example"))
    none = written(tmp_path / "none.ndjson", gone("a.example"), gone("b.example"))
    for path, code in ((some, 0), (none, 4)):
        assert run("report", path, "--all").exit_code == code
        assert run("report", path, "--name", "a.example", "--name", "b.example").exit_code == code
        assert run("survey", path, "-o", tmp_path / path.stem).exit_code == code
    assert run("report", some, "--name", "a.example").exit_code == 4


# -- a world


def test_a_world_says_what_was_refused_while_it_was_made(tmp_path: Path) -> None:
    source = written(
        tmp_path / "scan.json",
        plain("one.example", "2026-01-05", NS=[CLOUDFLARE]),
        plain("one.example", "2026-01-06", NS=[CLOUDFLARE]),
        "{no",
        plain("gov", NS=["a.ns.gov"]),
    )
    path = tmp_path / "scan.world"
    told = run("world", source, "-o", path)
    assert told.exit_code == 0
    assert told.stderr.count("scan.json") == 2
    assert "recorded on 2 days: stands for 2026-01-06" in told.stderr
    assert verify_world(path) == []
    direct, stored = depgraph.survey(source), depgraph.survey(path)
    for name in ("refused", "notes"):
        assert len(stored.tables[name])
        assert stored.tables[name] == direct.tables[name]
    assert stored.services == direct.services
    assert depgraph.survey(World(path), jobs=2).notes == direct.notes
    again = tmp_path / "again.world"
    write_world([], again)
    assert (open_world(again).made.refused, open_world(again).made.notes) == ([], [])


def test_a_world_keeps_the_first_of_very_many_and_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depgraph.readers.world._MOST_TOLD", 2)
    lines = [plain("one.example", NS=[CLOUDFLARE]), *["{no"] * 5]
    run("world", written(tmp_path / "scan.json", *lines), "-o", tmp_path / "scan.world")
    rows = open_world(tmp_path / "scan.world").made.refused
    assert [row[:2] for row in rows] == [("scan.json", 2), ("scan.json", 3), ("", 0)]
    assert rows[-1][3] == "3 more, which the world does not keep"


# -- a registry's zone that is cut off


def test_a_service_carries_nothing_of_names_whose_delegation_is_missing(tmp_path: Path) -> None:
    digest = "A" * 64
    lines = ["gov.\t3600\tin\tsoa\ta.ns.gov. dns.gov. 1 3600 900 604800 300"]
    lines += [f"x{n:03}.gov.\t3600\tin\tds\t1 8 2 {digest}" for n in range(300)]
    lines += [f"x{n:03}.gov.\t3600\tin\tns\t{CLOUDFLARE}." for n in range(20)]
    path = written(tmp_path / "gov.zone", *lines)
    undated = interval("2026-08-01")
    services = services_of(path, undated=undated)
    assert len(services.names) == 20
    sizes = {len(services.recording(name, None)[0]) for name in services.names}
    assert max(sizes) < 10
    assert (
        set(depgraph.survey(path, undated=undated).services.column("observations").to_pylist())
        == sizes
    )
    missing = services_of(path, undated=undated, only=["x250.gov", "x001.gov"])
    kept, _ = missing.recording("x250.gov", None)
    assert {o.type for o in kept if o.subject == "x250.gov" and o.values} == {"DS"}


# -- tables that are too wide


@pytest.mark.parametrize("width", [60, 80, 110])
def test_each_part_of_a_table_says_of_whom_it_is(tmp_path: Path, width: int) -> None:
    lines = [plain(f"{one}.example", "2026-01-05", NS=[CLOUDFLARE]) for one in "abc"]
    before = depgraph.survey(written(tmp_path / "before.json", *lines))
    later = [line.replace("01-05", "02-05").replace(CLOUDFLARE, OVH) for line in lines]
    after = depgraph.survey(written(tmp_path / "after.json", *later))
    ranks = before.compare(after).text(width=width).partition("In the ranks\n")[2]
    heads = [line for line in ranks.partition("Appeared\n")[0].splitlines() if "layer" in line]
    assert len(heads) > (width < 110)
    assert all("who" in head for head in heads)
