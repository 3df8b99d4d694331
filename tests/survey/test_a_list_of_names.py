"""A list of 300 names with an owner column, as a new user has it: tables, workbook, pictures.

The answer comes from the second of the two commands that stand on README's first screen. What the
first collects is here the shipped recordings, and delegations as a zone file has them.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli import main
from depgraph.observations import Observation, Status
from depgraph.pictures import concentration
from depgraph.pictures import survey as picture
from depgraph.providers import load
from depgraph.providers.rules import short_name
from depgraph.recording import Header, Recording
from depgraph.survey import files

ROOT = Path(__file__).parents[2]
DAY = datetime(2026, 9, 25, tzinfo=UTC)
SERVERS = (
    ("ns1.cloudflare.com", "ns2.cloudflare.com"),
    ("ns-1.awsdns-01.org", "ns-2.awsdns-02.com", "ns1-01.azure-dns.com"),
    ("ns1.domaincontrol.com", "ns2.domaincontrol.com"),
    ("ns1.{name}", "ns2.{name}"),
    ("ns1.small-operator.net", "ns2.small-operator.net"),
)
FORMULA = '=HYPERLINK("https://example.org","x")'
REGISTRIES = {"registry", "back-end", "registry-dns"}
SCRIPT = "<script>alert(1)</script>"
COMMANDS = (
    "depgraph observe --from names.csv -o observed",
    "depgraph survey observed -o survey --join names.csv",
)


def delegation(name: str, servers: tuple[str, ...]) -> Recording:
    seen = Observation(
        subject=name,
        type="NS",
        status=Status.ANSWER,
        values=tuple(one.format(name=name) for one in servers),
        section="authority",
        zone=name.partition(".")[2],
        source="zone-file",
        time=DAY,
    )
    return Recording(Header(subject=name), (seen,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the list was collected and surveyed, by the words of README."""
    here = tmp_path_factory.mktemp("list")
    (here / "observed").mkdir()
    last = {}
    for path in sorted((ROOT / "data/recordings").glob("*.jsonl")):
        last[path.name.partition("_")[0]] = path
    for path in last.values():
        shutil.copy(path, here / "observed" / path.name)
    names = sorted(depgraph.read(path).subject for path in last.values())
    for number in range(300 - len(names)):
        name = f"town{number:03}.example"
        one = delegation(name, SERVERS[number % len(SERVERS)])
        depgraph.recording.write(one, here / "observed" / f"{name}.jsonl")
        names.append(name)
    with (here / "names.csv").open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(("Nr", "Website", "Owner"))
        for number, name in enumerate(names):
            owner = {0: FORMULA, 1: SCRIPT}.get(number, f"Département {number % 7}")
            sheet.writerow((number, f"https://{name.upper()}/start", owner))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        result = CliRunner().invoke(main, COMMANDS[1].split()[1:])
    assert result.exit_code == 0, result.output
    return here


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Read a table as anybody would, and nothing of depgraph."""
    with (folder / "survey" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def owners(folder: Path) -> dict[str, str]:
    with (folder / "names.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = csv.DictReader(file, delimiter=";")
        return {row["Website"].split("/")[2].lower(): row["Owner"] for row in listed}


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = (ROOT / "README.md").read_text("utf-8").splitlines()[:60]
    assert [line for line in first if line in COMMANDS] == list(COMMANDS)


def test_every_name_has_its_owner_and_no_cell_is_a_formula(folder: Path) -> None:
    listed = owners(folder)
    found = {row["service"]: row["Owner"] for row in rows(folder, "services")}
    assert len(found) == 300
    assert found == {
        name: f"'{owner}" if owner == FORMULA else owner for name, owner in listed.items()
    }
    book = openpyxl.load_workbook(folder / "survey/survey.xlsx")
    head, *below = book["services"].iter_rows()
    place = [cell.value for cell in head].index("Owner")
    assert {row[0].value: row[place].value for row in below} == listed
    assert not any(
        cell.data_type in {"f", "e"}
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    page = (folder / "survey/report.html").read_text("utf-8")
    assert SCRIPT not in page
    assert not rows(folder, "refused")


def test_the_workbook_opens_in_libreoffice(folder: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    done = subprocess.run(
        [
            *(office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            *(
                "--convert-to",
                "fods",
                "--outdir",
                str(tmp_path),
                str(folder / "survey/survey.xlsx"),
            ),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    made = tmp_path / "survey.fods"
    assert made.exists(), done.stderr
    text = made.read_text("utf-8")
    assert "table:formula" not in text
    assert re.findall(r'<table:table table:name="([^"]+)"', text)[:2] == ["services", "ranks"]
    assert "Département 6" in text
    assert "=HYPERLINK" in text
    assert all(f">{name}<" in text for name in owners(folder))


def standing(folder: Path) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield layer, service and row of each who certainly or likely stands in a layer."""
    for row in rows(folder, "layers"):
        if row["needed"] == "yes" and row["confidence"] in {"certain", "likely"}:
            yield row["layer"], row["service"], row


