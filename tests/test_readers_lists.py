"""Lists of names as people have them: nothing of them is lost without a word."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from depgraph.errors import InvalidName, QuestionError, RecordingError
from depgraph.names import parse
from depgraph.readers import NameList, detect, read_list


def listed(tmp_path: Path, text: str | bytes) -> NameList:
    path = tmp_path / "list"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_list(path)


def test_columns_of_one_title_are_told_apart(tmp_path: Path) -> None:
    found = listed(tmp_path, "name\tdomain\tname\nA\tville-0.fr\t1\nB\tville-1.fr\t2\n")
    assert found.columns == ("name", "name (2)")
    assert found.names["ville-0.fr"] == {"name": "A", "name (2)": "1"}
    assert found.column("NAME (2)") == "name (2)"
    with pytest.raises(QuestionError, match=r"\('name', 'name \(2\)'\), found 'owner'"):
        found.column("owner")


@pytest.mark.parametrize("code", [0x034F, 0xFE0F, 0x115F, 0x3164, 0x180B, 0x17B4, 0xE0100])
def test_an_invisible_character_makes_no_other_name(code: int) -> None:
    with pytest.raises(InvalidName, match=f"U\\+{code:04X}"):
        parse(f"vil{chr(code)}le.fr")


def refused(found: NameList) -> list[int]:
    return [bad.number for bad in found.refused]


@pytest.mark.parametrize("char", ["\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\xad", "\u200b"])
def test_a_control_character_in_a_name_makes_no_other_name(tmp_path: Path, char: str) -> None:
    found = listed(tmp_path, f"ville-0.fr\nvil{char}le.fr\nville-1.fr\n")
    assert list(found.names) == ["ville-0.fr", "ville-1.fr"]
    assert refused(found) == [2]


ROWS = [f"ville-{n}.fr,Owner {n}" for n in range(300)]


@pytest.mark.parametrize(
    "broken",
    [
        {150: 'ville-150.fr,"Owner 150'},
        {2: 'ville-2.fr,"Owner 2'},
        {299: 'ville-299.fr,"Owner 299'},
        {7: 'ville-7.fr,"Owner 7', 9: 'ville-9.fr,"Owner, 9"'},  # closed by the next quote
        {7: '"ville-7.fr",Owner "7', 9: 'ville-9.fr,"Owner 9'},
    ],
)
def test_a_quote_that_is_not_closed_takes_its_own_row_alone(
    tmp_path: Path, broken: dict[int, str]
) -> None:
    rows = [broken.get(n, row) for n, row in enumerate(ROWS)]
    found = listed(tmp_path, "\n".join(["domain,owner", *rows]))
    lost = {n for n in broken if broken[n].count('"') == 1}
    assert list(found.names) == [f"ville-{n}.fr" for n in range(300) if n not in lost]
    assert refused(found) == [n + 2 for n in sorted(lost)]
    assert all("quote that opens here" in bad.error for bad in found.refused)


def test_a_cell_over_several_lines_is_one(tmp_path: Path) -> None:
    note = "Town hall\nsee www.ville-0.fr\n\ninfo@ville-0.fr"
    found = listed(
        tmp_path, f'domain;"owner\n(2026)"\r\nville-0.fr;"{note}"\r\nville-1.fr;"B ""b"""'
    )
    assert found.names == {
        "ville-0.fr": {"owner�(2026)": note},
        "ville-1.fr": {"owner�(2026)": 'B "b"'},
    }
    assert not found.refused


def test_quoted_names_alone_are_a_list_and_one_quote_takes_one_line(tmp_path: Path) -> None:
    found = listed(tmp_path, '"ville-0.fr"\n"ville-1.fr\n"ville-2.fr"\nville-3.fr\n')
    assert list(found.names) == ["ville-0.fr", "ville-2.fr", "ville-3.fr"]
    assert refused(found) == [2]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;\r"])
def test_the_delimiter_that_excel_writes_first_is_no_row(tmp_path: Path, first: str) -> None:
    found = listed(tmp_path, f"{first}\ndomain;owner\nville-0.fr;A, B, C\n")
    assert found.names == {"ville-0.fr": {"owner": "A, B, C"}}


def test_cells_beyond_the_titles_are_told_and_rows_without_titles_are_kept(tmp_path: Path) -> None:
    ragged = listed(tmp_path, "domain,owner\nville-0.fr,A,extra\nville-1.fr\nville-2.fr,C,\n")
    assert [bad.number for bad in ragged.beyond] == [2]
    assert ragged.names["ville-1.fr"] == {"owner": ""}
    untitled = listed(tmp_path, "1,ville-0.fr\n2,ville-1.fr\n")
    assert untitled.names == {"ville-0.fr": {"column 1": "1"}, "ville-1.fr": {"column 1": "2"}}


def test_a_first_name_that_is_mistyped_is_no_title(tmp_path: Path) -> None:
    found = listed(tmp_path, "ville-0..fr\nville-1.fr\n")
    assert (list(found.names), refused(found)) == (["ville-1.fr"], [1])


