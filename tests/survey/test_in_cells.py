"""What a reader finds in the cells of a survey, on its page, and on the terminal.

Each kind of "nobody is named" has words of its own; the lines are as massdns writes them.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli import main
from depgraph.readers import read_list
from depgraph.survey import Survey, files

MOMENT = int(datetime(2026, 11, 1, 10, tzinfo=UTC).timestamp()) * 10**9
CLOUDFLARE = ["ada.ns.cloudflare.com."]
OWNERS = (
    ("domain", "town", "people", "code", "version", "formula"),
    ("works.example.com", "", "", "", "", ""),
    ("xn--vreux-ville-99a.fr", "Évreux", "46707", "27229", "1.9", "1"),
    ("null.fr", "xn--bcher-kva.example", "900", "01001", "1.10", "=1+1"),
    ("fails.fr", "Z", "-12.5", "2A004", "2", '=HYPERLINK("http://evil.example";"x")'),
)


def asked(name: str, kind: str, answers: list[str], status: str = "NOERROR") -> str:
    row: dict[str, Any] = {"name": f"{name}.", "type": kind, "class": "IN", "status": status}
    row |= {"rx_ts": MOMENT, "flags": ["rd", "ra"], "resolver": "192.0.2.53:53", "proto": "UDP"}
    found = [
        {"ttl": 60, "type": kind, "class": "IN", "name": f"{name}.", "data": data}
        for data in answers
    ]
    return json.dumps(row | {"data": {"answers": found} if found else {}})


def of(name: str, servers: list[str], exchangers: list[str], mail: str = "NOERROR") -> list[str]:
    return [
        asked(name, "NS", servers),
        asked(name, "A", ["104.16.1.1"]),
        asked(name, "MX", exchangers, mail),
    ]


SCAN = [
    *of("xn--vreux-ville-99a.fr", CLOUDFLARE, ["0 x.mail.protection.outlook.com."]),
    *of("null.fr", CLOUDFLARE, ["0 ."]),
    *of("fails.fr", CLOUDFLARE, [], "SERVFAIL"),
    *of("own.fr", ["ns1.own.fr.", "ns2.own.fr."], ["10 mail.own.fr."]),
    *(asked(f"ns{n}.own.fr", "A", [f"198.51.100.{n}"]) for n in (1, 2)),
    asked("mail.own.fr", "A", ["198.51.100.3"]),
    asked("only-a.fr", "A", ["104.16.1.1"]),
    *(asked("gone.fr", kind, [], "NXDOMAIN") for kind in ("NS", "A", "MX")),
]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("cells")
    (found / "scan.ndjson").write_text("\n".join(SCAN) + "\n")
    with (found / "owners.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(OWNERS)
    return found


@pytest.fixture(scope="module")
def made(here: Path) -> Survey:
    return depgraph.survey(here / "scan.ndjson")


@pytest.fixture(scope="module")
def joined(made: Survey, here: Path) -> Survey:
    return made.joined(read_list(here / "owners.csv"), source="owners.csv")


def sheet(made: Survey, folder: Path) -> dict[str, dict[str, Any]]:
    files.save(made, folder)
    head, *rows = openpyxl.load_workbook(folder / "survey.xlsx")["services"].values
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def test_a_cell_in_which_nobody_is_named_says_why(made: Survey, tmp_path: Path) -> None:
    cells = sheet(made, tmp_path)
    mail = {name: row["mail: who"] for name, row in cells.items()}
    assert mail == {
        "évreux-ville.fr [xn--vreux-ville-99a.fr]": "Microsoft Corporation; (perhaps others: not asked)",
        "null.fr": "(not offered)",
        "fails.fr": "(not known)",
        "own.fr": "(the service itself); (perhaps others: not asked)",
        "only-a.fr": "(not asked)",
        "gone.fr": "(does not exist)",
    }
    french = {name: row["mail"] for name, row in made.cells(lang="fr").items()}
    assert set(french) == {row["service"] for row in made.rows()}
    assert french["only-a.fr"] == "(question non posée)"
    assert french["null.fr"] == "(non proposé)"


def test_cells_say_of_each_layer_what_the_layers_do(made: Survey) -> None:
    for count in made.layer_counts:
        cells = [row[count.layer] for row in made.cells().values()]
        somebody = [cell for cell in cells if not cell.startswith("(")]
        assert len(somebody) == len(
            {service for service, layer, _ in made.standing() if layer == count.layer}
        )
        opened = [cell for cell in cells if "not known)" in cell or "not asked)" in cell]
        assert len(opened) == count.failed + count.unasked
        assert sum("not known)" in cell for cell in opened) == count.failed
        absent = [cell for cell in cells if cell in {"(does not exist)", "(not offered)"}]
        assert len(absent) == len(made) - count.services


def test_services_that_are_in_no_layer_are_named(made: Survey) -> None:
    assert made.absent.nonexistent == ("gone.fr",)
    assert files.summary(made)["absent"]["nonexistent"] == {"services": 1, "first": ("gone.fr",)}
    said = "One of the services does not exist, and stands in no layer: gone.fr."
    assert said in made.to_markdown()
    assert said.removesuffix("gone.fr.") in made.to_html()
    (mail,) = [one for one in made.layer_counts if one.layer == "mail"]
    assert (len(made), mail.services) == (6, 4)
    part = made.to_markdown().partition("## Mail\n")[2].partition("##")[0]
    assert "The other 2 services have no such layer." in part


def test_a_company_has_one_name_whether_or_not_it_can_stop_something(made: Survey) -> None:
    harmless = replace(made, tables={**made.tables, "cuts": made.cuts.slice(0, 0)}, _remembered={})
    for survey in (made, harmless):
        (mail,) = survey.rank(layer="mail")[:1]
        assert (mail.actor, mail.label) == ("company:microsoft", "Microsoft Corporation")


def test_numbers_stay_numbers_where_the_whole_column_is_of_them(
    joined: Survey, tmp_path: Path
) -> None:
    cells = sheet(joined, tmp_path)
    first, null = cells["évreux-ville.fr [xn--vreux-ville-99a.fr]"], cells["null.fr"]
    assert (first["people"], null["people"], cells["fails.fr"]["people"]) == (46707, 900, -12.5)
    assert (first["code"], null["code"]) == ("27229", "01001")
    assert (first["version"], null["version"]) == ("1.9", "1.10")
    assert (first["formula"], null["formula"]) == ("1", "=1+1")
    assert null["town"] == "xn--bcher-kva.example"
    assert cells["own.fr"]["people"] is None
    rows = openpyxl.load_workbook(tmp_path / "survey.xlsx")["services"].iter_rows()
    assert "f" not in {cell.data_type for row in rows for cell in row}
    told = (tmp_path / "services.csv").read_text("utf-8")
    assert "xn--vreux-ville-99a.fr," in told
    assert "[xn--" not in told


def test_a_list_is_told_of_once_and_its_formulas_lead_nowhere(here: Path, tmp_path: Path) -> None:
    listed = str(here / "owners.csv")
    arguments = [str(here / "scan.ndjson"), "--only", listed, "--join", listed, "--by", "formula"]
    result = CliRunner().invoke(main, ["survey", *arguments, "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert result.output.count("works.example.com: expected an input about it") == 1
    with (tmp_path / "out/refused.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows))
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert "http://evil.example" in page
    assert 'href="http' not in page


def test_many_lines_of_one_kind_are_one_on_the_terminal(here: Path, tmp_path: Path) -> None:
    many = [f"town{n}.fr" for n in range(74)]
    (tmp_path / "list.csv").write_text("\n".join(["domain", "no name", *many, "null.fr"]) + "\n")
    arguments = [str(here / "scan.ndjson"), "--join", str(tmp_path / "list.csv")]
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["survey", *arguments, "-o", str(out)])
    first, second, last = result.output.splitlines()
    path = out / "refused.csv"
    assert first.startswith("depgraph: list.csv, line 2: expected a domain name, found a space")
    assert second == (
        "depgraph: list.csv: town0.fr: expected an input about it, found none "
        f"(73 more like this in {path})"
    )
    assert last == f"Survey of 6 services, 1 Nov 2026, in {out}; refused: 75; notes: 0"
    report = (out / "report.md").read_text("utf-8")
    assert report.count("expected an input about it") == 10
    assert "| list.csv | 2 |" in report