def test_ranks_equal_the_tables(folder: Path) -> None:
    one_name = {row["actor"]: row["one"] for row in rows(folder, "operators")}
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for layer, service, row in standing(folder):
        if row["kind"] == "provider":
            counted[layer, one_name.get(row["company"], row["company"])].add(service)
    ranked = {
        (row["layer"], row["actor"]): int(row["services"])
        for row in rows(folder, "ranks")
        if row["level"] == "company" and row["services"] != "0"
    }
    assert {key: len(services) for key, services in counted.items()} == ranked
    book = openpyxl.load_workbook(folder / "survey/survey.xlsx", read_only=True)
    head, *below = book["ranks"].iter_rows(values_only=True)
    book.close()
    in_book = [dict(zip(head, row, strict=True)) for row in below]
    assert [{key: str(value) for key, value in row.items()} for row in in_book] == rows(
        folder, "ranks"
    )


def test_the_picture_of_the_survey_agrees_with_the_tables(folder: Path) -> None:
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    own: dict[str, set[str]] = defaultdict(set)
    anyone: dict[str, set[str]] = defaultdict(set)
    has: dict[str, set[str]] = defaultdict(set)
    open_: dict[str, set[str]] = defaultdict(set)
    met: set[str] = set()
    for row in rows(folder, "layers"):
        has[row["layer"]].add(row["service"])
        if row["whole"] == "no":
            open_[row["layer"]].add(row["service"])
        if row["met"] == "yes":
            met.add(row["layer"])
    for layer, service, row in standing(folder):
        if row["kind"] == "provider":
            known[layer][row["name"]].add(service)
        elif row["kind"] in {"own", "anyone"}:
            (own if row["kind"] == "own" else anyone)[layer].add(service)
    members = set(load().groups["big-tech"].nodes)
    ours = {
        row["name"]
        for _, _, row in standing(folder)
        if members & {row["actor"], row["country"], *row["companies"].split("; ")}
    }
    table = depgraph.texts.words("en")
    expected: Counter[tuple[str, str]] = Counter()
    for layer in met:
        word = table.brief(f"layer.{layer}")
        for name, services in known[layer].items():
            expected[word, name] = len(services)
        for service in has[layer]:
            names = {name for name, services in known[layer].items() if service in services}
            somebody = names or service in own[layer] or service in anyone[layer]
            if names & ours:
                continue
            if service in open_[layer]:
                part = "open" if somebody else "unknown"
            elif names:
                continue
            elif service in own[layer]:
                part = "own"
            else:
                part = "any" if service in anyone[layer] else "none"
            expected[word, table.get(f"picture.share.{part}", part)] += 1
    made = files.load(folder / "survey")
    brands = brands_of(folder)
    found = {
        (word, company(name, brands)): int(count)
        for word, name, count, _ in picture(made.tallied()).rows
    }
    assert found == dict(expected)


def brands_of(folder: Path) -> Mapping[str, Collection[str]]:
    """Give the names of the operators of each company that stand in some layer."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, _, row in standing(folder):
        if row["kind"] == "provider":
            found[row["name"]].add(short_name(row["label"]))
    return found


def company(name: str, labels: Mapping[str, Collection[str]]) -> str:
    """Give the company that a picture calls by a brand: both are those of the tables."""
    brand, _, owner = name.removesuffix(")").rpartition(" (")
    if owner not in labels:
        return name
    assert all(label.startswith(brand) for label in labels[owner])
    return owner


def test_the_picture_of_concentration_agrees_with_the_tables(folder: Path) -> None:
    """Companies by what they do but as registries; what they are as registries stands apart."""
    carries: dict[tuple[str, bool], set[str]] = defaultdict(set)
    stops: dict[tuple[str, bool], set[str]] = defaultdict(set)
    certain: dict[tuple[str, bool], set[str]] = defaultdict(set)
    labels, together = {}, {}
    for row in rows(folder, "cuts"):
        if row["size"] == "1":
            labels[row["members"]] = short_name(row["names"])
            key = (row["service"], row["function"], row["level"], row["members"])
            together[key] = [one.rpartition(" ")[2] for one in row["levers"].split("; ")]
    for layer, service, row in standing(folder):
        if row["kind"] == "provider":
            carries[row["name"], layer in REGISTRIES].add(service)
    for row in rows(folder, "alone"):
        if row["level"] == "company":
            key = (row["service"], row["function"], row["level"], row["actor"])
            layers = [row["layer"]] if row["layer"] else together[key]
            who = labels[row["actor"]], bool(REGISTRIES.intersection(layers))
            stops[who].add(row["service"])
            carries[who].add(row["service"])
            if row["confidence"] == "certain":
                certain[who].add(row["service"])
    expected = {
        who: (len(carries[who]), len(stops[who]), len(stops[who] - certain[who])) for who in carries
    }
    made = files.load(folder / "survey")
    brands = brands_of(folder)
    found = {
        (
            company(name.removesuffix(" (as a registry)"), brands),
            name.endswith(" (as a registry)"),
        ): (tuple(map(int, counts)))
        for name, *counts in concentration(made.tallied()).rows
    }
    assert found == expected
