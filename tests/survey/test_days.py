"""The day of a service is that of its own questions, whenever others asked about what it leads to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli import main
from depgraph.readers import read_list
from depgraph.survey import Survey
from depgraph.survey.files import load, save, summary

SERVERS = ("ns1.dns-one.net", "ns2.dns-one.net")


def line(name: str, kind: str, day: str, *values: str) -> str:
    answers = [
        {"ttl": 60, "type": kind, "class": "IN", "name": f"{name}.", "data": value}
        for value in values
    ]
    row = {"name": f"{name}.", "type": kind, "class": "IN", "status": "NOERROR"}
    moment = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)
    row |= {"rx_ts": int(moment.timestamp()) * 10**9, "data": {"answers": answers}}
    return json.dumps(row | {"flags": ["rd", "ra"], "resolver": "192.0.2.53:53", "proto": "UDP"})


def services(day: str, *names: str) -> list[str]:
    made = [line(name, "NS", day, *(f"{one}." for one in SERVERS)) for name in names]
    return made + [line(name, "A", day, "104.16.1.1") for name in names]


def servers(day: str) -> list[str]:
    return [line(one, "A", day, f"192.0.2.{place}") for place, one in enumerate(SERVERS, 1)]


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def days(made: Survey) -> dict[str, tuple[str, str]]:
    return {row["service"]: (row["since"], row["until"]) for row in made.services.to_pylist()}


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    """Two scans of different lists a month apart, which share their name servers."""
    return [
        written(tmp_path / f"{day}.ndjson", services(day, name) + servers(day))
        for day, name in (("2026-08-01", "ville-a.fr"), ("2026-09-01", "ville-b.fr"))
    ]


def test_a_scan_of_another_list_takes_no_answers_from_the_first(lists: list[Path]) -> None:
    made = depgraph.survey(lists)
    assert days(made) == {
        "ville-a.fr": ("2026-08-01", "2026-08-01"),
        "ville-b.fr": ("2026-09-01", "2026-09-01"),
    }
    assert not len(made.notes)
    assert not len(made.refused)
    (dns,) = (one for one in made.layer_counts if one.layer == "dns")
    assert (dns.services, dns.known) == (2, 2)
    for path, service in zip(lists, days(made), strict=True):
        alone = depgraph.survey(path)
        for name in ("services", "layers", "cuts"):
            kept = ("observations",)  # which count those of another day, too
            one, other = (
                [
                    {key: value for key, value in row.items() if key not in kept}
                    for row in each.tables[name].to_pylist()
                    if row["service"] == service
                ]
                for each in (alone, made)
            )
            assert one == other


def test_a_report_takes_the_same_day_as_the_survey(lists: list[Path]) -> None:
    words = ["report", str(lists[0].parent), "--name", "ville-a.fr", "--json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    assert (row["since"], row["until"]) == ("2026-08-01", "2026-08-01")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A round that goes on the next day belongs to the scan.
        (services("2026-08-01", "a.fr") + servers("2026-08-02"), ("2026-08-01", "2026-08-02")),
        # Five days later it does not, and is the nearest that is known.
        (services("2026-08-01", "a.fr") + servers("2026-08-06"), ("2026-08-01", "2026-08-01")),
        # What was asked again for another list ends the scan, and cuts none of its own days off.
        (
            services("2026-08-01", "a.fr") + servers("2026-08-01") + servers("2026-08-02"),
            ("2026-08-01", "2026-08-01"),
        ),
        (
            services("2026-08-01", "a.fr")
            + servers("2026-08-01")
            + servers("2026-08-02")
            + [line("www.a.fr", "A", "2026-08-03", "192.0.2.9")],
            ("2026-08-01", "2026-08-03"),
        ),
        # Who asks the service again begins anew.
        (
            services("2026-08-01", "a.fr") + servers("2026-08-01") + services("2026-08-02", "a.fr"),
            ("2026-08-02", "2026-08-02"),
        ),
    ],
)
def test_a_scan_takes_some_days(
    lines: list[str], expected: tuple[str, str], tmp_path: Path
) -> None:
    assert days(depgraph.survey(written(tmp_path / "scan.ndjson", lines))) == {"a.fr": expected}


def test_a_zone_keeps_its_day_beside_a_scan_of_its_servers(tmp_path: Path) -> None:
    zone = "$ORIGIN a.fr.\n@ 60 IN SOA ns1.dns-one.net. h 1 2 3 4 5\n@ 60 IN NS ns1.dns-one.net.\n"
    (tmp_path / "a.fr.zone").write_text(f";; Exported: 2026-08-01 10:00:00\n{zone}")
    written(tmp_path / "scan.ndjson", servers("2026-09-01"))
    made = depgraph.survey(tmp_path)
    assert days(made) == {"a.fr": ("2026-08-01", "2026-08-01")}


def test_notes_are_told_apart_from_what_was_refused(tmp_path: Path) -> None:
    lines = services("2026-08-01", "a.fr") + services("2026-09-01", "a.fr") + ["{"]
    path = written(tmp_path / "scan.ndjson", lines)
    done = CliRunner().invoke(main, ["survey", str(path), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    made = load(tmp_path / "out")
    assert (len(made.refused), len(made.notes)) == (1, 1)
    assert "1 refused, 1 note" in repr(made)
    assert "; refused: 1; notes: 1" in done.stderr
    assert "a.fr: recorded on 2 days" in done.stderr
    assert (summary(made)["refused"], summary(made)["notes"]) == (1, 1)
    assert "## Notes on services that were judged" in (tmp_path / "out/report.md").read_text()
    assert "recorded on 2 days" in (tmp_path / "out/report.html").read_text()
    save(made, tmp_path / "again")
    (tmp_path / "again/notes.parquet").unlink()  # as in a folder of before
    assert not len(load(tmp_path / "again").notes)


def test_a_list_of_web_sites_joins_the_domains_of_a_scan(tmp_path: Path) -> None:
    lines = services("2026-08-01", "a.fr", "b.fr", "c.fr")
    lines += [line(f"www.{name}.fr", "A", "2026-08-01", "192.0.2.9") for name in "ab"]
    listed = tmp_path / "owners.csv"
    listed.write_text(
        "Site web,owner\nhttps://www.a.fr/,A\nhttps://www.b.fr/x,wrong\nb.fr,B\nblog.c.fr,C\n"
    )
    made = depgraph.survey(written(tmp_path / "scan.ndjson", lines))
    made = made.joined(read_list(listed), by="owner", source="owners.csv")
    owners = {row["service"]: row["owner"] for row in made.services.to_pylist()}
    assert owners == {"a.fr": "A", "b.fr": "B", "c.fr": None}
    assert [(row["service"], row["why"]) for row in made.notes.to_pylist()] == [
        ("a.fr", "the list's www.a.fr lies in a.fr, which is here: joined to it")
    ]
    assert [(row["service"], row["why"]) for row in made.refused.to_pylist()] == [
        ("blog.c.fr", "expected an input about it, found none; there is c.fr"),
        ("www.b.fr", "expected one row for b.fr, found another: that of b.fr is taken"),
    ]