def test_a_workbook_is_read_as_its_sheet_shows_it(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Read me first"])
    sheet = book.create_sheet("Towns")
    sheet.append(["domain", "since", "share", "changed", "people"])
    day, moment = map(datetime.fromisoformat, ("2026-08-01", "2026-08-01T09:30"))
    sheet.append(["ville-0.fr", day, 0.25, moment, 1200.0])
    sheet["C2"].number_format = "0%"
    book.create_sheet("More").append(["ville-9.fr"])
    book.save(tmp_path / "list.xlsx")
    found = read_list(tmp_path / "list.xlsx")
    assert list(found.names["ville-0.fr"].values()) == [
        *("2026-08-01", "25%", "2026-08-01 09:30:00", "1200"),
    ]
    assert len(found.names) == 1
    assert ["'More', too: 'Towns' is read" in bad.error for bad in found.refused] == [True]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    for number, title in enumerate(("Towns", "Schools", "towns ")):
        sheet = made.create_sheet(title)
        sheet.append(["owner", "domain"])
        sheet.append(["A", f"ville-{number}.fr"])
    made.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Towns", "ville-0.fr"),
        (" schools", "ville-1.fr"),
        ("towns ", "ville-2.fr"),
        ("TOWNS", "ville-0.fr"),
    ],
)
def test_of_a_workbook_the_sheet_that_is_named_is_read_alone(
    book: Path, sheet: str, name: str
) -> None:
    found = read_list(book, sheet=sheet)
    assert found.names == {name: {"owner": "A"}}
    assert not found.refused
    assert len(read_list(book).refused) == 2


def test_a_sheet_or_a_column_that_is_not_there_is_told_with_those_that_are(book: Path) -> None:
    with pytest.raises(RecordingError) as refused:
        read_list(book, sheet="Shools")
    assert "found 'Sheet', 'Towns', 'Schools', 'towns '; did you mean 'Schools'" in str(
        refused.value
    )
    with pytest.raises(RecordingError, match="found 'owner', 'domain'; did you mean 'domain'"):
        read_list(book, sheet="Schools", column="domaine")
    text = book.with_name("list.csv")
    text.write_text("ville-0.fr\n")
    with pytest.raises(RecordingError, match="expected a workbook with the sheet 'Schools'"):
        read_list(text, sheet="Schools")


def test_a_column_without_a_name_is_no_list(tmp_path: Path) -> None:
    """It was one of no names, of which every row was refused: the command went on, and ended with 0."""
    path = tmp_path / "list.csv"
    path.write_text("site;people\nville-a.fr;1200\nville-b.fr;800\n")
    with pytest.raises(
        RecordingError,
        match="expected domain names in the column 'people', found none; line 2: expected ",
    ):
        read_list(path, column="people")


def packed(entry: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr(entry, "x")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (packed("content.xml"), "OpenDocument"),
        (packed("word/document.xml"), "Word"),
        (packed("Index/Document.iwa"), "Numbers"),
        (packed("xl/workbook.bin"), "xlsb"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "xls"),
        (b"%PDF-1.7\n", "a PDF"),
        (b'[{"domain": "ville-0.fr"}]', "JSON"),
        (b"<html><table>", "HTML"),
    ],
)
def test_a_file_of_another_form_is_told_what_to_save_it_as(
    tmp_path: Path, content: bytes, what: str
) -> None:
    with pytest.raises(RecordingError, match=f"{what}.*: save it as .xlsx or CSV"):
        listed(tmp_path, content)


def test_a_workbook_is_no_archive_to_be_unpacked(book: Path) -> None:
    with pytest.raises(RecordingError, match=r"found a workbook: .* depgraph observe --from LIST"):
        detect(book)
    (book.parent / "other.zip").write_bytes(packed("a.zone"))
    with pytest.raises(RecordingError, match="found a zip archive"):
        detect(book.parent / "other.zip")


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        ("Nombre;Dominio", "domains"),
        ("name;Domain_names", "domains"),
        ("Owner;h\ufffdte", "domains"),
        ("Domäne;Owner", "firms"),
        ("Domain;E-Mail", "firms"),
    ],
)
def test_the_column_with_the_names_is_found_by_what_people_call_it(
    tmp_path: Path, titles: str, names: str
) -> None:
    """A firm may be called by a domain; in a column for domains few are mistyped."""
    firms = (
        ["booking.com", "Ville", "Amt"]
        if names == "domains"
        else ["booking.com", "ville..fr", "amt.de"]
    )
    domains = ["booking.com", "ville.fr", "amt.de"]
    rows = [f"{firm};{domain}" for firm, domain in zip(firms, domains, strict=True)]
    found = listed(tmp_path, "\n".join([titles, *rows]))
    assert list(found.names) == (domains if names == "domains" else ["booking.com", "amt.de"])


HEADED = (
    [["Towns of the north, 1 November 2026"], [], ["Town", "Site", "Owner"]],
    [["", "List"], ["Town", "Site", "Owner"]],
    [["Towns", "2026"], ["Town", "Site", "Owner"]],
    [["Town", "Site", "Owner"], ["none yet", "no name", "Z"]],
    [["List"], ["Town", "Website", "Owner"], ["none yet", "no name", "Z"]],
)


@pytest.mark.parametrize("above", HEADED)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_titles_are_those_above_the_names_whatever_stands_above(
    tmp_path: Path, above: list[list[str]], form: str
) -> None:
    rows = [*above, ["A", "ville-0.fr", "X"], ["B", "ville-1.fr", "Y"]]
    path = tmp_path / f"list.{form}"
    if form == "csv":
        path.write_text("".join(";".join(row) + "\n" for row in rows))
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    found = read_list(path)
    assert found.names == {
        "ville-0.fr": {"Town": "A", "Owner": "X"},
        "ville-1.fr": {"Town": "B", "Owner": "Y"},
    }
    assert refused(found) == [n for n, row in enumerate(rows, start=1) if "no name" in row]
