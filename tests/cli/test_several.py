"""Several services of one file, lists of names, and the verb that surveys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import depgraph
from depgraph.cli import surveying
from depgraph.readers import World, read_list
from depgraph.survey import files
from tests.cli.running import run

ROWS = (
    {"domain": "a.example.com", "records": {"NS": ["ns1.cloudflare.com"]}},
    {"domain": "b.example.org", "records": {"NS": ["ns-1.awsdns-01.org", "ns1.azure-dns.com"]}},
)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.jsonl"
    lines = [json.dumps({**row, "date": "2026-01-05"}) for row in ROWS]
    path.write_text("\n".join([*lines, "{no"]) + "\n")
    return path


@pytest.mark.parametrize("verb", ["takedown", "findings", "dependence", "report", "exposure"])
def test_a_verb_is_asked_of_every_service_of_a_file(two: Path, verb: str) -> None:
    every = run(verb, two, "--all", "--json")
    assert every.exit_code == 0
    found = json.loads(every.stdout)
    assert [one["subject"] for one in found] == ["a.example.com", "b.example.org"]
    assert "line 3" in every.stderr
    single = run(verb, two, "--name", "b.example.org", "--json")
    assert json.loads(single.stdout) == found[1]
    both = run(verb, two, "--name", "b.example.org", "--name", "a.example.com", "--json")
    assert json.loads(both.stdout) == found[::-1]


def test_a_claim_of_several_has_the_exit_code_of_its_worst_answer(two: Path) -> None:
    alone = [
        run("check", two, "independent of cloudflare", "--name", name, "--exit-code").exit_code
        for name in ("a.example.com", "b.example.org")
    ]
    every = run("check", two, "independent of cloudflare", "--all", "--exit-code")
    assert sorted(alone) == [1, 3]
    assert every.exit_code == 1


def test_a_service_that_is_not_there_is_said(two: Path) -> None:
    result = run("takedown", two, "--name", "a.example.com", "--name", "c.example")
    assert result.exit_code == 2
    assert "c.example" in result.stderr


@pytest.mark.parametrize("kind", ["survey", "concentration"])
def test_a_file_of_many_is_drawn(two: Path, tmp_path: Path, kind: str) -> None:
    result = run("draw", two, "--all", "--kind", kind, "-o", tmp_path / "x.svg")
    assert result.exit_code == 0
    assert (tmp_path / "x.svg").read_text().startswith("<svg")
    # A picture of many needs no word that all are meant.
    assert run("draw", two, "--kind", kind, "-o", tmp_path / "y.svg").exit_code == 0
    assert (tmp_path / "y.svg").read_text() == (tmp_path / "x.svg").read_text()


def test_a_survey_and_what_moved(two: Path, tmp_path: Path) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text("site;owner\na.example.com;=1+1\n")
    out = tmp_path / "out"
    made = run("survey", two, "-o", out, "--join", owners, "--by", "owner")
    assert made.exit_code == 0
    assert files.load(out).by == "owner"
    page = (out / "report.html").read_text()
    assert "<svg" not in page.partition("<main>")[0]
    assert "a.example.com" in page
    assert "Cloudflare" in (out / "report.md").read_text()
    assert not (out / ".shards").exists()
    before = (out / "summary.json").read_bytes()
    refused = run("survey", two, "-o", out)
    assert refused.exit_code == 2
    assert "found a survey in" in refused.stderr
    assert "--force to write over it" in refused.stderr
    assert (out / "summary.json").read_bytes() == before
    (out / ".shards").mkdir()  # as a run leaves it that was killed while it wrote
    assert run("survey", two, "-o", out, "--join", owners, "--by", "owner").exit_code == 0
    assert (out / "summary.json").read_bytes() == before
    assert run("survey", two, "-o", out, "--force").exit_code == 0
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "report.md").write_text("my own words")
    refused = run("survey", two, "-o", mine)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "found report.md" in refused.stderr
    assert (mine / "report.md").read_text() == "my own words"
    two.write_text(two.read_text().replace("ns1.cloudflare.com", "ns1.azure-dns.com"))
    again = run("survey", two, "-o", tmp_path / "later")
    assert again.exit_code == 0
    moves = run("survey", "--compare", out, tmp_path / "later")
    assert "-ns1.cloudflare.com +ns1.azure-dns.com" in moves.stdout.replace("\n", " ")
    assert "b.example.org" not in moves.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("survey",), "expected INPUTs"),
        (("observe",), "expected a NAME, or a list"),
        (("observe", "a.example", "--shard", "3/2", "-o", "x"), "expected a part of the list"),
    ],
)
def test_wrong_usage_is_one_line(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"example.com\nexample.org\n", ["example.com", "example.org"]),
        (b"\xef\xbb\xbfName,Domain\r\nA,HTTPS://Example.COM./x\r\nB,info@example.org\r\n", None),
        ("Nom;Site\nÉ;example.com\nF;example.org\n".encode("cp1252"), None),
        ("Nom\tSite\nÉ\texample.com\nF\texample.org\n".encode("utf-16"), None),
        (b"1,example.com\n2,example.org\n", None),
        (b"# made by hand\nexample.com\n\nexample.org\nexample.com\nco.uk\n192.0.2.1\n", None),
    ],
)
def test_lists_as_people_have_them(tmp_path: Path, content: bytes, names: list[str] | None) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    assert list(read_list(path).names) == (names or ["example.com", "example.org"])


def test_a_workbook_is_a_list_and_its_other_columns_are_kept(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (("Owner", "Web site"), ("One", "www.example.com"), ("Two", "=1+1")):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    found = read_list(tmp_path / "list.xlsx")
    assert found.names == {"www.example.com": {"Owner": "One"}}
    assert found.columns == ("Owner",)
    assert [one.number for one in found.refused] == [3]


def test_a_list_whose_titles_stand_twice_or_as_ours_is_joined(two: Path, tmp_path: Path) -> None:
    owners = tmp_path / "owners.tsv"
    owners.write_text("since\tdomain\tsince\tsince (joined)\n1\ta.example.com\t2\t3\n")
    out = tmp_path / "out"
    assert run("survey", two, "-o", out, "--join", owners, "--by", "Since (2)").exit_code == 0
    made = files.load(out)
    row = next(row for row in made.rows() if row["service"] == "a.example.com")
    assert made.by == "since (2)"
    wanted = ("since (joined)", "since (2)", "since (joined) (2)")
    assert [row[title] for title in wanted] == ["1", "2", "3"]


def test_a_column_that_the_list_lacks_is_told_before_anything_is_judged(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text("domain,owner\na.example.com,A\n")
    monkeypatch.setattr(surveying, "make_survey", None)
    told = run("survey", two, "-o", tmp_path / "out", "--join", owners, "--by", "country")
    assert told.exit_code == 2
    assert "found 'country'" in told.stderr


def test_what_is_asked_for_and_not_there_is_told(two: Path, tmp_path: Path) -> None:
    only = tmp_path / "only.txt"
    only.write_text("a.example.com\nnowhere.org\nwww.b.example.org\nbad name\n")
    made = run("survey", two, "--only", only, "-o", tmp_path / "out")
    assert made.exit_code == 0
    assert "nowhere.org: expected an input about it, found none\n" in made.stderr
    assert "found none; there is b.example.org" in made.stderr
    assert "only.txt, line 4: " in made.stderr
    assert len(files.load(tmp_path / "out").refused) == 4  # with the broken line of the input
    asked = run("frontier", two, "--only", only, "-o", tmp_path / "ask")
    assert asked.exit_code == 0
    assert "nowhere.org: expected an input about it, found none\n" in asked.stderr
    assert "only.txt, line 4: " in asked.stderr
    only.write_text("nowhere.org\n")
    for verb in ("survey", "frontier"):
        told = run(verb, two, "--only", only, "-o", tmp_path / verb)
        assert told.exit_code == 2
        assert "expected nowhere.org, found none of them" in told.stderr
        assert "there is a.example.com, b.example.org" in told.stderr


def test_the_exit_code_is_of_the_answer_on_the_whole(tmp_path: Path) -> None:
    registered = "Domain Name: Q.FR\nRegistrar: OVH SAS\nRegistrar IANA ID: 433\n"
    path = tmp_path / "q.jsonl"
    row = {"domain": "q.fr", "date": "2026-11-01", "records": {"A": ["192.0.2.1"]}}
    path.write_text(json.dumps({**row, "whois_raw": registered}) + "\n")
    for claim, code in (
        ("OVH can take its name down", 0),
        ("only OVH can take its name down", 1),  # two pieces: the registry can, too
        ("OVH can take its name down. The web site is behind Cloudflare.", 3),
    ):
        found = run("check", path, claim, "--exit-code")
        assert found.exit_code == code, (claim, found.stdout[:300])


RELATIVE = "@ 60 IN NS ns1.cloudflare.com.\n@ 60 IN A 192.0.2.1\nwww 60 IN CNAME @\n"
WHOLE = "$ORIGIN b-shop.org.\n@ 60 IN SOA ns.p.net. h.p.net. 1 2 3 4 5\n@ 60 IN A 192.0.2.2\n"
OF_A_SHOP = ("--dated", "2026-08-01", "--origin", "A-shop.org.")


def services(folder: Path) -> list[str]:
    found: list[str] = files.load(folder).services.column("service").to_pylist()
    return found


def test_every_verb_that_reads_many_files_is_told_the_zone_of_one(
    two: Path, tmp_path: Path
) -> None:
    zone = tmp_path / "zone.txt"
    zone.write_text(RELATIVE)
    assert "give its origin" in run("survey", zone, "-o", tmp_path / "none", *OF_A_SHOP[:2]).stderr
    assert run("survey", zone, two, "-o", tmp_path / "out", *OF_A_SHOP).exit_code == 0
    assert services(tmp_path / "out") == ["a-shop.org", "a.example.com", "b.example.org"]
    assert run("world", zone, two, "-o", tmp_path / "a.world", *OF_A_SHOP).exit_code == 0
    assert sorted(World(tmp_path / "a.world").names) == services(tmp_path / "out")
    asked = run("frontier", zone, "-o", tmp_path / "ask", *OF_A_SHOP)
    assert asked.exit_code == 0
    assert "a-shop.org" in (tmp_path / "ask/MX.names").read_text()
    merged = run("merge", zone, zone, "-o", tmp_path / "merged.jsonl", *OF_A_SHOP)
    assert merged.exit_code == 0
    assert depgraph.read(tmp_path / "merged.jsonl").subject == "a-shop.org"


@pytest.mark.parametrize("verb", ["survey", "world", "frontier", "report"])
def test_an_origin_is_of_no_two_files(tmp_path: Path, verb: str) -> None:
    """What is relative in one zone lies in no other: names of a second file would be made up."""
    folder = tmp_path / "zones"
    folder.mkdir()
    (folder / "zone.txt").write_text(RELATIVE)
    (folder / "other.zone").write_text(WHOLE)
    name = ("--name", "a-shop.org") if verb == "report" else ()
    result = run(verb, folder, "-o", tmp_path / "out", *OF_A_SHOP, *name)
    assert result.exit_code == 2
    assert "found 2 ('other.zone', 'zone.txt')" in result.stderr
    assert not (tmp_path / "out").exists()
    (folder / "other.zone").write_text(json.dumps({**ROWS[0], "date": "2026-01-05"}))
    assert run(verb, folder, "-o", tmp_path / "out", *OF_A_SHOP, *name).exit_code == 0
    (folder / "zone.txt").write_text(json.dumps({**ROWS[1], "date": "2026-01-05"}))
    assert "origin a-shop.org, found none\n" in run(verb, folder, "-o", "x", *OF_A_SHOP).stderr


def test_a_zone_file_of_a_survey_includes_others_if_it_may(tmp_path: Path) -> None:
    (tmp_path / "a-shop.org.zone").write_text(f"{RELATIVE}$INCLUDE more\n")
    (tmp_path / "more").write_text("api 60 IN A 192.0.2.3\n")
    words = ("survey", tmp_path / "a-shop.org.zone", "--dated", "2026-08-01", "-o")
    assert "on request (--include)" in run(*words, tmp_path / "without").stderr
    assert "--include" not in run(*words, tmp_path / "with", "--include").stderr
    before, after = (
        files.load(tmp_path / folder).services.column("observations").to_pylist()
        for folder in ("without", "with")
    )
    assert after[0] > before[0]


def test_a_sheet_is_chosen_in_every_list(two: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book, lists = openpyxl.Workbook(), tmp_path / "lists.xlsx"
    for title, name in (("Schools", "a.example.com"), ("Towns", "b.example.org")):
        sheet = book.create_sheet(title)
        sheet.append(["site", "owner", "old site"])
        sheet.append([name, f"Owner of {name}", "www.old.example"])
    book.save(lists)
    towns = ("--sheet", "towns")
    assert run("survey", two, "-o", tmp_path / "only", "--only", lists, *towns).exit_code == 0
    assert services(tmp_path / "only") == ["b.example.org"]
    words = ("survey", two, "-o", tmp_path / "both", "--only", lists, "--join", lists)
    assert run(*words, "--by", "owner", *towns).exit_code == 0
    made = files.load(tmp_path / "both")
    assert services(tmp_path / "both") == ["b.example.org"]
    assert made.services.column("owner").to_pylist() == ["Owner of b.example.org"]
    asked = ("frontier", two, "-o", tmp_path / "ask", "--only", lists)
    assert run(*asked, *towns).exit_code == 0
    names = (tmp_path / "ask/MX.names").read_text()
    assert names == "b.example.org\n"
    for verb in (asked, ("observe", "-o", tmp_path / "no", "--from", lists)):
        refused = run(*verb, "--sheet", "Town")
        assert refused.exit_code == 2
        assert "found 'Sheet', 'Schools', 'Towns'; did you mean 'Towns'?" in refused.stderr
    assert "expected the column 'sites' in the list" in run(*asked, "--column", "sites").stderr


@pytest.mark.parametrize("verb", ["survey", "frontier", "observe"])
def test_what_chooses_in_a_list_needs_one(two: Path, tmp_path: Path, verb: str) -> None:
    source = "a.example" if verb == "observe" else two
    refused = run(verb, source, "-o", tmp_path / "x", "--column", "site", "--sheet", "Towns")
    assert refused.exit_code == 2
    assert "expected a list for --column and --sheet, found none" in refused.stderr
    assert not (tmp_path / "x").exists()


BAD_NAME = (
    "small.zone: =cmd.gov: expected the name of a service such as example.org, found '=cmd.gov'"
)


@pytest.fixture
def with_a_bad_name(tmp_path: Path) -> Path:
    """Return a registry's zone in which one owner is no name of a service."""
    path = tmp_path / "small.zone"
    lines = ["gov. 3600 IN SOA a.ns.gov. dns.gov. 1 3600 900 604800 300"]
    lines += [f"{one}.gov. 3600 IN NS ns1.ovh.net." for one in ("one", "=cmd", "two")]
    path.write_text("\n".join([*lines, ""]))
    return path


@pytest.mark.parametrize(
    "verb",
    [
        ["report"],
        ["takedown"],
        ["dependence"],
        ["findings"],
        ["exposure"],
        ["check", "Cloudflare can stop web"],
    ],
)
def test_a_name_that_is_none_of_a_service_is_told_and_the_others_are_answered(
    verb: list[str], with_a_bad_name: Path
) -> None:
    name, *rest = verb
    result = run(name, with_a_bad_name, *rest, "--all", "--dated", "2026-08-01", "--json")
    assert result.exit_code == 0, result.stderr
    assert {one["subject"] for one in json.loads(result.stdout)} == {"one.gov", "two.gov"}
    assert result.stderr.splitlines()[-1].endswith(BAD_NAME)
    assert result.stderr.count("cmd") == 2


def test_pictures_and_frontiers_of_many_pass_over_it_too(with_a_bad_name: Path) -> None:
    given = (with_a_bad_name, "--dated", "2026-08-01", "-o")
    picture = with_a_bad_name.with_suffix(".svg")
    result = run("draw", "--kind", "survey", "--all", *given, picture)
    assert result.exit_code == 0, result.stderr
    assert "one.gov" in picture.read_text()
    assert BAD_NAME in result.stderr
    result = run("frontier", *given, with_a_bad_name.parent / "asked")
    assert result.exit_code == 0, result.stderr
    asked = (with_a_bad_name.parent / "asked" / "A.names").read_text().split()
    assert {"one.gov", "two.gov"} < set(asked)
    assert BAD_NAME.removeprefix("small.zone: ") in result.stderr


def test_where_no_service_has_a_name_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.zone"
    path.write_text("gov. 3600 IN SOA a. b. 1 1 1 1 1\n=cmd.gov. 3600 IN NS ns1.ovh.net.\n")
    result = run("takedown", path, "--all", "--dated", "2026-08-01")
    assert result.exit_code == 2
    assert "found none that could be read or judged" in result.stderr
